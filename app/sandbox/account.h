// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>
#include <vector>

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QString>

#include "sandbox/command.h"
#include "sandbox/fleet.h"
#include "sandbox/options.h"
#include "sandbox/reply.h"
#include "sandbox/statefile.h"
#include "sandbox/validation.h"

namespace sandbox {

/// \brief The simulated account: its identity, devices, commands and quota. Not thread-safe: the server
/// locks.
class Account {
public:
    Account(const Options& options, const QDateTime& now);

    /// Why the state file cannot be read or written; a sentence; empty: no error.
    [[nodiscard]] QString trouble() const { return m_trouble; }
    /// Writes the state file, if the options name one.
    void save();

    [[nodiscard]] const Identity& identity() const { return m_state.identity; }
    /// The e-mail to send with the identity's key.
    [[nodiscard]] static QString email() { return QStringLiteral("sandbox@example.com"); }

    [[nodiscard]] const Fleet& fleet() const { return m_fleet; }
    /// Whether the devices that connect late have connected.
    [[nodiscard]] bool allCame(const QDateTime& now) const;
    [[nodiscard]] const std::vector<Command>& commands() const { return m_state.commands; } ///< oldest first
    [[nodiscard]] const Command* find(const QString& id) const;
    [[nodiscard]] qint64 usedToday(const QDateTime& now) const;
    [[nodiscard]] QDateTime resetTime(const QDateTime& now) const;

    /// Creates all commands, or none and returns the error reply.
    [[nodiscard]] std::expected<QList<Command>, Reply> create(const QList<Wanted>& wanted,
                                                              const QDateTime& now);

    [[nodiscard]] QString statusOf(const Command& command, const QDateTime& now) const;
    [[nodiscard]] std::optional<QDateTime> completedAt(const Command& command, const QDateTime& now) const;
    /// The file's name without a path, once the file exists.
    [[nodiscard]] std::optional<QString> fileOf(const Command& command, const QDateTime& now) const;
    [[nodiscard]] const Device* deviceOf(const Command& command) const;

private:
    [[nodiscard]] double elapsed(const Command& command, const QDateTime& now) const;
    [[nodiscard]] std::optional<Problem> unsuitable(const Wanted& wanted, const QString& at,
                                                    const QDateTime& now) const;
    [[nodiscard]] bool isInFlight(const Command& command, const QDateTime& now) const;
    [[nodiscard]] Command make(const Wanted& wanted, const QDateTime& now);
    void add(const Command& command);
    void addHistory(const QDateTime& now);
    [[nodiscard]] State loaded();

    Options m_options;
    QDateTime m_started;
    QString m_trouble;
    State m_state;
    Fleet m_fleet;
    QHash<QString, size_t> m_byId;
    quint64 m_created = 0; ///< since the start
};

} // namespace sandbox
