// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QMap>

#include "storage/secretsession.h"
#include "storage/sessionbus.h"

namespace storage {

/// \brief A client of the Secret Service (org.freedesktop.secrets, specification 1.0 draft), which GNOME's
/// keyring, KDE's wallet since 5.97, KeePassXC and others provide.
///
/// A locked item or collection is unlocked first, with the service's own prompt.  An existing secret stays
/// in its collection.  A new one goes to the default collection, else to the login collection, else to the
/// only one, else to a new default collection.  The attributes are those of QtKeychain, which stored the
/// secrets of earlier versions.
class SecretService {
public:
    static const QString name; ///< name on the bus

    /// \param application the name under which the secrets are stored
    SecretService(SessionBus& bus, QString application);

    /// Never prompts the operator.  \returns `Locked` also if the default collection is locked
    [[nodiscard]] SecretAnswer check();
    [[nodiscard]] SecretAnswer read(const QString& key);
    [[nodiscard]] SecretAnswer write(const QString& key, const QString& secret);
    [[nodiscard]] SecretAnswer remove(const QString& key);

private:
    template<class Value>
    using Result = SessionBus::Result<Value>;
    using Attributes = QMap<QString, QString>;
    struct Found {
        QStringList open, locked; ///< object paths of items
    };
    struct Session {
        QString path;
        std::unique_ptr<SecretSession> cipher; ///< null: secrets are transferred unencrypted
    };

    [[nodiscard]] Result<QVariantList> call(const QString& path, const char* interface, const QString& method,
                                            const QVariantList& arguments = {}) const;
    /// Like `call`.  If the service reports that the object is locked, unlocks it and repeats the call once.
    [[nodiscard]] Result<QVariantList> callOpen(const QString& path, const char* interface,
                                                const QString& method, const QVariantList& arguments = {});
    [[nodiscard]] Attributes attributes(const QString& key) const;
    [[nodiscard]] Result<Found> search(const QString& key) const;
    /// Like `search`, but unlocks the items.  If nothing is found and the collection is locked, unlocks the
    /// collection first.
    [[nodiscard]] Result<Found> searchOpen(const QString& key);
    [[nodiscard]] Result<bool> isLocked(const QString& collection) const;
    [[nodiscard]] Result<void> unlock(const QStringList& paths);
    /// Runs the prompt at `path`, if there is one.  \returns the prompt's result
    [[nodiscard]] Result<QVariant> prompt(const QVariant& path) const;
    /// The collection for new secrets; empty: there is none.
    [[nodiscard]] Result<QString> collection() const;
    [[nodiscard]] Result<QString> newCollection();
    [[nodiscard]] Result<Session> openSession() const;
    [[nodiscard]] Result<QString> readItem(const QString& path);

    SessionBus& m_bus;
    QString m_application;
};

} // namespace storage
