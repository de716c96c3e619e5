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
class Watch : public QObject {
    Q_OBJECT

public:
    Watch(Engine* engine, api::Client* client, devices::Fleet* fleet, devices::Loader* loader,
          std::chrono::milliseconds every, QObject* parent = nullptr);

private:
    void look();
    void search();
    void check();
    void schedule();

    Engine* m_engine;
    api::Client* m_client;
    devices::Fleet* m_fleet;
    devices::Loader* m_loader;
    std::chrono::milliseconds m_every;
    QTimer m_timer;
    QSet<QString> m_searches; ///< that are to come
    QTimer m_check;           ///< once for all that changes at a time
};

} // namespace captures
