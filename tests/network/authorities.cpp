// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QFile>
#include <QSslCertificate>
#include <QTemporaryDir>
#include <QTest>

#include "support/suite.h"
#include "connections/explain.h"
#include "tunnelproxy.h"
#include "talk.h"

using namespace Qt::StringLiterals;
using namespace api;
using namespace network;
using faults::Server;

namespace {

const auto authority = QStringLiteral(MORE_CERTIFICATES "authority.pem");

Route trusting(const QString& file)
{
    return {.proxy = Route::Proxy::None, .caFile = file};
}

} // namespace

/// Whose certificates are accepted, and what is reported about the others.
class Authorities : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFilesCount_data()
    {
        QTest::addColumn<Ask>("ask");
        QTest::addColumn<Server::Kind>("kind");
        for (const auto& [name, ask] : asks) {
            QTest::addRow("TLS, %s", name) << ask << Server::Kind::Https;
            QTest::addRow("HTTP/2, %s", name) << ask << Server::Kind::Http2;
        }
    }
    void theFilesCount()
    {
        QFETCH(Ask, ask);
        QFETCH(Server::Kind, kind);
        Server server(kind, QStringLiteral(MORE_CERTIFICATES "signed"));
        server.otherwise(anyAnswer(ask));
        Talk talk(server.url(), trusting(authority));
        const auto error = talk.ask(ask);
        QVERIFY2(!error, qPrintable(said(error)));
    }

    void whatIsWrong_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("file");
        QTest::addColumn<TlsFailure::Fault>("fault");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("todo");
        using enum TlsFailure::Fault;
        const auto row = [](const char* name, const QString& file, TlsFailure::Fault fault, const char* words,
                            const char* todo) {
            QTest::newRow(name) << QString(QLatin1String(MORE_CERTIFICATES) + QLatin1String(name)) << file
                                << fault << QString::fromLatin1(words) << QString::fromLatin1(todo);
        };
        row("signed", {}, UnknownIssuer, "Inspection of Contoso", "certificate file");
        row("expired", authority, Expired, "2021", "date and time");
        row("future", authority, NotYetValid, "2048", "date and time");
        row("elsewhere", authority, WrongName, "portal.example.net", "address");
        QTest::newRow("self-signed") << u"stranger"_s << QString() << SelfSigned << u"itself"_s
                                     << u"certificate file"_s;
        QTest::newRow("self-signed beside the file's")
            << u"stranger"_s << authority << SelfSigned << u"itself"_s << u"certificate file"_s;
    }
    void whatIsWrong()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, file);
        QFETCH(TlsFailure::Fault, fault);
        QFETCH(QString, words);
        QFETCH(QString, todo);
        for (const auto kind : {Server::Kind::Https, Server::Kind::Http2}) {
            Server server(kind, certificate);
            const Proxy proxy;
            auto behind = trusting(file);
            behind.proxy = Route::Proxy::Typed;
            behind.host = u"127.0.0.1"_s;
            behind.port = proxy.serverPort();
            for (const auto& route : {trusting(file), behind}) {
                for (const auto ask : {Ask::Create, Ask::Left, Ask::Artifact}) {
                    Talk talk(server.url(), route);
                    const auto error = talk.ask(ask);
                    QVERIFY2(error && std::holds_alternative<TransportError>(*error),
                             qPrintable(said(error)));
                    check(std::get<TransportError>(*error), fault, server);
                    const auto told = connections::explain(*error, connections::Act::Connect);
                    QVERIFY2(told.what.contains("not safe"_L1) && told.what.contains(words),
                             qPrintable(told.what));
                    QVERIFY2(told.todo.contains(todo), qPrintable(told.todo));
                    const auto& facts = *std::get<TransportError>(*error).tls->certificate;
                    for (const auto& fact : {facts.subject, facts.issuer, facts.fingerprint, u"127.0.0.1"_s,
                                             facts.from.toString(u"yyyy-MM-dd"_s)})
                        QVERIFY2(told.details.contains(fact), qPrintable(told.details));
                }
            }
            QCOMPARE(server.seen().size(), 0);
        }
    }

    void aFileThatIsNone_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no certificate") << QByteArray("hello\n");
        QTest::newRow("broken") << QByteArray(
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        QFile key(QStringLiteral(MORE_CERTIFICATES "authority.key"));
        QVERIFY(key.open(QIODevice::ReadOnly));
        QTest::newRow("a key") << key.readAll();
        QTest::newRow("not PEM") << QSslCertificate::fromPath(authority).first().toDer();
        QTest::newRow("gone") << QByteArray("gone");
        QTest::newRow("a folder") << QByteArray("folder");
    }
    void aFileThatIsNone()
    {
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        auto path = folder.filePath(u"extra.pem"_s);
        if (content == "folder") {
            path = folder.path();
        } else if (content != "gone") {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(content);
        }
        const auto problems = problemsOf(trusting(path));
        QCOMPARE(problems.keys(), QList{Route::Field::CaFile});
        Server server(Server::Kind::Https, QStringLiteral(MORE_CERTIFICATES "signed"));
        Talk talk(server.url(), trusting(path));
        for (const auto ask : {Ask::Create, Ask::Left, Ask::Artifact}) {
            const auto error = talk.ask(ask);
            QVERIFY(error.has_value());
            QVERIFY2(std::get<TransportError>(*error).kind == TransportError::Kind::Settings,
                     qPrintable(said(error)));
            QCOMPARE(effectOf(*error), Effect::NotSent);
            const auto told = connections::explain(*error, connections::Act::Run);
            QVERIFY2(told.what.contains(path), qPrintable(told.what));
        }
        QCOMPARE(server.connections(), 0);
    }

    void severalInOneFile()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"extra.pem"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("# our networks\n");
        for (const auto* name : {"elsewhere", "authority"})
            file.write(
                QSslCertificate::fromPath(QLatin1String(MORE_CERTIFICATES) + QLatin1String(name) + u".pem"_s)
                    .first()
                    .toPem());
        file.close();
        QVERIFY(problemsOf(trusting(file.fileName())).isEmpty());
        Server server(Server::Kind::Https, QStringLiteral(MORE_CERTIFICATES "signed"));
        server.otherwise(anyAnswer(Ask::Left));
        Talk talk(server.url(), trusting(file.fileName()));
        QVERIFY(!talk.ask(Ask::Left));
        const auto tls = tlsOf(trusting(file.fileName()));
        QVERIFY(tls->value().caCertificates().size() >= QSslConfiguration::systemCaCertificates().size() + 2);
        QVERIFY(!tlsOf(trusting({}))->has_value()); // the system's authorities, found on demand
    }

private:
    static void check(const TransportError& error, TlsFailure::Fault fault, const Server& server)
    {
        QVERIFY2(error.kind == TransportError::Kind::Tls && error.tls, qPrintable(describe(error)));
        QVERIFY2(error.tls->faults == QList{fault}, qPrintable(describe(error)));
        QCOMPARE(effectOf(error), Effect::NotSent);
        QCOMPARE(error.tls->host, u"127.0.0.1"_s);
        QVERIFY(error.tls->certificate.has_value());
        const auto& facts = *error.tls->certificate;
        const auto real = server.certificate();
        QCOMPARE(QString(facts.fingerprint).remove(u':').toLower(),
                 QString::fromLatin1(real.digest(QCryptographicHash::Sha256).toHex()));
        QCOMPARE(facts.from, real.effectiveDate());
        QCOMPARE(facts.until, real.expiryDate());
        QCOMPARE(facts.names.isEmpty(), real.subjectAlternativeNames().isEmpty());
        QCOMPARE(facts.subject, real.subjectInfo(QSslCertificate::CommonName).first());
        QCOMPARE(facts.issuer, real.issuerInfo(QSslCertificate::CommonName).first());
    }
};

CAPTUREDESK_SUITE(test_network_authorities, Authorities)
#include "authorities.moc"
