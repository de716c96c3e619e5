// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "connections/store.h"

#include <algorithm>
#include <utility>

#include <QUuid>

#include "connections/written.h"

namespace connections {

namespace {

QString proxyKey(const QString& id)
{
    return id + QStringLiteral("/proxy");
}

QString secretOf(const Connection& connection)
{
    if (const auto* bearer = std::get_if<api::BearerToken>(&connection.endpoint.credentials))
        return bearer->token;
    return std::get<api::EmailAndKey>(connection.endpoint.credentials).key;
}

void setSecret(Connection& connection, const QString& secret)
{
    if (auto* bearer = std::get_if<api::BearerToken>(&connection.endpoint.credentials))
        bearer->token = secret;
    else
        std::get<api::EmailAndKey>(connection.endpoint.credentials).key = secret;
}

Connection withoutSecrets(Connection connection)
{
    setSecret(connection, {});
    connection.endpoint.route.password.clear();
    return connection;
}

/// The keychain's message in brackets.
QString inBrackets(const storage::SecretProblem& problem)
{
    return problem.message.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(problem.message);
}

/// Why the key is not available, and what to do about it.
QString unreadable(const storage::SecretProblem& problem)
{
    using Kind = storage::SecretProblem::Kind;
    switch (problem.kind) {
    case Kind::NoService:
        return Store::tr(
                   "No keychain can be used on this computer%1, so the key was not kept. Type it again.")
            .arg(inBrackets(problem));
    case Kind::Locked:
        return Store::tr("The keychain is locked and was not unlocked. Ask again and type the keychain's "
                         "password, or type the key again here.");
    case Kind::NotFound: return Store::tr("The keychain has no key for this connection. Type it again.");
    case Kind::Other: break;
    }
    return Store::tr("The keychain did not return the key%1. Ask again, or type the key again here.")
        .arg(inBrackets(problem));
}

QString notKept(const storage::SecretProblem& problem)
{
    using Kind = storage::SecretProblem::Kind;
    switch (problem.kind) {
    case Kind::NoService:
        return Store::tr("No keychain can be used on this computer%1: the key stays in memory and is gone "
                         "when Capture Desk closes.")
            .arg(inBrackets(problem));
    case Kind::Locked:
        return Store::tr("The keychain was not unlocked: the key stays in memory and is gone when Capture "
                         "Desk closes.");
    case Kind::NotFound:
    case Kind::Other: break;
    }
    return Store::tr("The keychain did not keep the key%1: it stays in memory and is gone when Capture "
                     "Desk closes.")
        .arg(inBrackets(problem));
}

} // namespace

Store::Store(const storage::Paths& paths, storage::Secrets* secrets, QObject* parent)
    : QObject(parent)
    , m_file(paths.config.filePath(QStringLiteral("connections.json")), tr("The saved connections"))
    , m_secrets(secrets)
{
    read();
}

const Connection* Store::find(const QString& name) const
{
    const auto found = std::ranges::find_if(m_all, [&name](const Connection& connection) {
        return connection.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == m_all.end() ? nullptr : &*found;
}

void Store::read()
{
    const auto content = m_file.read([](const QByteArray& bytes) {
        const auto read = readConnections(bytes);
        return read ? QString() : read.error();
    });
    if (!content)
        m_problem = content.error();
    else if (*content)
        m_all = readConnections(**content).value();
    m_notice = m_file.notice();
}

std::expected<void, QString> Store::write(const QList<Connection>& all)
{
    if (!m_problem.isEmpty())
        return std::unexpected(m_problem);
    if (const auto written = m_file.write(writtenConnections(all)); !written)
        return std::unexpected(tr("The connection was not saved. %1").arg(base::sentence(written.error())));
    m_all = all;
    Q_EMIT changed();
    return {};
}

void StoreCall::goOn()
{
    if (m_goOn)
        m_goOn();
}

void StoreCall::giveUp()
{
    if (m_secret)
        m_secret->abandon();
}

void Store::end(StoreCall* call, std::expected<Connection, QString> result)
{
    if (std::exchange(call->m_ended, true))
        return;
    call->m_result = std::move(result);
    QMetaObject::invokeMethod(
        call,
        [call] {
            call->deleteLater();
            Q_EMIT call->finished();
        },
        Qt::QueuedConnection);
}

void Store::after(storage::SecretCall* secret, StoreCall* call, const Then& then)
{
    call->m_secret = secret;
    connect(secret, &storage::SecretCall::asking, call, [secret, call] {
        secret->allowAnyTime(); // the operator sees that the program waits, and can give up
        Q_EMIT call->waiting();
    });
    connect(secret, &storage::SecretCall::finished, call, [secret, then] { then(secret->result()); });
}

StoreCall* Store::open(const QString& id)
{
    auto* call = new StoreCall(this);
    if (const auto kept = m_memory.constFind(id); kept != m_memory.constEnd()) {
        end(call, *kept);
        return call;
    }
    const auto found = std::ranges::find(m_all, id, &Connection::id);
    if (found == m_all.end()) {
        end(call, std::unexpected(tr("There is no such connection.")));
        return call;
    }
    after(m_secrets->read(id), call, [this, call, connection = *found](const Result& secret) mutable {
        if (!secret) {
            call->m_mayAskAgain = secret.error().kind != storage::SecretProblem::Kind::NotFound;
            end(call, std::unexpected(unreadable(secret.error())));
            return;
        }
        setSecret(connection, *secret);
        if (connection.endpoint.route.user.isEmpty()) {
            end(call, connection);
            return;
        }
        after(
            m_secrets->read(proxyKey(connection.id)), call, [this, call, connection](const Result& password) {
                auto whole = connection;
                whole.endpoint.route.password = password.value_or(QString()); // if missing, the proxy refuses
                end(call, whole);
            });
    });
    return call;
}

StoreCall* Store::save(const Connection& connection)
{
    auto* call = new StoreCall(this);
    auto kept = connection;
    if (kept.id.isEmpty())
        kept.id = QUuid::createUuid().toString(QUuid::Id128);
    auto all = m_all;
    all.removeIf([&kept](const Connection& one) { return one.id == kept.id; });
    all << withoutSecrets(kept);
    std::ranges::sort(all, [](const Connection& a, const Connection& b) {
        return QString::localeAwareCompare(a.name, b.name) < 0;
    });
    if (const auto written = write(all); !written)
        end(call, std::unexpected(written.error()));
    else
        keepSecrets(call, kept);
    return call;
}

StoreCall* Store::keep(const QString& id)
{
    auto* call = new StoreCall(this);
    if (const auto inMemory = m_memory.constFind(id); inMemory != m_memory.constEnd())
        keepSecrets(call, *inMemory);
    else
        end(call, std::unexpected(tr("There is no such connection.")));
    return call;
}

/// Stores the secrets in the keychain; they stay in memory until that has succeeded.
void Store::keepSecrets(StoreCall* call, const Connection& connection)
{
    const auto id = connection.id;
    const bool toldBefore = m_memory.contains(id);
    const auto former = m_keeping.take(id);
    if (former.secret)
        former.secret->abandon();
    if (former.call)
        former.call->goOn();
    m_memory.insert(id, connection);
    const int attempt = ++m_attempts;
    auto* secret = m_secrets->write(id, secretOf(connection));
    m_keeping.insert(id, {.attempt = attempt, .call = call, .secret = secret, .toldBefore = toldBefore});
    call->m_goOn = [this, call, connection, attempt] {
        if (call->m_ended)
            return;
        call->m_memoryOnly =
            tr("The keychain waits for its password. Until it is typed, the key is in memory only.");
        end(call, connection);
        const auto keeping = m_keeping.find(connection.id);
        if (keeping == m_keeping.end() || keeping->attempt != attempt)
            return;
        keeping->call = nullptr;
        keeping->toldBefore = true;
    };
    // The context is the store, because the call may have ended already.
    connect(secret, &storage::SecretCall::asking, this, [secret, call = QPointer(call)] {
        secret->allowAnyTime();
        if (call)
            Q_EMIT call->waiting();
    });
    connect(secret, &storage::SecretCall::finished, this, [this, secret, attempt, connection] {
        if (const auto& result = secret->result(); result)
            keepPassword(attempt, connection);
        else
            endKeeping(attempt, connection, &result.error());
    });
}

void Store::keepPassword(int attempt, const Connection& connection)
{
    const auto keeping = m_keeping.find(connection.id);
    if (keeping == m_keeping.end() || keeping->attempt != attempt)
        return; // the connection was changed or removed meanwhile
    const auto& password = connection.endpoint.route.password;
    auto* secret = password.isEmpty() ? m_secrets->remove(proxyKey(connection.id))
                                      : m_secrets->write(proxyKey(connection.id), password);
    keeping->secret = secret;
    connect(secret, &storage::SecretCall::finished, this, [this, secret, attempt, connection] {
        const auto& result = secret->result();
        const bool failed = !result && !connection.endpoint.route.password.isEmpty();
        endKeeping(attempt, connection, failed ? &result.error() : nullptr);
    });
}

/// \param problem null: the secrets are stored
void Store::endKeeping(int attempt, const Connection& connection, const storage::SecretProblem* problem)
{
    if (m_keeping.value(connection.id).attempt != attempt)
        return;
    const auto keeping = m_keeping.take(connection.id);
    if (!problem)
        m_memory.remove(connection.id);
    if (keeping.call) {
        keeping.call->m_memoryOnly = problem ? connections::notKept(*problem) : QString();
        end(keeping.call, connection);
    } else if (problem) {
        Q_EMIT notKept(connection.id, connections::notKept(*problem));
    }
    if (!problem && keeping.toldBefore)
        Q_EMIT kept(connection.id);
}

StoreCall* Store::remove(const QString& id)
{
    auto* call = new StoreCall(this);
    auto all = m_all;
    const auto found = std::ranges::find(all, id, &Connection::id);
    if (found == all.end()) {
        end(call, std::unexpected(tr("There is no such connection.")));
        return call;
    }
    const auto removed = all.takeAt(found - all.begin());
    if (const auto written = write(all); !written) {
        end(call, std::unexpected(written.error()));
        return call;
    }
    const bool inMemory = m_memory.remove(id) > 0;
    if (const auto keeping = m_keeping.take(id); keeping.secret)
        keeping.secret->abandon();
    after(m_secrets->remove(proxyKey(id)), call, [this, call, id, removed, inMemory](const Result&) {
        after(m_secrets->remove(id), call, [this, call, removed, inMemory](const Result& result) {
            if (!result && !inMemory)
                end(call, std::unexpected(tr("The connection is removed, but its key may still be in the "
                                             "keychain, which does not let it go (%1).")
                                              .arg(result.error().message)));
            else
                end(call, removed);
        });
    });
    return call;
}

} // namespace connections
