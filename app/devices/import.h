// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <span>

#include <QList>
#include <QSet>

#include "devices/device.h"
#include "devices/layout.h"
#include "devices/sheet.h"

namespace devices {

class Fleet;

/// \brief An imported row that names a device.
struct ImportRow {
    int line = 0;
    Entry entry;
    bool operator==(const ImportRow&) const = default;
};

/// \brief Result of reading a sheet with a layout: each row is used, counted as a repetition, or reported
/// with a reason.
struct Reading {
    QList<ImportRow> rows; ///< several with one line number if a cell has several e-mail addresses
    QList<BadLine> bad;
    QList<BadLine> notes; ///< rows that are used in part
    QList<int> repeated;  ///< lines that repeat an earlier row
    bool operator==(const Reading&) const = default;
};

[[nodiscard]] Reading readRows(const Sheet& sheet, const Layout& layout);

/// \brief Result of matching an imported row against the fleet.
struct Match {
    enum class State {
        Ready,    ///< one device; or, by device ID, all users of one
        NotSeen,  ///< the service does not list it
        Repeated, ///< an earlier row matched the same device
        Unclear,  ///< several devices match, or users other than the row's: the operator chooses
        Surplus   ///< another e-mail address of the same row was found, this one was not
    } state = State::NotSeen;
    QList<Device> devices;  ///< the matching devices
    bool isForeign = false; ///< the row's ID is of another account or system; its name is used instead
    bool operator==(const Match&) const = default;
};

/// Matches each row against the fleet, without guessing. If no device of the account has the row's ID, but
/// one has its name, the name wins.
/// \param taken devices that earlier rows matched; the devices matched here are added
[[nodiscard]] QList<Match> matchRows(std::span<const ImportRow> rows, const Fleet& fleet, QSet<Key>& taken);

/// Applies the rules that need all rows. If foreign IDs were matched by name and no row by its ID, all IDs
/// are foreign; so is an ID that is not a UUID if no row was matched by ID. If one e-mail address of a row
/// was found, its other addresses become `Surplus`.
/// \param matches one for each row of `reading`
void settleMatches(const Reading& reading, QList<Match>& matches);

/// The list entry of a row: the matched device; else the row itself, without a foreign ID.
[[nodiscard]] Entry entryOf(const ImportRow& row, const Match& match);

} // namespace devices
