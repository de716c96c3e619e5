// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <QMainWindow>

#include "captures/desk.h"
#include "connections/connection.h"
#include "devices/memory.h"
#include "storage/log.h"
#include "storage/paths.h"
#include "storage/secrets.h"
#include "storage/settings.h"

class QNetworkAccessManager;
class QSplitter;
class QStackedWidget;

namespace ui {

class Banner;
class DevicePane;
class Embedded;
class ListBar;
class OptionsPanel;
class ResultsPane;
class StartPage;
class TopBar;

/// \brief What the window needs and does not make itself.
struct Surroundings {
    storage::Paths paths;
    storage::Settings* settings = nullptr;
    captures::Journal* journal = nullptr;
    captures::Pace pace = {};
    captures::Clock clock;
    /// Called with each secret before it is used, so that the log can hide it.
    std::function<void(const QString&)> hide;
    storage::Log* log = nullptr;                        ///< for the diagnostics
    storage::Secrets* secrets = nullptr;                ///< the system's keychain
    std::optional<connections::Connection> environment; ///< that of the variables, where they are complete
};

/// \brief The window: one connection at a time, everything about it in view.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(Surroundings surroundings);
    ~MainWindow() override;

    void open(const connections::Connection& connection);
    void openSandbox();                 ///< starts the embedded account first
    void tell(const QString& sentence); ///< in the banner
    /// Another start of the program wants this window instead of one of its own.
    /// \param wish a connection's name; may be empty
    void comeForward(const QString& wish);
    [[nodiscard]] captures::Desk* desk() const;

    // What the menus do.
    void connectAccount();
    void refresh();
    void find();
    void showTrail();     ///< the record of runs
    void chooseReserve(); ///< captures of the day that are left to colleagues
    void about();
    void setAppearance(const QString& name);
    [[nodiscard]] const Surroundings& surroundings() const { return m_surroundings; }
    [[nodiscard]] TopBar* topBar() const { return m_top; }
    [[nodiscard]] DevicePane* devicePane() const { return m_devices; }
    [[nodiscard]] ListBar* listBar() const { return m_lists; }
    [[nodiscard]] OptionsPanel* optionsPanel() const { return m_options; }
    [[nodiscard]] ResultsPane* resultsPane() const { return m_results; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    /// A connection that is open, each with a network of its own.
    struct Account {
        std::unique_ptr<QNetworkAccessManager> network;
        std::unique_ptr<captures::Desk> desk;
        std::unique_ptr<devices::Memory> memory;
        std::map<connections::Act, api::Error> failures; ///< that still stand
    };

    void layOut();
    void wire();
    void switchTo(Account& account);
    void letGo();
    void connectionMenu();
    [[nodiscard]] int unsent() const; ///< of all connections
    void saveLayout();

    Surroundings m_surroundings;
    std::vector<std::unique_ptr<Account>> m_accounts;
    Account* m_current = nullptr;
    Embedded* m_embedded = nullptr;
    bool m_closing = false;

    QStackedWidget* m_pages;
    StartPage* m_start;
    TopBar* m_top;
    Banner* m_banner;
    DevicePane* m_devices;
    ListBar* m_lists;
    ResultsPane* m_results;
    OptionsPanel* m_options;
    QSplitter* m_split;
};

} // namespace ui
