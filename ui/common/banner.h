// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

#include <QFrame>
#include <QMap>

#include "connections/explain.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace ui {

/// \brief A button in the banner that offers a way to resolve the failure.
struct Offer {
    QString text; ///< empty: no button
    std::function<void()> act = {};
};

/// \brief Message bar below the top bar: what failed, what that means and what to do.  The service's own
/// words are one click away.
///
/// It holds one message for each `connections::Act` and shows the newest one.  When an act succeeds again,
/// `take` removes its message.
class Banner : public QFrame {
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);

    enum class Kind { Warning, News };

    void show(connections::Act act, const connections::Explanation& explanation, const Offer& offer = {},
              Kind kind = Kind::Warning);
    void take(connections::Act act);
    void clear();
    void clearAllBut(connections::Act act);

Q_SIGNALS:
    void again(); ///< the operator wants to retry

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    struct Message {
        connections::Explanation explanation;
        Offer offer;
        Kind kind = Kind::Warning;
    };

    QMap<int, Message> m_messages;
    QList<int> m_order; ///< oldest first
    QLabel* m_icon;
    QLabel* m_text;
    QLabel* m_details;
    QToolButton* m_more;
    QPushButton* m_again;
    QPushButton* m_offer;
};

} // namespace ui
