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

/// \brief A download over HTTP/1.1 (with HTTP/2, Qt reads ahead without bound).  Follows redirects to
/// another https origin, without credentials.
///
/// After a transient error the file is requested again: from the start if nothing was written, or from the
/// point of interruption if the service has sent a version of the file (RFC 9110, 13.1.5).  Content is
/// written only if it begins as a zip.
class ArtifactDownload final : public Download {
    Q_OBJECT

public:
    ArtifactDownload(std::shared_ptr<Wire> wire, const DownloadArtifact& request, QIODevice* target,
                     QObject* parent);
    ~ArtifactDownload() override;

    void cancel() override;
    [[nodiscard]] const std::expected<qint64, Error>& result() const override { return m_result; }

private:
    /// The kind of the current reply.
    enum class Role {
        Unknown, ///< the headers have not been read yet
        File,    ///< the file, or the requested part of it
        Refusal, ///< any reply whose status says that it is not the file
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
    [[nodiscard]] qint64 announcedSize() const; ///< of this reply, in bytes; -1: not sent
    [[nodiscard]] std::optional<QUrl> redirection() const;

    std::shared_ptr<Wire> m_wire;
    QList<QUrl> m_addresses; ///< not tried yet; the current one first
    std::optional<Error> m_firstRefusal;
    QPointer<QIODevice> m_target;
    std::unique_ptr<Turn> m_turn;
    QPointer<QNetworkReply> m_reply;
    QTimer m_stall;
    QTimer m_pause;
    QElapsedTimer m_clock; ///< since the start of the download
    Backoff m_backoff;
    Ending m_ending;
    QUrl m_url;
    bool m_hasCredentials = true; ///< until the first redirect to another origin
    int m_hops = 0;

    // The current reply.
    Role m_role = Role::Unknown;
    std::optional<ContentRange> m_part;
    qint64 m_received = 0; ///< bytes of its body, before decoding
    qint64 m_skip = 0;     ///< number of its first bytes that are already written

    // The file, across all replies.
    std::unique_ptr<Payload> m_payload;
    QByteArray m_version; ///< the service's validator for this version of the file; empty: none that can be
                          ///< used
    qint64 m_total = -1;  ///< size in bytes; -1: unknown
    qint64 m_written = 0;
    qint64 m_writtenBefore = 0; ///< value of `m_written` at the start of this attempt
    QString m_writeProblem;

    bool m_holdsBack = false; ///< reading is paused because the target's write buffer is full
    bool m_replied = false;   ///< the reply is complete, though not all of it may be written yet
    bool m_ended = false;
    std::expected<qint64, Error> m_result = std::unexpected(Error(Cancelled{}));
};

} // namespace api
