// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusVirtualObject>
#include <QString>

/// \brief The desktop's settings portal on the session bus.
class MockPortal : public QDBusVirtualObject {
public:
    explicit MockPortal(const QString& address);
    ~MockPortal() override;

    [[nodiscard]] bool start();
    void stop();
    void change(uint to); ///< sets the scheme and emits the change

    uint scheme = 0; ///< 1: dark, 2: light

    [[nodiscard]] QString introspect(const QString& path) const override;
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override;

private:
    QString m_address;
};
