// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

#include <QFrame>
#include <QSet>
#include <QTimer>

class QLabel;
class QPushButton;

namespace captures {
class Desk;
}

namespace ui {

/// \brief Captures that do not go without the operator's word: a device that was waited for is there, or the
/// program was closed for long.  Without such, what the last start left unsent: it goes by itself.
class AskBar : public QFrame {
    Q_OBJECT

public:
    explicit AskBar(QWidget* parent = nullptr);

    void setDesk(captures::Desk* desk); ///< null: no connection

private:
    void refresh();
    void showResumed();

    captures::Desk* m_desk = nullptr;
    QList<qint64> m_ids;
    QSet<qint64> m_noticed; ///< of what was left from before: the operator has read that it waits
    bool m_resumed = false; ///< it speaks of those
    QLabel* m_text;
    QPushButton* m_start;
    QPushButton* m_cancel;
    QTimer m_soon; ///< once for all that changes at a time
};

} // namespace ui
