// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QTableView>

#include "devices/fleet.h"

namespace storage {
class Settings;
}

namespace ui {

class DeviceModel;

/// \brief The device table: Space ticks what is highlighted, and a reset of the model keeps current row,
/// highlight and scroll position.
class DeviceView : public QTableView {
    Q_OBJECT

public:
    DeviceView(DeviceModel* model, storage::Settings* settings, QWidget* parent = nullptr);

    void focusFirst();            ///< takes the focus; the first row becomes current where none is
    void tickHighlighted();       ///< all of them, or none where all are
    void copyHighlighted() const; ///< as tab-separated values
    void saveHeader();

Q_SIGNALS:
    void leaveUp(); ///< Up on the first row: back to the search

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] std::vector<devices::Key> highlighted() const;
    void remember();
    void restore();

    DeviceModel* m_model;
    storage::Settings* m_settings;
    std::optional<devices::Key> m_current;
    std::vector<devices::Key> m_highlighted;
    int m_scroll = 0;
};

} // namespace ui
