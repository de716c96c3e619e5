// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

#include "api/client.h"
#include "api/classify.h"
#include "api/wire.h"

namespace api {

/// \brief A download over HTTP/1.1 (with HTTP/2 Qt reads ahead without bound), which may follow redirects to
/// another https origin, without credentials.  Repeated like any GET as long as nothing was written.
class ArtifactDownload final : public Download {
    Q_OBJECT

public:
    ArtifactDownload(std::shared_ptr<Wire> wire, const DownloadArtifact& request, QIODevice* target,
                     QObject* parent);
    ~ArtifactDownload() override;

    void cancel() override;
    [[nodiscard]] const std::expected<qint64, Error>& result() const override { return m_result; }

private:
    void attempt();
    void get(const QUrl& url);
    void read();
    void write();
    void replied();
    void conclude();
    void give(bool Ending::* reason);
    void fail(const Error& error);
    void end(std::expected<qint64, Error> result);
    void dropReply();
    [[nodiscard]] int status() const;
    [[nodiscard]] bool isFile() const;
    [[nodiscard]] qint64 announcedSize() const; ///< -1: not said
    [[nodiscard]] std::optional<QUrl> redirection() const;

    std::shared_ptr<Wire> m_wire;
    QUrl m_first;
    QPointer<QIODevice> m_target;
    std::unique_ptr<Turn> m_turn;
    QPointer<QNetworkReply> m_reply;
    QTimer m_stall;
    QTimer m_pause;
    QElapsedTimer m_clock; ///< since it was asked for
    Backoff m_backoff;
    Ending m_ending;
    QUrl m_url;
    bool m_hasCredentials = true; ///< until the first hop to another origin
    int m_hops = 0;
    qint64 m_written = 0;
    bool m_holdsBack = false; ///< the target has enough to write for now
    bool m_replied = false;   ///< all is here, though not all may be written yet
    bool m_ended = false;
    std::expected<qint64, Error> m_result = std::unexpected(Error(Cancelled{}));
};

} // namespace api
