// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

#include "captures/journal.h"

class QLabel;
class QPushButton;
class QTableView;

namespace captures {
class SharedRecord;
}

namespace storage {
class Settings;
}

namespace ui {

/// \brief The audit log dialog: what was done on this computer, by whom and for which ticket.
class TrailDialog : public QDialog {
    Q_OBJECT

public:
    /// \param shared null: the dialog offers no shared file
    TrailDialog(captures::Journal* journal, captures::SharedRecord* shared, storage::Settings* settings,
                QWidget* parent = nullptr);

    void exportTo(const QString& path);

private:
    void show(const QList<captures::Deed>& deeds);
    void askAndExport();

    storage::Settings* m_settings;
    QList<captures::Deed> m_deeds;
    QTableView* m_table;
    QLabel* m_note;
    QPushButton* m_export;
};

} // namespace ui
