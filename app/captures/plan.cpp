// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/plan.h"

#include <algorithm>
#include <numeric>

#include <QHash>
#include <QSet>

#include "captures/tr.h"
#include "captures/occupied.h"

namespace captures {

namespace {

/// \brief A request as it fills up.
class Request {
public:
    /// \returns whether it had room for it
    bool take(const Order& order)
    {
        // The contract limits rows of device and registration, not types.
        const std::pair row{order.device.deviceId, order.device.registrationId};
        if (m_size == api::maxCommandsPerPost ||
            (!m_rows.contains(row) && m_rows.size() == api::maxDevicesPerPost))
            return false;
        m_rows.insert(row);
        ++m_size;
        return true;
    }

private:
    QSet<std::pair<QString, QString>> m_rows;
    int m_size = 0;
};

/// Splits the orders into requests, in waves: what cannot go now goes when all that went before has ended.
/// \param busy what others have at work
void split(Plan& plan, Occupied busy, const QDateTime& now)
{
    QList<qsizetype> open(plan.orders.size());
    std::iota(open.begin(), open.end(), 0);
    std::chrono::seconds total{0};
    for (; !open.isEmpty(); busy = {}) {
        QList<qsizetype> later;
        Request request;
        std::chrono::seconds longest{0};
        const auto before = plan.requests.size();
        for (const auto index : std::as_const(open)) {
            const auto& order = plan.orders[index];
            if (busy.blocks(order)) {
                later << index;
                continue;
            }
            if (plan.requests.size() == before || !request.take(order)) {
                request = {};
                request.take(order);
                plan.requests << QList<qsizetype>();
            }
            plan.requests.last() << index;
            busy.add(order);
            longest = std::max(longest, usualDuration(order.command));
        }
        if (plan.waves == 0)
            plan.waiting = int(later.size());
        ++plan.waves;
        total += longest;
        open = std::move(later);
    }
    if (!plan.orders.isEmpty())
        plan.readyBy = now.addSecs(total.count());
}

/// What is at work, by device.
class Running {
public:
    Running(const QList<api::Command>& others, const QList<api::Command>& own)
    {
        for (const auto& command : others) {
            m_commands[command.deviceId] << command;
            m_occupied.add(command);
        }
        for (const auto& command : own)
            m_occupied.add(command);
    }

    [[nodiscard]] const Occupied& occupied() const { return m_occupied; }
    /// One of others that is just like the order.
    [[nodiscard]] std::optional<api::Command> like(const Order& order) const
    {
        for (const auto& command : m_commands.value(order.device.deviceId)) {
            const bool sameUser = !command.userEmail ||
                                  command.userEmail->compare(order.device.email, Qt::CaseInsensitive) == 0;
            if (sameUser && command.type == api::typeName(order.command))
                return command;
        }
        return std::nullopt;
    }

private:
    QHash<QString, QList<api::Command>> m_commands;
    Occupied m_occupied;
};

using DeviceSet = QSet<devices::Key>;

/// What a list names without an ID is known by its name.
devices::Key identity(const devices::Device& device)
{
    auto key = device.key();
    if (key.deviceId.isEmpty())
        key.deviceId = devices::hostName(device.name);
    return key;
}

/// What has no ID yet cannot be asked for anything.
bool isAwaited(const devices::Device& device)
{
    return device.standing == devices::Standing::NotSeen || device.deviceId.isEmpty();
}

/// Keeps what may be started today, as it was chosen.
void limit(Plan& plan, const Situation& situation, Choices::Amount amount)
{
    if (!situation.left)
        return;
    const auto left = *situation.left;
    if (amount != Choices::Amount::Devices) {
        plan.later = std::max<qsizetype>(0, plan.orders.size() - left);
        return;
    }
    QHash<devices::Key, int> needs;
    for (const auto& order : std::as_const(plan.orders))
        ++needs[order.device.key()];
    qint64 used = 0;
    DeviceSet in, out;
    for (const auto& order : std::as_const(plan.orders)) {
        const auto key = order.device.key();
        if (in.contains(key) || out.contains(key))
            continue;
        if (used + needs[key] > left) {
            out.insert(key);
            plan.leftOut << LeftOut{order.device, Text::tr("today's captures are used up")};
        } else {
            in.insert(key);
            used += needs[key];
        }
    }
    plan.orders.removeIf([&out](const Order& order) { return out.contains(order.device.key()); });
}

/// What a run must have: an order that can be sent, sooner or later.
class Planner {
public:
    Planner(const Situation& situation, const Choices& choices)
        : m_situation(situation)
        , m_choices(choices)
        , m_running(situation.running, situation.own)
    {
    }

    void leaveOut(const devices::Device& device, const QString& reason)
    {
        m_plan.leftOut << LeftOut{device, reason};
    }

    void add(const Order& order)
    {
        const auto key = identity(order.device);
        if (isAwaited(order.device)) {
            if (!std::exchange(m_offline[key], true))
                ++m_plan.offline;
            if (m_choices.offline == Choices::Offline::Wait)
                m_plan.awaited << order;
            else if (!m_left.contains(key)) {
                m_left.insert(key);
                leaveOut(order.device, Text::tr("not seen in the last hour"));
            }
            return;
        }
        if (!m_running.occupied().blocks(order)) {
            m_plan.orders << order;
            return;
        }
        if (!std::exchange(m_busy[key], true))
            ++m_plan.busy;
        const auto like = m_running.like(order);
        m_plan.followable += like ? 1 : 0;
        switch (m_choices.running) {
        case Choices::Running::StartAfter: m_plan.orders << order; return;
        case Choices::Running::Follow:
            if (like)
                m_plan.followed << Followed{order, *like};
            else
                m_plan.orders << order;
            return;
        case Choices::Running::LeaveOut:
            if (!m_left.contains(key)) {
                m_left.insert(key);
                leaveOut(order.device, Text::tr("a capture is running on it"));
            }
            return;
        }
    }

    [[nodiscard]] bool wants(Type type) const
    {
        switch (m_choices.amount) {
        case Choices::Amount::Packets: return type == Type::Pcap;
        case Choices::Amount::Diagnostics: return type == Type::Diag;
        case Choices::Amount::All:
        case Choices::Amount::Devices: return true;
        }
        Q_UNREACHABLE();
    }

    [[nodiscard]] Plan finished()
    {
        limit(m_plan, m_situation, m_choices.amount);
        for (const auto* orders : {&m_plan.orders, &m_plan.awaited}) {
            for (const auto& order : *orders) {
                for (const auto& name : api::droppedBy(m_situation.format, order.command)) {
                    if (!m_plan.dropped.contains(name))
                        m_plan.dropped << name;
                }
            }
        }
        split(m_plan, m_running.occupied(), m_situation.now);
        return std::move(m_plan);
    }

    Plan& plan() { return m_plan; }

private:
    const Situation& m_situation;
    const Choices& m_choices;
    Running m_running;
    Plan m_plan;
    QHash<devices::Key, bool> m_offline, m_busy;
    DeviceSet m_left;
};

} // namespace

Order orderFor(const devices::Device& device, std::variant<api::PcapArgs, api::DiagArgs> args)
{
    const auto type = std::holds_alternative<api::PcapArgs>(args) ? Type::Pcap : Type::Diag;
    api::CommandOrder command{.deviceId = device.deviceId,
                              .userEmail = device.email,
                              .registrationId = {},
                              .args = std::move(args)};
    if (!device.registrationId.isEmpty())
        command.registrationId = device.registrationId;
    return {.device = device, .type = type, .command = std::move(command)};
}

QList<qsizetype> nextRequest(const QList<Order>& orders, const QList<qsizetype>& open,
                             const Occupied& occupied)
{
    QList<qsizetype> result;
    Occupied taken;
    Request request;
    for (const auto index : open) {
        const auto& order = orders[index];
        if (occupied.blocks(order) || taken.blocks(order))
            continue;
        if (!request.take(order))
            break;
        taken.add(order);
        result << index;
    }
    return result;
}

Plan planRun(const QList<devices::Device>& devices, const Options& options, const Situation& situation,
             const Choices& choices)
{
    Planner planner(situation, choices);
    planner.plan().options = options;
    DeviceSet seen;
    for (const auto& device : devices) {
        const auto key = identity(device);
        if (seen.contains(key)) {
            planner.leaveOut(device, Text::tr("named twice"));
            continue;
        }
        seen.insert(key);
        if (const auto obstacle = device.obstacle(); !obstacle.isEmpty() && !isAwaited(device)) {
            planner.leaveOut(device, obstacle);
            continue;
        }
        // On one device the packet capture goes first: the logs of the diagnostics then cover it.
        if (options.pcap && planner.wants(Type::Pcap))
            planner.add(orderFor(device, *options.pcap));
        if (options.diag && planner.wants(Type::Diag))
            planner.add(orderFor(device, *options.diag));
    }
    return planner.finished();
}

Plan planOrders(const QList<Order>& orders, const Situation& situation, const Choices& choices)
{
    Planner planner(situation, choices);
    for (const auto& order : orders) {
        if (const auto* pcap = std::get_if<api::PcapArgs>(&order.command.args))
            planner.plan().options.pcap = *pcap;
        else
            planner.plan().options.diag = std::get<api::DiagArgs>(order.command.args);
        const auto obstacle = order.device.obstacle();
        if (!obstacle.isEmpty() && !isAwaited(order.device))
            planner.leaveOut(order.device, obstacle);
        else if (planner.wants(order.type))
            planner.add(order);
    }
    return planner.finished();
}

std::chrono::seconds usualDuration(const api::CommandOrder& command)
{
    // Estimates: the recording itself, then the zip's way over an ordinary line; a diagnostic takes some two
    // minutes, and one more with all routes.
    using namespace std::chrono;
    constexpr seconds upload{90};
    if (const auto* pcap = std::get_if<api::PcapArgs>(&command.args)) {
        const auto minutes = pcap->timeLimitMin.value_or(field(Number::TimeLimit).serviceDefault);
        return seconds(qint64(minutes * 60)) + upload;
    }
    const auto& diag = std::get<api::DiagArgs>(command.args);
    return diag.testAllRoutes.value_or(true) ? minutes(3) + upload : minutes(2) + upload;
}

} // namespace captures
