// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/suite.h"

#include <cstdio>
#include <map>
#include <string_view>
#include <vector>

#include <QTest>

namespace support {

namespace {

/// Ordered by name, so that the order does not depend on the linker.
std::map<std::string_view, MakeSuite>& suites()
{
    static std::map<std::string_view, MakeSuite> all;
    return all;
}

} // namespace

Registration::Registration(const char* name, MakeSuite make)
{
    if (!suites().emplace(name, make).second)
        qFatal("two suites are called %s", name);
}

int runSuites(int argc, char** argv)
{
    const std::string_view first = argc > 1 ? argv[1] : "";
    if (first == "--list") {
        for (const auto& [name, make] : suites())
            std::printf("%s\n", name.data());
        return 0;
    }
    if (first.empty()) {
        int failed = 0;
        for (const auto& [name, make] : suites())
            failed += QTest::qExec(make().get(), argc, argv);
        return failed == 0 ? 0 : 1;
    }
    const auto found = suites().find(first);
    if (found == suites().end()) {
        std::fprintf(stderr, "There is no suite \"%s\"; --list prints those there are.\n", argv[1]);
        return 2;
    }
    std::vector<char*> rest{argv[0]};
    rest.insert(rest.end(), argv + 2, argv + argc);
    return QTest::qExec(found->second().get(), int(rest.size()), rest.data());
}

} // namespace support
