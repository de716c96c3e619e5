// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Lists are files that other programs change, too: nothing is lost, and the operator is informed.

#include <cerrno>

#include <unistd.h>

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "support/ceiling.h"
#include "support/eventually.h"
#include "support/faultyfiles.h"
#include "support/suite.h"
#include "base/savefile.h"
#include "devices/lists.h"
#include "devices/memory.h"
#include "suites.h"

using devices::Entry;
using devices::Lists;

namespace {

Entry entry(int number, const QString& name = {})
{
    return {.key = {QStringLiteral("id-%1").arg(number), QStringLiteral("r-%1").arg(number),
                    QStringLiteral("user%1@example.com").arg(number)},
            .name = name.isEmpty() ? QStringLiteral("HOST-%1").arg(number) : name,
            .platform = QStringLiteral("windows")};
}

/// \brief Drops root's privilege to open any file, for its lifetime.
class Ordinary {
public:
    explicit Ordinary(bool wanted)
        : m_root(wanted && geteuid() == 0)
    {
        constexpr uid_t nobody = 65534;
        if (m_root && seteuid(nobody) != 0)
            qFatal("root cannot become anybody else");
    }
    ~Ordinary()
    {
        if (m_root && seteuid(0) != 0)
            qFatal("there is no way back");
    }
    Q_DISABLE_COPY_MOVE(Ordinary)

private:
    bool m_root;
};

/// A folder, and a program that works with it.
struct Desk {
    QTemporaryDir folder;
    Lists lists{QDir(folder.filePath(QStringLiteral("lists"))),
                QDir(folder.filePath(QStringLiteral("kept")))};
    QSignalSpy told{&lists, &Lists::told};
    QSignalSpy warned{&lists, &Lists::warned};

    [[nodiscard]] QStringList copies() const
    {
        return QDir(folder.filePath(QStringLiteral("kept"))).entryList(QDir::Files);
    }
    [[nodiscard]] QByteArray bytes(const QString& name) const
    {
        QFile file(lists.pathOf(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void overwrite(const QString& name, const QByteArray& bytes)
    {
        QFile file(lists.pathOf(name));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(bytes);
    }
};

const QString vip = QStringLiteral("VIP");

} // namespace

void ListsTest::roundTrip()
{
    Desk desk;
    const QStringList hostile{
        QStringLiteral("plain"),        QStringLiteral("=1+1"),
        QStringLiteral("'=1"),          QStringLiteral("''+x"),
        QStringLiteral("a,b;c"),        QStringLiteral("say \"hi\""),
        QStringLiteral("two\nlines"),   QStringLiteral("<b>bold</b>"),
        QStringLiteral("\u202Eturned"), QString(10'000, u'x'),
        QStringLiteral("-5"),           QStringLiteral("@cmd"),
        QStringLiteral("two\r\nlines"), QString(QStringLiteral("nul") + QChar(u'\0') + u'x')};
    QList<Entry> entries;
    for (int i = 0; i < hostile.size(); ++i)
        entries << entry(i, hostile[i]);
    const auto name = QStringLiteral("Finance / floor 2");
    QVERIFY(desk.lists.create(name, entries));
    const Lists again(QDir(desk.folder.filePath(QStringLiteral("lists"))), QDir());
    QVERIFY(again.find(name));
    QVERIFY(again.find(name)->bad.isEmpty());
    for (int i = 0; i < entries.size(); ++i)
        QCOMPARE(again.find(name)->entries.value(i), entries[i]);
    // Half a surrogate pair cannot be stored in a file: it is read back as a question mark.
    QVERIFY(desk.lists.create(QStringLiteral("s"), {entry(1, QString(QChar(0xD800)) + u'x')}));
    const Lists third(QDir(desk.folder.filePath(QStringLiteral("lists"))), QDir());
    QCOMPARE(third.find(QStringLiteral("s"))->entries.first().name, QStringLiteral("?x"));
}

/// A spreadsheet of another country saves a list with semicolons; unknown columns are kept.
void ListsTest::savedByASpreadsheet()
{
    auto one = entry(1);
    one.other = {{QStringLiteral("hostname"), QStringLiteral("=x, y;z")},
                 {QStringLiteral("user"), QStringLiteral("ana")}};
    const auto bytes = devices::writeList({one, entry(2)});
    QVERIFY(bytes.startsWith("\xEF\xBB\xBF"
                             "device_id,registration_id,email,name,platform,"));
    auto saved = QByteArray("device_id;registration_id;email;name;platform;hostname;user\r\n"
                            "id-1;r-1;user1@example.com;HOST-1;windows;\"'=x, y;z\";ana\r\n"
                            "id-2;r-2;user2@example.com;HOST-2;windows;;\r\n");
    for (const auto& file : {bytes, saved, QByteArray("sep=;\r\n" + saved)}) {
        const auto list = devices::readList(file);
        QVERIFY(list);
        QVERIFY(list->bad.isEmpty());
        QCOMPARE(list->entries, (QList{one, entry(2)}));
    }
}

/// A user that is not an e-mail address is kept with the row and reported.
void ListsTest::nothingOfARowLost()
{
    const auto list = devices::readList("name,email\nPC-1,a@example.com\nPC-2,CONTOSO\\bo\n");
    QVERIFY(list);
    QCOMPARE(list->entries.size(), 2);
    QCOMPARE(list->entries[1].name, QStringLiteral("PC-2"));
    QVERIFY(list->entries[1].key.email.isEmpty());
    QCOMPARE(list->entries[1].other.value(QStringLiteral("email")), QStringLiteral("CONTOSO\\bo"));
    QCOMPARE(list->bad.size(), 1);
    QCOMPARE(list->bad.first().line, 3);
    const auto again = devices::readList(devices::writeList(list->entries));
    QVERIFY(again);
    QCOMPARE(again->entries, list->entries);
}

void ListsTest::files_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("good");
    QTest::addColumn<QList<int>>("badLines");
    QTest::newRow("plain") << QByteArray("device_id,email\na,x@example.com\nb,y@example.com\n") << 2
                           << QList<int>{};
    QTest::newRow("missing id") << QByteArray("device_id,email,note\n,,x\na,y@example.com,\n") << 1
                                << QList<int>{2};
    QTest::newRow("by name") << QByteArray("hostname\nANA-LT\n") << 1 << QList<int>{};
    QTest::newRow("no header") << QByteArray("a,b\nc,d\n") << -1 << QList<int>{};
    QTest::newRow("empty") << QByteArray() << -1 << QList<int>{};
}

void ListsTest::files()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, good);
    QFETCH(QList<int>, badLines);
    const auto list = devices::readList(bytes);
    QCOMPARE(list.has_value(), good >= 0);
    if (!list)
        return;
    QCOMPARE(list->entries.size(), good);
    QList<int> lines;
    for (const auto& bad : list->bad)
        lines << bad.line;
    QCOMPARE(lines, badLines);
}

void ListsTest::names()
{
    Desk desk;
    auto& lists = desk.lists;
    const QStringList names{QStringLiteral("../../etc"),
                            QStringLiteral(".hidden"),
                            QStringLiteral("a%2Fb"),
                            QStringLiteral("List 10"),
                            QStringLiteral("List 9"),
                            QStringLiteral("Ünïcode ✓"),
                            QString(80, u'x')};
    for (const auto& name : names) {
        QCOMPARE(lists.nameProblem(name), QString());
        QVERIFY(lists.create(name, {}));
        QVERIFY(!lists.nameProblem(name.toUpper()).isEmpty());
    }
    const Lists again(QDir(desk.folder.filePath(QStringLiteral("lists"))), QDir());
    QStringList found;
    for (const auto& list : again.all())
        found << list.name;
    QCOMPARE(QSet<QString>(found.begin(), found.end()), QSet<QString>(names.begin(), names.end()));
    QVERIFY(found.indexOf(QStringLiteral("List 9")) < found.indexOf(QStringLiteral("List 10")));
    QCOMPARE(QDir(desk.folder.filePath(QStringLiteral("lists"))).entryList(QDir::Files | QDir::Hidden).size(),
             names.size());
    QVERIFY(!lists.nameProblem(QString(80, u'日')).isEmpty()); // too many bytes for any file system
}

/// Undoing each change restores the former file, byte by byte.
void ListsTest::everyChangeUndone()
{
    Desk desk;
    auto& lists = desk.lists;
    QVERIFY(lists.create(vip, {entry(1), entry(2)}));
    const auto before = desk.bytes(vip);
    const auto copy = QStringLiteral("copy");
    const QList<std::function<Lists::Outcome()>> changes = {
        [&] { return lists.add(vip, {entry(2), entry(3)}); }, [&] { return lists.take(vip, {entry(2)}); },
        [&] { return lists.rename(vip, copy); }, [&] { return lists.duplicate(vip, copy); },
        [&] { return lists.remove(vip); }};
    for (const auto& change : changes) {
        QVERIFY(change());
        const bool differs = desk.bytes(vip) != before || QFile::exists(lists.pathOf(copy));
        QVERIFY(differs);
        QVERIFY(!lists.undoText().isEmpty());
        QVERIFY(lists.undo());
        QVERIFY(!QFile::exists(lists.pathOf(copy)));
        QCOMPARE(lists.find(vip)->entries.size(), 2);
        const auto now = lists.find(vip)->entries;
        QVERIFY(now.contains(entry(1)) && now.contains(entry(2)));
    }
    QVERIFY(lists.undo()); // undoes its creation
    QVERIFY(lists.all().empty());
    QVERIFY(lists.undoText().isEmpty());
}

void ListsTest::twoProgramsInTurn()
{
    Desk desk;
    QVERIFY(desk.lists.create(vip, {entry(1), entry(2), entry(3)}));
    Lists other(QDir(desk.folder.filePath(QStringLiteral("lists"))),
                QDir(desk.folder.filePath(QStringLiteral("k2"))));
    // Neither has polled when the other one writes.
    QVERIFY(other.add(vip, {entry(4)}));
    QVERIFY(desk.lists.add(vip, {entry(5)}));
    QVERIFY(other.take(vip, {entry(1)}));
    QVERIFY(desk.lists.add(vip, {entry(6)}));
    const QSet<QString> expected{QStringLiteral("id-2"), QStringLiteral("id-3"), QStringLiteral("id-4"),
                                 QStringLiteral("id-5"), QStringLiteral("id-6")};
    other.look();
    for (const auto* lists : {&desk.lists, &other}) {
        QSet<QString> ids;
        for (const auto& one : lists->find(vip)->entries)
            ids.insert(one.key.deviceId);
        QCOMPARE(ids, expected);
    }
    // Both changes are reported, and the other program's removal can be undone.
    QCOMPARE(desk.told.size(), 2);
    QVERIFY(desk.told[1][0].toString().contains(QStringLiteral("0 added, 1 removed")));
    QVERIFY(!desk.copies().isEmpty());
    QVERIFY(desk.lists.undo()); // undoes adding 6
    QVERIFY(desk.lists.undo()); // undoes the other's removal
    QVERIFY(desk.lists.find(vip)->entries.contains(entry(1)));
    // Another user's file appears.
    QVERIFY(other.create(QStringLiteral("new"), {entry(9)}));
    desk.lists.look();
    QVERIFY(desk.lists.find(QStringLiteral("new")));
}

void ListsTest::damaged_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("truncated to nothing") << QStringLiteral("empty");
    QTest::newRow("cut in the middle") << QStringLiteral("cut");
    QTest::newRow("no table any more") << QStringLiteral("picture");
    QTest::newRow("gone") << QStringLiteral("gone");
    QTest::newRow("a folder in its place") << QStringLiteral("folder");
    QTest::newRow("not to be read") << QStringLiteral("forbidden");
    QTest::newRow("changed, and not to be read") << QStringLiteral("secret");
}

void ListsTest::damaged()
{
    QFETCH(QString, how);
    const Ordinary ordinary(how == QStringLiteral("forbidden") ||
                            how == QStringLiteral("secret")); // for the whole test: it owns the folder
    Desk desk;
    auto& lists = desk.lists;
    QVERIFY(lists.create(vip, {entry(1), entry(2), entry(3)}));
    const auto before = desk.bytes(vip);
    const auto path = lists.pathOf(vip);
    QByteArray there;
    if (how == QStringLiteral("empty")) {
        desk.overwrite(vip, {});
    } else if (how == QStringLiteral("cut")) {
        there = before.left(before.size() / 2);
        desk.overwrite(vip, there);
    } else if (how == QStringLiteral("picture")) {
        there = QByteArray("\x89PNG\r\n") + QByteArray(100, '\0');
        desk.overwrite(vip, there);
    } else if (how == QStringLiteral("gone")) {
        QVERIFY(QFile::remove(path));
    } else if (how == QStringLiteral("folder")) {
        QVERIFY(QFile::remove(path) && QDir().mkpath(path));
    } else {
        if (how == QStringLiteral("secret"))
            desk.overwrite(vip, before + before);
        QVERIFY(QFile::setPermissions(path, {}));
        QVERIFY(!QFile(path).open(QIODevice::ReadOnly));
        desk.warned.clear();
    }
    lists.look();
    lists.look(); // reported once
    QCOMPARE(desk.warned.size(), how == QStringLiteral("forbidden") ? 0 : 1);
    QCOMPARE(desk.told.size(), 0);
    // Nothing is lost: the devices are still there, also as a copy; the damaged file is not modified.
    QCOMPARE(lists.find(vip)->entries.size(), 3);
    QVERIFY(how == QStringLiteral("forbidden") || !lists.find(vip)->problem.isEmpty());
    if (how != QStringLiteral("forbidden")) {
        QCOMPARE(desk.copies().size(), 1);
        QVERIFY(!lists.add(vip, {entry(4)}));
        QCOMPARE(desk.bytes(vip), there);
    }
    if (how == QStringLiteral("folder"))
        return;
    QVERIFY(lists.writeBack(vip));
    QCOMPARE(desk.bytes(vip), before);
    QVERIFY(lists.find(vip)->problem.isEmpty());
    QVERIFY(lists.add(vip, {entry(4)}));
}

/// Replaced by another list: its rows are read, and the former rows are kept as a copy.
void ListsTest::replaced()
{
    Desk desk;
    QVERIFY(desk.lists.create(vip, {entry(1), entry(2)}));
    desk.overwrite(vip, devices::writeList({entry(7)}));
    desk.lists.look();
    QCOMPARE(desk.told.size(), 1);
    QCOMPARE(desk.lists.find(vip)->entries, QList<Entry>{entry(7)});
    QCOMPARE(desk.copies().size(), 1);
    QVERIFY(desk.lists.undo());
    QCOMPARE(desk.lists.find(vip)->entries.size(), 3);
}

/// Before the first list is created, a missing folder is not reported.
void ListsTest::folderNotMadeYet()
{
    Desk desk;
    desk.lists.look();
    QVERIFY(desk.lists.create(vip, {entry(1)}));
    desk.lists.look();
    QCOMPARE(desk.told.size() + desk.warned.size(), 0);
    // The same for a newly chosen folder, in which this account has no folder yet.
    Lists shared(QDir(desk.folder.filePath(QStringLiteral("account"))), QDir(), false);
    const QSignalSpy warned(&shared, &Lists::warned);
    const QSignalSpy told(&shared, &Lists::told);
    shared.look();
    QVERIFY(shared.create(vip, {entry(1)}));
    shared.look();
    QCOMPARE(told.size() + warned.size(), 0);
}

void ListsTest::folderGone()
{
    Desk desk;
    QVERIFY(desk.lists.create(vip, {entry(1)}));
    const QDir folder(desk.folder.path());
    QVERIFY(QDir().rename(folder.filePath(QStringLiteral("lists")), folder.filePath(QStringLiteral("away"))));
    desk.lists.look();
    desk.lists.look();
    QCOMPARE(desk.warned.size(), 1);
    QCOMPARE(desk.lists.find(vip)->entries.size(), 1);
    QVERIFY(QDir().rename(folder.filePath(QStringLiteral("away")), folder.filePath(QStringLiteral("lists"))));
    desk.lists.look();
    QCOMPARE(desk.warned.size(), 1);
    QCOMPARE(desk.told.size(), 1);
    QVERIFY(desk.lists.add(vip, {entry(2)}));
    // If the parent folder is missing too, it is reported even without lists.
    Lists shared(QDir(desk.folder.filePath(QStringLiteral("share/account"))), QDir(), false);
    const QSignalSpy warned(&shared, &Lists::warned);
    shared.look();
    QCOMPARE(warned.size(), 1);
}

/// The cached devices; another user's file, or a partial one, is ignored.
void ListsTest::snapshots()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("devices"));
    devices::Snapshot snapshot{.at = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC),
                               .devices = {}};
    for (int i = 0; i < 500; ++i) {
        snapshot.devices << devices::Device{.deviceId = QString::number(i),
                                            .email = QStringLiteral("a@example.com"),
                                            .name = QStringLiteral("<b>\u202E") + QChar(u'\0'),
                                            .eligible = i % 2 == 0,
                                            .standing = devices::Standing::Remembered};
        if (i % 3 == 0)
            snapshot.devices.last().lastSeen = snapshot.at.addSecs(i);
    }
    QVERIFY(devices::writeSnapshot(path, snapshot));
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const auto again = devices::readSnapshot(path);
    QVERIFY(again);
    QCOMPARE(*again, snapshot);
    QFile file(path);
    QVERIFY(file.resize(file.size() / 2));
    QVERIFY(!devices::readSnapshot(path));
    QVERIFY(file.resize(0));
    QVERIFY(!devices::readSnapshot(path));
    QVERIFY(!devices::readSnapshot(folder.filePath(QStringLiteral("none"))));
}

/// The content is smaller than a buffer: only the last flush fails on the full disk.
void ListsTest::fullDisk()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("list.csv"));
    const auto contents = [](const QString& of) {
        QFile file(of);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not readable");
    };
    QVERIFY(base::saveFile(path, "device_id\r\na\r\n"));
    const auto cache = folder.filePath(QStringLiteral("devices"));
    const devices::Snapshot snapshot{
        .at = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC),
        .devices = {{.deviceId = QStringLiteral("a"), .standing = devices::Standing::Remembered}}};
    QVERIFY(devices::writeSnapshot(cache, snapshot));
    {
        const support::Ceiling ceiling(0);
        QVERIFY(!base::saveFile(path, "device_id\r\nb\r\n"));
        QVERIFY(!devices::writeSnapshot(cache, {}));
    }
    {
        const support::FaultyFiles faulty(
            {{.call = "write", .under = folder.path().toStdString(), .code = ENOSPC}});
        const auto written = devices::writeSnapshot(cache, {});
        QVERIFY(!written);
        QCOMPARE(written.error().kind, base::SaveProblem::Kind::Full);
    }
    QCOMPARE(contents(path), QByteArray("device_id\r\na\r\n"));
    QCOMPARE(devices::readSnapshot(cache).value(), snapshot);
}

void ListsTest::notSaved_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("why");
    QTest::addColumn<QString>("todo");
    QTest::newRow("full") << QStringLiteral("write") << ENOSPC
                          << QStringLiteral("the disk is full (No space left on device)")
                          << QStringLiteral("Free space there, then try again.");
    QTest::newRow("quota") << QStringLiteral("sync") << EDQUOT
                           << QStringLiteral("your share of the disk is used up (Disk quota exceeded)")
                           << QStringLiteral("Delete files of yours there, then try again.");
    QTest::newRow("gone") << QStringLiteral("rename") << ESTALE
                          << QStringLiteral("the disk or share does not answer (Stale file handle)")
                          << QStringLiteral("Check the disk and the network, then try again.");
}

/// In the file and in the window the list stays unchanged, and the message says so.
void ListsTest::notSaved()
{
    QFETCH(const QString, call);
    QFETCH(const int, code);
    QFETCH(const QString, why);
    QFETCH(const QString, todo);
    Desk desk;
    QVERIFY(desk.lists.create(vip, {entry(1), entry(2)}));
    const auto before = desk.bytes(vip);
    const auto folder = desk.folder.filePath(QStringLiteral("lists"));
    {
        const support::FaultyFiles faulty(
            {{.call = call.toStdString(), .under = folder.toStdString() + '/', .code = code}});
        for (const auto& outcome : {desk.lists.take(vip, {entry(1)}), desk.lists.add(vip, {entry(3)})}) {
            QVERIFY(!outcome);
            QVERIFY(outcome.error().isPlace);
            QCOMPARE(
                outcome.error().sentence,
                QStringLiteral("“VIP.csv” was not saved in %1: %2. The file that was there is unharmed. %3")
                    .arg(folder, why, todo));
        }
        const auto made = desk.lists.create(QStringLiteral("New"), {entry(1)});
        QVERIFY(!made);
        QCOMPARE(made.error().sentence,
                 QStringLiteral("“New.csv” was not saved in %1: %2. %3").arg(folder, why, todo));
    }
    QCOMPARE(desk.bytes(vip), before);
    QCOMPARE(desk.lists.all().size(), size_t(1));
    QCOMPARE(desk.lists.find(vip)->entries.size(), 2);
    QVERIFY(desk.lists.take(vip, {entry(1)}));
    QCOMPARE(desk.lists.find(vip)->entries.size(), 1);
}

namespace {

/// A lock file as another computer leaves it.
void lockFrom(const QTemporaryDir& folder, const QByteArray& host, const QByteArray& process)
{
    QFile file(folder.filePath(QStringLiteral("lists/.VIP.csv.lock")));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("the lock cannot be made");
    file.write(process + "\nCapture Desk\n" + host + "\n\n\n");
}

} // namespace

void ListsTest::lockOfAnotherComputer()
{
    using namespace std::chrono_literals;
    const QTemporaryDir folder;
    const QDir lists(folder.filePath(QStringLiteral("lists"))), kept(folder.filePath(QStringLiteral("kept")));
    {
        Lists patient(lists, kept, false, {.wait = 0ms, .stale = 24h});
        QVERIFY(patient.create(vip, {entry(1)}));
        lockFrom(folder, "HELP-7", "4711");
        // It does not count as stale because the server's clock is an hour off.
        QFile lock(lists.filePath(QStringLiteral(".VIP.csv.lock")));
        QVERIFY(lock.open(QIODevice::ReadWrite));
        const auto made = QDateTime::currentDateTime().addSecs(-3600);
        QVERIFY(lock.setFileTime(made, QFileDevice::FileModificationTime));
        lock.close();
        for (int i = 0; i < 2; ++i) {
            const auto added = patient.add(vip, {entry(2)});
            QVERIFY(!added);
            QVERIFY(!added.error().isPlace);
            const QRegularExpression words(QStringLiteral(
                "^The computer HELP-7 has been writing this list since .*\\d+.*\\. Try again in half a "
                "minute; a lock that was left behind is removed then\\.$"));
            QVERIFY2(words.match(added.error().sentence).hasMatch(), qPrintable(added.error().sentence));
        }
        // Renaming and removing the list are refused, too.
        QVERIFY(!patient.rename(vip, QStringLiteral("Board")));
        QVERIFY(!patient.remove(vip));
        QVERIFY(QFile::exists(lists.filePath(QStringLiteral("VIP.csv"))));
        QVERIFY(lock.exists());
        QCOMPARE(patient.find(vip)->entries.size(), 1);
    }
    // A lock that is unchanged at the second poll is stale: its owner has crashed.
    Lists impatient(lists, kept, false, {.wait = 0ms, .stale = 0ms});
    const auto isAdded = [&impatient] { return impatient.add(vip, {entry(2)}).has_value(); };
    EVENTUALLY(isAdded());
    QCOMPARE(impatient.find(vip)->entries.size(), 2);
}

/// The lock of a killed program on this computer: nobody has to wait.
void ListsTest::lockOfADeadProgram()
{
    using namespace std::chrono_literals;
    const QTemporaryDir folder;
    const QDir lists(folder.filePath(QStringLiteral("lists"))), kept(folder.filePath(QStringLiteral("kept")));
    Lists desk(lists, kept, false, {.wait = 0ms, .stale = 24h});
    QVERIFY(desk.create(vip, {entry(1)}));
    lockFrom(folder, QSysInfo::machineHostName().toUtf8(), "2147483646"); // no process has this ID
    QVERIFY(desk.add(vip, {entry(2)}));
}

CAPTUREDESK_SUITE(test_devices_lists, ListsTest)
