// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QByteArray>

namespace storage {

/// \brief The cryptography of a session with a Secret Service, `dh-ietf1024-sha256-aes128-cbc-pkcs7` of its
/// specification (1.0, "Transfer of Secrets"): a secret does not cross the bus in plain.
class SecretSession {
public:
    SecretSession(); ///< makes a pair of keys

    /// Of this side, big-endian.
    [[nodiscard]] const QByteArray& publicKey() const { return m_publicKey; }
    /// \param publicKey of the service, big-endian
    /// \returns whether it is one
    [[nodiscard]] bool agree(const QByteArray& publicKey);

    struct Sealed {
        QByteArray parameters; ///< the initialization vector
        QByteArray value;
    };
    /// \pre `agree` has succeeded
    [[nodiscard]] Sealed seal(const QByteArray& secret) const;
    /// \returns nothing where it was not sealed with this session's key
    [[nodiscard]] std::optional<QByteArray> open(const Sealed& sealed) const;

private:
    QByteArray m_privateKey;
    QByteArray m_publicKey;
    QByteArray m_key; ///< of AES, 16 bytes
};

} // namespace storage
