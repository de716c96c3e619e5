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

/// What rows can be picked by, besides words.
enum class Facet { Platform, Standing, Status, Version };
inline constexpr int facetCount = 4;

/// A row's own number, which it keeps while it is known.
using Place = quint32;
/// The number of a device that rows belong to: each of its users has one.
using Machine = quint32;
inline constexpr Machine noMachine = ~Machine(0);

/// \brief What is asked of each row whenever something is looked for: small, for all of them lie side by
/// side.
struct Row {
    [[nodiscard]] bool isKnown() const { return used && standing != Standing::NotSeen; }

    quint64 version = 0; ///< its first four numbers
    quint64 seen = 0;    ///< grows with the time, 0 where unknown
    quint64 tick = 0;    ///< counts the ticks; 0: is not ticked
    quint32 named = 0;   ///< the refresh that named it last
    Machine machine = noMachine;
    Place next = 0; ///< the rows of a machine, in a ring
    Place former = 0;
    std::array<quint32, facetCount> facets{}; ///< the numbers of its values
    Standing standing = Standing::Listed;
    bool used = false;   ///< or a gap
    bool inList = false; ///< that is looked at
};

/// \brief All rows, with what finding, filtering and ordering them need at hand.
class Rows {
public:
    Place add(const Device& device);
    /// Its tick and the rest of the fleet's notes stay.  \pre the key is the same.  \returns whether it
    /// differs
    bool set(Place place, const Device& device);
    void remove(Place place);
    void setTick(Place place, quint64 tick);
    void expect(qsizetype count); ///< so many will come: room is made at once

    [[nodiscard]] size_t size() const { return m_rows.size(); } ///< with the gaps
    [[nodiscard]] Row& operator[](Place place) { return m_rows[place]; }
    [[nodiscard]] const Row& operator[](Place place) const { return m_rows[place]; }
    [[nodiscard]] const Device& device(Place place) const { return m_devices[place]; }
    [[nodiscard]] const Texts& texts() const { return m_texts; }
    [[nodiscard]] qsizetype known() const { return m_known; }
    [[nodiscard]] qsizetype remembered() const { return m_remembered; }
    [[nodiscard]] qsizetype ticked() const { return m_ticked; }

    [[nodiscard]] std::optional<Place> find(const Key& key) const;
    [[nodiscard]] std::vector<Place> on(const QString& deviceId) const; ///< the known ones of that device
    [[nodiscard]] std::vector<Place> on(Machine machine) const;
    [[nodiscard]] int usersOn(const QString& deviceId) const;
    /// Whether several users of the row's machine are known.
    [[nodiscard]] bool isShared(Machine machine) const
    {
        return machine != noMachine && m_machines[machine].known > 1;
    }
    [[nodiscard]] bool isOpen(Machine machine) const { return m_machines[machine].open; }
    void setOpen(Machine machine, bool open) { m_machines[machine].open = open; }

    /// The values that rows have in facets, by their numbers.
    [[nodiscard]] const QStringList& words() const { return m_words; }
    [[nodiscard]] std::optional<quint32> numberOf(const QString& word) const;

private:
    struct Users {
        Place first = 0;
        quint32 rows = 0;
        quint32 known = 0;
        bool open = false; ///< each of them has a row of its own in sight
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
