// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>

#include <QPointer>
#include <QTableView>

#include "devices/fleet.h"

class QMenu;

namespace storage {
class Settings;
}

namespace ui {

class DeviceModel;

/// \brief The device table: Space ticks what is highlighted; Right opens a machine with several users, Left
/// closes it, and so does a double click; a reset of the model keeps current row,
/// highlight and scroll position, and a refresh keeps what the operator looks at where it is.
class DeviceView : public QTableView {
    Q_OBJECT

public:
    DeviceView(DeviceModel* model, storage::Settings* settings, QWidget* parent = nullptr);

    void focusFirst();            ///< takes the focus where it has rows; one of them becomes current
    void tickHighlighted();       ///< all of them, or none where all are
    void copyHighlighted() const; ///< as tab-separated values, the columns as they are shown
    void saveHeader();
    [[nodiscard]] QList<devices::Device> highlighted() const;

Q_SIGNALS:
    void refusedTick(const QString& why); ///< a sentence
    void leaveUp();                       ///< Up on the first row: back to the search
    void opened(int machines);            ///< instead of being ticked: the operator is to say which users
    void menuWanted(QMenu* menu);         ///< the context menu of the highlighted rows, to be added to

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void startDrag(Qt::DropActions actions) override;

private:
    void setUpHeader();
    void sortBy(int column, bool add);
    [[nodiscard]] bool setOpen(int row, bool open);
    [[nodiscard]] QList<devices::Device> firstHighlighted(qsizetype most) const;
    struct Copying;
    void explainRefused(const std::vector<devices::Range>& rows);
    void copySlice(const std::shared_ptr<Copying>& copying) const;
    [[nodiscard]] std::vector<devices::Range> highlightedRows() const;
    void remember();
    void restore();
    void anchor();
    void backToAnchor();

    DeviceModel* m_model;
    storage::Settings* m_settings;
    QPointer<devices::Fleet> m_of; ///< whose rows are remembered
    std::optional<quint32> m_current;
    std::vector<quint32> m_highlighted;
    int m_scroll = 0;
    std::optional<quint32> m_top; ///< the first row in sight, while a refresh moves others
    int m_topAt = 0;
};

/// What rows carry that are dragged from the table.
inline constexpr char deviceMime[] = "application/x-capturedesk-devices";

} // namespace ui
