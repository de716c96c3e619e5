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

/// \brief The review dialog, shown before anything is sent.  Enter cannot start a run by mistake: Run has the
/// focus only for a small, ordinary run, and `DialogKeys` ignores repeated keys and keys in the first
/// moments.
class ReviewSheet : public QDialog {
    Q_OBJECT

public:
    struct Subject {
        /// Returns the plan for these choices.  \param improve applies the proposed change
        std::function<captures::Plan(const captures::Choices&, bool improve)> plan;
        captures::Desk::Reason reason;
        QString preset;
        QStringList improvements = {}; ///< sentences: what the next attempt would change
        bool firstHere = false;        ///< the first run since the operator switched to this connection
    };

    /// When the dialog is accepted, it has started the run.
    ReviewSheet(captures::Desk* desk, const Subject& subject, QWidget* parent = nullptr);

private:
    void refresh();
    void showDevices();
    /// Returns whether the run is small and ordinary, so that Run may have the focus.
    [[nodiscard]] bool isOrdinary() const;

    captures::Desk* m_desk;
    Subject m_subject;
    captures::Plan m_plan;
    bool m_ordinary = false; ///< Enter may start the run
    QLabel* m_question;
    QListWidget* m_devices;
    QList<DeviceLine> m_lines; ///< the lines that are displayed now
    QLabel* m_facts;
    ReviewChoices* m_choices;
    QLabel* m_leftOut;
    QPushButton* m_copy;
    QLabel* m_warning; ///< effects on the user of the device
    QLabel* m_danger;  ///< what is likely to waste captures
    QLabel* m_requests;
    QPushButton* m_run;
    QPushButton* m_back;
};

} // namespace ui
