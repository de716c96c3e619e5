// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

#include <QObject>
#include <QSet>
#include <QTimer>

#include "api/client.h"
#include "devices/fleet.h"
#include "devices/loader.h"

namespace captures {

class Engine;

/// \brief Searches for the devices that captures wait for, until the service lists them.
///
/// The device inventory may be hours old, so only rows of the current search count.
class Watch : public QObject {
    Q_OBJECT

public:
    Watch(Engine* engine, api::Client* client, devices::Fleet* fleet, devices::Loader* loader,
          std::chrono::milliseconds every, QObject* parent = nullptr);

private:
    void lookSoon();
    void look();
    void search();
    void readPage(const QString& text, int page);
    void end();
    void check(const QSet<devices::Key>* named);

    Engine* m_engine;
    api::Client* m_client;
    devices::Fleet* m_fleet;
    devices::Loader* m_loader;
    std::chrono::milliseconds m_every;
    QTimer m_timer;
    QList<qsizetype> m_sought; ///< captures that the last search was for
    bool m_failed = false;     ///< a request of that search failed
    bool m_more = false;       ///< search again as soon as this search has ended
    bool m_looking = false;    ///< a chain of searches, or a complete load, is running
    bool m_loading = false;    ///< a complete load is running
    int m_requests = 0;        ///< number of requests in the last search
    QSet<QString> m_searches;  ///< search texts not sent yet
    qsizetype m_awaited = 0;   ///< number of waiting captures at the last check
    QTimer m_soon;             ///< combines simultaneous changes into one check
};

} // namespace captures
