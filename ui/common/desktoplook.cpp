// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/desktoplook.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

constexpr int briefMs = 150; ///< the longest time that the window's start blocks
const auto portalName = u"org.freedesktop.portal.Desktop"_s;
const auto portalPath = u"/org/freedesktop/portal/desktop"_s;
const auto settingsInterface = u"org.freedesktop.portal.Settings"_s;
const auto appearanceGroup = u"org.freedesktop.appearance"_s;
const auto schemeKey = u"color-scheme"_s;

QDBusMessage reading()
{
    auto message = QDBusMessage::createMethodCall(portalName, portalPath, settingsInterface, u"Read"_s);
    message.setArguments({appearanceGroup, schemeKey});
    return message;
}

} // namespace

DesktopLook::DesktopLook(const QDBusConnection& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
    if (!m_session.isConnected())
        return;
    qRegisterMetaType<QDBusVariant>(); // QtDBus looks up the slot's parameter types by name
    if (!m_session.connect(portalName, portalPath, settingsInterface, u"SettingChanged"_s, this,
                           SLOT(take(QString, QString, QDBusVariant))))
        qWarning("changes of the desktop's appearance are not heard");
    // A portal that is already running replies before the first paint, so the window is not drawn twice.
    auto now = reading();
    now.setAutoStartService(false);
    const auto answer = m_session.call(now, QDBus::Block, briefMs);
    if (answer.type() == QDBusMessage::ReplyMessage)
        set(answer.arguments().value(0));
    else
        ask();
}

/// Asynchronous, because the portal may have to be started first.
void DesktopLook::ask()
{
    auto* watcher = new QDBusPendingCallWatcher(m_session.asyncCall(reading()), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        if (!watcher->isError())
            set(watcher->reply().arguments().value(0));
    });
}

void DesktopLook::take(const QString& group, const QString& key, const QDBusVariant& value)
{
    if (group == appearanceGroup && key == schemeKey)
        set(value.variant());
}

void DesktopLook::set(const QVariant& scheme)
{
    auto value = scheme;
    while (value.userType() == qMetaTypeId<QDBusVariant>()) // `Read` wraps it twice
        value = value.value<QDBusVariant>().variant();
    constexpr uint prefersDark = 1, prefersLight = 2;
    std::optional<bool> isDark;
    if (value.toUInt() == prefersDark)
        isDark = true;
    else if (value.toUInt() == prefersLight)
        isDark = false;
    if (std::exchange(m_isDark, isDark) != isDark)
        Q_EMIT changed();
}

} // namespace ui
