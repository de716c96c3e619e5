// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "storage/log.h"
#include "storage/settings.h"

class StorageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void settings();
    void logHidesSecrets();
    void logRotates();
};

namespace {

storage::Paths pathsIn(const QTemporaryDir& folder)
{
    return {.config = QDir(folder.filePath(QStringLiteral("config"))),
            .data = QDir(folder.filePath(QStringLiteral("data"))),
            .log = QDir(folder.filePath(QStringLiteral("data/log")))};
}

QFile::Permissions forOthers(const QString& path)
{
    return QFile::permissions(path) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                       QFile::ReadOther | QFile::WriteOther | QFile::ExeOther);
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void StorageTest::settings()
{
    QTemporaryDir folder;
    const auto paths = pathsIn(folder);
    {
        storage::Settings settings(paths);
        QCOMPARE(settings.get(storage::setting::appearance), QStringLiteral("system"));
        QVERIFY(!paths.config.exists()); // reading leaves no trace
        settings.set(storage::setting::appearance, QStringLiteral("dark"));
        settings.set(storage::setting::windowGeometry, QByteArray("\0\1\2", 3));
    }
    const storage::Settings settings(paths);
    QCOMPARE(settings.get(storage::setting::appearance), QStringLiteral("dark"));
    QCOMPARE(settings.get(storage::setting::windowGeometry), QByteArray("\0\1\2", 3));
    QCOMPARE(forOthers(paths.config.path()), QFile::Permissions());
    QCOMPARE(forOthers(paths.config.filePath(QStringLiteral("capturedesk.ini"))), QFile::Permissions());
}

void StorageTest::logHidesSecrets()
{
    QTemporaryDir folder;
    const auto paths = pathsIn(folder);
    const auto secret = QStringLiteral("tok/en+with=odd characters");
    {
        storage::Log log(paths);
        log.hide(secret);
        qInfo("plain %s", qPrintable(secret));
        qInfo("percent %s", QUrl::toPercentEncoding(secret).constData());
        qInfo("base64 %s", secret.toUtf8().toBase64().constData());
    }
    const auto path = paths.log.filePath(QStringLiteral("capturedesk.log"));
    const auto text = contentOf(path);
    QCOMPARE(text.count('\n'), 3);
    QCOMPARE(text.count("«secret»"), 3);
    QVERIFY(!text.contains("odd"));
    QCOMPARE(forOthers(path), QFile::Permissions());
}

void StorageTest::logRotates()
{
    QTemporaryDir folder;
    const auto paths = pathsIn(folder);
    {
        const storage::Log log(paths);
        const QByteArray line(9'000, 'x');
        for (int i = 0; i < 500; ++i)
            qInfo("%d %s", i, line.constData());
    }
    const auto files = paths.log.entryInfoList(QDir::Files);
    QCOMPARE(files.size(), 3);
    for (const auto& file : files)
        QVERIFY(file.size() <= (1 << 20));
    QVERIFY(contentOf(paths.log.filePath(QStringLiteral("capturedesk.log"))).contains(" 499 x"));
}

QTEST_GUILESS_MAIN(StorageTest)
#include "storage.moc"
