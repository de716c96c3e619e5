// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/core.h"

#include <algorithm>
#include <map>

#include "api/pacer.h"
#include "captures/plantedbug.h"
#include "captures/tr.h"
#include "captures/occupied.h"
#include "captures/plan.h"

namespace captures {

namespace {

/// Former versions stored this text in the journal as the problem of a capture whose device was being looked
/// up.
constexpr QLatin1StringView formerlyLooking("Looking whether the device is still there.");

/// Occupies its device: being sent, possibly sent, or in progress.
bool isInFlight(State state)
{
    return isPending(state) || state == State::Sending || state == State::Checking;
}

/// The order that a message refers to, by its index: `/commands/3/device_id` names the fourth order.
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

} // namespace

Core::Core(std::chrono::milliseconds apart)
    : m_lookup(m_roll, apart)
{
}

qsizetype Core::add(const QList<Capture>& captures, const QHash<qint64, Before>& before)
{
    const auto first = m_roll.captures().size();
    for (auto capture : captures) {
        if (m_lookup.isClaimed(capture.commandId)) {
            capture.state = State::Cancelled;
            capture.problem = Text::tr("It is followed here already.");
        }
        if (capture.state == State::WaitingDevice && capture.problem == formerlyLooking)
            capture.problem.clear(); // that search ended with the program
        const bool mayHaveLeft = capture.state == State::Sending;
        if (mayHaveLeft)
            capture.state = planted(PlantedBug::SentAgainAfterRestart) ? State::WaitingTurn : State::Checking;
        const auto index = m_roll.append(capture);
        m_lookup.add(index, before.value(capture.request));
        if (mayHaveLeft)
            m_roll.touch(index);
        if (m_hold && isReady(index))
            say(*m_hold, index);
    }
    for (auto index = first; index < m_roll.captures().size(); ++index) {
        // The capture that it repeats may have been found while the operator was in the review.
        const auto origin = m_roll.find(m_roll[index].order.origin);
        if (origin && isUnsent(m_roll[index].state) &&
            (isPending(m_roll[*origin].state) || m_roll[*origin].state == State::Ready))
            m_lookup.withdraw(index);
    }
    return first;
}

QList<qsizetype> Core::next(const Moment& now, const QList<api::Command>& running) const
{
    if (!m_onTheirWay.isEmpty() || heldFor(now).count() > 0)
        return {};
    QList<qsizetype> open;
    Occupied occupied;
    for (const auto index : m_roll.open()) {
        if (isReady(index) && !isHeld(index, now))
            open << index;
        else if (isInFlight(m_roll[index].state))
            occupied.add(m_roll[index].order);
    }
    if (open.isEmpty())
        return {};
    for (const auto& command : running) {
        if (!m_lookup.isClaimed(command.id))
            occupied.add(command);
    }
    return nextRequest(m_roll.orders(), open, occupied);
}

std::chrono::milliseconds Core::heldFor(const Moment& now) const
{
    if (!m_hold || now.steady >= m_hold->until)
        return std::chrono::milliseconds(0);
    const bool someGo = std::ranges::any_of(
        m_roll.open(), [this](qsizetype index) { return index < m_hold->from && isReady(index); });
    return someGo ? std::chrono::milliseconds(0) : m_hold->until - now.steady;
}

bool Core::waits() const
{
    return std::ranges::any_of(m_roll.open(), [this](qsizetype index) { return isReady(index); });
}

QList<qsizetype> Core::affordable(const QList<qsizetype>& batch, qint64 left) const
{
    std::map<qint64, qsizetype> waiting; // by run
    for (const auto index : m_roll.open()) {
        if (m_roll[index].state == State::WaitingTurn)
            ++waiting[m_roll[index].run];
    }
    QList<qsizetype> result;
    for (const auto index : batch) {
        const auto own = waiting.find(m_roll[index].run);
        qsizetype promised = 0;
        for (auto earlier = waiting.begin(); earlier != own; ++earlier)
            promised += earlier->second;
        if (planted(PlantedBug::TakesWhatWasPromised))
            promised = 0;
        if (result.size() + promised >= left)
            continue;
        --own->second;
        result << index;
    }
    return result;
}

QList<qsizetype> Core::unsent() const
{
    QList<qsizetype> result;
    for (const auto index : m_roll.open()) {
        if (isUnsent(m_roll[index].state))
            result << index;
    }
    return result;
}

void Core::sending(const QList<qsizetype>& batch, qint64 request, const Before& before, const Moment& now)
{
    m_onTheirWay = batch;
    forgetHold();
    for (const auto index : batch) {
        m_roll[index].sent = now.utc;
        m_roll[index].request = request;
        m_lookup.sending(index, before, now);
        m_roll.setState(index, State::Sending);
    }
}

void Core::created(const QList<qsizetype>& batch, const QList<api::CreatedCommand>& commands)
{
    m_onTheirWay.clear();
    m_lookup.created(batch, commands);
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
                 refusal ? refusal->retryAfter.value_or(api::Pacer::waitWithoutAdvice)
                         : std::chrono::seconds(15),
                 words, details, now);
        m_hold->firm = refusal != nullptr;
        return;
    case api::Effect::Unknown:
        for (const auto index : batch) {
            m_roll[index].details = details;
            m_roll.setState(index, State::Checking);
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
        auto& capture = m_roll[batch[i]];
        if (reasons.isEmpty())
            capture.problem = words;
        else if (reasons.contains(i))
            capture.problem = Text::tr("The service refused: “%1”.").arg(reasons[i]);
        else
            capture.problem = Text::tr(
                "Refused together with another device of the same request; nothing in it was started.");
        capture.details = details;
        m_lookup.settle(batch[i]);
        m_roll.setState(batch[i], State::Refused);
    }
}

void Core::notPrepared(const api::Error& error, const QString& words, const Moment& now)
{
    const auto* refusal = std::get_if<api::ServiceError>(&error);
    const bool refused = refusal && api::effectOf(error) == api::Effect::Refused;
    // A refused read refuses no capture: the computer may be on another network for a while.
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
        m_roll[index].sent.reset();
        m_roll[index].request = 0;
        m_lookup.settle(index);
        m_roll.setState(index,
                        planted(PlantedBug::KeepsWhatWasNotSent) ? State::Checking : State::WaitingTurn);
    }
    hold(howLong, words, details, now);
}

void Core::hold(std::chrono::milliseconds howLong, const QString& words, const QString& details,
                const Moment& now, std::optional<std::chrono::milliseconds> more, qsizetype from)
{
    m_hold = {.until = now.steady + howLong,
              .untilUtc = now.utc.addMSecs(more.value_or(howLong).count()),
              .words = words,
              .details = details,
              .from = from};
    for (const auto index : m_roll.open()) {
        if (index >= from && isReady(index))
            say(*m_hold, index);
    }
}

void Core::say(const Hold& hold, qsizetype index)
{
    m_roll[index].problem = hold.words;
    m_roll[index].details = hold.details;
    m_roll[index].heldUntil = hold.untilUtc;
    m_roll.touch(index);
}

void Core::endHold(const Moment& now)
{
    if (m_hold && now.steady >= m_hold->until)
        forgetHold();
}

void Core::forgetHold()
{
    m_hold.reset();
    for (const auto index : m_roll.open()) {
        auto& capture = m_roll[index];
        if (capture.state != State::WaitingTurn || capture.problem.isEmpty())
            continue;
        capture.problem.clear();
        capture.details.clear();
        capture.heldUntil.reset();
        m_roll.touch(index);
    }
}

void Core::release()
{
    if (m_hold && !m_hold->firm)
        m_hold->until = {};
}

void Core::cancel(qsizetype index)
{
    if (isUnsent(m_roll[index].state)) {
        m_roll[index].problem.clear();
        m_roll[index].looking = false;
        m_roll.setState(index, State::Cancelled);
    }
}

QList<qsizetype> Core::awaited() const
{
    QList<qsizetype> result;
    for (const auto index : m_roll.open()) {
        if (m_roll[index].state == State::WaitingDevice)
            result << index;
    }
    return result;
}

void Core::appeared(qsizetype index, const devices::Device& device)
{
    auto& capture = m_roll[index];
    if (capture.state != State::WaitingDevice)
        return; // the wait expired or was cancelled meanwhile
    auto order = orderFor(device, capture.order.command.args);
    order.origin = capture.order.origin;
    order.attempt = capture.order.attempt;
    m_roll.setOrder(index, order);
    capture.problem.clear();
    capture.looking = false;
    // A list may name one machine by its ID and again by its name.
    const bool twice = std::ranges::any_of(m_roll.open(), [&](qsizetype other) {
        const auto& open = m_roll[other];
        return other != index && open.run == capture.run && open.state != State::WaitingDevice &&
               open.order.type == order.type && open.order.device.key() == device.key();
    });
    if (twice) {
        capture.problem = Text::tr("It is named twice in this run.");
        m_roll.setState(index, State::Cancelled);
        return;
    }
    const bool agreed = m_agreed.remove(index);
    capture.asks = capture.asks || (asksWhenSeen(order) && !agreed);
    if (!capture.asks)
        capture.waitUntil.reset();
    m_roll.setState(index, State::WaitingTurn);
}

void Core::stillWaits(qsizetype index, const QString& why)
{
    if (m_roll[index].problem == why)
        return;
    m_roll[index].problem = why;
    m_roll.touch(index);
}

void Core::ask(qsizetype index)
{
    if (!isUnsent(m_roll[index].state) || m_roll[index].asks)
        return;
    m_roll[index].asks = true;
    m_roll[index].looking = false;
    m_agreed.remove(index);
    m_roll.touch(index);
}

void Core::agree(qsizetype index)
{
    auto& capture = m_roll[index];
    if (!capture.asks)
        return;
    capture.asks = false;
    if (capture.state == State::WaitingTurn && capture.waitUntil) {
        m_agreed.insert(index);
        capture.problem.clear();
        capture.looking = true;
        m_roll.setState(index, State::WaitingDevice);
    }
    m_roll.touch(index);
}

void Core::notSeen(qsizetype index, bool looked)
{
    auto& capture = m_roll[index];
    if (!m_agreed.remove(index) || capture.state != State::WaitingDevice)
        return;
    capture.looking = false;
    if (capture.problem.isEmpty()) // otherwise the device was found, but cannot run the capture
        capture.problem = looked ? Text::tr("The device is not there any more.")
                                 : Text::tr("It could not be seen whether the device is still there.");
    m_roll.touch(index);
}

void Core::expire(const Moment& now)
{
    const auto open = m_roll.open();
    for (const auto index : open) {
        auto& capture = m_roll[index];
        if (!isUnsent(capture.state) || !capture.waitUntil || now.utc < *capture.waitUntil)
            continue;
        if (capture.state == State::WaitingTurn)
            capture.problem = Text::tr("The waiting ended before you agreed.");
        else if (capture.problem.isEmpty())
            capture.problem = Text::tr("The waiting ended; the device was not connected.");
        else
            capture.problem = Text::tr("The waiting ended. %1").arg(capture.problem);
        capture.looking = false;
        m_roll.setState(index, State::Cancelled);
    }
    m_lookup.expire(now);
}

std::optional<QDateTime> Core::waitingEnds() const
{
    std::optional<QDateTime> first;
    for (const auto index : m_roll.open()) {
        const auto& until = m_roll[index].waitUntil;
        if (until && isUnsent(m_roll[index].state) && (!first || *until < *first))
            first = until;
    }
    return first;
}

} // namespace captures
