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

/// \brief The device table.
///
/// Space ticks the highlighted rows.  Right opens a machine with several users, Left closes it, and a double
/// click toggles it.  A reset of the model keeps the current row, the highlight and the scroll position; a
/// refresh keeps the visible rows in place.
class DeviceView : public QTableView {
    Q_OBJECT

public:
    DeviceView(DeviceModel* model, storage::Settings* settings, QWidget* parent = nullptr);

    void focusFirst();            ///< takes the focus if the table has rows, and makes one of them current
    void tickHighlighted();       ///< ticks all of them, or unticks all if all are ticked
    void copyHighlighted() const; ///< as tab-separated values, with the columns in the displayed order
    void saveHeader();
    [[nodiscard]] QList<devices::Device> highlighted() const;

Q_SIGNALS:
    void refusedTick(const QString& why); ///< `why` is a sentence
    void leaveUp();               ///< Up was pressed on the first row: the focus returns to the search
    void opened(int machines);    ///< machines were opened instead of ticked: the operator chooses the users
    void menuWanted(QMenu* menu); ///< the context menu of the highlighted rows; receivers add their entries

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
    QPointer<devices::Fleet> m_of; ///< the fleet to which the remembered rows belong
    std::optional<quint32> m_current;
    std::vector<quint32> m_highlighted;
    int m_scroll = 0;
    std::optional<quint32> m_top; ///< the first visible row, while a refresh moves others
    int m_topAt = 0;
};

/// MIME type of rows that are dragged from the table.
inline constexpr char deviceMime[] = "application/x-capturedesk-devices";

} // namespace ui
