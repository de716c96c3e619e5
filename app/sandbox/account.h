// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>
#include <vector>

#include <QDateTime>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

#include "sandbox/fleet.h"
#include "sandbox/options.h"
#include "sandbox/reply.h"
#include "sandbox/validation.h"

namespace sandbox {

/// \brief A command and its fate, which is settled when it is created; its status follows from the clock.
struct Command {
    QString id;
    QString type;
    QString deviceId;
    QString registrationId;
    QString userEmail;
    QJsonObject args;
    QDateTime created;
    double seconds = 60; ///< on the device, in the account's own time
    double uploadSeconds = 10;
    bool fails = false;
    bool empty = false;   ///< succeeds without a file
    bool urlName = false; ///< its filename is written as a URL
    bool partial = false; ///< one interface of the capture failed

    /// A number of its own for whatever is made up for it.
    [[nodiscard]] quint64 seed() const { return id.left(8).toULongLong(nullptr, 16); }
};

/// \brief The account: who may come in, its devices, its commands, its quota.  Not thread-safe: the server
/// locks.
class Account {
public:
    explicit Account(const Options& options);

    [[nodiscard]] QString id() const { return m_id; }
    [[nodiscard]] QString token() const { return m_token; }
    [[nodiscard]] QString readOnlyToken() const { return m_readOnlyToken; }
    [[nodiscard]] QString accountToken() const { return m_accountToken; } ///< owned by the account: `cfat_…`
    [[nodiscard]] QString key() const { return m_key; }                   ///< with `email`
    [[nodiscard]] static QString email() { return QStringLiteral("sandbox@example.com"); }

    [[nodiscard]] const Fleet& fleet() const { return m_fleet; }
    [[nodiscard]] const std::vector<Command>& commands() const { return m_commands; } ///< oldest first
    [[nodiscard]] const Command* find(const QString& id) const;
    [[nodiscard]] qint64 usedToday(const QDateTime& now) const;
    [[nodiscard]] QDateTime resetTime(const QDateTime& now) const;

    /// All of them, or none and why.
    [[nodiscard]] std::expected<QList<Command>, Reply> create(const QList<Wanted>& wanted,
                                                              const QDateTime& now);

    [[nodiscard]] QString statusOf(const Command& command, const QDateTime& now) const;
    [[nodiscard]] std::optional<QDateTime> completedAt(const Command& command, const QDateTime& now) const;
    /// The bare name of its file, once there is one.
    [[nodiscard]] std::optional<QString> fileOf(const Command& command, const QDateTime& now) const;
    [[nodiscard]] const Device* deviceOf(const Command& command) const;

private:
    [[nodiscard]] double elapsed(const Command& command, const QDateTime& now) const;
    [[nodiscard]] std::optional<Problem> unsuitable(const Wanted& wanted, const QString& at) const;
    [[nodiscard]] bool isInFlight(const Command& command, const QDateTime& now) const;
    [[nodiscard]] Command make(const Wanted& wanted, const QDateTime& now);
    void addHistory(const QDateTime& now);
    void load();
    void save() const;

    Options m_options;
    QString m_id;
    QString m_token;
    QString m_readOnlyToken;
    QString m_accountToken;
    QString m_key;
    Fleet m_fleet;
    std::vector<Command> m_commands;
    QHash<QString, size_t> m_byId;
    quint64 m_serial = 0;
};

} // namespace sandbox
