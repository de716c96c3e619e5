// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/desk.h"

#include <algorithm>

#include <QLoggingCategory>
#include <QSet>

#include <pwd.h>
#include <unistd.h>

#include "api/pacer.h"
#include "captures/recheck.h"
#include "captures/retry.h"
#include "captures/watch.h"

namespace captures {

namespace {

Q_LOGGING_CATEGORY(runLog, "capturedesk.runs", QtInfoMsg)

/// Login name on this computer, for the audit log.
QString systemUser()
{
    const auto* entry = ::getpwuid(::getuid());
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString();
}

/// One limiter for the whole program, because the service counts requests by client address.
std::shared_ptr<api::Throttle> throttle()
{
    static const auto one = std::make_shared<api::Throttle>();
    return one;
}

} // namespace

class Desk::Private {
public:
    Private(connections::Connection account, QNetworkAccessManager* network, Journal* runs, Pace pace,
            Clock now)
        : connection(std::move(account))
        , journal(runs)
        , clock(std::move(now))
        , client(connection.endpoint, connection.format, network, nullptr,
                 std::make_shared<api::Pacer>(api::steadyClock(), throttle()))
        , loader(&client, &fleet)
        , engine(Journal::accountOf(connection), &client, journal, pace, clock)
        , recheck(pace.again, pace.longestAgain)
        , watch(&engine, &client, &fleet, &loader, pace.devices)
        , readOnly(connection.readOnly)
    {
    }

    [[nodiscard]] Deed deed(Deed::What what, const QString& ticket, const QString& about) const
    {
        return {.at = clock().utc,
                .operatorName = operatorName,
                .systemUser = systemUser(),
                .connection = connection.label(),
                .ticket = ticket,
                .what = what,
                .about = about};
    }

    [[nodiscard]] Situation situation() const
    {
        return {.format = client.formats().next(),
                .now = clock().utc,
                .running = engine.runningByOthers(),
                .own = engine.runningHere(),
                .today = engine.today()};
    }

    [[nodiscard]] QList<qsizetype> indexesOf(const QList<qint64>& ids) const
    {
        QList<qsizetype> result;
        for (const auto id : ids) {
            if (const auto index = engine.indexOf(id); index >= 0)
                result << index;
        }
        std::ranges::sort(result);
        return result;
    }

    [[nodiscard]] Deed deedOn(Deed::What what, const QList<qsizetype>& indexes) const
    {
        QStringList tickets, names;
        QSet<QString> seen;
        for (const auto index : indexes) {
            const auto& capture = engine.captures()[index];
            if (!tickets.contains(capture.ticket))
                tickets << capture.ticket;
            const auto& name = capture.order.device.name;
            if (!seen.contains(name)) {
                seen.insert(name);
                names << name;
            }
        }
        return deed(
            what, tickets.join(QStringLiteral(", ")),
            tr("%n captures: %1", nullptr, int(indexes.size())).arg(names.join(QStringLiteral(", "))));
    }

    connections::Connection connection;
    Journal* journal;
    Clock clock;
    api::Client client;
    devices::Fleet fleet;
    devices::Loader loader;
    Engine engine;
    Recheck recheck;
    Watch watch;
    std::optional<QDateTime> slowedUntil;
    QString operatorName;
    bool readOnly;                 ///< as the connection says, or as a response has shown
    qint64 tickedRun = 0;          ///< the last run on ticked devices
    QList<devices::Key> nowTicks;  ///< devices of that run
    QList<devices::Key> lastTicks; ///< devices of the last such run that was recorded
};

Desk::Desk(connections::Connection connection, QNetworkAccessManager* network, Journal* journal, Pace pace,
           Clock clock, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(connection), network, journal, pace, std::move(clock)))
{
    auto* engine = &d->engine;
    connect(engine, &Engine::quotaChanged, this, &Desk::quotaChanged);
    connect(engine, &Engine::looked, this, &Desk::looked);
    connect(engine, &Engine::capturesAdded, this, &Desk::capturesAdded);
    connect(engine, &Engine::captureChanged, this, &Desk::captureChanged);
    connect(engine, &Engine::recorded, this, [this](qint64 run) {
        const bool ofTicks = run == d->tickedRun;
        if (ofTicks) {
            d->lastTicks = d->nowTicks;
            d->fleet.clearTicks();
        }
        Q_EMIT recorded(run, ofTicks);
    });
    connect(engine, &Engine::runEnded, this, [this](qint64 run) {
        const auto of = [this, run](auto counts) {
            return std::ranges::count_if(
                captures(), [&](const Capture& one) { return one.run == run && counts(one.state); });
        };
        qCInfo(runLog) << "run" << run << "ended:" << of([](State state) { return state == State::Ready; })
                       << "ready of" << of([](State) { return true; });
        Q_EMIT runEnded(run);
    });
    connect(engine, &Engine::resumed, this, [this](std::chrono::seconds closedFor) {
        qCInfo(runLog) << unsent() << "captures were left unsent, closed for" << closedFor.count() << "s";
        Q_EMIT resumed(closedFor);
    });
    connect(engine, &Engine::unrecorded, this, &Desk::unrecorded);
    connect(engine, &Engine::recordedAgain, this, &Desk::recordedAgain);
    connect(engine, &Engine::settled, this, &Desk::settled);
    connect(engine, &Engine::failed, this, [this](connections::Act act, const api::Error& error) {
        if (act == connections::Act::Run && connections::isNotAllowed(error))
            setReadOnly(true);
        d->recheck.failed(act, error);
        Q_EMIT failed(act, error);
    });
    connect(engine, &Engine::healed, this, [this](connections::Act act) {
        if (act == connections::Act::Run)
            setReadOnly(false);
        d->recheck.healed(act);
        Q_EMIT healed(act);
    });
    connect(&d->recheck, &Recheck::due, this, &Desk::tryAgain);
    connect(engine, &Engine::looked, this, [this, engine] {
        // The service works again, and no unsent capture is left whose request would clear the error of
        // `Act::Run`.
        if (d->recheck.waitsFor(connections::Act::Run) && unsent() == 0)
            engine->report(connections::Act::Run, {});
    });
    connect(&d->client, &api::Client::slowed, this, [this](std::chrono::seconds wait) {
        d->slowedUntil =
            wait.count() > 0 ? std::optional(d->clock().utc.addSecs(wait.count())) : std::nullopt;
        Q_EMIT slowedChanged();
    });
    connect(&d->loader, &devices::Loader::finished, engine, [engine](const std::optional<api::Error>& error) {
        engine->report(connections::Act::ReadDevices, error);
    });
}

Desk::~Desk() = default;

const connections::Connection& Desk::connection() const
{
    return d->connection;
}

api::Client& Desk::client()
{
    return d->client;
}

devices::Fleet& Desk::fleet()
{
    return d->fleet;
}

devices::Loader& Desk::loader()
{
    return d->loader;
}

void Desk::setReadOnly(bool readOnly)
{
    if (std::exchange(d->readOnly, readOnly) != readOnly)
        Q_EMIT accessChanged();
}

void Desk::refresh()
{
    d->loader.start();
    if (isReadOnly()) { // the permission may have been granted meanwhile
        auto* reply = d->client.probe();
        connect(reply, &api::Call::finished, this, [this, reply] {
            if (reply->result())
                setReadOnly(*reply->result() == api::Access::ReadOnly);
        });
    }
    look();
}

/// Retries only what failed: if only the quota request failed, the devices are not loaded again.
void Desk::tryAgain(const QSet<connections::Act>& failing)
{
    if (failing.contains(connections::Act::ReadDevices))
        d->loader.start();
    if (failing.size() > 1 || !failing.contains(connections::Act::ReadDevices))
        look();
}

void Desk::look()
{
    d->engine.readQuota();
    d->engine.lookNow();
}

bool Desk::isReadOnly() const
{
    return d->readOnly;
}

std::optional<QDateTime> Desk::slowedUntil() const
{
    return d->slowedUntil;
}

std::optional<api::Quota> Desk::quota() const
{
    return d->engine.quota();
}

std::optional<qint64> Desk::left() const
{
    return d->engine.left();
}

std::optional<Allowance> Desk::today() const
{
    return d->engine.today();
}

void Desk::setReserve(qint64 captures)
{
    d->engine.setReserve(captures);
}

QList<api::Command> Desk::running() const
{
    return d->engine.runningByOthers() + d->engine.runningHere();
}

Plan Desk::plan(const Options& options, const Choices& choices) const
{
    return planRun(d->fleet.ticked(), options, d->situation(), choices);
}

Plan Desk::planAgain(const QList<qint64>& ids, bool improve, const Choices& choices) const
{
    QList<Order> orders;
    const auto indexes = d->indexesOf(Attempts(captures()).repeatable(ids));
    for (const auto index : indexes) {
        const auto& capture = captures()[index];
        auto order = repeatOf(capture, improve);
        const bool waits = order.device.standing == devices::Standing::NotSeen;
        if (const auto* device = d->fleet.find(order.device.key())) {
            order.device = *device;
            if (waits) // even if the device list, which may be hours old, has it as connected
                order.device.standing = devices::Standing::NotSeen;
        } else if (d->loader.isWhole()) {
            order.device.standing = devices::Standing::NotSeen;
        }
        orders << order;
    }
    return planOrders(orders, d->situation(), choices);
}

void Desk::run(const Plan& plan, const Reason& reason)
{
    if (!d->engine.isLoaded()) {
        d->engine.refuseRun();
        return;
    }
    const Run run{.id = d->journal->newRun(),
                  .account = Journal::accountOf(d->connection),
                  .connection = d->connection.label(),
                  .asked = d->clock().utc,
                  .operatorName = reason.operatorName,
                  .systemUser = systemUser(),
                  .ticket = reason.ticket,
                  .origin = reason.origin,
                  .options = plan.options};
    QList<Capture> captures;
    QStringList names;
    QList<devices::Key> keys;
    const auto add = [&](const Order& order) -> Capture& {
        Capture capture;
        capture.id = d->journal->newCapture();
        capture.run = run.id;
        capture.ticket = reason.ticket;
        capture.order = order;
        capture.asked = run.asked;
        captures << capture;
        if (keys.isEmpty() || keys.last() != order.device.key()) {
            keys << order.device.key();
            names << order.device.name;
        }
        return captures.last();
    };
    for (const auto& order : plan.orders)
        add(order);
    for (const auto& order : plan.awaited) {
        auto& capture = add(order);
        capture.state = State::WaitingDevice;
        capture.waitUntil = reason.waitUntil;
    }
    const auto asked = names;
    QStringList followed;
    for (const auto& [order, command] : plan.followed) {
        auto& capture = add(order);
        capture.state = State::OnDevice;
        capture.commandId = command.id;
        capture.serviceStatus = command.status;
        capture.created = command.created;
        capture.followed = command.args.value_or(order.type == Type::Pcap ? api::Args(api::PcapArgs{})
                                                                          : api::Args(api::DiagArgs{}));
        capture.details = tr("Started by somebody else; followed, and not started again.");
        followed << tr("%1 on %2").arg(summary(capture), order.device.name);
    }
    // Captures that are only followed were not requested with these options.
    QStringList about;
    if (!asked.isEmpty())
        about << tr("%1 on %2").arg(plan.options.summary(), asked.join(QStringLiteral(", ")));
    if (!followed.isEmpty())
        about << tr("follows what somebody else started: %1").arg(followed.join(QStringLiteral(", ")));
    if (reason.origin == 0) {
        d->tickedRun = run.id;
        d->nowTicks = keys;
    }
    qCInfo(runLog) << "run" << run.id << "of" << plan.orders.size() << "captures," << plan.awaited.size()
                   << "more wait for devices," << plan.followed.size() << "are followed";
    d->engine.start(run, captures, d->deed(Deed::What::Run, reason.ticket, about.join(QStringLiteral("; "))));
}

void Desk::tickLastAgain()
{
    d->fleet.setTicked(d->lastTicks, true);
}

qsizetype Desk::lastRunSize() const
{
    return d->lastTicks.size();
}

const QList<Capture>& Desk::captures() const
{
    return d->engine.captures();
}

const Capture* Desk::capture(qint64 id) const
{
    const auto index = d->engine.indexOf(id);
    return index < 0 ? nullptr : &captures()[index];
}

int Desk::unsent() const
{
    return int(std::ranges::count_if(captures(), isUnsent, &Capture::state));
}

QList<qint64> Desk::asking() const
{
    QList<qint64> ids;
    for (const auto& capture : captures()) {
        if (capture.asks && isUnsent(capture.state))
            ids << capture.id;
    }
    return ids;
}

QList<qint64> Desk::resumedUnsent() const
{
    QList<qint64> ids;
    for (const auto index : d->engine.resumedUnsent())
        ids << captures()[index].id;
    return ids;
}

void Desk::cancel(const QList<qint64>& ids)
{
    auto indexes = d->indexesOf(ids);
    indexes.removeIf([this](qsizetype index) { return !isUnsent(captures()[index].state); });
    if (!indexes.isEmpty())
        d->engine.cancel(indexes, d->deedOn(Deed::What::Cancel, indexes));
}

void Desk::cancelUnsent()
{
    QList<qint64> ids;
    for (const auto& capture : captures()) {
        if (isUnsent(capture.state))
            ids << capture.id;
    }
    cancel(ids);
}

void Desk::agree(const QList<qint64>& ids)
{
    auto indexes = d->indexesOf(ids);
    indexes.removeIf([this](qsizetype index) { return !captures()[index].asks; });
    if (!indexes.isEmpty())
        d->engine.agree(indexes, d->deedOn(Deed::What::Agree, indexes));
}

bool Desk::isSettled() const
{
    return d->engine.isSettled();
}

void Desk::setOperator(const QString& name)
{
    d->operatorName = name;
}

void Desk::note(Deed::What what, const QString& ticket, const QString& about)
{
    d->engine.note(d->deed(what, ticket, about));
}

api::Download* Desk::download(qint64 id, QIODevice* target)
{
    const auto* found = capture(id);
    Q_ASSERT(found && mayHaveFile(*found));
    return d->client.download({.commandId = found->commandId,
                               .filename = found->filename.value_or(QString()),
                               .deviceId = found->order.command.deviceId},
                              target);
}

} // namespace captures
