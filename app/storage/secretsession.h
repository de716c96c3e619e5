// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QByteArray>

namespace storage {

/// \brief The encryption of a session with a Secret Service, `dh-ietf1024-sha256-aes128-cbc-pkcs7` of its
/// specification (1.0, "Transfer of Secrets").  With it, no secret crosses the bus unencrypted.
class SecretSession {
public:
    SecretSession(); ///< generates a key pair

    /// This side's public key, big-endian.
    [[nodiscard]] const QByteArray& publicKey() const { return m_publicKey; }
    /// Derives the session key.  \param publicKey of the service, big-endian
    /// \returns whether the key is valid
    [[nodiscard]] bool agree(const QByteArray& publicKey);

    struct Sealed {
        QByteArray parameters; ///< the initialization vector
        QByteArray value;
    };
    /// \pre `agree` has succeeded
    [[nodiscard]] Sealed seal(const QByteArray& secret) const;
    /// \returns nothing if it was not encrypted with this session's key
    [[nodiscard]] std::optional<QByteArray> open(const Sealed& sealed) const;

private:
    QByteArray m_privateKey;
    QByteArray m_publicKey;
    QByteArray m_key; ///< AES key, 16 bytes
};

} // namespace storage
