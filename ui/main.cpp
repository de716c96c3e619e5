// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The composition root: everything that the window needs is made here, and here alone.

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <span>

#include <QApplication>
#include <QCommandLineParser>
#include <QNetworkAccessManager>
#include <QProcessEnvironment>
#include <QSocketNotifier>
#include <QTimer>

#include <fcntl.h>
#include <unistd.h>

#include "sandbox/server.h"
#include "storage/log.h"
#include "storage/paths.h"
#include "storage/settings.h"
#include "ui/common/theme.h"
#include "ui/connect/accounts.h"
#include "ui/window/mainwindow.h"

namespace {

using namespace Qt::StringLiterals;
using connections::Connection;

constexpr double sandboxHaste = 30; ///< a packet capture of three minutes is there after some seconds

/// \brief What the window opens with.
struct Start {
    enum class At { FirstPage, Sandbox, Environment } at = At::FirstPage;
    QString problem; ///< why it is not more than the first page
};

/// \brief The account inside the program; its server starts when it is first asked for.
class Sandbox {
public:
    explicit Sandbox(const storage::Paths& paths)
        : m_paths(paths)
    {
    }

    [[nodiscard]] ui::Accounts::Opened open()
    {
        if (!m_server) {
            if (!storage::makePrivate(m_paths.data))
                return std::unexpected(
                    QCoreApplication::translate("main",
                                                "The folder %1 cannot be made, so the sandbox cannot start.")
                        .arg(m_paths.data.absolutePath()));
            sandbox::Options options;
            options.timeScale = sandboxHaste;
            options.stateFile = m_paths.data.filePath(u"sandbox.json"_s);
            auto server = std::make_unique<sandbox::Server>(options);
            if (const auto started = server->start(); !started)
                return std::unexpected(started.error());
            m_server = std::move(server);
        }
        Connection connection;
        connection.kind = Connection::Kind::Sandbox;
        connection.name = ui::sandboxName;
        connection.endpoint = {.baseUrl = QUrl(m_server->baseUrl()),
                               .accountId = m_server->accountId(),
                               .credentials = api::BearerToken{m_server->token()}};
        return connection;
    }

private:
    storage::Paths m_paths;
    std::unique_ptr<sandbox::Server> m_server;
};

void describe(QCommandLineParser& parser)
{
    parser.setApplicationDescription(u"Collects packet captures and WARP diagnostics from end users' "
                                     u"devices, through Cloudflare's DEX remote commands.\n\n"
                                     "CLOUDFLARE_ACCOUNT_ID with CLOUDFLARE_API_TOKEN, or with "
                                     "CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY, and where needed "
                                     "CLOUDFLARE_BASE_URL make a connection called Environment."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({u"sandbox"_s, u"Open the account inside the program, to try things on."_s});
    parser.addOption({u"connection"_s, u"Open this connection: Sandbox or Environment."_s, u"NAME"_s});
}

/// What asks for words only needs no display.
bool wantsWords(std::span<char*> arguments)
{
    return std::ranges::any_of(arguments.subspan(std::min<std::size_t>(1, arguments.size())),
                               [](const char* each) {
                                   const QLatin1StringView word(each);
                                   return word == "--help"_L1 || word == "-h"_L1 || word == "--help-all"_L1 ||
                                          word == "--version"_L1 || word == "-v"_L1;
                               });
}

using Environment = std::expected<std::optional<Connection>, QString>;

/// In this order: what the command line names, the Environment, the last connection, the first page.
/// \returns a sentence where the command line names what there is not
std::expected<Start, QString> startWith(const QCommandLineParser& parser, const Environment& environment,
                                        const QString& last)
{
    using At = Start::At;
    const bool hasEnvironment = environment && *environment;
    if (parser.isSet(u"sandbox"_s))
        return Start{At::Sandbox, {}};
    if (parser.isSet(u"connection"_s)) {
        const auto name = parser.value(u"connection"_s);
        if (name.compare(ui::sandboxName, Qt::CaseInsensitive) == 0)
            return Start{At::Sandbox, {}};
        if (name.compare(ui::environmentName, Qt::CaseInsensitive) != 0)
            return std::unexpected(
                u"There is no connection called “%1”, only Sandbox and Environment."_s.arg(name));
        if (hasEnvironment)
            return Start{At::Environment, {}};
        return std::unexpected(
            environment ? u"There is no connection called Environment: set CLOUDFLARE_ACCOUNT_ID and "
                          "CLOUDFLARE_API_TOKEN."_s
                        : environment.error());
    }
    if (!environment)
        return Start{At::FirstPage, environment.error()};
    if (hasEnvironment)
        return Start{At::Environment, {}};
    return Start{last == ui::sandboxName ? At::Sandbox : At::FirstPage, {}};
}

int signalPipe[2]; ///< a signal's handler may do little more than write

void quitOnSignals(QApplication& app)
{
    if (::pipe2(signalPipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    auto* notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, &app);
    // Nobody is asked: who sends the signal wants the program to be gone.
    QObject::connect(notifier, &QSocketNotifier::activated, &app, [] { QCoreApplication::exit(0); });
    for (const int signal : {SIGTERM, SIGINT}) {
        std::signal(signal, [](int) {
            const char byte = 0;
            [[maybe_unused]] const auto written = ::write(signalPipe[1], &byte, 1);
        });
    }
}

void hideSecrets(storage::Log& log, const Connection& connection)
{
    if (const auto* token = std::get_if<api::BearerToken>(&connection.endpoint.credentials))
        log.hide(token->token);
    else if (const auto* key = std::get_if<api::EmailAndKey>(&connection.endpoint.credentials))
        log.hide(key->key);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setApplicationName(u"capturedesk"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(CAPTUREDESK_VERSION));
    QCommandLineParser parser;
    describe(parser);
    if (wantsWords({argv, std::size_t(argc)})) {
        const QCoreApplication words(argc, argv);
        parser.process(words);
        return 0;
    }

    QApplication app(argc, argv);
    QApplication::setApplicationDisplayName(u"Capture Desk"_s);
    QApplication::setDesktopFileName(u"capturedesk"_s);
    parser.process(app);
    quitOnSignals(app);

    const auto paths = storage::standardPaths();
    storage::Log log(paths);
    storage::Settings settings(paths);
    const ui::Preferences preferences(&settings);
    const auto environment = connections::fromEnvironment(QProcessEnvironment::systemEnvironment());
    const auto start = startWith(parser, environment, preferences.lastConnection());
    if (!start) {
        std::fprintf(stderr, "capturedesk: %s\n", qUtf8Printable(start.error()));
        return 2;
    }

    ui::applyAppearance(app, preferences.appearance());
    QApplication::setWindowIcon(ui::appIcon());

    Sandbox sandbox(paths);
    ui::Accounts accounts([&sandbox] { return sandbox.open(); }, environment.value_or(std::nullopt));
    const auto clock = [] { return QDateTime::currentDateTimeUtc(); };
    ui::MainWindow window({
        .settings = &settings,
        .accounts = &accounts,
        .data = paths.data,
        .makeNetwork = [] { return std::make_unique<QNetworkAccessManager>(); },
        .makeDesk =
            [&log, clock](const Connection& connection, QNetworkAccessManager* network) {
                hideSecrets(log, connection);
                return std::make_unique<captures::Desk>(connection, network, captures::Desk::Pace{}, clock);
            },
        .clock = clock,
    });
    if (start->at == Start::At::FirstPage)
        window.showFirstPage(start->problem);
    window.show();
    // The window is painted before anything is started or asked.
    QTimer::singleShot(0, &window, [&] {
        switch (start->at) {
        case Start::At::FirstPage: break;
        case Start::At::Sandbox: window.openSandbox(); break;
        case Start::At::Environment: window.open(**environment); break;
        }
    });
    return QApplication::exec();
}
