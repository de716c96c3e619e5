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
#include "api/headers.h"
#include "api/payload.h"
#include "api/wire.h"

namespace api {

/// \brief A download over HTTP/1.1 (with HTTP/2 Qt reads ahead without bound), which may follow redirects to
/// another https origin, without credentials.
///
/// What heals is asked for once more: from the start as long as nothing was written, and from where it broke
/// where the service has named the version of its file (RFC 9110, 13.1.5).  What is written begins as a zip.
class ArtifactDownload final : public Download {
    Q_OBJECT

public:
    ArtifactDownload(std::shared_ptr<Wire> wire, const DownloadArtifact& request, QIODevice* target,
                     QObject* parent);
    ~ArtifactDownload() override;

    void cancel() override;
    [[nodiscard]] const std::expected<qint64, Error>& result() const override { return m_result; }

private:
    /// What the reply at hand is.
    enum class Role {
        Unknown, ///< its headers have not been read
        File,    ///< or the part of it that was asked for
        Refusal, ///< anything that is no file by its status
        WrongPart,
        UnreadCoding
    };

    void attempt();
    void get(const QUrl& url);
    void judge();
    [[nodiscard]] Role roleOf() const;
    void read();
    void receive();
    [[nodiscard]] bool store(QByteArrayView bytes);
    void replied();
    void conclude();
    void concludeFile();
    [[nodiscard]] Error unlike() const;
    [[nodiscard]] bool canResume() const;
    [[nodiscard]] bool triesNextAddress(const Error& error);
    void give(bool Ending::* reason);
    void fail(const Error& error);
    void end(std::expected<qint64, Error> result);
    void dropReply();
    [[nodiscard]] int status() const;
    [[nodiscard]] QByteArray version() const;
    [[nodiscard]] qint64 announcedSize() const; ///< of this reply; -1: not said
    [[nodiscard]] std::optional<QUrl> redirection() const;

    std::shared_ptr<Wire> m_wire;
    QList<QUrl> m_addresses; ///< still to be asked, the current one first
    std::optional<Error> m_firstRefusal;
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

    // The reply at hand.
    Role m_role = Role::Unknown;
    std::optional<ContentRange> m_part;
    qint64 m_received = 0; ///< bytes of its body, as they came
    qint64 m_skip = 0;     ///< of them, at its start, that are written already

    // The file, over all replies.
    std::unique_ptr<Payload> m_payload;
    QByteArray m_version; ///< what the service calls this state of its file; empty: nothing that can be used
    qint64 m_total = -1;  ///< its size; -1: not known
    qint64 m_written = 0;
    qint64 m_writtenBefore = 0; ///< this attempt
    QString m_writeProblem;

    bool m_holdsBack = false; ///< the target has enough to write for now
    bool m_replied = false;   ///< all is here, though not all may be written yet
    bool m_ended = false;
    std::expected<qint64, Error> m_result = std::unexpected(Error(Cancelled{}));
};

} // namespace api
