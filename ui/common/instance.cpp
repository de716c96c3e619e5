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

constexpr int patienceMs = 10'000; ///< a busy computer replies late
constexpr qint64 longestCall = 1 << 20;
const QByteArray taken = QByteArrayLiteral("shown\n");

/// Any user can claim a name in the kernel's abstract namespace, so both sides accept only a peer with the
/// same user ID.
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

bool Instance::handOver(const QString& wish, const QStringList& files, const QByteArray& activation)
{
    // The request is one line: the wish, a tab, the token, then a tab and a path for each file.  Token and
    // paths are percent-encoded, because they may contain a line break.
    auto call = wish.simplified().toUtf8() + '\t' + activation.toPercentEncoding();
    for (const auto& path : files)
        call += '\t' + QFile::encodeName(path).toPercentEncoding("/");
    call += '\n';
    if (call.size() > longestCall)
        return false;
    QLocalSocket other;
    other.setSocketOptions(QLocalSocket::AbstractNamespaceOption);
    other.connectToServer(m_name);
    if (!other.waitForConnected(patienceMs) || !isOwn(other))
        return false;
    other.write(call);
    while (other.bytesToWrite() > 0) {
        if (!other.waitForBytesWritten(patienceMs))
            return false;
    }
    return other.waitForReadyRead(patienceMs) && other.readAll() == taken;
}

void Instance::listen()
{
    m_server.listen(m_name); // fails if another user holds the name; later starts then cannot hand over
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
            if (caller->bytesAvailable() > longestCall)
                caller->abort();
            return;
        }
        auto parts = caller->readLine().chopped(1).split('\t'); // not trimmed: the wish may be empty
        const auto wish = QString::fromUtf8(parts.takeFirst());
        const auto activation =
            parts.isEmpty() ? QByteArray() : QByteArray::fromPercentEncoding(parts.takeFirst());
        QStringList files;
        for (const auto& path : parts)
            files << QFile::decodeName(QByteArray::fromPercentEncoding(path));
        caller->write(taken);
        caller->flush();
        Q_EMIT called(wish, files, activation);
    };
    connect(caller, &QLocalSocket::readyRead, this, read);
    read();
}

} // namespace ui
