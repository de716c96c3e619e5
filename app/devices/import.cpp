// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/import.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>
#include <vector>

#include <QSet>

#include "devices/tr.h"
#include "devices/cells.h"
#include "devices/fleet.h"
#include "devices/utf8.h"

namespace devices {

namespace {

constexpr qsizetype longestCell = 2000; ///< characters of an ID or an e-mail
constexpr qsizetype longestName = 20'000;

/// \brief Set of the distinct rows, by their index in a list: an open-addressing hash table without a node
/// for each row.
class Said {
public:
    void reserve(qsizetype rows)
    {
        const auto wanted = std::bit_ceil(size_t(std::max<qsizetype>(rows, 8)) * 2);
        if (wanted > m_slots.size())
            resize(wanted);
    }

    /// Prefetches the slot of a row that comes soon: the table exceeds the processor's cache.
    void announce(quint32 mark) const { __builtin_prefetch(&m_slots[mark & m_mask]); }

    /// \param mark hash of the row
    /// \param place index of the row, if it is inserted
    /// \param same whether the row at an index is equal
    /// \returns whether the row was inserted, because no earlier row is equal
    template<class Same>
    [[nodiscard]] bool insert(quint32 mark, qsizetype place, Same same)
    {
        reserve(m_taken + 1);
        auto at = mark & m_mask;
        for (; m_slots[at].next != 0; at = (at + 1) & m_mask) {
            if (m_slots[at].mark == mark && same(qsizetype(m_slots[at].next) - 1))
                return false;
        }
        m_slots[at] = {.mark = mark, .next = quint32(place + 1)};
        ++m_taken;
        return true;
    }

private:
    struct Slot {
        quint32 mark = 0; ///< a hash
        quint32 next = 0; ///< the row's index + 1; 0: free slot
    };

    void resize(size_t size)
    {
        const auto former = std::exchange(m_slots, std::vector<Slot>(size));
        m_mask = size - 1;
        for (const auto& slot : former) {
            if (slot.next == 0)
                continue;
            auto at = slot.mark & m_mask;
            while (m_slots[at].next != 0)
                at = (at + 1) & m_mask;
            m_slots[at] = slot;
        }
    }

    std::vector<Slot> m_slots;
    size_t m_mask = 0;
    qsizetype m_taken = 0;
};

/// The part of a row's identity that is not in its key.
QString hostIn(const Entry& entry)
{
    return entry.key.deviceId.isEmpty() ? hostName(entry.name) : QString();
}

/// Removes the rows that repeat an earlier row.
void removeRepeated(Reading& reading, const std::vector<quint32>& marks)
{
    constexpr size_t ahead = 16;
    Said said;
    said.reserve(reading.rows.size());
    auto* const rows = reading.rows.data();
    qsizetype kept = 0;
    for (size_t i = 0; i < marks.size(); ++i) {
        if (i + ahead < marks.size())
            said.announce(marks[i + ahead]);
        auto& row = rows[i];
        const auto isSame = [rows, &row](qsizetype before) {
            const auto& entry = rows[before].entry;
            return entry.key == row.entry.key && hostIn(entry) == hostIn(row.entry);
        };
        if (!said.insert(marks[i], kept, isSame)) {
            reading.repeated << row.line;
            continue;
        }
        if (kept != qsizetype(i))
            rows[kept] = std::move(row);
        ++kept;
    }
    reading.rows.resize(kept);
}

/// \brief Reads the rows of a sheet in order.
class RowReader {
public:
    RowReader(const Sheet& sheet, const Layout& layout)
        : m_sheet(sheet)
        , m_layout(layout)
        , m_id(layout.columns.indexOf(Part::DeviceId))
        , m_registration(layout.columns.indexOf(Part::RegistrationId))
        , m_email(layout.columns.indexOf(Part::Email))
        , m_name(layout.columns.indexOf(Part::Name))
        , m_platform(layout.columns.indexOf(Part::Platform))
    {
    }

    [[nodiscard]] Reading read()
    {
        m_reading.bad = m_sheet.bad;
        m_reading.notes = m_sheet.notes;
        QSet<int> told; // lines already reported as bad
        for (const auto& bad : m_sheet.bad)
            told.insert(bad.line);
        const auto from = std::min(m_layout.dataFrom(), m_sheet.size());
        m_reading.rows.reserve(m_sheet.size() - from);
        m_marks.reserve(size_t(m_sheet.size() - from));
        for (auto row = from; row < m_sheet.size(); ++row) {
            if (told.isEmpty() || !told.contains(m_sheet.line(row)))
                readRow(row);
        }
        removeRepeated(m_reading, m_marks);
        std::ranges::stable_sort(m_reading.bad, {}, &BadLine::line);
        std::ranges::stable_sort(m_reading.notes, {}, &BadLine::line);
        std::ranges::sort(m_reading.repeated);
        return std::move(m_reading);
    }

private:
    [[nodiscard]] std::optional<QLatin1StringView> asciiAt(qsizetype row, qsizetype column) const
    {
        return column < 0 ? QLatin1StringView() : asciiCell(m_sheet.utf8Cell(row, column));
    }

    /// Text of a cell that is not plain ASCII.
    [[nodiscard]] QString otherAt(qsizetype row, qsizetype column) const
    {
        return plainCell(m_sheet.cell(row, column));
    }

    [[nodiscard]] QString textAt(qsizetype row, qsizetype column) const
    {
        const auto ascii = asciiAt(row, column);
        return ascii ? QString(*ascii) : otherAt(row, column);
    }

    [[nodiscard]] QString idAt(qsizetype row, qsizetype column) const
    {
        const auto ascii = asciiAt(row, column);
        if (!ascii)
            return plainId(otherAt(row, column));
        return ascii->isEmpty() || isWrittenUuid(*ascii) ? QString(*ascii) : plainId(QString(*ascii));
    }

    /// Shares one string among consecutive rows with the same platform.
    [[nodiscard]] QString platform(qsizetype row)
    {
        const auto ascii = asciiAt(row, m_platform);
        if (!ascii)
            return otherAt(row, m_platform);
        if (*ascii != m_lastPlatform)
            m_lastPlatform = QString(*ascii);
        return m_lastPlatform;
    }

    void bad(qsizetype row, const QString& reason)
    {
        m_reading.bad << BadLine{.line = m_sheet.line(row), .reason = reason};
    }

    [[nodiscard]] bool hasSurplus(qsizetype row) const
    {
        if (m_layout.header < 0)
            return false;
        for (auto column = m_sheet.width(m_layout.header); column < m_sheet.width(row); ++column) {
            if (!isBlank(m_sheet.utf8Cell(row, column)))
                return true;
        }
        return false;
    }

    /// Concatenated files repeat the heading.
    [[nodiscard]] bool isHeading(qsizetype row) const
    {
        if (m_layout.header < 0 || m_sheet.width(row) != m_sheet.width(m_layout.header))
            return false;
        for (qsizetype column = 0; column < m_sheet.width(row); ++column) {
            if (m_sheet.utf8Cell(row, column) != m_sheet.utf8Cell(m_layout.header, column))
                return false;
        }
        return true;
    }

    void readRow(qsizetype row)
    {
        const auto asciiEmail = asciiAt(row, m_email);
        const bool isBare = asciiEmail && isBareEmail(*asciiEmail);
        auto cell = asciiEmail ? QString(*asciiEmail) : otherAt(row, m_email);
        Entry entry{.key = {idAt(row, m_id), idAt(row, m_registration), {}},
                    .name = textAt(row, m_name),
                    .platform = platform(row)};
        const bool isNamed = !entry.key.deviceId.isEmpty() || !entry.name.isEmpty();
        if (hasSurplus(row))
            return bad(row, Text::tr("has more cells than the first line names"));
        if (!isNamed && cell.isEmpty())
            return bad(row, Text::tr("names no device: neither an ID, nor a name, nor a user"));
        if (entry.key.deviceId.size() > longestCell || entry.key.registrationId.size() > longestCell ||
            cell.size() > longestCell || entry.name.size() > longestName)
            return bad(row, Text::tr("a cell is too long to be an ID, a name or a user"));
        if (isHeading(row)) {
            m_reading.repeated << m_sheet.line(row);
            return;
        }
        if (cell.isEmpty() || isBare) {
            entry.key.email = std::move(cell);
            return add(row, std::move(entry));
        }
        auto emails = emailsOf(cell);
        if (emails.isEmpty() && !isNamed)
            return bad(row, Text::tr("“%1” is not an e-mail address").arg(cell.left(60)));
        if (emails.isEmpty()) {
            m_reading.notes << BadLine{
                .line = m_sheet.line(row),
                .reason =
                    Text::tr("“%1” is not an e-mail address; the row is used without it").arg(cell.left(60))};
            return add(row, std::move(entry));
        }
        const auto last = std::move(emails.back());
        emails.pop_back();
        for (auto& email : emails) {
            entry.key.email = std::move(email);
            add(row, Entry(entry));
        }
        entry.key.email = last;
        add(row, std::move(entry));
    }

    void add(qsizetype row, Entry&& entry)
    {
        const quint64 hash = qHashMulti(QHashSeed::globalSeed(), entry.key, hostIn(entry));
        m_marks.push_back(quint32(hash ^ (hash >> 32)));
        m_reading.rows.emplaceBack(m_sheet.line(row), std::move(entry));
    }

    const Sheet& m_sheet;
    const Layout& m_layout;
    qsizetype m_id, m_registration, m_email, m_name, m_platform; ///< columns; -1: none
    Reading m_reading;
    std::vector<quint32> m_marks; ///< hash of each row in `m_reading`
    QString m_lastPlatform;
};

/// Without the foreign ID and registration.
Entry withoutId(Entry entry)
{
    entry.key.deviceId.clear();
    entry.key.registrationId.clear();
    return entry;
}

Entry withoutEmail(Entry entry)
{
    entry.key.email.clear();
    return entry;
}

} // namespace

Reading readRows(const Sheet& sheet, const Layout& layout)
{
    return RowReader(sheet, layout).read();
}

QList<Match> matchRows(std::span<const ImportRow> rows, const Fleet& fleet, QSet<Key>& taken)
{
    QList<Match> matches;
    matches.reserve(qsizetype(rows.size()));
    for (const auto& row : rows) {
        const auto& entry = row.entry;
        Match match{.state = Match::State::NotSeen, .devices = fleet.find(entry)};
        bool byId = !entry.key.deviceId.isEmpty();
        if (match.devices.isEmpty() && byId && !entry.name.isEmpty() &&
            fleet.usersOn(entry.key.deviceId) == 0) {
            match.devices = fleet.find(withoutId(entry));
            byId = false;
            match.isForeign = !match.devices.isEmpty();
        }
        bool otherUser = false;
        if (match.devices.isEmpty() && !entry.key.email.isEmpty() && !entry.name.isEmpty()) {
            match.devices = fleet.find(withoutEmail(byId ? entry : withoutId(entry)));
            otherUser = !match.devices.isEmpty();
            match.isForeign = otherUser && !byId && !entry.key.deviceId.isEmpty();
        }
        if (otherUser) {
            match.state = Match::State::Unclear;
        } else if (match.devices.size() == 1 || (byId && !match.devices.isEmpty())) {
            const bool again = std::ranges::all_of(
                match.devices, [&taken](const Device& device) { return taken.contains(device.key()); });
            match.state = again ? Match::State::Repeated : Match::State::Ready;
            for (const auto& device : std::as_const(match.devices))
                taken.insert(device.key());
        } else if (match.devices.size() > 1) {
            match.state = Match::State::Unclear;
        }
        matches << match;
    }
    return matches;
}

void settleMatches(const Reading& reading, QList<Match>& matches)
{
    using State = Match::State;
    const std::span<const ImportRow> rows = reading.rows;
    bool isAnyId = false, isAnyForeign = false;
    QSet<int> found(reading.repeated.begin(), reading.repeated.end()); // matched or repeated lines
    for (size_t i = 0; i < rows.size(); ++i) {
        const auto& match = matches.at(qsizetype(i));
        isAnyForeign = isAnyForeign || match.isForeign;
        isAnyId = isAnyId ||
                  (!match.isForeign && !match.devices.isEmpty() && !rows[i].entry.key.deviceId.isEmpty());
        if (match.state == State::Ready || match.state == State::Repeated)
            found.insert(rows[i].line);
    }
    for (size_t i = 0; i < rows.size(); ++i) {
        auto& match = matches[qsizetype(i)];
        const auto& entry = rows[i].entry;
        const bool isLost = match.state == State::NotSeen || match.state == State::Unclear;
        if (isLost && found.contains(rows[i].line)) {
            match.state = State::Surplus;
            continue;
        }
        if (match.state == State::NotSeen && !entry.key.deviceId.isEmpty() && !entry.name.isEmpty())
            match.isForeign = (isAnyForeign && !isAnyId) || (!isAnyId && !uuidOf(entry.key.deviceId));
    }
}

Entry entryOf(const ImportRow& row, const Match& match)
{
    if (match.state == Match::State::Ready && match.devices.size() == 1)
        return entryOf(match.devices.first());
    return match.isForeign ? withoutId(row.entry) : row.entry;
}

} // namespace devices
