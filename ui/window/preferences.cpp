// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/preferences.h"

#include "storage/settings.h"

namespace ui {

using namespace Qt::StringLiterals;
namespace setting = storage::setting;

namespace {

const storage::Setting<QByteArray> sidesOfWindow{"window/sides", {}};
const storage::Setting<QByteArray> halvesOfWindow{"window/halves", {}};

} // namespace

Appearance Preferences::appearance() const
{
    const auto name = m_settings->get(setting::appearance);
    if (name == "light"_L1)
        return Appearance::Light;
    return name == "dark"_L1 ? Appearance::Dark : Appearance::System;
}

void Preferences::setAppearance(Appearance appearance)
{
    QString name;
    switch (appearance) {
    case Appearance::System: name = u"system"_s; break;
    case Appearance::Light: name = u"light"_s; break;
    case Appearance::Dark: name = u"dark"_s; break;
    }
    m_settings->set(setting::appearance, name);
}

QString Preferences::lastConnection() const
{
    return m_settings->get(setting::lastConnection);
}

void Preferences::setLastConnection(const QString& name)
{
    m_settings->set(setting::lastConnection, name);
}

QByteArray Preferences::deviceColumns() const
{
    return m_settings->get(setting::deviceHeader);
}

void Preferences::setDeviceColumns(const QByteArray& state)
{
    m_settings->set(setting::deviceHeader, state);
}

QByteArray Preferences::geometry() const
{
    return m_settings->get(setting::windowGeometry);
}

void Preferences::setGeometry(const QByteArray& geometry)
{
    m_settings->set(setting::windowGeometry, geometry);
}

QByteArray Preferences::sides() const
{
    return m_settings->get(sidesOfWindow);
}

void Preferences::setSides(const QByteArray& state)
{
    m_settings->set(sidesOfWindow, state);
}

QByteArray Preferences::halves() const
{
    return m_settings->get(halvesOfWindow);
}

void Preferences::setHalves(const QByteArray& state)
{
    m_settings->set(halvesOfWindow, state);
}

} // namespace ui
