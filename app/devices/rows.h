// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <optional>
#include <vector>

#include <QHash>
#include <QStringList>

#include "devices/device.h"
#include "devices/texts.h"

namespace devices {

/// Categories by which rows can be filtered, besides search terms.
enum class Facet { Platform, Standing, Status, Version };
inline constexpr int facetCount = 4;

/// Row ID: constant while the row is known; reused after its removal.
using Place = quint32;
/// Device ID as a number: the rows of a multi-user device share it.
using Machine = quint32;
inline constexpr Machine noMachine = ~Machine(0);

/// \brief The fields of a row that every filter and sort reads: small and contiguous in memory.
struct Row {
    [[nodiscard]] bool isKnown() const { return used && standing != Standing::NotSeen; }

    quint64 version = 0; ///< its first four numbers, packed
    quint64 seen = 0;    ///< increases with the time; 0: unknown
    quint64 tick = 0;    ///< serial number of the tick; 0: not ticked
    quint32 named = 0;   ///< the last refresh that named the row
    Machine machine = noMachine;
    Place next = 0; ///< next and previous row of the device, as a ring
    Place former = 0;
    std::array<quint32, facetCount> facets{}; ///< index of each value in Rows::words()
    Standing standing = Standing::Listed;
    bool used = false;   ///< false: a gap that can be reused
    bool inList = false; ///< in the displayed list
};

/// \brief All rows, with the indexes to find, filter and sort them.
class Rows {
public:
    Place add(const Device& device);
    /// Replaces the device of a row; its tick and the other fields that the fleet sets are kept.
    /// \pre the key is the same
    /// \returns whether the device differs
    bool set(Place place, const Device& device);
    void remove(Place place);
    void setTick(Place place, quint64 tick);
    void expect(qsizetype count); ///< reserves memory for that many rows

    [[nodiscard]] size_t size() const { return m_rows.size(); } ///< with the gaps
    [[nodiscard]] Row& operator[](Place place) { return m_rows[place]; }
    [[nodiscard]] const Row& operator[](Place place) const { return m_rows[place]; }
    [[nodiscard]] const Device& device(Place place) const { return m_devices[place]; }
    [[nodiscard]] const Texts& texts() const { return m_texts; }
    [[nodiscard]] qsizetype known() const { return m_known; }
    [[nodiscard]] qsizetype remembered() const { return m_remembered; }
    [[nodiscard]] qsizetype ticked() const { return m_ticked; }

    [[nodiscard]] std::optional<Place> find(const Key& key) const;
    [[nodiscard]] std::vector<Place> on(const QString& deviceId) const; ///< the known rows of that device
    [[nodiscard]] std::vector<Place> on(Machine machine) const;
    [[nodiscard]] int usersOn(const QString& deviceId) const;
    /// Whether the device has several known users.
    [[nodiscard]] bool isShared(Machine machine) const
    {
        return machine != noMachine && m_machines[machine].known > 1;
    }
    [[nodiscard]] bool isOpen(Machine machine) const { return m_machines[machine].open; }
    void setOpen(Machine machine, bool open) { m_machines[machine].open = open; }

    /// The facet values of all rows, by index.
    [[nodiscard]] const QStringList& words() const { return m_words; }
    [[nodiscard]] std::optional<quint32> numberOf(const QString& word) const;

private:
    struct Users {
        Place first = 0;
        quint32 rows = 0;
        quint32 known = 0;
        bool open = false; ///< expanded: each user has a visible row
    };

    [[nodiscard]] quint32 number(const QString& text);
    void share(QString& text);
    void fill(Place place, const Device& device);
    void count(const Row& row, int by);
    void enter(Place place, const QString& deviceId);
    void leave(Place place);

    std::vector<Row> m_rows;
    std::vector<Device> m_devices;
    Texts m_texts;
    std::vector<Place> m_free;
    QHash<Key, Place> m_byKey;
    QHash<QString, Machine> m_byDevice;
    std::vector<Users> m_machines;
    std::vector<Machine> m_freeMachines;
    QStringList m_words;
    QHash<QString, quint32> m_numbers;
    qsizetype m_known = 0;
    qsizetype m_remembered = 0;
    qsizetype m_ticked = 0;
};

} // namespace devices
