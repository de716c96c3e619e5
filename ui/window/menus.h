// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class QAction;
class QActionGroup;
class QMenu;

namespace ui {

class DevicePane;
class ListPanel;
class MainWindow;
class OptionsPanel;
class ResultsPane;
enum class Appearance;

/// \brief The menu bar, and with it the window's keys.
class Menus final : public QObject {
    Q_OBJECT

public:
    /// \brief The places that the entries act on.
    struct Places {
        MainWindow* window;
        ListPanel* lists;
        DevicePane* devices;
        OptionsPanel* options;
        ResultsPane* results;
    };

    explicit Menus(const Places& places);

    /// Nothing but connecting and quitting makes sense before an account is open.
    void setOpen(bool open);
    void setAppearance(Appearance appearance);
    [[nodiscard]] QAction* refreshAction() const { return m_refresh; }

private:
    void makeFile();
    void makeDevices();
    void makeCaptures();
    void makeView();
    void makeHelp();
    void rewordDevices();

    Places m_places;
    QActionGroup* m_needOpen; ///< entries that need an account
    QActionGroup* m_appearances;
    QAction* m_refresh = nullptr;
    QAction* m_tickHighlighted = nullptr;
    QAction* m_untick = nullptr;
    QAction* m_again = nullptr;
    QAction* m_tickShown = nullptr;
};

} // namespace ui
