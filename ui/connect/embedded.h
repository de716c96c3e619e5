// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QProcess>

#include "connections/connection.h"
#include "storage/paths.h"

namespace ui {

/// \brief Runs the embedded sandbox account: the sandbox program as a child process on loopback, which ends
/// with this program.  Its commands survive a restart, in the data folder.
class Embedded : public QObject {
    Q_OBJECT

public:
    explicit Embedded(const storage::Paths& paths, QObject* parent = nullptr);
    ~Embedded() override;

    void start(); ///< emits `ready` or `failed` later; emits `ready` at once if it is already running

Q_SIGNALS:
    void ready(const connections::Connection& connection);
    void failed(const QString& sentence);

private:
    void read();

    storage::Paths m_paths;
    QProcess m_process;
    connections::Connection m_connection;
    bool m_ready = false;
};

} // namespace ui
