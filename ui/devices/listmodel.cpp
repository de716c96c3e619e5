// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/listmodel.h"

#include <QLocale>

#include "ui/common/text.h"
#include "ui/common/theme.h"

namespace ui {

using namespace Qt::StringLiterals;

void ListModel::setSource(devices::Fleet* fleet, SavedLists* lists)
{
    beginResetModel();
    if (m_fleet)
        disconnect(m_fleet, nullptr, this, nullptr);
    if (m_lists)
        disconnect(m_lists, nullptr, this, nullptr);
    m_fleet = fleet;
    m_lists = lists;
    m_rows = lists ? lists->all() : QList<SavedLists::List>();
    endResetModel();
    if (fleet) {
        connect(fleet, &devices::Fleet::sizeChanged, this, &ListModel::recount);
        connect(fleet, &devices::Fleet::ticksChanged, this, &ListModel::recount);
    }
    if (lists) {
        connect(lists, &SavedLists::changed, this, [this] {
            beginResetModel();
            m_rows = m_lists->all();
            endResetModel();
        });
    }
}

void ListModel::recount()
{
    Q_EMIT dataChanged(index(allRow), index(tickedRow), {CountRole, Qt::AccessibleTextRole});
}

QString ListModel::listAt(int row) const
{
    const auto at = row - firstSaved;
    return at >= 0 && at < m_rows.size() ? m_rows[at].name : QString();
}

int ListModel::rowOf(const QString& list) const
{
    for (int row = firstSaved; row < rowCount(); ++row) {
        if (listAt(row) == list)
            return row;
    }
    return -1;
}

int ListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_fleet ? 0 : firstSaved + int(m_rows.size());
}

QString ListModel::name(int row) const
{
    if (row == allRow)
        return tr("All");
    return row == tickedRow ? tr("Ticked") : shown(listAt(row));
}

qsizetype ListModel::count(int row) const
{
    if (row == allRow)
        return m_fleet->size();
    return row == tickedRow ? m_fleet->tickedCount() : m_rows[row - firstSaved].entries.size();
}

QVariant ListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !m_fleet)
        return {};
    const int row = index.row();
    const auto number = [this, row] { return QLocale().toString(qlonglong(count(row))); };
    const QString problem = row < firstSaved ? QString() : m_rows[row - firstSaved].problem;
    switch (role) {
    case Qt::DisplayRole: return name(row);
    case Qt::DecorationRole:
        if (!problem.isEmpty())
            return icon("warning"_L1, Tone::Warning);
        return icon(row == allRow ? "devices"_L1 : row == tickedRow ? "ticked"_L1 : "list"_L1);
    case Qt::ToolTipRole:
        return problem.isEmpty() ? name(row).toHtmlEscaped() : shown(problem, 400).toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return QString(name(row) + u", "_s + (problem.isEmpty() ? number() : problem));
    case CountRole: return problem.isEmpty() ? number() : QString();
    default: return {};
    }
}

} // namespace ui
