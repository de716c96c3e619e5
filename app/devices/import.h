// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <span>

#include <QList>
#include <QSet>

#include "devices/device.h"
#include "devices/sheet.h"

namespace devices {

class Fleet;

/// What a column of somebody's table holds.
enum class Part { Nothing, DeviceId, RegistrationId, Email, Name, Platform };

/// \brief How a sheet is read: what each column is taken for, and where its rows begin.
struct Layout {
    qsizetype header = -1; ///< the row that names the columns; -1: there is none
    QList<Part> columns;
    bool operator==(const Layout&) const = default;

    [[nodiscard]] bool has(Part part) const { return columns.contains(part); }
};

/// Told from the names that people give their columns (`device_id`, `Device ID`, `user_email`, `Hostname`,
/// …); where no row has such, from what the cells look like.
[[nodiscard]] Layout layoutOf(const Sheet& sheet);

/// A column's meaning by its name; `Nothing` where nobody knows it.
[[nodiscard]] Part partOf(const QString& heading);

/// \brief A row that names a device.
struct ImportRow {
    int line = 0;
    Entry entry;
    bool operator==(const ImportRow&) const = default;
};

/// \brief What a sheet says under a layout: each row is used, a repetition, or told with its reason.
struct Reading {
    QList<ImportRow> rows;
    QList<BadLine> bad;
    QList<int> repeated; ///< lines that say what an earlier one has said
    bool operator==(const Reading&) const = default;
};

[[nodiscard]] Reading readRows(const Sheet& sheet, const Layout& layout);

/// \brief A row beside the fleet.
struct Match {
    enum class State {
        Ready,    ///< it is one device (or, by its ID, all users of one)
        NotSeen,  ///< the service does not list it
        Repeated, ///< another row is the same device
        Unclear   ///< several devices fit: the operator chooses
    } state = State::NotSeen;
    QList<Device> devices; ///< that fit
    bool operator==(const Match&) const = default;
};

/// Looks each row up: nothing is guessed.
/// \param taken the devices of the rows before these; those of these are added
[[nodiscard]] QList<Match> matchRows(std::span<const ImportRow> rows, const Fleet& fleet, QSet<Key>& taken);

} // namespace devices
