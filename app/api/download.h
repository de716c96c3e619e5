// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>

#include <QElapsedTimer>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QTimer>

#include "api/client.h"

class QNetworkReply;

namespace api {

class Pacer;

/// \brief A download over HTTP/1.1 (with HTTP/2 Qt reads ahead without bound), which may follow redirects to another https
/// origin, without credentials.
class ArtifactDownload : public Download {
    Q_OBJECT

public:
    ArtifactDownload(QNetworkAccessManager* network, Pacer* pacer, const Endpoint& endpoint,
                     const DownloadArtifact& request, const std::optional<QSslConfiguration>& tls,
                     std::chrono::milliseconds stall, QIODevice* target, QObject* parent);
    ~ArtifactDownload() override;

    void cancel() override;
    [[nodiscard]] const std::expected<qint64, Error>& result() const override { return m_result; }

private:
    void get(QNetworkRequest request);
    void read();
    void end();
    void finish(std::expected<qint64, Error> result);
    [[nodiscard]] bool isFile() const;
    [[nodiscard]] std::optional<QNetworkRequest> redirected() const;

    QNetworkAccessManager* m_network;
    Pacer* m_pacer;
    Endpoint m_endpoint;
    QIODevice* m_target;
    QNetworkRequest m_request;
    QNetworkReply* m_reply = nullptr;
    QTimer m_stall;
    int m_hops = 0;
    qint64 m_written = 0;
    QByteArray m_refusal; ///< the body of a reply that is no file
    bool m_started = false;
    bool m_cancelled = false;
    bool m_timedOut = false;
    std::optional<StorageError> m_storage;
    std::expected<qint64, Error> m_result = std::unexpected(Error(Cancelled{}));
};

} // namespace api
