// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/redactor.h"

#include <algorithm>

#include <QUrl>

namespace api {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype shortest = 4; ///< cutting less out would leave no text to read, and hide nothing

} // namespace

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

/// \param user who sends it as `user:secret` in base64; empty: nobody does
void Redactor::add(const QString& secret, const QString& user)
{
    if (secret.size() < shortest)
        return;
    const auto bytes = secret.toUtf8();
    m_forms << secret << QString::fromLatin1(QUrl::toPercentEncoding(secret));
    QList<QByteArray> plain{bytes};
    if (!user.isEmpty())
        plain << user.toUtf8() + ':' + bytes;
    for (const auto& text : plain) {
        // Without the padding, and without the last digit, which depends on what follows.
        const auto whole = text.toBase64(QByteArray::OmitTrailingEquals);
        const auto stable = whole.left(text.size() * 8 / 6);
        for (const auto& form : {whole, stable}) {
            m_forms << QString::fromLatin1(form);
            m_forms << QString::fromLatin1(form).replace(u'+', u'-').replace(u'/', u'_');
        }
    }
    std::ranges::sort(m_forms, std::greater{}, &QString::size);
}

QString Redactor::clean(QString text) const
{
    // Percent-encoding may come in small letters; base64 told apart by case is cut out all the same.
    for (const auto& form : m_forms)
        text.replace(form, u"«secret»"_s, Qt::CaseInsensitive);
    return text;
}

Error Redactor::clean(Error error) const
{
    const auto cleanMaybe = [this](std::optional<QString>& text) {
        if (text)
            text = clean(*text);
    };
    if (auto* transport = std::get_if<TransportError>(&error)) {
        transport->message = clean(transport->message);
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
