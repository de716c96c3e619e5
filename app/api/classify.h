// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <expected>
#include <optional>

#include <QByteArray>
#include <QJsonObject>
#include <QNetworkReply>
#include <QStringList>

#include "api/error.h"

namespace api {

class Redactor;

/// \brief The outcome of one HTTP exchange as observed by the client.
struct Ending {
    bool cancelled = false; ///< caused by the client, as are `timedOut` and `tooLarge`: Qt reports all three
                            ///< as OperationCanceledError
    bool timedOut = false;
    bool tooLarge = false;
    bool sent = true; ///< whether any part of the request may have been sent
    int status = 0;   ///< 0: no reply
    QByteArray contentType;
    QByteArray body;
    std::optional<std::chrono::seconds> retryAfter;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QString errorText;
    QStringList proxyWords;        ///< `proxyWords()` at the time the request was sent
    std::optional<TlsFailure> tls; ///< the certificate errors that Qt reported
    bool proxied = false;          ///< the request was routed through a proxy
    bool reached = false;          ///< this request, or an earlier one, got past the proxy
};

/// Qt's messages for proxy errors, in the current language.  Some of these errors have no code of their own
/// in QNetworkReply, so the message text identifies them.  It is compared with these messages as they were
/// when the request was sent, as they are now, and untranslated, because the language may have changed
/// meanwhile.
[[nodiscard]] QStringList proxyWords();

/// The error for a body that did not come from the service: its kind and an excerpt of its beginning.
[[nodiscard]] HttpError foreign(const Ending& ending, const Redactor& redactor);

/// Returns why no complete reply arrived, or nothing if a complete reply arrived, whatever its content.
[[nodiscard]] std::optional<Error> interruption(const Ending& ending);

/// Classifies the outcome of an exchange, for every endpoint and in one order: cancelled by the client, a
/// redirect, a missing or incomplete reply, a body that is not an envelope, a refusal, an envelope that
/// reports success.
[[nodiscard]] std::expected<QJsonObject, Error> classify(const Ending& ending, const Redactor& redactor);

} // namespace api
