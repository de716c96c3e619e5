// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/options/reviewtext.h"

#include <algorithm>

#include <QSet>

#include "captures/numbertext.h"
#include "ui/common/text.h"
#include "ui/common/tr.h"

namespace ui {

namespace {

constexpr qsizetype mostLines = 500;
constexpr qsizetype longestName = 60; ///< of a device or a user, beside others

QString userOf(const devices::Device& device)
{
    const auto email = shown(device.email, longestName);
    if (email.isEmpty())
        return shown(device.name.isEmpty() ? device.deviceId : device.name, longestName);
    return device.name.isEmpty() ? email : Text::tr("%1 · %2").arg(shown(device.name, longestName), email);
}

/// Calls once for each device, in order.
template<class Act>
void eachDevice(const QList<captures::Order>& orders, QSet<devices::Key>& seen, Act act)
{
    for (const auto& order : orders) {
        auto key = order.device.key();
        if (key.deviceId.isEmpty())
            key.deviceId = order.device.name;
        if (!seen.contains(key)) {
            seen.insert(key);
            act(order);
        }
    }
}

QString attempt(const captures::Order& order)
{
    return order.attempt > 1 ? Text::tr(" · attempt %1").arg(order.attempt) : QString();
}

} // namespace

QStringList deviceLines(const captures::Plan& plan)
{
    QStringList lines;
    QSet<devices::Key> seen;
    eachDevice(plan.orders, seen, [&lines](const captures::Order& order) {
        lines << userOf(order.device) + attempt(order) +
                     (order.device.isConnected() ? QString()
                                                 : Text::tr(" · disconnected: will probably fail"));
    });
    eachDevice(plan.awaited, seen, [&lines](const captures::Order& order) {
        lines << userOf(order.device) + attempt(order) + Text::tr(" · waits until it is connected");
    });
    for (const auto& followed : plan.followed)
        lines << userOf(followed.order.device) + Text::tr(" · followed, not started again");
    if (lines.size() > mostLines) {
        const auto more = lines.size() - mostLines;
        lines.resize(mostLines);
        lines << Text::tr("and %n more", nullptr, int(more));
    }
    return lines;
}

qsizetype deviceCount(const captures::Plan& plan)
{
    QSet<devices::Key> seen;
    const auto nothing = [](const captures::Order&) {};
    eachDevice(plan.orders, seen, nothing);
    eachDevice(plan.awaited, seen, nothing);
    for (const auto& followed : plan.followed)
        seen.insert(followed.order.device.key());
    return seen.size();
}

QStringList leftOutLines(const captures::Plan& plan)
{
    QStringList lines;
    for (const auto& one : plan.leftOut)
        lines << Text::tr("%1: %2").arg(userOf(one.device), shown(one.reason));
    return lines;
}

QStringList factLines(const captures::Plan& plan, const std::optional<api::Quota>& quota,
                      std::optional<qint64> left)
{
    QStringList lines;
    const auto uses = int(plan.orders.size());
    if (uses == 0 && plan.awaited.isEmpty() && plan.followed.isEmpty())
        return {Text::tr("All of them are left out. Nothing is started.")};
    if (uses == 0)
        lines << Text::tr("Uses no captures now.");
    else if (!quota || !left)
        lines << Text::tr("Uses %n captures; how many are left today is not known.", nullptr, uses);
    else if (plan.later > 0)
        lines << Text::tr(
                     "Needs %n captures; %1 may be started today. The other %2 go by themselves after %3.",
                     nullptr, uses)
                     .arg(*left)
                     .arg(plan.later)
                     .arg(clock(quota->reset));
    else
        lines << Text::tr("Uses %n captures, leaves %1 until %2.", nullptr, uses)
                     .arg(quota->left() - uses)
                     .arg(clock(quota->reset));
    if (quota && left && quota->left() > *left)
        lines << Text::tr("Kept for colleagues: %1.").arg(quota->left() - *left);
    if (!plan.awaited.isEmpty())
        lines << Text::tr(
            "Each device that is waited for uses its captures when it appears. Diagnostics then start "
            "by themselves; a packet capture asks first.");
    if (plan.readyBy)
        lines << (plan.waves > 1 ? Text::tr("Ready about %1, in %n rounds.", nullptr, plan.waves)
                                 : Text::tr("Ready about %1."))
                     .arg(clockAndDate(*plan.readyBy));
    if (plan.waiting > 0)
        lines << Text::tr(
            "%n wait their turn: a Windows device runs one capture at a time, and two users of one "
            "device go one after the other.",
            nullptr, plan.waiting);
    if (plan.dropped.contains(QLatin1StringView("interfaces")))
        lines << Text::tr("The choice of interfaces is not sent: this connection's request format has none.");
    return lines;
}

QString warningOf(const captures::Plan& plan)
{
    const auto& options = plan.options;
    const auto end = Text::tr("Capture Desk does not tell the user. Once sent, it cannot be stopped.");
    const auto isPcap = [](const captures::Order& order) { return order.type == captures::Type::Pcap; };
    if (!options.pcap ||
        (std::ranges::none_of(plan.orders, isPcap) && std::ranges::none_of(plan.awaited, isPcap)))
        return Text::tr("Uploads diagnostics over the user's connection. %1").arg(end);
    const auto minutes =
        options.pcap->timeLimitMin.value_or(captures::field(captures::Number::TimeLimit).serviceDefault);
    const auto megabytes =
        options.pcap->maxFileSizeMb.value_or(captures::field(captures::Number::FileSize).serviceDefault);
    const auto isWindows = [&isPcap](const captures::Order& order) {
        return isPcap(order) && order.device.isWindows();
    };
    const bool windows =
        std::ranges::any_of(plan.orders, isWindows) || std::ranges::any_of(plan.awaited, isWindows);
    const auto hint =
        windows
            ? u' ' + Text::tr("On Windows it fails while another capture tool, such as pktmon, is at work.")
            : QString();
    return Text::tr("Records network traffic for %1 min; uploads up to %2 MB per device over the user's "
                    "connection. %3")
               .arg(captures::numberText(minutes), captures::numberText(megabytes), end) +
           hint;
}

QString requestLines(const captures::Plan& plan)
{
    if (plan.requests.isEmpty())
        return Text::tr("Nothing is sent now.");
    QStringList sizes;
    for (const auto& request : plan.requests.first(std::min<qsizetype>(plan.requests.size(), 30)))
        sizes << QString::number(request.size());
    if (sizes.size() < plan.requests.size())
        sizes << QStringLiteral("…");
    return Text::tr("%n requests", nullptr, int(plan.requests.size())) +
           Text::tr(" in %n rounds", nullptr, plan.waves) +
           Text::tr(", with so many captures each: %1").arg(sizes.join(QStringLiteral(", ")));
}

QString runText(const captures::Plan& plan)
{
    const auto now = int(plan.orders.size());
    QSet<devices::Key> seen;
    eachDevice(plan.awaited, seen, [](const captures::Order&) {});
    const auto awaited = int(seen.size());
    if (now == 0 && awaited > 0)
        return Text::tr("Wait for %n devices", nullptr, awaited);
    if (now == 0 && !plan.followed.isEmpty())
        return Text::tr("Follow %n captures", nullptr, int(plan.followed.size()));
    return awaited > 0 ? Text::tr("Run %n captures, wait for %1", nullptr, now).arg(awaited)
                       : Text::tr("Run %n captures", nullptr, now);
}

} // namespace ui
