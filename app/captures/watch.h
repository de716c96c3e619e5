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

/// \brief Looks for the devices that captures wait for, until the service lists them.
///
/// What the fleet has may be of this morning: only what a look has just been told counts.
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
    QList<qsizetype> m_sought; ///< what the last look was for
    bool m_failed = false;     ///< a part of it did
    bool m_more = false;       ///< another one is wanted as soon as it has ended
    bool m_looking = false;    ///< a chain of searches, or a load, is on its way
    bool m_loading = false;    ///< the latter
    int m_requests = 0;        ///< of the last chain
    QSet<QString> m_searches;  ///< that are to come
    qsizetype m_awaited = 0;   ///< when last looked
    QTimer m_soon;             ///< once for all that changes at a time
};

} // namespace captures
