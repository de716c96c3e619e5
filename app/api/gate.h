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

/// \brief A request's place: in the queue at first, among the outstanding ones after `come`, free again when
/// it is destroyed.
class Turn final : public QObject {
    Q_OBJECT

public:
    enum class Kind { Post, Get, Download };

    ~Turn() override;
    /// Takes the service's words about its limits out of the reply.
    void heard(const QNetworkReply& reply);

Q_SIGNALS:
    void come(); ///< once, from the event loop

private:
    friend class Gate;
    Turn(Gate* gate, Kind kind);

    QPointer<Gate> m_gate;
    Kind m_kind;
    bool m_hasCome = false;
};

/// \brief Lets a client's requests out: at most 6 at a time, as the pacer allows, POSTs first.
///
/// Qt has 6 connections to a host, and a queue of its own behind them in which a deadline would be running
/// already.
class Gate final : public QObject {
    Q_OBJECT

public:
    static constexpr int mostOutstanding = 6;
    static constexpr int mostDownloads = 3; ///< of these; they are long

    explicit Gate(std::shared_ptr<Pacer> pacer);

    [[nodiscard]] std::unique_ptr<Turn> enter(Turn::Kind kind);
    /// Tells that somebody waits for the service's sake.
    void announce(std::chrono::seconds wait);
    [[nodiscard]] bool isIdle() const { return m_outstanding == 0; }

Q_SIGNALS:
    void slowed(std::chrono::seconds forHowLong); ///< zero: requests flow again

private:
    friend class Turn;

    void leave(Turn* turn);
    void pump();
    [[nodiscard]] Turn* next() const;

    std::shared_ptr<Pacer> m_pacer;
    QTimer m_timer;
    QList<Turn*> m_waiting; ///< in the order in which they came
    int m_outstanding = 0;
    int m_downloads = 0; ///< of the outstanding
    std::chrono::seconds m_announced{0};
};

} // namespace api
