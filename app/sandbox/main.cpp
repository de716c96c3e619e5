// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The sandbox account as a separate program, for tests, demonstrations and measurements.

#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <thread>
#include <type_traits>

#include <QCommandLineParser>
#include <QCoreApplication>

#include <unistd.h>

#include "sandbox/commandline.h"
#include "sandbox/server.h"

namespace {

[[noreturn]] void refuse(const QString& sentence)
{
    std::fprintf(stderr, "capturedesk-sandbox: %s\n", qPrintable(sentence));
    std::exit(2);
}

template<class Number>
Number number(const QCommandLineParser& parser, const QString& name, double least, double most)
{
    bool ok = false;
    const auto value = parser.value(name).toDouble(&ok);
    const bool anyNumber = std::is_floating_point_v<Number>;
    if (!ok || !(value >= least && value <= most) || (!anyNumber && value != std::floor(value))) {
        refuse(QStringLiteral("--%1 takes a %2 from %3 to %4.")
                   .arg(name, anyNumber ? QStringLiteral("number") : QStringLiteral("whole number"))
                   .arg(least)
                   .arg(most, 0, 'g', 12));
    }
    return Number(value);
}

sandbox::Schema schemaOf(const QString& name)
{
    if (name == QLatin1StringView("both"))
        return sandbox::Schema::Both;
    if (name == QLatin1StringView("documented"))
        return sandbox::Schema::Documented;
    if (name == QLatin1StringView("current"))
        return sandbox::Schema::Current;
    refuse(QStringLiteral("--schema takes both, documented or current."));
}

/// Null: the system clock.
std::shared_ptr<sandbox::ManualClock> clockOf(const QCommandLineParser& parser)
{
    const auto kind = parser.value(QStringLiteral("clock"));
    if (kind != QLatin1StringView("system") && kind != QLatin1StringView("manual"))
        refuse(QStringLiteral("--clock takes system or manual."));
    const bool hasStart = parser.isSet(QStringLiteral("start"));
    const auto start = hasStart ? QDateTime::fromString(parser.value(QStringLiteral("start")), Qt::ISODate)
                                : QDateTime::currentDateTimeUtc();
    if (!start.isValid())
        refuse(QStringLiteral("--start takes a time such as 2026-03-29T00:59:30Z."));
    if (kind == QLatin1StringView("manual"))
        return std::make_shared<sandbox::ManualClock>(start);
    if (hasStart)
        refuse(QStringLiteral("--start goes with --clock manual."));
    return {};
}

sandbox::Options optionsOf(const QCommandLineParser& parser)
{
    sandbox::Options options;
    options.port = number<quint16>(parser, QStringLiteral("port"), 0, 65535);
    options.devices = number<int>(parser, QStringLiteral("devices"), 0, 1'000'000);
    options.latencyMs = number<int>(parser, QStringLiteral("latency-ms"), 0, 60'000);
    options.seed = number<quint32>(parser, QStringLiteral("seed"), 0, std::numeric_limits<quint32>::max());
    options.timeScale = number<double>(parser, QStringLiteral("time-scale"), 0.001, 1e6);
    options.quota = number<int>(parser, QStringLiteral("quota"), 0, 1e9);
    options.daySeconds = number<int>(parser, QStringLiteral("day-seconds"), 1, 86'400);
    options.rateLimit = number<int>(parser, QStringLiteral("rate-limit"), 0, 1e9);
    options.schema = schemaOf(parser.value(QStringLiteral("schema")));
    options.faults = parser.values(QStringLiteral("fault"));
    if (const auto fault = sandbox::unknownFault(options.faults))
        refuse(QStringLiteral("There is no fault “%1”; --help lists them.").arg(*fault));
    if (parser.isSet(QStringLiteral("state")))
        options.stateFile = parser.value(QStringLiteral("state"));
    options.clock = clockOf(parser);
    // A manual clock stands still: all requests would fall into the same second.
    if (options.clock && !parser.isSet(QStringLiteral("rate-limit")))
        options.rateLimit = 0;
    return options;
}

/// Reads standard input until it closes, as it does when the parent ends; then sends SIGTERM to this process.
void endWithInput()
{
    char byte;
    while (::read(STDIN_FILENO, &byte, 1) > 0) {
    }
    ::kill(::getpid(), SIGTERM);
}

void say(const char* what, const QString& value)
{
    std::printf("%s %s\n", what, qPrintable(value));
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("capturedesk-sandbox"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CAPTUREDESK_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("A DEX account on loopback, for tests and demonstrations of Capture Desk.\nIt prints "
                       "its address, account and tokens, "
                       "and ends with SIGTERM or Ctrl+C."));
    parser.addHelpOption();
    parser.addVersionOption();
    for (const auto& one : sandbox::commandLineOptions())
        parser.addOption(one.option);
    if (!parser.parse(app.arguments()))
        refuse(parser.errorText());
    if (parser.isSet(QStringLiteral("help")))
        parser.showHelp();
    if (parser.isSet(QStringLiteral("version")))
        parser.showVersion();
    if (!parser.positionalArguments().isEmpty())
        refuse(QStringLiteral("“%1” is not an option; --help lists them.")
                   .arg(parser.positionalArguments().first()));

    // Blocked before the server starts its threads: they inherit the mask, and only this thread receives the
    // signal.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);

    sandbox::Server server(optionsOf(parser));
    if (const auto started = server.start(); !started)
        refuse(started.error());
    say("listening on", server.baseUrl());
    say("account", server.accountId());
    say("token", server.token());
    say("read-only-token", server.readOnlyToken());
    say("account-token", server.accountToken());

    if (parser.isSet(QStringLiteral("with-parent")))
        std::thread(endWithInput).detach();
    int signal = 0;
    sigwait(&ends, &signal);
    server.stop();
    return 0;
}
