// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDir>
#include <QLocalServer>
#include <QObject>
#include <QStringList>

class QLocalSocket;

namespace ui {

/// \brief Finds out whether the program runs already on this data folder, and asks that one to show its
/// window.
///
/// A courtesy: what keeps two programs off one journal is the database's own lock.  The name lives in the
/// kernel, not in a folder, so that nothing is left of a program that was killed.
class Instance : public QObject {
    Q_OBJECT

public:
    explicit Instance(const QDir& data, QObject* parent = nullptr);

    /// \param wish what the other one is asked for: a connection's name, or nothing
    /// \param files absolute paths of tables that the other one shall load
    /// \param activation the desktop's permission for a window to come to the front, see `activationToken`
    /// \returns whether another one of the same user took it, and shows its window
    [[nodiscard]] bool handOver(const QString& wish, const QStringList& files = {},
                                const QByteArray& activation = {});
    /// From now on others hand over to this one.
    void listen();

Q_SIGNALS:
    void called(const QString& wish, const QStringList& files, const QByteArray& activation);

private:
    void greet(QLocalSocket* caller);

    QString m_name;
    QLocalServer m_server;
};

} // namespace ui
