// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <deque>
#include <vector>

#include "api/requests.h"
#include "devices/device.h"
#include "random.h"

namespace model {

/// Milliseconds of true time since the start of the simulation.  No simulated clock shows it.
using Ms = qint64;

inline constexpr Ms second = 1000;
inline constexpr Ms minute = 60 * second;
inline constexpr Ms hour = 60 * minute;
inline constexpr Ms day = 24 * hour;

inline constexpr int colleague = -1;

/// \brief A command that the service created.
struct Command {
    enum class End { File, NoFile, Failed };

    QString id;
    int row = 0; ///< index of its registration
    bool diag = false;
    int maker = colleague; ///< the capture whose POST created it
    Ms exists = 0;         ///< from this time on
    Ms visible = 0;        ///< listed from this time on
    Ms uploads = 0;
    Ms ends = 0;
    End end = End::File;
    QString oddStatus; ///< replaces PENDING_EXEC
    QDateTime created; ///< by the clock of the service's machine that created it
    bool deleted = false;

    [[nodiscard]] bool isShown(Ms now) const { return !deleted && visible <= now && exists <= now; }
    [[nodiscard]] bool isAtWork(Ms now) const { return !deleted && exists <= now && now < ends; }
};

/// \brief The service: a list of commands that end by themselves, and what it reports about them.
class Service {
public:
    /// \param large enough rows for several requests
    Service(Random& random, bool large);

    [[nodiscard]] const std::vector<devices::Device>& rows() const { return m_rows; }
    [[nodiscard]] const std::deque<Command>& commands() const { return m_commands; }
    [[nodiscard]] const Command* find(const QString& id) const;
    [[nodiscard]] QDateTime clock(Ms now) const { return m_start.addMSecs(now); }

    const Command& make(int row, bool diag, int maker, Ms exists, Ms visible, Random& random);
    void remove(const Command& command);
    /// Makes everything pending appear within a minute, and everything at work end.
    void hurry(Ms now);
    [[nodiscard]] api::Command shown(const Command& command, Ms now) const;
    /// The listed commands, the newest first.
    [[nodiscard]] std::vector<const Command*> shown(Ms now) const;

    /// Whether the listed command could be one that was ordered for that device.
    [[nodiscard]] bool looksLike(const Command& command, const devices::Device& ordered, bool diag) const;

private:
    std::vector<devices::Device> m_rows;
    std::deque<Command> m_commands;
    QDateTime m_start;
    bool m_namesRegistrations = true;
    bool m_namesUsers = true;
};

} // namespace model
