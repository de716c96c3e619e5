// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "helpdesk.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTimer>

#include "support/eventually.h"

using namespace Qt::StringLiterals;

namespace faults {

namespace {

using std::chrono::milliseconds;

captures::Pace quick(milliseconds again)
{
    return {.fastest = milliseconds(40),
            .slowest = milliseconds(150),
            .betweenListings = milliseconds(100),
            .devices = milliseconds(500),
            .again = again,
            .longestAgain = 4 * again};
}

/// Far from the end of the day.
QDateTime noon()
{
    return QDateTime(QDate(2026, 3, 10), QTime(12, 0), Qt::UTC);
}

/// Sets the clock, and removes the rate limit, which is not tested here: the time advances slowly.
sandbox::Options with(sandbox::Options options, const std::shared_ptr<sandbox::ManualClock>& clock)
{
    options.clock = clock;
    options.rateLimit = 0;
    return options;
}

QString nameOf(const QString& deviceId, const QString& registrationId, const QString& type)
{
    return deviceId + u' ' + registrationId + u' ' + type;
}

QString nameOf(const QJsonObject& command)
{
    return nameOf(command[u"device_id"].toString(), command[u"registration_id"].toString(),
                  command[u"type"].toString());
}

QString nameOf(const captures::Capture& capture)
{
    return nameOf(capture.order.device.deviceId, capture.order.device.registrationId,
                  api::typeName(capture.order.command));
}

} // namespace

bool until(const std::function<bool()>& met)
{
    const QDeadlineTimer deadline(support::ceilingMs);
    QTimer tick;
    tick.start(100); // so that waiting for events ends
    while (!met()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

// The account.

sandbox::Options Account::usual()
{
    return {.devices = 24, .timeScale = 0.001, .stateFile = {}};
}

Account::Account(const sandbox::Options& options)
    : m_server(options)
{
    if (const auto started = m_server.start(); !started)
        qFatal("%s", qPrintable(started.error()));
}

connections::Connection Account::connection(const QUrl& by) const
{
    return {.kind = connections::Connection::Kind::Sandbox,
            .name = u"Contoso"_s,
            .endpoint = {.baseUrl = by,
                         .accountId = m_server.accountId(),
                         .credentials = api::BearerToken{m_server.token()}}};
}

QJsonObject Account::ask(const QByteArray& method, const QString& path, const QByteArray& body) const
{
    QTcpSocket socket;
    socket.connectToHost(url().host(), quint16(url().port()));
    socket.write(method + " /client/v4/" + path.toUtf8() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" +
                 "Connection: close\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
                 m_server.token().toUtf8() + "\r\nContent-Length: " + QByteArray::number(body.size()) +
                 "\r\n\r\n" + body);
    while (socket.state() != QTcpSocket::UnconnectedState) {
        if (!socket.waitForDisconnected(support::ceilingMs))
            qFatal("the account does not answer");
    }
    const auto reply = socket.readAll();
    return QJsonDocument::fromJson(reply.mid(reply.indexOf("\r\n\r\n") + 4)).object();
}

QJsonArray Account::list(const QString& path, const QString& name) const
{
    QJsonArray all;
    for (int page = 1; page == 1 || all.size() == (page - 1) * 50; ++page) {
        const auto envelope =
            ask("GET", u"accounts/%1/dex/%2?page=%3&per_page=50"_s.arg(m_server.accountId(), path).arg(page));
        const auto rows = envelope[u"result"].toObject()[name].toArray();
        for (const auto& row : rows)
            all << row;
        if (rows.isEmpty())
            break;
    }
    return all;
}

QJsonArray Account::devices() const
{
    return list(u"commands/devices"_s, u"devices"_s);
}

QJsonArray Account::commands() const
{
    return list(u"commands"_s, u"commands"_s);
}

int Account::created() const
{
    return ask("GET", u"sandbox/stats"_s)[u"created"].toInt();
}

QSet<QString> Account::start(const QJsonArray& devices)
{
    QJsonArray orders;
    for (const auto& value : devices) {
        const auto device = value.toObject();
        for (const auto& type : {u"pcap"_s, u"warp-diag"_s}) {
            orders << QJsonObject{{u"command_type"_s, type},
                                  {u"device_id"_s, device[u"deviceId"]},
                                  {u"user_email"_s, device[u"personEmail"]},
                                  {u"registration_id"_s, device[u"registrationId"]}};
        }
    }
    const auto envelope = ask("POST", u"accounts/%1/dex/commands"_s.arg(m_server.accountId()),
                              QJsonDocument(QJsonObject{{u"commands"_s, orders}}).toJson());
    QSet<QString> ids;
    for (const auto& command : envelope[u"result"].toObject()[u"commands"].toArray())
        ids.insert(command.toObject()[u"id"].toString());
    if (ids.size() != orders.size())
        qFatal("the colleague's captures were not started");
    return ids;
}

Time::Time(std::shared_ptr<sandbox::ManualClock> clock)
    : m_clock(std::move(clock))
{
    constexpr milliseconds step{20};
    connect(&m_tick, &QTimer::timeout, this, [this, step] { pass(step); });
    m_tick.start(step);
}

captures::Moment Time::now() const
{
    const auto at = m_clock->now();
    return {.utc = at.utc.addMSecs(wrong.count()), .steady = at.steady};
}

// The program and its user.

Helpdesk::Helpdesk(const sandbox::Options& options, const QString& certificate)
    : Helpdesk(options, certificate, std::make_shared<sandbox::ManualClock>(noon()))
{
}

Helpdesk::Helpdesk(const sandbox::Options& options, const QString& certificate,
                   const std::shared_ptr<sandbox::ManualClock>& clock)
    : account(with(options, clock))
    , proxy(account.url(), certificate)
    , time(clock)
{
    for (const auto& device : account.devices()) {
        const auto name = device.toObject()[u"deviceName"].toString();
        if (name == "BUILD-MAC-2"_L1 || name == "<b>bold</b>"_L1)
            m_machines << device;
    }
    m_ended = account.start(m_machines);
    m_others = m_ended;
    for (const auto& command : account.commands())
        m_others.insert(command.toObject()[u"id"].toString());
    proxy.through = [this](Ask ask, Act& act) {
        if (ask != Ask::Commands)
            return;
        editRows(act, u"commands"_s, [this](QJsonObject& command) {
            if (!m_ended.contains(command[u"id"].toString()))
                return;
            command[u"status"] = u"SUCCESS"_s;
            command[u"completed_date"] = command[u"created_date"];
        });
    };
    open();
}

Helpdesk::~Helpdesk()
{
    close();
}

void Helpdesk::open(const std::optional<QUrl>& address)
{
    m_journal = std::make_unique<captures::Journal>(m_folder.filePath(u"runs.sqlite"_s));
    m_desk = std::make_unique<captures::Desk>(account.connection(address.value_or(proxy.url())), &m_network,
                                              m_journal.get(), quick(m_again), [this] { return time.now(); });
    auto& client = m_desk->client();
    client.setDeadlines({.request = milliseconds(20),
                         .downloadStall = milliseconds(20),
                         .mayEnd = [this](const QUrl& url) { return proxy.isSilentOn(url); }});
    client.setTls(Server::clientTls());
    client.setRetries({.attempts = 3, .first = milliseconds(1), .ceiling = milliseconds(2)});
    connect(m_desk.get(), &captures::Desk::capturesAdded, this, [this](int first, int last) {
        m_courses.resize(last + 1);
        for (int i = first; i <= last; ++i)
            note(i);
    });
    connect(m_desk.get(), &captures::Desk::captureChanged, this, &Helpdesk::note);
    connect(m_desk.get(), &captures::Desk::failed, this,
            [this](connections::Act act, const api::Error& error) {
                const auto what = connections::explain(error, act).what;
                if (!m_told.contains(what))
                    m_told << what;
            });
    connect(m_desk.get(), &captures::Desk::healed, this,
            [this](connections::Act act) { m_healed.insert(act); });
}

void Helpdesk::close()
{
    m_desk.reset();
    m_journal.reset();
}

bool Helpdesk::load()
{
    QSignalSpy looked(m_desk.get(), &captures::Desk::looked);
    m_desk->refresh();
    return until(
        [&] { return m_desk->loader().isWhole() && m_desk->quota().has_value() && !looked.isEmpty(); });
}

void Helpdesk::run()
{
    QSet<QString> machines;
    for (const auto& machine : m_machines)
        machines.insert(machine.toObject()[u"deviceId"].toString());
    QList<devices::Key> keys;
    for (int row = 0; row < m_desk->fleet().viewSize(); ++row) {
        const auto& device = m_desk->fleet().viewAt(row);
        if (machines.contains(device.deviceId) && device.obstacle().isEmpty())
            keys << device.key();
    }
    m_desk->fleet().setTicked(keys, true);
    m_desk->run(m_desk->plan({.pcap = api::PcapArgs{}, .diag = api::DiagArgs{}},
                             {.offline = captures::Choices::Offline::RunAnyway}),
                {.ticket = u"INC0012345"_s, .operatorName = u"Marta"_s});
}

void Helpdesk::runOn(int count)
{
    QSet<QString> machines;
    QList<devices::Key> keys;
    for (const auto& device : m_desk->fleet().all()) {
        if (keys.size() == count || !device.obstacle().isEmpty() || machines.contains(device.deviceId))
            continue;
        machines.insert(device.deviceId);
        keys << device.key();
    }
    m_desk->fleet().setTicked(keys, true);
    m_desk->run(m_desk->plan({.pcap = api::PcapArgs{}, .diag = {}},
                             {.offline = captures::Choices::Offline::RunAnyway}),
                {.ticket = u"INC0012345"_s, .operatorName = u"Marta"_s});
}

bool Helpdesk::settles()
{
    return until([this] {
        return !m_desk->captures().isEmpty() &&
               std::ranges::all_of(m_desk->captures(), [](const captures::Capture& capture) {
                   return captures::isFinal(capture.state) || capture.state == captures::State::OnDevice;
               });
    });
}

bool Helpdesk::looks(int times)
{
    for (int i = 0; i < times; ++i) {
        QSignalSpy looked(m_desk.get(), &captures::Desk::looked);
        m_desk->look();
        if (!until([&looked] { return !looked.isEmpty(); }))
            return false;
    }
    return true;
}

void Helpdesk::note(int index)
{
    const auto& capture = m_desk->captures()[index];
    const auto line = captures::stateText(capture.state) +
                      (capture.problem.isEmpty() ? QString() : QString(u": "_s + capture.problem));
    auto& course = m_courses[index];
    if (course.isEmpty() || course.last() != line)
        course << line;
    if (m_whenHeld && capture.state == captures::State::WaitingTurn && capture.heldUntil)
        std::exchange(m_whenHeld, {})();
}

QStringList Helpdesk::course() const
{
    for (const auto& course : m_courses) {
        if (course != m_courses.first())
            return {course.join(u" > "_s), m_courses.first().join(u" > "_s)};
    }
    return m_courses.value(0);
}

QJsonArray Helpdesk::mine() const
{
    QJsonArray result;
    for (const auto& command : account.commands()) {
        if (!m_others.contains(command.toObject()[u"id"].toString()))
            result << command;
    }
    return result;
}

QStringList Helpdesk::started() const
{
    QStringList names;
    for (const auto& command : mine())
        names << nameOf(command.toObject());
    names.sort();
    return names;
}

QStringList Helpdesk::wanted() const
{
    QStringList names;
    for (const auto& capture : m_desk->captures())
        names << nameOf(capture);
    names.sort();
    return names;
}

bool Helpdesk::isEachItsOwn() const
{
    QMap<QString, QString> names;
    for (const auto& command : mine())
        names.insert(command.toObject()[u"id"].toString(), nameOf(command.toObject()));
    return std::ranges::all_of(m_desk->captures(), [&](const captures::Capture& capture) {
        return names.take(capture.commandId) == nameOf(capture);
    });
}

void Helpdesk::startElsewhere(int times)
{
    QSet<QString> mine;
    for (const auto& machine : m_machines)
        mine.insert(machine.toObject()[u"deviceId"].toString());
    QJsonArray devices;
    for (const auto& value : account.devices()) {
        const auto device = value.toObject();
        if (device[u"eligible"].toBool() && !mine.contains(device[u"deviceId"].toString()) &&
            devices.size() < 10)
            devices << device;
    }
    for (int i = 0; i < times; ++i)
        m_others.unite(account.start(devices));
}

void Helpdesk::startTheSame()
{
    m_others.unite(account.start(m_machines));
}

} // namespace faults
