// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QDBusConnection>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

/// \brief What a user's session has, in a folder of its own: a session bus, and GNOME's keyring with a
/// password.  Nobody is there to be asked for it.
class Desktop {
public:
    Desktop();
    ~Desktop();
    Desktop(const Desktop&) = delete;
    Desktop& operator=(const Desktop&) = delete;

    /// The bus, which is started afterwards, starts one of our programs when somebody asks for a name.
    [[nodiscard]] bool offer(const QString& name, const QString& program, const QStringList& arguments);
    [[nodiscard]] bool startBus();
    [[nodiscard]] bool startKeyring(); ///< opened with its password
    void stopKeyring();
    [[nodiscard]] bool lock();
    /// Whoever asks the operator something waits for ever.
    [[nodiscard]] bool ignoreQuestions();

    /// What the program `keychain_subject` said to each of the calls, `read KEY` and so on, made at once.
    [[nodiscard]] QList<QJsonObject> ask(const QStringList& calls, const QString& secret = {});
    /// The same for one call.
    [[nodiscard]] QJsonObject askOne(const QString& call, const QString& secret = {});

    /// Whether a text lies anywhere in the folder: as it is, as UTF-16, in base64.
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
    QString m_name; ///< of our own connection to the bus
    std::unique_ptr<Deaf> m_deaf;
};
