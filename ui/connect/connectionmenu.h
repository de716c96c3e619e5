// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMenu>

#include "connections/connection.h"

namespace ui {

/// \brief Whose devices: all connections by name and colour, and what can be done with the one that is shown.
class ConnectionMenu : public QMenu {
    Q_OBJECT

public:
    explicit ConnectionMenu(QWidget* parent = nullptr);

    /// \param saved by name
    /// \param others open ones that are not saved, and the environment's
    /// \param shown null: none
    void setConnections(const QList<connections::Connection>& saved,
                        const QList<connections::Connection>& others, const connections::Connection* shown);

Q_SIGNALS:
    void openSaved(const QString& id);
    void openOther(const connections::Connection& connection);
    void openSandbox();
    void connectAccount();
    void edit();   ///< the one that is shown
    void remove(); ///< likewise
};

} // namespace ui
