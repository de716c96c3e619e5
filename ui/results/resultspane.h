// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTimer>
#include <QWidget>

#include "api/error.h"
#include "base/problem.h"
#include "captures/deed.h"
#include "connections/explain.h"
#include "exports/table.h"
#include "ui/common/banner.h"

class QAction;
class QLabel;
class QPushButton;
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

class AskBar;
class DownloadBar;
class ResultModel;

/// \brief The results: one row for each capture, updated live, with saving of files and export.
class ResultsPane : public QWidget {
    Q_OBJECT

public:
    explicit ResultsPane(storage::Settings* settings, QWidget* parent = nullptr);
    ~ResultsPane() override;

    void setDesk(captures::Desk* desk); ///< null: no connection
    void focusNewest();                 ///< makes the newest row current and focuses it
    void saveHeader();

    /// Actions for the window's menus.  They are enabled according to the highlighted rows.
    [[nodiscard]] QList<QAction*> captureActions() const
    {
        return {m_save, m_copy, m_copyId, m_again, m_againRun, m_agree, m_cancel};
    }
    [[nodiscard]] QList<QAction*> exportActions() const { return {m_csv, m_json}; }

    /// Exports the highlighted rows, or all rows if fewer than two are highlighted.
    void exportTo(const QString& path, exports::Format format);

Q_SIGNALS:
    void message(const QString& text); ///< for the status bar
    void failed(const api::Error& error);
    void notSaved(const connections::Explanation& explanation, const ui::Offer& offer);
    void saved();                          ///< a file was saved: earlier save failures are obsolete
    void repeat(const QList<qint64>& ids); ///< the operator wants to run these again

private:
    void buildActions();
    void refresh();
    void askAndSave();
    void askAndSave(qint64 id);
    void save(qint64 id, const QString& path);
    void noteFile(captures::Deed::What what, const QString& about);
    void offerElsewhere(const base::SaveProblem& problem, const std::function<void()>& ask);
    void askAndExport(exports::Format format);
    [[nodiscard]] QList<qint64> repeatableHighlighted() const; ///< those that can be run again
    /// Returns all captures that can be run again in the run of the highlighted one, except those that the
    /// operator has cancelled.
    [[nodiscard]] QList<qint64> repeatableOfRun() const;
    [[nodiscard]] QList<qint64> highlightedIds() const;
    [[nodiscard]] const captures::Capture* current() const;
    [[nodiscard]] QList<captures::Capture> highlighted() const;

    storage::Settings* m_settings;
    captures::Desk* m_desk = nullptr;
    AskBar* m_ask;
    ResultModel* m_model;
    QTableView* m_view;
    QLabel* m_empty;
    QLabel* m_advice;
    QLabel* m_details;
    QToolButton* m_more;
    QPushButton* m_offer; ///< runs the capture again; its text fits the advice
    DownloadBar* m_download;
    QAction* m_save;
    QAction* m_copy;
    QAction* m_copyId;
    QAction* m_again;
    QAction* m_againRun;
    QAction* m_agree;
    QAction* m_cancel;
    QAction* m_csv;
    QAction* m_json;
    QTimer m_clock;
    QTimer m_soon;       ///< merges simultaneous changes into one refresh
    qint64 m_saving = 0; ///< the capture whose file is being saved
    QString m_savingTo;
};

} // namespace ui
