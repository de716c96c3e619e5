// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/journal.h"

#include <cerrno>

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QSqlQuery>
#include <QThread>

#include "base/problem.h"
#include "captures/record.h"
#include "storage/paths.h"

namespace captures {

namespace {

Q_LOGGING_CATEGORY(journalLog, "capturedesk.journal", QtInfoMsg)

/// Logs a failure.
storage::Database::Done noted(const char* what, const storage::Database::Done& done)
{
    if (!done)
        qCWarning(journalLog).noquote() << what << "failed:" << done.error().message;
    return done;
}

const QStringList& migrations()
{
    static const QStringList all{QStringLiteral(R"sql(
CREATE TABLE runs(
  id INTEGER PRIMARY KEY, account TEXT NOT NULL, asked TEXT NOT NULL, system_user TEXT NOT NULL,
  ticket TEXT NOT NULL, options TEXT NOT NULL);
CREATE INDEX runs_of_account ON runs(account);
CREATE TABLE requests(id INTEGER PRIMARY KEY, known TEXT NOT NULL);
CREATE TABLE captures(
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id), device TEXT NOT NULL, options TEXT NOT NULL,
  state TEXT NOT NULL, request INTEGER NOT NULL, command TEXT NOT NULL, status TEXT NOT NULL, filename TEXT,
  sent TEXT, created TEXT, completed TEXT, problem TEXT NOT NULL, details TEXT NOT NULL);
CREATE INDEX captures_of_run ON captures(run)
)sql"),
                                 QStringLiteral(R"sql(
ALTER TABLE runs ADD COLUMN connection TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN operator TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN newest TEXT;
ALTER TABLE captures ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
ALTER TABLE captures ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1;
ALTER TABLE captures ADD COLUMN wait_until TEXT;
ALTER TABLE captures ADD COLUMN asks INTEGER NOT NULL DEFAULT 0;
CREATE TABLE alive(id INTEGER PRIMARY KEY, at TEXT NOT NULL);
CREATE TABLE deeds(
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, operator TEXT NOT NULL, system_user TEXT NOT NULL,
  connection TEXT NOT NULL, ticket TEXT NOT NULL, what TEXT NOT NULL, about TEXT NOT NULL)
)sql"),
                                 QStringLiteral(R"sql(
DROP TABLE alive;
CREATE TABLE alive(account TEXT PRIMARY KEY, at TEXT NOT NULL)
)sql"),
                                 QStringLiteral(R"sql(
CREATE TABLE sharing(
  one INTEGER PRIMARY KEY CHECK(one=1), path TEXT NOT NULL, last INTEGER NOT NULL, up_to INTEGER NOT NULL,
  size INTEGER)
)sql"),
                                 // Commands without a request are followed; their options were not stored.
                                 QStringLiteral(R"sql(
ALTER TABLE captures ADD COLUMN followed TEXT;
UPDATE captures SET followed='{}' WHERE request=0 AND command<>''
)sql")};
    return all;
}

QVariant text(const std::optional<QDateTime>& time)
{
    return time ? QVariant(time->toUTC().toString(Qt::ISODateWithMs)) : QVariant();
}

std::optional<QDateTime> time(const QVariant& text)
{
    const auto parsed = QDateTime::fromString(text.toString(), Qt::ISODateWithMs);
    return parsed.isValid() ? std::optional(parsed) : std::nullopt;
}

QString quiet(const QString& text)
{
    return text.isNull() ? QStringLiteral("") : text; // a null string would be stored as NULL
}

Options optionsOf(const api::Args& args)
{
    Options options;
    if (const auto* pcap = std::get_if<api::PcapArgs>(&args))
        options.pcap = *pcap;
    else
        options.diag = std::get<api::DiagArgs>(args);
    return options;
}

api::Args followedFrom(Type type, const QByteArray& text)
{
    const auto options = optionsFrom(text);
    return type == Type::Pcap ? api::Args(options.pcap.value_or(api::PcapArgs{}))
                              : api::Args(options.diag.value_or(api::DiagArgs{}));
}

/// \param row with `deedFields`
Deed deedOf(const QSqlQuery& row)
{
    return {.at = time(row.value(0)).value_or(QDateTime()),
            .operatorName = row.value(1).toString(),
            .systemUser = row.value(2).toString(),
            .connection = row.value(3).toString(),
            .ticket = row.value(4).toString(),
            .what = deedFrom(row.value(5).toString()),
            .about = row.value(6).toString(),
            .id = row.value(7).toLongLong()};
}
const auto deedFields = QStringLiteral("at, operator, system_user, connection, ticket, what, about, id");

Order orderFrom(const devices::Device& device, const Options& options)
{
    return options.pcap ? orderFor(device, *options.pcap)
                        : orderFor(device, options.diag.value_or(api::DiagArgs{}));
}

} // namespace

/// Lives in the journal's thread.
class Journal::Writer : public QObject {
public:
    explicit Writer(QString path)
        : m_path(std::move(path))
    {
    }

    struct Numbers {
        qint64 run = 0, capture = 0, request = 0;
    };

    storage::Database::Done load(const QString& account, Record& record, Numbers& numbers)
    {
        if (const auto opened = open(); !opened)
            return opened;
        auto done = m_database->read(
            QStringLiteral(
                "SELECT id, asked, system_user, ticket, options, connection, operator, origin FROM runs "
                "WHERE account=? ORDER BY id"),
            {account}, [&](const QSqlQuery& row) {
                record.runs << Run{.id = row.value(0).toLongLong(),
                                   .account = account,
                                   .connection = row.value(5).toString(),
                                   .asked = time(row.value(1)).value_or(QDateTime()),
                                   .operatorName = row.value(6).toString(),
                                   .systemUser = row.value(2).toString(),
                                   .ticket = row.value(3).toString(),
                                   .origin = row.value(7).toLongLong(),
                                   .options = optionsFrom(row.value(4).toByteArray())};
            });
        if (!done)
            return done;
        done = m_database->read(
            QStringLiteral(
                "SELECT c.id, c.run, r.ticket, r.asked, c.device, c.options, c.state, c.request, "
                "c.command, c.status, c.filename, c.sent, c.created, c.completed, c.problem, c.details, "
                "c.origin, c.attempt, c.wait_until, c.asks, c.followed "
                "FROM captures c JOIN runs r ON r.id=c.run WHERE r.account=? ORDER BY c.id"),
            {account}, [&](const QSqlQuery& row) { record.captures << captureFrom(row); });
        if (!done)
            return done;
        done = m_database->read(QStringLiteral("SELECT DISTINCT q.id, q.known, q.newest FROM requests q JOIN "
                                               "captures c ON c.request=q.id JOIN "
                                               "runs r ON r.id=c.run WHERE r.account=?"),
                                {account}, [&](const QSqlQuery& row) {
                                    auto& before = record.before[row.value(0).toLongLong()];
                                    for (const auto& id :
                                         QJsonDocument::fromJson(row.value(1).toByteArray()).array())
                                        before.ids.insert(id.toString());
                                    before.newest = time(row.value(2));
                                });
        if (!done)
            return done;
        done = m_database->read(QStringLiteral("SELECT at FROM alive WHERE account=?"), {account},
                                [&record](const QSqlQuery& row) { record.alive = time(row.value(0)); });
        if (!done)
            return done;
        return m_database->read(
            QStringLiteral(
                "SELECT (SELECT ifnull(max(id),0) FROM runs), (SELECT ifnull(max(id),0) FROM captures), "
                "(SELECT ifnull(max(id),0) FROM requests)"),
            {}, [&numbers](const QSqlQuery& row) {
                numbers = {row.value(0).toLongLong(), row.value(1).toLongLong(), row.value(2).toLongLong()};
            });
    }

    storage::Database::Done write(const Change& change)
    {
        if (const auto opened = open(); !opened)
            return opened;
        return m_database->transaction([&]() -> storage::Database::Done {
            if (change.run) {
                const auto& run = *change.run;
                const auto done = m_database->run(
                    QStringLiteral("INSERT INTO runs(id, account, asked, system_user, ticket, options, "
                                   "connection, operator, origin) VALUES(?,?,?,?,?,?,?,?,?)"),
                    {run.id, run.account, text(run.asked), quiet(run.systemUser), quiet(run.ticket),
                     QString::fromUtf8(written(run.options)), quiet(run.connection), quiet(run.operatorName),
                     run.origin});
                if (!done)
                    return done;
            }
            if (change.request != 0) {
                QJsonArray known;
                for (const auto& id : change.before.ids)
                    known << id;
                const auto done = m_database->run(
                    QStringLiteral("INSERT INTO requests(id, known, newest) VALUES(?,?,?)"),
                    {change.request, QString::fromUtf8(QJsonDocument(known).toJson(QJsonDocument::Compact)),
                     text(change.before.newest)});
                if (!done)
                    return done;
            }
            for (const auto& capture : change.captures) {
                if (const auto done = put(capture); !done)
                    return done;
            }
            for (const auto& deed : change.deeds) {
                if (const auto done = put(deed); !done)
                    return done;
            }
            return m_database->run(QStringLiteral("INSERT OR REPLACE INTO alive(account, at) VALUES(?,?)"),
                                   {change.account, text(change.now)});
        });
    }

    storage::Database::Done trail(QList<Deed>& deeds)
    {
        if (const auto opened = open(); !opened)
            return opened;
        return m_database->read(QStringLiteral("SELECT %1 FROM deeds ORDER BY id DESC").arg(deedFields), {},
                                [&deeds](const QSqlQuery& row) { deeds << deedOf(row); });
    }

    storage::Database::Done unshared(int most, Unshared& result)
    {
        if (const auto opened = open(); !opened)
            return opened;
        auto done = m_database->read(QStringLiteral("SELECT path, last, up_to, size FROM sharing"), {},
                                     [&result](const QSqlQuery& row) {
                                         result.sharing =
                                             Sharing{.path = row.value(0).toString(),
                                                     .last = row.value(1).toLongLong(),
                                                     .upTo = row.value(2).toLongLong(),
                                                     .size = row.value(3).isNull()
                                                                 ? std::nullopt
                                                                 : std::optional(row.value(3).toLongLong())};
                                     });
        if (!done)
            return done;
        done =
            m_database->read(QStringLiteral("SELECT ifnull(max(id),0) FROM deeds"), {},
                             [&result](const QSqlQuery& row) { result.newest = row.value(0).toLongLong(); });
        if (!done || !result.sharing)
            return done;
        done =
            m_database->read(QStringLiteral("SELECT count(*) FROM deeds WHERE id>?"), {result.sharing->last},
                             [&result](const QSqlQuery& row) { result.waiting = row.value(0).toLongLong(); });
        if (!done)
            return done;
        return m_database->read(
            QStringLiteral("SELECT %1 FROM deeds WHERE id>? ORDER BY id LIMIT ?").arg(deedFields),
            {result.sharing->last, most}, [&result](const QSqlQuery& row) { result.deeds << deedOf(row); });
    }

    storage::Database::Done setSharing(const std::optional<Sharing>& sharing)
    {
        if (const auto opened = open(); !opened)
            return opened;
        if (!sharing)
            return m_database->run(QStringLiteral("DELETE FROM sharing"));
        return m_database->run(
            QStringLiteral("INSERT OR REPLACE INTO sharing(one, path, last, up_to, size) VALUES(1,?,?,?,?)"),
            {sharing->path, sharing->last, sharing->upTo,
             sharing->size ? QVariant(*sharing->size) : QVariant()});
    }

private:
    storage::Database::Done open()
    {
        if (m_database)
            return {};
        errno = 0;
        if (!storage::makePrivate(QFileInfo(m_path).dir()))
            return std::unexpected(storage::Problem{
                .kind = errno == ENOSPC || errno == EDQUOT ? storage::Problem::Kind::Full
                                                           : storage::Problem::Kind::ReadOnly,
                .message = base::reason(base::problemOf(errno, base::SaveProblem::Step::Create, m_path)),
                .path = m_path});
        auto opened = storage::Database::open(m_path, migrations());
        if (!opened)
            return std::unexpected(opened.error());
        m_database = std::move(*opened);
        return {};
    }

    storage::Database::Done put(const Capture& capture)
    {
        return m_database->run(
            QStringLiteral(
                "INSERT OR REPLACE INTO captures(id, run, device, options, state, request, command, "
                "status, filename, sent, created, completed, problem, details, origin, attempt, "
                "wait_until, asks, followed) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
            {capture.id, capture.run, QString::fromUtf8(written(capture.order.device)),
             QString::fromUtf8(written(optionsOf(capture.order.command.args))), nameOf(capture.state),
             capture.request, quiet(capture.commandId), quiet(capture.serviceStatus),
             capture.filename ? QVariant(quiet(*capture.filename)) : QVariant(), text(capture.sent),
             text(capture.created), text(capture.completed), quiet(capture.problem), quiet(capture.details),
             capture.order.origin, capture.order.attempt, text(capture.waitUntil), capture.asks,
             capture.followed ? QVariant(QString::fromUtf8(written(optionsOf(*capture.followed))))
                              : QVariant()});
    }

    storage::Database::Done put(const Deed& deed)
    {
        return m_database->run(
            QStringLiteral("INSERT INTO deeds(at, operator, system_user, connection, ticket, what, about) "
                           "VALUES(?,?,?,?,?,?,?)"),
            {text(deed.at), quiet(deed.operatorName), quiet(deed.systemUser), quiet(deed.connection),
             quiet(deed.ticket), nameOf(deed.what), quiet(deed.about)});
    }

    static Capture captureFrom(const QSqlQuery& row)
    {
        Capture capture;
        capture.id = row.value(0).toLongLong();
        capture.run = row.value(1).toLongLong();
        capture.ticket = row.value(2).toString();
        capture.asked = time(row.value(3)).value_or(QDateTime());
        capture.order =
            orderFrom(deviceFrom(row.value(4).toByteArray()), optionsFrom(row.value(5).toByteArray()));
        // A state of a later version: it is safe to look it up again.
        capture.state = stateFrom(row.value(6).toString()).value_or(State::Checking);
        capture.request = row.value(7).toLongLong();
        capture.commandId = row.value(8).toString();
        capture.serviceStatus = row.value(9).toString();
        if (!row.value(10).isNull())
            capture.filename = row.value(10).toString();
        capture.sent = time(row.value(11));
        capture.created = time(row.value(12));
        capture.completed = time(row.value(13));
        capture.problem = row.value(14).toString();
        capture.details = row.value(15).toString();
        capture.order.origin = row.value(16).toLongLong();
        capture.order.attempt = row.value(17).toInt();
        capture.waitUntil = time(row.value(18));
        capture.asks = row.value(19).toBool();
        if (!row.value(20).isNull())
            capture.followed = followedFrom(capture.order.type, row.value(20).toByteArray());
        return capture;
    }

    QString m_path;
    std::unique_ptr<storage::Database> m_database;
};

Journal::Journal(const QString& path, QObject* parent)
    : AuditStore(parent)
    , m_thread(std::make_unique<QThread>())
    , m_writer(new Writer(path))
{
    m_thread->setObjectName(QStringLiteral("journal"));
    m_writer->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_writer, &QObject::deleteLater);
    m_thread->start();
}

Journal::~Journal()
{
    // After all calls that are pending.
    QMetaObject::invokeMethod(m_writer, [thread = m_thread.get()] { thread->quit(); }, Qt::QueuedConnection);
    m_thread->wait();
}

QString Journal::accountOf(const connections::Connection& connection)
{
    if (connection.kind == connections::Connection::Kind::Sandbox)
        return QStringLiteral("sandbox/") + connection.endpoint.accountId;
    return connection.endpoint.baseUrl.toString(QUrl::RemoveUserInfo | QUrl::StripTrailingSlash) + u'/' +
           connection.endpoint.accountId;
}

JournalCall* Journal::load(const QString& account)
{
    auto* call = new JournalCall(this);
    QMetaObject::invokeMethod(m_writer, [this, call, account] {
        auto record = std::make_shared<Record>();
        Writer::Numbers numbers;
        const auto done = noted("reading", m_writer->load(account, *record, numbers));
        QMetaObject::invokeMethod(this, [this, call, record, numbers, done] {
            if (done) {
                // IDs assigned meanwhile may not be written yet.
                m_lastRun = std::max(m_lastRun, numbers.run);
                m_lastCapture = std::max(m_lastCapture, numbers.capture);
                m_lastRequest = std::max(m_lastRequest, numbers.request);
                call->m_record = std::move(*record);
            } else {
                call->m_problem = done.error();
            }
            call->deleteLater();
            Q_EMIT call->finished();
        });
    });
    return call;
}

JournalCall* Journal::trail()
{
    auto* call = new JournalCall(this);
    QMetaObject::invokeMethod(m_writer, [this, call] {
        QList<Deed> deeds;
        const auto done = noted("reading the record", m_writer->trail(deeds));
        QMetaObject::invokeMethod(this, [call, done, deeds] {
            if (done)
                call->m_deeds = deeds;
            else
                call->m_problem = done.error();
            call->deleteLater();
            Q_EMIT call->finished();
        });
    });
    return call;
}

JournalCall* Journal::write(const Change& change)
{
    auto* call = new JournalCall(this);
    QMetaObject::invokeMethod(m_writer, [this, call, change] {
        const auto done = noted("writing", m_writer->write(change));
        const bool deeds = done && !change.deeds.isEmpty();
        QMetaObject::invokeMethod(this, [this, call, done, deeds] {
            if (!done)
                call->m_problem = done.error();
            call->deleteLater();
            Q_EMIT call->finished();
            if (deeds)
                Q_EMIT deedsWritten();
        });
    });
    return call;
}

std::expected<AuditStore::Unshared, storage::Problem> Journal::unshared(int most)
{
    Unshared result;
    storage::Database::Done done;
    QMetaObject::invokeMethod(
        m_writer, [&] { done = m_writer->unshared(most, result); }, Qt::BlockingQueuedConnection);
    return done ? std::expected<Unshared, storage::Problem>(std::move(result))
                : std::unexpected(done.error());
}

std::expected<void, storage::Problem> Journal::setSharing(const std::optional<Sharing>& sharing)
{
    storage::Database::Done done;
    QMetaObject::invokeMethod(
        m_writer, [&] { done = noted("writing", m_writer->setSharing(sharing)); },
        Qt::BlockingQueuedConnection);
    return done;
}

} // namespace captures
