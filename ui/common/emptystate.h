// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

#include <QWidget>

#include "ui/common/theme.h"

class QHBoxLayout;
class QLabel;
class QProgressBar;

namespace ui {

/// \brief What stands where nothing is: why, and what to do next.
class EmptyState final : public QWidget {
    Q_OBJECT

public:
    /// \brief A button under the words.
    struct Offer {
        QString text;
        QString objectName;
        std::function<void()> act;
    };

    explicit EmptyState(QWidget* parent = nullptr);

    /// Shows itself with these words; where they are the same as before, nothing moves and the focus stays.
    void say(QLatin1StringView iconName, const QString& what, const QString& todo,
             const QList<Offer>& offers);
    void setProgress(int done, int total); ///< total 0: not known
    void hideProgress();

private:
    QLabel* m_picture;
    QLabel* m_what;
    QLabel* m_todo;
    QProgressBar* m_progress;
    QHBoxLayout* m_buttons;
    QString m_said;
};

} // namespace ui
