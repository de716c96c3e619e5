// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractListModel>
#include <QPointer>

#include "devices/fleet.h"
#include "ui/devices/savedlists.h"

namespace ui {

/// \brief The side bar's rows: all devices, the ticked ones, and the saved lists, each with its count.
class ListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr int allRow = 0;
    static constexpr int tickedRow = 1;
    static constexpr int firstSaved = 2;
    enum Role { CountRole = Qt::UserRole + 1 };

    using QAbstractListModel::QAbstractListModel;

    void setSource(devices::Fleet* fleet, SavedLists* lists);
    [[nodiscard]] QString listAt(int row) const; ///< empty where the row is no saved list
    [[nodiscard]] int rowOf(const QString& list) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    void recount();
    [[nodiscard]] QString name(int row) const;
    [[nodiscard]] qsizetype count(int row) const;

    QPointer<devices::Fleet> m_fleet;
    QPointer<SavedLists> m_lists;
    QList<SavedLists::List> m_rows; ///< as they were last told; cheap, they share what they hold
};

} // namespace ui
