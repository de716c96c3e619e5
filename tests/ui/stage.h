// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include <QDialog>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include "captures/moment.h"
#include "connections/store.h"
#include "storage/settings.h"
#include "ui/common/desktoplook.h"
#include "ui/common/dialogkeys.h"
#include "ui/window/mainwindow.h"

/// \brief The sandbox program with an account of its own.
class Sandbox {
public:
    explicit Sandbox(const QStringList& arguments);
    ~Sandbox();

    [[nodiscard]] connections::Connection connection() const;
    [[nodiscard]] QString readOnlyToken() const { return m_readOnlyToken; }
    void kill();

    /// Queries the service with a separate client: returns the `result` of a GET.
    [[nodiscard]] QJsonObject get(const QString& path) const;
    [[nodiscard]] QJsonArray commands() const; ///< the newest 50
    [[nodiscard]] int created() const;         ///< commands ever created
    /// Advances the account's time, which is stopped otherwise.  Requires `--clock manual`.
    void pass(std::chrono::seconds time) const;

private:
    QJsonObject ask(const QByteArray& method, const QUrl& url) const;

    QProcess m_process;
    QString m_baseUrl;
    QString m_account;
    QString m_token;
    QString m_readOnlyToken;
};

/// \brief The clock of a window under test.  Follows the system clock, can be stopped, and can be advanced.
class StageClock {
public:
    StageClock();

    [[nodiscard]] captures::Clock clock() const;
    void stop();
    void go();                                 ///< continues from the current time
    void pass(std::chrono::milliseconds time); ///< also works while the clock is stopped

private:
    struct State {
        std::chrono::milliseconds ahead{0};
        std::optional<captures::Moment> stopped;
    };

    std::shared_ptr<State> m_state;
};

/// \brief The real window, with folders of its own, on an account.
class Stage {
public:
    /// \param folder its files, so that it can be started again; empty: a folder of its own
    /// \param secrets a keychain; null: none
    /// \param desktop the appearance to follow; null: none
    explicit Stage(QSize size = {1280, 800}, const QString& appearance = QStringLiteral("light"),
                   const QString& folder = {}, std::unique_ptr<storage::Secrets> secrets = {},
                   ui::DesktopLook* desktop = nullptr);
    ~Stage();

    [[nodiscard]] ui::MainWindow& window() { return *m_window; }
    [[nodiscard]] const storage::Paths& paths() const { return m_paths; }
    [[nodiscard]] const connections::Store& store() const { return *m_store; }
    [[nodiscard]] storage::Settings& settings() { return *m_settings; }
    [[nodiscard]] StageClock& clock() { return m_clock; }
    /// Waits until a dialog with this object name is visible and has the keyboard focus, and returns it.  The
    /// time in which it ignores keys is over.
    template<class Dialog = QDialog>
    [[nodiscard]] Dialog* dialog(const char* name)
    {
        auto* found = qobject_cast<Dialog*>(await(QLatin1StringView(name)));
        m_clock.pass(ui::DialogKeys::guardTime);
        return found;
    }
    /// Likewise, but the dialog still ignores keys.
    [[nodiscard]] QDialog* newDialog(const char* name) { return await(QLatin1StringView(name)); }
    /// Whether no such dialog is visible.
    [[nodiscard]] bool isClosed(const char* name) const;
    /// Fills in the file dialog that has just been opened.  \param title the start of its title
    void answerFileDialog(const QString& title, const QString& path);
    void search(const QString& text); ///< by keyboard
    void typeTicket(const QString& text);
    /// Clicks the tick box of a row.
    void tick(int row);
    /// Searches for the device and ticks its only row.
    void tick(const devices::Key& key);
    /// Ticks the first tickable devices until `count` are ticked.
    void tickFirst(int count);
    /// Returns a widget by its object name.  \pre it exists
    template<class Widget>
    [[nodiscard]] Widget* find(const char* name)
    {
        auto* widget = m_window->findChild<Widget*>(QLatin1StringView(name));
        if (!widget)
            qFatal("there is no %s", name);
        return widget;
    }
    /// Saves a picture in the folder that CAPTUREDESK_SCREENSHOTS names, if it is set.
    void picture(const char* name, QWidget* of = nullptr);

private:
    [[nodiscard]] QDialog* await(QLatin1StringView name);

    StageClock m_clock;
    QTemporaryDir m_folder;
    storage::Paths m_paths;
    std::unique_ptr<storage::Settings> m_settings;
    std::unique_ptr<captures::Journal> m_journal;
    std::unique_ptr<captures::SharedRecord> m_shared;
    std::unique_ptr<storage::Secrets> m_secrets;
    std::unique_ptr<connections::Store> m_store;
    std::unique_ptr<ui::MainWindow> m_window;
};
