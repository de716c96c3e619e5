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

/// \brief How a proxy failed to open a tunnel to the service.
enum class ProxyFault {
    Refused,      ///< no process listens at the proxy's address
    NameNotFound, ///< the proxy's name, or the service's name as resolved by the proxy: Qt does not say
                  ///< which
    Password,     ///< the proxy requires a password, or a different one
    Denied,       ///< the proxy does not allow this host or port
    Unreachable,  ///< the proxy cannot reach the service
    TimedOut,
    Lost, ///< the proxy closed the connection
    Other ///< any other response
};

/// \brief No complete HTTP reply arrived.
struct TransportError {
    enum class Kind { Settings, Refused, NameNotFound, Tls, Proxy, TimedOut, Lost };
    Kind kind = Kind::Lost;
    QString message; ///< the network layer's message, with secrets removed; for `Settings` a sentence that
                     ///< says what is wrong with the connection's settings
    bool mayHaveSent = true;            ///< false only if no byte of the request can have reached the service
    std::optional<TlsFailure> tls = {}; ///< for `Tls`, if the certificate caused the error
    std::optional<ProxyFault> proxy = {}; ///< always set for `Proxy`

    bool operator==(const TransportError&) const = default;
};

/// What the reply contained instead of the expected content.
enum class Content {
    Nothing, ///< an empty body
    WebPage,
    Part,  ///< a part of a file, but not the requested one
    Coded, ///< in an unsupported content coding; `HttpError::excerpt` names it
    Other
};

/// \brief An HTTP reply that is not the service's envelope, such as a redirect or an HTML page of an
/// intermediary.
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
    std::optional<std::chrono::seconds> retryAfter; ///< set for a 429

    bool operator==(const ServiceError&) const = default;
};

/// \brief A reply that claims to be an envelope and does not decode.
struct DecodeError {
    QString path;    ///< position in the reply, e.g. `/result/commands/2/id`
    QString problem; ///< what was expected and what was found
    int status = 200;

    bool operator==(const DecodeError&) const = default;
};

/// \brief The program cancelled the request.
struct Cancelled {
    bool mayHaveSent = true; ///< false if the request was still queued

    bool operator==(const Cancelled&) const = default;
};

/// \brief A downloaded byte could not be written: the disk is full, or the target is gone.
struct StorageError {
    QString message;

    bool operator==(const StorageError&) const = default;
};

/// \brief Why a request has no value.  A closed set, decided in one place (`Client`).
struct Error : std::variant<TransportError, HttpError, ServiceError, DecodeError, StorageError, Cancelled> {
    using variant::variant;

    bool operator==(const Error&) const = default;
    // moc checks whether each signal argument can be ordered; for std::variant that check is a compile
    // error.
    friend bool operator<(const Error&, const Error&) = delete;
};

/// Whether the service denied permission, for this key or this network: 401 and 403, or code 9109, 10000 or
/// 10001 with a status below 500.
[[nodiscard]] bool isNotAllowed(const ServiceError& error);

/// The effect of a failed POST on the service.
enum class Effect {
    Refused, ///< a decoded refusal (4xx other than 408 and 429): nothing was created, and sending it again
             ///< is pointless
    NotSent, ///< nothing was created and it may be sent again: a decoded 429, refused connection, unknown
             ///< name, TLS error, nothing sent
    Unknown  ///< everything else: the commands may or may not have been created
};

[[nodiscard]] Effect effectOf(const Error& error);

/// Describes the error in technical terms, for Details and logs: code, message, pointer, status.
[[nodiscard]] QString describe(const Error& error);

} // namespace api
