// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/kwallet.h"

#include <utility>

namespace storage {

namespace {

using namespace Qt::StringLiterals;
using Kind = SecretProblem::Kind;

std::unexpected<SecretProblem> problem(Kind kind, const QString& words)
{
    return std::unexpected(SecretProblem{.kind = kind, .message = words});
}

} // namespace

const QStringList Wallet::names{u"org.kde.kwalletd6"_s, u"org.kde.kwalletd5"_s};

Wallet::Wallet(SessionBus& bus, const QString& name, QString application)
    : m_bus(bus)
    , m_object{name, u"/modules/"_s + name.section(u'.', -1), u"org.kde.KWallet"_s}
    , m_application(std::move(application))
{
}

SecretAnswer Wallet::check()
{
    const auto wallet = networkWallet();
    if (!wallet)
        return std::unexpected(wallet.error());
    const auto isOpen = call(u"isOpen"_s, {*wallet});
    if (!isOpen)
        return std::unexpected(problemOf(isOpen.error()));
    if (!isOpen->toBool())
        return problem(Kind::Locked, u"the wallet is closed"_s);
    return QString();
}

SecretAnswer Wallet::read(const QString& key)
{
    const auto found = openWith(key);
    if (!found)
        return std::unexpected(found.error());
    const auto& wallet = *found;
    if (!wallet)
        return problem(Kind::NotFound, u"the wallet has no such entry"_s);
    const auto secret = call(u"readPassword"_s, {*wallet, m_application, key, m_application});
    if (!secret)
        return std::unexpected(problemOf(secret.error()));
    return secret->toString();
}

SecretAnswer Wallet::write(const QString& key, const QString& secret)
{
    const auto wallet = open();
    if (!wallet)
        return std::unexpected(wallet.error());
    const auto folder = call(u"createFolder"_s, {*wallet, m_application, m_application}); // it may exist
    if (!folder)
        return std::unexpected(problemOf(folder.error()));
    const auto written = call(u"writePassword"_s, {*wallet, m_application, key, secret, m_application});
    if (!written)
        return std::unexpected(problemOf(written.error()));
    if (written->toInt() != 0)
        return problem(Kind::Other, u"the wallet answers %1"_s.arg(written->toInt()));
    return QString();
}

SecretAnswer Wallet::remove(const QString& key)
{
    const auto found = openWith(key);
    if (!found)
        return std::unexpected(found.error());
    const auto& wallet = *found;
    if (!wallet)
        return QString();
    const auto removed = call(u"removeEntry"_s, {*wallet, m_application, key, m_application});
    if (!removed)
        return std::unexpected(problemOf(removed.error()));
    if (removed->toInt() != 0)
        return problem(Kind::Other, u"the wallet answers %1"_s.arg(removed->toInt()));
    return QString();
}

Wallet::Result Wallet::call(const QString& method, const QVariantList& arguments) const
{
    const auto reply = m_bus.call(m_object, method, arguments);
    if (!reply)
        return std::unexpected(reply.error());
    return reply->value(0);
}

std::expected<QString, SecretProblem> Wallet::networkWallet() const
{
    const auto isEnabled = call(u"isEnabled"_s);
    if (!isEnabled)
        return std::unexpected(problemOf(isEnabled.error()));
    if (!isEnabled->toBool())
        return problem(Kind::NoService, u"KDE's wallet is switched off in the System Settings"_s);
    const auto name = call(u"networkWallet"_s);
    if (!name)
        return std::unexpected(problemOf(name.error()));
    return name->toString();
}

std::expected<int, SecretProblem> Wallet::open() const
{
    const auto name = networkWallet();
    if (!name)
        return std::unexpected(name.error());
    const auto reply = m_bus.callWithPrompt(m_object, u"open"_s, {*name, qlonglong(0), m_application});
    if (!reply)
        return std::unexpected(problemOf(reply.error()));
    const int wallet = reply->value(0).toInt();
    if (wallet < 0)
        return problem(Kind::Locked, u"the wallet was not opened"_s);
    return wallet;
}

std::expected<std::optional<int>, SecretProblem> Wallet::openWith(const QString& key) const
{
    const auto wallet = open();
    if (!wallet)
        return std::unexpected(wallet.error());
    const auto reply = call(u"hasEntry"_s, {*wallet, m_application, key, m_application});
    if (!reply)
        return std::unexpected(problemOf(reply.error()));
    return reply->toBool() ? std::optional(*wallet) : std::nullopt;
}

} // namespace storage
