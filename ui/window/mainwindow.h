// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QDateTime>
#include <QDir>
#include <QMainWindow>

#include "captures/desk.h"
#include "connections/connection.h"
#include "ui/window/preferences.h"

class QNetworkAccessManager;
class QLabel;
class QMenu;
class QStackedWidget;

namespace ui {

class Accounts;
class Banner;
class DevicePane;
class FirstPage;
class ListPanel;
class Menus;
class OptionsPanel;
class ResultsPane;
class SavedLists;
class ThinSplitter;
class TopBar;
class Troubles;

/// \brief The window: its places, and the desks behind them.
///
/// A connection that was opened keeps its desk until the window closes: what runs there goes on while another
/// is shown.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// \brief What the window needs from outside.
    struct Needs {
        using MakeNetwork = std::function<std::unique_ptr<QNetworkAccessManager>()>;
        using MakeDesk = std::function<std::unique_ptr<captures::Desk>(const connections::Connection&,
                                                                       QNetworkAccessManager*)>;

        storage::Settings* settings; ///< outlives the window
        Accounts* accounts;          ///< outlives the window
        QDir data;                   ///< saved lists are below it
        MakeNetwork makeNetwork;
        MakeDesk makeDesk;
        captures::Desk::Clock clock; ///< UTC
    };

    explicit MainWindow(Needs needs, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Shows a connection; reads its devices where it was not open yet.
    void open(const connections::Connection& connection);
    void openSandbox();
    void showFirstPage(const QString& problem = {}); ///< why what was asked for is not open, a sentence
    void tell(const QString& problem);               ///< in the strip over the devices; a sentence

    [[nodiscard]] captures::Desk* desk() const; ///< of the connection that is shown; null on the first page

    // For the menus.
    void refresh();
    void connectToAccount();
    void fillAccounts(QMenu* menu);
    void setAppearance(Appearance appearance);
    void showAbout();
    void showPlaces();
    void focusSearch();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    /// \brief A connection that was opened.
    struct Opened {
        std::unique_ptr<QNetworkAccessManager> network;
        std::unique_ptr<captures::Desk> desk; ///< destroyed before its network
        std::unique_ptr<SavedLists> lists;
        std::unique_ptr<Troubles> troubles;
        QString search;
    };

    void makePlaces();
    void connectPlaces();
    void sharePlaces();
    void bringUp(Opened* opened);
    [[nodiscard]] Opened* make(const connections::Connection& connection);
    [[nodiscard]] QDir listFolder(const connections::Connection& connection) const;
    void search(const QString& text);
    void rewordQuota();
    void followed(const Opened* opened, qint64 run);
    void readEnded(const Opened* opened, bool complete);
    [[nodiscard]] int unsent() const;
    void askToQuit(int unsent);
    void remember();

    Needs m_needs;
    Preferences m_preferences;
    std::vector<std::unique_ptr<Opened>> m_opened;
    Opened* m_shown = nullptr;
    bool m_leaving = false; ///< the operator was asked, and quits

    QStackedWidget* m_pages;
    FirstPage* m_first = nullptr;
    QWidget* m_work;
    QMenu* m_accountMenu;
    TopBar* m_top;
    Banner* m_banner;
    ListPanel* m_lists;
    DevicePane* m_devices;
    ResultsPane* m_results;
    OptionsPanel* m_options;
    ThinSplitter* m_sides;
    ThinSplitter* m_halves;
    QLabel* m_asOf;
    Menus* m_menus;
};

} // namespace ui
