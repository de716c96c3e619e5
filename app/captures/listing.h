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

/// \brief A snapshot of the account's commands, from one read of the list.
struct Listing {
    QList<api::Command> commands;
    bool whole = false;                    ///< complete: read to the end of the list, no row missed
    QHash<QString, api::Remnant> odd = {}; ///< rows that did not decode, by command ID
    QList<api::Remnant> nameless = {};     ///< rows that did not decode and have no readable ID
    Moment begun;                          ///< when the first page was requested
    std::chrono::milliseconds ahead{0};    ///< how far the service's clock is ahead of ours; 0 if unknown
};

/// \brief Baseline of a request: what the account had before it. None of these commands belongs to the
/// request.
struct Before {
    QSet<QString> ids;               ///< of the commands on its devices, and of all rows that did not decode
    std::optional<QDateTime> newest; ///< creation of the account's newest command, by the service's clock

    bool operator==(const Before&) const = default;
};

} // namespace captures
