// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QObject>

namespace support {

using MakeSuite = std::unique_ptr<QObject> (*)();

/// \brief Registers a test class in the program that links it, under the name that ctest uses.
class Registration {
public:
    Registration(const char* name, MakeSuite make);
};

/// Runs the suites.  The `main` of a test program returns the result.  `PROGRAM --list` prints the names of
/// the suites; `PROGRAM SUITE [arguments of Qt Test…]` runs one; without arguments all of them run.
/// \pre a QCoreApplication exists
[[nodiscard]] int runSuites(int argc, char** argv);

} // namespace support

/// Put this at the end of a test's source.  `name` is an identifier such as `test_api_reading`.
#define CAPTUREDESK_SUITE(name, Class)                                                                       \
    static const support::Registration name##_registration(                                                  \
        #name, []() -> std::unique_ptr<QObject> { return std::make_unique<Class>(); });
