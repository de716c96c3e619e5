// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The audit log in a file that several computers share: each entry once, even if the share fails.

#include <cerrno>
#include <thread>

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include "support/faultyfiles.h"
#include "support/suite.h"
#include "captures/journal.h"
#include "captures/recordfile.h"
#include "captures/sharedrecord.h"
#include "exports/csv.h"
#include "suites.h"
#include "support/eventually.h"
#include "support/language.h"

using captures::Deed;
using captures::Journal;
using captures::JournalCall;
using captures::RecordFile;
using captures::SharedRecord;

namespace {

const QByteArray header("at,operator,system_user,connection,ticket,what,about,computer\r\n");
const QByteArray bom("\xEF\xBB\xBF");
const QDateTime written(QDate(2026, 11, 23), QTime(14, 0), Qt::UTC);

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString& path, const QByteArray& content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("the file cannot be made");
}

Deed deed(const QString& ticket)
{
    return {.at = written,
            .operatorName = QStringLiteral("Marta"),
            .systemUser = QStringLiteral("marta"),
            .connection = QStringLiteral("Contoso"),
            .ticket = ticket,
            .what = Deed::What::Save,
            .about = QStringLiteral("ANA-LT-04")};
}

QByteArray lineOf(const QString& ticket, const QByteArray& computer)
{
    return "2026-11-23T14:00:00.000Z,Marta,marta,Contoso," + ticket.toUtf8() + ",save,ANA-LT-04," + computer +
           "\r\n";
}

/// A computer with its own journal, at work during its lifetime.
struct Computer {
    Computer(const QString& folder, const QString& name)
        : journal(folder + u'/' + name + QStringLiteral(".sqlite"))
        , shared(&journal, name,
                 {.first = std::chrono::milliseconds(1),
                  .again = std::chrono::milliseconds(50),
                  .answer = std::chrono::milliseconds(support::ceilingMs),
                  .end = std::chrono::milliseconds(support::ceilingMs)})
    {
    }

    void note(const QList<Deed>& deeds)
    {
        auto* call = journal.write({.account = QStringLiteral("a"), .now = written, .deeds = deeds});
        QSignalSpy spy(call, &JournalCall::finished);
        if (!support::nextSignal(spy) || call->problem())
            qFatal("the journal does not write");
    }
    void note(const QString& ticket) { note({deed(ticket)}); }
    [[nodiscard]] bool isAt(const QString& path) const
    {
        return shared.state() == SharedRecord::State{.path = path};
    }
    [[nodiscard]] bool waits(qint64 deeds) const
    {
        return shared.state().waiting == deeds && !shared.state().problem.isEmpty();
    }
    /// The journal's position in the shared file.
    [[nodiscard]] captures::Sharing sharing()
    {
        std::optional<captures::Sharing> result;
        std::thread([&] { result = journal.unshared(0)->sharing; }).join();
        return result.value_or(captures::Sharing());
    }

    Journal journal;
    SharedRecord shared;
};

} // namespace

void SharedRecordTest::asItHappens()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("record.csv"));
    Computer one(folder.path(), QStringLiteral("HELP-1"));
    one.note(QStringLiteral("before")); // no file has been chosen
    one.shared.choose(path);
    EVENTUALLY(one.isAt(path));
    QCOMPARE(contentOf(path), bom + header);
    one.note(QStringLiteral("INC1"));
    one.note({deed(QStringLiteral("INC2")), deed(QStringLiteral("INC3"))});
    const auto three = lineOf(QStringLiteral("INC1"), "HELP-1") + lineOf(QStringLiteral("INC2"), "HELP-1") +
                       lineOf(QStringLiteral("INC3"), "HELP-1");
    EVENTUALLY_COMPARE(contentOf(path), bom + header + three);
    struct ::stat status = {};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777U, 0660U); // for the group, and for nobody else

    one.shared.stop();
    EVENTUALLY(one.isAt({}));
    one.note(QStringLiteral("INC4"));
    // Chosen again: appends from now on.
    one.shared.choose(path);
    EVENTUALLY(one.isAt(path));
    one.note(QStringLiteral("INC5"));
    EVENTUALLY_COMPARE(contentOf(path), bom + header + three + lineOf(QStringLiteral("INC5"), "HELP-1"));
}

void SharedRecordTest::twoComputersOneFile()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("record.csv"));
    Computer one(folder.path(), QStringLiteral("HELP-1"));
    Computer two(folder.path(), QStringLiteral("HELP-2"));
    one.shared.choose(path);
    two.shared.choose(path);
    EVENTUALLY(one.isAt(path) && two.isAt(path));
    constexpr int count = 60;
    QStringList tickets;
    for (int i = 0; i < count; ++i) {
        tickets << QStringLiteral("INC%1").arg(i, 4, 10, QLatin1Char('0'));
        one.note(tickets.last());
        two.note(tickets.last());
    }
    EVENTUALLY_COMPARE(contentOf(path).count('\n'), 1 + 2 * count);
    const auto text = contentOf(path);
    QCOMPARE(text.count("operator"), 1); // one header
    for (const auto& ticket : tickets) {
        QCOMPARE(text.count('\n' + lineOf(ticket, "HELP-1")), 1);
        QCOMPARE(text.count('\n' + lineOf(ticket, "HELP-2")), 1);
    }
}

void SharedRecordTest::awayAndBack()
{
    const QTemporaryDir folder;
    const auto share = folder.filePath(QStringLiteral("share"));
    const auto path = share + QStringLiteral("/record.csv");
    QVERIFY(QDir().mkpath(share));
    auto expected = bom + header;
    {
        Computer one(folder.path(), QStringLiteral("HELP-1"));
        one.shared.choose(path);
        EVENTUALLY(one.isAt(path));
        one.note(QStringLiteral("INC1"));
        expected += lineOf(QStringLiteral("INC1"), "HELP-1");
        EVENTUALLY_COMPARE(contentOf(path), expected);
        EVENTUALLY(one.isAt(path));

        QVERIFY(QDir().rename(share, share + QStringLiteral("-away")));
        QVERIFY(QDir().mkpath(share)); // the folder in which the share was mounted
        one.note(QStringLiteral("INC2"));
        one.note(QStringLiteral("INC3"));
        EVENTUALLY(one.waits(2));
    }
    QVERIFY(!QFile::exists(path)); // nothing is written where nobody would see it
    {
        // The program starts while the share is still unavailable.
        Computer one(folder.path(), QStringLiteral("HELP-1"));
        EVENTUALLY(one.waits(2));
        QCOMPARE(one.shared.state().path, path);
        one.note(QStringLiteral("INC4"));
        EVENTUALLY(one.waits(3));
        QVERIFY(QDir().rmdir(share));
        QVERIFY(QDir().rename(share + QStringLiteral("-away"), share));
        for (const auto* ticket : {"INC2", "INC3", "INC4"})
            expected += lineOf(QLatin1StringView(ticket), "HELP-1");
        EVENTUALLY_COMPARE(contentOf(path), expected);
        EVENTUALLY(one.isAt(path));
    }
    Computer one(folder.path(), QStringLiteral("HELP-1"));
    EVENTUALLY(one.isAt(path));
    one.note(QStringLiteral("INC5"));
    EVENTUALLY_COMPARE(contentOf(path), expected + lineOf(QStringLiteral("INC5"), "HELP-1"));
}

void SharedRecordTest::diedWhileAppending_data()
{
    QTest::addColumn<QByteArray>("arrived");
    const auto first = lineOf(QStringLiteral("INC1"), "HELP-1");
    const auto second = lineOf(QStringLiteral("INC2"), "HELP-1");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a part of the first") << first.first(30);
    QTest::newRow("all but an end of line") << first.chopped(1);
    QTest::newRow("one") << first;
    QTest::newRow("one and a part") << QByteArray(first + second.first(3));
    QTest::newRow("both") << QByteArray(first + second);
    QTest::newRow("both, and a colleague's")
        << QByteArray(first + second + lineOf(QStringLiteral("INC1"), "HELP-2"));
    QTest::newRow("a colleague's") << lineOf(QStringLiteral("INC1"), "HELP-2");
}

/// Lines journaled as being appended are searched for in the file, not blindly appended again.
void SharedRecordTest::diedWhileAppending()
{
    QFETCH(QByteArray, arrived);
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("record.csv"));
    // The file already has a line identical to the first: older lines prove nothing.
    const auto old = bom + header + lineOf(QStringLiteral("INC1"), "HELP-1");
    {
        Journal journal(folder.filePath(QStringLiteral("HELP-1.sqlite")));
        auto* call = journal.write({.account = QStringLiteral("a"),
                                    .now = written,
                                    .deeds = {deed(QStringLiteral("INC0")), deed(QStringLiteral("INC1")),
                                              deed(QStringLiteral("INC2")), deed(QStringLiteral("INC3"))}});
        QSignalSpy spy(call, &JournalCall::finished);
        QVERIFY(support::nextSignal(spy));
        std::thread([&] {
            (void)journal.setSharing(
                captures::Sharing{.path = path, .last = 1, .upTo = 3, .size = old.size()});
        }).join();
    }
    put(path, old + arrived);
    Computer one(folder.path(), QStringLiteral("HELP-1"));
    EVENTUALLY(one.isAt(path));
    const auto text = contentOf(path);
    QVERIFY2(text.startsWith(old), text.constData());
    const auto added = text.mid(old.size());
    for (const auto* ticket : {"INC1", "INC2", "INC3"})
        QCOMPARE(added.count(lineOf(QLatin1StringView(ticket), "HELP-1")), 1);
    QCOMPARE(added.count(lineOf(QStringLiteral("INC1"), "HELP-2")), arrived.count("HELP-2"));
    QCOMPARE(added.count('\n'), 3 + arrived.count("HELP-2")); // and no partial line
    QCOMPARE(one.sharing(), (captures::Sharing{.path = path, .last = 4, .upTo = one.sharing().upTo}));
}

/// The next start uses another language: lines in the file are recognised nevertheless.
void SharedRecordTest::diedInAnotherLanguage()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("record.csv"));
    using What = Deed::What;
    const QList<What> all{What::Run,        What::Cancel, What::Agree,  What::Save,
                          What::SaveFailed, What::Open,   What::Export, What::ExportFailed};
    QList<Deed> deeds;
    for (const auto what : all) {
        deeds << deed(QStringLiteral("INC%1").arg(deeds.size()));
        deeds.last().what = what;
    }
    QByteArray whole;
    {
        Computer one(folder.path(), QStringLiteral("HELP-1"));
        one.shared.choose(path);
        EVENTUALLY(one.isAt(path));
        one.note(deeds);
        EVENTUALLY(contentOf(path).count('\n') == 1 + all.size());
        whole = contentOf(path);
        // As if the program had ended before it noted that all lines were appended.
        EVENTUALLY(one.sharing().last == all.size());
        std::thread([&] {
            (void)one.journal.setSharing(captures::Sharing{
                .path = path, .last = 0, .upTo = all.size(), .size = (bom + header).size()});
        }).join();
    }
    const support::MarkedLanguage language;
    Computer one(folder.path(), QStringLiteral("HELP-1"));
    EVENTUALLY(one.isAt(path));
    QCOMPARE(one.sharing().last, qint64(all.size()));
    QCOMPARE(contentOf(path), whole);
}

void SharedRecordTest::hostileNames()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("record.csv"));
    Computer one(folder.path(), QStringLiteral("=cmd|' /C calc'!A0"));
    one.shared.choose(path);
    EVENTUALLY(one.isAt(path));
    auto bad = deed(QStringLiteral("@SUM(A1)"));
    bad.operatorName = QStringLiteral("+1");
    bad.connection = QStringLiteral("-2,\"x\"");
    bad.about = QStringLiteral("=HYPERLINK(\"http://x\")\r\n2026-11-23T14:00:00.000Z,Marta\nü");
    one.note({bad});
    const QByteArray line = "2026-11-23T14:00:00.000Z,'+1,marta,\"'-2,\"\"x\"\"\",'@SUM(A1),save,"
                            "\"'=HYPERLINK(\"\"http://x\"\")\r\n2026-11-23T14:00:00.000Z,Marta\n\xC3\xBC\","
                            "'=cmd|' /C calc'!A0\r\n";
    EVENTUALLY_COMPARE(contentOf(path), bom + header + line);
}

void SharedRecordTest::filesOfOtherKinds()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("record.csv"));
    const auto letter = folder.filePath(QStringLiteral("letter.txt"));
    put(letter, "Dear Marta,\n");
    Computer one(folder.path(), QStringLiteral("HELP-1"));
    one.shared.choose(path);
    EVENTUALLY(one.isAt(path));
    for (const auto& other : {letter, folder.path(), folder.filePath(QStringLiteral("not/there.csv"))}) {
        QSignalSpy changed(&one.shared, &SharedRecord::changed);
        one.shared.choose(other);
        QVERIFY(support::nextSignal(changed));
        QVERIFY(!one.shared.state().refused.isEmpty());
        QCOMPARE(one.shared.state().path, path); // unchanged
    }
    QCOMPARE(contentOf(letter), QByteArray("Dear Marta,\n"));
    // Pending lines go to the newly chosen file; an empty file gets the header first.
    QVERIFY(QFile::remove(path));
    one.note(QStringLiteral("INC1"));
    EVENTUALLY(one.waits(1));
    const auto next = folder.filePath(QStringLiteral("next.csv"));
    put(next, {});
    one.shared.choose(next);
    EVENTUALLY_COMPARE(contentOf(next), bom + header + lineOf(QStringLiteral("INC1"), "HELP-1"));
    // A partial line of another computer stays as it is.
    put(next, bom + header + "2026-11");
    one.note(QStringLiteral("INC2"));
    EVENTUALLY_COMPARE(contentOf(next),
                       bom + header + "2026-11\r\n" + lineOf(QStringLiteral("INC2"), "HELP-1"));
}

/// A share that does not answer blocks neither the journal nor the end of the program.
void SharedRecordTest::heldUp()
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("record.csv"));
    {
        Computer one(folder.path(), QStringLiteral("HELP-1"));
        one.shared.choose(path);
        EVENTUALLY(one.isAt(path));
        const auto held = RecordFile::open(path, header, QStringLiteral("HELP-7"), false);
        QVERIFY(held);
        one.note(QStringLiteral("INC1")); // the journal continues
        one.note(QStringLiteral("INC2"));
        support::letTimersRun(std::chrono::milliseconds(3), 50);
        QCOMPARE(contentOf(path), bom + header);
        EVENTUALLY(one.shared.state().problem.startsWith(
            QLatin1StringView("the computer HELP-7 has been writing to it since ")));
    }
    Computer one(folder.path(), QStringLiteral("HELP-1"));
    EVENTUALLY_COMPARE(contentOf(path), bom + header + lineOf(QStringLiteral("INC1"), "HELP-1") +
                                            lineOf(QStringLiteral("INC2"), "HELP-1"));
    EVENTUALLY_COMPARE(QDir(folder.path()).entryList({QStringLiteral(".*")}, QDir::Files | QDir::Hidden),
                       QStringList());
}

void SharedRecordTest::fullDisk_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("problem");
    QTest::newRow("full") << QStringLiteral("write") << ENOSPC
                          << QStringLiteral("the disk is full (No space left on device)");
    QTest::newRow("quota") << QStringLiteral("write") << EDQUOT
                           << QStringLiteral("your share of the disk is used up (Disk quota exceeded)");
    QTest::newRow("full when it goes to the disk")
        << QStringLiteral("sync") << ENOSPC << QStringLiteral("the disk is full (No space left on device)");
    QTest::newRow("read-only") << QStringLiteral("open") << EROFS
                               << QStringLiteral("the disk is read-only (Read-only file system)");
}

/// What could not be appended is appended once there is space, each line once.
void SharedRecordTest::fullDisk()
{
    QFETCH(const QString, call);
    QFETCH(const int, code);
    QFETCH(const QString, problem);
    const QTemporaryDir folder, share;
    const auto path = share.filePath(QStringLiteral("record.csv"));
    Computer one(folder.path(), QStringLiteral("HELP-1"));
    one.shared.choose(path);
    EVENTUALLY(one.isAt(path));
    one.note(QStringLiteral("INC1"));
    const auto first = bom + header + lineOf(QStringLiteral("INC1"), "HELP-1");
    EVENTUALLY_COMPARE(contentOf(path), first);
    EVENTUALLY(one.isAt(path));
    {
        const support::FaultyFiles faulty(
            {{.call = call.toStdString(), .under = share.path().toStdString(), .code = code}});
        one.note(QStringLiteral("INC2"));
        EVENTUALLY_COMPARE(one.shared.state().problem, problem);
        QVERIFY(contentOf(path).startsWith(first));
    }
    one.shared.append();
    EVENTUALLY_COMPARE(contentOf(path), first + lineOf(QStringLiteral("INC2"), "HELP-1"));
}

CAPTUREDESK_SUITE(test_captures_shared, SharedRecordTest)
