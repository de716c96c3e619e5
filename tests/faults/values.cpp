// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Unexpected or missing values in replies: nothing is started twice, and nothing is given up that may exist.

#include <QTest>

#include "support/suite.h"
#include "helpdesk.h"
#include "words.h"

using namespace Qt::StringLiterals;
using namespace faults;
using Where = Fault::Where;
using Then = Act::Then;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

std::function<void(QJsonObject&)> null(const QString& field)
{
    return [field](QJsonObject& object) { object[field] = QJsonValue::Null; };
}

void shift(QJsonObject& object, qint64 seconds)
{
    for (const auto& field : {u"created_date"_s, u"completed_date"_s, u"reset_time"_s}) {
        const auto time = QDateTime::fromString(object[field].toString(), Qt::ISODateWithMs);
        if (time.isValid())
            object[field] = time.addSecs(seconds).toString(Qt::ISODateWithMs);
    }
}

/// The request that starts captures gets no answer.
Fault lost(bool carriedOut, const std::function<void()>& meanwhile = [] {})
{
    return {.where = carriedOut ? Where::After : Where::Before,
            .change =
                [meanwhile](Act& act) {
                    meanwhile();
                    nothing(Then::Reset)(act);
                },
            .times = 1};
}

} // namespace

class Values : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nullInDevices_data();
    void nullInDevices();
    void nullInCommands_data();
    void nullInCommands();
    void nullInCreated_data();
    void nullInCreated();
    void nullInQuota_data();
    void nullInQuota();
    void unknownStatus_data();
    void unknownStatus();
    void wrongClock_data();
    void wrongClock();
    void commandsMove_data();
    void commandsMove();
    void devicesMove_data();
    void devicesMove();
};

void Values::nullInDevices_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<bool>("readable");
    QTest::addColumn<QString>("obstacle");
    const auto row = [](const char* field, bool readable = true, const char* obstacle = "") {
        QTest::addRow("devices, null: %s", field)
            << QString::fromLatin1(field) << readable << QString::fromLatin1(obstacle);
    };
    row("deviceId", false);
    row("personEmail", true, "no e-mail known");
    for (const auto* field : {"registrationId", "deviceName", "platform", "status", "version", "timestamp",
                              "eligible", "ineligibleReason"})
        row(field);
}

/// The field is null in one device: the other devices are unaffected, and this one is used if possible.
void Values::nullInDevices()
{
    QFETCH(QString, field);
    QFETCH(bool, readable);
    QFETCH(QString, obstacle);
    Helpdesk helpdesk;
    QString id;
    helpdesk.proxy.strike(Ask::Devices, {.change = rows(u"devices"_s, [&](QJsonObject& device) {
                                             if (device[u"deviceName"] != "BUILD-MAC-2"_L1)
                                                 return;
                                             id = device[u"deviceId"].toString();
                                             null(field)(device);
                                         })});
    QVERIFY(helpdesk.load());
    QCOMPARE(helpdesk.told(), QStringList());
    QCOMPARE(helpdesk.desk().loader().unreadable(), readable ? 0 : 1);
    QCOMPARE(helpdesk.desk().fleet().size(), readable ? 24 : 23);
    const auto all = helpdesk.desk().fleet().all();
    const auto mac = std::ranges::find(all, id, &devices::Device::deviceId);
    QCOMPARE(mac != all.end(), readable);
    if (readable)
        QCOMPARE(mac->obstacle(), obstacle);

    helpdesk.run();
    QVERIFY(helpdesk.settles());
    const bool runs = readable && obstacle.isEmpty();
    QCOMPARE(helpdesk.course(), (QStringList{waiting, sending, onDevice}));
    QCOMPARE(helpdesk.started().size(), runs ? 4 : 2);
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 1);
    if (field != "registrationId"_L1)
        QVERIFY(helpdesk.isEachItsOwn());
}

void Values::nullInCommands_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<bool>("readable");
    QTest::addColumn<bool>("inDoubt");
    for (const bool inDoubt : {true, false}) {
        const auto row = [inDoubt](const char* field, bool readable) {
            QTest::addRow("commands, null: %s, %s", field, inDoubt ? "create lost" : "on the device")
                << QString::fromLatin1(field) << readable << inDoubt;
        };
        for (const auto* field : {"id", "device_id", "type", "status"})
            row(field, false);
        for (const auto* field :
             {"registration_id", "user_email", "created_date", "completed_date", "filename"})
            row(field, true);
    }
}

/// A list that cannot be read completely proves nothing.
void Values::nullInCommands()
{
    QFETCH(QString, field);
    QFETCH(bool, readable);
    QFETCH(bool, inDoubt);
    Helpdesk helpdesk;
    QVERIFY(helpdesk.load());
    if (inDoubt)
        helpdesk.proxy.strike(Ask::Create, lost(true));
    helpdesk.proxy.answering = [&](Ask ask) {
        if (ask == Ask::Create)
            helpdesk.proxy.strike(Ask::Commands, {.change = rows(u"commands"_s, null(field))});
    };
    helpdesk.run();
    QStringList seen{waiting, sending};
    if (inDoubt)
        seen << checking;
    if (readable || !inDoubt)
        seen << onDevice;
    QVERIFY(until([&] { return helpdesk.course() == seen && helpdesk.proxy.struck(Ask::Commands) > 1; }));
    QVERIFY(helpdesk.looks(4));
    helpdesk.time.pass(milliseconds(110)); // longer than the time between two lists
    QVERIFY(helpdesk.looks(2));
    QCOMPARE(helpdesk.course(), seen);
    QCOMPARE(helpdesk.told(), QStringList());

    helpdesk.proxy.answering = {};
    helpdesk.proxy.lift();
    QVERIFY(helpdesk.settles());
    QVERIFY(helpdesk.looks(1));
    if (inDoubt && !readable)
        seen << onDevice;
    QCOMPARE(helpdesk.course(), seen);
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), helpdesk.wanted());
    QVERIFY(helpdesk.isEachItsOwn());
}

void Values::nullInCreated_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("suffices");
    const auto row = [](const char* field, const Change& change, bool suffices) {
        QTest::addRow("create, null: %s", field) << change << suffices;
    };
    const auto envelope = [&row](const char* field, bool suffices) {
        row(field, [field](Act& act) { edit(act, null(QString::fromLatin1(field))); }, suffices);
    };
    envelope("success", false);
    envelope("result", false);
    envelope("errors", true);
    envelope("messages", true);
    row("result/commands", result(null(u"commands"_s)), false);
    row("id", rows(u"commands"_s, null(u"id"_s)), false);
    for (const auto* field : {"args", "device_id", "registration_id", "status", "type"})
        row(field, rows(u"commands"_s, null(QString::fromLatin1(field))), true);
}

void Values::nullInCreated()
{
    QFETCH(Change, change);
    QFETCH(bool, suffices);
    Helpdesk helpdesk;
    QVERIFY(helpdesk.load());
    helpdesk.proxy.strike(Ask::Create, {.change = change});
    helpdesk.run();
    QVERIFY(helpdesk.settles());
    QVERIFY(helpdesk.looks(2));
    QCOMPARE(helpdesk.course(), suffices ? (QStringList{waiting, sending, onDevice})
                                         : (QStringList{waiting, sending, checking, onDevice}));
    QCOMPARE(helpdesk.told(), QStringList());
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), helpdesk.wanted());
    if (QByteArray(QTest::currentDataTag()) != "create, null: device_id")
        QVERIFY(helpdesk.isEachItsOwn());
}

void Values::nullInQuota_data()
{
    QTest::addColumn<Change>("change");
    for (const auto* field : {"quota", "quota_usage", "reset_time"})
        QTest::addRow("quota, null: %s", field) << result(null(QString::fromLatin1(field)));
    QTest::newRow("quota, null: result") << Change([](Act& act) { edit(act, null(u"result"_s)); });
}

void Values::nullInQuota()
{
    QFETCH(Change, change);
    Helpdesk helpdesk;
    helpdesk.proxy.strike(Ask::Quota, {.change = change});
    helpdesk.desk().refresh();
    const auto told = u"The service answered something that this program cannot read. How many captures are "
                      "left today is not known."_s;
    QVERIFY(until([&] { return !helpdesk.told().isEmpty() && helpdesk.desk().loader().isWhole(); }));
    QCOMPARE(helpdesk.told(), QStringList{told});
    QVERIFY(!helpdesk.desk().left());
    QVERIFY(helpdesk.looks(1));
    helpdesk.run();
    QVERIFY(helpdesk.settles());
    QCOMPARE(helpdesk.course(), (QStringList{waiting, sending, onDevice}));
    QCOMPARE(helpdesk.started(), helpdesk.wanted());
    helpdesk.proxy.lift();
    QVERIFY(helpdesk.load());
    QVERIFY(helpdesk.isHealed(connections::Act::ReadQuota));
    QCOMPARE(*helpdesk.desk().left(), 800 - 8);
}

void Values::unknownStatus_data()
{
    QTest::addColumn<Ask>("ask");
    QTest::addColumn<QString>("list");
    QTest::newRow("create, unknown status") << Ask::Create << u"commands"_s;
    QTest::newRow("commands, unknown status") << Ask::Commands << u"commands"_s;
    QTest::newRow("devices, unknown status") << Ask::Devices << u"devices"_s;
}

/// An unknown status is shown unchanged, and waited for.
void Values::unknownStatus()
{
    QFETCH(Ask, ask);
    QFETCH(QString, list);
    Helpdesk helpdesk;
    const auto strike = [&, fault = Fault{.change = rows(list, [](QJsonObject& row) {
                                              row[u"status"] = u"PENDING_REVIEW"_s;
                                          })}] { helpdesk.proxy.strike(ask, fault); };
    if (ask == Ask::Devices)
        strike();
    QVERIFY(helpdesk.load());
    if (ask == Ask::Devices)
        QCOMPARE(helpdesk.desk().fleet().all().first().status, u"PENDING_REVIEW"_s);
    if (ask == Ask::Create)
        strike();
    const auto odd = u"On the device · “PENDING_REVIEW”"_s;
    QStringList lines;
    const auto look = [&] {
        const auto line = captures::statusLine(helpdesk.desk().captures().last(), helpdesk.time.now().utc);
        if (lines.isEmpty() || lines.last() != line)
            lines << line;
    };
    connect(&helpdesk.desk(), &captures::Desk::captureChanged, &helpdesk, look);
    helpdesk.proxy.answering = [&](Ask asked) {
        if (asked == Ask::Create && ask == Ask::Commands)
            strike();
    };
    helpdesk.run();
    QVERIFY(helpdesk.settles());
    if (ask != Ask::Devices)
        QVERIFY(until([&] { return lines.contains(odd); }));
    helpdesk.proxy.answering = {};
    helpdesk.proxy.lift();
    QVERIFY(helpdesk.looks(2));
    QVERIFY2(lines.last().startsWith(u"On the device · usually ready by "_s), qPrintable(lines.last()));
    QCOMPARE(helpdesk.course(), (QStringList{waiting, sending, onDevice}));
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), helpdesk.wanted());
}

void Values::wrongClock_data()
{
    QTest::addColumn<int>("ours");
    QTest::addColumn<int>("theirs");
    QTest::addColumn<QStringList>("course");
    for (const int wrong : {-10, 10}) {
        for (const bool ours : {true, false}) {
            const auto row = [&](const char* name, const QStringList& course) {
                QTest::addRow("%s clock %d minutes %s, %s", ours ? "the computer's" : "the service's",
                              std::abs(wrong), wrong < 0 ? "behind" : "ahead", name)
                    << (ours ? wrong : 0) << (ours ? 0 : wrong) << course;
            };
            row("create", {waiting, sending, onDevice});
            row("create lost, carried out", {waiting, sending, checking, onDevice});
            row("create lost, not carried out", {waiting, sending, checking, notStarted});
        }
    }
}

void Values::wrongClock()
{
    QFETCH(int, ours);
    QFETCH(int, theirs);
    QFETCH(QStringList, course);
    Helpdesk helpdesk;
    helpdesk.time.wrong = minutes(ours);
    helpdesk.proxy.through = [&helpdesk, seconds = theirs * 60, through = helpdesk.proxy.through](Ask ask,
                                                                                                  Act& act) {
        through(ask, act);
        if (ask == Ask::Commands)
            editRows(act, u"commands"_s, [seconds](QJsonObject& command) { shift(command, seconds); });
        if (ask == Ask::Quota)
            result([seconds](QJsonObject& quota) { shift(quota, seconds); })(act);
    };
    QVERIFY(helpdesk.load());
    const bool none = course.last() == notStarted;
    if (course.contains(checking))
        helpdesk.proxy.strike(Ask::Create, lost(!none));
    helpdesk.run();
    QVERIFY(helpdesk.settles());
    QVERIFY(helpdesk.looks(2));
    QCOMPARE(helpdesk.course(), course);
    QCOMPARE(helpdesk.told(), QStringList());
    const auto line = captures::statusLine(helpdesk.desk().captures().first(), helpdesk.time.now().utc);
    QVERIFY2(line.startsWith(none ? notStarted : u"On the device · usually ready by "_s), qPrintable(line));
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), none ? QStringList() : helpdesk.wanted());
    QVERIFY(none || helpdesk.isEachItsOwn());
}

void Values::commandsMove_data()
{
    QTest::addColumn<bool>("grows");
    QTest::addColumn<bool>("carriedOut");
    QTest::newRow("commands, list grows between pages, carried out") << true << true;
    QTest::newRow("commands, list grows between pages, not carried out") << true << false;
    QTest::newRow("commands, list shrinks between pages, carried out") << false << true;
    QTest::newRow("commands, list shrinks between pages, not carried out") << false << false;
}

/// Colleagues have started so many commands since that the wanted one is on the second page.
void Values::commandsMove()
{
    QFETCH(bool, grows);
    QFETCH(bool, carriedOut);
    Helpdesk helpdesk;
    QVERIFY(helpdesk.load());
    helpdesk.proxy.strike(Ask::Create, lost(carriedOut, [&] { helpdesk.startElsewhere(grows ? 2 : 3); }));
    const Fault grow{.change = [&helpdesk](Act&) { helpdesk.startElsewhere(1); }, .times = 1, .page = 1};
    // These rows were not yet on the first page when it was read, and are no longer on the second.
    const Fault shrink{.change =
                           [&helpdesk](Act& act) {
                               edit(act, [&helpdesk](QJsonObject& envelope) {
                                   auto inner = envelope[u"result"].toObject();
                                   QJsonArray kept;
                                   for (const auto& row : inner[u"commands"].toArray()) {
                                       if (helpdesk.isOthers(row.toObject()[u"id"].toString()))
                                           kept << row;
                                   }
                                   if (kept.size() == inner[u"commands"].toArray().size())
                                       kept.removeFirst();
                                   auto info = envelope[u"result_info"].toObject();
                                   info[u"total_count"] = info[u"total_count"].toInt() -
                                                          inner[u"commands"].toArray().size() + kept.size();
                                   inner[u"commands"] = kept;
                                   envelope[u"result"] = inner;
                                   envelope[u"result_info"] = info;
                               });
                           },
                       .page = 2};
    helpdesk.proxy.answering = [&](Ask ask) {
        if (ask == Ask::Create)
            helpdesk.proxy.strike(Ask::Commands, grows ? grow : shrink);
    };
    helpdesk.run();
    QStringList seen{waiting, sending, checking};
    if (!grows) {
        QVERIFY(until([&] { return helpdesk.proxy.struck(Ask::Commands) >= 4; }));
        QCOMPARE(helpdesk.course(), seen); // a missed row may be the wanted one
        helpdesk.proxy.answering = {};
        helpdesk.proxy.lift();
    }
    QVERIFY(helpdesk.settles());
    QVERIFY(helpdesk.proxy.struck(Ask::Commands) > 0);
    QCOMPARE(helpdesk.course(), seen << (carriedOut ? onDevice : notStarted));
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), carriedOut ? helpdesk.wanted() : QStringList());
    QVERIFY(!carriedOut || helpdesk.isEachItsOwn());
}

void Values::devicesMove_data()
{
    QTest::addColumn<bool>("grows");
    QTest::newRow("devices, one comes while the list is read") << true;
    QTest::newRow("devices, one goes while the list is read") << false;
}

/// A device at the edge of a page was listed all the time, so it is not shown as gone.
void Values::devicesMove()
{
    QFETCH(bool, grows);
    auto options = Account::usual();
    options.devices = 120;
    Helpdesk helpdesk(options);
    helpdesk.proxy.strike(Ask::Devices, {.change =
                                             [&](Act& act) {
                                                 edit(act, [&](QJsonObject& envelope) {
                                                     auto inner = envelope[u"result"].toObject();
                                                     auto list = inner[u"devices"].toArray();
                                                     if (grows)
                                                         list.prepend(helpdesk.account.devices()[49]);
                                                     else
                                                         list.removeFirst();
                                                     if (grows)
                                                         list.removeLast();
                                                     else
                                                         list << helpdesk.account.devices()[100];
                                                     auto info = envelope[u"result_info"].toObject();
                                                     info[u"total_count"] = grows ? 121 : 119;
                                                     inner[u"devices"] = list;
                                                     envelope[u"result"] = inner;
                                                     envelope[u"result_info"] = info;
                                                 });
                                             },
                                         .times = 1,
                                         .page = 2});
    QVERIFY(helpdesk.load());
    QCOMPARE(helpdesk.proxy.struck(Ask::Devices), 1);
    QCOMPARE(helpdesk.desk().fleet().size(), 120);
    QCOMPARE(helpdesk.told(), QStringList());
}

CAPTUREDESK_SUITE(test_faults_values, Values)
#include "values.moc"
