// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

class QSslConfiguration;
class QSslError;

namespace api {

/// \brief The fields of a peer's certificate, shortened for display because an unknown peer can send any
/// text.
struct Certificate {
    QString subject;
    QString issuer;
    QDateTime from; ///< UTC, as is `until`
    QDateTime until;
    QStringList names;   ///< the host names for which it is valid
    QString fingerprint; ///< SHA-256, as pairs of hexadecimal digits

    bool operator==(const Certificate&) const = default;
};

/// \brief Why a certificate was rejected.
struct TlsFailure {
    enum class Fault { Revoked, UnknownIssuer, SelfSigned, WrongName, NotYetValid, Expired, Other };

    QString host;
    QList<Fault> faults; ///< most severe first, without duplicates, at least one
    std::optional<Certificate> certificate;

    bool operator==(const TlsFailure&) const = default;
};

/// \param errors at least one
[[nodiscard]] TlsFailure tlsFailure(const QString& host, const QList<QSslError>& errors,
                                    const QSslConfiguration& session);

/// A technical term for a fault: `certificate expired`.
[[nodiscard]] QString word(TlsFailure::Fault fault);

/// The host and the certificate's fields, one per line.
[[nodiscard]] QStringList factsOf(const TlsFailure& failure);

} // namespace api
