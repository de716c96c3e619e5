// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/certificate.h"

#include <algorithm>

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>

namespace api {

namespace {

using namespace Qt::StringLiterals;
using Fault = TlsFailure::Fault;

constexpr qsizetype longestText = 120;
constexpr qsizetype mostNames = 8;

QString readable(QString text)
{
    for (auto& c : text) {
        if (!c.isPrint())
            c = u' ';
    }
    text = text.simplified();
    return text.size() > longestText ? text.left(longestText) + u'…' : text;
}

QString nameOf(const QStringList& commonNames, const QStringList& organizations)
{
    const auto all = commonNames + organizations;
    return all.isEmpty() ? u"(no name)"_s : readable(all.join(u", "_s));
}

Certificate factsOf(const QSslCertificate& certificate)
{
    QStringList names;
    for (const auto& name : certificate.subjectAlternativeNames())
        names << readable(name);
    names.sort();
    if (const auto more = names.size() - mostNames; more > 0)
        names = names.first(mostNames) << u"%1 more"_s.arg(more);
    return {
        .subject = nameOf(certificate.subjectInfo(QSslCertificate::CommonName),
                          certificate.subjectInfo(QSslCertificate::Organization)),
        .issuer = nameOf(certificate.issuerInfo(QSslCertificate::CommonName),
                         certificate.issuerInfo(QSslCertificate::Organization)),
        .from = certificate.effectiveDate().toUTC(),
        .until = certificate.expiryDate().toUTC(),
        .names = names,
        .fingerprint =
            QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper()),
    };
}

Fault faultOf(QSslError::SslError error)
{
    // A switch would have to list some fifty codes.
    static const QHash<QSslError::SslError, Fault> known{
        {QSslError::CertificateRevoked, Fault::Revoked},
        {QSslError::CertificateBlacklisted, Fault::Revoked},
        {QSslError::UnableToGetIssuerCertificate, Fault::UnknownIssuer},
        {QSslError::UnableToGetLocalIssuerCertificate, Fault::UnknownIssuer},
        {QSslError::UnableToVerifyFirstCertificate, Fault::UnknownIssuer},
        {QSslError::SelfSignedCertificateInChain, Fault::UnknownIssuer},
        {QSslError::CertificateUntrusted, Fault::UnknownIssuer},
        {QSslError::SelfSignedCertificate, Fault::SelfSigned},
        {QSslError::HostNameMismatch, Fault::WrongName},
        {QSslError::CertificateNotYetValid, Fault::NotYetValid},
        {QSslError::CertificateExpired, Fault::Expired},
    };
    return known.value(error, Fault::Other);
}

QString dateOf(const QDateTime& time)
{
    return time.toString(u"yyyy-MM-dd HH:mm"_s);
}

} // namespace

TlsFailure tlsFailure(const QString& host, const QList<QSslError>& errors, const QSslConfiguration& session)
{
    TlsFailure failure{.host = host, .faults = {}, .certificate = {}};
    for (const auto& error : errors)
        failure.faults << faultOf(error.error());
    std::ranges::sort(failure.faults);
    failure.faults.erase(std::ranges::unique(failure.faults).begin(), failure.faults.end());
    auto shown = session.peerCertificate();
    for (const auto& error : errors) {
        if (shown.isNull())
            shown = error.certificate();
    }
    if (!shown.isNull())
        failure.certificate = factsOf(shown);
    return failure;
}

QString word(TlsFailure::Fault fault)
{
    switch (fault) {
    case Fault::Revoked: return u"certificate revoked"_s;
    case Fault::UnknownIssuer: return u"unknown issuer"_s;
    case Fault::SelfSigned: return u"self-signed certificate"_s;
    case Fault::WrongName: return u"certificate for another name"_s;
    case Fault::NotYetValid: return u"certificate not yet valid"_s;
    case Fault::Expired: return u"certificate expired"_s;
    case Fault::Other: break;
    }
    return u"certificate not accepted"_s;
}

QStringList factsOf(const TlsFailure& failure)
{
    QStringList lines{u"Host: "_s + failure.host};
    if (const auto& certificate = failure.certificate) {
        lines << u"Issued to: "_s + certificate->subject;
        lines << u"Issued by: "_s + certificate->issuer;
        lines << u"Valid: %1 to %2 UTC"_s.arg(dateOf(certificate->from), dateOf(certificate->until));
        lines << u"Names: "_s + certificate->names.join(u", "_s);
        lines << u"SHA-256: "_s + certificate->fingerprint;
    }
    return lines;
}

} // namespace api
