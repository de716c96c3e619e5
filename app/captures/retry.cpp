// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/retry.h"

#include <QSet>

#include "captures/presets.h"
#include "captures/tr.h"

namespace captures {

namespace {

/// Created on each call, because its name is in the window's language, which may change.
Preset heavyTraffic()
{
    return presets().at(presetHeavyTraffic);
}

/// The client was disconnected: without a wait the next attempt would fail, too.
bool waitsFirst(const Capture& capture)
{
    return capture.state == State::Failed && likelyCause(capture) == Cause::Disconnected;
}

} // namespace

bool canRepeat(State state)
{
    switch (state) {
    case State::NothingUploaded:
    case State::Failed:
    case State::Refused:
    case State::NotStarted:
    case State::Cancelled: return true;
    case State::WaitingDevice:
    case State::WaitingTurn:
    case State::Sending:
    case State::Checking:
    case State::OnDevice:
    case State::Uploading:
    case State::Ready:
    case State::Deleted: return false;
    }
    Q_UNREACHABLE();
}

QString improvement(const Capture& capture)
{
    if (waitsFirst(capture))
        return Text::tr("Wait until the device is connected.");
    if (capture.state != State::NothingUploaded)
        return {};
    if (capture.order.type == Type::Pcap)
        return capture.order.command.args ==
                       decltype(capture.order.command.args)(*heavyTraffic().options.pcap)
                   ? QString()
                   : Text::tr("Record less: as in “%1”, %2.")
                         .arg(heavyTraffic().name, heavyTraffic().options.summary());
    const auto& diag = std::get<api::DiagArgs>(capture.order.command.args);
    return diag.testAllRoutes.value_or(true) ? Text::tr("Diagnostics without testing every route.")
                                             : QString();
}

QString repeatText(const Capture& capture)
{
    if (capture.state == State::NotStarted)
        return Text::tr("Send again…");
    if (waitsFirst(capture))
        return Text::tr("Wait for device…");
    if (capture.state == State::Failed && likelyCause(capture) == Cause::Busy)
        return Text::tr("Run when free…");
    if (capture.state == State::NothingUploaded && capture.order.type == Type::Pcap &&
        !improvement(capture).isEmpty())
        return Text::tr("Use “%1”…").arg(heavyTraffic().name);
    return Text::tr("Run again…");
}

Order repeatOf(const Capture& capture, bool improve)
{
    auto order = capture.order;
    order.origin = capture.id;
    ++order.attempt;
    if (!improve || improvement(capture).isEmpty())
        return order;
    if (waitsFirst(capture))
        order.device.standing = devices::Standing::NotSeen;
    else if (order.type == Type::Pcap)
        order.command.args = *heavyTraffic().options.pcap;
    else
        order.command.args = api::DiagArgs{.testAllRoutes = false};
    return order;
}

Attempts::Attempts(const QList<Capture>& all)
    : m_all(all)
{
    m_indexes.reserve(all.size());
    for (qsizetype i = 0; i < all.size(); ++i) {
        m_indexes.insert(all[i].id, i);
        if (all[i].order.origin != 0 && all[i].state != State::Cancelled)
            m_repeats.insert(all[i].order.origin, i);
    }
}

const Capture& Attempts::latest(const Capture& capture) const
{
    const auto* found = &capture;
    for (auto next = m_repeats.find(found->id); next != m_repeats.end(); next = m_repeats.find(found->id))
        found = &m_all[*next];
    return *found;
}

QList<qint64> Attempts::repeatable(const QList<qint64>& ids) const
{
    QList<qint64> result;
    QSet<qint64> known;
    for (const auto id : ids) {
        const auto index = m_indexes.find(id);
        if (index == m_indexes.end())
            continue;
        const auto& last = latest(m_all[*index]);
        if (canRepeat(last.state) && !known.contains(last.id)) {
            known.insert(last.id);
            result << last.id;
        }
    }
    return result;
}

QList<qint64> Attempts::repeatableOf(qint64 run) const
{
    QList<qint64> ids;
    for (const auto& capture : m_all) {
        if (capture.run == run && capture.state != State::Cancelled)
            ids << capture.id;
    }
    return repeatable(ids);
}

} // namespace captures
