// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/fetch.h"

namespace api {

Fetch::Fetch(std::shared_ptr<Wire> wire, const QByteArray& path, const QUrlQuery& query)
    : m_wire(std::move(wire))
    , m_url(m_wire->url(path, query))
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &Fetch::attempt);
    attempt();
}

void Fetch::attempt()
{
    if (const auto problem = m_wire->problem()) {
        end(std::unexpected(*problem));
        return;
    }
    m_exchange = std::make_unique<Exchange>(m_wire, m_url, std::nullopt);
    connect(m_exchange.get(), &Exchange::finished, this, &Fetch::answered);
}

void Fetch::answered()
{
    const auto ending = m_exchange->ending();
    m_exchange.release()->deleteLater(); // the exchange is the sender of the current signal
    auto result = classify(ending, m_wire->redactor);
    if (!result) {
        if (const auto wait = m_backoff.next(m_wire->retries, result.error(), ending.retryAfter)) {
            if (*wait >= std::chrono::seconds(1) && ending.retryAfter)
                m_wire->gate.announce(std::chrono::ceil<std::chrono::seconds>(*wait));
            m_pause.start(*wait);
            return;
        }
    }
    end(std::move(result));
}

void Fetch::cancel()
{
    if (m_exchange) {
        m_exchange->cancel();
    } else if (m_pause.isActive()) {
        m_pause.stop();
        end(std::unexpected(Error(Cancelled{})));
    }
}

void Fetch::end(std::expected<QJsonObject, Error> result)
{
    m_result = std::move(result);
    QMetaObject::invokeMethod(this, &Fetch::finished, Qt::QueuedConnection);
}

} // namespace api
