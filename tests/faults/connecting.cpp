// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Faults of the network while a connection is tested or a file is downloaded: the operator gets a message,
// the key is not sent elsewhere, and the next attempt works.

#include <QBuffer>
#include <QSignalSpy>
#include <QTest>

#include "support/suite.h"
#include "connections/test.h"
#include "helpdesk.h"
#include "words.h"

using namespace Qt::StringLiterals;
using namespace faults;
using Where = Fault::Where;
using Then = Act::Then;

namespace {

const auto moved =
    u"The address answers with a redirect, which is not followed: it would carry the key elsewhere."_s;

const auto instead = u"The service sent a web page instead of the capture: a proxy or sign-in page may be in "
                     "between."_s;

} // namespace

class Connecting : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void verifying_data();
    void verifying();
    void verifyingWithoutConnection_data();
    void verifyingWithoutConnection();
    void saving_data();
    void saving();
    void savingWhatComesOddly_data();
    void savingWhatComesOddly();
    void savingUnderAnotherType();
    void savingFromElsewhere_data();
    void savingFromElsewhere();

private:
    /// \returns the message that the operator reads; empty: success
    static QString attempt(const connections::Connection& connection);
    static QString fetch(Helpdesk& helpdesk, QByteArray& file);
    static bool hasFile(Helpdesk& helpdesk);
};

QString Connecting::attempt(const connections::Connection& connection)
{
    QNetworkAccessManager network;
    connections::Test test(connection, &network);
    std::optional<QString> read;
    connect(&test, &connections::Test::passed, &test, [&] { read = QString(); });
    connect(&test, &connections::Test::failed, &test, [&](const api::Error& error) {
        read = connections::explain(error, connections::Act::Connect).what;
    });
    test.start();
    return until([&read] { return read.has_value(); }) ? *read : u"no end"_s;
}

void Connecting::verifying_data()
{
    QTest::addColumn<Ask>("ask");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<QString>("sentence");
    for (const auto ask : {Ask::Verify, Ask::Quota}) {
        const auto row = [ask](const char* name, const Change& change, const QString& sentence,
                               Where where = Where::After) {
            QTest::addRow("%s, %s", ask == Ask::Verify ? "verify" : "the quota after verify", name)
                << ask << Fault{.where = where, .change = change} << sentence;
        };
        row("reset before", nothing(Then::Reset), broke, Where::Head);
        row("reset after", nothing(Then::Reset), broke);
        row("reply cut short", cutShort(), broke);
        row("invalid JSON", invalidJson(), unreadable);
        row("wrong types", wrongTypes(), unreadable);
        row("wrong content type", wrongContentType(), between);
        row("HTML page 200", page(200), between);
        row("HTML page 403", page(403), between);
        row("HTML page 502", page(502), own);
        row("envelope 500", refusal(500, 10013, "Internal error"), own);
        row(
            "null: result",
            [](Act& act) { edit(act, [](QJsonObject& all) { all[u"result"] = QJsonValue::Null; }); },
            unreadable);
        row("refused with 401", refusal(401, 1000, "Invalid API Token"),
            u"The key is not valid for this account, or not from this network."_s);
        row("refused with 400", refusal(400, 6003, "Invalid request headers"),
            u"The key or token is malformed."_s);
    }
}

void Connecting::verifying()
{
    QFETCH(Ask, ask);
    QFETCH(Fault, fault);
    QFETCH(QString, sentence);
    Account account;
    Proxy proxy(account.url());
    proxy.strike(ask, fault);
    QCOMPARE(attempt(account.connection(proxy.url())),
             QString(sentence + u" The account cannot be used yet."_s));
    proxy.lift();
    QCOMPARE(attempt(account.connection(proxy.url())), QString());
}

void Connecting::verifyingWithoutConnection_data()
{
    QTest::addColumn<int>("status"); ///< of a redirect; 0: refused, 1: a stranger's certificate, 2: no name
    QTest::addColumn<QString>("sentence");
    QTest::newRow("verify, connection refused") << 0 << u"Nobody answers at the service's address."_s;
    QTest::newRow("verify, certificate of a stranger")
        << 1
        << u"The connection is not safe and was not used: 127.0.0.1 shows a certificate that it signed itself, as “stranger”."_s;
    QTest::newRow("verify, name not found") << 2 << u"The service's name cannot be found."_s;
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("verify, redirect %d", status) << status << moved;
}

void Connecting::verifyingWithoutConnection()
{
    QFETCH(int, status);
    QFETCH(QString, sentence);
    Account account;
    Server other(Server::Kind::Http);
    Proxy proxy(account.url(), status == 1 ? u"stranger"_s : QString());
    auto url = proxy.url();
    if (status == 0)
        proxy.refuse();
    else if (status == 2)
        url = QUrl(u"https://nonexistent.invalid/client/v4"_s);
    else if (status > 2)
        proxy.strike(Ask::Verify, {.change = redirect(status, other.url())});
    QCOMPARE(attempt(account.connection(url)), QString(sentence + u" The account cannot be used yet."_s));
    QCOMPARE(other.connections(), 0);
    QCOMPARE(proxy.received(Ask::Verify), status > 2 ? 1 : 0);
}

bool Connecting::hasFile(Helpdesk& helpdesk)
{
    if (!helpdesk.load())
        return false;
    helpdesk.run();
    return until([&] {
        const auto& all = helpdesk.desk().captures();
        return !all.isEmpty() && all.first().state == captures::State::Ready;
    });
}

QString Connecting::fetch(Helpdesk& helpdesk, QByteArray& file)
{
    QBuffer target(&file);
    target.open(QIODevice::WriteOnly);
    auto* download = helpdesk.desk().download(helpdesk.desk().captures().first().id, &target);
    std::optional<QString> read;
    connect(download, &api::Call::finished, &helpdesk, [&read, download] {
        read = download->result()
                   ? QString()
                   : connections::explain(download->result().error(), connections::Act::Save).what;
    });
    return until([&read] { return read.has_value(); }) ? *read : u"no end"_s;
}

namespace {

/// Captures end as soon as they are started.
sandbox::Options quick()
{
    auto options = Account::usual();
    options.timeScale = 20'000;
    return options;
}

} // namespace

void Connecting::saving_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const Change& change, const QString& sentence,
                        Where where = Where::After) {
        QTest::addRow("download, %s", name) << Fault{.where = where, .change = change} << sentence;
    };
    row("reset before", nothing(Then::Reset), broke, Where::Head);
    row("reset after", nothing(Then::Reset), broke);
    row("no reply", nothing(Then::Stay), late);
    row("reply cut short", cutShort(), broke);
    row("invalid JSON", invalidJson(), unreadable);
    row("wrong types", wrongTypes(), u"What the service sent is not a capture file: it is not a zip."_s);
    row("HTML page 200", page(200), instead);
    row("a page under the zip's type", [](Act& act) { act.body = "<!DOCTYPE html><html>"; }, instead);
    row(
        "nothing", [](Act& act) { act.body.clear(); },
        u"The service sent an empty file instead of the capture."_s);
    row("HTML page 403", page(403), between);
    for (const int status : {500, 502, 503, 504, 520, 524}) {
        row(
            qPrintable(u"no body %1"_s.arg(status)),
            [status](Act& act) {
                act.status = status;
                act.body.clear();
            },
            own);
        row(qPrintable(u"HTML page %1"_s.arg(status)), page(status), own);
        row(qPrintable(u"envelope %1"_s.arg(status)), refusal(status, 10013, "Internal error"), own);
    }
    row("refused with 404", refusal(404, 1002, "no such file"),
        u"The service has no file of this capture (any more)."_s);
    row("429 with Retry-After", refusal(429, 971, "Please wait", 0), u"Too many requests."_s);
}

void Connecting::saving()
{
    QFETCH(Fault, fault);
    QFETCH(QString, sentence);
    Helpdesk helpdesk(quick());
    QVERIFY(hasFile(helpdesk));
    helpdesk.proxy.strike(Ask::Download, fault);
    QByteArray file;
    QCOMPARE(fetch(helpdesk, file), QString(sentence + u" The capture file was not saved."_s));
    helpdesk.proxy.lift();
    QCOMPARE(fetch(helpdesk, file), QString());
    QVERIFY(file.startsWith("PK"));
    QCOMPARE(helpdesk.proxy.received(Ask::Create), 1);
    QCOMPARE(helpdesk.started(), helpdesk.wanted());
}

void Connecting::savingWhatComesOddly_data()
{
    QTest::addColumn<QStringList>("faults");
    QTest::newRow("as it should be") << QStringList();
    for (const auto* fault :
         {"gzip-files", "part-files", "other-address", "filename-odd", "filename-missing", "filename-url"})
        QTest::newRow(fault) << QStringList{QString::fromLatin1(fault)};
    QTest::newRow("odd names, at the other address") << QStringList{u"filename-odd"_s, u"other-address"_s};
}

/// The result is the same file, however the service sends or names it.
void Connecting::savingWhatComesOddly()
{
    QFETCH(QStringList, faults);
    auto options = quick();
    options.faults = faults;
    Helpdesk helpdesk(options);
    QVERIFY(helpdesk.load());
    helpdesk.run();
    const auto& all = helpdesk.desk().captures();
    QVERIFY(until([&] { return !all.isEmpty() && captures::mayHaveFile(all.first()); }));
    // The end of a zip file proves that it is complete (its last record, without a comment, has 22 bytes).
    QByteArray file;
    QCOMPARE(fetch(helpdesk, file), QString());
    QVERIFY(file.startsWith("PK\x03\x04"));
    QCOMPARE(file.lastIndexOf("PK\x05\x06"), file.size() - 22);
    QVERIFY(file.size() > 4'000);
}

void Connecting::savingUnderAnotherType()
{
    Helpdesk helpdesk(quick());
    QVERIFY(hasFile(helpdesk));
    helpdesk.proxy.strike(Ask::Download, {.change = wrongContentType()});
    QByteArray file;
    QCOMPARE(fetch(helpdesk, file), QString());
    QVERIFY(file.startsWith("PK\x03\x04"));
}

void Connecting::savingFromElsewhere_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("download, redirect %d", status) << status;
}

/// A file store is another origin: it gets the request, but not the key.
void Connecting::savingFromElsewhere()
{
    QFETCH(int, status);
    Server other(Server::Kind::Http);
    other.otherwise({.body = "PK\x03\x04 elsewhere", .headers = {{"Content-Type", "application/zip"}}});
    Helpdesk helpdesk(quick());
    QVERIFY(hasFile(helpdesk));
    helpdesk.proxy.strike(Ask::Download, {.change = redirect(status, other.url())});
    QByteArray file;
    QCOMPARE(fetch(helpdesk, file), QString());
    QCOMPARE(file, "PK\x03\x04 elsewhere");
    QCOMPARE(other.seen().size(), 1);
    const auto& seen = other.seen().first();
    QCOMPARE(seen.method, "GET");
    QVERIFY(seen.body.isEmpty());
    for (const auto* header : {"authorization", "x-auth-key", "x-auth-email", "cookie", "referer"})
        QVERIFY2(!seen.headers.contains(header), header);
}

CAPTUREDESK_SUITE(test_faults_connecting, Connecting)
#include "connecting.moc"
