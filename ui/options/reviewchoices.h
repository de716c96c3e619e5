// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QWidget>

#include "captures/plan.h"

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QLabel;

namespace ui {

/// \brief The decisions of the operator in the review; only those that apply are shown.
class ReviewChoices : public QWidget {
    Q_OBJECT

public:
    explicit ReviewChoices(QWidget* parent = nullptr);

    /// \param full the plan with all choices applied except the amount
    void offer(const captures::Plan& full);
    /// \param improvements sentences; empty: no change is proposed
    void propose(const QStringList& improvements);

    [[nodiscard]] captures::Choices choices() const;
    [[nodiscard]] bool improves() const;
    [[nodiscard]] QDateTime waitUntil() const; ///< UTC

Q_SIGNALS:
    void changed();

private:
    struct Row {
        QLabel* text;
        QComboBox* choice;
    };
    Row addRow(const char* name);

    QCheckBox* m_improve;
    Row m_running;
    Row m_offline;
    QDateTimeEdit* m_until;
    Row m_amount;
};

} // namespace ui
