// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "connections/store.h"

#include <algorithm>

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

/// Why there is no key, and what to do about it.
QString unreadable(const storage::SecretProblem& problem)
{
    using Kind = storage::SecretProblem::Kind;
    switch (problem.kind) {
    case Kind::NoService:
        return Store::tr("This computer has no keychain that runs, so the key was not kept. Type it again.");
    case Kind::Locked:
        return Store::tr("The keychain is locked. Unlock it and try again, or type the key again.");
    case Kind::NotFound: return Store::tr("The keychain has no key for this connection. Type it again.");
    case Kind::Other: break;
    }
    return Store::tr("The keychain does not answer (%1). Try again, or type the key again.")
        .arg(problem.message);
}

QString notKept(const storage::SecretProblem& problem)
{
    using Kind = storage::SecretProblem::Kind;
    switch (problem.kind) {
    case Kind::NoService:
        return Store::tr("This computer has no keychain that runs: the key stays in memory and is gone when "
                         "Capture Desk closes.");
    case Kind::Locked:
        return Store::tr(
            "The keychain is locked: the key stays in memory and is gone when Capture Desk closes. "
            "Unlock it and save the connection again to keep it.");
    case Kind::NotFound:
    case Kind::Other: break;
    }
    return Store::tr(
               "The keychain did not take the key (%1): it stays in memory and is gone when Capture Desk "
               "closes.")
        .arg(problem.message);
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

void Store::end(StoreCall* call, std::expected<Connection, QString> result)
{
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
                whole.endpoint.route.password = password.value_or(QString()); // without it the proxy says so
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
        keep(call, kept);
    return call;
}

/// Its secrets: in the keychain, or else in memory.
void Store::keep(StoreCall* call, const Connection& connection)
{
    const auto failed = [this, call, connection](const storage::SecretProblem& problem) {
        m_memory.insert(connection.id, connection);
        call->m_memoryOnly = notKept(problem);
        end(call, connection);
    };
    after(m_secrets->write(connection.id, secretOf(connection)), call,
          [this, call, connection, failed](const Result& secret) {
              if (!secret) {
                  failed(secret.error());
                  return;
              }
              const auto& password = connection.endpoint.route.password;
              auto* next = password.isEmpty() ? m_secrets->remove(proxyKey(connection.id))
                                              : m_secrets->write(proxyKey(connection.id), password);
              after(next, call, [this, call, connection, failed, password](const Result& result) {
                  if (!result && !password.isEmpty()) {
                      failed(result.error());
                      return;
                  }
                  m_memory.remove(connection.id);
                  end(call, connection);
              });
          });
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
