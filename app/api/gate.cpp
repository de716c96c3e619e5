// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/gate.h"

#include <algorithm>

#include <QNetworkReply>

#include "api/headers.h"

namespace api {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

Pacer::Kind paceOf(Turn::Kind kind)
{
    return kind == Turn::Kind::Post ? Pacer::Kind::Post : Pacer::Kind::Get;
}

} // namespace

Turn::Turn(Gate* gate, Kind kind)
    : m_gate(gate)
    , m_kind(kind)
{
}

Turn::~Turn()
{
    if (m_gate)
        m_gate->leave(this);
}

void Turn::heard(const QNetworkReply& reply)
{
    if (!m_gate)
        return;
    const auto status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    auto& pacer = *m_gate->m_pacer;
    pacer.heard(status, reply.rawHeader("Ratelimit"), reply.rawHeader("Ratelimit-Policy"),
                parseRetryAfter(reply.rawHeader("Retry-After")));
    if (status == 429)
        m_gate->announce(std::chrono::ceil<seconds>(pacer.waitFor(paceOf(m_kind))));
}

Gate::Gate(std::shared_ptr<Pacer> pacer)
    : m_pacer(std::move(pacer))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Gate::pump);
}

std::unique_ptr<Turn> Gate::enter(Turn::Kind kind)
{
    std::unique_ptr<Turn> turn(new Turn(this, kind));
    m_waiting << turn.get();
    m_timer.start(0);
    return turn;
}

void Gate::leave(Turn* turn)
{
    if (turn->m_hasCome) {
        --m_outstanding;
        m_downloads -= turn->m_kind == Turn::Kind::Download;
        m_pacer->ended();
    } else {
        m_waiting.removeOne(turn);
    }
    m_timer.start(0);
}

void Gate::announce(seconds wait)
{
    if (wait != std::exchange(m_announced, wait))
        Q_EMIT slowed(wait);
    m_timer.start(0); // `pump` detects the end of the delay
}

Turn* Gate::next() const
{
    if (m_outstanding >= mostOutstanding)
        return nullptr;
    const auto post = std::ranges::find(m_waiting, Turn::Kind::Post, &Turn::m_kind);
    if (post != m_waiting.end())
        return *post;
    const auto other = std::ranges::find_if(m_waiting, [this](const Turn* turn) {
        return turn->m_kind != Turn::Kind::Download || m_downloads < mostDownloads;
    });
    return other == m_waiting.end() ? nullptr : *other;
}

void Gate::pump()
{
    while (auto* turn = next()) {
        const auto wait = m_pacer->waitFor(paceOf(turn->m_kind));
        if (wait > milliseconds(0)) {
            m_timer.start(wait);
            // A delay below one second is not reported.
            if (const auto told = std::chrono::ceil<seconds>(wait);
                wait >= seconds(1) && told != m_announced) {
                m_announced = told;
                Q_EMIT slowed(told);
            }
            return;
        }
        m_waiting.removeOne(turn);
        turn->m_hasCome = true;
        ++m_outstanding;
        m_downloads += turn->m_kind == Turn::Kind::Download;
        m_pacer->left(paceOf(turn->m_kind));
        Q_EMIT turn->come();
    }
    if (m_announced == seconds(0))
        return;
    if (const auto wait = m_pacer->waitFor(Pacer::Kind::Get); wait > milliseconds(0)) {
        m_timer.start(wait);
    } else {
        m_announced = seconds(0);
        Q_EMIT slowed(m_announced);
    }
}

} // namespace api
