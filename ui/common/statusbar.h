// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStatusBar>

namespace ui {

/// \brief Status bar with the window's margins on both sides; a message that does not fit is elided with “…”.
/// Qt's own status bar writes the message 6 pixels from the edge, whatever the margins are.
class StatusBar : public QStatusBar {
    Q_OBJECT

public:
    explicit StatusBar(QWidget* parent = nullptr);

    void addAtEnd(QWidget* widget); ///< stays visible beside the messages
    [[nodiscard]] QRect messageRect() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* m_atEnd = nullptr;
};

} // namespace ui
