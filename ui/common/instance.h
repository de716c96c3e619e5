// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDir>
#include <QLocalServer>
#include <QObject>
#include <QStringList>

class QLocalSocket;

namespace ui {

/// \brief Detects another instance of the program on the same data folder and asks it to show its window.
///
/// This is a convenience: what keeps two programs from using one journal is the database's own lock.  The
/// socket name is in the kernel's abstract namespace, not in a folder, so a killed program leaves nothing
/// behind.
class Instance : public QObject {
    Q_OBJECT

public:
    explicit Instance(const QDir& data, QObject* parent = nullptr);

    /// \param wish what the other instance is asked to open: a connection's name, or empty
    /// \param files absolute paths of tables that the other instance shall load
    /// \param activation the desktop's permission for a window to come to the front, see `activationToken`
    /// \returns whether another instance of the same user accepted the request and shows its window
    [[nodiscard]] bool handOver(const QString& wish, const QStringList& files = {},
                                const QByteArray& activation = {});
    /// Starts to accept requests from later instances.
    void listen();

Q_SIGNALS:
    void called(const QString& wish, const QStringList& files, const QByteArray& activation);

private:
    void greet(QLocalSocket* caller);

    QString m_name;
    QLocalServer m_server;
};

} // namespace ui
