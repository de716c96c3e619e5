// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The program without its window, for tests that kill it or break its disk: the engine, the journal and the
// network as main.cpp and MainWindow::open compose them, and an operator who is controlled by standard input.
// The connection comes from the environment, as it can for the real program.

#include <algorithm>
#include <cstdio>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QProcessEnvironment>
#include <QSocketNotifier>

#include <unistd.h>

#include "captures/desk.h"
#include "captures/presets.h"
#include "captures/record.h"

namespace {

using captures::Capture;

/// Writes one line of JSON to standard output.
void say(const QJsonObject& line)
{
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
}

void tell(const char* event, const QString& text = {})
{
    say({{QStringLiteral("event"), QLatin1StringView(event)}, {QStringLiteral("text"), text}});
}

QJsonObject lineOf(const Capture& capture)
{
    const auto& command = capture.order.command;
    return {{QStringLiteral("event"), QStringLiteral("capture")},
            {QStringLiteral("id"), capture.id},
            {QStringLiteral("run"), capture.run},
            {QStringLiteral("ticket"), capture.ticket},
            {QStringLiteral("origin"), capture.order.origin},
            {QStringLiteral("device"), command.deviceId},
            {QStringLiteral("registration"), command.registrationId.value_or(QString())},
            {QStringLiteral("type"), api::typeName(command)},
            {QStringLiteral("state"), captures::nameOf(capture.state)},
            {QStringLiteral("command"), capture.commandId},
            {QStringLiteral("problem"), capture.problem}};
}

/// \brief The simulated operator.
///
/// Each line of standard input is a command:
/// - `run TICKET`: runs captures on the first eligible devices, once they are loaded; does nothing if the
///   journal has a run with that ticket.
/// - `press TICKET`: the same at once, whatever the journal contains, and whether it can be read.
/// - `again`: sends again what was not started, once all captures have ended.
/// - `cancel`: cancels what is not sent.
/// - `captures`: reports all captures.
/// - `end`: reports all captures once they have ended, and quits.
class Operator : public QObject {
    Q_OBJECT

public:
    Operator(captures::Desk* desk, int devices)
        : m_desk(desk)
        , m_devices(devices)
        , m_input(STDIN_FILENO, QSocketNotifier::Read)
    {
        using captures::Desk;
        connect(desk, &Desk::unrecorded, this, [this](const QString& sentence) {
            m_pressed = false;
            tell("unrecorded", sentence);
        });
        connect(desk, &Desk::recordedAgain, this, [] { tell("recorded again"); });
        connect(desk, &Desk::recorded, this, [this](qint64 run) {
            m_pressed = false;
            tell("recorded", QString::number(run));
            proceedSoon();
        });
        connect(desk, &Desk::looked, this, [this] {
            if (!std::exchange(m_looked, true))
                tell("looked");
            proceedSoon();
        });
        connect(desk, &Desk::capturesAdded, this, [this] { proceedSoon(); });
        connect(desk, &Desk::captureChanged, this, [this] { proceedSoon(); });
        connect(&desk->loader(), &devices::Loader::finished, this, [this] {
            tell("devices");
            proceedSoon();
        });
        connect(&m_input, &QSocketNotifier::activated, this, &Operator::read);
    }

private:
    void read()
    {
        char bytes[4096];
        const auto got = ::read(STDIN_FILENO, bytes, sizeof bytes);
        if (got <= 0) {
            m_input.setEnabled(false);
            QCoreApplication::quit();
            return;
        }
        m_lines += QByteArray(bytes, got);
        for (auto end = m_lines.indexOf('\n'); end >= 0; end = m_lines.indexOf('\n')) {
            obey(QString::fromUtf8(m_lines.left(end)));
            m_lines.remove(0, end + 1);
        }
    }

    void obey(const QString& line)
    {
        const auto word = line.section(u' ', 0, 0);
        if (word == QLatin1StringView("run"))
            m_tickets << line.section(u' ', 1);
        else if (word == QLatin1StringView("press"))
            run(line.section(u' ', 1));
        else if (word == QLatin1StringView("again"))
            m_again = true;
        else if (word == QLatin1StringView("cancel"))
            m_desk->cancelUnsent();
        else if (word == QLatin1StringView("captures"))
            sayCaptures();
        else if (word == QLatin1StringView("end"))
            m_end = true;
        else
            qFatal("nobody understands “%s”", qPrintable(line));
        proceedSoon();
    }

    void proceedSoon()
    {
        if (!std::exchange(m_proceeds, true))
            QMetaObject::invokeMethod(this, &Operator::proceed, Qt::QueuedConnection);
    }

    void proceed()
    {
        m_proceeds = false;
        if (m_pressed || !m_looked || !m_desk->loader().isWhole())
            return;
        const auto& all = m_desk->captures();
        while (!m_tickets.isEmpty()) {
            const auto ticket = m_tickets.takeFirst();
            if (std::ranges::find(all, ticket, &Capture::ticket) != all.end())
                continue;
            run(ticket);
            return;
        }
        if (!std::ranges::all_of(all, captures::isFinal, &Capture::state))
            return;
        if (std::exchange(m_again, false) && sendAgain())
            return;
        if (m_end) {
            sayCaptures();
            QCoreApplication::quit();
        }
    }

    void run(const QString& ticket)
    {
        m_desk->fleet().clearTicks();
        int left = m_devices;
        for (int row = 0; row < m_desk->fleet().viewSize() && left > 0; ++row) {
            const auto& device = m_desk->fleet().viewAt(row);
            if (!device.obstacle().isEmpty())
                continue;
            const auto key = device.key();
            m_desk->fleet().setTicked({&key, 1}, true);
            --left;
        }
        if (left > 0)
            qFatal("too few devices are there");
        press(m_desk->plan(captures::presets().first().options,
                           {.offline = captures::Choices::Offline::RunAnyway}),
              {.ticket = ticket, .operatorName = {}});
    }

    bool sendAgain()
    {
        QSet<qint64> repeated;
        for (const auto& capture : m_desk->captures())
            repeated.insert(capture.order.origin);
        QList<qint64> ids;
        for (const auto& capture : m_desk->captures()) {
            if (capture.state == captures::State::NotStarted && !repeated.contains(capture.id))
                ids << capture.id;
        }
        if (!ids.isEmpty())
            press(m_desk->planAgain(ids, false, {.offline = captures::Choices::Offline::RunAnyway}),
                  {.ticket = QStringLiteral("again"),
                   .operatorName = {},
                   .origin = m_desk->capture(ids.first())->run});
        return !ids.isEmpty();
    }

    void press(const captures::Plan& plan, const captures::Desk::Reason& reason)
    {
        m_pressed = true;
        m_desk->run(plan, reason);
    }

    void sayCaptures() const
    {
        for (const auto& capture : m_desk->captures())
            say(lineOf(capture));
        tell("all said");
    }

    captures::Desk* m_desk;
    int m_devices;
    QSocketNotifier m_input;
    QByteArray m_lines;
    QStringList m_tickets; ///< of the runs to start
    bool m_again = false;
    bool m_end = false;
    bool m_looked = false;  ///< journal and account have been read
    bool m_pressed = false; ///< Run, which is not recorded yet
    bool m_proceeds = false;
};

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("headless_desk"));
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("journal"), QStringLiteral("The journal."), QStringLiteral("file")});
    parser.addOption(
        {QStringLiteral("devices"), QStringLiteral("Of a run."), QStringLiteral("n"), QStringLiteral("60")});
    parser.addOption({QStringLiteral("between-listings"),
                      QStringLiteral("Milliseconds between the two that say “Not started”."),
                      QStringLiteral("ms"), QStringLiteral("60000")});
    parser.addOption({QStringLiteral("fastest"), QStringLiteral("Milliseconds between looks at first."),
                      QStringLiteral("ms"), QStringLiteral("2000")});
    parser.process(app);

    captures::Journal journal(parser.value(QStringLiteral("journal")));
    const auto connection = connections::fromEnvironment(QProcessEnvironment::systemEnvironment());
    if (!connection || !*connection)
        qFatal("there is no connection in the environment");
    captures::Pace pace;
    pace.betweenListings =
        std::chrono::milliseconds(parser.value(QStringLiteral("between-listings")).toInt());
    pace.fastest = std::chrono::milliseconds(parser.value(QStringLiteral("fastest")).toInt());

    QNetworkAccessManager network;
    captures::Desk desk(**connection, &network, &journal, pace, captures::systemClock());
    Operator whoever(&desk, parser.value(QStringLiteral("devices")).toInt());
    desk.refresh();
    return QCoreApplication::exec();
}

#include "operator.moc"
