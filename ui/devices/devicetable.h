// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QTableView>

#include "devices/fleet.h"
#include "ui/devices/devicemodel.h"

class QMenu;

namespace ui {

/// \brief The table of devices.  Space and a click tick, Ctrl+A only highlights, Ctrl+C copies what is
/// highlighted.
///
/// The current row, the highlighted ones and the place scrolled to are kept by device, over every change of
/// the view.
class DeviceTable final : public QTableView {
    Q_OBJECT

public:
    explicit DeviceTable(DeviceModel* model, QWidget* parent = nullptr);

    void tickHighlighted(); ///< all of them; or unticks them where all were
    [[nodiscard]] bool hasHighlighted() const;
    void copyHighlighted() const;
    void enter(); ///< focus, with the first row current where none is

    void fillColumnsMenu(QMenu* menu); ///< one action a column, checked where it is shown
    [[nodiscard]] QByteArray
    columns() const; ///< order, width and visibility, for `setColumns` of another day
    void setColumns(const QByteArray& columns);
    void showOrder(); ///< the header follows the fleet

Q_SIGNALS:
    void columnsChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    /// \brief What must still be there after a reset.
    struct Place {
        std::optional<devices::Key> current;
        int column = 1;
        std::vector<devices::Key> highlighted;
        std::optional<devices::Key> anchor; ///< the row that keeps its height in the window
        int offset = 0;
    };

    void firstColumns();
    void remember();
    void comeBack();
    [[nodiscard]] std::vector<int> highlightedRows() const;

    DeviceModel* m_model;
    Place m_place;
};

} // namespace ui
