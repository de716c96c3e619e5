// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The composition root: creates the long-lived objects and connects them.

#include <csignal>
#include <cstdio>
#include <memory>

#include <QApplication>
#include <QCommandLineParser>
#include <QSocketNotifier>
#include <QTimer>

#include <sys/socket.h>
#include <unistd.h>

#include "base/leftover.h"
#include "captures/journal.h"
#include "captures/sharedrecord.h"
#include "connections/store.h"
#include "storage/log.h"
#include "storage/paths.h"
#include "storage/secrets.h"
#include "storage/sessionbus.h"
#include "storage/settings.h"
#include "ui/commandline.h"
#include "ui/common/desktoplook.h"
#include "ui/common/instance.h"
#include "ui/common/language.h"
#include "ui/common/numbers.h"
#include "ui/common/process.h"
#include "ui/common/theme.h"
#include "ui/window/mainwindow.h"

namespace {

int signalPipe[2]; ///< a signal handler may do little else than write

/// SIGTERM and SIGINT close the window as its close button does, with the settings saved, but without a
/// question.
void quitOnSignals(ui::MainWindow& window)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, signalPipe) != 0)
        return;
    auto* notifier = new QSocketNotifier(signalPipe[1], QSocketNotifier::Read, &window);
    QObject::connect(notifier, &QSocketNotifier::activated, &window, [&window] {
        window.quit();
        QApplication::quit();
    });
    for (const int signal : {SIGTERM, SIGINT}) {
        std::signal(signal, [](int) {
            const char byte = 1;
            [[maybe_unused]] const auto written = ::write(signalPipe[0], &byte, 1);
        });
    }
}

struct Start {
    enum class At { Page, Sandbox, Environment, Saved } at = At::Page;
    QString id;        ///< of the saved connection
    QString complaint; ///< shown by the window at the start
};

/// Chooses what to open, in this order: what the command line names, a complete environment, the sandbox or
/// the only saved connection (depending on which was open last), the start page.
/// \returns nothing if the command line names an unknown connection
std::optional<Start>
startFor(const QCommandLineParser& parser,
         const std::expected<std::optional<connections::Connection>, QString>& environment,
         const storage::Settings& settings, const connections::Store& store)
{
    using At = Start::At;
    const auto sandbox = QStringLiteral("Sandbox");
    const bool complete = environment && *environment;
    if (parser.isSet(QStringLiteral("sandbox")))
        return Start{.at = At::Sandbox};
    if (parser.isSet(QStringLiteral("connection"))) {
        const auto name = parser.value(QStringLiteral("connection"));
        if (const auto* saved = store.find(name))
            return Start{.at = At::Saved, .id = saved->id};
        if (name.compare(sandbox, Qt::CaseInsensitive) == 0)
            return Start{.at = At::Sandbox};
        if (complete && name.compare((*environment)->name, Qt::CaseInsensitive) == 0)
            return Start{.at = At::Environment};
        std::fprintf(stderr, "capturedesk: There is no connection “%s”.\n", qPrintable(name));
        if (!environment)
            std::fprintf(stderr, "capturedesk: %s\n", qPrintable(environment.error()));
        return std::nullopt;
    }
    if (complete)
        return Start{.at = At::Environment};
    const auto last = settings.get(storage::setting::lastConnection);
    if (!environment)
        return Start{.complaint = environment.error()};
    if (!store.problem().isEmpty())
        return Start{.complaint = store.problem()};
    if (last == sandbox && store.all().isEmpty())
        return Start{.at = At::Sandbox};
    if (last != sandbox && store.all().size() == 1)
        return Start{.at = At::Saved, .id = store.all().first().id};
    return Start{};
}

} // namespace

int main(int argc, char** argv)
{
    ui::leaveNoMemory();
    const auto variables = ui::takeVariables(); // before any other thread runs
    const auto activation = ui::activationToken();
    QStringList given;
    for (int i = 0; i < argc; ++i)
        given << QString::fromLocal8Bit(argv[i]);
    const std::unique_ptr<QCoreApplication> text(ui::isTextRequest(given) ? new QCoreApplication(argc, argv)
                                                                          : nullptr);
    const std::unique_ptr<QApplication> gui(text ? nullptr : new QApplication(argc, argv));
    QCoreApplication::setApplicationName(QStringLiteral("capturedesk"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CAPTUREDESK_VERSION));

    QCommandLineParser parser;
    ui::fillCommandLine(parser);
    parser.process(QCoreApplication::arguments());
    if (!gui)
        return 0;
    auto& app = *gui;
    QApplication::setDesktopFileName(QStringLiteral("capturedesk"));

    const auto paths = storage::standardPaths();
    storage::Log log(paths);
    storage::Settings settings(paths);
    storage::Keychain keychain;
    connections::Store store(paths, &keychain);
    const auto environment = connections::fromEnvironment(variables);
    const auto start = startFor(parser, environment, settings, store);
    if (!start)
        return 2;
    ui::Instance instance(paths.data);
    if (instance.handOver(parser.isSet(QStringLiteral("sandbox"))
                              ? QStringLiteral("Sandbox")
                              : parser.value(QStringLiteral("connection")),
                          ui::namedFiles(parser), activation)) {
        std::puts("Capture Desk is open already; its window is shown.");
        return 0;
    }
    instance.listen();
    captures::Journal journal(paths.data.filePath(QStringLiteral("runs.sqlite")));
    captures::SharedRecord shared(&journal, QSysInfo::machineHostName(), {});

    ui::installLanguage(app);
    ui::installNumbers();
    // QDBusConnection::sessionBus() would start a bus if the environment names none.
    ui::DesktopLook desktop(storage::hasSessionBus() ? QDBusConnection::sessionBus()
                                                     : QDBusConnection(QString()));
    ui::applyAppearance(app, ui::appearanceFrom(settings.get(storage::setting::appearance)),
                        desktop.isDark());
    QStringList notices;
    for (const auto& leftover : base::takeLeftovers())
        notices << base::sentence(leftover);
    ui::MainWindow window({.paths = paths,
                           .settings = &settings,
                           .journal = &journal,
                           .shared = &shared,
                           .pace = {},
                           .clock = captures::systemClock(),
                           .store = &store,
                           .hide = [&log](const QString& secret) { log.hide(secret); },
                           .log = &log,
                           .secrets = &keychain,
                           .environment = environment.value_or(std::nullopt),
                           .desktop = &desktop,
                           .notices = notices});
    quitOnSignals(window);
    QObject::connect(&instance, &ui::Instance::called, &window, &ui::MainWindow::comeForward);
    window.show();
    window.load(ui::namedFiles(parser));
    // After the first paint: the window appears before the network is used.
    QTimer::singleShot(0, &window, [&] {
        switch (start->at) {
        case Start::At::Sandbox: window.openSandbox(); break;
        case Start::At::Environment: window.open(**environment); break;
        case Start::At::Saved: window.openSaved(start->id); break;
        case Start::At::Page:
            if (!start->complaint.isEmpty())
                window.tell(start->complaint);
            break;
        }
    });
    return QApplication::exec();
}
