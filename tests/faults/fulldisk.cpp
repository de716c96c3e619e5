// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A file system that is really full, for each kind of file that the program saves: the former file stays, the
// failure is reported, and saving works again once there is space.

#include <functional>

#include <QSignalSpy>
#include <QTest>

#include "support/eventually.h"
#include "support/smalldisk.h"
#include "support/suite.h"
#include "base/savefile.h"
#include "captures/journal.h"
#include "captures/recordfile.h"
#include "captures/scribe.h"
#include "devices/lists.h"
#include "devices/memory.h"
#include "exports/table.h"
#include "storage/settings.h"

using support::SmallDisk;

/// Saves more data with each call.  \returns the error message; empty: success
using Save = std::function<QString(const SmallDisk& disk, int number)>;
Q_DECLARE_METATYPE(Save)

class FullDisk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saves_data();
    void saves();
    void settings();
    void journal();
};

namespace {

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

QString wordsOf(const std::expected<void, base::SaveProblem>& saved)
{
    return saved ? QString() : base::sentence(saved.error());
}

exports::Table tableOf(int rows)
{
    exports::Table table{.columns = {QStringLiteral("device")}, .rows = {}};
    for (int i = 0; i < rows; ++i)
        table.rows << QList<exports::Cell>{QStringLiteral("ANA-LT-%1").arg(i)};
    return table;
}

QString saveCapture(const SmallDisk& disk, int number)
{
    base::SaveFile file(disk.path("file"));
    if (const auto begun = file.begin(); !begun)
        return wordsOf(begun);
    for (int piece = 0; piece < 10 * number; ++piece) {
        if (file.write(QByteArray(5000, 'x')) < 0)
            break;
    }
    return wordsOf(file.commit());
}

QString saveDevices(const SmallDisk& disk, int number)
{
    devices::Snapshot snapshot{.at = QDateTime::currentDateTimeUtc(), .devices = {}};
    for (int i = 0; i < 100 * number; ++i)
        snapshot.devices << devices::Device{.deviceId = QStringLiteral("id-%1").arg(i)};
    return wordsOf(devices::writeSnapshot(disk.path("file"), snapshot));
}

QString saveList(const SmallDisk& disk, int number)
{
    devices::Lists lists(QDir(disk.path()), QDir(disk.path("kept")));
    const auto name = QStringLiteral("file");
    const devices::Entry entry{.key = {QStringLiteral("id-%1").arg(number), {}, {}},
                               .name = QString(3000, u'n'),
                               .platform = QStringLiteral("windows")};
    const auto done = lists.find(name) ? lists.add(name, {entry}) : lists.create(name, {entry});
    return done ? QString() : done.error().sentence;
}

QString saveRecord(const SmallDisk& disk, int number)
{
    auto file = captures::RecordFile::open(disk.path("file"), "at,what\r\n", QStringLiteral("HELP-1"), true);
    if (!file)
        return file.error();
    const auto done = file->append({QByteArray(3000, char('0' + number)) + "\r\n"});
    return done ? QString() : done.error();
}

} // namespace

void FullDisk::initTestCase()
{
    if (!SmallDisk().isThere())
        QSKIP("mounts are not allowed here");
}

void FullDisk::saves_data()
{
    QTest::addColumn<Save>("save");
    QTest::addColumn<QString>("name");
    QTest::newRow("export as CSV") << Save([](const SmallDisk& disk, int number) {
        return wordsOf(exports::writeFile(disk.path("file"), exports::Format::Csv, tableOf(number)));
    }) << QStringLiteral("file");
    QTest::newRow("export as JSON") << Save([](const SmallDisk& disk, int number) {
        return wordsOf(exports::writeFile(disk.path("file"), exports::Format::Json, tableOf(number)));
    }) << QStringLiteral("file");
    QTest::newRow("export that is large") << Save([](const SmallDisk& disk, int number) {
        return wordsOf(exports::writeFile(disk.path("file"), exports::Format::Csv, tableOf(3000 * number)));
    }) << QStringLiteral("file");
    QTest::newRow("capture file") << Save(saveCapture) << QStringLiteral("file");
    QTest::newRow("device cache") << Save(saveDevices) << QStringLiteral("file");
    QTest::newRow("list") << Save(saveList) << QStringLiteral("file.csv");
    QTest::newRow("connections and settings") << Save([](const SmallDisk& disk, int number) {
        const storage::KeptFile file(disk.path("file"), QStringLiteral("The file"));
        return wordsOf(file.write(QByteArray(500 * number, 'x')));
    }) << QStringLiteral("file");
    QTest::newRow("shared record") << Save(saveRecord) << QStringLiteral("file");
}

void FullDisk::saves()
{
    QFETCH(const Save, save);
    QFETCH(const QString, name);
    const SmallDisk disk;
    QVERIFY(disk.isThere());
    QCOMPARE(save(disk, 1), QString());
    const auto path = disk.path(name.toLatin1().constData());
    const auto before = bytesOf(path);
    QVERIFY(before.size() > 10);
    for (int again = 0; again < 2; ++again) {
        disk.fill();
        const auto words = save(disk, 2);
        QVERIFY2(words.contains(QLatin1StringView("the disk is full (No space left on device)")),
                 qPrintable(words));
        QCOMPARE(bytesOf(path), before);
        if (name == QLatin1StringView("file.csv"))
            QVERIFY2(words.contains(QLatin1StringView(" The file that was there is unharmed. ")),
                     qPrintable(words));
    }
    disk.empty();
    QCOMPARE(save(disk, 2), QString());
    QVERIFY(bytesOf(path).size() > before.size());
}

void FullDisk::settings()
{
    const SmallDisk disk;
    const QDir folder(disk.path());
    storage::Settings settings({.config = folder, .data = folder, .log = folder});
    QSignalSpy failed(&settings, &storage::Settings::failed), saved(&settings, &storage::Settings::saved);
    settings.set(storage::setting::operatorName, QStringLiteral("Ana"));
    EVENTUALLY(QFile::exists(disk.path("settings.json.copy")));
    const auto before = bytesOf(disk.path("settings.json"));
    disk.fill();
    settings.set(storage::setting::operatorName, QStringLiteral("Marta"));
    EVENTUALLY_COMPARE(failed.size(), 1);
    QCOMPARE(bytesOf(disk.path("settings.json")), before);
    disk.empty();
    settings.set(storage::setting::askOperator, true);
    EVENTUALLY_COMPARE(saved.size(), 1);
    QVERIFY(bytesOf(disk.path("settings.json")).contains("Marta"));
}

void FullDisk::journal()
{
    const SmallDisk disk;
    captures::Journal journal(disk.path("runs.sqlite"));
    const auto write = [&journal](int deeds) {
        captures::Change change{.account = QStringLiteral("a"), .now = QDateTime::currentDateTimeUtc()};
        for (int i = 0; i < deeds; ++i)
            change.deeds << captures::Deed{.at = change.now, .about = QString(1000, u'x')};
        auto* call = journal.write(change);
        QString words;
        QSignalSpy spy(call, &captures::JournalCall::finished);
        QObject::connect(call, &captures::JournalCall::finished, call, [&words, call] {
            words = call->problem() ? captures::Scribe::explain(*call->problem()) : QString();
        });
        return support::nextSignal(spy) ? words : QStringLiteral("no answer");
    };
    QCOMPARE(write(1), QString());
    disk.fill();
    const auto words = write(50);
    QVERIFY2(words.startsWith(
                 QStringLiteral("There is no room for the run journal in %1: the disk is full (No space "
                                "left on device). Free space there.")
                     .arg(disk.path())),
             qPrintable(words));
    disk.empty();
    QCOMPARE(write(50), QString());
}

CAPTUREDESK_SUITE(test_faults_fulldisk, FullDisk)
#include "fulldisk.moc"
