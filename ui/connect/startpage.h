// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include "connections/connection.h"

class QVBoxLayout;

namespace ui {

/// \brief Page shown while no connection is open: the saved connections, buttons for the sandbox and for a
/// new connection, and what a connection needs.
class StartPage : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);

    void setConnections(const QList<connections::Connection>& all);

Q_SIGNALS:
    void trySandbox();
    void connectAccount();
    void openSaved(const QString& id);

private:
    QWidget* m_saved;
};

} // namespace ui
