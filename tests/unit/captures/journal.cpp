// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is written is read back unchanged, by one program at a time.

#include <cerrno>

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "support/faultyfiles.h"
#include "support/suite.h"
#include "captures/journal.h"
#include "captures/scribe.h"
#include "captures/record.h"
#include "suites.h"
#include "support/eventually.h"

using captures::Capture;
using captures::Change;
using captures::Journal;
using captures::JournalCall;
using captures::State;

namespace {

struct Answer {
    std::optional<storage::Problem> problem;
    captures::Record record;
};

Answer wait(JournalCall* call)
{
    Answer answer;
    QSignalSpy spy(call, &JournalCall::finished);
    QObject::connect(call, &JournalCall::finished, call,
                     [&answer, call] { answer = {call->problem(), call->record()}; });
    if (!support::nextSignal(spy))
        qFatal("the journal does not answer");
    return answer;
}

const QString account = QStringLiteral("https://example.com/1");

Change change()
{
    const QDateTime asked(QDate(2026, 11, 23), QTime(14, 0), Qt::UTC);
    const devices::Device device{.deviceId = QStringLiteral("d"),
                                 .registrationId = QStringLiteral("r"),
                                 .email = QStringLiteral("ana@example.com"),
                                 .name = QStringLiteral("=Ana's\n\"laptop\" <b>ü</b>"),
                                 .platform = QStringLiteral("windows"),
                                 .status = QStringLiteral("connected"),
                                 .version = QStringLiteral("2026.2.410.0"),
                                 .lastSeen = asked};
    captures::Options options{
        .pcap = api::PcapArgs{.timeLimitMin = 2.5,
                              .interfaces = QList{api::Interface::Tunnel, api::Interface::Default}},
        .diag = api::DiagArgs{.testAllRoutes = false}};
    Change result;
    result.run = captures::Run{.id = 7,
                               .account = account,
                               .connection = QStringLiteral("Contoso"),
                               .asked = asked,
                               .operatorName = QStringLiteral("Marta"),
                               .systemUser = QStringLiteral("marta"),
                               .ticket = QStringLiteral("INC1"),
                               .origin = 3,
                               .options = options};
    Capture first;
    first.id = 11;
    first.run = 7;
    first.ticket = QStringLiteral("INC1");
    first.asked = asked;
    first.order = captures::orderFor(device, *options.pcap);
    first.state = State::Sending;
    first.request = 5;
    first.sent = asked.addMSecs(1234);
    Capture second = first;
    second.id = 12;
    second.order = captures::orderFor(device, *options.diag);
    second.state = State::Ready;
    second.commandId = QStringLiteral("c");
    second.serviceStatus = QStringLiteral("SUCCESS");
    second.filename = QStringLiteral("f.zip");
    second.created = second.completed = asked;
    second.problem = QStringLiteral("p");
    second.details = QStringLiteral("x");
    second.order.origin = 4;
    second.order.attempt = 2;
    second.waitUntil = asked.addDays(1);
    second.asks = true;
    second.followed = api::DiagArgs{.testAllRoutes = true}; // its own options, not the requested ones
    result.captures = {first, second};
    result.request = 5;
    result.before = {.ids = {QStringLiteral("old-1"), QStringLiteral("old-2")}, .newest = asked};
    result.account = account;
    result.now = asked.addSecs(5);
    return result;
}

} // namespace

void JournalTest::roundTrip()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("sub/runs.sqlite"));
    {
        Journal journal(path);
        QVERIFY(!wait(journal.load(account)).problem);
        QVERIFY(!wait(journal.write(change())).problem);
    }
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    Journal journal(path);
    const auto got = wait(journal.load(account)).record;
    QCOMPARE(got.runs, QList{*change().run});
    QCOMPARE(got.captures.size(), 2);
    QVERIFY(got.captures[0] == change().captures[0]);
    QVERIFY(got.captures[1] == change().captures[1]);
    QVERIFY(got.before.value(5) == change().before);
    QCOMPARE(got.alive, change().now);
    QCOMPARE(journal.newRun(), 8);
    QCOMPARE(journal.newCapture(), 13);
    QCOMPARE(journal.newRequest(), 6);
    const auto other = wait(journal.load(QStringLiteral("https://example.com/2"))).record;
    QVERIFY(other.captures.isEmpty());
    QVERIFY(!other.alive); // stored for each account
}

void JournalTest::oneProgramAtATime()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("runs.sqlite"));
    auto first = std::make_unique<Journal>(path);
    QVERIFY(!wait(first->load(account)).problem);
    Journal second(path);
    QCOMPARE(wait(second.load(account)).problem->kind, storage::Problem::Kind::Locked);
    QCOMPARE(wait(second.write(change())).problem->kind, storage::Problem::Kind::Locked);
    first.reset();
    QVERIFY(!wait(second.write(change())).problem); // it recovers by itself
}

void JournalTest::fileSystemRefuses_data()
{
    using Kind = storage::Problem::Kind;
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("sentence"); ///< `@`: the folder
    const auto row = [](const char* name, const char* call, int code, Kind kind, const char* sentence) {
        QTest::newRow(name) << QString::fromLatin1(call) << code << int(kind) << QString::fromUtf8(sentence);
    };
    const auto noLocks = [](const char* words) {
        return QStringLiteral(
                   "The run journal cannot be kept in @: the disk or share has no locks (%1). Locks keep "
                   "two programs apart. Have this folder put on a disk of this computer.")
            .arg(QLatin1StringView(words))
            .toUtf8();
    };
    row("no locks", "lock", ENOLCK, Kind::NoLocks, noLocks("No locks available").constData());
    row("no such call", "lock", ENOSYS, Kind::NoLocks, noLocks("Function not implemented").constData());
    row("locks not supported", "lock", EOPNOTSUPP, Kind::NoLocks,
        noLocks("Operation not supported").constData());
    row("full", "write", ENOSPC, Kind::Full,
        "There is no room for the run journal in @: the disk is full (No space left on device). Free "
        "space there.");
    row("quota", "write", EDQUOT, Kind::Full,
        "There is no room for the run journal in @: your share of the disk is used up (Disk quota "
        "exceeded). Free "
        "space there.");
    row("fault", "write", EIO, Kind::Other,
        "The run journal in @ cannot be used: the disk or share reports a fault (Input/output error). "
        "Check the "
        "disk and the network.");
    row("fault of fsync", "sync", EIO, Kind::Other,
        "The run journal in @ cannot be used: the disk or share reports a fault (Input/output error). "
        "Check the "
        "disk and the network.");
    row("read-only", "open", EROFS, Kind::ReadOnly,
        "The run journal in @ cannot be written: the disk is read-only (Read-only file "
        "system). Ask for the right to write there.");
    row("not allowed", "open", EACCES, Kind::ReadOnly,
        "The run journal in @ cannot be written: you may not write there (Permission "
        "denied). Ask for the right to write there.");
}

/// Nothing is journaled, the message has the system's own words, and the journal recovers by itself.
void JournalTest::fileSystemRefuses()
{
    QFETCH(const QString, call);
    QFETCH(const int, code);
    QFETCH(const int, kind);
    QFETCH(const QString, sentence);
    const QTemporaryDir folder;
    Journal journal(folder.filePath(QStringLiteral("runs.sqlite")));
    {
        const support::FaultyFiles faulty(
            {{.call = call.toStdString(), .under = folder.path().toStdString(), .code = code}});
        const auto answer = wait(journal.write(change()));
        QVERIFY(answer.problem);
        auto told = captures::Scribe::explain(*answer.problem).replace(folder.path(), QStringLiteral("@"));
        QCOMPARE(told, sentence + QStringLiteral(
                                      " Nothing is sent that cannot be recorded; it goes on by itself when "
                                      "it can."));
        QCOMPARE(int(answer.problem->kind), kind);
    }
    QVERIFY(!wait(journal.write(change())).problem);
    QCOMPARE(QDir(folder.path()).entryList({QStringLiteral(".*")}, QDir::Files | QDir::Hidden),
             QStringList());
}

void JournalTest::linkToNothing()
{
    const QTemporaryDir folder, disk;
    const auto path = folder.filePath(QStringLiteral("runs.sqlite"));
    const auto target = disk.filePath(QStringLiteral("away/runs.sqlite"));
    QVERIFY(QFile::link(target, path));
    Journal journal(path);
    auto problem = wait(journal.write(change())).problem;
    QVERIFY(problem);
    QCOMPARE(captures::Scribe::explain(*problem),
             QStringLiteral(
                 "The run journal %1 is not there: the folder is not there (No such file or directory); "
                 "it is a link to %2. Connect the disk or share that holds it. Nothing is sent that cannot "
                 "be recorded; it goes on by itself when it can.")
                 .arg(path, target));
    QVERIFY(QDir(disk.path()).mkdir(QStringLiteral("away"))); // like a disk that is not mounted
    problem = wait(journal.write(change())).problem;
    QVERIFY(problem);
    QCOMPARE(captures::Scribe::explain(*problem),
             QStringLiteral(
                 "The run journal %1 is not there: it is a link to %2, where there is no file (No such "
                 "file or directory). Connect the disk or share that holds it. Nothing is sent that cannot "
                 "be recorded; it goes on by itself when it can.")
                 .arg(path, target));
    QVERIFY(!QFileInfo::exists(target)); // an empty database would hide that another one exists
    {
        Journal elsewhere(target);
        QVERIFY(!wait(elsewhere.write(change())).problem);
    }
    QVERIFY(!wait(journal.load(account)).problem);
}

void JournalTest::damaged()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("runs.sqlite"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray rubbish(8192, 'x');
    file.write(rubbish);
    file.close();
    {
        Journal journal(path);
        QCOMPARE(wait(journal.load(account)).problem->kind, storage::Problem::Kind::Damaged);
        QCOMPARE(wait(journal.write(change())).problem->kind, storage::Problem::Kind::Damaged);
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), rubbish); // left unchanged
}

void JournalTest::stateNames()
{
    for (int i = 0; i <= int(State::Deleted); ++i)
        QCOMPARE(captures::stateFrom(captures::nameOf(State(i))), State(i));
    QVERIFY(!captures::stateFrom(QStringLiteral("a state of tomorrow")));
}

CAPTUREDESK_SUITE(test_captures_journal, JournalTest)
