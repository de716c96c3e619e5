// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/log.h"

#include <algorithm>
#include <atomic>
#include <cstdio>

#include <QDateTime>
#include <QFile>
#include <QMutex>

#include "storage/hidden.h"

namespace storage {

namespace {

constexpr qint64 largest = 1 << 20;
constexpr int kept = 2;

QLatin1StringView nameOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg: return QLatin1StringView("debug");
    case QtInfoMsg: return QLatin1StringView("info");
    case QtWarningMsg: return QLatin1StringView("warning");
    case QtCriticalMsg: return QLatin1StringView("critical");
    case QtFatalMsg: return QLatin1StringView("fatal");
    }
    Q_UNREACHABLE();
}

} // namespace

class Log::File {
public:
    explicit File(const Paths& paths)
        : m_folder(paths.log)
        , m_path(paths.log.filePath(QStringLiteral("capturedesk.log")))
        , m_file(m_path)
    {
        current = this;
        m_former = qInstallMessageHandler(&File::receive);
    }

    ~File()
    {
        qInstallMessageHandler(m_former);
        current = nullptr;
    }

    void hide(const QString& secret)
    {
        const QMutexLocker lock(&m_mutex);
        m_hidden.add(secret);
    }

    QString clean(const QString& text)
    {
        const QMutexLocker lock(&m_mutex);
        return m_hidden.clean(text);
    }

    QStringList last(qsizetype lines)
    {
        const QMutexLocker lock(&m_mutex);
        QByteArray text;
        for (const auto& path : {older(1), m_path}) {
            QFile file(path);
            if (file.open(QIODevice::ReadOnly))
                text += file.readAll();
        }
        auto all = QString::fromUtf8(text).split(u'\n', Qt::SkipEmptyParts);
        return all.last(std::min(lines, all.size()));
    }

private:
    static void receive(QtMsgType type, const QMessageLogContext& context, const QString& message)
    {
        if (auto* file = current.load())
            file->write(type, context, message);
    }

    void write(QtMsgType type, const QMessageLogContext& context, QString message)
    {
        const QMutexLocker lock(&m_mutex);
        message = m_hidden.clean(message);
        message.replace(u'\n', u' ');
        const QString line = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs) + u' ' +
                             nameOf(type) + u' ' + QLatin1StringView(context.category) + u' ' + message +
                             u'\n';
        const auto bytes = line.toUtf8();
        if (type != QtDebugMsg && type != QtInfoMsg)
            std::fputs(bytes.constData(), stderr);
        if (m_file.size() + bytes.size() > largest)
            rotate();
        if (!m_file.isOpen() && !open())
            return; // the log cannot be written; the program continues without it
        m_file.write(bytes);
        m_file.flush();
    }

    bool open()
    {
        if (!makePrivate(m_folder) || !m_file.open(QIODevice::WriteOnly | QIODevice::Append))
            return false;
        m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        return true;
    }

    void rotate()
    {
        m_file.close();
        QFile::remove(older(kept));
        for (int n = kept - 1; n >= 1; --n)
            QFile::rename(older(n), older(n + 1));
        QFile::rename(m_path, older(1));
    }

    [[nodiscard]] QString older(int n) const { return m_path + u'.' + QString::number(n); }

    // Qt's message handler is a plain function, so it needs a global pointer to the log.
    static inline std::atomic<File*> current = nullptr;

    QMutex m_mutex;
    QDir m_folder;
    QString m_path;
    QFile m_file;
    Hidden m_hidden;
    QtMessageHandler m_former = nullptr;
};

Log::Log(const Paths& paths)
    : m_file(std::make_unique<File>(paths))
{
}

Log::~Log() = default;

void Log::hide(const QString& secret)
{
    m_file->hide(secret);
}

QString Log::clean(const QString& text) const
{
    return m_file->clean(text);
}

QStringList Log::last(qsizetype lines) const
{
    return m_file->last(lines);
}

} // namespace storage
