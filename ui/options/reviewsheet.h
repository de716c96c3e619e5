// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>
#include <QElapsedTimer>

#include "captures/plan.h"

class QPushButton;

namespace captures {
class Desk;
}

namespace ui {

/// \brief The one sheet before anything is sent.  Enter cannot fire blind: it ignores key repeats and its
/// first moments, and the focus is on Run only for a small, ordinary run.
class ReviewSheet : public QDialog {
    Q_OBJECT

public:
    struct Subject {
        captures::Plan plan;
        QString ticket;
        QString preset;
        bool firstHere = false; ///< the first run since another connection was left for this one
    };

    ReviewSheet(captures::Desk* desk, const Subject& subject, QWidget* parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool tooEarly(const QEvent* event) const;
    [[nodiscard]] QStringList facts() const;
    [[nodiscard]] QString warning() const;
    [[nodiscard]] bool fitsQuota() const;

    captures::Desk* m_desk;
    Subject m_subject;
    QElapsedTimer m_open;
    QPushButton* m_run;
    QPushButton* m_back;
};

} // namespace ui
