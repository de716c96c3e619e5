// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QMap>

#include "storage/secretsession.h"
#include "storage/sessionbus.h"

namespace storage {

/// \brief A client of the Secret Service (org.freedesktop.secrets, specification 1.0 draft): GNOME's keyring,
/// KDE's wallet since 5.97, KeePassXC and others.
///
/// What is locked is unlocked first, with the service's own prompt.  A secret stays where it lies; a new one
/// goes to the default collection, else to the login collection, else to the only one, else to a new default
/// collection.  The attributes are those of QtKeychain, which wrote the secrets of earlier versions.
class SecretService {
public:
    static const QString name; ///< on the bus

    /// \param application under whose name the secrets are kept
    SecretService(SessionBus& bus, QString application);

    /// \returns `Locked` also where the default collection is locked; asks the operator nothing
    [[nodiscard]] SecretAnswer check();
    [[nodiscard]] SecretAnswer read(const QString& key);
    [[nodiscard]] SecretAnswer write(const QString& key, const QString& secret);
    [[nodiscard]] SecretAnswer remove(const QString& key);

private:
    template<class Value>
    using Result = SessionBus::Result<Value>;
    using Attributes = QMap<QString, QString>;
    struct Found {
        QStringList open, locked; ///< paths of items
    };
    struct Session {
        QString path;
        std::unique_ptr<SecretSession> cipher; ///< null: plain
    };

    [[nodiscard]] Result<QVariantList> call(const QString& path, const char* interface, const QString& method,
                                            const QVariantList& arguments = {}) const;
    /// The same; what the service says is locked is unlocked, and the call repeated once.
    [[nodiscard]] Result<QVariantList> callOpen(const QString& path, const char* interface,
                                                const QString& method, const QVariantList& arguments = {});
    [[nodiscard]] Attributes attributes(const QString& key) const;
    [[nodiscard]] Result<Found> search(const QString& key) const;
    /// The same; where nothing is found in a locked collection, that is unlocked first, and so are the items.
    [[nodiscard]] Result<Found> searchOpen(const QString& key);
    [[nodiscard]] Result<bool> isLocked(const QString& collection) const;
    [[nodiscard]] Result<void> unlock(const QStringList& paths);
    /// \returns the prompt's result
    [[nodiscard]] Result<QVariant> prompt(const QVariant& path) const;
    /// Where a new secret goes; empty: there is no such collection.
    [[nodiscard]] Result<QString> collection() const;
    [[nodiscard]] Result<QString> newCollection();
    [[nodiscard]] Result<Session> openSession() const;
    [[nodiscard]] Result<QString> readItem(const QString& path);

    SessionBus& m_bus;
    QString m_application;
};

} // namespace storage
