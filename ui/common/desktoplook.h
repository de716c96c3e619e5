// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>

namespace ui {

/// \brief Reads from the desktop's settings portal whether the desktop is dark, and reports changes.
///
/// It reads `color-scheme` of `org.freedesktop.appearance`; Qt 6.4 does not.
class DesktopLook : public QObject {
    Q_OBJECT

public:
    /// \param session the session bus; if it is not connected, `isDark` returns nothing
    explicit DesktopLook(const QDBusConnection& session, QObject* parent = nullptr);

    /// Returns nothing if there is no portal or the operator set no preference.
    [[nodiscard]] std::optional<bool> isDark() const { return m_isDark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void take(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void set(const QVariant& scheme);
    void ask();

    QDBusConnection m_session;
    std::optional<bool> m_isDark;
};

} // namespace ui
