// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <vector>

#include <QDialog>
#include <QPointer>
#include <QSet>

#include "devices/import.h"
#include "devices/workbook.h"

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
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

class ImportColumns;
class ImportFormat;

/// \brief Imports a table into a device list.
///
/// It shows how the file was read and the detected meaning of each column, and lets the operator change both.
/// It lists the rows that cannot be used, with the reasons, and asks where a name matches several devices.
class ImportDialog : public QDialog {
    Q_OBJECT

public:
    struct Subject {
        QString source;      ///< a file's name
        QString listName;    ///< the proposed name
        bool pasted = false; ///< text of the clipboard, as UTF-8
    };

    /// \param problem returns what is wrong with a list's name, or an empty text
    ImportDialog(devices::Fleet* fleet, const QByteArray& bytes, const Subject& subject,
                 std::function<QString(const QString&)> problem, QWidget* parent = nullptr);

Q_SIGNALS:
    void imported(const QString& listName, const QList<devices::Entry>& entries);
    void unreadable(const QString& why); ///< the dialog closes itself

private:
    void readFile();
    void take(std::expected<devices::TextSheet, QString> read);
    void takeWorkbook(std::expected<devices::Workbook, QString> read);
    void chooseSheet(int index);
    void showSheet(devices::Sheet sheet);
    void readAgain();
    void matchOn();
    void showMatches();
    void showNotes();
    void orderStops();
    void addQuestion(qsizetype row);
    [[nodiscard]] bool isUseless() const;
    [[nodiscard]] bool mustConfirm() const;
    void check();
    void done();

    QPointer<devices::Fleet> m_fleet;
    QByteArray m_bytes;
    Subject m_subject;
    std::function<QString(const QString&)> m_problem;
    devices::Workbook m_workbook; ///< empty for a text file
    devices::Sheet m_sheet;
    devices::Layout m_layout;
    devices::Reading m_reading;
    QList<devices::Match> m_matches;
    QSet<devices::Key> m_taken;
    qsizetype m_ready = 0;
    int m_round = 0; ///< incremented by each new read; results of earlier rounds are discarded
    std::vector<std::pair<qsizetype, QComboBox*>> m_questions;

    QLabel* m_read;
    QWidget* m_tabs; ///< selects the sheet of a workbook that has several
    QComboBox* m_tab;
    ImportFormat* m_format;
    ImportColumns* m_columns;
    QLabel* m_summary;
    QLabel* m_warning;
    QCheckBox* m_anyway; ///< save a list although none of its rows matches a device
    QWidget* m_asking;
    QFormLayout* m_askForm;
    QPlainTextEdit* m_bad;
    QLineEdit* m_name;
    QLabel* m_error;
    QDialogButtonBox* m_buttons;
    QPushButton* m_save;
};

} // namespace ui
