// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>
#include <vector>

#include <QString>

#include "sandbox/command.h"

namespace sandbox {

/// \brief Identity of the account: its ID and its credentials.
struct Identity {
    quint32 seed = 1;
    QString account;
    QString token;
    QString readOnlyToken;
    QString accountToken; ///< owned by the account: `cfat_…`
    QString key;          ///< used with the account's e-mail

    /// Derives the identity from the seed, always the same.
    [[nodiscard]] static Identity from(quint32 seed);
};

/// \brief State of an account that survives a restart.
struct State {
    Identity identity;
    quint64 serial = 0; ///< of the next command
    std::vector<Command> commands;
};

/// Returns nothing if the file does not exist. A damaged file is renamed to `*.damaged`, with a sentence on
/// stderr. The error is a sentence.
[[nodiscard]] std::expected<std::optional<State>, QString> readState(const QString& path);

/// Writes the file atomically, readable by its owner alone. The error is a sentence.
[[nodiscard]] std::expected<void, QString> writeState(const QString& path, const State& state);

} // namespace sandbox
