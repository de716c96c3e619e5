// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/plan.h"

#include <algorithm>
#include <numeric>
#include <span>

#include <QHash>
#include <QSet>

#include "captures/tr.h"
#include "captures/occupied.h"

namespace captures {

namespace {

/// \brief A request that is being filled.
class Request {
public:
    /// \returns whether the request had room for the order
    bool take(const Order& order)
    {
        // The contract limits rows of device and registration; the types on a row do not count.
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

/// Captures in progress, by device.
class Running {
public:
    Running(const QList<api::Command>& others, const QList<api::Command>& own)
    {
        for (const auto& command : others) {
            m_others[command.deviceId] << command;
            add(command);
        }
        for (const auto& command : own)
            add(command);
    }

    [[nodiscard]] const Occupied& occupied() const { return m_occupied; }
    /// A capture of somebody else with the same device, user and type.
    [[nodiscard]] std::optional<api::Command> like(const Order& order) const
    {
        for (const auto& command : m_others.value(order.device.deviceId)) {
            const bool sameUser = !command.userEmail ||
                                  command.userEmail->compare(order.device.email, Qt::CaseInsensitive) == 0;
            if (sameUser && command.type == api::typeName(order.command))
                return command;
        }
        return std::nullopt;
    }
    /// \pre something is running on the device
    [[nodiscard]] Busy on(const devices::Device& device) const
    {
        std::optional<Busy> last;
        for (const auto& command : m_all.value(device.deviceId)) {
            const auto usual = usualDuration(command);
            std::optional<QDateTime> until;
            if (usual && command.created)
                until = command.created->addSecs(usual->count());
            if (!last || (last->until && (!until || *until > *last->until)))
                last = Busy{.device = device, .command = command, .until = until};
        }
        return last.value_or(Busy{.device = device, .command = {}, .until = {}});
    }

private:
    void add(const api::Command& command)
    {
        m_all[command.deviceId] << command;
        m_occupied.add(command);
    }

    QHash<QString, QList<api::Command>> m_all, m_others;
    Occupied m_occupied;
};

/// Remaining time of the capture on a device: until its estimated end; if that is unknown, until the longest
/// capture of its type would end.
std::chrono::seconds remaining(const Busy& busy, const QDateTime& now)
{
    using namespace std::chrono;
    const auto longest =
        usualDuration(busy.command.type == QLatin1StringView("pcap")
                          ? api::Args(api::PcapArgs{.timeLimitMin = field(Number::TimeLimit).ceiling})
                          : api::Args(api::DiagArgs{}));
    if (!busy.until)
        return busy.command.created
                   ? std::clamp(longest - seconds(busy.command.created->secsTo(now)), seconds(0), longest)
                   : longest;
    return std::max(seconds(0), seconds(now.secsTo(*busy.until)));
}

/// \brief The daily quota while planning: what remains today without the part of earlier runs, then what each
/// reset adds.
class Budget {
public:
    explicit Budget(const std::optional<Allowance>& today)
        : m_limited(today.has_value())
    {
        if (!m_limited)
            return;
        m_today = *today;
        m_left = m_today.free();
        m_ahead = m_today.queued - m_today.promised();
    }

    [[nodiscard]] bool isEmpty() const { return m_limited && m_left <= 0; }
    void use() { --m_left; }
    /// If no captures remain, advances to the next day that has some.
    /// \returns when captures are available; nullopt if never
    [[nodiscard]] std::optional<QDateTime> refill(QDateTime at)
    {
        if (m_today.perDay <= 0)
            return std::nullopt;
        while (isEmpty()) {
            at = std::max(at, m_today.reset);
            m_begun = m_today.reset;
            const auto first = std::min(m_ahead, m_today.perDay);
            m_ahead -= first;
            m_left = m_today.perDay - first;
            m_today.reset = m_today.reset.addDays(1);
        }
        return at;
    }
    /// The last reset that was passed; nullopt while today's quota lasts.
    [[nodiscard]] const std::optional<QDateTime>& begun() const { return m_begun; }

private:
    bool m_limited;
    std::optional<QDateTime> m_begun;
    Allowance m_today;
    qint64 m_left = 0;
    qint64 m_ahead = 0; ///< captures of earlier runs that do not fit into today either
};

/// Records why an order cannot be sent at once.
/// \param first the orders sent before it, or with it
void addTurn(Turns& turns, const Order& order, const Running& running, std::span<const Order> first)
{
    const auto isBefore = [&](bool (*differs)(const Order&, const Order&)) {
        return std::ranges::any_of(first, [&](const Order& other) {
            return other.device.deviceId == order.device.deviceId && differs(other, order);
        });
    };
    if (running.occupied().blocks(order))
        turns.running = true;
    else if (order.device.isWindows())
        turns.windows = true;
    else if (isBefore([](const Order& a, const Order& b) {
                 return a.device.registrationId != b.device.registrationId;
             }))
        turns.users = true;
    else
        turns.type = true;
}

/// Splits the orders into requests, in waves: an order that is blocked now is sent when all captures of the
/// previous waves have ended, or on the day after.
void split(Plan& plan, const Running& running, const Situation& situation)
{
    QList<qsizetype> open(plan.orders.size());
    std::iota(open.begin(), open.end(), 0);
    auto busy = running.occupied();
    Budget budget(situation.today);
    std::optional<QDateTime> at = situation.now;
    for (; !open.isEmpty(); busy = {}) {
        if (budget.isEmpty()) {
            if (at)
                at = budget.refill(*at);
            if (!at)
                budget = Budget({}); // no day has quota: compute the split without a limit
        }
        QList<qsizetype> later;
        Request request;
        std::chrono::seconds longest{0};
        int blocked = 0;
        const auto before = plan.requests.size();
        for (const auto index : std::as_const(open)) {
            const auto& order = plan.orders[index];
            if (busy.blocks(order)) {
                ++blocked;
                if (plan.waves == 0)
                    addTurn(plan.turns, order, running, std::span(plan.orders).first(size_t(index)));
                if (running.occupied().blocks(order) && plan.waves == 0)
                    longest = std::max(longest, remaining(running.on(order.device), situation.now));
                later << index;
                continue;
            }
            if (budget.isEmpty()) {
                later << index;
                continue;
            }
            budget.use();
            if (plan.requests.size() == before || !request.take(order)) {
                request = {};
                request.take(order);
                plan.requests << QList<qsizetype>();
            }
            plan.requests.last() << index;
            busy.add(order);
            longest = std::max(longest, usualDuration(order.command.args));
        }
        if (plan.waves == 0)
            plan.waiting = blocked;
        ++plan.waves;
        if (at)
            at = at->addSecs(longest.count());
        open = std::move(later);
    }
    if (!plan.orders.isEmpty())
        plan.readyBy = at;
    if (at && plan.later > 0)
        plan.lastDay = budget.begun();
}

using DeviceSet = QSet<devices::Key>;

/// The key of a device; a device without an ID is identified by its name.
devices::Key identity(const devices::Device& device)
{
    auto key = device.key();
    if (key.deviceId.isEmpty())
        key.deviceId = devices::hostName(device.name);
    return key;
}

/// Whether the service does not list the device.
bool isUnseen(const devices::Device& device)
{
    return device.standing == devices::Standing::NotSeen || device.deviceId.isEmpty();
}

/// Whether the device can be sent a capture: that needs an ID and a user.
bool isAskable(const devices::Device& device)
{
    return !device.deviceId.isEmpty() && !device.email.isEmpty();
}

/// Limits the plan to today's quota, as the operator chose.
void limit(Plan& plan, const Situation& situation, Choices::Amount amount)
{
    if (!situation.today)
        return;
    const auto left = situation.today->free();
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

/// Builds a `Plan`, one order at a time.
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
        if (const auto why = absence(order.device); !why.isEmpty()) {
            if (!std::exchange(m_offline[key], true)) {
                ++m_plan.absences[why];
                m_plan.askable += isAskable(order.device) ? 1 : 0;
            }
            switch (m_choices.offline) {
            case Choices::Offline::Wait: m_plan.awaited << order; return;
            case Choices::Offline::LeaveOut: leaveOutOnce(key, order.device, why); return;
            case Choices::Offline::RunAnyway:
                if (!isAskable(order.device)) {
                    leaveOutOnce(key, order.device,
                                 order.device.deviceId.isEmpty()
                                     ? Text::tr("%1, and its ID is not known").arg(why)
                                     : Text::tr("%1, and its user is not known").arg(why));
                    return;
                }
                break;
            }
        }
        if (!m_running.occupied().blocks(order)) {
            m_plan.orders << order;
            return;
        }
        if (!std::exchange(m_busy[key], true))
            m_plan.busy << m_running.on(order.device);
        const auto like = m_running.like(order);
        m_plan.followable += like ? 1 : 0;
        switch (m_choices.running) {
        case Choices::Running::StartAfter: sendAfter(order); return;
        case Choices::Running::Follow:
            if (like)
                m_plan.followed << Followed{order, *like};
            else
                sendAfter(order);
            return;
        case Choices::Running::LeaveOut:
            leaveOutOnce(key, order.device, Text::tr("a capture is running on it"));
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
        m_plan.today = m_situation.today;
        split(m_plan, m_running, m_situation);
        return std::move(m_plan);
    }

    Plan& plan() { return m_plan; }

private:
    void sendAfter(const Order& order)
    {
        m_plan.after.insert(order.device.key());
        m_plan.orders << order;
    }

    void leaveOutOnce(const devices::Key& key, const devices::Device& device, const QString& reason)
    {
        if (m_left.contains(key))
            return;
        m_left.insert(key);
        leaveOut(device, reason);
    }

    const Situation& m_situation;
    const Choices& m_choices;
    Running m_running;
    Plan m_plan;
    QHash<devices::Key, bool> m_offline, m_busy;
    DeviceSet m_left;
};

} // namespace

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
        if (const auto obstacle = device.obstacle(); !obstacle.isEmpty() && !isUnseen(device)) {
            planner.leaveOut(device, obstacle);
            continue;
        }
        // The packet capture of a device goes first, so that the logs of the diagnostics cover it.
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
        if (!obstacle.isEmpty() && !isUnseen(order.device))
            planner.leaveOut(order.device, obstacle);
        else if (planner.wants(order.type))
            planner.add(order);
    }
    return planner.finished();
}

QString absence(const devices::Device& device)
{
    if (isUnseen(device))
        return Text::tr("not seen in the last hour");
    const auto status = device.status.toLower();
    if (device.isConnected() || status.isEmpty())
        return {};
    if (status == QLatin1StringView("disconnected"))
        return Text::tr("disconnected");
    return status == QLatin1StringView("paused") ? Text::tr("paused") : status;
}

int Plan::offline() const
{
    return std::accumulate(absences.begin(), absences.end(), 0);
}

} // namespace captures
