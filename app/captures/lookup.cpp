// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/lookup.h"

#include <algorithm>

#include "captures/plantedbug.h"
#include "captures/tr.h"

namespace captures {

namespace {

/// Tolerance for the service's own clocks, which disagree a little.
constexpr qint64 slackMs = 10 * 60'000;
/// A command created within this time of the request is claimed without a warning.
constexpr qint64 nearMs = 20 * 60'000;
/// A command that appears within this time after the request may still be claimed.
constexpr std::chrono::hours late{24};
/// Polling for a capture that was not started goes on until this time after its request.
constexpr std::chrono::minutes sought{15};
/// The service keeps files for seven days; one more day allows for clock differences.
constexpr int fileDays = 8;

bool isPast(const std::optional<QDateTime>& completed, const Moment& now)
{
    return completed && completed->addDays(fileDays) < now.utc;
}

/// Whether two IDs do not contradict each other: an absent or empty ID matches any. IDs are UUIDs, so case is
/// ignored.
bool isSame(const std::optional<QString>& named, const std::optional<QString>& wanted)
{
    return !named || named->isEmpty() || !wanted || wanted->isEmpty() ||
           named->compare(*wanted, Qt::CaseInsensitive) == 0;
}

/// Whether a type does not contradict the order: an absent or unknown type matches any.
bool isType(const std::optional<QString>& named, const api::CommandOrder& wanted)
{
    const auto is = [&named](QStringView type) { return named->compare(type, Qt::CaseInsensitive) == 0; };
    const bool known = named && (is(u"pcap") || is(u"warp-diag") || is(u"speed-test"));
    return !known || is(api::typeName(wanted));
}

} // namespace

Lookup::Lookup(Roll& roll, std::chrono::milliseconds apart)
    : m_roll(roll)
    , m_apart(apart)
{
}

void Lookup::add(qsizetype index, const Before& before)
{
    const auto& capture = m_roll[index];
    if (!capture.commandId.isEmpty() && !isClaimed(capture.commandId))
        m_claimed.insert(capture.commandId, index);
    if (capture.state == State::Checking || capture.state == State::NotStarted)
        m_doubts[index] = {.before = before, .since = {}, .looked = {}};
}

void Lookup::sending(qsizetype index, const Before& before, const Moment& now)
{
    m_doubts[index] = {.before = before, .since = now.steady, .looked = {}};
}

void Lookup::settle(qsizetype index)
{
    m_doubts.erase(index);
}

bool Lookup::isFollowing(const Moment& now) const
{
    const bool open = std::ranges::any_of(m_roll.open(), [this](qsizetype index) {
        const auto state = m_roll[index].state;
        return isPending(state) || state == State::Checking;
    });
    return open || std::ranges::any_of(m_doubts, [&](const auto& doubt) {
               return m_roll[doubt.first].state == State::NotStarted &&
                      wasSent(doubt.first, doubt.second, sought, now);
           });
}

/// Whether the request was sent less than `within` ago. After a restart only the wall clock is left, which
/// somebody may have set since.
bool Lookup::wasSent(qsizetype index, const Doubt& doubt, std::chrono::milliseconds within,
                     const Moment& now) const
{
    if (doubt.since)
        return now.steady - *doubt.since < within;
    const auto& sent = m_roll[index].sent;
    return sent && std::abs(sent->msecsTo(now.utc)) < within.count();
}

QSet<QString> Lookup::pending() const
{
    QSet<QString> ids;
    for (const auto index : m_roll.open()) {
        if (isPending(m_roll[index].state))
            ids.insert(m_roll[index].commandId);
    }
    return ids;
}

bool Lookup::wantsWhole(const Moment& now) const
{
    return std::ranges::any_of(m_doubts, [&](const auto& entry) {
        const auto& [index, doubt] = entry;
        return m_roll[index].state == State::Checking &&
               (!doubt.looked || now.steady - *doubt.looked >= m_apart);
    });
}

bool Lookup::listed(const Listing& listing, const Moment& now)
{
    const bool updated = update(listing, now);
    const bool claimed = claim(listing, now);
    const bool gaveUp = listing.whole && giveUp(listing);
    return updated || claimed || gaveUp;
}

bool Lookup::update(const Listing& listing, const Moment& now)
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
        const auto state = m_roll[index].state;
        if (isFinal(state) && state != State::Deleted && state != State::NothingUploaded)
            continue;
        // The list may still contain commands whose file is gone.
        if (state == State::Deleted && isPast(command.completed, now))
            continue;
        const auto before = m_roll[index];
        follow(index, command);
        any = any || !(before == m_roll[index]);
    }
    if (!listing.whole)
        return any;
    const auto open = m_roll.open();
    for (const auto index : open) {
        if (!isPending(m_roll[index].state) || seen.contains(index) || mayHide(index, listing))
            continue;
        const auto first = m_missed.constFind(index);
        if (first == m_missed.constEnd()) {
            m_missed.insert(index, listing.begun.steady);
        } else if (listing.begun.steady - *first >= m_apart) {
            m_roll.setState(index, State::Deleted);
            any = true;
        }
    }
    return any;
}

bool Lookup::claim(const Listing& listing, const Moment& now)
{
    // Unknown outcomes first: a capture that was "Not started" may have been started again since.
    QList<qsizetype> checking, notStarted;
    for (const auto& [index, doubt] : m_doubts) {
        const auto& capture = m_roll[index];
        if (capture.state == State::Checking)
            checking << index;
        else if (capture.state == State::NotStarted && wasSent(index, doubt, late, now))
            notStarted << index;
    }
    const bool some = claim(listing, checking);
    const bool late = !planted(PlantedBug::MissesLateCommands) && claim(listing, notStarted);
    return some || late;
}

bool Lookup::claim(const Listing& listing, const QList<qsizetype>& seekers)
{
    if (seekers.isEmpty())
        return false;
    QHash<QString, QList<const api::Command*>> free; // by device, oldest first
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
        auto& commands = free[m_roll[index].order.device.deviceId];
        const auto fits = [&](const api::Command* command) {
            return mayBe(index, m_doubts.at(index), *command);
        };
        const auto found = std::ranges::find_if(commands, fits);
        if (found == commands.end())
            continue;
        const auto* command = *found;
        commands.erase(found);
        const bool another = std::ranges::any_of(commands, fits);
        const bool near = isNear(index, *command, listing.ahead);
        any = true;
        auto& capture = m_roll[index];
        if (!planted(PlantedBug::ForgetsClaims))
            m_claimed.insert(command->id, index);
        m_doubts.erase(index);
        capture.commandId = command->id;
        capture.details =
            capture.problem.isEmpty()
                ? Text::tr("The reply was lost; found in the account's list of captures.")
                : Text::tr("The reply did not name it; found in the account's list of captures.");
        if (another)
            capture.problem =
                Text::tr("Somebody started the same capture at the same time; this may be theirs.");
        else if (!near)
            capture.problem = Text::tr("It was started long after it was sent; it may be somebody else's.");
        else
            capture.problem.clear();
        const bool late = capture.state == State::NotStarted;
        follow(index, *command);
        if (late)
            withdrawRepeats(index);
    }
    return any;
}

/// The capture was started after all: cancels the unsent captures that repeat it, directly or through other
/// repeats.
void Lookup::withdrawRepeats(qsizetype index)
{
    const auto open = m_roll.open();
    for (const auto repeat : open) {
        if (!isUnsent(m_roll[repeat].state))
            continue;
        // Also through attempts that were not started either.
        auto origin = m_roll.find(m_roll[repeat].order.origin);
        while (origin && *origin != index && m_roll[*origin].state == State::NotStarted)
            origin = m_roll.find(m_roll[*origin].order.origin);
        if (origin == index)
            withdraw(repeat);
    }
}

/// "Not started" requires two complete snapshots without a match, at least `m_apart` apart.
bool Lookup::giveUp(const Listing& listing)
{
    bool any = false;
    for (auto& [index, doubt] : m_doubts) {
        if (m_roll[index].state != State::Checking || (doubt.since && listing.begun.steady < *doubt.since))
            continue;
        const auto hides = [&](const api::Remnant& row) { return mayBe(index, doubt, row); };
        if (std::ranges::any_of(listing.odd, hides) || std::ranges::any_of(listing.nameless, hides))
            continue;
        if (!doubt.looked && !planted(PlantedBug::OneListingSuffices)) {
            doubt.looked = listing.begun.steady;
        } else if (!doubt.looked || listing.begun.steady - *doubt.looked >= m_apart) {
            m_roll.setState(index, State::NotStarted);
            any = true;
        }
    }
    return any;
}

/// The command that a reply created for one capture of the batch: the first match, if no match fits another
/// capture; otherwise the command at the same position, if the reply is complete. A guess would assign the
/// command of another capture.
const api::CreatedCommand* Lookup::named(const QList<qsizetype>& batch, qsizetype place,
                                         const QList<api::CreatedCommand>& commands) const
{
    const api::CreatedCommand* found = nullptr;
    bool isClear = true; // no command that matches this capture matches another capture
    for (const auto& command : commands) {
        if (!fits(batch[place], command))
            continue;
        isClear = isClear &&
                  std::ranges::count_if(batch, [&](qsizetype index) { return fits(index, command); }) == 1;
        found = found ? found : &command;
    }
    if (found && isClear)
        return found;
    QSet<QString> ids;
    for (const auto& command : commands)
        ids.insert(command.id);
    const bool whole = commands.size() == batch.size() && ids.size() == batch.size();
    return whole && fits(batch[place], commands[place]) ? &commands[place] : nullptr;
}

bool Lookup::fits(qsizetype index, const api::CreatedCommand& command) const
{
    const auto& wanted = m_roll[index].order.command;
    const auto doubt = m_doubts.find(index);
    // A command that existed before the request is no result of it.
    return doubt != m_doubts.end() && !doubt->second.before.ids.contains(command.id) &&
           !m_claimed.contains(command.id) && isSame(command.deviceId, wanted.deviceId) &&
           isType(command.type, wanted) && isSame(command.registrationId, wanted.registrationId);
}

void Lookup::follow(qsizetype index, const api::Command& command)
{
    auto& capture = m_roll[index];
    const auto before = capture;
    capture.serviceStatus = command.status;
    capture.created = command.created;
    capture.completed = command.completed;
    capture.filename = command.filename;
    auto state = State::OnDevice; // also for an unknown status: shown as reported, and polled again
    if (command.status == QLatin1StringView("PENDING_UPLOAD"))
        state = State::Uploading;
    else if (command.status == QLatin1StringView("SUCCESS"))
        state = command.filename ? State::Ready : State::NothingUploaded;
    else if (command.status == QLatin1StringView("FAILED"))
        state = State::Failed;
    m_roll.setState(index, state);
    if (!(before == capture))
        m_roll.touch(index);
}

/// Whether the command was created at the time of the request, as far as two clocks can tell. If our clock is
/// known to be wrong, it may have been right at that time: somebody may have set it since.
bool Lookup::isNear(qsizetype index, const api::Command& command, std::chrono::milliseconds ahead) const
{
    const auto& sent = m_roll[index].sent;
    if (!sent || !command.created)
        return true;
    const auto later = sent->msecsTo(*command.created);
    return std::abs(later) < nearMs || std::abs(later - ahead.count()) < nearMs;
}

/// Whether the command may be the result of the request.
bool Lookup::mayBe(qsizetype index, const Doubt& doubt, const api::Command& command) const
{
    const auto& wanted = m_roll[index].order.command;
    const auto& newest = doubt.before.newest;
    const bool isNew =
        (!doubt.before.ids.contains(command.id) || planted(PlantedBug::ClaimsWhatWasThereBefore)) &&
        (!newest || !command.created || newest->msecsTo(*command.created) >= -slackMs);
    const bool sameRegistration = !wanted.registrationId || !command.registrationId ||
                                  command.registrationId->isEmpty() ||
                                  *command.registrationId == *wanted.registrationId;
    const bool sameUser =
        !command.userEmail || command.userEmail->compare(wanted.userEmail, Qt::CaseInsensitive) == 0;
    return isNew && command.deviceId == wanted.deviceId && sameRegistration && sameUser &&
           command.type == api::typeName(wanted);
}

void Lookup::created(const QList<qsizetype>& batch, const QList<api::CreatedCommand>& commands)
{
    for (qsizetype i = 0; i < batch.size(); ++i) {
        const auto index = batch[i];
        const auto* found = named(batch, i, commands);
        auto& capture = m_roll[index];
        if (!found) {
            capture.problem = Text::tr("The service's reply does not name this capture.");
            m_roll.setState(index, State::Checking);
            continue;
        }
        capture.commandId = found->id;
        capture.serviceStatus = found->status.value_or(QString());
        m_claimed.insert(found->id, index);
        m_doubts.erase(index);
        m_roll.setState(index, State::OnDevice);
    }
}

/// Whether an undecodable row may be the result of the request: its readable fields do not exclude that.
bool Lookup::mayBe(qsizetype index, const Doubt& doubt, const api::Remnant& row) const
{
    const bool known = row.id && (doubt.before.ids.contains(*row.id) || isClaimed(*row.id));
    const bool elsewhere = row.deviceId && *row.deviceId != m_roll[index].order.command.deviceId;
    const auto& newest = doubt.before.newest;
    const bool older = newest && row.created && newest->msecsTo(*row.created) < -slackMs;
    return !known && !elsewhere && !older;
}

/// Whether a snapshot that seems to lack the capture's command may contain it as an undecodable row.
bool Lookup::mayHide(qsizetype index, const Listing& listing) const
{
    const auto& capture = m_roll[index];
    return listing.odd.contains(capture.commandId) ||
           std::ranges::any_of(listing.nameless, [&capture](const api::Remnant& row) {
               return !row.deviceId || *row.deviceId == capture.order.command.deviceId;
           });
}

void Lookup::withdraw(qsizetype index)
{
    m_roll.setState(index, State::Cancelled);
    m_roll[index].problem = Text::tr("The first attempt was started after all; this one was not sent.");
}

void Lookup::expire(const Moment& now)
{
    const auto files = m_roll.files();
    for (const auto index : files) // also back to `Ready`, if the clock was wrong
        m_roll.setState(index, isPast(m_roll[index].completed, now) ? State::Deleted : State::Ready);
}

} // namespace captures
