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

/// \brief A row that names a device.
struct ImportRow {
    int line = 0;
    Entry entry;
    bool operator==(const ImportRow&) const = default;
};

/// \brief What a sheet says under a layout: each row is used, a repetition, or told with its reason.
struct Reading {
    QList<ImportRow> rows; ///< several with the same line where a cell has several e-mail addresses
    QList<BadLine> bad;
    QList<BadLine> notes; ///< on rows that are used, but not all of what they say
    QList<int> repeated;  ///< lines that say what an earlier one has said
    bool operator==(const Reading&) const = default;
};

[[nodiscard]] Reading readRows(const Sheet& sheet, const Layout& layout);

/// \brief A row beside the fleet.
struct Match {
    enum class State {
        Ready,    ///< it is one device (or, by its ID, all users of one)
        NotSeen,  ///< the service does not list it
        Repeated, ///< another row is the same device
        Unclear,  ///< several devices fit, or other users than the row says: the operator chooses
        Surplus   ///< another e-mail address of the same row has been found, this one is not
    } state = State::NotSeen;
    QList<Device> devices;  ///< that fit
    bool isForeign = false; ///< the row's ID is not of this account: its name counts
    bool operator==(const Match&) const = default;
};

/// Looks each row up: nothing is guessed.  An ID that no device of the account has loses against a name that
/// one has.
/// \param taken the devices of the rows before these; those of these are added
[[nodiscard]] QList<Match> matchRows(std::span<const ImportRow> rows, const Fleet& fleet, QSet<Key>& taken);

/// Decides what only all rows together tell.  Where rows with foreign IDs were found by their names and none
/// by its ID, all IDs are foreign; so is what cannot be an ID of the service.  Of the e-mail addresses of a
/// row, those that were not found go where one was.
/// \param matches one for each of its rows
void settleMatches(const Reading& reading, QList<Match>& matches);

/// What a list keeps of a row: its device, or what the row says, without a foreign ID.
[[nodiscard]] Entry entryOf(const ImportRow& row, const Match& match);

} // namespace devices
