// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QMap>

#include "connections/explain.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace ui {

/// \brief The strip under the top bar: what went wrong, what it means, what to do; the service's own words
/// one click away. One message an act; the newest is shown, and an act that succeeds again takes its own
/// back.
class Banner : public QFrame {
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);

    enum class Kind { Warning, News };

    void show(connections::Act act, const connections::Explanation& explanation, Kind kind = Kind::Warning);
    void take(connections::Act act);
    void clear();

Q_SIGNALS:
    void again(connections::Act act); ///< the operator wants to try again what the message is about

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    struct Message {
        connections::Explanation explanation;
        Kind kind = Kind::Warning;
    };

    QMap<int, Message> m_messages;
    QList<int> m_order; ///< oldest first
    QLabel* m_icon;
    QLabel* m_text;
    QLabel* m_details;
    QToolButton* m_more;
    QPushButton* m_again;
};

} // namespace ui
