// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMenu>

#include "connections/connection.h"

namespace ui {

/// \brief Menu of all connections, with names and colours, and of the actions on the current connection.
class ConnectionMenu : public QMenu {
    Q_OBJECT

public:
    explicit ConnectionMenu(QWidget* parent = nullptr);

    /// \param saved sorted by name
    /// \param others open connections that are not saved, and the one of the environment
    /// \param shown the current connection; null: none
    void setConnections(const QList<connections::Connection>& saved,
                        const QList<connections::Connection>& others, const connections::Connection* shown);

Q_SIGNALS:
    void openSaved(const QString& id);
    void openOther(const connections::Connection& connection);
    void openSandbox();
    void connectAccount();
    void edit();   ///< the current connection
    void remove(); ///< the current connection
};

} // namespace ui
