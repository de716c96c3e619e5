// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/body.h"

#include <algorithm>

namespace api {

Body::Body(QByteArray bytes, QObject* parent)
    : QIODevice(parent)
    , m_bytes(std::move(bytes))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 Body::readData(char* data, qint64 maxSize)
{
    const auto count = std::min<qint64>(maxSize, m_bytes.size() - m_at);
    if (count <= 0)
        return maxSize == 0 ? 0 : -1;
    std::copy_n(m_bytes.constData() + m_at, count, data);
    m_at += count;
    return count;
}

qint64 Body::writeData(const char*, qint64)
{
    return -1;
}

} // namespace api
