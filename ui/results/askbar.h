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

/// \brief Bar for captures that need the operator's confirmation: a device that was waited for has appeared,
/// or the program was closed for a long time.  If there are none, it reports the captures that the last
/// session left unsent and that are sent automatically.
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
    QSet<qint64> m_noticed; ///< captures of the last session whose notice the operator has acknowledged
    bool m_resumed = false; ///< the bar shows the captures of the last session
    QLabel* m_text;
    QPushButton* m_start;
    QPushButton* m_cancel;
    QTimer m_soon; ///< merges simultaneous changes into one refresh
};

} // namespace ui
