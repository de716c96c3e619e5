// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/options/reviewtext.h"

#include <algorithm>

#include <QHash>
#include <QSet>

#include "captures/capture.h"
#include "captures/numbertext.h"
#include "captures/tr.h"
#include "ui/common/text.h"
#include "ui/common/tr.h"

namespace ui {

namespace {

constexpr qsizetype mostLines = 500;
constexpr qsizetype longestName = 60; ///< of a device or a user, beside others
constexpr qsizetype shortName = 30;   ///< of a device, beside its user and a remark
constexpr qsizetype shortUser = 40;
constexpr qsizetype mostNamed = 2;

/// Elides in the middle, because the end of a name distinguishes devices as well as its beginning.
QString elided(const QString& text, qsizetype most)
{
    const auto line = oneLine(text);
    if (line.size() <= most)
        return shown(text);
    return shown(line.left(most / 2) + u'…' + line.right(most - most / 2 - 1));
}

QString userOf(const devices::Device& device, qsizetype name = longestName, qsizetype user = longestName)
{
    const auto email = elided(device.email, user);
    if (email.isEmpty())
        return elided(device.name.isEmpty() ? device.deviceId : device.name, longestName);
    return device.name.isEmpty() ? email : Text::tr("%1 · %2").arg(elided(device.name, name), email);
}

devices::Key keyOf(const devices::Device& device)
{
    auto key = device.key();
    if (key.deviceId.isEmpty())
        key.deviceId = devices::hostName(device.name);
    return key;
}

/// Calls `act` once for each device, in order.
template<class Act>
void eachDevice(const QList<captures::Order>& orders, QSet<devices::Key>& seen, Act act)
{
    for (const auto& order : orders) {
        const auto key = keyOf(order.device);
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

QString sinceText(const captures::Busy& busy)
{
    return busy.command.created ? Text::tr("since %1").arg(clock(*busy.command.created))
                                : Text::tr("since a time that is not known");
}

/// Start and expected end of a running capture, as far as they are known.
QString during(const captures::Busy& busy)
{
    const auto since = sinceText(busy);
    return busy.until ? Text::tr("%1, usually until %2").arg(since, clock(*busy.until))
                      : Text::tr("%1, its end is not known").arg(since);
}

QList<devices::Device> devicesOf(const captures::Plan& plan)
{
    QList<devices::Device> devices;
    for (const auto* orders : {&plan.orders, &plan.awaited}) {
        for (const auto& order : *orders)
            devices << order.device;
    }
    for (const auto& followed : plan.followed)
        devices << followed.order.device;
    return devices;
}

/// When the captures are sent for which today's quota does not suffice.
QString laterText(const captures::Plan& plan)
{
    const auto& today = *plan.today;
    const auto others = int(plan.later);
    if (!plan.lastDay)
        return Text::tr("%n wait: no day has captures for them.", nullptr, others);
    if (*plan.lastDay <= today.reset)
        return Text::tr("%n go by themselves after %1.", nullptr, others).arg(clock(today.reset));
    return Text::tr("%n go by themselves on the days after, at most %1 a day; the last of them go "
                    "after %2.",
                    nullptr, others)
        .arg(today.perDay)
        .arg(clockAndDate(*plan.lastDay));
}

QString turnsText(const captures::Turns& turns)
{
    QStringList reasons;
    if (turns.running)
        reasons << Text::tr("a capture is running on their device");
    if (turns.windows)
        reasons << Text::tr("a Windows device runs one capture at a time");
    if (turns.users)
        reasons << Text::tr("two users of one device go one after the other");
    if (turns.type)
        reasons << Text::tr("two captures of one type go one after the other");
    return reasons.join(QStringLiteral("; "));
}

} // namespace

Count countOf(const QList<devices::Device>& devices)
{
    QSet<devices::Key> users;
    QSet<QString> machines;
    for (const auto& device : devices) {
        const auto key = keyOf(device);
        users.insert(key);
        // A device with neither ID nor name is identified by its user.
        machines.insert(key.deviceId.isEmpty() ? key.email : key.deviceId);
    }
    return {.devices = int(machines.size()), .users = int(users.size())};
}

Count countOf(const captures::Plan& plan)
{
    return countOf(devicesOf(plan));
}

QString countText(const Count& count)
{
    const auto devices = Text::tr("%n devices", nullptr, count.devices);
    return count.users == count.devices
               ? devices
               : Text::tr("%1 (%2)").arg(devices, Text::tr("%n users", nullptr, count.users));
}

QList<DeviceLine> deviceLines(const captures::Plan& plan)
{
    QHash<devices::Key, QString> since;
    for (const auto& busy : plan.busy)
        since.insert(busy.device.key(), sinceText(busy));
    QSet<devices::Key> followed;
    for (const auto& one : plan.followed)
        followed.insert(one.order.device.key());
    QList<DeviceLine> lines;
    const auto add = [&lines](const captures::Order& order, const QString& remark, bool warns) {
        const auto end = attempt(order) + (remark.isEmpty() ? QString() : Text::tr(" · %1").arg(remark));
        const auto& device = order.device;
        lines << DeviceLine{.text = userOf(device, shortName, shortUser) + end,
                            .whole = userOf(device, device.name.size(), device.email.size()) + end,
                            .warns = warns};
    };
    QSet<devices::Key> seen;
    eachDevice(plan.orders, seen, [&](const captures::Order& order) {
        const auto key = order.device.key();
        QStringList remarks;
        if (const auto away = captures::absence(order.device); !away.isEmpty())
            remarks << Text::tr("%1: will probably fail").arg(shown(away));
        if (followed.contains(key))
            remarks << Text::tr("follows the one running %1").arg(since.value(key));
        else if (plan.after.contains(key))
            remarks << Text::tr("after the one running %1").arg(since.value(key));
        add(order, remarks.join(QStringLiteral("; ")), !remarks.isEmpty());
    });
    eachDevice(plan.awaited, seen, [&](const captures::Order& order) {
        add(order, Text::tr("%1: waits until it is connected").arg(shown(captures::absence(order.device))),
            true);
    });
    for (const auto& one : plan.followed) {
        const auto key = keyOf(one.order.device);
        if (seen.contains(key))
            continue;
        seen.insert(key);
        add(one.order, Text::tr("follows the one running %1").arg(since.value(one.order.device.key())), true);
    }
    std::ranges::stable_partition(lines, [](const DeviceLine& line) { return line.warns; });
    if (lines.size() > mostLines) {
        const auto more = Text::tr("and %n more", nullptr, int(lines.size() - mostLines));
        lines.resize(mostLines);
        lines << DeviceLine{.text = more, .whole = more};
    }
    return lines;
}

QString optionsText(const captures::Plan& plan)
{
    // Captures that are only followed have other options.
    const auto sends = [&plan](captures::Type type) {
        const auto isIt = [type](const captures::Order& order) { return order.type == type; };
        return std::ranges::any_of(plan.orders, isIt) || std::ranges::any_of(plan.awaited, isIt);
    };
    auto options = plan.options;
    if (!sends(captures::Type::Pcap))
        options.pcap.reset();
    if (!sends(captures::Type::Diag))
        options.diag.reset();
    QStringList parts;
    if (options.types() > 0)
        parts << options.summary();
    QStringList followed;
    for (const auto& one : plan.followed) {
        captures::Capture capture;
        capture.order = one.order;
        capture.followed = one.command.args.value_or(
            one.order.type == captures::Type::Pcap ? api::Args(api::PcapArgs{}) : api::Args(api::DiagArgs{}));
        if (const auto text = captures::summary(capture); !followed.contains(text))
            followed << text;
    }
    if (!followed.isEmpty())
        parts << Text::tr("followed: %1").arg(followed.join(QStringLiteral("; ")));
    return parts.join(QStringLiteral("; "));
}

QStringList leftOutLines(const captures::Plan& plan)
{
    QStringList lines;
    for (const auto& one : plan.leftOut)
        lines << Text::tr("%1: %2").arg(userOf(one.device), shown(one.reason));
    return lines;
}

QStringList factLines(const captures::Plan& plan)
{
    QStringList lines;
    const auto uses = int(plan.orders.size());
    if (uses == 0 && plan.awaited.isEmpty() && plan.followed.isEmpty())
        return {Text::tr("All of them are left out. Nothing is started.")};
    const auto& today = plan.today;
    if (uses == 0) {
        lines << Text::tr("Uses no captures now.");
    } else if (!today) {
        lines << Text::tr("Uses %n captures; how many are left today is not known.", nullptr, uses);
    } else if (plan.later > 0) {
        lines << Text::tr("Needs %n captures; %1 may be started today. %2", nullptr, uses)
                     .arg(uses - plan.later)
                     .arg(laterText(plan));
    } else {
        lines << Text::tr("Uses %n captures, leaves %1 until %2.", nullptr, uses)
                     .arg(today->free() - uses)
                     .arg(clock(today->reset));
    }
    if (today && uses > 0) {
        // Explains why the number above is smaller than the number at the top of the window.
        QStringList others;
        if (today->promised() > 0)
            others << Text::tr("%n are promised to %1", nullptr, int(today->promised()))
                          .arg(shown(today->promisedTo.join(QStringLiteral(", ")), longestName));
        if (today->kept > 0)
            others << Text::tr("%n are kept for colleagues", nullptr,
                               int(std::min(today->kept, today->left)));
        if (!others.isEmpty())
            lines << Text::tr("%n captures are left today: %1.", nullptr, int(today->left))
                         .arg(others.join(QStringLiteral(", ")));
    }
    if (!plan.awaited.isEmpty())
        lines << Text::tr(
            "Each device that is waited for uses its captures when it appears. Diagnostics then start "
            "by themselves; a packet capture asks first.");
    if (plan.readyBy)
        lines << (plan.waves > 1 ? Text::tr("Ready about %1, in %n rounds.", nullptr, plan.waves)
                                 : Text::tr("Ready about %1."))
                     .arg(clockAndDate(*plan.readyBy));
    if (plan.waiting > 0)
        lines << Text::tr("%n wait their turn: %1.", nullptr, plan.waiting).arg(turnsText(plan.turns));
    if (plan.dropped.contains(QLatin1StringView("interfaces")))
        lines << Text::tr("The choice of interfaces is not sent: this connection's request format has none.");
    return lines;
}

QStringList warningLines(const captures::Plan& plan)
{
    QStringList lines;
    int away = 0;
    QSet<devices::Key> seen;
    eachDevice(plan.orders, seen, [&away](const captures::Order& order) {
        away += captures::absence(order.device).isEmpty() ? 0 : 1;
    });
    if (away > 0)
        lines << Text::tr(
            "%n are not connected: a capture there usually fails after 10 minutes, and is used up.", nullptr,
            away);
    const auto form = captures::OptionsForm::from(plan.options);
    for (const auto number :
         {captures::Number::TimeLimit, captures::Number::FileSize, captures::Number::PacketSize}) {
        if (const auto warning = form.warning(number); !warning.isEmpty())
            lines << Text::tr("%1: %2").arg(captures::Text::tr(captures::field(number).label), warning);
    }
    if (form.fitsLittle())
        lines << form.sizeText();
    return lines;
}

QString busyText(const captures::Plan& plan)
{
    QStringList parts;
    for (const auto& busy : plan.busy) {
        if (parts.size() == mostNamed)
            break;
        const auto& device = busy.device;
        parts << Text::tr("%1 %2").arg(
            elided(device.name.isEmpty() ? device.deviceId : device.name, shortName), during(busy));
    }
    if (const auto more = plan.busy.size() - parts.size(); more > 0)
        parts << Text::tr("and %n more", nullptr, int(more));
    return parts.join(QStringLiteral("; "));
}

QString absencesText(const captures::Plan& plan)
{
    QStringList parts;
    for (auto reason = plan.absences.begin(); reason != plan.absences.end(); ++reason)
        parts << Text::tr("%1 %2").arg(reason.value()).arg(shown(reason.key()));
    return parts.join(QStringLiteral(", "));
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
    const auto run = Text::tr("Run %n captures", nullptr, now);
    return awaited > 0 ? Text::tr("%1, wait for %2").arg(run, Text::tr("%n devices", nullptr, awaited)) : run;
}

} // namespace ui
