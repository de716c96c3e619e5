// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>

#include <QDBusVirtualObject>
#include <QMap>
#include <QStringList>

#include "storage/secretsession.h"

/// \brief A Secret Service with a switch for each thing that services do differently, or do wrong.  Lives in
/// the test's own thread, so whoever calls it must not block that.
class MockSecrets : public QDBusVirtualObject {
public:
    struct Item {
        QMap<QString, QString> attributes;
        QByteArray secret;
    };
    struct Collection {
        bool locked = false;
        QMap<QString, Item> items; ///< by path
    };
    enum class Operator {
        Accepts, ///< each prompt
        Dismisses,
        IsAway ///< until `answer` is called
    };

    /// \param address of a session bus
    explicit MockSecrets(const QString& address);
    ~MockSecrets() override;

    [[nodiscard]] bool start(); ///< with the collection `login`, which is the default
    void stop();                ///< leaves the bus; what it holds stays

    // What it holds.
    QMap<QString, Collection> collections; ///< by path
    QString defaultCollection;             ///< a path; empty: there is no such alias

    // How it behaves.
    Operator theOperator = Operator::Accepts;
    bool findsLocked = true; ///< a search sees the items of a locked collection
    bool knowsDh = true;
    bool knowsPlain = true;
    bool answersPrompt = true;           ///< the method Prompt, at once
    QStringList silent;                  ///< methods that get no answer; `*`: all
    QStringList deadly;                  ///< methods at which it leaves the bus
    QMap<QString, QString> errors;       ///< by method: the name of an error
    std::function<void(QString)> before; ///< each method, by name

    // What happened.
    QStringList calls; ///< methods, in their order
    int promptsShown = 0;
    QList<QByteArray> transferred; ///< values of secrets as they crossed the bus
    /// Those whose clients are still there: a prompt closes when who opened it leaves the bus.
    [[nodiscard]] int openPrompts() const;
    /// The secrets of all collections, sorted.
    [[nodiscard]] QStringList secrets() const;
    /// The operator comes back to the open prompts.
    void answer(bool accepts);

    static QString pathOf(const QString& collection);
    /// As the client writes it.
    void put(const QString& collection, const QString& key, const QString& secret);

    [[nodiscard]] QString introspect(const QString& path) const override;
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override;

private:
    struct Prompt {
        std::function<QVariant()> act; ///< what happens when it is accepted
        QString client;
    };
    struct Session {
        std::shared_ptr<storage::SecretSession> cipher; ///< null: plain
    };

    [[nodiscard]] QDBusConnection connection() const;
    [[nodiscard]] QVariantList reply(const QDBusMessage& message);
    [[nodiscard]] QVariantList serviceReply(const QDBusMessage& message);
    [[nodiscard]] QVariantList itemReply(const QDBusMessage& message);
    [[nodiscard]] QVariantList createItem(const QDBusMessage& message);
    [[nodiscard]] QVariant property(const QDBusMessage& message);
    [[nodiscard]] QString newPrompt(const std::function<QVariant()>& act);
    void complete(const QString& prompt, bool accepts);
    [[nodiscard]] Collection* collectionOf(const QString& path);
    [[nodiscard]] Item* itemAt(const QString& path);

    QString m_address;
    QString m_name;
    QMap<QString, Prompt> m_prompts;
    QStringList m_shown;
    QMap<QString, Session> m_sessions;
    int m_count = 0;
};
