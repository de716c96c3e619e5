// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QObject>

namespace support {

using MakeSuite = std::unique_ptr<QObject> (*)();

/// \brief Makes a test class known to the program it is linked into, under the name that ctest uses.
class Registration {
public:
    Registration(const char* name, MakeSuite make);
};

/// What the `main` of a test program returns.  `PROGRAM --list` prints the names of its suites;
/// `PROGRAM SUITE [arguments of Qt Test…]` runs one; without arguments all of them run.
/// \pre there is a QCoreApplication
[[nodiscard]] int runSuites(int argc, char** argv);

} // namespace support

/// Stands at the end of a test's source.  `name` is a word, such as `test_api_reading`.
#define CAPTUREDESK_SUITE(name, Class)                                                                       \
    static const support::Registration name##_registration(                                                  \
        #name, []() -> std::unique_ptr<QObject> { return std::make_unique<Class>(); });
