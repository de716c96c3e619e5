// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QIODevice>

namespace api {

/// \brief The body of a POST, which can be read only once and records whether it was read.
///
/// QNetworkAccessManager repeats a POST by itself, up to four times, when the connection closes before the
/// reply is complete.  To prevent this, it must not buffer the body, and the body must not be resettable.
class Body final : public QIODevice {
public:
    explicit Body(QByteArray bytes, QObject* parent = nullptr);

    [[nodiscard]] bool wasRead() const { return m_at > 0; }

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 size() const override { return m_bytes.size(); }
    [[nodiscard]] qint64 bytesAvailable() const override { return m_bytes.size() - m_at; }
    [[nodiscard]] bool atEnd() const override { return m_at == m_bytes.size(); }
    [[nodiscard]] bool reset() override { return false; }

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char* data, qint64 size) override;

private:
    QByteArray m_bytes;
    qint64 m_at = 0;
};

} // namespace api
