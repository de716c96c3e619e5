// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QList>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include "api/pacer.h"

class QNetworkReply;

namespace api {

class Gate;

/// \brief A request's slot: queued at first, outstanding after `come`, released when destroyed.
class Turn final : public QObject {
    Q_OBJECT

public:
    enum class Kind { Post, Get, Download };

    ~Turn() override;
    /// Reads the service's rate limits from the headers of the reply.
    void heard(const QNetworkReply& reply);

Q_SIGNALS:
    void come(); ///< the request may be sent; emitted once, from the event loop

private:
    friend class Gate;
    Turn(Gate* gate, Kind kind);

    QPointer<Gate> m_gate;
    Kind m_kind;
    bool m_hasCome = false;
};

/// \brief Queue of a client's requests.  At most 6 are outstanding, at the rate that the pacer allows; POSTs
/// go first.
///
/// Qt opens 6 connections to a host and queues further requests internally, where their timeout would
/// already be running.
class Gate final : public QObject {
    Q_OBJECT

public:
    static constexpr int mostOutstanding = 6;
    static constexpr int mostDownloads = 3; ///< of `mostOutstanding`, because downloads take long

    explicit Gate(std::shared_ptr<Pacer> pacer);

    [[nodiscard]] std::unique_ptr<Turn> enter(Turn::Kind kind);
    /// Reports that a request waits because the service asked for it.
    void announce(std::chrono::seconds wait);
    [[nodiscard]] bool isIdle() const { return m_outstanding == 0; }

Q_SIGNALS:
    void slowed(std::chrono::seconds forHowLong); ///< zero: the delay is over

private:
    friend class Turn;

    void leave(Turn* turn);
    void pump();
    [[nodiscard]] Turn* next() const;

    std::shared_ptr<Pacer> m_pacer;
    QTimer m_timer;
    QList<Turn*> m_waiting; ///< in order of arrival
    int m_outstanding = 0;
    int m_downloads = 0; ///< how many of `m_outstanding`
    std::chrono::seconds m_announced{0};
};

} // namespace api
