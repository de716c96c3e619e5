// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

#include <QObject>
#include <QSet>
#include <QTimer>

#include "api/error.h"
#include "connections/explain.h"

namespace captures {

/// \brief Retries failed operations without the operator, as long as the service or the network is the cause.
/// The delay doubles with each failure.
class Recheck : public QObject {
    Q_OBJECT

public:
    /// \param first, longest retry delays
    Recheck(std::chrono::milliseconds first, std::chrono::milliseconds longest, QObject* parent = nullptr);

    void failed(connections::Act act, const api::Error& error);
    void healed(connections::Act act);
    [[nodiscard]] bool waitsFor(connections::Act act) const { return m_failing.contains(act); }

Q_SIGNALS:
    void due(const QSet<connections::Act>& failing);

private:
    std::chrono::milliseconds m_first;
    std::chrono::milliseconds m_longest;
    std::chrono::milliseconds m_pause;
    QSet<connections::Act> m_failing;
    QTimer m_timer;
};

} // namespace captures
