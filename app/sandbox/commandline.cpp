// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/commandline.h"

#include "sandbox/options.h"

namespace sandbox {

QList<CommandLineOption> commandLineOptions()
{
    const Options initial;
    QList<CommandLineOption> options;
    const auto number = [&options](const char* name, const QString& help, const QString& standard) {
        options << CommandLineOption{{QString::fromLatin1(name), help, QStringLiteral("n"), standard}, {}};
    };
    number("port", QStringLiteral("Listen on this port of 127.0.0.1; 0 takes any."), QStringLiteral("0"));
    number("devices", QStringLiteral("How many devices the account has."), QString::number(initial.devices));
    number("latency-ms", QStringLiteral("Wait so long before each reply."), QStringLiteral("0"));
    number("seed", QStringLiteral("The same seed gives the same account and outcomes."), QStringLiteral("1"));
    number("time-scale", QStringLiteral("How much faster captures go; 600: ten minutes take a second."),
           QStringLiteral("1"));
    number("quota", QStringLiteral("Commands a day."), QString::number(initial.quota));
    number("day-seconds",
           QStringLiteral("How soon the quota begins anew; short, to see what a run does then."),
           QString::number(initial.daySeconds));
    number("rate-limit",
           QStringLiteral("Requests in five minutes for a key; 0: no limits, as with a manual clock."),
           QString::number(initial.rateLimit));
    options << CommandLineOption{
        {QStringLiteral("schema"),
         QStringLiteral("Field names taken by the POST: both, documented or current."),
         QStringLiteral("name"), QStringLiteral("both")},
        {QStringLiteral("both"), QStringLiteral("documented"), QStringLiteral("current")}};
    options << CommandLineOption{
        {QStringLiteral("clock"),
         QStringLiteral(
             "Which clock the account goes by: system or manual.\nA manual clock stands still until "
             "POST /client/v4/sandbox/clock?advance_s=180\nmoves it; delays go by it, too."),
         QStringLiteral("name"), QStringLiteral("system")},
        {QStringLiteral("system"), QStringLiteral("manual")}};
    options << CommandLineOption{{QStringLiteral("start"),
                                  QStringLiteral("When the manual clock begins, in ISO 8601; otherwise now."),
                                  QStringLiteral("time")},
                                 {}};
    auto help = QStringLiteral("Misbehave in a named way; may be given several times. Names:");
    QStringList names;
    for (const auto& fault : faults) {
        names << QLatin1StringView(fault.name);
        help += QStringLiteral("\n%1: %2.").arg(names.last(), QLatin1StringView(fault.what));
    }
    options << CommandLineOption{{QStringLiteral("fault"), help, QStringLiteral("name")}, names};
    options << CommandLineOption{{QStringLiteral("state"),
                                  QStringLiteral("Keep the account, its commands too, in this file over a "
                                                 "restart; the file's seed wins over --seed."),
                                  QStringLiteral("file")},
                                 {}};
    options << CommandLineOption{
        {QStringLiteral("with-parent"), QStringLiteral("End when standard input ends.")}, {}};
    return options;
}

} // namespace sandbox
