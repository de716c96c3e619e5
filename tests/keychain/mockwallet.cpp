// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mockwallet.h"

#include <QDBusConnection>

using namespace Qt::StringLiterals;

namespace {

constexpr int handle = 7;
constexpr int refused = -1;

} // namespace

MockWallet::MockWallet(const QString& address, const QString& name)
    : m_address(address)
    , m_service(name)
    , m_name(u"mock-"_s + name)
{
}

MockWallet::~MockWallet()
{
    QDBusConnection::disconnectFromBus(m_name);
}

bool MockWallet::start()
{
    auto own = QDBusConnection::connectToBus(m_address, m_name);
    return own.registerVirtualObject(u"/modules/"_s + m_service.section(u'.', -1), this) &&
           own.registerService(m_service);
}

void MockWallet::answer(bool opens)
{
    isOpen = opens;
    QDBusConnection(m_name).send(m_asked.createReply(opens ? handle : refused));
    m_asked = {};
}

QString MockWallet::introspect(const QString&) const
{
    return {};
}

bool MockWallet::handleMessage(const QDBusMessage& message, const QDBusConnection& connection)
{
    const auto method = message.member();
    const auto arguments = message.arguments();
    calls << method;
    const auto entry = arguments.value(1).toString() + u'/' + arguments.value(2).toString();
    QVariant result;
    if (method == "isEnabled"_L1) {
        result = isEnabled;
    } else if (method == "networkWallet"_L1) {
        result = u"kdewallet"_s;
    } else if (method == "isOpen"_L1) {
        result = isOpen;
    } else if (method == "open"_L1) {
        if (!isOpen && theOperator == Operator::IsAway) {
            message.setDelayedReply(true);
            m_asked = message;
            return true;
        }
        isOpen = isOpen || theOperator == Operator::Opens;
        result = isOpen ? handle : refused;
    } else if (method == "createFolder"_L1) {
        result = true;
    } else if (method == "hasEntry"_L1) {
        result = entries.contains(entry);
    } else if (method == "readPassword"_L1) {
        result = entries.value(entry);
    } else if (method == "writePassword"_L1) {
        entries.insert(entry, arguments.value(3).toString());
        result = 0;
    } else if (method == "removeEntry"_L1) {
        result = entries.remove(entry) > 0 ? 0 : -3;
    } else {
        return connection.send(message.createErrorReply(QDBusError::UnknownMethod, method));
    }
    return connection.send(message.createReply(result));
}
