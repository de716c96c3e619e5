// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/settings.h"

#include <chrono>

#include <QFileInfo>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QSettings>
#include <QUrl>

namespace storage {

namespace {

Q_LOGGING_CATEGORY(settingsLog, "capturedesk.settings", QtInfoMsg)

constexpr std::chrono::seconds retry{30};

QString settingsProblem(const QByteArray& bytes)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return error.errorString();
    return document.isObject() ? QString() : Settings::tr("it holds no settings");
}

} // namespace

Settings::Settings(const Paths& paths, QObject* parent)
    : QObject(parent)
    , m_file(paths.config.filePath(QStringLiteral("settings.json")), tr("The settings"))
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &Settings::save);
    read();
    if (const auto former = paths.config.filePath(QStringLiteral("capturedesk.ini"));
        m_values.isEmpty() && m_mayWrite && QFileInfo::exists(former))
        importFormer(former);
}

Settings::~Settings()
{
    save();
}

void Settings::read()
{
    const auto content = m_file.read(settingsProblem);
    m_notice = content ? m_file.notice() : content.error();
    m_mayWrite = content.has_value();
    if (content && *content)
        m_values = QJsonDocument::fromJson(**content).object();
}

/// Earlier versions used an INI file, in which truncation cannot be detected.
void Settings::importFormer(const QString& path)
{
    const QSettings former(path, QSettings::IniFormat);
    const auto keys = former.allKeys();
    for (const auto& key : keys) {
        const auto value = former.value(key);
        m_values[key] = value.userType() == QMetaType::QByteArray
                            ? QJsonValue(QString::fromLatin1(value.toByteArray().toBase64()))
                            : QJsonValue::fromVariant(value);
    }
}

/// `of` is percent-encoded, because a slash in it could make two names equal.
QString Settings::nameFor(const char* name, const QString& of)
{
    return QLatin1StringView(name) + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(of));
}

void Settings::change(const QString& name, const QJsonValue& value)
{
    if (m_values.value(name) == value)
        return;
    m_values[name] = value;
    m_changed = true;
    m_soon.start(0);
}

void Settings::save()
{
    if (!m_changed || !m_mayWrite)
        return;
    if (const auto written = m_file.write(QJsonDocument(m_values).toJson()); !written) {
        qCWarning(settingsLog).noquote() << "not saved:" << base::details(written.error());
        m_soon.start(retry);
        m_failed = true;
        Q_EMIT failed(tr("The settings were not saved; they hold until Capture Desk closes. %1")
                          .arg(base::sentence(written.error())));
        return;
    }
    m_changed = false;
    m_soon.stop();
    if (std::exchange(m_failed, false))
        Q_EMIT saved();
}

} // namespace storage
