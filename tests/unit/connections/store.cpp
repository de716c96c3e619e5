// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is stored of a connection, and where: the file never contains a secret.

#include <cerrno>

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "support/ceiling.h"
#include "support/faultyfiles.h"
#include "support/suite.h"
#include "connections/store.h"
#include "suites.h"
#include "support/eventually.h"

using connections::Connection;
using connections::Store;
using connections::StoreCall;
using storage::SecretProblem;

namespace {

/// A keychain in memory that can be made unavailable, or prompt the operator first.
class Secrets final : public storage::Secrets {
public:
    storage::SecretCall* check() override
    {
        return answer([] { return QString(); });
    }
    storage::SecretCall* read(const QString& key) override
    {
        return answer([this, key]() -> Result {
            if (!held.contains(key))
                return std::unexpected(SecretProblem{SecretProblem::Kind::NotFound, {}});
            return held[key];
        });
    }
    storage::SecretCall* write(const QString& key, const QString& secret) override
    {
        return answer([this, key, secret] {
            held[key] = secret;
            return QString();
        });
    }
    storage::SecretCall* remove(const QString& key) override
    {
        return answer([this, key] {
            held.remove(key);
            return QString();
        });
    }

    QMap<QString, QString> held;
    std::optional<SecretProblem> problem;
    bool asks = false; ///< prompts, and waits for `comeBack`

    [[nodiscard]] int openPrompts() const { return int(m_prompts.size()); }
    /// The operator answers the open prompts.
    void comeBack(bool accepts)
    {
        asks = !accepts; // the keychain is unlocked then
        const auto all = m_prompts;
        for (auto* one : all)
            one->finish(accepts ? std::nullopt : std::optional(locked));
    }

private:
    using Result = std::expected<QString, SecretProblem>;
    const SecretProblem locked{SecretProblem::Kind::Locked, {}};

    class Call final : public storage::SecretCall {
    public:
        Call(std::function<Result()> act, Secrets* secrets)
            : SecretCall(secrets)
            , m_act(std::move(act))
            , m_secrets(secrets)
        {
            QMetaObject::invokeMethod(
                this,
                [this] {
                    if (!m_secrets->asks)
                        finish(m_secrets->problem);
                    else
                        Q_EMIT asking();
                },
                Qt::QueuedConnection);
            if (secrets->asks)
                secrets->m_prompts << this;
        }
        void abandon() override
        {
            QMetaObject::invokeMethod(this, [this] { finish(m_secrets->locked); }, Qt::QueuedConnection);
        }
        void finish(const std::optional<SecretProblem>& problem)
        {
            m_secrets->m_prompts.removeAll(this);
            end(problem ? std::unexpected(*problem) : m_act());
        }

    private:
        std::function<Result()> m_act;
        Secrets* m_secrets;
    };

    storage::SecretCall* answer(const std::function<Result()>& act) { return new Call(act, this); }

    QList<Call*> m_prompts;
};

struct Answer {
    std::expected<Connection, QString> result;
    QString memoryOnly;
    bool mayAskAgain = false;
};

Answer wait(StoreCall* call)
{
    Answer answer;
    QSignalSpy spy(call, &StoreCall::finished);
    QObject::connect(call, &StoreCall::finished, call,
                     [&answer, call] { answer = {call->result(), call->memoryOnly(), call->mayAskAgain()}; });
    if (!support::nextSignal(spy))
        qFatal("the store does not answer");
    return answer;
}

Connection contoso()
{
    Connection connection;
    connection.name = QStringLiteral("Contoso <b>&</b>");
    connection.endpoint = {.baseUrl = connections::defaultBaseUrl(),
                           .accountId = QString(32, u'a'),
                           .credentials = api::BearerToken{QStringLiteral("tok-0123456789abcdef")},
                           .route = {.proxy = api::Route::Proxy::Typed,
                                     .host = QStringLiteral("proxy.example"),
                                     .port = 3128,
                                     .user = QStringLiteral("ana"),
                                     .password = QStringLiteral("pass-0123456789"),
                                     .caFile = QStringLiteral("/tmp/ca.pem")}};
    connection.format = api::FormatChoice::Current;
    connection.hue = 120;
    connection.readOnly = true;
    return connection;
}

storage::Paths pathsIn(const QTemporaryDir& folder)
{
    return {.config = QDir(folder.filePath(QStringLiteral("config"))),
            .data = QDir(folder.filePath(QStringLiteral("data"))),
            .log = QDir(folder.filePath(QStringLiteral("log")))};
}

QByteArray fileOf(const storage::Paths& paths)
{
    QFile file(paths.config.filePath(QStringLiteral("connections.json")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void StoreTest::roundTrip()
{
    const QTemporaryDir folder;
    const auto paths = pathsIn(folder);
    Secrets secrets;
    Connection kept;
    {
        Store store(paths, &secrets);
        const auto saved = wait(store.save(contoso()));
        QVERIFY(saved.result);
        QVERIFY(saved.memoryOnly.isEmpty());
        kept = *saved.result;
    }
    const auto text = fileOf(paths);
    QVERIFY(!text.isEmpty());
    QVERIFY(!text.contains("0123456789"));
    QCOMPARE(QFile::permissions(paths.config.filePath(QStringLiteral("connections.json"))) &
                 (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    Store store(paths, &secrets);
    QCOMPARE(store.all().size(), 1);
    QVERIFY(std::get<api::BearerToken>(store.all().first().endpoint.credentials).token.isEmpty());
    QVERIFY(store.find(QStringLiteral("contoso <B>&</B>")));
    const auto opened = wait(store.open(kept.id));
    QVERIFY(opened.result);
    QVERIFY(*opened.result == kept);
}

void StoreTest::replaced()
{
    const QTemporaryDir folder;
    Secrets secrets;
    Store store(pathsIn(folder), &secrets);
    auto connection = *wait(store.save(contoso())).result;
    connection.endpoint.credentials =
        api::EmailAndKey{QStringLiteral("ana@example.com"), QStringLiteral("key-fedcba9876543210")};
    connection.endpoint.route = {};
    QVERIFY(wait(store.save(connection)).result);
    QCOMPARE(store.all().size(), 1);
    QCOMPARE(secrets.held, (QMap<QString, QString>{{connection.id, QStringLiteral("key-fedcba9876543210")}}));
    QVERIFY(*wait(store.open(connection.id)).result == connection);
    QVERIFY(wait(store.remove(connection.id)).result);
    QVERIFY(secrets.held.isEmpty());
    QVERIFY(store.all().isEmpty());
}

void StoreTest::noKeychain()
{
    const QTemporaryDir folder;
    const auto paths = pathsIn(folder);
    Secrets secrets;
    secrets.problem = SecretProblem{SecretProblem::Kind::NoService, {}};
    QString id;
    {
        Store store(paths, &secrets);
        const auto saved = wait(store.save(contoso()));
        QVERIFY(saved.result);
        QVERIFY2(saved.memoryOnly.contains(QLatin1StringView("stays in memory")),
                 qPrintable(saved.memoryOnly));
        id = saved.result->id;
        QVERIFY(wait(store.open(id)).result); // as long as the program runs
        QVERIFY(!fileOf(paths).contains("0123456789"));
    }
    Store store(paths, &secrets);
    const auto opened = wait(store.open(id));
    QVERIFY(!opened.result);
    QVERIFY2(opened.result.error().contains(QLatin1StringView("Type it again")),
             qPrintable(opened.result.error()));
}

void StoreTest::locked()
{
    const QTemporaryDir folder;
    Secrets secrets;
    Store store(pathsIn(folder), &secrets);
    const auto id = wait(store.save(contoso())).result->id;
    secrets.problem = SecretProblem{SecretProblem::Kind::Locked, {}};
    const auto opened = wait(store.open(id));
    QVERIFY2(!opened.result && opened.result.error().contains(QLatin1StringView("locked")),
             opened.result ? "" : qPrintable(opened.result.error()));
    const auto removed = wait(store.remove(id));
    QVERIFY(!removed.result); // it reports that the key may still be there
    QCOMPARE(secrets.held.size(), 2);
}

void StoreTest::damagedFile_data()
{
    QTest::addColumn<QByteArray>("damaged");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("truncated") << QByteArray(R"({"connections": [{"name": "half)");
    QTest::newRow("zeros") << QByteArray(512, '\0');
    QTest::newRow("something else") << QByteArray("<html>");
    QTest::newRow("no list") << QByteArray("{}");
}

/// The connections are restored from the copy; the damaged file is kept, and this is reported once.
void StoreTest::damagedFile()
{
    QFETCH(const QByteArray, damaged);
    const QTemporaryDir folder;
    const auto paths = pathsIn(folder);
    Secrets secrets;
    QList<Connection> saved;
    {
        Store store(paths, &secrets);
        QVERIFY(store.notice().isEmpty());
        saved << *wait(store.save(contoso())).result;
        saved = store.all();
    }
    const auto path = paths.config.filePath(QStringLiteral("connections.json"));
    const auto damage = [&] {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(damaged);
    };
    damage();
    const auto asides = [&paths] {
        return paths.config.entryInfoList({QStringLiteral("connections *-*.json")}, QDir::Files);
    };
    {
        Store store(paths, &secrets);
        QCOMPARE(store.all(), saved);
        QVERIFY(store.problem().isEmpty());
        QVERIFY2(store.notice().startsWith(QLatin1StringView("The saved connections could not be read: ")),
                 qPrintable(store.notice()));
        QCOMPARE(asides().size(), 1);
        QVERIFY2(
            store.notice().endsWith(
                QStringLiteral(". They are back as they were last saved. The damaged file is kept as %1.")
                    .arg(asides().first().filePath())),
            qPrintable(store.notice()));
        QFile aside(asides().first().filePath());
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), damaged);
    }
    {
        const Store store(paths, &secrets);
        QVERIFY(store.notice().isEmpty());
        QCOMPARE(store.all(), saved);
    }
    // On a full disk the damaged file stays in place for the next start.
    damage();
    {
        const support::FaultyFiles faulty(
            {{.call = "write", .under = paths.config.path().toStdString(), .code = ENOSPC},
             {.call = "sync", .under = paths.config.path().toStdString(), .code = ENOSPC}});
        const Store store(paths, &secrets);
        QCOMPARE(store.all(), saved);
        QVERIFY2(store.notice().contains(QLatin1StringView("the disk is full (No space left on device)")),
                 qPrintable(store.notice()));
    }
    QCOMPARE(asides().size(), 1);
    {
        const Store store(paths, &secrets);
        QCOMPARE(store.all(), saved);
        QVERIFY(!store.notice().isEmpty());
        QCOMPARE(asides().size(), 2);
        QVERIFY(QFile::remove(asides().last().filePath()));
    }
    // Without a copy nothing is restored and nothing is overwritten.
    QVERIFY(QFile::remove(asides().first().filePath()));
    QVERIFY(QFile::remove(path + QStringLiteral(".copy")));
    damage();
    Store store(paths, &secrets);
    QVERIFY(store.all().isEmpty());
    QVERIFY2(store.notice().startsWith(QLatin1StringView("The saved connections cannot be read any more: ")),
             qPrintable(store.notice()));
    QCOMPARE(asides().size(), 1);
    QVERIFY(wait(store.save(contoso())).result);
    QCOMPARE(Store(paths, &secrets).all().size(), 1);
    QCOMPARE(asides().size(), 1);
}

/// The existing file stays, and what could not be saved is not shown as saved.
void StoreTest::fullDisk()
{
    const QTemporaryDir folder;
    const auto paths = pathsIn(folder);
    Secrets secrets;
    Store store(paths, &secrets);
    const auto connection = *wait(store.save(contoso())).result;
    const auto before = fileOf(paths);
    QVERIFY(!before.isEmpty());
    auto renamed = connection;
    renamed.name = QStringLiteral("Fabrikam");
    {
        const support::FaultyFiles faulty(
            {{.call = "write", .under = paths.config.path().toStdString(), .code = ENOSPC}});
        const auto saved = wait(store.save(renamed)).result;
        QVERIFY(!saved);
        QCOMPARE(saved.error(),
                 QStringLiteral(
                     "The connection was not saved. “connections.json” was not saved in %1: the disk is full "
                     "(No space left on device). The file that was there is unharmed. Free space there, then "
                     "try again.")
                     .arg(paths.config.path()));
    }
    {
        const support::Ceiling ceiling(0);
        QVERIFY(!wait(store.save(renamed)).result);
    }
    QCOMPARE(fileOf(paths), before);
    QCOMPARE(store.all().first().name, connection.name);
}

/// Which failures allow another prompt, and what the operator is told.
void StoreTest::unreadable_data()
{
    using Kind = SecretProblem::Kind;
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("again");
    QTest::newRow("no keychain") << int(Kind::NoService) << QStringLiteral("on this computer (its words), so")
                                 << true;
    QTest::newRow("locked") << int(Kind::Locked) << QStringLiteral("was not unlocked. Ask again") << true;
    QTest::newRow("not there") << int(Kind::NotFound) << QStringLiteral("has no key for this") << false;
    QTest::newRow("another") << int(Kind::Other) << QStringLiteral("did not return the key (its words). Ask")
                             << true;
}

void StoreTest::unreadable()
{
    QFETCH(const int, kind);
    QFETCH(const QString, words);
    QFETCH(const bool, again);
    const QTemporaryDir folder;
    Secrets secrets;
    Store store(pathsIn(folder), &secrets);
    const auto id = wait(store.save(contoso())).result->id;
    secrets.problem = SecretProblem{SecretProblem::Kind(kind), QStringLiteral("its words")};
    const auto opened = wait(store.open(id));
    QVERIFY(!opened.result);
    QVERIFY2(opened.result.error().contains(words), qPrintable(opened.result.error()));
    QCOMPARE(opened.mayAskAgain, again);
    secrets.problem.reset();
    QVERIFY(wait(store.open(id)).result);
}

/// The operator continues while the keychain prompts, and answers later.
void StoreTest::keptLate()
{
    const QTemporaryDir folder;
    Secrets secrets;
    secrets.asks = true;
    Store store(pathsIn(folder), &secrets);
    QSignalSpy kept(&store, &Store::kept);
    QSignalSpy notKept(&store, &Store::notKept);
    auto* call = store.save(contoso());
    QSignalSpy waiting(call, &StoreCall::waiting);
    connect(call, &StoreCall::waiting, call, &StoreCall::goOn);
    const auto saved = wait(call);
    QCOMPARE(waiting.size(), 1);
    QVERIFY(saved.result);
    QVERIFY2(saved.memoryOnly.contains(QLatin1StringView("waits for its password")),
             qPrintable(saved.memoryOnly));
    const auto id = saved.result->id;
    QVERIFY(*wait(store.open(id)).result == *saved.result); // from memory: no prompt
    QCOMPARE(secrets.openPrompts(), 1);
    QVERIFY(secrets.held.isEmpty());
    secrets.comeBack(true);
    EVENTUALLY_COMPARE(kept.size(), 1);
    QCOMPARE(kept.first().first().toString(), id);
    QCOMPARE(secrets.held.size(), 2);
    QVERIFY(notKept.isEmpty());
    QVERIFY(*wait(store.open(id)).result == *saved.result); // from the keychain
}

void StoreTest::refusedLate()
{
    const QTemporaryDir folder;
    Secrets secrets;
    secrets.asks = true;
    Store store(pathsIn(folder), &secrets);
    QSignalSpy kept(&store, &Store::kept);
    QSignalSpy notKept(&store, &Store::notKept);
    auto* call = store.save(contoso());
    connect(call, &StoreCall::waiting, call, &StoreCall::goOn);
    const auto id = wait(call).result->id;
    secrets.comeBack(false);
    EVENTUALLY_COMPARE(notKept.size(), 1);
    QVERIFY2(notKept.first().last().toString().contains(QLatin1StringView("stays in memory")),
             qPrintable(notKept.first().last().toString()));
    // Retried as often as the operator likes; only the latest prompt is open.
    for (int i = 0; i < 3; ++i) {
        auto* again = store.keep(id);
        connect(again, &StoreCall::waiting, again, &StoreCall::goOn);
        QVERIFY(!wait(again).memoryOnly.isEmpty());
        EVENTUALLY_COMPARE(secrets.openPrompts(), 1);
    }
    QVERIFY(kept.isEmpty());
    QCOMPARE(notKept.size(), 1); // a replaced prompt reports nothing
    secrets.comeBack(true);
    EVENTUALLY_COMPARE(kept.size(), 1);
    QCOMPARE(secrets.held.size(), 2);
}

/// The prompt is about a key that has been replaced.
void StoreTest::changedWhileItAsks()
{
    const QTemporaryDir folder;
    Secrets secrets;
    secrets.asks = true;
    Store store(pathsIn(folder), &secrets);
    QSignalSpy kept(&store, &Store::kept);
    auto* call = store.save(contoso());
    connect(call, &StoreCall::waiting, call, &StoreCall::goOn);
    auto connection = *wait(call).result;
    connection.endpoint.credentials = api::BearerToken{QStringLiteral("tok-fedcba9876543210")};
    connection.endpoint.route = {};
    auto* second = store.save(connection);
    connect(second, &StoreCall::waiting, second, &StoreCall::goOn);
    QVERIFY(*wait(second).result == connection);
    EVENTUALLY_COMPARE(secrets.openPrompts(), 1);
    secrets.comeBack(true);
    EVENTUALLY_COMPARE(kept.size(), 1);
    QCOMPARE(secrets.held, (QMap<QString, QString>{{connection.id, QStringLiteral("tok-fedcba9876543210")}}));

    // Removed while the prompt is open: the key is not stored afterwards.
    secrets.asks = true;
    secrets.held.clear();
    auto* third = store.save(connection);
    connect(third, &StoreCall::waiting, third, &StoreCall::goOn);
    QVERIFY(wait(third).result);
    secrets.asks = false;
    QVERIFY(wait(store.remove(connection.id)).result);
    EVENTUALLY_COMPARE(secrets.openPrompts(), 0);
    QVERIFY(secrets.held.isEmpty());
    QCOMPARE(kept.size(), 1);
}

/// The operator enters the key instead of answering the keychain.
void StoreTest::givenUp()
{
    const QTemporaryDir folder;
    Secrets secrets;
    Store store(pathsIn(folder), &secrets);
    const auto id = wait(store.save(contoso())).result->id;
    secrets.asks = true;
    auto* call = store.open(id);
    connect(call, &StoreCall::waiting, call, &StoreCall::giveUp);
    const auto opened = wait(call);
    QVERIFY(!opened.result);
    QVERIFY(opened.mayAskAgain);
    QCOMPARE(secrets.openPrompts(), 0);
}

CAPTUREDESK_SUITE(test_connections_store, StoreTest)
