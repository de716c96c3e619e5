// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/results/resultmodel.h"

#include <algorithm>
#include <array>

#include <QIcon>

#include "captures/desk.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

namespace ui {

using captures::State;

namespace {

struct Look {
    const char* icon;
    Tone tone;
};

Look lookOf(State state)
{
    switch (state) {
    case State::WaitingDevice:
    case State::WaitingTurn: return {"waiting", Tone::Quiet};
    case State::Sending: return {"sending", Tone::Busy};
    case State::Checking: return {"checking", Tone::Warning};
    case State::OnDevice: return {"device", Tone::Busy};
    case State::Uploading: return {"uploading", Tone::Busy};
    case State::Ready: return {"ready", Tone::Good};
    case State::NothingUploaded: return {"empty", Tone::Warning};
    case State::Failed: return {"failed", Tone::Bad};
    case State::Refused: return {"refused", Tone::Bad};
    case State::NotStarted: return {"refused", Tone::Warning};
    case State::Cancelled: return {"cancelled", Tone::Quiet};
    case State::Deleted: return {"empty", Tone::Quiet};
    }
    Q_UNREACHABLE();
}

QString headingOf(ResultModel::Column column)
{
    using Column = ResultModel::Column;
    switch (column) {
    case Column::State: return ResultModel::tr("State");
    case Column::Device: return ResultModel::tr("Device");
    case Column::User: return ResultModel::tr("User");
    case Column::What: return ResultModel::tr("What");
    case Column::Ticket: return ResultModel::tr("Ticket");
    case Column::Started: return ResultModel::tr("Started");
    }
    Q_UNREACHABLE();
}

} // namespace

void ResultModel::setDesk(captures::Desk* desk)
{
    beginResetModel();
    if (m_desk)
        m_desk->disconnect(this);
    m_desk = desk;
    m_attempts.reset();
    m_count = desk ? int(desk->captures().size()) : 0;
    endResetModel();
    if (!desk)
        return;
    connect(desk, &captures::Desk::capturesAdded, this, [this](int first, int last) {
        // The newest row is on top, so appended captures are inserted at row 0.
        beginInsertRows({}, 0, last - first);
        m_count += last - first + 1;
        m_attempts.reset();
        endInsertRows();
    });
    connect(desk, &captures::Desk::slowedChanged, this, &ResultModel::tick);
    connect(desk, &captures::Desk::captureChanged, this, [this](int number) {
        m_attempts.reset(); // a cancelled attempt no longer counts
        const int row = m_count - 1 - number;
        Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
        // The rows of earlier attempts show the state of the latest one.
        const auto& all = m_desk->captures();
        for (const auto* earlier = m_desk->capture(all[number].order.origin); earlier;
             earlier = m_desk->capture(earlier->order.origin)) {
            const auto state = index(m_count - 1 - int(earlier - all.data()), int(Column::State));
            Q_EMIT dataChanged(state, state);
        }
    });
}

const captures::Capture& ResultModel::captureAt(int row) const
{
    return m_desk->captures()[m_count - 1 - row];
}

bool ResultModel::anyOpen() const
{
    return m_desk && std::ranges::any_of(m_desk->captures(), [](const captures::Capture& capture) {
               return !captures::isFinal(capture.state);
           });
}

void ResultModel::tick()
{
    if (m_count > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_count - 1, 0), {Qt::DisplayRole});
}

int ResultModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_count;
}

int ResultModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QString ResultModel::text(const captures::Capture& capture, Column column) const
{
    switch (column) {
    case Column::State: {
        auto status =
            shown(captures::statusLine(capture, QDateTime::currentDateTimeUtc(), m_desk->slowedUntil()));
        if (capture.followed && capture.state != State::OnDevice) // the status line already says so
            status = tr("%1 · followed").arg(status);
        if (!m_attempts)
            m_attempts.emplace(m_desk->captures());
        const auto& latest = m_attempts->latest(capture);
        return latest.id == capture.id ? status
                                       : tr("%1 · attempt %2: %3")
                                             .arg(status)
                                             .arg(latest.order.attempt)
                                             .arg(captures::stateText(latest.state));
    }
    case Column::Device: return deviceName(capture.order.device);
    case Column::User: return shown(capture.order.device.email);
    case Column::What: {
        const auto what = capture.order.type == captures::Type::Pcap ? tr("Packets") : tr("Diagnostics");
        return capture.order.attempt > 1 ? tr("%1 · attempt %2").arg(what).arg(capture.order.attempt) : what;
    }
    case Column::Ticket: return shown(capture.ticket);
    case Column::Started:
        return clockAndDate(capture.sent.value_or(capture.followed ? capture.created.value_or(capture.asked)
                                                                   : capture.asked));
    }
    Q_UNREACHABLE();
}

QVariant ResultModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !m_desk)
        return {};
    const auto& capture = captureAt(index.row());
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return text(capture, column);
    case Qt::DecorationRole:
        if (column == Column::State) {
            // Cached, because a table requests the icons with every paint.
            static QHash<std::pair<int, QRgb>, QIcon> icons;
            const auto look = lookOf(capture.state);
            auto& kept = icons[{int(capture.state), tone(look.tone).rgb()}];
            if (kept.isNull())
                kept = icon(QLatin1StringView(look.icon), look.tone);
            return kept;
        }
        return {};
    case Qt::ForegroundRole:
        return column == Column::State ? QVariant(tone(lookOf(capture.state).tone)) : QVariant();
    case Qt::ToolTipRole: return toolTip(text(capture, column));
    default: return {};
    }
}

QVariant ResultModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columns)
        return {};
    return headingOf(Column(section));
}

} // namespace ui
