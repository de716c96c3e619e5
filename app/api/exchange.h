// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <expected>
#include <optional>

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QSslConfiguration>
#include <QTimer>

#include "api/endpoint.h"
#include "api/envelope.h"
#include "api/error.h"

class QNetworkAccessManager;

namespace api {

/// Cuts the credentials out of a text, also percent-encoded and in base64.
[[nodiscard]] QString withoutSecrets(QString text, const Credentials& credentials);

/// A request to the endpoint with its credentials, that follows no redirect, keeps no cookie and uses no cache.
/// \param path percent-encoded, relative to the base URL
[[nodiscard]] QNetworkRequest requestFor(const Endpoint& endpoint, const QByteArray& path, const QUrlQuery& query,
                                         const std::optional<QSslConfiguration>& tls);

/// What kind of failure Qt's network error is.
[[nodiscard]] TransportError::Kind kindOf(QNetworkReply::NetworkError error);

/// \brief One request and its reply, exactly once on the wire, with a deadline of its own.
///
/// A POST's body comes from a sequential device that cannot be read twice: otherwise QNetworkAccessManager repeats a POST by
/// itself when the connection closes without a whole reply.
class Exchange : public QObject {
    Q_OBJECT

public:
    /// \param body nothing: a GET
    Exchange(QNetworkAccessManager* network, const QNetworkRequest& request, std::optional<QByteArray> body,
             std::chrono::milliseconds deadline, const Credentials& credentials, QObject* parent);
    ~Exchange() override;

    void cancel();
    /// An answer with a status, or a failure without one: `TransportError` or `Cancelled`.
    [[nodiscard]] const std::expected<Answer, Error>& result() const { return m_result; }
    [[nodiscard]] QByteArray header(const char* name) const;

Q_SIGNALS:
    void finished();

private:
    class Body;

    void end();
    [[nodiscard]] std::expected<Answer, Error> classify() const;

    Credentials m_credentials;
    Body* m_body = nullptr;
    QNetworkReply* m_reply = nullptr;
    QTimer m_deadline;
    bool m_sent = false;
    bool m_cancelled = false;
    bool m_timedOut = false;
    std::expected<Answer, Error> m_result = std::unexpected(Error(Cancelled{}));
};

} // namespace api
