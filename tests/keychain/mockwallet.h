// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QMap>
#include <QStringList>

/// \brief A mock of KDE's wallet with the interface of kwalletd5 and kwalletd6 on the session bus.
class MockWallet : public QDBusVirtualObject {
public:
    enum class Operator { Opens, Refuses, IsAway };

    /// \param name on the bus, such as `org.kde.kwalletd6`
    MockWallet(const QString& address, const QString& name);
    ~MockWallet() override;

    [[nodiscard]] bool start();

    Operator theOperator = Operator::Opens;
    bool isEnabled = true;
    bool isOpen = false;
    QMap<QString, QString> entries; ///< by folder and key, with a slash between them
    QStringList calls;
    [[nodiscard]] bool isAsking() const { return m_asked.type() == QDBusMessage::MethodCallMessage; }
    void answer(bool opens); ///< the operator answers

    [[nodiscard]] QString introspect(const QString& path) const override;
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override;

private:
    QString m_address;
    QString m_service;
    QString m_name;
    QDBusMessage m_asked; ///< the call that waits for an answer
};
