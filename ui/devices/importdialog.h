// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <vector>

#include <QDialog>
#include <QPointer>
#include <QSet>

#include "devices/import.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QWidget;

namespace devices {
class Fleet;
}

namespace ui {

/// \brief Takes somebody's table into a list: says what each column was taken for and lets it be changed,
/// which rows cannot be used and why, and asks where a name fits several devices.
class ImportDialog : public QDialog {
    Q_OBJECT

public:
    struct Subject {
        QString source;   ///< a file's name
        QString listName; ///< proposed
    };

    /// \param problem what is wrong with a list's name, or empty
    ImportDialog(devices::Fleet* fleet, const QByteArray& bytes, const Subject& subject,
                 std::function<QString(const QString&)> problem, QWidget* parent = nullptr);

Q_SIGNALS:
    void imported(const QString& listName, const QList<devices::Entry>& entries);
    void unreadable(const QString& why); ///< and it closes

private:
    void take(std::expected<devices::Sheet, QString> sheet);
    void showColumns();
    void readAgain();
    void matchOn();
    void showMatches();
    void addQuestion(qsizetype row);
    void check();
    void done();

    QPointer<devices::Fleet> m_fleet;
    Subject m_subject;
    std::function<QString(const QString&)> m_problem;
    devices::Sheet m_sheet;
    devices::Layout m_layout;
    devices::Reading m_reading;
    QList<devices::Match> m_matches;
    QSet<devices::Key> m_taken;
    int m_round = 0; ///< what was begun for an earlier layout is not gone on with
    std::vector<std::pair<qsizetype, QComboBox*>> m_questions;

    QLabel* m_read;
    QWidget* m_columns;
    QFormLayout* m_columnForm;
    QLabel* m_summary;
    QWidget* m_asking;
    QFormLayout* m_askForm;
    QPlainTextEdit* m_bad;
    QLineEdit* m_name;
    QLabel* m_error;
    QPushButton* m_save;
};

} // namespace ui
