// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/accounts.h"

#include <algorithm>

#include <QNetworkAccessManager>

#include "connections/written.h"
#include "ui/common/text.h"

namespace ui {

using connections::Act;
using connections::Connection;

namespace {

/// Summarizes how a run ended, without names of devices, users or customers.
QString endOf(const captures::Desk& desk, qint64 run)
{
    using captures::State;
    int ready = 0, failed = 0, cancelled = 0;
    QString ticket;
    for (const auto& capture : desk.captures()) {
        if (capture.run != run)
            continue;
        ticket = capture.ticket;
        if (capture.state == State::Ready)
            ++ready;
        else
            ++(capture.state == State::Cancelled ? cancelled : failed);
    }
    QStringList parts{Accounts::tr("%1 ready").arg(ready)};
    if (failed > 0)
        parts << Accounts::tr("%1 failed").arg(failed);
    if (cancelled > 0)
        parts << Accounts::tr("%1 cancelled").arg(cancelled);
    return Accounts::tr("%1: %2").arg(shown(ticket, 60), parts.join(QStringLiteral(", ")));
}

} // namespace

Accounts::Accounts(const Surroundings& surroundings, QObject* parent)
    : QObject(parent)
    , m_surroundings(surroundings)
{
}

Accounts::~Accounts() = default;

captures::Desk* Accounts::find(const Which& which) const
{
    const auto found = std::ranges::find_if(
        m_accounts, [&which](const auto& account) { return which(account->desk->connection()); });
    return found == m_accounts.end() ? nullptr : (*found)->desk.get();
}

QList<Connection> Accounts::all() const
{
    QList<Connection> result;
    for (const auto& account : m_accounts)
        result << account->desk->connection();
    return result;
}

captures::Desk* Accounts::open(const Connection& connection)
{
    using captures::Journal;
    close([&connection](const Connection& other) {
        return Journal::accountOf(other) == Journal::accountOf(connection) ||
               (!other.id.isEmpty() && other.id == connection.id);
    });
    m_surroundings.hideAll(connection);
    auto account = std::make_unique<Account>();
    account->network = std::make_unique<QNetworkAccessManager>();
    account->desk =
        std::make_unique<captures::Desk>(connection, account->network.get(), m_surroundings.journal,
                                         m_surroundings.pace, m_surroundings.clock);
    auto* desk = account->desk.get();
    desk->setReserve(reserve(*desk));
    recallFormat(*desk);
    wire(*account);
    if (storage::makePrivate(m_surroundings.paths.data))
        account->memory = std::make_unique<devices::Memory>(
            &desk->fleet(), &desk->loader(),
            m_surroundings.paths.data.filePath(QStringLiteral("devices-") +
                                               connection.endpoint.accountId.left(32)));
    m_accounts.push_back(std::move(account));
    if (m_accounts.back()->memory)
        m_accounts.back()->memory->recall();
    desk->refresh();
    return desk;
}

/// The request format that worked last is tried first.  It is stored by base URL and account, so a new
/// address starts without it; choosing a fixed format deletes it.
void Accounts::recallFormat(captures::Desk& desk)
{
    using storage::setting::requestFormat;
    auto* settings = m_surroundings.settings;
    const auto account = captures::Journal::accountOf(desk.connection());
    const auto remembered = settings->get(requestFormat, account);
    if (desk.connection().format == api::FormatChoice::Automatic)
        desk.client().setRemembered(connections::formatFrom(remembered));
    else if (!remembered.isEmpty())
        settings->set(requestFormat, account, QString());
    connect(&desk.client(), &api::Client::formatFound, this, [settings, account](api::Format format) {
        settings->set(requestFormat, account, connections::nameOf(format));
    });
}

void Accounts::wire(Account& account)
{
    auto* desk = account.desk.get();
    const auto fail = [this, desk, &account](Act act, const connections::Explanation& explanation) {
        account.failures.insert_or_assign(act, explanation);
        Q_EMIT failed(desk, act, explanation);
    };
    const auto heal = [this, desk, &account](Act act) {
        account.failures.erase(act);
        Q_EMIT healed(desk, act);
    };
    connect(desk, &captures::Desk::failed, this,
            [fail](Act act, const api::Error& error) { fail(act, connections::explain(error, act)); });
    connect(desk, &captures::Desk::healed, this, heal);
    connect(desk, &captures::Desk::unrecorded, this, [fail](const QString& sentence) {
        fail(Act::Record, {.what = sentence, .todo = {}, .details = {}});
    });
    connect(desk, &captures::Desk::recordedAgain, this, [heal] { heal(Act::Record); });
    connect(desk, &captures::Desk::settled, this, &Accounts::settled);
    connect(&desk->client(), &api::Client::slowed, this, &Accounts::slowed);
    connect(desk, &captures::Desk::runEnded, this,
            [this, desk](qint64 run) { Q_EMIT runEnded(endOf(*desk, run)); });
}

void Accounts::close(const Which& which)
{
    std::erase_if(m_accounts, [&](const std::unique_ptr<Account>& account) {
        const bool goes = which(account->desk->connection());
        if (goes)
            Q_EMIT closing(account->desk.get());
        return goes;
    });
}

const Accounts::Failures& Accounts::failures(const captures::Desk* desk) const
{
    static const Failures none;
    const auto found =
        std::ranges::find_if(m_accounts, [desk](const auto& account) { return account->desk.get() == desk; });
    return found == m_accounts.end() ? none : (*found)->failures;
}

int Accounts::unsent() const
{
    int count = 0;
    for (const auto& account : m_accounts)
        count += account->desk->unsent();
    return count;
}

void Accounts::cancelUnsent()
{
    for (const auto& account : m_accounts)
        account->desk->cancelUnsent();
}

bool Accounts::isSettled() const
{
    return std::ranges::all_of(m_accounts, [](const auto& account) { return account->desk->isSettled(); });
}

int Accounts::reserve(const captures::Desk& desk) const
{
    return m_surroundings.settings->get(storage::setting::reserve,
                                        captures::Journal::accountOf(desk.connection()));
}

void Accounts::setReserve(captures::Desk& desk, int captures)
{
    m_surroundings.settings->set(storage::setting::reserve, captures::Journal::accountOf(desk.connection()),
                                 captures);
    desk.setReserve(captures);
}

} // namespace ui
