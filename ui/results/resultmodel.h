// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QAbstractTableModel>
#include <QPointer>

#include "captures/capture.h"
#include "captures/retry.h"

namespace captures {
class Desk;
}

namespace ui {

/// \brief Table model of the captures, newest first.
class ResultModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column { State, Device, User, What, Ticket, Started };
    static constexpr int columns = 6;

    using QAbstractTableModel::QAbstractTableModel;

    void setDesk(captures::Desk* desk);
    [[nodiscard]] const captures::Capture& captureAt(int row) const;
    /// Updates the waiting times in the state column.
    void tick();
    [[nodiscard]] bool anyOpen() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const captures::Capture& capture, Column column) const;

    QPointer<captures::Desk> m_desk;
    mutable std::optional<captures::Attempts> m_attempts; ///< created on demand, and reset by each change
    int m_count = 0;
};

} // namespace ui
