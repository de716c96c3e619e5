// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <optional>

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QSet>

#include "api/requests.h"
#include "captures/moment.h"

namespace captures {

/// \brief A reading of the account's commands.
struct Listing {
    QList<api::Command> commands;
    bool whole = false;                    ///< read to the end of the list, and nothing in it was missed
    QHash<QString, api::Remnant> odd = {}; ///< of rows that did not decode, by their ID
    QList<api::Remnant> nameless = {};     ///< of those whose ID cannot be read either
    Moment begun;                          ///< when its first page was asked for
    std::chrono::milliseconds ahead{0};    ///< what the service's clock is ahead of ours, as far as it says
};

/// \brief What the account had before a request: nothing of it is that request's.
struct Before {
    QSet<QString> ids; ///< of the commands on its devices, and of those whose device cannot be read
    std::optional<QDateTime>
        newest; ///< when the account's newest command was created, by the service's clock

    bool operator==(const Before&) const = default;
};

} // namespace captures
