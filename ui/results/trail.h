// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

#include "captures/journal.h"

class QLabel;
class QPushButton;
class QTableView;

namespace storage {
class Settings;
}

namespace ui {

/// \brief The audit trail: what was done on this computer, by whom, for which ticket.
class TrailDialog : public QDialog {
    Q_OBJECT

public:
    TrailDialog(captures::Journal* journal, storage::Settings* settings, QWidget* parent = nullptr);

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
