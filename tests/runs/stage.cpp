// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "stage.h"

#include <algorithm>

#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QTest>
#include <QTimer>

#include "support/eventually.h"

namespace runs {

namespace {

QDateTime noon()
{
    return QDateTime(QDate(2026, 3, 10), QTime(12, 0), Qt::UTC);
}

sandbox::Options with(sandbox::Options options, const std::shared_ptr<sandbox::ManualClock>& clock)
{
    options.clock = clock;
    return options;
}

} // namespace

Service::Service(const sandbox::Options& options)
    : Service(options, options.clock ? options.clock : std::make_shared<sandbox::ManualClock>(noon()))
{
}

std::unique_ptr<Service> Service::live(const sandbox::Options& options)
{
    return std::unique_ptr<Service>(new Service(options, nullptr));
}

Service::Service(const sandbox::Options& options, std::shared_ptr<sandbox::ManualClock> clock)
    : m_clock(std::move(clock))
    , m_mayDelay(options.faults.contains(QStringLiteral("slow-reply")))
    , m_server(with(options, m_clock))
{
    if (const auto started = m_server.start(); !started)
        qFatal("the sandbox did not start: %s", qPrintable(started.error()));
}

connections::Connection Service::connection() const
{
    // A sandbox account is identified by its ID: another server, at another address, can continue it.
    return {.kind = connections::Connection::Kind::Sandbox,
            .name = QStringLiteral("Contoso"),
            .endpoint = {.baseUrl = QUrl(m_server.baseUrl()),
                         .accountId = m_server.accountId(),
                         .credentials = api::BearerToken{m_server.token()}}};
}

QJsonObject Service::call(const QString& path, const QByteArray& body)
{
    QNetworkRequest request(QUrl(m_server.baseUrl() + path));
    request.setRawHeader("Authorization", "Bearer " + m_server.accountToken().toUtf8());
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    auto* reply = body.isEmpty() ? m_network.get(request) : m_network.post(request, body);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const auto json = QJsonDocument::fromJson(reply->readAll()).object();
    delete reply;
    return json;
}

QJsonObject Service::stats()
{
    return call(QStringLiteral("/sandbox/stats"));
}

QList<QJsonObject> Service::commands()
{
    QList<QJsonObject> all;
    for (int page = 1;; ++page) {
        const auto rows = call(QStringLiteral("/accounts/%1/dex/commands?page=%2&per_page=50")
                                   .arg(m_server.accountId())
                                   .arg(page))[u"result"][u"commands"]
                              .toArray();
        for (const auto& row : rows)
            all.prepend(row.toObject());
        if (rows.size() < 50)
            return all;
    }
}

QString Service::start(const devices::Device& device, captures::Type type)
{
    const QJsonObject command{{QStringLiteral("command_type"), type == captures::Type::Pcap
                                                                   ? QStringLiteral("pcap")
                                                                   : QStringLiteral("warp-diag")},
                              {QStringLiteral("device_id"), device.deviceId},
                              {QStringLiteral("registration_id"), device.registrationId},
                              {QStringLiteral("user_email"), device.email}};
    const QJsonObject body{{QStringLiteral("commands"), QJsonArray{command}}};
    const auto reply = call(QStringLiteral("/accounts/%1/dex/commands").arg(m_server.accountId()),
                            QJsonDocument(body).toJson());
    const auto id = reply[u"result"][u"commands"][0][u"id"].toString();
    if (id.isEmpty())
        qFatal("the colleague's capture was refused: %s", QJsonDocument(reply).toJson().constData());
    return id;
}

Stage::Stage(Service& service)
    : m_service(&service)
{
    using std::chrono::milliseconds;
    m_pace.devices = milliseconds(200); // a real timer, which tests do not control
    if (!service.clock()) {
        m_pace.fastest = milliseconds(200);
        m_pace.slowest = milliseconds(1000);
        m_pace.betweenListings = milliseconds(600);
        m_pace.perPage = milliseconds(100);
    }
    open();
}

Stage::~Stage()
{
    quit();
}

void Stage::open()
{
    m_journal = std::make_unique<captures::Journal>(m_folder.filePath(QStringLiteral("runs.sqlite")));
    m_network = std::make_unique<QNetworkAccessManager>();
    m_desk = std::make_unique<captures::Desk>(m_service->connection(), m_network.get(), m_journal.get(),
                                              m_pace, [this] { return now(); });
}

void Stage::open(Service& service)
{
    m_service = &service;
    open();
}

void Stage::quit()
{
    m_desk.reset();
    m_network.reset();
    m_journal.reset();
}

captures::Moment Stage::now() const
{
    static const auto real = captures::systemClock();
    if (!m_service->clock())
        return real();
    const auto at = m_service->clock()->now();
    return {.utc = at.utc.addMSecs(m_wrong.count()), .steady = at.steady};
}

bool Stage::looks()
{
    bool looked = false;
    QObject context;
    const auto note = [&looked] { looked = true; };
    QObject::connect(m_desk.get(), &captures::Desk::looked, &context, note);
    QObject::connect(m_desk.get(), &captures::Desk::failed, &context, note);
    m_desk->look();
    return support::eventually([&] { return looked || (m_service->mayDelay() && m_service->delayed() > 0); });
}

bool Stage::passUntil(const std::function<bool()>& met, std::chrono::milliseconds step)
{
    const auto latest = now().steady + std::chrono::hours(24);
    while (!met()) {
        pass(step);
        if (now().steady > latest || !looks())
            return false;
    }
    return true;
}

bool Stage::load()
{
    bool looked = false; // true only after the journal has been read
    QObject context;
    QObject::connect(m_desk.get(), &captures::Desk::looked, &context, [&looked] { looked = true; });
    m_desk->refresh();
    return support::eventually(
        [&] { return looked && m_desk->loader().isWhole() && m_desk->quota().has_value(); });
}

QList<devices::Device> Stage::some(qsizetype count, const std::function<bool(const devices::Device&)>& which)
{
    auto devices = m_desk->fleet().all();
    std::ranges::sort(devices,
                      [](const devices::Device& a, const devices::Device& b) { return a.key() < b.key(); });
    devices.removeIf([&which](const devices::Device& device) {
        return !device.obstacle().isEmpty() || (which && !which(device));
    });
    if (devices.size() < count)
        qFatal("the account has only %d such devices", int(devices.size()));
    return devices.first(count);
}

QList<devices::Device> Stage::connected(qsizetype count,
                                        const std::function<bool(const devices::Device&)>& which)
{
    return some(count, [&](const devices::Device& device) {
        return device.isConnected() && m_desk->fleet().usersOn(device.deviceId) == 1 &&
               (!which || which(device));
    });
}

void Stage::tick(const QList<devices::Device>& devices)
{
    QList<devices::Key> keys;
    for (const auto& device : devices)
        keys << device.key();
    m_desk->fleet().clearTicks();
    m_desk->fleet().setTicked(keys, true);
}

captures::Plan Stage::plan(const QList<devices::Device>& devices, const captures::Options& options,
                           const captures::Choices& choices)
{
    return captures::planRun(devices, options,
                             {.format = m_desk->client().formats().next(),
                              .now = now().utc,
                              .running = m_desk->running(),
                              .today = m_desk->today()},
                             choices);
}

qint64 Stage::run(const captures::Plan& plan, const captures::Desk::Reason& reason)
{
    // Returns as soon as the run is recorded, before any of it can be sent.
    qint64 number = 0;
    QEventLoop loop;
    QObject::connect(m_desk.get(), &captures::Desk::recorded, &loop, [&](qint64 run) {
        number = run;
        loop.quit();
    });
    QTimer::singleShot(support::ceilingMs, &loop, &QEventLoop::quit);
    m_desk->run(plan, reason);
    loop.exec();
    return number;
}

int Stage::count(const std::function<bool(const Capture&)>& which) const
{
    return int(std::ranges::count_if(m_desk->captures(), which));
}

int Stage::count(State state) const
{
    return int(std::ranges::count(m_desk->captures(), state, &Capture::state));
}

bool Stage::allFinal() const
{
    return !m_desk->captures().isEmpty() &&
           std::ranges::all_of(m_desk->captures(), captures::isFinal, &Capture::state);
}

QList<Capture> Stage::of(qint64 run) const
{
    auto captures = m_desk->captures();
    captures.removeIf([run](const Capture& capture) { return capture.run != run; });
    return captures;
}

captures::Record Stage::record()
{
    captures::Journal journal(m_folder.filePath(QStringLiteral("runs.sqlite")));
    captures::Record record;
    auto* call = journal.load(captures::Journal::accountOf(m_service->connection()));
    QEventLoop loop;
    QObject::connect(call, &captures::JournalCall::finished, &loop, [&] {
        record = call->record();
        loop.quit();
    });
    loop.exec();
    return record;
}

QString eachOnce(const QList<Capture>& captures, Service& service, qint64 others)
{
    QHash<QString, QJsonObject> listed;
    for (const auto& command : service.commands())
        listed.insert(command[u"id"].toString(), command);
    QSet<QString> own;
    for (const auto& capture : captures) {
        if (capture.commandId.isEmpty())
            continue;
        if (own.contains(capture.commandId))
            return QStringLiteral("two captures are one command: %1").arg(capture.commandId);
        own.insert(capture.commandId);
        const auto command = listed.value(capture.commandId);
        if (command[u"device_id"].toString() != capture.order.device.deviceId ||
            command[u"registration_id"].toString() != capture.order.device.registrationId ||
            command[u"type"].toString() != api::typeName(capture.order.command))
            return QStringLiteral("capture %1 is not its command").arg(capture.id);
        const auto status = command[u"status"].toString();
        const auto state = status == QLatin1StringView("FAILED")    ? State::Failed
                           : status != QLatin1StringView("SUCCESS") ? State::OnDevice
                           : command[u"filename"].isNull()          ? State::NothingUploaded
                                                                    : State::Ready;
        if (capture.state != state)
            return QStringLiteral("capture %1 is %2, its command %3")
                .arg(QString::number(capture.id), captures::stateText(capture.state), status);
    }
    const auto created = service.created();
    return created == own.size() + others
               ? QString()
               : QStringLiteral("the server created %1, the captures have %2").arg(created).arg(own.size());
}

QString oneAtATime(const QList<Capture>& captures, Service& service)
{
    QSet<QString> windows;
    for (const auto& capture : captures) {
        if (capture.order.device.isWindows())
            windows.insert(capture.order.device.deviceId);
    }
    QHash<QString, QDateTime> busyUntil;
    for (const auto& command : service.commands()) { // the oldest first
        const auto device = command[u"device_id"].toString();
        if (!windows.contains(device))
            continue;
        const auto begun = QDateTime::fromString(command[u"created_date"].toString(), Qt::ISODateWithMs);
        const auto former = busyUntil.value(device);
        if (former.isValid() && begun < former)
            return QStringLiteral("two at once on %1").arg(device);
        const auto ended = QDateTime::fromString(command[u"completed_date"].toString(), Qt::ISODateWithMs);
        busyUntil[device] = ended.isValid() ? ended : begun.addYears(1);
    }
    return {};
}

sandbox::Options account(int devices)
{
    sandbox::Options options;
    options.devices = devices;
    options.quota = 100'000;
    options.rateLimit = 0;
    return options;
}

} // namespace runs
