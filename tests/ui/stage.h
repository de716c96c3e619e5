// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include "connections/store.h"
#include "storage/settings.h"
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

private:
    QProcess m_process;
    QString m_baseUrl;
    QString m_account;
    QString m_token;
    QString m_readOnlyToken;
};

/// \brief The real window, with folders of its own, on an account.
class Stage {
public:
    /// \param folder where its files are, so that it can be begun anew; without one, in one of its own
    explicit Stage(QSize size = {1280, 800}, const QString& appearance = QStringLiteral("light"),
                   const QString& folder = {});
    ~Stage();

    [[nodiscard]] ui::MainWindow& window() { return *m_window; }
    [[nodiscard]] const storage::Paths& paths() const { return m_paths; }
    [[nodiscard]] const connections::Store& store() const { return *m_store; }
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
    QTemporaryDir m_folder;
    storage::Paths m_paths;
    std::unique_ptr<storage::Settings> m_settings;
    std::unique_ptr<captures::Journal> m_journal;
    std::unique_ptr<captures::SharedRecord> m_shared;
    std::unique_ptr<storage::Secrets> m_secrets; ///< a keychain that is not there
    std::unique_ptr<connections::Store> m_store;
    std::unique_ptr<ui::MainWindow> m_window;
};
