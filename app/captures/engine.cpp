// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/engine.h"

#include <algorithm>

#include <QLocale>

namespace captures {

using connections::Act;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr seconds journalPause{10};
constexpr seconds aliveEvery{60};
constexpr seconds longestHold{15 * 60}; ///< then the quota is read again: others give back, plans grow
constexpr milliseconds perPage{1'000};  ///< of a list, between looks: the budget of requests is shared

} // namespace

Engine::Engine(QString account, api::Client* client, Journal* journal, Pace pace, Clock clock,
               QObject* parent)
    : QObject(parent)
    , m_account(std::move(account))
    , m_client(client)
    , m_journal(journal)
    , m_pace(pace)
    , m_clock(std::move(clock))
    , m_core(pace.betweenListings)
    , m_history(client, m_clock)
    , m_interval(pace.fastest)
{
    m_loadAgain.setSingleShot(true);
    m_timer.setSingleShot(true);
    connect(&m_loadAgain, &QTimer::timeout, this, &Engine::load);
    connect(&m_timer, &QTimer::timeout, this, &Engine::step);
    connect(&m_alive, &QTimer::timeout, this, [this] { write({}); });
    load();
}

QList<api::Command> Engine::running() const
{
    QSet<QString> own;
    for (const auto& capture : m_core.captures())
        own.insert(capture.commandId);
    auto result = m_history.running();
    result.removeIf([&own](const api::Command& command) { return own.contains(command.id); });
    return result;
}

std::optional<qint64> Engine::left() const
{
    return m_quota ? std::optional(std::max<qint64>(0, m_quota->left() - m_reserve)) : std::nullopt;
}

// The journal: what it has is shown and gone on with; what changes is written down.

void Engine::load()
{
    auto* call = m_journal->load(m_account);
    connect(call, &JournalCall::finished, this, [this, call] {
        if (reportJournal(call->problem())) {
            m_loadAgain.start(journalPause);
            return;
        }
        m_loaded = true;
        resume(call->record());
        step();
    });
}

void Engine::resume(const Record& record)
{
    if (record.captures.isEmpty())
        return;
    m_core.add(record.captures, record.before);
    const auto now = m_clock().utc;
    const auto closed = record.alive ? std::abs(record.alive->secsTo(now)) : 0;
    bool asks = false;
    for (qsizetype i = 0; i < m_core.captures().size(); ++i) {
        if (!isUnsent(m_core.captures()[i].state))
            continue;
        if (closed > m_pace.longPause.count())
            m_core.ask(i);
        asks = asks || m_core.captures()[i].asks;
    }
    Q_EMIT capturesAdded(0, int(m_core.captures().size()) - 1);
    m_core.expire(m_clock());
    publish();
    lookSoon();
    m_wanted = true;
    if (asks)
        Q_EMIT resumed(seconds(closed));
}

/// \returns whether there is a problem
bool Engine::reportJournal(const std::optional<storage::Problem>& problem)
{
    if (problem) {
        m_journalFails = true;
        Q_EMIT unrecorded(explain(*problem));
    } else if (std::exchange(m_journalFails, false)) {
        Q_EMIT recordedAgain();
    }
    return problem.has_value();
}

/// Writes down what changed, and what could not be written before.  Nothing waits for it: what it tells is
/// found out again by looking at the service.
void Engine::record(const QList<qsizetype>& changed)
{
    for (const auto index : changed)
        m_unwritten.insert(index);
    if (!m_unwritten.isEmpty())
        write({});
}

void Engine::write(Change change)
{
    const auto indexes = std::exchange(m_unwritten, {});
    change.now = m_clock().utc;
    change.captures = capturesOf(indexes.values());
    auto* call = m_journal->write(change);
    connect(call, &JournalCall::finished, this, [this, call, indexes] {
        if (reportJournal(call->problem()))
            m_unwritten.unite(indexes);
    });
}

QList<Capture> Engine::capturesOf(const QList<qsizetype>& indexes) const
{
    QList<Capture> result;
    result.reserve(indexes.size());
    for (const auto index : indexes)
        result << m_core.captures()[index];
    return result;
}

QString Engine::explain(const storage::Problem& problem)
{
    using Kind = storage::Problem::Kind;
    const auto consequence = tr("Nothing is sent that cannot be recorded; it goes on by itself when it can.");
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

void Engine::report(Act act, const std::optional<api::Error>& error)
{
    if (error && std::holds_alternative<api::Cancelled>(*error))
        return;
    if (error) {
        m_failing.insert(act);
        Q_EMIT failed(act, *error);
    } else if (m_failing.remove(act)) {
        Q_EMIT healed(act);
    }
}

/// Tells what the core changed.
void Engine::publish()
{
    const auto changed = m_core.takeChanged();
    record(changed);
    for (const auto index : changed)
        Q_EMIT captureChanged(int(index));
    for (const auto run : m_core.takeEnded())
        Q_EMIT runEnded(run);
}

// What the operator does.

void Engine::start(const Run& run, const QList<Capture>& captures, const Deed& deed)
{
    // With what could not be written before: who cancels and starts anew must not find both after a crash.
    const auto earlier = std::exchange(m_unwritten, {});
    auto* call = m_journal->write({.now = m_clock().utc,
                                   .run = run,
                                   .captures = capturesOf(earlier.values()) + captures,
                                   .deed = deed});
    connect(call, &JournalCall::finished, this, [this, call, captures, earlier, id = run.id] {
        if (reportJournal(call->problem())) {
            m_unwritten.unite(earlier);
            return;
        }
        const auto first = m_core.add(captures);
        Q_EMIT capturesAdded(int(first), int(m_core.captures().size()) - 1);
        Q_EMIT recorded(id);
        lookSoon();
        step();
    });
}

void Engine::cancel(const QList<qsizetype>& indexes, const Deed& deed)
{
    for (const auto index : indexes)
        m_core.cancel(index);
    publish();
    note(deed);
    step();
}

void Engine::agree(const QList<qsizetype>& indexes, const Deed& deed)
{
    for (const auto index : indexes)
        m_core.agree(index);
    publish();
    note(deed);
    step();
}

void Engine::note(const Deed& deed)
{
    write({.deed = deed});
}

void Engine::appeared(qsizetype index, const devices::Device& device)
{
    m_core.appeared(index, device);
    publish();
    step();
}

void Engine::stillWaits(qsizetype index, const QString& why)
{
    m_core.stillWaits(index, why);
    publish();
}

// One step: read, then write down and send; or only read.

void Engine::lookNow()
{
    m_wanted = true;
    m_interval = m_pace.fastest;
    step();
}

void Engine::lookSoon()
{
    m_interval = m_pace.fastest;
    m_nextLook = std::min(m_nextLook, m_clock().steady + m_interval);
}

void Engine::step()
{
    if (m_busy || !m_loaded)
        return;
    const auto now = m_clock();
    m_core.expire(now);
    publish();
    const bool toSend = !m_core.next(now, m_history.running()).isEmpty();
    // What waits for somebody else's capture to end has to see it end.
    const bool looks = m_core.isFollowing(now) || (waits() && m_core.heldFor(now).count() == 0);
    if (toSend || m_wanted || (looks && now.steady >= m_nextLook))
        prepare(toSend);
    else
        schedule();
}

/// Something waits for its turn, and nobody has to be asked.
bool Engine::waits() const
{
    return std::ranges::any_of(m_core.captures(), [](const Capture& capture) {
        return capture.state == State::WaitingTurn && !capture.asks;
    });
}

void Engine::schedule()
{
    const auto now = m_clock();
    const bool unsent = std::ranges::any_of(m_core.captures(), isUnsent, &Capture::state);
    if (unsent && !m_alive.isActive())
        m_alive.start(aliveEvery);
    else if (!unsent)
        m_alive.stop();

    std::optional<milliseconds> next;
    const auto at = [&next](milliseconds wait) {
        wait = std::max(wait, milliseconds(1));
        next = next ? std::min(*next, wait) : wait;
    };
    const auto held = m_core.heldFor(now);
    if (m_core.isFollowing(now) || (waits() && held.count() == 0))
        at(m_nextLook - now.steady);
    if (waits() && held.count() > 0)
        at(held);
    if (const auto ends = m_core.waitingEnds())
        at(std::min<milliseconds>(milliseconds(now.utc.msecsTo(*ends)), std::chrono::hours(1)));
    if (next)
        m_timer.start(*next);
    else
        m_timer.stop();
}

void Engine::prepare(bool toSend)
{
    m_busy = true;
    m_timer.stop();
    const auto now = m_clock();
    m_looking = std::exchange(m_wanted, false) || now.steady >= m_nextLook;
    auto wanted = m_core.pending();
    for (const auto& command : m_history.running())
        wanted.insert(command.id);
    auto extent = History::Extent::News;
    if (m_looking)
        extent = m_core.wantsWhole(now) ? History::Extent::Everything : History::Extent::Wanted;

    m_reading = toSend ? 2 : 1;
    const auto arrived = [this, toSend] {
        if (--m_reading == 0)
            prepared(toSend);
    };
    connect(&m_history, &History::finished, this, arrived, Qt::SingleShotConnection);
    m_history.read(extent, wanted);
    if (toSend)
        readQuota(arrived);
}

void Engine::readQuota(const std::function<void()>& then)
{
    auto* reply = m_client->send(api::GetQuota{});
    connect(reply, &api::Call::finished, this, [this, reply, then] {
        if (reply->result()) {
            m_quota = *reply->result();
            Q_EMIT quotaChanged();
            report(Act::ReadQuota, {});
        } else {
            report(Act::ReadQuota, reply->result().error());
        }
        if (then)
            then();
    });
}

/// Takes in what was read.
bool Engine::followed()
{
    const auto& listing = m_history.listing();
    bool moved = false;
    if (listing) {
        report(Act::Follow, {});
        moved = m_core.listed(*listing, m_clock());
    } else {
        report(Act::Follow, listing.error());
    }
    if (m_looking) {
        m_interval = moved ? m_pace.fastest : std::min(m_pace.slowest, m_interval * 3 / 2);
        const auto floor = m_history.pages() > 2 ? perPage * m_history.pages() : milliseconds(0);
        m_nextLook = m_clock().steady + std::max<milliseconds>(m_interval, floor);
    }
    return listing.has_value();
}

void Engine::prepared(bool toSend)
{
    const bool done = followed();
    const auto now = m_clock();
    if (toSend && !done) {
        const auto& error = m_history.listing().error();
        m_core.notPrepared(m_core.next(now, m_history.running()), error,
                           connections::explain(error, Act::Run).what, now);
        report(Act::Run, error);
    }
    const auto batch = toSend && done ? affordable() : QList<qsizetype>();
    publish();
    if (!batch.isEmpty()) {
        post(batch);
    } else {
        m_busy = false;
        step();
    }
    if (done)
        Q_EMIT looked();
}

/// The captures that go now, as far as today's quota lasts.
QList<qsizetype> Engine::affordable()
{
    const auto now = m_clock();
    auto batch = m_core.next(now, m_history.running());
    const auto can = left();
    if (batch.isEmpty() || !can || *can >= batch.size())
        return batch;
    if (*can > 0)
        return batch.first(*can);
    const auto reset = seconds(now.utc.secsTo(m_quota->reset));
    const auto words = m_quota->left() == 0
                           ? tr("Today's captures are used up, by everyone together. More at %1.")
                           : tr("The captures left today are kept for colleagues. More at %1.");
    m_core.hold(std::clamp<milliseconds>(reset + seconds(1), seconds(10), longestHold),
                words.arg(QLocale().toString(m_quota->reset.toLocalTime().time(), QLocale::ShortFormat)), {},
                now);
    return {};
}

void Engine::post(const QList<qsizetype>& batch)
{
    QSet<QString> devices;
    for (const auto index : batch)
        devices.insert(m_core.captures()[index].order.device.deviceId);
    const auto before = m_history.before(devices);
    const auto request = m_journal->newRequest();
    const auto now = m_clock();
    m_core.sending(batch, request, before, now);
    // On the disk first: whatever happens now, the next start knows what may have been created.
    const auto changed = m_core.takeChanged();
    auto indexes = std::exchange(m_unwritten, {});
    indexes.unite(QSet(changed.begin(), changed.end()));
    auto* call = m_journal->write(
        {.now = now.utc, .captures = capturesOf(indexes.values()), .request = request, .before = before});
    for (const auto index : changed)
        Q_EMIT captureChanged(int(index));
    connect(call, &JournalCall::finished, this, [this, call, batch, indexes] {
        if (reportJournal(call->problem())) {
            m_unwritten.unite(indexes);
            m_core.notRecorded(batch, explain(*call->problem()), call->problem()->message, m_clock());
            publish();
            m_busy = false;
            step();
            return;
        }
        create(batch);
    });
}

void Engine::create(const QList<qsizetype>& batch)
{
    QList<api::CommandOrder> orders;
    for (const auto index : batch)
        orders << m_core.captures()[index].order.command;
    auto* reply = m_client->create(orders);
    connect(reply, &api::Call::finished, this, [this, reply, batch] {
        if (reply->result()) {
            m_core.created(batch, *reply->result());
            report(Act::Run, {});
        } else {
            const auto& error = reply->result().error();
            m_core.failed(batch, error, connections::explain(error, Act::Run).what, m_clock());
            // An unknown outcome is not told as a failure: it is being looked up, and each row says so.
            if (api::effectOf(error) != api::Effect::Unknown)
                report(Act::Run, error);
        }
        publish();
        lookSoon();
        m_busy = false;
        if (m_core.next(m_clock(), m_history.running()).isEmpty())
            readQuota(); // nothing goes on that would read it
        step();
    });
}

} // namespace captures
