// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "world.h"

#include <algorithm>

#include "captures/retry.h"

namespace model {

using captures::Capture;
using captures::State;
using Kind = Deed::Kind;

namespace {

constexpr qsizetype mostCaptures = 12;
constexpr qint64 mostRuns = 60;

} // namespace

World::World(quint64 seed, Moves& moves, std::set<int> skipped, Say say)
    : m_seed(seed)
    , m_skipped(std::move(skipped))
    , m_say(std::move(say))
    , m_random(seed)
    , m_events(int(m_random.between(6, 36)))
    , m_service(m_random, m_random.oneIn(400))
    , m_oracle(m_service, moves)
{
}

Now World::now() const
{
    return {.moment = {.utc = m_service.clock(m_real + m_skew),
                       .steady = std::chrono::milliseconds(m_real - m_booted)},
            .real = m_real,
            .process = m_process};
}

void World::play()
{
    begin();
    for (int event = 0; event < m_events; ++event) {
        if (m_skipped.contains(event))
            continue;
        m_random = Random(m_seed, quint64(event) + 1);
        say([&] {
            return QStringLiteral("%1. (%2 s, %3)")
                .arg(event)
                .arg(m_real / second)
                .arg(now().moment.utc.toString(Qt::ISODate));
        });
        happen();
    }
    m_random = Random(m_seed, 1'000'000);
    settle();
}

void World::happen()
{
    pass(m_random.between(0, 5 * second));
    if (captures().isEmpty()) {
        run(m_random.below(4) + 1);
        return;
    }
    const auto any = qsizetype(m_random.below(captures().size()));
    switch (m_random.below(29)) {
    case 0:
    case 1: run(m_random.below(3) + 1); return;
    case 2:
    case 3:
    case 4:
    case 5:
    case 6: send(true); return;
    case 7:
    case 8: look(Reading::AsNeeded, true); return;
    case 9:
    case 10: look(Reading::Whole, true); return;
    case 11: look(Reading::Partial, true); return;
    case 12:
    case 13:
    case 14: {
        static constexpr Ms times[] = {10 * second, 59 * second, 61 * second, 5 * minute,
                                       16 * minute, 3 * hour,    25 * hour,   9 * day};
        pass(times[m_random.below(m_random.oneIn(3) ? 8 : 5)]);
        return;
    }
    case 15:
    case 16: restart(); return;
    case 17: {
        static constexpr Ms jumps[] = {minute, 11 * minute, 2 * hour, 30 * hour, 10 * day};
        m_skew += jumps[m_random.below(5)] * (m_random.oneIn(2) ? 1 : -1);
        say([&] { return QStringLiteral("the clock is set"); });
        return;
    }
    case 18:
        say([&] { return QStringLiteral("cancel %1").arg(any); });
        m_core->cancel(any);
        publish({.kind = Kind::Cancel, .index = any});
        return;
    case 19: touchOne(); return;
    case 20: appear(any); return;
    case 21:
    case 22: m_random.oneIn(2) ? repeat() : confirm(); return;
    case 23:
    case 24: send(true); return;
    case 25:
    case 26:
        // So that the core gives up on what is not found, and so that late commands appear later.
        look(Reading::Whole, true);
        pass(apart.count());
        look(Reading::Whole, true);
        return;
    case 27:
        // The review stays open while the lost command is found.
        repeat();
        pass(m_random.between(0, 20 * minute));
        look(Reading::Whole, true);
        confirm();
        return;
    default: break;
    }
    switch (m_random.below(4)) {
    case 0: colleagueStarts(); return;
    case 1: serviceDeletes(); return;
    case 2: follow(); return;
    default: m_core->expire(now().moment); publish({.kind = Kind::Expire});
    }
}

// What the operator does.

void World::run(int count)
{
    const auto& rows = m_service.rows();
    if (rows.size() > 10)
        count = int(rows.size()); // more than one request can have
    QList<Capture> added;
    for (int i = 0; i < count; ++i) {
        auto device = rows[size_t(rows.size() > 10 ? i : m_random.below(qsizetype(rows.size())))];
        if (m_random.oneIn(8))
            device.registrationId.clear(); // entered by hand
        const auto types = m_random.below(3);
        Capture capture;
        if (m_random.oneIn(6)) {
            capture.state = State::WaitingDevice;
            capture.waitUntil = now().moment.utc.addMSecs(m_random.between(minute, day));
        }
        if (types != 1) {
            capture.order = captures::orderFor(device, api::PcapArgs{});
            added << capture;
        }
        if (types != 0) {
            capture.order = captures::orderFor(device, api::DiagArgs{});
            added << capture;
        }
    }
    append(added);
}

/// Writes the journal first.
void World::append(QList<Capture> added)
{
    if ((captures().size() + added.size() > mostCaptures && m_service.rows().size() <= 10) ||
        captures().size() > 100 || m_lastRun == mostRuns)
        return;
    ++m_lastRun;
    flush(); // one write, with the pending changes
    Deed deed{.kind = Kind::Added};
    for (auto& capture : added) {
        capture.id = qint64(m_journal.size()) + 1;
        capture.run = m_lastRun;
        capture.asked = now().moment.utc;
        deed.batch << qsizetype(m_journal.size());
        m_journal.push_back(capture);
        say([&] {
            return QStringLiteral("run %1: capture %2 of %3, %4 %5 (%6), repeats %7")
                .arg(QString::number(m_lastRun), QString::number(capture.id - 1),
                     api::typeName(capture.order.command), capture.order.device.deviceId,
                     capture.order.device.email, capture.order.device.platform,
                     QString::number(capture.order.origin - 1));
        });
    }
    (void)m_core->add(added);
    publish(deed);
}

void World::repeat()
{
    QList<qsizetype> able;
    for (qsizetype i = 0; i < captures().size(); ++i) {
        if (captures::canRepeat(capture(i).state))
            able << i;
    }
    if (able.isEmpty())
        return;
    auto index = able[m_random.below(able.size())];
    const auto lost =
        std::ranges::find(able, State::NotStarted, [this](qsizetype i) { return capture(i).state; });
    if (lost != able.end() && m_random.oneIn(2))
        index = *lost;
    m_review = captures::repeatOf(capture(index), m_random.oneIn(2));
    if (!m_random.oneIn(3))
        confirm(); // otherwise the review stays open for a while
}

void World::confirm()
{
    if (!m_review)
        return;
    Capture capture;
    capture.order = *m_review;
    m_review.reset();
    append({capture});
}

/// The operator monitors a colleague's command instead of starting the same again.
void World::follow()
{
    for (const auto& command : running()) {
        const auto* made = m_service.find(command.id);
        const auto isTaken = [&](const Capture& capture) { return capture.commandId == command.id; };
        if (std::ranges::any_of(captures(), isTaken))
            continue;
        Capture capture;
        const auto& device = m_service.rows()[size_t(made->row)];
        capture.order = made->diag ? captures::orderFor(device, api::DiagArgs{})
                                   : captures::orderFor(device, api::PcapArgs{});
        capture.state = State::OnDevice;
        capture.commandId = command.id;
        capture.serviceStatus = command.status;
        append({capture});
        return;
    }
}

void World::touchOne()
{
    const auto any = qsizetype(m_random.below(captures().size()));
    switch (m_random.below(5)) {
    case 0: m_core->ask(any); break;
    case 1: m_core->stillWaits(any, QStringLiteral("not yet")); break;
    case 2: m_core->notSeen(any, m_random.oneIn(2)); break;
    default:
        m_core->agree(any);
        publish({.kind = Kind::Agreed});
        return;
    }
    publish({});
}

// What others do.

void World::appear(qsizetype index)
{
    const auto& rows = m_service.rows();
    m_core->appeared(index,
                     *std::ranges::find(rows, capture(index).order.device.email, &devices::Device::email));
    publish({.kind = Kind::Appeared, .index = index});
}

void World::colleagueStarts()
{
    const auto lag = m_random.oneIn(3) ? m_random.between(0, 2 * hour) : 0;
    const auto& command = m_service.make(m_random.below(qsizetype(m_service.rows().size())),
                                         m_random.oneIn(2), colleague, m_real, m_real + lag, m_random);
    say([&] { return QStringLiteral("a colleague starts %1").arg(command.id); });
}

void World::serviceDeletes()
{
    const auto shown = m_service.shown(m_real);
    if (shown.empty())
        return;
    const auto* command = shown[size_t(m_random.below(qsizetype(shown.size())))];
    say([&] { return QStringLiteral("the service deletes %1").arg(command->id); });
    m_service.remove(*command);
}

// Stopping and starting the program.

void World::restart()
{
    if (m_random.oneIn(3)) {
        flush(); // an orderly shutdown
        say([] { return QStringLiteral("the program ends"); });
    } else {
        say([] { return QStringLiteral("the program dies"); });
    }
    m_unwritten.clear();
    static constexpr Ms pauses[] = {second, 20 * second, 2 * minute, 40 * minute, 12 * hour, 26 * hour};
    pass(pauses[m_random.below(6)]);
    if (m_random.oneIn(3))
        m_booted = m_real - m_random.between(0, 30 * second);
    if (m_random.oneIn(6))
        m_skew += m_random.between(-2 * day, 2 * day);
    begin();
}

void World::begin()
{
    ++m_process;
    m_known.clear();
    m_gone.clear();
    m_newest.reset();
    m_review.reset();
    m_core = std::make_unique<captures::Core>(apart);
    (void)m_core->add(QList<Capture>(m_journal.begin(), m_journal.end()), m_requests);
    m_oracle.began(*m_core, m_journal);
    publish({});
    m_core->expire(now().moment);
    publish({.kind = Kind::Expire});
    if (m_random.oneIn(3)) {
        for (qsizetype i = 0; i < captures().size(); ++i)
            m_core->ask(i);
        publish({});
    }
}

// No more faults: the core gets what it asks for, and nothing else happens.

void World::settle()
{
    say([] { return QStringLiteral("no faults any more"); });
    m_service.hurry(m_real);
    for (int i = 0; i < 150; ++i) {
        if (std::ranges::all_of(captures(), captures::isFinal, &Capture::state))
            break;
        settleOnce();
    }
    // F5: commands that appear late are still found.
    pass(2 * minute);
    look(Reading::Whole, false);
    pass(apart.count());
    look(Reading::Whole, false);
    m_oracle.judgeEnd(*m_core, now());
}

void World::settleOnce()
{
    for (const auto index : m_core->awaited())
        appear(index);
    bool asked = false;
    for (qsizetype i = 0; i < captures().size(); ++i) {
        asked = asked || capture(i).asks;
        m_core->agree(i);
    }
    if (asked)
        publish({.kind = Kind::Agreed});
    if (!m_core->next(now().moment, running()).isEmpty())
        send(false);
    else if (m_core->isFollowing(now().moment) || (waits() && m_core->heldFor(now().moment).count() == 0))
        look(Reading::AsNeeded, false);
    m_service.hurry(m_real);
    pass(std::max<Ms>(40 * second, m_core->heldFor(now().moment).count()));
    m_core->expire(now().moment);
    publish({.kind = Kind::Expire});
}

} // namespace model
