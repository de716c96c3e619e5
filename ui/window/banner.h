// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>
#include <QPointer>

#include "ui/window/troubles.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace ui {

/// \brief The strip over the devices that says what is wrong, what to do, and on request the service's own
/// words.
class Banner final : public QFrame {
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);

    void setTroubles(Troubles* troubles); ///< null: nothing is wrong

Q_SIGNALS:
    void tryAgain();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void reword();
    void colour();

    QPointer<Troubles> m_troubles;
    Tone m_tone = Tone::Bad;
    QLabel* m_sign;
    QLabel* m_what;
    QLabel* m_todo;
    QLabel* m_words;
    QLabel* m_more;
    QPushButton* m_again;
    QPushButton* m_details;
    QToolButton* m_close;
};

} // namespace ui
