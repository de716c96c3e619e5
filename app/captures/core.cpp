// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/core.h"

#include <algorithm>

#include <QCoreApplication>

#include "captures/occupied.h"

namespace captures {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("captures", text);
}

bool isPending(State state)
{
    return state == State::OnDevice || state == State::Uploading;
}

/// Occupies its device: on its way, perhaps on its way, or at work.
bool isInFlight(State state)
{
    return isPending(state) || state == State::Sending || state == State::Checking;
}

/// `/commands/3/device_id` names the fourth order.
std::optional<qsizetype> namedBy(const api::Notice& notice)
{
    if (!notice.pointer)
        return std::nullopt;
    const auto parts = notice.pointer->split(u'/');
    bool ok = false;
    const auto index =
        parts.size() > 2 && parts[1] == QLatin1StringView("commands") ? parts[2].toInt(&ok) : -1;
    return ok && index >= 0 ? std::optional<qsizetype>(index) : std::nullopt;
}

/// Commands created by clocks of the service that disagree a little.
constexpr qint64 slackMs = 10 * 60'000;
/// Within this time of its request a command is taken for its own without a word.
constexpr qint64 nearMs = 20 * 60'000;
/// So long after a request a command that shows up may be its own.
constexpr std::chrono::hours late{24};
/// So long one that was not started is still looked for without being asked.
constexpr std::chrono::minutes sought{15};
/// The service keeps files for seven days; one more for clocks.
constexpr int fileDays = 8;

/// It has one, or had until the service deleted it.
bool hasFile(const Capture& capture)
{
    return capture.state == State::Ready || (capture.state == State::Deleted && capture.filename);
}

bool isPast(const std::optional<QDateTime>& completed, const Moment& now)
{
    return completed && completed->addDays(fileDays) < now.utc;
}

} // namespace

Core::Core(std::chrono::milliseconds apart)
    : m_apart(apart)
{
}

qsizetype Core::add(const QList<Capture>& captures, const QHash<qint64, Before>& before)
{
    const auto first = m_captures.size();
    for (const auto& capture : captures) {
        const auto index = m_captures.size();
        m_captures << capture;
        m_orders << capture.order;
        if (m_claimed.contains(capture.commandId)) {
            m_captures[index].state = State::Cancelled;
            m_captures[index].problem = tr("It is followed here already.");
        } else if (!capture.commandId.isEmpty()) {
            m_claimed.insert(capture.commandId, index);
        }
        if (capture.state == State::Sending) {
            m_captures[index].state = State::Checking;
            touch(index);
        }
        const auto state = m_captures[index].state;
        if (state == State::Checking || state == State::NotStarted)
            m_doubts[index] = {.before = before.value(capture.request), .since = {}, .looked = {}};
        if (hasFile(m_captures[index]))
            m_files.insert(index);
        if (!isFinal(state)) {
            m_open.insert(index);
            m_openRuns.insert(capture.run);
        }
        if (m_hold && state == State::WaitingTurn && !capture.asks)
            say(*m_hold, index);
    }
    for (auto index = first; index < m_captures.size(); ++index) {
        // While the operator looked at the review, what it repeats may have turned up.
        const auto origin = find(m_captures[index].order.origin);
        if (origin && isUnsent(m_captures[index].state) &&
            (isPending(m_captures[*origin].state) || m_captures[*origin].state == State::Ready))
            withdraw(index);
    }
    return first;
}

std::optional<qsizetype> Core::find(qint64 id) const
{
    if (id == 0)
        return std::nullopt;
    const auto found = std::ranges::find(m_captures, id, &Capture::id);
    return found == m_captures.end() ? std::nullopt : std::optional(found - m_captures.begin());
}

QList<qsizetype> Core::next(const Moment& now, const QList<api::Command>& running) const
{
    if (!m_onTheirWay.isEmpty() || heldFor(now).count() > 0)
        return {};
    QList<qsizetype> open;
    Occupied occupied;
    for (const auto index : m_open) {
        const auto& capture = m_captures[index];
        if (capture.state == State::WaitingTurn && !capture.asks)
            open << index;
        else if (isInFlight(capture.state))
            occupied.add(capture.order);
    }
    if (open.isEmpty())
        return {};
    for (const auto& command : running) {
        if (!m_claimed.contains(command.id))
            occupied.add(command);
    }
    return nextRequest(m_orders, open, occupied);
}

std::chrono::milliseconds Core::heldFor(const Moment& now) const
{
    return m_hold && now.steady < m_hold->until ? m_hold->until - now.steady : std::chrono::milliseconds(0);
}

bool Core::waits() const
{
    return std::ranges::any_of(m_open, [this](qsizetype index) {
        return m_captures[index].state == State::WaitingTurn && !m_captures[index].asks;
    });
}

QList<qsizetype> Core::unsent() const
{
    QList<qsizetype> result;
    for (const auto index : m_open) {
        if (isUnsent(m_captures[index].state))
            result << index;
    }
    return result;
}

void Core::sending(const QList<qsizetype>& batch, qint64 request, const Before& before, const Moment& now)
{
    m_onTheirWay = batch;
    forgetHold();
    for (const auto index : batch) {
        m_captures[index].sent = now.utc;
        m_captures[index].request = request;
        m_doubts[index] = {.before = before, .since = now.steady, .looked = {}};
        setState(index, State::Sending);
    }
}

void Core::created(const QList<qsizetype>& batch, const QList<api::CreatedCommand>& commands)
{
    m_onTheirWay.clear();
    for (qsizetype i = 0; i < batch.size(); ++i) {
        const auto index = batch[i];
        const auto* found = named(batch, i, commands);
        if (!found) {
            setState(index, State::Checking);
            continue;
        }
        auto& capture = m_captures[index];
        capture.commandId = found->id;
        capture.serviceStatus = found->status.value_or(QString());
        m_claimed.insert(found->id, index);
        m_doubts.erase(index);
        setState(index, State::OnDevice);
    }
}

/// What a reply made of one capture of the batch: by what it says, where that leaves no choice, else by its
/// place in a reply that leaves none out.  A guess would give one capture another's command.
const api::CreatedCommand* Core::named(const QList<qsizetype>& batch, qsizetype place,
                                       const QList<api::CreatedCommand>& commands) const
{
    QSet<QString> ids;
    for (const auto& command : commands)
        ids.insert(command.id);
    const api::CreatedCommand* found = nullptr;
    bool isOnly = true;
    for (const auto& command : commands) {
        if (!fits(batch[place], command))
            continue;
        isOnly = isOnly && !found &&
                 std::ranges::count_if(batch, [&](qsizetype index) { return fits(index, command); }) == 1;
        found = &command;
    }
    if (found && isOnly)
        return found;
    const bool whole = commands.size() == batch.size() && ids.size() == batch.size();
    return whole && fits(batch[place], commands[place]) ? &commands[place] : nullptr;
}

bool Core::fits(qsizetype index, const api::CreatedCommand& command) const
{
    const auto& wanted = m_captures[index].order.command;
    const auto doubt = m_doubts.find(index);
    // A reply that names what was there before is no reply to this request.
    return doubt != m_doubts.end() && !doubt->second.before.ids.contains(command.id) &&
           !m_claimed.contains(command.id) && (!command.deviceId || *command.deviceId == wanted.deviceId) &&
           (!command.type || *command.type == api::typeName(wanted)) &&
           (!command.registrationId || command.registrationId->isEmpty() || !wanted.registrationId ||
            *command.registrationId == *wanted.registrationId);
}

void Core::failed(const QList<qsizetype>& batch, const api::Error& error, const QString& words,
                  const Moment& now)
{
    m_onTheirWay.clear();
    const auto details = api::describe(error);
    const auto* refusal = std::get_if<api::ServiceError>(&error);
    switch (api::effectOf(error)) {
    case api::Effect::NotSent:
        postpone(batch,
                 refusal ? refusal->retryAfter.value_or(std::chrono::seconds(30)) : std::chrono::seconds(15),
                 words, details, now);
        m_hold->firm = refusal != nullptr;
        return;
    case api::Effect::Unknown:
        for (const auto index : batch) {
            m_captures[index].details = details;
            setState(index, State::Checking);
        }
        return;
    case api::Effect::Refused: break;
    }
    QHash<qsizetype, QString> reasons;
    if (refusal) {
        for (const auto& notice : refusal->errors) {
            if (const auto named = namedBy(notice))
                reasons.insert(*named, notice.message);
        }
    }
    for (qsizetype i = 0; i < batch.size(); ++i) {
        auto& capture = m_captures[batch[i]];
        if (reasons.isEmpty())
            capture.problem = words;
        else if (reasons.contains(i))
            capture.problem = tr("The service refused: “%1”.").arg(reasons[i]);
        else
            capture.problem =
                tr("Refused together with another device of the same request; nothing in it was started.");
        capture.details = details;
        m_doubts.erase(batch[i]);
        setState(batch[i], State::Refused);
    }
}

void Core::notPrepared(const api::Error& error, const QString& words, const Moment& now)
{
    const auto* refusal = std::get_if<api::ServiceError>(&error);
    const bool refused = refusal && api::effectOf(error) == api::Effect::Refused;
    // A look that is refused refuses no capture: the network may be another one for a while.
    const std::chrono::seconds usual(refused ? 120 : 15);
    hold(refusal ? refusal->retryAfter.value_or(usual) : usual, words, api::describe(error), now);
    m_hold->firm = refusal && refusal->status == 429;
}

void Core::notRecorded(const QList<qsizetype>& batch, const QString& words, const QString& details,
                       const Moment& now)
{
    postpone(batch, std::chrono::seconds(15), words, details, now);
}

void Core::postpone(const QList<qsizetype>& batch, std::chrono::milliseconds howLong, const QString& words,
                    const QString& details, const Moment& now)
{
    m_onTheirWay.clear();
    for (const auto index : batch) {
        m_captures[index].sent.reset();
        m_captures[index].request = 0;
        m_doubts.erase(index);
        setState(index, State::WaitingTurn);
    }
    hold(howLong, words, details, now);
}

void Core::hold(std::chrono::milliseconds howLong, const QString& words, const QString& details,
                const Moment& now)
{
    m_hold = {.until = now.steady + howLong,
              .untilUtc = now.utc.addMSecs(howLong.count()),
              .words = words,
              .details = details};
    for (const auto index : m_open) {
        if (m_captures[index].state == State::WaitingTurn && !m_captures[index].asks)
            say(*m_hold, index);
    }
}

void Core::say(const Hold& hold, qsizetype index)
{
    m_captures[index].problem = hold.words;
    m_captures[index].details = hold.details;
    m_captures[index].heldUntil = hold.untilUtc;
    touch(index);
}

void Core::endHold(const Moment& now)
{
    if (m_hold && now.steady >= m_hold->until)
        forgetHold();
}

void Core::forgetHold()
{
    m_hold.reset();
    for (const auto index : m_open) {
        auto& capture = m_captures[index];
        if (capture.state != State::WaitingTurn || capture.problem.isEmpty())
            continue;
        capture.problem.clear();
        capture.details.clear();
        capture.heldUntil.reset();
        touch(index);
    }
}

void Core::release()
{
    if (m_hold && !m_hold->firm)
        m_hold->until = {};
}

void Core::cancel(qsizetype index)
{
    if (isUnsent(m_captures[index].state)) {
        m_captures[index].problem.clear();
        setState(index, State::Cancelled);
    }
}

QList<qsizetype> Core::awaited() const
{
    QList<qsizetype> result;
    for (const auto index : m_open) {
        if (m_captures[index].state == State::WaitingDevice)
            result << index;
    }
    return result;
}

void Core::appeared(qsizetype index, const devices::Device& device)
{
    auto& capture = m_captures[index];
    if (capture.state != State::WaitingDevice)
        return; // its waiting ended, or was ended, meanwhile
    auto order = orderFor(device, capture.order.command.args);
    order.origin = capture.order.origin;
    order.attempt = capture.order.attempt;
    capture.order = order;
    m_orders[index] = order;
    capture.problem.clear();
    // A list may name one machine by its ID and by its name.
    const bool twice = std::ranges::any_of(m_open, [&](qsizetype other) {
        const auto& open = m_captures[other];
        return other != index && open.run == capture.run && open.state != State::WaitingDevice &&
               open.order.type == order.type && open.order.device.key() == device.key();
    });
    if (twice) {
        capture.problem = tr("It is named twice in this run.");
        setState(index, State::Cancelled);
        return;
    }
    // Nobody may be reproducing the fault right now.
    capture.asks = capture.asks || order.type == Type::Pcap;
    if (!capture.asks)
        capture.waitUntil.reset();
    setState(index, State::WaitingTurn);
}

void Core::stillWaits(qsizetype index, const QString& why)
{
    if (m_captures[index].problem == why)
        return;
    m_captures[index].problem = why;
    touch(index);
}

void Core::ask(qsizetype index)
{
    if (!isUnsent(m_captures[index].state) || m_captures[index].asks)
        return;
    m_captures[index].asks = true;
    touch(index);
}

void Core::agree(qsizetype index)
{
    auto& capture = m_captures[index];
    if (!capture.asks)
        return;
    capture.asks = false;
    if (capture.state == State::WaitingTurn)
        capture.waitUntil.reset();
    touch(index);
}

bool Core::isFollowing(const Moment& now) const
{
    const bool open = std::ranges::any_of(m_open, [this](qsizetype index) {
        const auto state = m_captures[index].state;
        return isPending(state) || state == State::Checking;
    });
    return open || std::ranges::any_of(m_doubts, [&](const auto& doubt) {
               return m_captures[doubt.first].state == State::NotStarted &&
                      wasSent(doubt.first, doubt.second, sought, now);
           });
}

/// Within so long; somebody may have set the clock since, which matters only after a restart.
bool Core::wasSent(qsizetype index, const Doubt& doubt, std::chrono::milliseconds within,
                   const Moment& now) const
{
    if (doubt.since)
        return now.steady - *doubt.since < within;
    const auto& sent = m_captures[index].sent;
    return sent && std::abs(sent->msecsTo(now.utc)) < within.count();
}

QSet<QString> Core::pending() const
{
    QSet<QString> ids;
    for (const auto index : m_open) {
        if (isPending(m_captures[index].state))
            ids.insert(m_captures[index].commandId);
    }
    return ids;
}

bool Core::wantsWhole(const Moment& now) const
{
    return std::ranges::any_of(m_doubts, [&](const auto& entry) {
        const auto& [index, doubt] = entry;
        return m_captures[index].state == State::Checking &&
               (!doubt.looked || now.steady - *doubt.looked >= m_apart);
    });
}

bool Core::listed(const Listing& listing, const Moment& now)
{
    const bool updated = update(listing, now);
    const bool claimed = claim(listing, now);
    const bool gaveUp = listing.whole && giveUp(listing);
    return updated || claimed || gaveUp;
}

bool Core::update(const Listing& listing, const Moment& now)
{
    bool any = false;
    QSet<qsizetype> seen;
    for (const auto& command : listing.commands) {
        const auto found = m_claimed.constFind(command.id);
        if (found == m_claimed.constEnd())
            continue;
        const auto index = *found;
        seen.insert(index);
        m_missed.remove(index);
        const auto state = m_captures[index].state;
        if (isFinal(state) && state != State::Deleted && state != State::NothingUploaded)
            continue;
        // The list may keep what has no file any more.
        if (state == State::Deleted && isPast(command.completed, now))
            continue;
        const auto before = m_captures[index];
        follow(index, command);
        any = any || !(before == m_captures[index]);
    }
    if (!listing.whole)
        return any;
    const auto open = m_open;
    for (const auto index : open) {
        if (!isPending(m_captures[index].state) || seen.contains(index) || listing.nameless > 0 ||
            listing.odd.contains(m_captures[index].commandId))
            continue;
        const auto first = m_missed.constFind(index);
        if (first == m_missed.constEnd()) {
            m_missed.insert(index, listing.begun.steady);
        } else if (listing.begun.steady - *first >= m_apart) {
            setState(index, State::Deleted);
            any = true;
        }
    }
    return any;
}

bool Core::claim(const Listing& listing, const Moment& now)
{
    // Those in doubt first: what "was not started" may have been started again since.
    QList<qsizetype> checking, notStarted;
    for (const auto& [index, doubt] : m_doubts) {
        const auto& capture = m_captures[index];
        if (capture.state == State::Checking)
            checking << index;
        else if (capture.state == State::NotStarted && wasSent(index, doubt, late, now))
            notStarted << index;
    }
    const bool some = claim(listing, checking);
    const bool late = claim(listing, notStarted);
    return some || late;
}

bool Core::claim(const Listing& listing, const QList<qsizetype>& seekers)
{
    if (seekers.isEmpty())
        return false;
    QHash<QString, QList<const api::Command*>> free; // by device, the oldest first
    for (const auto& command : listing.commands) {
        if (!m_claimed.contains(command.id))
            free[command.deviceId] << &command;
    }
    for (auto& commands : free) {
        std::ranges::reverse(commands);
        std::ranges::stable_sort(commands, {}, [](const api::Command* command) {
            return command->created.value_or(QDateTime::fromMSecsSinceEpoch(0, Qt::UTC));
        });
    }
    bool any = false;
    for (const auto index : seekers) {
        auto& commands = free[m_captures[index].order.device.deviceId];
        const auto fits = [&](const api::Command* command) {
            return mayBe(index, m_doubts.at(index), *command);
        };
        const auto found = std::ranges::find_if(commands, fits);
        if (found == commands.end())
            continue;
        const auto* command = *found;
        commands.erase(found);
        const bool another = std::ranges::any_of(commands, fits);
        const bool near = isNear(index, *command);
        any = true;
        auto& capture = m_captures[index];
        m_claimed.insert(command->id, index);
        m_doubts.erase(index);
        capture.commandId = command->id;
        if (another)
            capture.problem = tr("Somebody started the same capture at the same time; this may be theirs.");
        else if (!near)
            capture.problem = tr("It was started long after it was sent; it may be somebody else's.");
        else
            capture.problem.clear();
        capture.details = tr("The reply was lost; found in the account's list of captures.");
        const bool late = capture.state == State::NotStarted;
        follow(index, *command);
        if (late)
            withdrawRepeats(index);
    }
    return any;
}

/// It was started after all: what repeats it, or repeats a repeat, is not.
void Core::withdrawRepeats(qsizetype index)
{
    const auto open = m_open;
    for (const auto repeat : open) {
        if (!isUnsent(m_captures[repeat].state))
            continue;
        // Also by way of attempts that were not started either.
        auto origin = find(m_captures[repeat].order.origin);
        while (origin && *origin != index && m_captures[*origin].state == State::NotStarted)
            origin = find(m_captures[*origin].order.origin);
        if (origin == index)
            withdraw(repeat);
    }
}

void Core::withdraw(qsizetype index)
{
    setState(index, State::Cancelled);
    m_captures[index].problem = tr("The first attempt was started after all; this one was not sent.");
}

/// "Not started" takes two whole listings without a trace, far enough apart.
bool Core::giveUp(const Listing& listing)
{
    bool any = false;
    for (auto& [index, doubt] : m_doubts) {
        if (m_captures[index].state != State::Checking ||
            (doubt.since && listing.begun.steady < *doubt.since))
            continue;
        // A row that cannot be read may be the one that is looked for, unless it was there before.
        if (listing.nameless > 0 || !doubt.before.ids.contains(listing.odd))
            continue;
        if (!doubt.looked) {
            doubt.looked = listing.begun.steady;
        } else if (listing.begun.steady - *doubt.looked >= m_apart) {
            setState(index, State::NotStarted);
            any = true;
        }
    }
    return any;
}

void Core::expire(const Moment& now)
{
    const auto open = m_open;
    for (const auto index : open) {
        auto& capture = m_captures[index];
        if (!isUnsent(capture.state) || !capture.waitUntil || now.utc < *capture.waitUntil)
            continue;
        if (capture.state == State::WaitingTurn)
            capture.problem = tr("The waiting ended before you agreed.");
        else if (capture.problem.isEmpty())
            capture.problem = tr("The waiting ended; the device was not connected.");
        else
            capture.problem = tr("The waiting ended. %1").arg(capture.problem);
        setState(index, State::Cancelled);
    }
    const auto files = m_files;
    for (const auto index : files) // and back, should the clock have been wrong
        setState(index, isPast(m_captures[index].completed, now) ? State::Deleted : State::Ready);
}

std::optional<QDateTime> Core::waitingEnds() const
{
    std::optional<QDateTime> first;
    for (const auto index : m_open) {
        const auto& until = m_captures[index].waitUntil;
        if (until && isUnsent(m_captures[index].state) && (!first || *until < *first))
            first = until;
    }
    return first;
}

void Core::follow(qsizetype index, const api::Command& command)
{
    auto& capture = m_captures[index];
    const auto before = capture;
    capture.serviceStatus = command.status;
    capture.created = command.created;
    capture.completed = command.completed;
    capture.filename = command.filename;
    auto state = State::OnDevice; // also a status of tomorrow: shown as it is, and looked at again
    if (command.status == QLatin1StringView("PENDING_UPLOAD"))
        state = State::Uploading;
    else if (command.status == QLatin1StringView("SUCCESS"))
        state = command.filename ? State::Ready : State::NothingUploaded;
    else if (command.status == QLatin1StringView("FAILED"))
        state = State::Failed;
    setState(index, state);
    if (!(before == capture))
        touch(index);
}

/// It was created when the request was sent, as far as two clocks can tell: ours may be off by some minutes.
bool Core::isNear(qsizetype index, const api::Command& command) const
{
    const auto& sent = m_captures[index].sent;
    return !sent || !command.created || std::abs(sent->msecsTo(*command.created)) < nearMs;
}

/// The command may be what the request of this doubt has created.
bool Core::mayBe(qsizetype index, const Doubt& doubt, const api::Command& command) const
{
    const auto& wanted = m_captures[index].order.command;
    const auto& newest = doubt.before.newest;
    const bool isNew = !doubt.before.ids.contains(command.id) &&
                       (!newest || !command.created || newest->msecsTo(*command.created) >= -slackMs);
    const bool sameRegistration = !wanted.registrationId || !command.registrationId ||
                                  command.registrationId->isEmpty() ||
                                  *command.registrationId == *wanted.registrationId;
    const bool sameUser =
        !command.userEmail || command.userEmail->compare(wanted.userEmail, Qt::CaseInsensitive) == 0;
    return isNew && command.deviceId == wanted.deviceId && sameRegistration && sameUser &&
           command.type == api::typeName(wanted);
}

void Core::setState(qsizetype index, State state)
{
    auto& capture = m_captures[index];
    if (capture.state == state && state != State::WaitingTurn)
        return;
    capture.state = state;
    if (isFinal(state)) {
        m_open.erase(index);
    } else {
        m_open.insert(index);
        m_openRuns.insert(capture.run);
    }
    if (hasFile(capture))
        m_files.insert(index);
    else
        m_files.erase(index);
    touch(index);
}

QList<qsizetype> Core::takeChanged()
{
    QList<qsizetype> result(m_changed.begin(), m_changed.end());
    m_changed.clear();
    std::ranges::sort(result);
    return result;
}

QList<qint64> Core::takeEnded()
{
    QSet<qint64> open;
    for (const auto index : m_open)
        open.insert(m_captures[index].run);
    auto ended = (m_openRuns - open).values();
    m_openRuns &= open;
    std::ranges::sort(ended);
    return ended;
}

} // namespace captures
