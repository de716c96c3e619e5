// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include "devices/fleet.h"
#include "ui/devices/savedlists.h"

class QAction;
class QListView;
class QMenu;
class QPushButton;

namespace ui {

class ListModel;

/// \brief The side bar: which devices the table shows, and everything that is done with saved lists.
class ListPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ListPanel(QWidget* parent = nullptr);
    ~ListPanel() override;

    void setSource(devices::Fleet* fleet, SavedLists* lists); ///< both null: no connection

    void showAll();
    void showTicked();
    void importFile(const QString& path); ///< shows what is in it and asks for a name

    // For the window's menus.
    [[nodiscard]] QAction* saveTickedAction() const { return m_saveTicked; }
    [[nodiscard]] QAction* importAction() const { return m_import; }

Q_SIGNALS:
    /// The saved list that is shown now (empty: none), how many devices it names, how many the service does
    /// not list.
    void listShown(const QString& name, qsizetype entries, qsizetype missing);
    void problem(const QString& sentence);
    void message(const QString& sentence);

private:
    void makeActions();
    void apply();
    void keepRow();
    void select(int row);
    void openMenu(const QPoint& at);
    void fillMenu(QMenu* menu, const QString& name);
    void saveTicked();
    void chooseImport();
    void tickAll(const QString& name);
    void rename(const QString& name);
    void remove(const QString& name);
    void exportCopy(const QString& name);
    bool told(const SavedLists::Done& done);
    [[nodiscard]] QList<devices::Entry> tickedEntries() const;
    [[nodiscard]] QString currentList() const;

    QPointer<devices::Fleet> m_fleet;
    QPointer<SavedLists> m_lists;
    ListModel* m_model;
    QListView* m_view;
    QPushButton* m_new;
    QAction* m_saveTicked = nullptr;
    QAction* m_import = nullptr;
    QTimer m_soon; ///< a refresh comes in many pieces; once for several of them is enough
    QString m_shown;
};

} // namespace ui
