// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/core.h"

#include <algorithm>

#include <QCoreApplication>

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

/// Has a doubt that a listing can settle: also after "Not started", since a command may show up late.
bool isSought(State state)
{
    return state == State::Checking || state == State::NotStarted;
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

} // namespace

Core::Core(std::chrono::milliseconds apart)
    : m_apart(apart)
{
}

qsizetype Core::add(const QList<Capture>& captures, const QHash<qint64, QSet<QString>>& known)
{
    const auto first = m_captures.size();
    for (const auto& capture : captures) {
        const auto index = m_captures.size();
        m_captures << capture;
        m_orders << capture.order;
        if (!capture.commandId.isEmpty())
            m_claimed.insert(capture.commandId);
        if (capture.state == State::Sending)
            setState(index, State::Checking);
        if (isSought(m_captures[index].state))
            m_doubts[index] = {.known = known.value(capture.request), .looked = {}};
        if (!isFinal(capture.state))
            m_openRuns.insert(capture.run);
    }
    return first;
}

QList<qsizetype> Core::next(const QDateTime& now) const
{
    if (!m_onTheirWay.isEmpty() || (m_heldUntil && now < *m_heldUntil))
        return {};
    QList<qsizetype> open;
    QSet<QString> busy;
    for (qsizetype i = 0; i < m_captures.size(); ++i) {
        const auto& capture = m_captures[i];
        if (capture.state == State::WaitingTurn)
            open << i;
        else if (capture.order.device.isWindows() && isInFlight(capture.state))
            busy.insert(capture.order.device.deviceId);
    }
    return nextRequest(m_orders, open, busy);
}

void Core::sending(const QList<qsizetype>& batch, qint64 request, const QSet<QString>& known,
                   const QDateTime& now)
{
    m_onTheirWay = batch;
    m_heldUntil.reset();
    for (const auto index : batch) {
        m_captures[index].sent = now;
        m_captures[index].request = request;
        m_captures[index].problem.clear();
        m_captures[index].details.clear();
        m_doubts[index] = {.known = known, .looked = {}};
        setState(index, State::Sending);
    }
}

void Core::created(const QList<qsizetype>& batch, const QList<api::CreatedCommand>& commands)
{
    m_onTheirWay.clear();
    auto left = commands;
    const auto fits = [this](qsizetype index, const api::CreatedCommand& command) {
        const auto& wanted = m_captures[index].order.command;
        return (!command.deviceId || *command.deviceId == wanted.deviceId) &&
               (!command.type || *command.type == api::typeName(wanted)) &&
               (!command.registrationId || command.registrationId->isEmpty() || !wanted.registrationId ||
                *command.registrationId == *wanted.registrationId);
    };
    for (const auto index : batch) {
        const auto found =
            std::ranges::find_if(left, [&](const auto& command) { return fits(index, command); });
        if (found == left.end()) {
            setState(index, State::Checking);
            continue;
        }
        auto& capture = m_captures[index];
        capture.commandId = found->id;
        capture.serviceStatus = found->status.value_or(QString());
        m_claimed.insert(found->id);
        m_doubts.remove(index);
        left.erase(found);
        setState(index, State::OnDevice);
    }
}

void Core::failed(const QList<qsizetype>& batch, const api::Error& error, const QString& words,
                  const QDateTime& now)
{
    m_onTheirWay.clear();
    const auto details = api::describe(error);
    const auto* refusal = std::get_if<api::ServiceError>(&error);
    switch (api::effectOf(error)) {
    case api::Effect::NotSent:
        hold(batch,
             refusal ? refusal->retryAfter.value_or(std::chrono::seconds(30)) : std::chrono::seconds(15),
             words, details, now);
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
        m_doubts.remove(batch[i]);
        setState(batch[i], State::Refused);
    }
}

void Core::notPrepared(const QList<qsizetype>& batch, const api::Error& error, const QString& words,
                       const QDateTime& now)
{
    const auto* refusal = std::get_if<api::ServiceError>(&error);
    if (refusal && api::effectOf(error) == api::Effect::Refused) {
        failed(batch, error, words, now);
        return;
    }
    hold(batch, refusal ? refusal->retryAfter.value_or(std::chrono::seconds(15)) : std::chrono::seconds(15),
         words, api::describe(error), now);
}

void Core::notRecorded(const QList<qsizetype>& batch, const QString& words, const QString& details,
                       const QDateTime& now)
{
    m_onTheirWay.clear();
    hold(batch, std::chrono::seconds(15), words, details, now);
}

void Core::hold(const QList<qsizetype>& batch, std::chrono::seconds wait, const QString& words,
                const QString& details, const QDateTime& now)
{
    m_heldUntil = now.addSecs(wait.count());
    for (const auto index : batch) {
        m_captures[index].sent.reset();
        m_captures[index].request = 0;
        m_captures[index].problem = words;
        m_captures[index].details = details;
        m_doubts.remove(index);
        setState(index, State::WaitingTurn);
    }
}

void Core::cancel(qsizetype index)
{
    if (m_captures[index].state == State::WaitingTurn)
        setState(index, State::Cancelled);
}

bool Core::isFollowing() const
{
    return std::ranges::any_of(m_captures, [](const Capture& capture) {
        return isPending(capture.state) || capture.state == State::Checking;
    });
}

bool Core::isCoveredBy(const QList<api::Command>& commands) const
{
    QSet<QString> ids;
    ids.reserve(commands.size());
    for (const auto& command : commands)
        ids.insert(command.id);
    for (qsizetype i = 0; i < m_captures.size(); ++i) {
        const auto& capture = m_captures[i];
        if (isPending(capture.state) && !ids.contains(capture.commandId))
            return false;
        // Newest first: once a command from before the request shows, all that came after it has been seen.
        if (capture.state == State::Checking && !ids.intersects(m_doubts.value(i).known))
            return false;
    }
    return true;
}

bool Core::listed(const Listing& listing, const QDateTime& now)
{
    Q_UNUSED(now);
    const bool updated = update(listing);
    const bool claimed = claim(listing);
    const bool gaveUp = listing.whole && giveUp(listing);
    return updated || claimed || gaveUp;
}

bool Core::update(const Listing& listing)
{
    QHash<QString, const api::Command*> byId;
    for (const auto& command : listing.commands)
        byId.insert(command.id, &command);
    bool any = false;
    for (qsizetype i = 0; i < m_captures.size(); ++i) {
        if (!isPending(m_captures[i].state))
            continue;
        if (const auto* command = byId.value(m_captures[i].commandId)) {
            const auto before = m_captures[i];
            m_missed.remove(i);
            follow(i, *command);
            any = any || !(before == m_captures[i]);
        } else if (listing.whole && m_captures[i].sent && *m_captures[i].sent < listing.begun &&
                   ++m_missed[i] >= 2) {
            setState(i, State::Deleted);
            any = true;
        }
    }
    return any;
}

bool Core::claim(const Listing& listing)
{
    bool any = false;
    for (auto doubt = m_doubts.begin(); doubt != m_doubts.end();) {
        const auto index = doubt.key();
        const auto& capture = m_captures[index];
        const auto found = !isSought(capture.state)
                               ? listing.commands.end()
                               : std::ranges::find_if(listing.commands, [&](const api::Command& command) {
                                     return !doubt->known.contains(command.id) &&
                                            !m_claimed.contains(command.id) && matches(capture, command);
                                 });
        if (found == listing.commands.end()) {
            ++doubt;
            continue;
        }
        any = true;
        m_claimed.insert(found->id);
        m_captures[index].commandId = found->id;
        m_captures[index].problem.clear();
        follow(index, *found);
        doubt = m_doubts.erase(doubt);
    }
    return any;
}

/// "Not started" takes two whole listings without a trace, far enough apart.
bool Core::giveUp(const Listing& listing)
{
    bool any = false;
    for (auto doubt = m_doubts.begin(); doubt != m_doubts.end(); ++doubt) {
        const auto& capture = m_captures[doubt.key()];
        if (capture.state != State::Checking || (capture.sent && listing.begun <= *capture.sent))
            continue;
        if (!doubt->looked) {
            doubt->looked = listing.begun;
        } else if (doubt->looked->msecsTo(listing.begun) >= m_apart.count()) {
            setState(doubt.key(), State::NotStarted);
            any = true;
        }
    }
    return any;
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

bool Core::matches(const Capture& capture, const api::Command& command) const
{
    const auto& wanted = capture.order.command;
    const bool sameRegistration = !wanted.registrationId || !command.registrationId ||
                                  command.registrationId->isEmpty() ||
                                  *command.registrationId == *wanted.registrationId;
    const bool sameUser =
        !command.userEmail || command.userEmail->compare(wanted.userEmail, Qt::CaseInsensitive) == 0;
    return command.deviceId == wanted.deviceId && sameRegistration && sameUser &&
           command.type == api::typeName(wanted);
}

void Core::setState(qsizetype index, State state)
{
    if (m_captures[index].state == state && state != State::WaitingTurn)
        return;
    m_captures[index].state = state;
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
    for (const auto& capture : std::as_const(m_captures)) {
        if (!isFinal(capture.state))
            open.insert(capture.run);
    }
    auto ended = (m_openRuns - open).values();
    m_openRuns &= open;
    std::ranges::sort(ended);
    return ended;
}

} // namespace captures
