// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include "storage/sessionbus.h"

namespace storage {

/// \brief A client of KDE's wallet (org.kde.KWallet), for desktops on which KWallet does not provide the
/// Secret Service: before 5.97, or where that is switched off.
class Wallet {
public:
    /// Names on the bus, newest first.
    static const QStringList names;

    /// \param name one of `names`
    /// \param application the folder in the wallet, named as by QtKeychain
    Wallet(SessionBus& bus, const QString& name, QString application);

    /// Never prompts the operator.  \returns `Locked` also if the wallet is closed
    [[nodiscard]] SecretAnswer check();
    [[nodiscard]] SecretAnswer read(const QString& key);
    [[nodiscard]] SecretAnswer write(const QString& key, const QString& secret);
    [[nodiscard]] SecretAnswer remove(const QString& key);

private:
    using Result = SessionBus::Result<QVariant>;

    [[nodiscard]] Result call(const QString& method, const QVariantList& arguments = {}) const;
    [[nodiscard]] std::expected<QString, SecretProblem> networkWallet() const;
    /// Prompts the operator if the wallet is closed.
    [[nodiscard]] std::expected<int, SecretProblem> open() const;
    /// Opens the wallet; nothing if it has no such entry.
    [[nodiscard]] std::expected<std::optional<int>, SecretProblem> openWith(const QString& key) const;

    SessionBus& m_bus;
    SessionBus::Object m_object;
    QString m_application;
};

} // namespace storage
