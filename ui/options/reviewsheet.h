// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>

#include <QDialog>

#include "captures/desk.h"
#include "ui/options/reviewtext.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace ui {

class ReviewChoices;

/// \brief The one sheet before anything is sent.  Enter cannot run it by mistake: the focus is on Run only
/// for a small, ordinary run, and `DialogKeys` ignores repeated keys and the first moments.
class ReviewSheet : public QDialog {
    Q_OBJECT

public:
    struct Subject {
        /// The plan with what is chosen.  \param improve with the proposed change
        std::function<captures::Plan(const captures::Choices&, bool improve)> plan;
        captures::Desk::Reason reason;
        QString preset;
        QStringList improvements = {}; ///< sentences: what would change for the next attempt
        bool firstHere = false;        ///< the first run since another connection was left for this one
    };

    /// Accepted, it has started the run.
    ReviewSheet(captures::Desk* desk, const Subject& subject, QWidget* parent = nullptr);

private:
    void refresh();
    void showDevices();
    /// The focus goes to Run for a small, ordinary run only.
    [[nodiscard]] bool isOrdinary() const;

    captures::Desk* m_desk;
    Subject m_subject;
    captures::Plan m_plan;
    bool m_ordinary = false; ///< Enter may start it
    QLabel* m_question;
    QListWidget* m_devices;
    QList<DeviceLine> m_lines; ///< as they stand there
    QLabel* m_facts;
    ReviewChoices* m_choices;
    QLabel* m_leftOut;
    QPushButton* m_copy;
    QLabel* m_warning; ///< what it does to the user
    QLabel* m_danger;  ///< what is likely to cost captures
    QLabel* m_requests;
    QPushButton* m_run;
    QPushButton* m_back;
};

} // namespace ui
