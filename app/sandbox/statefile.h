// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>
#include <vector>

#include <QString>

#include "sandbox/command.h"

namespace sandbox {

/// \brief Who the account is and which keys open it.
struct Identity {
    quint32 seed = 1;
    QString account;
    QString token;
    QString readOnlyToken;
    QString accountToken; ///< owned by the account: `cfat_…`
    QString key;          ///< goes with the account's e-mail

    /// The same seed: the same identity.
    [[nodiscard]] static Identity from(quint32 seed);
};

/// \brief What an account keeps over a restart.
struct State {
    Identity identity;
    quint64 serial = 0; ///< of the next command
    std::vector<Command> commands;
};

/// Nothing where there is no such file yet.  A damaged one is set aside, with `.damaged` after its name, and
/// a sentence on stderr says so.  The error is a sentence.
[[nodiscard]] std::expected<std::optional<State>, QString> readState(const QString& path);

/// Whole or not at all, readable by the owner alone.  The error is a sentence.
[[nodiscard]] std::expected<void, QString> writeState(const QString& path, const State& state);

} // namespace sandbox
