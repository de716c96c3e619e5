// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/process.h"

#include <cstdlib>
#include <cstring>

#include <sys/prctl.h>
#include <sys/resource.h>

namespace ui {

namespace {

constexpr auto tokenVariable = "XDG_ACTIVATION_TOKEN";

} // namespace

void leaveNoMemory()
{
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    ::setrlimit(RLIMIT_CORE, &none);
    // The core limit has no effect if the system pipes core files to a program; this call has.  A sanitizer
    // must be able to inspect its own process.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

QProcessEnvironment takeVariables()
{
    const auto all = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment taken;
    const auto names = all.keys();
    for (const auto& name : names) {
        if (!name.startsWith(QLatin1StringView("CLOUDFLARE_")))
            continue;
        taken.insert(name, all.value(name));
        // Erases the value in place, because the kernel also shows this memory to other programs
        // (/proc/PID/environ).
        if (char* value = std::getenv(name.toLocal8Bit().constData()))
            ::explicit_bzero(value, std::strlen(value));
        qunsetenv(name.toLocal8Bit().constData());
    }
    return taken;
}

QByteArray activationToken()
{
    const auto token = qgetenv(tokenVariable);
    return token.isEmpty() ? qgetenv("DESKTOP_STARTUP_ID") : token;
}

Activation::Activation(const QByteArray& token)
{
    if (!token.isEmpty())
        qputenv(tokenVariable, token);
}

Activation::~Activation()
{
    qunsetenv(tokenVariable); // the token is valid once, and is not meant for programs that this one starts
}

} // namespace ui
