// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/redactor.h"

namespace api {

using namespace Qt::StringLiterals;

Redactor::Redactor(const Credentials& credentials)
{
    if (const auto* pair = std::get_if<EmailAndKey>(&credentials))
        add(pair->key, pair->email);
    else
        add(std::get<BearerToken>(credentials).token, {});
}

Redactor::Redactor(const Endpoint& endpoint)
    : Redactor(endpoint.credentials)
{
    add(endpoint.route.password, endpoint.route.user);
}

/// \param user if not empty, the pair `user:secret` is hidden in base64, too
void Redactor::add(const QString& secret, const QString& user)
{
    m_hidden.add(secret);
    if (secret.isEmpty() || user.isEmpty())
        return;
    const auto pair = (user + u':' + secret).toUtf8().toBase64(QByteArray::OmitTrailingEquals);
    // The last base64 digit depends on the bytes that follow.
    for (const auto size : {pair.size(), pair.size() - 1})
        m_pairs << QString::fromLatin1(pair.left(size));
}

QString Redactor::clean(QString text) const
{
    for (const auto& pair : m_pairs)
        text.replace(pair, u"«secret»"_s, Qt::CaseInsensitive);
    return m_hidden.clean(text);
}

Error Redactor::clean(Error error) const
{
    const auto cleanMaybe = [this](std::optional<QString>& text) {
        if (text)
            text = clean(*text);
    };
    if (auto* transport = std::get_if<TransportError>(&error)) {
        transport->message = clean(transport->message);
        if (transport->tls && transport->tls->certificate) {
            auto& certificate = *transport->tls->certificate;
            certificate.subject = clean(certificate.subject);
            certificate.issuer = clean(certificate.issuer);
            for (auto& name : certificate.names)
                name = clean(name);
        }
    } else if (auto* http = std::get_if<HttpError>(&error)) {
        http->contentType = clean(http->contentType);
        http->excerpt = clean(http->excerpt);
    } else if (auto* service = std::get_if<ServiceError>(&error)) {
        for (auto& notice : service->errors) {
            notice.message = clean(notice.message);
            cleanMaybe(notice.documentationUrl);
            cleanMaybe(notice.pointer);
        }
    } else if (auto* decode = std::get_if<DecodeError>(&error)) {
        decode->path = clean(decode->path);
        decode->problem = clean(decode->problem);
    } else if (auto* storage = std::get_if<StorageError>(&error)) {
        storage->message = clean(storage->message);
    }
    return error;
}

} // namespace api
