// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mockportal.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>

using namespace Qt::StringLiterals;

namespace {

const auto mockPortalName = u"mock-portal"_s;
const auto mockPortalPath = u"/org/freedesktop/portal/desktop"_s;

} // namespace

MockPortal::MockPortal(const QString& address)
    : m_address(address)
{
}

MockPortal::~MockPortal()
{
    stop();
}

bool MockPortal::start()
{
    auto own = QDBusConnection::connectToBus(m_address, mockPortalName);
    return own.registerVirtualObject(mockPortalPath, this) &&
           own.registerService(u"org.freedesktop.portal.Desktop"_s);
}

void MockPortal::stop()
{
    QDBusConnection(mockPortalName).unregisterObject(mockPortalPath);
    QDBusConnection::disconnectFromBus(mockPortalName);
}

void MockPortal::change(uint to)
{
    scheme = to;
    auto signal =
        QDBusMessage::createSignal(mockPortalPath, u"org.freedesktop.portal.Settings"_s, u"SettingChanged"_s);
    signal.setArguments(
        {u"org.freedesktop.appearance"_s, u"color-scheme"_s, QVariant::fromValue(QDBusVariant(scheme))});
    QDBusConnection(mockPortalName).send(signal);
}

QString MockPortal::introspect(const QString&) const
{
    return {};
}

bool MockPortal::handleMessage(const QDBusMessage& message, const QDBusConnection& connection)
{
    const QVariantList asked{u"org.freedesktop.appearance"_s, u"color-scheme"_s};
    if (message.member() != "Read"_L1 || message.arguments() != asked)
        return connection.send(
            message.createErrorReply(u"org.freedesktop.portal.Error.NotFound"_s, message.member()));
    const QDBusVariant inner(scheme);
    return connection.send(
        message.createReply(QVariant::fromValue(QDBusVariant(QVariant::fromValue(inner)))));
}
