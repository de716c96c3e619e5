// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <cerrno>

#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "support/eventually.h"
#include "support/faultyfiles.h"
#include "support/suite.h"
#include "storage/database.h"
#include "storage/diagnostics.h"
#include "storage/hidden.h"
#include "storage/log.h"
#include "storage/settings.h"

class StorageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void settings();
    void settingOfOneOfMany();
    void settingsOfAnEarlierVersion();
    void damagedSettings_data();
    void damagedSettings();
    void deletedSettings();
    void unreadableSettings();
    void settingsOnAFullDisk_data();
    void settingsOnAFullDisk();
    void sqliteCodes_data();
    void sqliteCodes();
    void hides_data();
    void hides();
    void leavesOtherText();
    void logHidesSecrets();
    void logRotates();
    void tellsDiagnostics();
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
        QVERIFY(!paths.config.exists()); // reading creates nothing
        settings.set(storage::setting::appearance, QStringLiteral("dark"));
        settings.set(storage::setting::windowGeometry, QByteArray("\0\1\2", 3));
    }
    const storage::Settings settings(paths);
    QCOMPARE(settings.get(storage::setting::appearance), QStringLiteral("dark"));
    QCOMPARE(settings.get(storage::setting::windowGeometry), QByteArray("\0\1\2", 3));
    QCOMPARE(forOthers(paths.config.path()), QFile::Permissions());
    QCOMPARE(forOthers(paths.config.filePath(QStringLiteral("settings.json"))), QFile::Permissions());
}

void StorageTest::settingOfOneOfMany()
{
    using storage::setting::reserve;
    QTemporaryDir folder;
    const auto paths = pathsIn(folder);
    const auto one = QStringLiteral("https://api.example.com/client/v4/a");
    const auto other = QStringLiteral("https://api.example.com//client/v4/a/=[b]\\%2F ü");
    {
        storage::Settings settings(paths);
        QCOMPARE(settings.get(reserve, one), 0);
        settings.set(reserve, 7); // written by a version that had one value for all
        settings.set(reserve, one, 20);
        settings.set(reserve, other, 0);
    }
    storage::Settings settings(paths);
    QCOMPARE(settings.get(reserve), 7);
    QCOMPARE(settings.get(reserve, one), 20);
    QCOMPARE(settings.get(reserve, other), 0); // the value set for it, not the one for all
    QCOMPARE(settings.get(reserve, QStringLiteral("https://api.example.com/client/v4/c")), 7);
    settings.set(reserve, 9);
    QCOMPARE(settings.get(reserve, one), 20);
}

/// An earlier version stored them in an INI file.
void StorageTest::settingsOfAnEarlierVersion()
{
    QTemporaryDir folder;
    const auto paths = pathsIn(folder);
    const QByteArray bytes("\0\1\xff", 3);
    const QStringList names{QStringLiteral("Marta, the first"), QStringLiteral("Ana")};
    const auto account = QStringLiteral("https://api.example.com/client/v4/a/=[b]\\%2F ü");
    {
        QSettings former(paths.config.filePath(QStringLiteral("capturedesk.ini")), QSettings::IniFormat);
        former.setValue(QStringLiteral("window/geometry"), bytes);
        former.setValue(QStringLiteral("view/appearance"), QStringLiteral("dark"));
        former.setValue(QStringLiteral("operator/names"), names);
        former.setValue(QStringLiteral("operator/ask"), true);
        former.setValue(
            QStringLiteral("captures/reserve/") + QString::fromLatin1(QUrl::toPercentEncoding(account)), 12);
    }
    for (int start = 0; start < 2; ++start) {
        storage::Settings settings(paths);
        QVERIFY(settings.notice().isEmpty());
        QCOMPARE(settings.get(storage::setting::windowGeometry), bytes);
        QCOMPARE(settings.get(storage::setting::appearance), QStringLiteral("dark"));
        QCOMPARE(settings.get(storage::setting::operatorNames), names);
        QCOMPARE(settings.get(storage::setting::askOperator), true);
        QCOMPARE(settings.get(storage::setting::reserve, account), 12);
        settings.set(storage::setting::operatorName,
                     QStringLiteral("Ana")); // from then on the new file is read
    }
}

void StorageTest::damagedSettings_data()
{
    QTest::addColumn<QByteArray>("damaged");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("truncated") << QByteArray("{\n    \"view/appearance\": \"da");
    QTest::newRow("zeros") << QByteArray(512, '\0');
    QTest::newRow("something else") << QByteArray("[General]\nx=1\n");
    QTest::newRow("no settings") << QByteArray("[]");
}

void StorageTest::damagedSettings()
{
    QFETCH(const QByteArray, damaged);
    QTemporaryDir folder;
    const auto paths = pathsIn(folder);
    const auto path = paths.config.filePath(QStringLiteral("settings.json"));
    storage::Settings(paths).set(storage::setting::appearance, QStringLiteral("dark"));
    const auto damage = [&] {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(damaged);
    };
    const auto asides = [&paths] {
        return paths.config.entryInfoList({QStringLiteral("settings *-*.json")}, QDir::Files);
    };
    damage();
    {
        const storage::Settings settings(paths);
        QCOMPARE(settings.get(storage::setting::appearance), QStringLiteral("dark"));
        QCOMPARE(asides().size(), 1);
        QCOMPARE(contentOf(asides().first().filePath()), damaged);
        QVERIFY2(settings.notice().startsWith(QLatin1StringView("The settings could not be read: ")) &&
                     settings.notice().endsWith(asides().first().filePath() + u'.'),
                 qPrintable(settings.notice()));
    }
    QVERIFY(storage::Settings(paths).notice().isEmpty()); // reported once
    QVERIFY(QFile::remove(asides().first().filePath()));
    QVERIFY(QFile::remove(path + QStringLiteral(".copy")));
    damage();
    storage::Settings settings(paths);
    QCOMPARE(settings.get(storage::setting::appearance), QStringLiteral("system"));
    QVERIFY2(settings.notice().startsWith(QLatin1StringView("The settings cannot be read any more: ")),
             qPrintable(settings.notice()));
    QCOMPARE(asides().size(), 1);
}

void StorageTest::deletedSettings()
{
    QTemporaryDir folder;
    const auto paths = pathsIn(folder);
    const auto path = paths.config.filePath(QStringLiteral("settings.json"));
    storage::Settings(paths).set(storage::setting::appearance, QStringLiteral("dark"));
    QVERIFY(QFile::remove(path));
    {
        const storage::Settings settings(paths);
        QCOMPARE(settings.get(storage::setting::appearance), QStringLiteral("dark"));
        QCOMPARE(settings.notice(),
                 QStringLiteral("The settings were missing. They are back as they were last saved."));
    }
    QVERIFY(QFile::exists(path));
    QVERIFY(storage::Settings(paths).notice().isEmpty());
    // An operator who wants to start from scratch deletes both files.
    QVERIFY(QFile::remove(path) && QFile::remove(path + QStringLiteral(".copy")));
    const storage::Settings settings(paths);
    QCOMPARE(settings.get(storage::setting::appearance), QStringLiteral("system"));
    QVERIFY(settings.notice().isEmpty());
}

/// The content is unknown, so the file is not replaced.
void StorageTest::unreadableSettings()
{
    QTemporaryDir folder;
    const auto paths = pathsIn(folder);
    const auto path = paths.config.filePath(QStringLiteral("settings.json"));
    QVERIFY(paths.config.mkpath(QStringLiteral("settings.json"))); // fails for root, too
    {
        storage::Settings settings(paths);
        QVERIFY2(settings.notice().startsWith(QLatin1StringView("The settings cannot be read (")) &&
                     settings.notice().endsWith(
                         QLatin1StringView("The file is left as it is, and nothing is saved in its place.")),
                 qPrintable(settings.notice()));
        settings.set(storage::setting::appearance, QStringLiteral("dark"));
    }
    QVERIFY(QFileInfo(path).isDir());
}

void StorageTest::settingsOnAFullDisk_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("why");
    QTest::newRow("full") << QStringLiteral("write") << ENOSPC
                          << QStringLiteral("the disk is full (No space left on device)");
    QTest::newRow("quota") << QStringLiteral("sync") << EDQUOT
                           << QStringLiteral("your share of the disk is used up (Disk quota exceeded)");
    QTest::newRow("full when it is renamed")
        << QStringLiteral("rename") << ENOSPC << QStringLiteral("the disk is full (No space left on device)");
}

/// It is reported, the old file stays, and changes are saved as soon as there is space.
void StorageTest::settingsOnAFullDisk()
{
    QFETCH(const QString, call);
    QFETCH(const int, code);
    QFETCH(const QString, why);
    QTemporaryDir folder;
    const auto paths = pathsIn(folder);
    const auto path = paths.config.filePath(QStringLiteral("settings.json"));
    storage::Settings(paths).set(storage::setting::appearance, QStringLiteral("dark"));
    const auto before = contentOf(path);
    storage::Settings settings(paths);
    QSignalSpy failed(&settings, &storage::Settings::failed), saved(&settings, &storage::Settings::saved);
    {
        const support::FaultyFiles faulty(
            {{.call = call.toStdString(), .under = folder.path().toStdString(), .code = code}});
        settings.set(storage::setting::appearance, QStringLiteral("light"));
        EVENTUALLY_COMPARE(failed.size(), 1);
        auto told = failed.first().first().toString();
        QVERIFY2(told.startsWith(
                     QStringLiteral("The settings were not saved; they hold until Capture Desk closes. "
                                    "“settings.json” was not saved in %1: %2. The file that was there is "
                                    "unharmed. ")
                         .arg(paths.config.path(), why)),
                 qPrintable(told));
        QCOMPARE(settings.get(storage::setting::appearance), QStringLiteral("light"));
    }
    QCOMPARE(contentOf(path), before);
    settings.set(storage::setting::operatorName, QStringLiteral("Ana"));
    EVENTUALLY_COMPARE(saved.size(), 1);
    QCOMPARE(storage::Settings(paths).get(storage::setting::appearance), QStringLiteral("light"));
}

void StorageTest::sqliteCodes_data()
{
    using Kind = storage::Problem::Kind;
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* name, int code, Kind kind) { QTest::newRow(name) << code << int(kind); };
    row("SQLITE_BUSY", 5, Kind::Locked);
    row("SQLITE_BUSY_RECOVERY", 261, Kind::Locked);
    row("SQLITE_READONLY_DBMOVED", 1032, Kind::ReadOnly);
    row("SQLITE_IOERR", 10, Kind::Other);
    row("SQLITE_IOERR_WRITE", 778, Kind::Other);
    row("SQLITE_IOERR_LOCK", 3850, Kind::NoLocks);
    row("SQLITE_IOERR_RDLOCK", 2314, Kind::NoLocks);
    row("SQLITE_IOERR_UNLOCK", 2058, Kind::NoLocks);
    row("SQLITE_IOERR_CHECKRESERVEDLOCK", 3594, Kind::NoLocks);
    row("SQLITE_PROTOCOL", 15, Kind::NoLocks);
    row("SQLITE_FULL", 13, Kind::Full);
    row("SQLITE_CORRUPT_INDEX", 779, Kind::Damaged);
    row("SQLITE_NOTADB", 26, Kind::Damaged);
}

void StorageTest::sqliteCodes()
{
    QFETCH(const int, code);
    QFETCH(const int, kind);
    QCOMPARE(int(storage::kindOf(code)), kind);
}

void StorageTest::hides_data()
{
    QTest::addColumn<QString>("leak");
    const auto secret = QStringLiteral("tok/en+with=odd characters-0123456789");
    const auto bytes = secret.toUtf8();
    QTest::newRow("as it is") << secret;
    QTest::newRow("in capitals") << secret.toUpper();
    QTest::newRow("its beginning") << secret.first(12);
    QTest::newRow("its end") << secret.last(12);
    QTest::newRow("from its middle") << secret.mid(9, 12);
    QTest::newRow("over a line break") << QString(secret).insert(15, QStringLiteral("\r\n   "));
    QTest::newRow("over many") << QStringList(secret.split(QString(), Qt::SkipEmptyParts)).join(u'\n');
    QTest::newRow("as JSON may have it") << QString(secret).replace(u'/', QStringLiteral("\\/"));
    QTest::newRow("percent-encoded") << QString::fromLatin1(QUrl::toPercentEncoding(secret));
    QTest::newRow("percent-encoded, small letters")
        << QString::fromLatin1(QUrl::toPercentEncoding(secret)).toLower();
    QTest::newRow("percent-encoded, every byte") << QString(u'%' + QString::fromLatin1(bytes.toHex('%')));
    for (const auto* before : {"", "a", "ab", "abc"}) {
        const auto base64 = (before + bytes + " and more").toBase64();
        const auto own = base64.mid((qstrlen(before) * 8 + 5) / 6, bytes.size() * 8 / 6 - 1);
        QTest::addRow("base64, %d bytes before", int(qstrlen(before))) << QString::fromLatin1(own);
        QTest::addRow("a piece of base64, %d bytes before", int(qstrlen(before)))
            << QString::fromLatin1(own.mid(11, 16));
        QTest::addRow("base64 for URLs, %d bytes before", int(qstrlen(before)))
            << QString::fromLatin1(own).replace(u'/', u'_').replace(u'+', u'-');
    }
}

void StorageTest::hides()
{
    QFETCH(const QString, leak);
    storage::Hidden hidden;
    hidden.add(QStringLiteral("another one"));
    hidden.add(QStringLiteral("tok/en+with=odd characters-0123456789"));
    const auto around = [](const QString& text) {
        return QString(QStringLiteral("«before» ") + text + QStringLiteral(" «after»"));
    };
    QCOMPARE(hidden.clean(around(leak)), around(QStringLiteral("«secret»")));
}

void StorageTest::leavesOtherText()
{
    storage::Hidden hidden;
    hidden.add(QStringLiteral("abc")); // too short to be filtered
    hidden.add({});
    const auto text = QStringLiteral("abc: C:\\dir\n \"quoted\"  text – ünïcode 😀");
    QCOMPARE(hidden.clean(text), text);
    hidden.add(QStringLiteral("pass"));
    QCOMPARE(hidden.clean(QStringLiteral("pas, Pass and p\nass")),
             QStringLiteral("pas, «secret» and «secret»"));
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

void StorageTest::tellsDiagnostics()
{
    QTemporaryDir folder;
    auto paths = pathsIn(folder);
    paths.config = QDir(QDir::homePath() + QStringLiteral("/.config/CaptureDesk"));
    storage::Log log(paths);
    QVERIFY(log.last(5).isEmpty());
    const QLoggingCategory category("capturedesk.test", QtInfoMsg);
    const QByteArray filler(9'000, 'x');
    for (int i = 0; i < 150; ++i)
        qCInfo(category, "%d %s", i, filler.constData());
    qCInfo(category).noquote() << "in" << QDir::homePath() + QStringLiteral("/file") << "and"
                               << QDir::homePath() + QStringLiteral("bel/file");
    qCDebug(category) << "not asked for";
    qCInfo(category) << "before it was known: a-secret-0123456789";
    log.hide(QStringLiteral("a-secret-0123456789"));

    const auto lines = log.last(100); // more than the file has since it was begun anew
    QCOMPARE(lines.size(), 100);
    QVERIFY(lines.first().contains(QStringLiteral(" info capturedesk.test 52 x")));

    const auto text = storage::diagnostics(
        log, paths, {{QStringLiteral("Connection"), QStringLiteral("one with a-secret-0123456789")}});
    for (const auto* part : {"Capture Desk: " CAPTUREDESK_VERSION "\n", "\nQt: 6.", "\nSystem: ",
                             "\nSettings: ~/.config/CaptureDesk\n", "\nConnection: one with «secret»\n",
                             " in ~/file and ", "The last 152 lines", "before it was known: «secret»\n"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), part);
    QVERIFY(text.contains(QDir::homePath() + QStringLiteral("bel/file")));
    QVERIFY(!text.contains(QStringLiteral("0123456789")));
    QVERIFY(!text.contains(QStringLiteral("not asked for")));
}

CAPTUREDESK_SUITE(test_storage, StorageTest)
#include "storage.moc"
