// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

#include <QAbstractTableModel>
#include <QDateTime>
#include <QIcon>
#include <QPointer>
#include <QTimer>

#include "devices/fleet.h"

namespace ui {

/// \brief The fleet's view as a table.  Filter, order and ticks are the fleet's; this only words them.
class DeviceModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    using Clock = std::function<QDateTime()>; ///< UTC

    explicit DeviceModel(Clock clock, QObject* parent = nullptr);

    void setFleet(devices::Fleet* fleet); ///< null: no rows
    [[nodiscard]] devices::Fleet* fleet() const { return m_fleet; }

    [[nodiscard]] static devices::Column columnAt(int section) { return devices::Column(section); }
    [[nodiscard]] static QString columnName(devices::Column column);
    /// What a cell holds when it is copied: times whole, with their date.
    [[nodiscard]] QString copyText(int row, devices::Column column) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    void follow(devices::Fleet* fleet);
    void retick();
    void reword();
    [[nodiscard]] QString text(const devices::Device& device, devices::Column column) const;
    [[nodiscard]] QString toolTip(const devices::Device& device, devices::Column column) const;
    [[nodiscard]] QVariant tickData(const devices::Device& device, int role) const;
    [[nodiscard]] const QIcon& statusIcon(const devices::Device& device) const;

    Clock m_clock;
    QPointer<devices::Fleet> m_fleet;
    QTimer m_minute;
    QIcon m_connected;
    QIcon m_away;
    QIcon m_barred;
};

} // namespace ui
