// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <QWidget>

#include "api/error.h"
#include "exports/table.h"

class QAction;
class QLabel;
class QTableView;
class QToolButton;

namespace captures {
class Desk;
struct Capture;
} // namespace captures
namespace storage {
class Settings;
}

namespace ui {

class DownloadBar;
class ResultModel;

/// \brief The results: one row a capture, live, with saving of files and export.
class ResultsPane : public QWidget {
    Q_OBJECT

public:
    explicit ResultsPane(storage::Settings* settings, QWidget* parent = nullptr);
    ~ResultsPane() override;

    void setDesk(captures::Desk* desk); ///< null: no connection
    void focusNewest();                 ///< the newest row becomes current and has the focus
    void saveHeader();

    /// For the window's menus; enabled as the highlighted rows allow.
    [[nodiscard]] QList<QAction*> captureActions() const { return {m_save, m_copy, m_copyId, m_cancel}; }
    [[nodiscard]] QList<QAction*> exportActions() const { return {m_csv, m_json}; }

    void saveCurrentTo(const QString& path);
    /// The highlighted rows, or all where fewer than two are.
    void exportTo(const QString& path, exports::Format format);

Q_SIGNALS:
    void message(const QString& text); ///< for the status bar
    void failed(const api::Error& error);
    void failedHere(const QString& sentence);

private:
    void buildActions();
    void refresh();
    void askAndSave();
    void askAndExport(exports::Format format);
    void cancelHighlighted();
    [[nodiscard]] const captures::Capture* current() const;
    [[nodiscard]] QList<captures::Capture> highlighted() const;

    storage::Settings* m_settings;
    captures::Desk* m_desk = nullptr;
    ResultModel* m_model;
    QTableView* m_view;
    QLabel* m_empty;
    QLabel* m_advice;
    QLabel* m_details;
    QToolButton* m_more;
    DownloadBar* m_download;
    QAction* m_save;
    QAction* m_copy;
    QAction* m_copyId;
    QAction* m_cancel;
    QAction* m_csv;
    QAction* m_json;
    QTimer m_clock;
};

} // namespace ui
