// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QDBusConnection>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

/// \brief A user's session in a folder of its own: a session bus, and GNOME's keyring with a password. Nobody
/// answers prompts.
class Desktop {
public:
    Desktop();
    ~Desktop();
    Desktop(const Desktop&) = delete;
    Desktop& operator=(const Desktop&) = delete;

    /// Lets the bus, once started, start one of our programs when a client requests the name.
    [[nodiscard]] bool offer(const QString& name, const QString& program, const QStringList& arguments);
    [[nodiscard]] bool startBus();
    [[nodiscard]] bool startKeyring(); ///< unlocked with its password
    void stopKeyring();
    [[nodiscard]] bool lock();
    /// Makes every prompt wait forever.
    [[nodiscard]] bool ignoreQuestions();

    /// Runs the program `keychain_subject` with these calls, such as `read KEY`, made all at once, and
    /// returns its answers.
    [[nodiscard]] QList<QJsonObject> ask(const QStringList& calls, const QString& secret = {});
    /// Likewise for one call.
    [[nodiscard]] QJsonObject askOne(const QString& call, const QString& secret = {});

    /// Whether any file in the folder contains a text: as it is, as UTF-16, or in base64.
    [[nodiscard]] bool holds(const QString& text) const;

    [[nodiscard]] QString address() const
    {
        return environment.value(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    }
    [[nodiscard]] QString path() const { return m_folder.path(); }
    QProcessEnvironment environment;
    QProcess bus;
    QProcess keyring;

private:
    class Deaf;
    [[nodiscard]] QDBusConnection connection() const { return QDBusConnection(m_name); }
    [[nodiscard]] bool call(const QString& method, const QVariantList& arguments) const;

    QTemporaryDir m_folder;
    QString m_name; ///< name of our own connection to the bus
    std::unique_ptr<Deaf> m_deaf;
};
