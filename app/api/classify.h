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

/// \brief How one exchange with the service ended, as it was seen from here.
struct Ending {
    bool cancelled =
        false; ///< our own doing, and so are the next two: Qt calls them all OperationCanceledError
    bool timedOut = false;
    bool tooLarge = false;
    bool sent = true; ///< whether any part of the request may have been
    int status = 0;   ///< 0: no reply
    QByteArray contentType;
    QByteArray body;
    std::optional<std::chrono::seconds> retryAfter;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QString errorText;
    QStringList proxyWords;        ///< see `proxyWords()`, when the request left
    std::optional<TlsFailure> tls; ///< what Qt found wrong with the certificate
    bool proxied = false;          ///< it was to go through a proxy
    bool reached = false;          ///< it got past the proxy, or others did before it
};

/// Qt's sentences for what a proxy does, in the language of the moment: for some of it there is no error code
/// (QNetworkReply has one for all of them).  An error is told apart by these as they were when the request
/// left, as they are now, and untranslated, for the language may have changed meanwhile.
[[nodiscard]] QStringList proxyWords();

/// The error that a body is which is not the service's: what it is, and how it begins.
[[nodiscard]] HttpError foreign(const Ending& ending, const Redactor& redactor);

/// Whether the reply came and came whole, whatever it says; or why not.
[[nodiscard]] std::optional<Error> interruption(const Ending& ending);

/// Decides what an ending is, for every endpoint and in one order: our own doing, a redirect, a reply that
/// did not come or is not whole, something that is no envelope, a refusal, an envelope that says success.
[[nodiscard]] std::expected<QJsonObject, Error> classify(const Ending& ending, const Redactor& redactor);

} // namespace api
