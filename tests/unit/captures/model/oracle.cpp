// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oracle.h"

#include <algorithm>

namespace model {

using captures::Capture;
using captures::Core;
using captures::State;
using Kind = Deed::Kind;

namespace {

void require(bool holds, const char* rule)
{
    if (!holds)
        throw Broken{rule};
}

bool isIn(State state, std::initializer_list<State> states)
{
    return std::ranges::find(states, state) != states.end();
}

bool waits(State state)
{
    return isIn(state, {State::WaitingDevice, State::WaitingTurn});
}

bool isAtWork(State state)
{
    return isIn(state, {State::OnDevice, State::Uploading});
}

bool isOpen(State state)
{
    return waits(state) || isAtWork(state) || isIn(state, {State::Sending, State::Checking});
}

bool isDiag(const Capture& capture)
{
    return capture.order.type == captures::Type::Diag;
}

/// The state that a command of the service means.
State meant(const api::Command& command)
{
    if (command.status == QStringLiteral("SUCCESS"))
        return command.filename ? State::Ready : State::NothingUploaded;
    if (command.status == QStringLiteral("FAILED"))
        return State::Failed;
    return command.status == QStringLiteral("PENDING_UPLOAD") ? State::Uploading : State::OnDevice;
}

const api::Command* in(const captures::Listing& listing, const QString& id)
{
    const auto found = std::ranges::find(listing.commands, id, &api::Command::id);
    return found == listing.commands.end() ? nullptr : &*found;
}

bool isPastKeeping(const std::optional<QDateTime>& completed, const Now& now)
{
    return completed && completed->msecsTo(now.moment.utc) > 8 * day;
}

bool repeatsWhatIsThere(const QList<Capture>& captures, const Capture& capture)
{
    const auto origin = std::ranges::find(captures, capture.order.origin, &Capture::id);
    return origin != captures.end() && (isAtWork(origin->state) || origin->state == State::Ready);
}

bool isWithdrawn(const QList<Capture>& captures, const Capture& was, const Capture& is)
{
    return waits(was.state) && is.state == State::Cancelled && repeatsWhatIsThere(captures, was);
}

} // namespace

void Oracle::began(const Core& core, const std::vector<Capture>& journal)
{
    const auto& captures = core.captures();
    require(captures.size() == qsizetype(journal.size()), "the journal has every capture");
    m_openRuns = 0;
    for (size_t i = 0; i < journal.size(); ++i) {
        const auto& was = journal[i];
        const auto& is = captures[qsizetype(i)];
        auto& story = m_stories[i];
        if (was.state == State::Sending) {
            require(is.state == State::Checking, "what was on its way is looked up after a restart");
            story.mayGo = false;
        } else {
            require(is.state == was.state || isWithdrawn(captures, was, is), "a restart changes no state");
            require(!waits(was.state) || !story.left, "what leaves is on the disk before");
            story.mayGo = waits(was.state);
        }
        require(is.commandId == was.commandId, "a restart changes no command");
        story.last = is;
        story.looked.reset();
        story.missed.reset();
        if (isOpen(was.state))
            m_openRuns |= quint64(1) << quint64(is.run);
    }
}

void Oracle::judgeRequest(const Core& core, const QList<qsizetype>& batch, const QList<api::Command>& running,
                          std::optional<qint64> left) const
{
    const auto& captures = core.captures();
    require(batch.size() <= 20, "at most 20 commands in one request");
    QSet<std::pair<QString, QString>> rows;
    for (const auto index : batch) {
        const auto& capture = captures[index];
        const auto& device = capture.order.device;
        rows.insert({device.deviceId, device.registrationId});
        require(capture.state == State::WaitingTurn && !capture.asks, "only what waits its turn is sent");
        require(m_stories[size_t(index)].mayGo, "what may have been created is never sent again");

        require(!repeatsWhatIsThere(captures, capture), "nothing is repeated that is at work, or ready");

        const auto clashes = [&](const QString& registration, bool diag) {
            const bool sameUser = registration.isEmpty() || device.registrationId.isEmpty() ||
                                  registration == device.registrationId;
            return device.isWindows() || !sameUser || diag == isDiag(capture);
        };
        for (qsizetype i = 0; i < captures.size(); ++i) {
            const auto& other = captures[i];
            if (i != index && other.order.device.deviceId == device.deviceId &&
                (batch.contains(i) || isAtWork(other.state) ||
                 isIn(other.state, {State::Sending, State::Checking})))
                require(!clashes(other.order.device.registrationId, isDiag(other)),
                        "no two captures in each other's way on one device");
        }
        for (const auto& command : running) {
            const auto own = std::ranges::find(captures, command.id, &Capture::commandId);
            if (own == captures.end() && command.deviceId == device.deviceId)
                require(!clashes(command.registrationId.value_or(QString()),
                                 command.type == QStringLiteral("warp-diag")),
                        "no capture in the way of somebody else's");
        }
    }
    require(rows.size() <= 10, "at most 10 rows in one request");
    if (!left)
        return;
    require(batch.size() <= *left, "no more is sent than is left today");
    for (const auto index : batch) {
        const auto run = captures[index].run;
        const auto earlier = std::ranges::count_if(captures, [run](const Capture& other) {
            return other.run < run && other.state == State::WaitingTurn;
        });
        const auto same =
            std::ranges::count_if(batch, [&](qsizetype other) { return captures[other].run == run; });
        require(earlier + same <= *left, "what was promised to an earlier run is never taken by a later one");
    }
}

void Oracle::leaves(const QList<qsizetype>& batch)
{
    for (const auto index : batch)
        m_stories[size_t(index)].left = true;
}

void Oracle::made(qsizetype index)
{
    require(++m_stories[size_t(index)].made == 1, "created at most once");
}

QList<qsizetype> Oracle::observe(Core& core, const Deed& deed, const Now& now)
{
    const auto& captures = core.captures();
    m_stories.resize(size_t(captures.size()));
    if (deed.kind == Kind::Added) {
        for (const auto index : deed.batch) {
            m_stories[size_t(index)].last = captures[index];
            m_openRuns |= quint64(1) << quint64(captures[index].run);
        }
    }
    if (deed.kind == Kind::Sending) {
        for (const auto index : deed.batch) {
            auto& story = m_stories[size_t(index)];
            story.mayGo = false;
            story.before = *deed.before;
            story.sent = now.moment;
            story.sentReal = now.real;
            story.process = now.process;
            story.looked.reset();
            story.missed.reset();
        }
    }
    if (deed.listing)
        count(core, *deed.listing);

    // An unreported change is found by one of the next full comparisons; comparing fully each time would
    // double the run time.
    const auto changed = core.takeChanged();
    const bool inFull = ++m_observed % 4 == 0;
    for (qsizetype i = 0; i < captures.size(); ++i) {
        auto& story = m_stories[size_t(i)];
        story.lateClaim = story.last.state == State::NotStarted && captures[i].state != State::NotStarted;
        const bool isTold = std::ranges::binary_search(changed, i);
        const bool isSame = isTold || inFull ? captures[i] == story.last
                                             : captures[i].state == story.last.state &&
                                                   captures[i].commandId == story.last.commandId;
        if (isSame)
            continue;
        require(deed.kind == Kind::Added || isTold, "each change is told");
        judge(i, captures, deed, now);
    }
    judgeOutcome(core, deed);
    if (deed.listing) {
        judgeListed(core, *deed.listing, now);
        judgeRepeats(core);
    }
    for (const auto i : changed)
        m_stories[size_t(i)].last = captures[i];
    if (!changed.isEmpty() || deed.kind == Kind::Added)
        judgeRuns(core);
    return changed;
}

void Oracle::judge(qsizetype index, const QList<Capture>& captures, const Deed& deed, const Now& now)
{
    const auto& capture = captures[index];
    auto& story = m_stories[size_t(index)];
    if (story.last.commandId != capture.commandId) {
        require(story.last.commandId.isEmpty(), "a command is kept");
        judgeClaim(index, captures, deed);
    }
    if (story.last.state != capture.state) {
        ++m_moves[{story.last.state, capture.state}];
        judgeMove(index, captures, deed, now);
    }
    if ((deed.kind == Kind::NotRecorded ||
         (deed.kind == Kind::Failed && deed.effect == api::Effect::NotSent)) &&
        deed.batch.contains(index)) {
        story.mayGo = true;
        story.left = false;
    }
}

void Oracle::judgeMove(qsizetype index, const QList<Capture>& captures, const Deed& deed,
                       const Now& now) const
{
    const auto& capture = captures[index];
    const auto& story = m_stories[size_t(index)];
    const auto from = story.last.state;
    const bool inBatch = deed.batch.contains(index);
    const bool isListed = deed.kind == Kind::Listed;
    switch (capture.state) {
    case State::WaitingDevice:
        require(deed.kind == Kind::Agreed && from == State::WaitingTurn && story.last.asks &&
                    story.last.waitUntil && story.mayGo,
                "only what asked is looked for again");
        return;
    case State::WaitingTurn:
        require((deed.kind == Kind::Appeared && from == State::WaitingDevice && index == deed.index) ||
                    (from == State::Sending && inBatch &&
                     (deed.kind == Kind::NotRecorded ||
                      (deed.kind == Kind::Failed && deed.effect == api::Effect::NotSent))),
                "only what was not sent waits its turn again");
        return;
    case State::Sending:
        require(deed.kind == Kind::Sending && from == State::WaitingTurn && inBatch,
                "only the batch is sent");
        return;
    case State::Checking:
        require(from == State::Sending && inBatch &&
                    (deed.kind == Kind::Created ||
                     (deed.kind == Kind::Failed && deed.effect == api::Effect::Unknown)),
                "only an unknown outcome is looked up");
        return;
    case State::Refused:
        require(inBatch && deed.effect == api::Effect::Refused && deed.kind == Kind::Failed &&
                    from == State::Sending,
                "Refused is only a decoded refusal");
        return;
    case State::NotStarted:
        require(isListed && from == State::Checking && deed.listing->whole && story.looked &&
                    deed.listing->begun.steady - *story.looked >= apart,
                "Not started is said after two whole listings, far enough apart");
        return;
    case State::Cancelled: {
        const bool withdrawn = isListed && std::ranges::any_of(m_stories, &Story::lateClaim);
        const bool twice =
            deed.kind == Kind::Appeared && std::ranges::any_of(captures, [&](const Capture& one) {
                return one.id != capture.id && one.run == capture.run &&
                       one.order.type == capture.order.type &&
                       one.order.device.key() == capture.order.device.key();
            });
        require(
            waits(from) && story.mayGo &&
                ((deed.kind == Kind::Cancel && index == deed.index) || withdrawn || twice ||
                 (deed.kind == Kind::Expire && capture.waitUntil && *capture.waitUntil <= now.moment.utc)),
            "only what was not sent is cancelled");
        return;
    }
    case State::Deleted:
        require(
            (deed.kind == Kind::Expire && from == State::Ready && isPastKeeping(capture.completed, now)) ||
                (isListed && isAtWork(from) && deed.listing->whole && story.missed &&
                 deed.listing->begun.steady - *story.missed >= apart),
            "Deleted is what two whole listings lack, or what was kept long enough");
        return;
    case State::OnDevice:
        if (deed.kind == Kind::Created) {
            require(from == State::Sending && inBatch, "a reply moves only its request");
            return;
        }
        [[fallthrough]];
    case State::Uploading:
    case State::Ready:
    case State::NothingUploaded:
    case State::Failed: {
        // The clock was ahead and has been corrected.
        if (capture.state == State::Ready && from == State::Deleted && deed.kind == Kind::Expire &&
            capture.filename && !isPastKeeping(capture.completed, now))
            return;
        const auto* shown = isListed ? in(*deed.listing, capture.commandId) : nullptr;
        require(shown && meant(*shown) == capture.state, "a state is what the service shows");
        require(isAtWork(from) ||
                    isIn(from, {State::Checking, State::NotStarted, State::Deleted, State::NothingUploaded}),
                "what has ended stays as it is");
        require(from != State::Deleted || !isPastKeeping(shown->completed, now),
                "a file that was kept long enough does not come back");
        return;
    }
    }
}

void Oracle::judgeClaim(qsizetype index, const QList<Capture>& captures, const Deed& deed) const
{
    const auto& capture = captures[index];
    const auto& story = m_stories[size_t(index)];
    const auto* command = m_service.find(capture.commandId);
    require(command, "a claimed command exists");
    require(!story.before.ids.contains(command->id), "nothing is claimed that was there before");
    require(looksLike(*command, capture), "a claimed command is what was ordered");
    require(std::ranges::count(captures, command->id, &Capture::commandId) == 1,
            "no command is claimed by two");
    if (command->maker == index)
        return;
    // A colleague's identical command cannot be told apart, nor can those of two captures whose replies were
    // both lost.
    require(deed.kind == Kind::Listed, "a reply gives each capture its own command");
    require(command->maker == colleague || !m_stories[size_t(command->maker)].mayGo,
            "a claimed command is the one that its request made");
}

void Oracle::judgeOutcome(const Core& core, const Deed& deed) const
{
    for (const auto index : deed.batch) {
        const auto state = core.captures()[index].state;
        switch (deed.kind) {
        case Kind::Sending: require(state == State::Sending, "what is sent is Sending"); break;
        case Kind::NotRecorded: require(state == State::WaitingTurn, "what is not recorded waits"); break;
        case Kind::Created:
            require(isIn(state, {State::OnDevice, State::Checking}), "a reply ends the sending");
            require(!deed.complete || state == State::OnDevice, "a complete reply is believed");
            break;
        case Kind::Failed:
            require(state == (deed.effect == api::Effect::NotSent   ? State::WaitingTurn
                              : deed.effect == api::Effect::Refused ? State::Refused
                                                                    : State::Checking),
                    "an outcome is what the reply says");
            break;
        case Kind::NotPrepared:
            require(state == State::WaitingTurn, "what is not prepared is not sent, and not refused either");
            break;
        case Kind::Added:
        case Kind::Listed:
        case Kind::Cancel:
        case Kind::Appeared:
        case Kind::Agreed:
        case Kind::Expire:
        case Kind::Other: break;
        }
    }
    if (deed.kind == Kind::Cancel && waits(m_stories[size_t(deed.index)].last.state))
        require(core.captures()[deed.index].state == State::Cancelled, "what was not sent can be cancelled");
}

/// Records the first whole listing that lacks a capture's command.
void Oracle::count(const Core& core, const captures::Listing& listing)
{
    for (qsizetype i = 0; i < core.captures().size(); ++i) {
        const auto& capture = core.captures()[i];
        auto& story = m_stories[size_t(i)];
        if (isAtWork(story.last.state) && in(listing, capture.commandId))
            story.missed.reset();
        else if (listing.whole && !story.missed && isAtWork(story.last.state))
            story.missed = listing.begun.steady;
        if (listing.whole && !story.looked && story.last.state == State::Checking)
            story.looked = listing.begun.steady;
    }
}

/// When a capture that was "not started" is found, no repeat of it may wait any more.
void Oracle::judgeRepeats(const Core& core) const
{
    const auto& captures = core.captures();
    for (const auto& capture : captures) {
        auto origin = capture.order.origin;
        while (origin != 0 && waits(capture.state)) {
            const auto found = std::ranges::find(captures, origin, &Capture::id);
            require(!m_stories[size_t(found - captures.begin())].lateClaim,
                    "what repeats a capture that was started after all is withdrawn");
            origin = found->state == State::NotStarted ? found->order.origin : 0;
        }
    }
}

/// After a listing, no command is left unclaimed while a capture looks for it.
void Oracle::judgeListed(const Core& core, const captures::Listing& listing, const Now& now) const
{
    const auto& captures = core.captures();
    for (const auto& shown : listing.commands) {
        const auto owner = std::ranges::find(captures, shown.id, &Capture::commandId);
        if (owner != captures.end()) {
            require(owner->state == meant(shown) || !isOpen(owner->state),
                    "a capture is where the service shows it");
            require(owner->state != State::Deleted || isPastKeeping(shown.completed, now),
                    "what is shown again is followed again");
            continue;
        }
        const auto* command = m_service.find(shown.id);
        for (qsizetype i = 0; i < captures.size(); ++i) {
            const auto& story = m_stories[size_t(i)];
            require(!seeks(i, captures[i], now) || story.before.ids.contains(shown.id) ||
                        command->exists < story.sentReal || !looksLike(*command, captures[i]),
                    "what a request made is claimed when it is seen");
        }
    }
}

/// Whether the capture still looks for its command.  Slightly less than a day: in the last second both
/// outcomes are valid.
bool Oracle::seeks(qsizetype index, const Capture& capture, const Now& now) const
{
    const auto& story = m_stories[size_t(index)];
    if (capture.state == State::Checking)
        return true;
    if (capture.state != State::NotStarted)
        return false;
    constexpr auto window = day - 2 * second;
    return now.process == story.process ? now.real - story.sentReal < window
                                        : std::abs(story.sent.utc.msecsTo(now.moment.utc)) < window;
}

bool Oracle::looksLike(const Command& command, const Capture& capture) const
{
    return m_service.looksLike(command, capture.order.device, isDiag(capture));
}

void Oracle::judgeRuns(Core& core)
{
    quint64 open = 0;
    QSet<QString> pending;
    for (const auto& capture : core.captures()) {
        if (isOpen(capture.state))
            open |= quint64(1) << quint64(capture.run);
        if (isAtWork(capture.state))
            pending.insert(capture.commandId);
    }
    quint64 ended = 0;
    for (const auto run : core.takeEnded()) {
        require((ended & (quint64(1) << quint64(run))) == 0, "a run's end is told once");
        ended |= quint64(1) << quint64(run);
    }
    require(ended == (m_openRuns & ~open), "each run's end is told, once for each ending");
    require(core.pending() == pending, "what is at work is known");
    m_openRuns = open;
}

void Oracle::judgeEnd(const Core& core, const Now& now) const
{
    const auto& captures = core.captures();
    for (const auto& capture : captures)
        require(!isOpen(capture.state), "none is forgotten: each comes to its end");
    for (const auto& command : m_service.commands()) {
        if (command.maker == colleague || !command.isShown(now.real))
            continue;
        const auto owner = std::ranges::find(captures, command.id, &Capture::commandId);
        if (owner != captures.end())
            continue;
        // Unclaimed: then its capture has claimed an identical one, or it appeared after its capture had
        // stopped looking.
        const auto* taken = m_service.find(captures[command.maker].commandId);
        bool excused = taken && taken->maker != command.maker;
        for (const auto& other : m_service.commands())
            excused = excused || (other.maker == colleague && looksLike(other, captures[command.maker]));
        for (qsizetype i = 0; i < captures.size(); ++i)
            excused = excused || (looksLike(command, captures[i]) && captures[i].commandId.isEmpty() &&
                                  !seeks(i, captures[i], now));
        require(excused, "none is forgotten: each command of ours is claimed");
    }
}

} // namespace model
