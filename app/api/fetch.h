// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <memory>

#include <QJsonObject>
#include <QObject>
#include <QTimer>
#include <QUrlQuery>

#include "api/exchange.h"

namespace api {

/// \brief A GET that is retried after transient errors and returns the decoded envelope.
class Fetch final : public QObject {
    Q_OBJECT

public:
    Fetch(std::shared_ptr<Wire> wire, const QByteArray& path, const QUrlQuery& query);

    void cancel();
    [[nodiscard]] const std::expected<QJsonObject, Error>& result() const { return m_result; }

Q_SIGNALS:
    void finished(); ///< from the event loop

private:
    void attempt();
    void answered();
    void end(std::expected<QJsonObject, Error> result);

    std::shared_ptr<Wire> m_wire;
    QUrl m_url;
    std::unique_ptr<Exchange> m_exchange;
    QTimer m_pause;
    Backoff m_backoff;
    std::expected<QJsonObject, Error> m_result = std::unexpected(Error(Cancelled{}));
};

} // namespace api
