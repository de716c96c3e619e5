// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QUrl>

#include "api/classify.h"
#include "api/wire.h"

namespace api {

class Body;

/// \brief One HTTP request and its complete reply.  The request is sent exactly once; its timeout starts
/// when it is sent.
class Exchange final : public QObject {
    Q_OBJECT

public:
    /// \param body nothing for a GET
    Exchange(std::shared_ptr<Wire> wire, const QUrl& url, std::optional<QByteArray> body);
    ~Exchange() override;

    void cancel();
    [[nodiscard]] const Ending& ending() const { return m_ending; }

Q_SIGNALS:
    void finished(); ///< from the event loop

private:
    void leave();
    void give(bool Ending::* reason);
    void replied();
    void learn();
    void end();

    std::shared_ptr<Wire> m_wire;
    QUrl m_url;
    std::optional<QByteArray> m_bytes;
    std::unique_ptr<Turn> m_turn;
    QPointer<Body> m_body;
    QPointer<QNetworkReply> m_reply;
    QTimer m_deadline;
    QElapsedTimer m_clock; ///< since the request was sent
    Ending m_ending;
    bool m_ended = false;
};

} // namespace api
