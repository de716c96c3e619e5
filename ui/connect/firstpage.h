// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

/// \brief What the window shows while no account is open: the two ways in, and what the second one needs.
class FirstPage final : public QWidget {
    Q_OBJECT

public:
    explicit FirstPage(bool hasSandbox, QWidget* parent = nullptr);

    void
    setProblem(const QString& sentence); ///< why the account that was asked for is not open; may be empty

Q_SIGNALS:
    void sandboxChosen();
    void connectChosen();

private:
    QWidget* m_problem;
    QLabel* m_sentence;
};

} // namespace ui
