// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QProcess>

#include "connections/connection.h"
#include "storage/paths.h"

namespace ui {

/// \brief The embedded account: the sandbox program as a child on loopback, which ends with this one.  Its
/// commands are kept in the data folder over a restart.
class Embedded : public QObject {
    Q_OBJECT

public:
    explicit Embedded(const storage::Paths& paths, QObject* parent = nullptr);
    ~Embedded() override;

    void start(); ///< `ready` follows, or `failed`; at once where it runs

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
