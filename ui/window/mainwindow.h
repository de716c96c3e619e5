// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QHash>
#include <QMainWindow>
#include <QPointer>
#include <QStringList>
#include <QTimer>

#include "ui/window/surroundings.h"

class QLabel;
class QSplitter;
class QStackedWidget;

namespace ui {

class Accounts;
class Banner;
class ConnectDialog;
class ConnectionMenu;
class DevicePane;
class Embedded;
class ListBar;
class OptionsPanel;
class ResultsPane;
class StartPage;
class TopBar;

/// \brief The main window: shows one connection at a time, with all its panes.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(Surroundings surroundings);
    ~MainWindow() override;

    void open(const connections::Connection& connection);
    void openSandbox();                ///< starts the embedded account first
    void openSaved(const QString& id); ///< reads the key first; a second call while that waits cancels it and
                                       ///< asks the operator for the key
    void tell(const QString& sentence);   ///< shows a warning in the banner
    void inform(const QString& sentence); ///< shows a notice in the banner
    /// Called when another start of the program hands over to this window.
    /// \param wish a connection's name; may be empty
    /// \param files are loaded as `load` does it
    /// \param activation the desktop's permission to come to the front; may be empty
    void comeForward(const QString& wish, const QStringList& files = {}, const QByteArray& activation = {});
    /// Opens the import page of each table, one after the other.  Without an open connection, the first page
    /// opens with the next connection.
    void load(const QStringList& files);
    [[nodiscard]] captures::Desk* desk() const { return m_desk; }
    /// Returns why the current connection cannot be edited or removed, as a sentence; empty: it can.
    [[nodiscard]] QString obstacleToEditing() const;
    void quit(); ///< at once, without a question

    // Menu actions.
    void connectAccount();
    void editConnection();   ///< the current connection
    void removeConnection(); ///< the current connection
    void refresh();
    void find();
    void showTrail();     ///< the audit log
    void chooseReserve(); ///< how many of the account's daily captures are reserved for colleagues
    void about();
    void setAppearance(const QString& name);
    [[nodiscard]] const Surroundings& surroundings() const { return m_surroundings; }
    [[nodiscard]] TopBar* topBar() const { return m_top; }
    [[nodiscard]] DevicePane* devicePane() const { return m_devices; }
    [[nodiscard]] ListBar* listBar() const { return m_lists; }
    [[nodiscard]] OptionsPanel* optionsPanel() const { return m_options; }
    [[nodiscard]] ResultsPane* resultsPane() const { return m_results; }

Q_SIGNALS:
    /// Another connection became current, or a connection changed.
    void connectionsChanged();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void showSlowed();
    void layOut();
    void wire();
    void present(captures::Desk* desk);
    void loadNext();
    void letGo(captures::Desk* desk);
    [[nodiscard]] ConnectDialog* showDialog(const std::optional<connections::Connection>& edited);
    void tellNotices();
    void applyAppearance();
    void readKey(const QString& id);
    void tellKey(const QString& id, const QString& words);
    void keyIsKept(const QString& id);
    void keepKey();
    void connectionMenu();
    void saveLayout();
    void closeWhenSettled();

    Surroundings m_surroundings;
    Accounts* m_accounts;
    captures::Desk* m_desk = nullptr; ///< of the current connection
    Embedded* m_embedded = nullptr;
    bool m_closing = false;
    QStringList m_files;              ///< still to be loaded
    QHash<QString, QString> m_unkept; ///< why a connection's key is in memory only, by connection ID
    QHash<QString, QPointer<connections::StoreCall>> m_opening; ///< keys being read, by connection ID

    QStackedWidget* m_pages;
    StartPage* m_start;
    ConnectionMenu* m_menu;
    TopBar* m_top;
    Banner* m_banner;
    QLabel* m_slowed; ///< how long requests of the current account are still delayed
    QTimer m_slowedClock;
    DevicePane* m_devices;
    ListBar* m_lists;
    ResultsPane* m_results;
    OptionsPanel* m_options;
    QSplitter* m_split;
};

} // namespace ui
