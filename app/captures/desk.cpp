// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/desk.h"

#include <algorithm>

#include <QSet>
#include <QTimer>

#include <pwd.h>
#include <unistd.h>

#include "captures/core.h"

namespace captures {

using connections::Act;

namespace {

/// Who is logged in, for the record.
QString systemUser()
{
    const auto* entry = ::getpwuid(::getuid());
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString();
}

} // namespace

class Desk::Private : public QObject {
public:
    Private(Desk* desk, connections::Connection account, QNetworkAccessManager* network, Journal* runs,
            Pace howOften, Clock now)
        : q(desk)
        , connection(std::move(account))
        , journal(runs)
        , pace(howOften)
        , clock(std::move(now))
        , client(connection.endpoint, connection.format, network)
        , loader(&client, &fleet)
        , core(pace.betweenListings)
        , interval(pace.fastest)
    {
        nextLook.setSingleShot(true);
        nextSend.setSingleShot(true);
        connect(&nextLook, &QTimer::timeout, this, &Private::look);
        connect(&nextSend, &QTimer::timeout, this, &Private::send);
        nextLoad.setSingleShot(true);
        connect(&nextLoad, &QTimer::timeout, this, &Private::load);
        connect(&loader, &devices::Loader::finished, this,
                [this](const std::optional<api::Error>& error) { report(Act::ReadDevices, error); });
        load();
    }

    // The journal: what it has is shown and gone on with; what changes is written down.

    void load()
    {
        auto* call = journal->load(Journal::accountOf(connection));
        connect(call, &JournalCall::finished, this, [this, call] {
            if (reportJournal(call->problem())) {
                nextLoad.start(journalPause);
                return;
            }
            loaded = true;
            const auto& record = call->record();
            if (!record.captures.isEmpty()) {
                core.add(record.captures, record.known);
                Q_EMIT q->capturesAdded(0, int(record.captures.size()) - 1);
                publish();
                lookSoon();
                look();
                send();
            }
        });
    }

    /// \returns whether there is a problem
    bool reportJournal(const std::optional<storage::Problem>& problem)
    {
        if (problem) {
            journalFails = true;
            Q_EMIT q->unrecorded(explain(*problem));
        } else if (std::exchange(journalFails, false)) {
            Q_EMIT q->recordedAgain();
        }
        return problem.has_value();
    }

    /// Writes down what changed, and what could not be written before.  Nothing waits for it: what it tells
    /// is found out again by looking at the service.
    void record(const QList<qsizetype>& changed)
    {
        for (const auto index : changed)
            unwritten.insert(index);
        if (unwritten.isEmpty())
            return;
        const auto indexes = std::exchange(unwritten, {});
        auto* call = journal->write({.captures = capturesOf(indexes.values())});
        connect(call, &JournalCall::finished, this, [this, call, indexes] {
            if (reportJournal(call->problem()))
                unwritten.unite(indexes);
        });
    }

    [[nodiscard]] QList<Capture> capturesOf(const QList<qsizetype>& indexes) const
    {
        QList<Capture> result;
        result.reserve(indexes.size());
        for (const auto index : indexes)
            result << core.captures()[index];
        return result;
    }

    void report(Act act, const std::optional<api::Error>& error)
    {
        if (error && std::holds_alternative<api::Cancelled>(*error))
            return;
        if (error) {
            failing.insert(act);
            Q_EMIT q->failed(act, *error);
        } else if (failing.remove(act)) {
            Q_EMIT q->healed(act);
        }
    }

    /// Tells what the core changed.
    void publish()
    {
        const auto changed = core.takeChanged();
        record(changed);
        for (const auto index : changed)
            Q_EMIT q->captureChanged(int(index));
        for (const auto run : core.takeEnded())
            Q_EMIT q->runEnded(run);
    }

    [[nodiscard]] static QString explain(const storage::Problem& problem)
    {
        using Kind = storage::Problem::Kind;
        const auto consequence =
            tr("Nothing is sent that cannot be recorded; it goes on by itself when it can.");
        switch (problem.kind) {
        case Kind::Locked:
            return tr("The record of runs is in use by another Capture Desk. Close one of the two. %1")
                .arg(consequence);
        case Kind::Full: return tr("The disk is full. Make room on it. %1").arg(consequence);
        case Kind::ReadOnly:
            return tr("The record of runs cannot be written: its folder is read-only. %1").arg(consequence);
        case Kind::Damaged:
            return tr("The record of runs cannot be read: %1. Ask for help before it is moved away. %2")
                .arg(problem.message, consequence);
        case Kind::Other: break;
        }
        return tr("The record of runs cannot be used. %1").arg(consequence);
    }

    void readQuota()
    {
        auto* reply = client.send(api::GetQuota{});
        connect(reply, &api::Call::finished, this, [this, reply] {
            if (reply->result()) {
                quota = *reply->result();
                Q_EMIT q->quotaChanged();
                report(Act::ReadQuota, {});
            } else {
                report(Act::ReadQuota, reply->result().error());
            }
        });
    }

    // One request at a time: look at what the account has, then send.

    void send()
    {
        if (preparing || !loaded)
            return;
        const auto now = clock();
        const auto batch = core.next(now);
        if (batch.isEmpty()) {
            if (const auto until = core.heldUntil(); until && *until > now)
                nextSend.start(std::chrono::milliseconds(now.msecsTo(*until) + 1));
            return;
        }
        preparing = true;
        auto* reply = client.send(api::ListCommands{});
        connect(reply, &api::Call::finished, this, [this, reply, batch] {
            preparing = false;
            if (!reply->result()) {
                const auto& error = reply->result().error();
                core.notPrepared(batch, error, connections::explain(error, Act::Run).what, clock());
                report(Act::Run, error);
                publish();
                send();
                return;
            }
            QSet<QString> known;
            for (const auto& command : reply->result()->rows)
                known.insert(command.id);
            post(batch, known);
        });
    }

    void post(QList<qsizetype> batch, const QSet<QString>& known)
    {
        // The operator may have cancelled some meanwhile.
        batch.removeIf(
            [this](qsizetype index) { return core.captures()[index].state != State::WaitingTurn; });
        if (batch.isEmpty()) {
            send();
            return;
        }
        const auto request = journal->newRequest();
        core.sending(batch, request, known, clock());
        // On the disk first: whatever happens now, the next start knows what may have been created.
        auto* call = journal->write({.captures = capturesOf(batch), .request = request, .known = known});
        for (const auto index : core.takeChanged())
            Q_EMIT q->captureChanged(int(index));
        connect(call, &JournalCall::finished, this, [this, call, batch] {
            if (reportJournal(call->problem())) {
                core.notRecorded(batch, explain(*call->problem()), call->problem()->message, clock());
                publish();
                send();
                return;
            }
            create(batch);
        });
    }

    void create(const QList<qsizetype>& batch)
    {
        QList<api::CommandOrder> orders;
        for (const auto index : batch)
            orders << core.captures()[index].order.command;
        auto* reply = client.create(orders);
        connect(reply, &api::Call::finished, this, [this, reply, batch] {
            if (reply->result()) {
                core.created(batch, *reply->result());
                report(Act::Run, {});
            } else {
                const auto& error = reply->result().error();
                core.failed(batch, error, connections::explain(error, Act::Run).what, clock());
                // An unknown outcome is not told as a failure: it is being looked up, and each row says so.
                if (api::effectOf(error) != api::Effect::Unknown)
                    report(Act::Run, error);
            }
            publish();
            readQuota();
            lookSoon();
            send();
        });
    }

    // Following: one reading of the account's list covers everything that is pending.

    void lookSoon()
    {
        interval = pace.fastest;
        schedule();
    }

    void schedule()
    {
        if (!looking && core.isFollowing())
            nextLook.start(interval);
    }

    void look()
    {
        if (looking || !core.isFollowing())
            return;
        nextLook.stop();
        looking = true;
        listing = {.commands = {}, .whole = false, .begun = clock()};
        readable = true;
        readPage(1);
    }

    void readPage(int page)
    {
        auto* reply = client.send(api::ListCommands{.page = page});
        connect(reply, &api::Call::finished, this, [this, reply, page] {
            if (!reply->result()) {
                looking = false;
                report(Act::Follow, reply->result().error());
                schedule();
                return;
            }
            const auto& got = *reply->result();
            listing.commands << got.rows;
            readable = readable && got.unreadable.isEmpty();
            const bool end = got.received() < api::maxPerPage;
            if (!end && !core.isCoveredBy(listing.commands)) {
                readPage(page + 1);
                return;
            }
            looking = false;
            listing.whole = readable;
            report(Act::Follow, {});
            const bool moved = core.listed(listing, clock());
            interval = moved ? pace.fastest : std::min(pace.slowest, interval * 3 / 2);
            publish();
            schedule();
            send(); // what waited for its turn may go now
        });
    }

    static constexpr std::chrono::seconds journalPause{10};

    Desk* q;
    connections::Connection connection;
    Journal* journal;
    Pace pace;
    Clock clock;
    api::Client client;
    devices::Fleet fleet;
    devices::Loader loader;
    std::optional<api::Quota> quota;
    Core core;
    QSet<Act> failing;
    QTimer nextLoad;
    bool loaded = false;
    bool journalFails = false;
    QSet<qsizetype> unwritten; ///< changes that the journal does not have yet
    QList<devices::Key> lastTicks;

    QTimer nextSend;
    bool preparing = false;

    QTimer nextLook;
    std::chrono::milliseconds interval;
    Listing listing;
    bool looking = false;
    bool readable = true; ///< every row of the listing decoded so far
};

Desk::Desk(connections::Connection connection, QNetworkAccessManager* network, Journal* journal, Pace pace,
           Clock clock, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(connection), network, journal, pace, std::move(clock)))
{
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

void Desk::refresh()
{
    d->loader.start();
    d->readQuota();
    d->interval = d->pace.fastest;
    d->look();
}

const std::optional<api::Quota>& Desk::quota() const
{
    return d->quota;
}

Plan Desk::plan(const Options& options) const
{
    return planRun(d->fleet.ticked(), options, d->client.formats().next(), d->clock());
}

void Desk::run(const Plan& plan, const QString& ticket)
{
    if (!d->loaded) {
        Q_EMIT unrecorded(d->explain({}));
        return;
    }
    const Run run{.id = d->journal->newRun(),
                  .account = Journal::accountOf(d->connection),
                  .asked = d->clock(),
                  .systemUser = systemUser(),
                  .ticket = ticket,
                  .options = plan.options};
    QList<Capture> captures;
    QList<devices::Key> ticks;
    for (const auto& order : plan.orders) {
        Capture capture;
        capture.id = d->journal->newCapture();
        capture.run = run.id;
        capture.ticket = ticket;
        capture.order = order;
        capture.asked = run.asked;
        captures << capture;
        if (ticks.isEmpty() || ticks.last() != order.device.key())
            ticks << order.device.key();
    }
    auto* call = d->journal->write({.run = run, .captures = captures});
    connect(call, &JournalCall::finished, this, [this, call, captures, ticks, id = run.id] {
        if (d->reportJournal(call->problem()))
            return;
        const auto first = d->core.add(captures);
        Q_EMIT capturesAdded(int(first), int(d->core.captures().size()) - 1);
        d->lastTicks = ticks;
        d->fleet.clearTicks();
        Q_EMIT recorded(id);
        d->send();
    });
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
    return d->core.captures();
}

const Capture* Desk::capture(qint64 id) const
{
    const auto& all = d->core.captures();
    const auto found = std::ranges::find(all, id, &Capture::id);
    return found == all.end() ? nullptr : &*found;
}

int Desk::unsent() const
{
    return int(std::ranges::count(d->core.captures(), State::WaitingTurn, &Capture::state));
}

void Desk::cancel(const QList<qint64>& ids)
{
    const auto& all = d->core.captures();
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (ids.contains(all[i].id))
            d->core.cancel(i);
    }
    d->publish();
}

void Desk::cancelUnsent()
{
    for (qsizetype i = 0; i < d->core.captures().size(); ++i)
        d->core.cancel(i);
    d->publish();
}

api::Download* Desk::download(qint64 id, QIODevice* target)
{
    const auto* found = capture(id);
    Q_ASSERT(found && found->filename);
    return d->client.download({.commandId = found->commandId, .filename = *found->filename}, target);
}

} // namespace captures
