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
constexpr seconds longestHold{15 * 60}; ///< then the quota is read again: it may have grown
constexpr seconds longestUnread{3600};  ///< longest time between two reads of the quota

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
    , m_scribe(m_account, journal, m_clock, [this](qsizetype index) { return m_core.captures()[index]; })
    , m_awake(m_clock().steady)
    , m_interval(pace.fastest)
{
    m_loadAgain.setSingleShot(true);
    m_timer.setSingleShot(true);
    m_quotaAgain.setSingleShot(true);
    connect(&m_loadAgain, &QTimer::timeout, this, &Engine::load);
    connect(&m_timer, &QTimer::timeout, this, &Engine::step);
    connect(&m_quotaAgain, &QTimer::timeout, this, [this] { readQuota(); });
    connect(&m_scribe, &Scribe::unrecorded, this, &Engine::unrecorded);
    connect(&m_scribe, &Scribe::recordedAgain, this, &Engine::recordedAgain);
    connect(&m_scribe, &Scribe::settled, this, &Engine::settled);
    load();
}

/// Requests that were journaled but not sent are rolled back, so the next start does not treat them as
/// unknown.
Engine::~Engine()
{
    if (m_leaving.isEmpty())
        return;
    m_core.notRecorded(m_leaving, {}, {}, m_clock());
    m_scribe.note(m_core.takeChanged());
}

QList<api::Command> Engine::runningByOthers() const
{
    QSet<QString> own;
    for (const auto& capture : m_core.captures())
        own.insert(capture.commandId);
    auto result = m_history.running();
    result.removeIf([&own](const api::Command& command) { return own.contains(command.id); });
    return result;
}

QList<api::Command> Engine::runningHere() const
{
    QList<api::Command> result;
    for (const auto& capture : m_core.captures()) {
        if (isFinal(capture.state) || isUnsent(capture.state))
            continue;
        const auto& order = capture.order.command;
        auto args = capture.followed.value_or(order.args);
        if (!capture.followed) { // the service's defaults are known, too
            if (auto* pcap = std::get_if<api::PcapArgs>(&args))
                pcap->timeLimitMin = pcap->timeLimitMin.value_or(field(Number::TimeLimit).serviceDefault);
            else if (auto* diag = std::get_if<api::DiagArgs>(&args))
                diag->testAllRoutes = diag->testAllRoutes.value_or(true);
        }
        result << api::Command{.id = capture.commandId,
                               .deviceId = order.deviceId,
                               .registrationId = order.registrationId,
                               .userEmail = order.userEmail,
                               .type = api::typeName(order),
                               .status = capture.serviceStatus,
                               .created = capture.created ? capture.created : capture.sent,
                               .completed = {},
                               .filename = {},
                               .args = args};
    }
    return result;
}

std::optional<api::Quota> Engine::quota() const
{
    // If the clocks disagree, the reset may have been in the past when the quota was read. Such a quota is
    // valid.
    const bool isPast = m_quota && m_quotaRead < m_quota->reset && m_clock().utc >= m_quota->reset;
    return isPast ? std::nullopt : m_quota;
}

std::optional<qint64> Engine::left() const
{
    const auto known = quota();
    return known ? std::optional(std::max<qint64>(0, known->left() - m_reserve)) : std::nullopt;
}

std::optional<Allowance> Engine::today() const
{
    const auto known = quota();
    if (!known)
        return std::nullopt;
    Allowance today{.left = known->left(),
                    .kept = std::min(m_reserve, known->left()),
                    .perDay = std::max<qint64>(0, known->allowed - m_reserve),
                    .reset = known->reset};
    for (const auto& capture : captures()) {
        // The service does not count captures yet that are being sent.
        if (capture.state != State::WaitingTurn && capture.state != State::Sending)
            continue;
        ++today.queued;
        if (!today.promisedTo.contains(capture.ticket))
            today.promisedTo << capture.ticket;
    }
    return today;
}

void Engine::setReserve(qint64 captures)
{
    if (std::exchange(m_reserve, captures) == captures)
        return;
    m_core.release();
    Q_EMIT quotaChanged();
    step();
}

// The journal: load it, resume what it contains, record changes.

void Engine::load()
{
    auto* call = m_journal->load(m_account);
    connect(call, &JournalCall::finished, this, [this, call] {
        if (m_scribe.report(call->problem())) {
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
    add(record.captures, record.before);
    const auto now = m_clock();
    const auto closed = record.alive ? std::abs(record.alive->secsTo(now.utc)) : 0;
    if (closed > m_pace.longPause.count()) {
        for (const auto index : m_core.unsent())
            m_core.ask(index);
    }
    m_core.expire(now);
    publish();
    lookSoon();
    m_wanted = true;
    m_resumed = m_core.unsent();
    if (std::ranges::any_of(m_resumed, [this](qsizetype index) { return captures()[index].asks; }))
        Q_EMIT resumed(seconds(closed));
}

QList<qsizetype> Engine::resumedUnsent() const
{
    auto unsent = m_resumed;
    unsent.removeIf([this](qsizetype index) { return !isUnsent(captures()[index].state); });
    return unsent;
}

void Engine::add(const QList<Capture>& captures, const QHash<qint64, Before>& before)
{
    const auto first = m_core.add(captures, before);
    for (auto index = first; index < m_core.captures().size(); ++index)
        m_indexes.insert(m_core.captures()[index].id, index);
    Q_EMIT capturesAdded(int(first), int(m_core.captures().size()) - 1);
}

/// A long sleep of the machine has the same effect as a long time with the program closed.
void Engine::noticeAbsence()
{
    const auto now = m_clock().steady;
    const auto away = now - std::exchange(m_awake, now);
    if (away <= m_pace.longPause)
        return;
    for (const auto index : m_core.unsent())
        m_core.ask(index);
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

/// Records and emits what the core changed.
void Engine::publish()
{
    const auto changed = m_core.takeChanged();
    m_scribe.note(changed);
    for (const auto index : changed)
        Q_EMIT captureChanged(int(index));
    for (const auto run : m_core.takeEnded())
        Q_EMIT runEnded(run);
}

// Actions of the operator.

void Engine::start(const Run& run, const QList<Capture>& captures, const Deed& deed)
{
    m_scribe.write({.run = run, .captures = captures, .deeds = {deed}}, {},
                   [this, captures, id = run.id](const std::optional<storage::Problem>& problem) {
                       if (problem) {
                           m_scribe.refuseRun();
                           return;
                       }
                       add(captures);
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
    Q_EMIT agreed();
    step();
}

void Engine::sighted(const QList<Sighting>& sightings)
{
    for (const auto& [index, device, why] : sightings) {
        if (device)
            m_core.appeared(index, *device);
        else
            m_core.stillWaits(index, why);
    }
    publish();
    step();
}

void Engine::notSeen(const QList<qsizetype>& indexes, bool looked)
{
    for (const auto index : indexes)
        m_core.notSeen(index, looked);
    publish();
}

// One step: read, then record and send; or read only.

void Engine::lookNow()
{
    m_wanted = true;
    m_interval = m_pace.fastest;
    m_core.release();
    step();
}

void Engine::lookSoon()
{
    m_interval = m_pace.fastest;
    m_nextLook = std::min(m_nextLook, std::max(m_clock().steady + m_interval, m_soonest));
}

/// Whether to poll when the time has come: a command is pending, or a capture waits for what others are
/// running.
bool Engine::looksDue(const Moment& now) const
{
    return m_core.isFollowing(now) || (m_core.waits() && m_core.heldFor(now).count() == 0);
}

void Engine::step()
{
    if (m_busy || !m_loaded)
        return;
    const auto now = m_clock();
    noticeAbsence();
    m_core.expire(now);
    publish();
    const bool toSend = !m_core.next(now, m_history.running()).isEmpty();
    if (toSend || m_wanted || (looksDue(now) && now.steady >= m_nextLook))
        prepare(toSend);
    else
        schedule();
}

void Engine::schedule()
{
    const auto now = m_clock();
    m_scribe.setWaiting(!m_core.unsent().isEmpty());
    std::optional<milliseconds> next;
    const auto at = [&next](milliseconds wait) {
        wait = std::max(wait, milliseconds(1));
        next = next ? std::min(*next, wait) : wait;
    };
    if (looksDue(now))
        at(m_nextLook - now.steady);
    if (const auto held = m_core.heldFor(now); m_core.waits() && held.count() > 0)
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
            const auto now = m_clock();
            m_quotaRead = now.utc;
            m_quota->reset = m_quota->reset.addMSecs(-aheadOf(now, m_client->serviceTime()).count());
            // Read the quota again after its reset.
            const seconds until(m_quotaRead.secsTo(m_quota->reset) + 2);
            m_quotaAgain.start(until.count() > 2 ? std::min(until, longestUnread) : longestUnread);
            Q_EMIT quotaChanged();
            report(Act::ReadQuota, {});
        } else {
            report(Act::ReadQuota, reply->result().error());
        }
        if (then)
            then();
    });
}

/// Applies what was read.
/// \returns whether the read succeeded
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
        // The request budget is shared, also with the POSTs that this run still has to send.
        const auto now = m_clock().steady;
        m_soonest = now + (m_history.pages() > 2 ? m_pace.perPage * m_history.pages() : milliseconds(0));
        m_nextLook = std::max(now + m_interval, m_soonest);
    }
    return listing.has_value();
}

void Engine::prepared(bool toSend)
{
    const bool done = followed();
    const auto now = m_clock();
    if (!done && toSend) {
        const auto& error = m_history.listing().error();
        m_core.notPrepared(error, connections::explain(error, Act::Run).what, now);
        report(Act::Run, error);
    }
    const auto batch = toSend && done ? affordable() : QList<qsizetype>();
    if (done && batch.isEmpty())
        m_core.endHold(now);
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

/// The captures to send now, as far as today's quota lasts.
QList<qsizetype> Engine::affordable()
{
    const auto batch = m_core.next(m_clock(), m_history.running());
    const auto can = left();
    if (batch.isEmpty() || !can)
        return batch;
    const auto some = m_core.affordable(batch, *can);
    if (!some.isEmpty())
        return some;
    if (*can == 0) {
        holdForQuota(m_quota->left() == 0 ? tr("Today's captures are used up, by everyone together.")
                                          : tr("The captures left today are kept for colleagues."),
                     {});
        return {};
    }
    // Captures of earlier runs may still be sent, as soon as their devices are free.
    const auto& first = captures()[batch.first()];
    QStringList tickets;
    for (const auto& capture : captures()) {
        if (capture.state == State::WaitingTurn && capture.run < first.run &&
            !tickets.contains(capture.ticket))
            tickets << capture.ticket;
    }
    holdForQuota(tr("The captures left today are promised to what was started before: %1.")
                     .arg(tickets.join(QStringLiteral(", "))),
                 {}, batch.first());
    return {};
}

/// Holds the captures, and tells the operator when more are available. The quota is read again before that.
void Engine::holdForQuota(const QString& why, const QString& details, qsizetype from)
{
    const auto now = m_clock();
    const auto known = quota();
    if (!known || now.utc >= known->reset) {
        m_core.hold(longestHold, tr("%1 When there are more is not known.").arg(why), details, now,
                    milliseconds(0), from);
        return;
    }
    const seconds wait(now.utc.secsTo(known->reset) + 1);
    const auto at = known->reset.toLocalTime().time();
    m_core.hold(std::min(wait, longestHold),
                tr("%1 More at %2.").arg(why, at.toString(QStringLiteral("HH:mm"))), details, now, wait,
                from);
}

void Engine::post(const QList<qsizetype>& batch)
{
    QSet<QString> devices;
    for (const auto index : batch)
        devices.insert(m_core.captures()[index].order.device.deviceId);
    const auto before = m_history.before(devices);
    const auto request = m_journal->newRequest();
    m_core.sending(batch, request, before, m_clock());
    m_leaving = batch;
    // Journal the request first: after a crash, the next start knows what may have been created.
    const auto changed = m_core.takeChanged();
    m_scribe.write({.request = request, .before = before}, changed,
                   [this, batch](const std::optional<storage::Problem>& problem) {
                       m_leaving.clear();
                       if (!problem) {
                           create(batch);
                           return;
                       }
                       m_core.notRecorded(batch, Scribe::explain(*problem), problem->message, m_clock());
                       publish();
                       m_busy = false;
                       step();
                   });
    for (const auto index : changed)
        Q_EMIT captureChanged(int(index));
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
            notCreated(batch, reply->result().error());
        }
        publish();
        lookSoon();
        m_busy = false;
        if (m_core.next(m_clock(), m_history.running()).isEmpty())
            readQuota(); // no further step would read it
        step();
    });
}

void Engine::notCreated(const QList<qsizetype>& batch, const api::Error& error)
{
    const auto words = connections::explain(error, Act::Run).what;
    if (connections::isQuotaUsedUp(error)) {
        // Somebody else used the last captures since the quota was read.
        m_core.postpone(batch, longestHold, words, {}, m_clock());
        holdForQuota(tr("Today's captures are used up, by everyone together."), api::describe(error));
        return;
    }
    m_core.failed(batch, error, words, m_clock());
    // An unknown outcome is not reported as a failure: it is being looked up, and each row shows that.
    if (api::effectOf(error) != api::Effect::Unknown)
        report(Act::Run, error);
}

} // namespace captures
