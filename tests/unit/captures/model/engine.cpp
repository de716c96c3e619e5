// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the engine does: polls, writes the journal, sends, and processes the replies.

#include "world.h"

#include <algorithm>

namespace model {

using captures::Capture;
using captures::State;
using Kind = Deed::Kind;

namespace {

bool hasEnded(const api::Command& command)
{
    return command.completed.has_value();
}

/// Returns an error with that effect.
api::Error error(api::Effect effect, Random& random, qsizetype orders)
{
    using Transport = api::TransportError;
    using Notices = QList<api::Notice>;
    const Notices said{{.code = 1001, .message = QStringLiteral("said")}};
    switch (effect) {
    case api::Effect::Refused: {
        auto notices = said;
        if (random.oneIn(2))
            notices[0].pointer =
                QStringLiteral("/commands/%1/device_id").arg(random.below(orders + 1)); // may not exist
        return api::ServiceError{random.oneIn(2) ? 400 : 422, notices, {}};
    }
    case api::Effect::NotSent:
        switch (random.below(4)) {
        case 0: return api::ServiceError{429, said, std::chrono::seconds(random.below(300))};
        case 1: return api::ServiceError{429, said, {}};
        case 2: return api::Cancelled{.mayHaveSent = false};
        default: return Transport{Transport::Kind::Refused, {}, false};
        }
    case api::Effect::Unknown:
        switch (random.below(6)) {
        case 0: return api::HttpError{302, {}, {}};
        case 1: return api::HttpError{403, {}, {}};
        case 2: return api::ServiceError{random.oneIn(2) ? 500 : 408, said, {}};
        case 3: return api::DecodeError{{}, {}, 200};
        case 4: return api::Cancelled{};
        default: return Transport{Transport::Kind::TimedOut, {}, true};
        }
    }
    Q_UNREACHABLE();
}

} // namespace

QList<api::Command> World::running() const
{
    QList<api::Command> result;
    for (const auto& command : m_known) {
        const bool stale = m_newest && command.created->msecsTo(*m_newest) > hour;
        if (!hasEnded(command) && !stale && !m_gone.contains(command.id))
            result << command;
    }
    return result;
}

bool World::waits() const
{
    return std::ranges::any_of(captures(), [](const Capture& capture) {
        return capture.state == State::WaitingTurn && !capture.asks;
    });
}

captures::Before World::before(const QList<qsizetype>& batch) const
{
    captures::Before result{.ids = {}, .newest = m_newest};
    for (const auto index : batch) {
        for (const auto& command : m_known) {
            if (command.deviceId == capture(index).order.device.deviceId)
                result.ids.insert(command.id);
        }
    }
    return result;
}

captures::Listing World::read(Reading reading, bool faulty)
{
    captures::Listing listing{.commands = {}, .whole = reading != Reading::Partial, .begun = now().moment};
    pass(m_random.between(0, 3 * second));
    const auto shown = m_service.shown(m_real);
    auto wanted = m_core->pending();
    for (const auto& command : running())
        wanted.insert(command.id);
    const bool whole = reading == Reading::Whole || m_core->wantsWhole(listing.begun);
    // Occasionally a list omits what it showed before.
    const auto lacked =
        faulty && m_random.oneIn(8) && !shown.empty() ? m_random.below(qsizetype(shown.size())) : -1;
    for (size_t i = 0; i < shown.size(); ++i) {
        if (int(i) == lacked)
            continue;
        const bool old = shown[i]->created.msecsTo(shown.front()->created) > hour;
        if (old &&
            (reading == Reading::Partial || (reading == Reading::AsNeeded && !whole && wanted.isEmpty()))) {
            listing.whole = false;
            break;
        }
        listing.commands << m_service.shown(*shown[i], m_real);
        wanted.remove(shown[i]->id);
    }
    return listing;
}

bool World::look(Reading reading, bool faulty)
{
    if (faulty && m_random.oneIn(6)) {
        say([] { return QStringLiteral("the look fails"); });
        return false;
    }
    const auto listing = read(reading, faulty);
    say([&] {
        QStringList ids;
        for (const auto& command : listing.commands)
            ids << command.id + u' ' + command.status;
        return (listing.whole ? QStringLiteral("all is listed: ") : QStringLiteral("listed: ")) +
               ids.join(QStringLiteral(", "));
    });
    const auto latest = listing.begun.utc.addDays(1);
    if (listing.whole)
        m_gone = QSet<QString>(m_known.keyBegin(), m_known.keyEnd());
    for (const auto& command : listing.commands) {
        m_known.insert(command.id, command);
        m_gone.remove(command.id);
        if ((!m_newest || *command.created > *m_newest) && *command.created <= latest)
            m_newest = command.created;
    }
    (void)m_core->listed(listing, now().moment);
    publish({.kind = Kind::Listed, .listing = &listing});
    return true;
}

void World::send(bool faulty)
{
    const bool looked = look(faulty && m_random.oneIn(2) ? Reading::Whole : Reading::AsNeeded, faulty);
    auto batch = m_core->next(now().moment, running());
    if (batch.isEmpty())
        return;
    if (!looked) {
        const auto effect = api::Effect(m_random.below(3));
        m_core->notPrepared(error(effect, m_random, batch.size()), {}, now().moment);
        publish({.kind = Kind::NotPrepared, .batch = batch, .effect = effect});
        return;
    }
    if (faulty && m_random.oneIn(10)) {
        m_core->hold(std::chrono::seconds(m_random.below(900)), QStringLiteral("no quota"), {}, now().moment);
        publish({});
        return;
    }
    std::optional<qint64> left;
    if (faulty && m_random.oneIn(4)) {
        left = m_random.below(2 * batch.size() + 2);
        const auto some = m_core->affordable(batch, *left);
        say([&] { return QStringLiteral("%1 are left today").arg(*left); });
        if (some.isEmpty()) {
            // Waiting captures of earlier runs are sent where possible.
            m_core->hold(std::chrono::seconds(m_random.below(900)), QStringLiteral("no quota"), {},
                         now().moment, {}, *left == 0 ? 0 : batch.first());
            publish({});
            return;
        }
        batch = some;
    }
    m_oracle.judgeRequest(*m_core, batch, running(), left);
    if (!post(batch, faulty))
        restart();
}

bool World::post(const QList<qsizetype>& batch, bool faulty)
{
    const auto dies = [&] { return faulty && m_random.oneIn(16); };
    const auto known = before(batch);
    const auto request = ++m_lastRequest;
    m_core->sending(batch, request, known, now().moment);
    const auto changed =
        m_oracle.observe(*m_core, {.kind = Kind::Sending, .batch = batch, .before = &known}, now());
    if (dies())
        return false;
    if (faulty && m_random.oneIn(12)) {
        say([] { return QStringLiteral("the journal cannot be written"); });
        m_unwritten.insert(changed.begin(), changed.end());
        m_core->notRecorded(batch, QStringLiteral("no room"), {}, now().moment);
        publish({.kind = Kind::NotRecorded, .batch = batch});
        return true;
    }
    m_unwritten.insert(changed.begin(), changed.end());
    flush();
    m_requests.insert(request, known);
    if (dies())
        return false;

    const auto outcome = faulty ? Outcome(m_random.below(6)) : Outcome::Named;
    say([&] {
        static const QStringList names{QStringLiteral("named"),    QStringLiteral("named in part"),
                                       QStringLiteral("garbled"),  QStringLiteral("refused"),
                                       QStringLiteral("not sent"), QStringLiteral("unknown")};
        QStringList indexes;
        for (const auto index : batch)
            indexes << QString::number(index);
        return QStringLiteral("request %1 with %2: %3")
            .arg(QString::number(request), indexes.join(u' '), names[int(outcome)]);
    });
    m_oracle.leaves(batch);
    pass(m_random.between(0, 2 * second));
    if (outcome >= Outcome::Refused) {
        if (outcome == Outcome::Unknown)
            (void)create(batch, outcome);
        if (dies())
            return false;
        fail(batch, outcome);
    } else {
        answer(batch, outcome, !faulty);
    }
    return !dies();
}

void World::fail(const QList<qsizetype>& batch, Outcome outcome)
{
    const auto effect = outcome == Outcome::Refused   ? api::Effect::Refused
                        : outcome == Outcome::NotSent ? api::Effect::NotSent
                                                      : api::Effect::Unknown;
    m_core->failed(batch, error(effect, m_random, batch.size()), QStringLiteral("words"), now().moment);
    publish({.kind = Kind::Failed, .batch = batch, .effect = effect});
}

/// The service carries out the request: all or part of it, at once or later.
QList<const Command*> World::create(const QList<qsizetype>& batch, Outcome outcome)
{
    QList<const Command*> made;
    const bool some = outcome != Outcome::Named && m_random.oneIn(3);
    const bool none = outcome == Outcome::Unknown && m_random.oneIn(3);
    const Ms delay = outcome == Outcome::Unknown && m_random.oneIn(4) ? m_random.between(0, 10 * minute) : 0;
    static constexpr Ms lags[] = {0, 0, 0, 20 * second, 3 * minute, 12 * minute, 5 * hour, 30 * hour};
    const Ms lag = outcome == Outcome::Named ? lags[m_random.below(4)] : lags[m_random.below(8)];
    for (const auto index : batch) {
        if (none || (some && m_random.oneIn(2))) {
            made << nullptr;
            continue;
        }
        const auto& order = capture(index).order;
        const auto& rows = m_service.rows();
        const auto row = std::ranges::find(rows, order.device.email, &devices::Device::email) - rows.begin();
        m_oracle.made(index);
        made << &m_service.make(int(row), order.type == captures::Type::Diag, int(index), m_real + delay,
                                m_real + delay + lag, m_random);
        say([&] { return QStringLiteral("  %1 is made for %2").arg(made.last()->id).arg(index); });
    }
    return made;
}

/// A reply that names all, some or wrong commands.
void World::answer(const QList<qsizetype>& batch, Outcome outcome, bool complete)
{
    const auto made = create(batch, outcome);
    enum class Says { All, NoType, Nothing } says = complete ? Says::All : Says(m_random.below(3));
    QList<api::CreatedCommand> reply;
    for (const auto* command : made) {
        if (!command)
            continue;
        const auto shown = m_service.shown(*command, command->exists);
        api::CreatedCommand named{.id = shown.id};
        if (says != Says::Nothing) {
            named.deviceId = shown.deviceId;
            named.registrationId = shown.registrationId;
            named.status = shown.status;
        }
        if (says == Says::All)
            named.type = shown.type;
        if (outcome == Outcome::Wrong && m_random.oneIn(2)) {
            // Names a command from before the request, or another device.
            const auto all = m_known.values();
            if (says == Says::All && m_random.oneIn(2))
                named.deviceId = QStringLiteral("elsewhere");
            else if (const auto old = std::ranges::find(all, shown.deviceId, &api::Command::deviceId);
                     old != all.end())
                named.id = old->id;
        }
        if (outcome != Outcome::Short || m_random.oneIn(2))
            reply << named;
    }
    if (says == Says::All && m_random.oneIn(2))
        std::ranges::reverse(reply); // the service may reply in any order
    if (outcome == Outcome::Wrong && m_random.oneIn(4) && !reply.isEmpty())
        reply << reply.first();
    m_core->created(batch, reply);
    publish({.kind = Kind::Created, .batch = batch, .complete = complete});
}

void World::publish(Deed deed)
{
    const auto changed = m_oracle.observe(*m_core, deed, now());
    m_unwritten.insert(changed.begin(), changed.end());
    for (const auto index : changed) {
        say([&] {
            return QStringLiteral("  %1: %2 %3")
                .arg(index)
                .arg(stateText(capture(index).state), capture(index).commandId);
        });
    }
    if (!m_random.oneIn(4))
        flush();
}

void World::flush()
{
    for (const auto index : m_unwritten)
        m_journal[size_t(index)] = capture(index);
    m_unwritten.clear();
}

} // namespace model
