// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/instance.h"

#include <QCryptographicHash>
#include <QLocalSocket>
#include <QTimer>

#include <sys/socket.h>
#include <unistd.h>

namespace ui {

namespace {

constexpr int patienceMs = 10'000; ///< a busy computer answers late
constexpr qint64 longestWish = 4096;
const QByteArray taken = QByteArrayLiteral("shown\n");

/// Anybody may take a name in the kernel's list: only one's own user is talked to.
bool isOwn(const QLocalSocket& socket)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           peer.uid == ::geteuid();
}

} // namespace

Instance::Instance(const QDir& data, QObject* parent)
    : QObject(parent)
    , m_name(QStringLiteral("capturedesk-") +
             QString::fromLatin1(
                 QCryptographicHash::hash(QFile::encodeName(data.absolutePath()), QCryptographicHash::Sha256)
                     .toHex()
                     .left(32)))
{
    m_server.setSocketOptions(QLocalServer::AbstractNamespaceOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (auto* caller = m_server.nextPendingConnection())
            greet(caller);
    });
}

bool Instance::handOver(const QString& wish)
{
    QLocalSocket other;
    other.setSocketOptions(QLocalSocket::AbstractNamespaceOption);
    other.connectToServer(m_name);
    if (!other.waitForConnected(patienceMs) || !isOwn(other))
        return false;
    other.write(wish.simplified().toUtf8() + '\n');
    if (!other.waitForBytesWritten(patienceMs))
        return false;
    return other.waitForReadyRead(patienceMs) && other.readAll() == taken;
}

void Instance::listen()
{
    m_server.listen(m_name); // taken by a stranger: then there is no handing over
}

void Instance::greet(QLocalSocket* caller)
{
    caller->setParent(this);
    connect(caller, &QLocalSocket::disconnected, caller, &QObject::deleteLater);
    if (!isOwn(*caller)) {
        caller->abort();
        return;
    }
    QTimer::singleShot(patienceMs, caller, &QLocalSocket::abort);
    const auto read = [this, caller] {
        if (!caller->canReadLine()) {
            if (caller->bytesAvailable() > longestWish)
                caller->abort();
            return;
        }
        const auto wish = QString::fromUtf8(caller->readLine()).trimmed();
        caller->write(taken);
        caller->flush();
        Q_EMIT called(wish);
    };
    connect(caller, &QLocalSocket::readyRead, this, read);
    read();
}

} // namespace ui
