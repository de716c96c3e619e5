// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Faults of the request that starts captures: each capture is started exactly once and shown as started, or
// it is not started and shown as not started.

#include <QTest>

#include "support/suite.h"
#include "helpdesk.h"
#include "words.h"

using namespace Qt::StringLiterals;
using namespace faults;
using captures::State;
using Where = Fault::Where;
using Then = Act::Then;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

/// The further course, for the operator and on the account.
enum class Course {
    Goes,       ///< as without a fault
    Waits,      ///< nothing was started; shows why, and is retried automatically
    Found,      ///< the outcome was unknown, looked up, and the commands were found
    NotStarted, ///< the outcome was unknown, looked up twice, and there are none
    Refused     ///< nothing was started, and nothing will be
};

} // namespace

class Creating : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void once_data();
    void once();
    void whatTheReplySays_data();
    void whatTheReplySays();
    void usedUpMeanwhile();
    void noConnection_data();
    void noConnection();
    void nameNotFound();
    void redirected_data();
    void redirected();
    void programEnds_data();
    void programEnds();
    void carriedOutLate();
    void sentAgainByTheOperator();
    void somebodyStartedTheSame();
    void moreThanOneRequest();
};

void Creating::once_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<Course>("course");
    QTest::addColumn<QString>("told");
    QTest::addColumn<int>("posts"); ///< POSTs that may be sent in all
    const auto row = [](const QString& name, const Fault& fault, Course course, const char* told = "",
                        int posts = 1) {
        QTest::newRow(qPrintable(u"create, "_s + name))
            << fault << course << QString::fromUtf8(told) << posts;
    };
    const auto both = [&row](const QString& name, const Change& change) {
        row(name + u", not carried out"_s, {.where = Where::Before, .change = change, .times = 1},
            Course::NotStarted);
        row(name + u", carried out"_s, {.where = Where::After, .change = change, .times = 1}, Course::Found);
    };
    row(u"nothing amiss"_s, {.where = Where::After, .change = [](Act&) {}, .times = 1}, Course::Goes);
    row(u"reset before the body"_s, {.where = Where::Head, .change = nothing(Then::Reset), .times = 1},
        Course::NotStarted);
    row(u"closed before the body"_s, {.where = Where::Head, .change = nothing(Then::Close), .times = 1},
        Course::NotStarted);
    both(u"reset after the body"_s, nothing(Then::Reset));
    both(u"closed after the body"_s, nothing(Then::Close));
    both(u"no reply"_s, nothing(Then::Stay));
    both(u"reply cut short"_s, cutShort());
    both(u"invalid JSON"_s, invalidJson());
    both(u"wrong types"_s, wrongTypes());
    both(u"wrong content type"_s, wrongContentType());
    for (const int status : {200, 400, 403, 404, 408, 429, 500, 502, 503, 504})
        both(u"HTML page %1"_s.arg(status), page(status, status == 429 ? 0 : -1));
    for (const int status : {408, 500, 502, 503, 504})
        both(u"envelope %1"_s.arg(status), refusal(status, 10013, "Internal error"));
    const auto noMore = "Too many requests. No capture was started.";
    row(u"429 with Retry-After"_s,
        {.where = Where::Before, .change = refusal(429, 971, "Please wait", 1), .times = 1}, Course::Waits,
        noMore, 2);
    row(u"429 without Retry-After"_s,
        {.where = Where::Before, .change = refusal(429, 971, "Please wait"), .times = 1}, Course::Waits,
        noMore, 2);
    const auto refused = [&row](const QString& name, const Change& change, const char* told, int posts = 1) {
        row(name, {.where = Where::Before, .change = change}, Course::Refused, told, posts);
    };
    const auto mayNot = "This key may not start captures, or not from this network.";
    refused(u"refused with 400, in both formats"_s, refusal(400, 1001, "no such device"),
            "The service refused: “no such device”. No capture was started.", 2);
    refused(u"refused with 422, in both formats"_s, refusal(422, 1001, "no such device"),
            "The service refused: “no such device”. No capture was started.", 2);
    refused(u"refused with 401"_s, refusal(401, 10000, "Authentication error"), mayNot);
    refused(u"refused with 403"_s, refusal(403, 10000, "Authentication error"), mayNot);
    refused(u"refused with 404"_s, refusal(404, 7003, "Could not route"),
            "The service knows no such account. No capture was started.");
    row(u"refused with 400 in the first format"_s,
        {.where = Where::Before, .change = refusal(400, 1001, "unknown field"), .times = 1}, Course::Goes, "",
        2);
    row(u"success false beside 200, carried out"_s,
        {.where = Where::After, .change = refusal(200, 1001, "odd"), .times = 1}, Course::Found);
    row(u"success beside 400, carried out"_s,
        {.where = Where::After, .change = [](Act& act) { act.status = 400; }, .times = 1}, Course::Found);
}

void Creating::whatTheReplySays_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<int>("unnamed"); ///< captures of the four that the reply does not name
    const auto row = [](const char* name, const Change& change, int unnamed) {
        QTest::newRow(name) << change << unnamed;
    };
    const auto each = [](const std::function<void(QJsonObject&)>& change) {
        return rows(u"commands"_s, change);
    };
    const auto list = [](const std::function<void(QJsonArray&)>& change) {
        return result([change](QJsonObject& result) {
            auto commands = result[u"commands"].toArray();
            change(commands);
            result[u"commands"] = commands;
        });
    };
    const auto args = [&each](const QJsonValue& value) {
        return each([value](QJsonObject& command) { command[u"args"] = value; });
    };
    row("args as numbers", args(QJsonObject{{u"time-limit-min"_s, 5}, {u"packet-size-bytes"_s, 1500.5}}), 0);
    row("args as truth values", args(QJsonObject{{u"test-all-routes"_s, false}}), 0);
    row("args of null", args(QJsonObject{{u"time-limit-min"_s, QJsonValue::Null}}), 0);
    row("args null", args(QJsonValue::Null), 0);
    row("args a text", args(u"none"_s), 0);
    row("args nested", args(QJsonObject{{u"a"_s, QJsonArray{1, QJsonObject{{u"b"_s, 2}}}}}), 0);
    row("args absent", each([](QJsonObject& command) { command.remove(u"args"_s); }), 0);
    row("fields that nobody knows", each([](QJsonObject& command) { command[u"region"] = 7; }), 0);
    row("types that nobody knows", each([](QJsonObject& command) { command[u"type"] = u"tomorrow's"_s; }), 0);
    row("types absent", each([](QJsonObject& command) { command.remove(u"type"_s); }), 0);
    row("a status as a number", each([](QJsonObject& command) { command[u"status"] = 1; }), 0);
    row("IDs alone", each([](QJsonObject& command) { command = {{u"id"_s, command[u"id"]}}; }), 0);
    row("another order", list([](QJsonArray& all) {
            QJsonArray reversed;
            for (const auto& command : std::as_const(all))
                reversed.prepend(command);
            all = reversed;
        }),
        0);
    row("the first twice", list([](QJsonArray& all) { all << all.first(); }), 0);
    row("one more, of another device", list([](QJsonArray& all) {
            auto other = all.first().toObject();
            other[u"id"] = u"other"_s;
            other[u"device_id"] = u"elsewhere"_s;
            all.prepend(other);
        }),
        0);
    row("one fewer", list([](QJsonArray& all) { all.removeLast(); }), 1);
    row("one without an ID", list([](QJsonArray& all) { all[1] = QJsonObject(); }), 1);
    row("one as a text", list([](QJsonArray& all) { all[1] = u"c"_s; }), 1);
    row("one ID for all", each([](QJsonObject& command) { command[u"id"] = u"same"_s; }), 4);
    row("of other devices only", each([](QJsonObject& command) { command[u"device_id"] = u"elsewhere"_s; }),
        4);
}

/// What was created is monitored by its ID, what is missing is looked up, and nothing is sent again.
void Creating::whatTheReplySays()
{
    QFETCH(Change, change);
    QFETCH(int, unnamed);
    Helpdesk helpdesk;
    QVERIFY(helpdesk.load());
    helpdesk.proxy.strike(Ask::Create, {.where = Where::After, .change = change, .times = 1});
    helpdesk.run();
    QVERIFY(helpdesk.settles());
    const QStringList named{waiting, sending, onDevice};
    const QStringList missed{waiting, sending,
                             checking + u": The service's reply does not name this capture."_s, onDevice};
    QCOMPARE(helpdesk.courses().size(), 4);
    QCOMPARE(helpdesk.courses().count(named), 4 - unnamed);
    QCOMPARE(helpdesk.courses().count(missed), unnamed);
    QCOMPARE(helpdesk.told(), QStringList());
    QVERIFY(helpdesk.looks(3));
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), helpdesk.wanted());
    QVERIFY(helpdesk.isEachItsOwn());
}

void Creating::once()
{
    QFETCH(Fault, fault);
    QFETCH(Course, course);
    QFETCH(QString, told);
    QFETCH(int, posts);
    Helpdesk helpdesk;
    QVERIFY(helpdesk.load());
    helpdesk.proxy.strike(Ask::Create, fault);
    QStringList startedMeanwhile;
    QString line;
    helpdesk.whenHeld([&] {
        startedMeanwhile = helpdesk.started();
        line = captures::statusLine(helpdesk.desk().captures().first(), helpdesk.time.now().utc);
        helpdesk.time.pass(seconds(40));
    });
    helpdesk.run();
    QVERIFY(helpdesk.settles());

    const bool none = course == Course::NotStarted || course == Course::Refused;
    QStringList seen{waiting, sending};
    switch (course) {
    case Course::Goes: seen << onDevice; break;
    case Course::Waits: seen << waiting + u": "_s + told << sending << onDevice; break;
    case Course::Found: seen << checking << onDevice; break;
    case Course::NotStarted: seen << checking << notStarted; break;
    case Course::Refused: seen << u"Refused: "_s + told; break;
    }
    QCOMPARE(helpdesk.course(), seen);
    QCOMPARE(helpdesk.told(), told.isEmpty() ? QStringList() : QStringList{told});
    QCOMPARE(helpdesk.isHealed(connections::Act::Run), course == Course::Waits);
    QVERIFY2(line.startsWith(u"Waiting its turn · waiting for the service, "_s) == (course == Course::Waits),
             qPrintable(line));
    QVERIFY(startedMeanwhile.isEmpty());
    for (const auto& capture : helpdesk.desk().captures()) {
        const auto found = u"The reply was lost; found in the account's list of captures."_s;
        QCOMPARE(capture.details == found, course == Course::Found);
        if (course == Course::NotStarted)
            QCOMPARE(captures::advice(capture), u"The service shows no trace of this capture."_s);
    }

    // Nothing is sent again, whatever the network does afterwards.
    helpdesk.proxy.lift();
    QVERIFY(helpdesk.looks(3));
    QCOMPARE(helpdesk.course(), seen);
    QCOMPARE(helpdesk.proxy.received(Ask::Create) + (fault.where == Where::Head ? 1 : 0), posts);
    QCOMPARE(helpdesk.started(), none ? QStringList() : helpdesk.wanted());
    QCOMPARE(helpdesk.account.created(), none ? 4 : 8); // including four of the colleague's
    if (!none)
        QVERIFY(helpdesk.isEachItsOwn());
}

/// Another user used up the quota after it was read: nothing was created, so the captures may be sent later.
void Creating::usedUpMeanwhile()
{
    Helpdesk helpdesk;
    QVERIFY(helpdesk.load());
    helpdesk.proxy.strike(
        Ask::Create,
        {.where = Where::Before, .change = refusal(403, 2001, "Daily quota reached"), .times = 1});
    QStringList startedMeanwhile;
    helpdesk.whenHeld([&] {
        startedMeanwhile = helpdesk.started();
        helpdesk.time.pass(minutes(16));
    });
    helpdesk.run();
    QVERIFY(helpdesk.settles());
    const auto course = helpdesk.course();
    QCOMPARE(course.size(), 5);
    QVERIFY2(
        course[2].startsWith(waiting + u": Today's captures are used up, by everyone together. More at "_s),
        qPrintable(course[2]));
    QCOMPARE(course.last(), onDevice);
    QVERIFY(startedMeanwhile.isEmpty());
    QVERIFY(helpdesk.told().isEmpty());
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 2);
    QCOMPARE(helpdesk.started(), helpdesk.wanted());
    QVERIFY(helpdesk.isEachItsOwn());
}

void Creating::noConnection_data()
{
    QTest::addColumn<bool>("refused"); ///< otherwise a certificate that nobody trusts
    QTest::addColumn<bool>("postAlone");
    QTest::addColumn<QString>("told");
    const auto nobody = u"Nobody answers at the service's address. No capture was started."_s;
    const auto unsafe =
        u"The connection is not safe and was not used: 127.0.0.1 shows a certificate that it signed itself, as “stranger”. No capture was started."_s;
    QTest::newRow("create, connection refused") << true << true << nobody;
    QTest::newRow("create, certificate of a stranger") << false << true << unsafe;
    QTest::newRow("the look before create, connection refused") << true << false << nobody;
    QTest::newRow("the look before create, certificate of a stranger") << false << false << unsafe;
}

void Creating::noConnection()
{
    QFETCH(bool, refused);
    QFETCH(bool, postAlone);
    QFETCH(QString, told);
    Helpdesk helpdesk(Account::usual(), u"trusted"_s);
    auto& proxy = helpdesk.proxy;
    proxy.setEndsEach(true);
    QVERIFY(helpdesk.load());
    const auto break_ = [&] { refused ? proxy.refuse() : proxy.distrust(); };
    if (postAlone) {
        // Breaks the connection with the last answer before the POST.
        proxy.answering = [&, looked = 0](Ask ask) mutable {
            if ((ask == Ask::Commands || ask == Ask::Quota) && ++looked == 2)
                break_();
        };
    } else {
        break_();
    }
    QStringList startedMeanwhile;
    helpdesk.whenHeld([&] {
        startedMeanwhile = helpdesk.started();
        proxy.answering = {};
        proxy.lift();
        helpdesk.time.pass(seconds(20));
    });
    helpdesk.run();
    QVERIFY(helpdesk.settles());
    QStringList seen{waiting};
    if (postAlone)
        seen << sending;
    seen << waiting + u": "_s + told << sending << onDevice;
    QCOMPARE(helpdesk.course(), seen);
    QVERIFY(helpdesk.told().contains(told));
    QVERIFY(helpdesk.isHealed(connections::Act::Run));
    QVERIFY(startedMeanwhile.isEmpty());
    QCOMPARE(proxy.received(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), helpdesk.wanted());
    QVERIFY(helpdesk.isEachItsOwn());
}

/// No retry can make this name resolvable; the next start has the right address and succeeds.
void Creating::nameNotFound()
{
    Helpdesk helpdesk;
    QVERIFY(helpdesk.load());
    const auto devices = helpdesk.desk().fleet().all();
    helpdesk.close();
    helpdesk.open(QUrl(u"https://nonexistent.invalid/client/v4"_s));
    helpdesk.desk().fleet().remember(devices, helpdesk.time.now().utc);
    QStringList startedMeanwhile{u"not looked"_s};
    helpdesk.whenHeld([&] { startedMeanwhile = helpdesk.started(); });
    helpdesk.desk().look();
    // Quota and commands are requested only after the journal has been read; before that, no run starts.
    QVERIFY(until([&] { return helpdesk.told().size() == 2; }));
    helpdesk.run();
    const auto told = u"The service's name cannot be found. No capture was started."_s;
    const QStringList seen{waiting, waiting + u": "_s + told};
    QVERIFY(until([&] { return helpdesk.course() == seen; }));
    QVERIFY(helpdesk.told().contains(told));
    QVERIFY(startedMeanwhile.isEmpty());
    helpdesk.close();

    helpdesk.open();
    QVERIFY(helpdesk.settles());
    QCOMPARE(helpdesk.course(), QStringList() << seen << sending << onDevice);
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), helpdesk.wanted());
    QVERIFY(helpdesk.isEachItsOwn());
}

void Creating::redirected_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("carriedOut");
    for (const int status : {301, 302, 303, 307, 308}) {
        QTest::addRow("create, redirect %d, not carried out", status) << status << false;
        QTest::addRow("create, redirect %d, carried out", status) << status << true;
    }
}

void Creating::redirected()
{
    QFETCH(int, status);
    QFETCH(bool, carriedOut);
    Server other(Server::Kind::Http);
    other.otherwise(json(R"({"success": true, "result": {"commands": []}})"));
    Helpdesk helpdesk;
    QVERIFY(helpdesk.load());
    helpdesk.proxy.strike(Ask::Create, {.where = carriedOut ? Where::After : Where::Before,
                                        .change = redirect(status, other.url())});
    helpdesk.run();
    QVERIFY(helpdesk.settles());
    QVERIFY(helpdesk.looks(2));
    QCOMPARE(helpdesk.course(),
             (QStringList{waiting, sending, checking, carriedOut ? onDevice : notStarted}));
    QCOMPARE(helpdesk.told(), QStringList());
    QCOMPARE(other.connections(), 0); // it gets neither the key nor the body
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), carriedOut ? helpdesk.wanted() : QStringList());
}

void Creating::programEnds_data()
{
    QTest::addColumn<bool>("carriedOut");
    QTest::newRow("create, the program ends, not carried out") << false;
    QTest::newRow("create, the program ends, carried out") << true;
}

void Creating::programEnds()
{
    QFETCH(bool, carriedOut);
    Helpdesk helpdesk;
    QVERIFY(helpdesk.load());
    helpdesk.proxy.strike(
        Ask::Create, {.where = carriedOut ? Where::After : Where::Before, .change = nothing(Then::Stay)});
    bool struck = false;
    helpdesk.proxy.answering = [&](Ask ask) { struck = struck || ask == Ask::Create; };
    helpdesk.run();
    QVERIFY(until([&] { return struck; }));
    helpdesk.close();
    QCOMPARE(helpdesk.courses().first(), (QStringList{waiting, sending}));
    helpdesk.proxy.lift();

    helpdesk.open();
    QVERIFY(helpdesk.settles());
    QVERIFY(helpdesk.looks(2));
    QCOMPARE(helpdesk.course(),
             (QStringList{waiting, sending, checking, carriedOut ? onDevice : notStarted}));
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), carriedOut ? helpdesk.wanted() : QStringList());
    if (carriedOut)
        QVERIFY(helpdesk.isEachItsOwn());
}

/// A gateway timed out, and forwarded the request nevertheless.
void Creating::carriedOutLate()
{
    Helpdesk helpdesk;
    QVERIFY(helpdesk.load());
    helpdesk.proxy.strike(Ask::Create, {.where = Where::Late, .change = page(504), .times = 1});
    helpdesk.run();
    QVERIFY(helpdesk.settles());
    QCOMPARE(helpdesk.course(), (QStringList{waiting, sending, checking, notStarted}));
    QCOMPARE(helpdesk.started(), QStringList());

    helpdesk.proxy.deliver();
    const QStringList seen{waiting, sending, checking, notStarted, onDevice};
    QVERIFY(until([&] { return helpdesk.course() == seen; }));
    QCOMPARE(helpdesk.proxy.forwarded(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), helpdesk.wanted());
    QVERIFY(helpdesk.isEachItsOwn());
}

void Creating::sentAgainByTheOperator()
{
    Helpdesk helpdesk;
    QVERIFY(helpdesk.load());
    helpdesk.proxy.strike(Ask::Create, {.where = Where::Before, .change = page(502), .times = 1});
    helpdesk.run();
    QVERIFY(helpdesk.settles());
    QCOMPARE(helpdesk.started(), QStringList());

    const auto wanted = helpdesk.wanted();
    QList<qint64> ids;
    for (const auto& capture : helpdesk.desk().captures())
        ids << capture.id;
    const auto looks = helpdesk.proxy.received(Ask::Commands);
    helpdesk.proxy.answering = [&](Ask ask) {
        if (ask == Ask::Create)
            QVERIFY(helpdesk.proxy.received(Ask::Commands) > looks); // a repeat begins with another listing
    };
    helpdesk.desk().run(helpdesk.desk().planAgain(ids, false), {.ticket = u"INC0012345"_s});
    QVERIFY(until([&] { return helpdesk.desk().captures().size() == 8; }));
    QVERIFY(helpdesk.settles());
    QCOMPARE(helpdesk.courses().first(), (QStringList{waiting, sending, checking, notStarted}));
    QCOMPARE(helpdesk.courses().last(), (QStringList{waiting, sending, onDevice}));
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 2);
    QCOMPARE(helpdesk.started(), wanted);
}

/// Identical commands of a colleague and ours cannot be told apart; each has an owner, and nothing is sent
/// again.
void Creating::somebodyStartedTheSame()
{
    Helpdesk helpdesk;
    QVERIFY(helpdesk.load());
    helpdesk.proxy.strike(Ask::Create, {.where = Where::After,
                                        .change =
                                            [&helpdesk](Act& act) {
                                                helpdesk.startTheSame();
                                                nothing(Then::Reset)(act);
                                            },
                                        .times = 1});
    helpdesk.run();
    QVERIFY(helpdesk.settles());
    QVERIFY(helpdesk.looks(2));
    const auto theirs = u"Somebody started the same capture at the same time; this may be theirs."_s;
    QCOMPARE(helpdesk.course(), (QStringList{waiting, sending, checking, onDevice + u": "_s + theirs}));
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), helpdesk.wanted());
}

void Creating::moreThanOneRequest()
{
    Helpdesk helpdesk;
    QVERIFY(helpdesk.load());
    helpdesk.proxy.strike(Ask::Create, {.where = Where::After, .change = nothing(Then::Reset), .times = 1});
    helpdesk.runOn(15);
    QVERIFY(helpdesk.settles());
    QVERIFY(helpdesk.looks(2));
    QVERIFY(helpdesk.desk().captures().size() > 10);
    int lost = 0;
    for (const auto& course : helpdesk.courses()) {
        QVERIFY2(course == (QStringList{waiting, sending, onDevice}) ||
                     course == (QStringList{waiting, sending, checking, onDevice}),
                 qPrintable(course.join(u" > "_s)));
        lost += course.contains(checking);
    }
    QCOMPARE(lost, 10);
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 2);
    QCOMPARE(helpdesk.started(), helpdesk.wanted());
    QVERIFY(helpdesk.isEachItsOwn());
}

CAPTUREDESK_SUITE(test_faults_creating, Creating)
#include "creating.moc"
