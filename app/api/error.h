// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <optional>
#include <variant>

#include <QList>
#include <QString>

#include "api/certificate.h"

namespace api {

/// \brief One entry of an envelope's `errors` or `messages`, in the service's own words.
struct Notice {
    int code = 0;
    QString message;
    std::optional<QString> documentationUrl;
    std::optional<QString> pointer; ///< JSON pointer into the request, e.g. `/commands/3/device_id`

    bool operator==(const Notice&) const = default;
};

/// \brief What a proxy did instead of opening a way to the service.
enum class ProxyFault {
    Refused,      ///< nobody listens at its address
    NameNotFound, ///< its own name, or there the service's: Qt does not say which
    Password,     ///< it asks for one, or for another
    Denied,       ///< this host or port
    Unreachable,  ///< the service, from there
    TimedOut,
    Lost, ///< it hung up
    Other ///< what it answered fits nothing
};

/// \brief No whole HTTP reply arrived.
struct TransportError {
    enum class Kind { Settings, Refused, NameNotFound, Tls, Proxy, TimedOut, Lost };
    Kind kind = Kind::Lost;
    QString message; ///< the network layer's words, with secrets cut out; of Settings a sentence that says
                     ///< what is wrong with the connection
    bool mayHaveSent = true; ///< false only where no byte of the request can have reached the service
    std::optional<TlsFailure> tls = {};   ///< of Tls, where it is the certificate
    std::optional<ProxyFault> proxy = {}; ///< of Proxy, always

    bool operator==(const TransportError&) const = default;
};

/// What came instead of what was asked for.
enum class Content {
    Nothing, ///< no byte
    WebPage,
    Part,  ///< of a file: another one than was asked for
    Coded, ///< in a content coding that is not read here; `HttpError::excerpt` names it
    Other
};

/// \brief An HTTP reply that is not the service's envelope: a redirect, an HTML page of a box in between.
struct HttpError {
    int status = 0;
    QString contentType = {};
    QString excerpt = {}; ///< the first 200 characters of the body
    Content content = Content::Other;

    bool operator==(const HttpError&) const = default;
};

/// \brief A decoded envelope with `success: false`.
struct ServiceError {
    int status = 0;
    QList<Notice> errors;
    std::optional<std::chrono::seconds> retryAfter; ///< of a 429

    bool operator==(const ServiceError&) const = default;
};

/// \brief A reply that claims to be an envelope and does not decode.
struct DecodeError {
    QString path;    ///< where in the reply, e.g. `/result/commands/2/id`
    QString problem; ///< what was expected and what was found
    int status = 200;

    bool operator==(const DecodeError&) const = default;
};

/// \brief Given up by the program itself.
struct Cancelled {
    bool mayHaveSent = true; ///< false where it was still waiting for its turn

    bool operator==(const Cancelled&) const = default;
};

/// \brief A downloaded byte could not be written here: the disk is full, the file is gone.
struct StorageError {
    QString message;

    bool operator==(const StorageError&) const = default;
};

/// \brief Why a request has no value: closed, and decided in one place (`Client`).
struct Error : std::variant<TransportError, HttpError, ServiceError, DecodeError, StorageError, Cancelled> {
    using variant::variant;

    bool operator==(const Error&) const = default;
    // moc asks every signal's argument whether it can be ordered, and std::variant answers with a compile
    // error.
    friend bool operator<(const Error&, const Error&) = delete;
};

/// The key may not do it, or not from this network: 401 and 403, or code 9109, 10000 or 10001 below 500.
[[nodiscard]] bool isNotAllowed(const ServiceError& error);

/// What a failed POST did on the service.
enum class Effect {
    Refused, ///< a decoded refusal: 4xx other than 408 and 429; nothing was created, sending it again is
             ///< pointless
    NotSent, ///< nothing was created, it may go again: a decoded 429, refused connection, no name, TLS,
             ///< nothing sent
    Unknown  ///< everything else: it may or may not have been created
};

[[nodiscard]] Effect effectOf(const Error& error);

/// The error in the program's plain technical words, for Details and logs: code, message, pointer, status.
[[nodiscard]] QString describe(const Error& error);

} // namespace api
