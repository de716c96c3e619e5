// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/plan.h"

#include <algorithm>
#include <numeric>

#include <QCoreApplication>
#include <QHash>

namespace captures {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("captures", text);
}

/// What makes a row of a request: the contract limits rows of device and registration, not types.
using Row = std::pair<QString, QString>;

Row rowOf(const Order& order)
{
    return {order.device.deviceId, order.device.registrationId};
}

/// Splits all orders into requests, in waves: what cannot go now goes when all that went before has ended.
void split(Plan& plan, const QDateTime& now)
{
    QList<qsizetype> open(plan.orders.size());
    std::iota(open.begin(), open.end(), 0);
    std::chrono::seconds total{0};
    for (bool first = true; !open.isEmpty(); first = false) {
        if (!first && plan.waiting == 0)
            plan.waiting = int(open.size());
        QSet<QString> busy;
        std::chrono::seconds longest{0};
        for (auto request = nextRequest(plan.orders, open, busy); !request.isEmpty();
             request = nextRequest(plan.orders, open, busy)) {
            for (const auto index : std::as_const(request)) {
                const auto& order = plan.orders[index];
                if (order.device.isWindows())
                    busy.insert(order.device.deviceId);
                longest = std::max(longest, usualDuration(order.command));
            }
            open.removeIf([&request](qsizetype index) { return std::ranges::binary_search(request, index); });
            plan.requests << request;
        }
        total += longest;
    }
    if (!plan.orders.isEmpty())
        plan.readyBy = now.addSecs(total.count());
}

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
                             const QSet<QString>& busy)
{
    QList<qsizetype> request;
    QSet<Row> rows;
    QSet<QString> taken;
    for (const auto index : open) {
        if (request.size() == api::maxCommandsPerPost)
            break;
        const auto& order = orders[index];
        const bool windows = order.device.isWindows();
        if (windows && (busy.contains(order.device.deviceId) || taken.contains(order.device.deviceId)))
            continue;
        const auto row = rowOf(order);
        if (!rows.contains(row) && rows.size() == api::maxDevicesPerPost)
            continue;
        rows.insert(row);
        if (windows)
            taken.insert(order.device.deviceId);
        request << index;
    }
    return request;
}

Plan planRun(const QList<devices::Device>& devices, const Options& options, api::Format format,
             const QDateTime& now)
{
    Plan plan;
    plan.options = options;
    QSet<devices::Key> seen;
    for (const auto& device : devices) {
        if (seen.contains(device.key())) {
            plan.leftOut << LeftOut{device, tr("named twice")};
            continue;
        }
        seen.insert(device.key());
        if (const auto obstacle = device.obstacle(); !obstacle.isEmpty()) {
            plan.leftOut << LeftOut{device, obstacle};
            continue;
        }
        // On one device the packet capture goes first: the logs of the diagnostics then cover it.
        if (options.pcap)
            plan.orders << orderFor(device, *options.pcap);
        if (options.diag)
            plan.orders << orderFor(device, *options.diag);
    }
    for (const auto& order : std::as_const(plan.orders)) {
        for (const auto& name : api::droppedBy(format, order.command)) {
            if (!plan.dropped.contains(name))
                plan.dropped << name;
        }
    }
    split(plan, now);
    return plan;
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
