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

/// \brief What a certificate says, cut to what fits on a screen: it comes from whoever answered.
struct Certificate {
    QString subject;
    QString issuer;
    QDateTime from; ///< UTC, and so is the next
    QDateTime until;
    QStringList names;   ///< of hosts that it is for
    QString fingerprint; ///< SHA-256, in pairs of digits

    bool operator==(const Certificate&) const = default;
};

/// \brief Why a certificate was not taken.
struct TlsFailure {
    enum class Fault { Revoked, UnknownIssuer, SelfSigned, WrongName, NotYetValid, Expired, Other };

    QString host;
    QList<Fault> faults; ///< the gravest first, none twice, at least one
    std::optional<Certificate> certificate;

    bool operator==(const TlsFailure&) const = default;
};

/// \param errors at least one
[[nodiscard]] TlsFailure tlsFailure(const QString& host, const QList<QSslError>& errors,
                                    const QSslConfiguration& session);

/// A fault in plain technical words: `certificate expired`.
[[nodiscard]] QString word(TlsFailure::Fault fault);

/// Host and certificate, a fact a line.
[[nodiscard]] QStringList factsOf(const TlsFailure& failure);

} // namespace api
