// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QPointer>

#include "devices/fleet.h"

namespace ui {

/// \brief Table model of the devices.  It forwards the view of `devices::Fleet` and decides nothing.
class DeviceModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setFleet(devices::Fleet* fleet); ///< null: none
    [[nodiscard]] devices::Fleet* fleet() const { return m_fleet; }
    /// Sets the devices on which a capture is running: device ID to a text that says since when.
    void setRunning(const QHash<QString, QString>& running);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

    void setOrder(const QList<devices::SortBy>& order);
    /// Returns the parts of a cell's text that the search matched.
    [[nodiscard]] std::vector<devices::Mark> marks(const QModelIndex& index) const;

Q_SIGNALS:
    void aboutToMerge(); ///< this and `merged` enclose all changes that one merge into the fleet causes
    void merged();

private:
    [[nodiscard]] QString text(int row, devices::Column column) const;
    [[nodiscard]] QString name(int row) const;
    [[nodiscard]] bool isClosed(int row) const;
    [[nodiscard]] bool canBeTicked(int row) const;
    [[nodiscard]] QString tickText(int row) const;
    [[nodiscard]] QString tip(int row, devices::Column column) const;
    [[nodiscard]] QString foundId(const devices::Device& device) const;

    QPointer<devices::Fleet> m_fleet;
    QHash<QString, QString> m_running;
};

/// Returns a column's heading.  The heading of the tick column is not shown on the screen.
[[nodiscard]] QString columnName(devices::Column column);

} // namespace ui
