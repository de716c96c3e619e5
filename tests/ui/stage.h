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

    /// The service's own answer, by another way than the program's: the `result` of a GET.
    [[nodiscard]] QJsonObject get(const QString& path) const;
    [[nodiscard]] QJsonArray commands() const; ///< the newest 50
    [[nodiscard]] int created() const;         ///< commands, ever
    /// Moves the account's time on, which stands still otherwise: `--clock manual` is needed.
    void pass(std::chrono::seconds time) const;

private:
    QJsonObject ask(const QByteArray& method, const QUrl& url) const;

    QProcess m_process;
    QString m_baseUrl;
    QString m_account;
    QString m_token;
    QString m_readOnlyToken;
};

/// \brief The clock of a window under test.  It goes with the system's, can be stopped, and is moved on.
class StageClock {
public:
    StageClock();

    [[nodiscard]] captures::Clock clock() const;
    void stop();
    void go();                                 ///< on from where it stands
    void pass(std::chrono::milliseconds time); ///< also while it is stopped

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
    /// \param folder where its files are, so that it can be begun anew; without one, in one of its own
    /// \param secrets a keychain; without one there is none
    /// \param desktop whose appearance it follows; without one, nobody's
    explicit Stage(QSize size = {1280, 800}, const QString& appearance = QStringLiteral("light"),
                   const QString& folder = {}, std::unique_ptr<storage::Secrets> secrets = {},
                   ui::DesktopLook* desktop = nullptr);
    ~Stage();

    [[nodiscard]] ui::MainWindow& window() { return *m_window; }
    [[nodiscard]] const storage::Paths& paths() const { return m_paths; }
    [[nodiscard]] const connections::Store& store() const { return *m_store; }
    [[nodiscard]] storage::Settings& settings() { return *m_settings; }
    [[nodiscard]] StageClock& clock() { return m_clock; }
    /// A dialog by its object name, once it shows and has the keyboard.  The operator has looked at it: its
    /// first moments are over.
    template<class Dialog = QDialog>
    [[nodiscard]] Dialog* dialog(const char* name)
    {
        auto* found = qobject_cast<Dialog*>(await(QLatin1StringView(name)));
        m_clock.pass(ui::DialogKeys::guardTime);
        return found;
    }
    /// Likewise, in its first moments.
    [[nodiscard]] QDialog* newDialog(const char* name) { return await(QLatin1StringView(name)); }
    /// Whether no such dialog shows.
    [[nodiscard]] bool isClosed(const char* name) const;
    /// Answers the file dialog that has just been opened.  \param title how it begins
    void answerFileDialog(const QString& title, const QString& path);
    void search(const QString& text); ///< with the keys
    void typeTicket(const QString& text);
    /// Clicks into the tick of a row.
    void tick(int row);
    /// Searches for it and ticks its one row.
    void tick(const devices::Key& key);
    /// Ticks the first devices that can be, until so many are ticked.
    void tickFirst(int count);
    /// A widget by its object name: there must be one.
    template<class Widget>
    [[nodiscard]] Widget* find(const char* name)
    {
        auto* widget = m_window->findChild<Widget*>(QLatin1StringView(name));
        if (!widget)
            qFatal("there is no %s", name);
        return widget;
    }
    /// Saves a picture where CAPTUREDESK_SCREENSHOTS says, if it does.
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
