// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>

#include <QDBusVirtualObject>
#include <QMap>
#include <QStringList>

#include "storage/secretsession.h"

/// \brief A Secret Service with a switch for each known difference and each known fault of real services.  It
/// runs in the test's thread, which a caller must not block.
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
        Accepts, ///< every prompt
        Dismisses,
        IsAway ///< until `answer` is called
    };

    /// \param address of a session bus
    explicit MockSecrets(const QString& address);
    ~MockSecrets() override;

    [[nodiscard]] bool start(); ///< with the collection `login` as the default
    void stop();                ///< leaves the bus; its content stays

    // Content.
    QMap<QString, Collection> collections; ///< by path
    QString defaultCollection;             ///< a path; empty: there is no such alias

    // Behaviour.
    Operator theOperator = Operator::Accepts;
    bool findsLocked = true; ///< a search sees the items of a locked collection
    bool knowsDh = true;
    bool knowsPlain = true;
    bool answersPrompt = true;           ///< the method Prompt replies at once
    QStringList silent;                  ///< methods that get no answer; `*`: all
    QStringList deadly;                  ///< methods that make it leave the bus
    QMap<QString, QString> errors;       ///< by method: the name of the error
    std::function<void(QString)> before; ///< called before each method, with its name

    // Record of calls.
    QStringList calls; ///< methods, in order
    int promptsShown = 0;
    QList<QByteArray> transferred; ///< secrets as transferred over the bus
    /// Prompts whose clients are still connected: a prompt closes when its client leaves the bus.
    [[nodiscard]] int openPrompts() const;
    /// The secrets of all collections, sorted.
    [[nodiscard]] QStringList secrets() const;
    /// The operator answers all open prompts.
    void answer(bool accepts);

    static QString pathOf(const QString& collection);
    /// Stores a secret like the client.
    void put(const QString& collection, const QString& key, const QString& secret);

    [[nodiscard]] QString introspect(const QString& path) const override;
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override;

private:
    struct Prompt {
        std::function<QVariant()> act; ///< called when it is accepted
        QString client;
    };
    struct Session {
        std::shared_ptr<storage::SecretSession> cipher; ///< null: plain text
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
