// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/layout.h"

#include <algorithm>
#include <vector>

#include "devices/tr.h"
#include "devices/cells.h"
#include "devices/fleet.h"
#include "devices/utf8.h"

namespace devices {

namespace {

constexpr qsizetype headerWithin = 60; ///< rows searched for the header, which may follow titles and dates
constexpr qsizetype mostSamples = 400; ///< rows sampled to classify a column
constexpr qsizetype mostColumns = 200; ///< columns classified; bounds the cost of a damaged line

/// \brief Classification of the sampled cells of a column.
struct Column {
    Heading heading;
    qsizetype filled = 0;
    qsizetype uuids = 0;
    qsizetype emails = 0;
    qsizetype accounts = 0; ///< `CONTOSO\ana`
    // Cells that match devices of the account.
    qsizetype knownIds = 0;
    qsizetype knownEmails = 0;
    qsizetype knownNames = 0;

    [[nodiscard]] bool holdsIds() const { return uuids * 2 > filled; }
    [[nodiscard]] bool holdsEmails() const { return emails * 2 > filled; }
};

qsizetype filledCells(const Sheet& sheet, qsizetype row)
{
    qsizetype filled = 0;
    for (qsizetype column = 0; column < sheet.width(row); ++column)
        filled += !isBlank(sheet.utf8Cell(row, column));
    return filled;
}

/// Finds the first row of the table: rows of one cell above rows of several are titles.
qsizetype tableStart(const Sheet& sheet)
{
    const auto rows = std::min(mostSamples, sheet.size());
    qsizetype several = 0, first = -1;
    for (qsizetype row = 0; row < rows; ++row) {
        if (filledCells(sheet, row) < 2)
            continue;
        ++several;
        if (first < 0)
            first = row;
    }
    return first > 0 && several * 2 > rows - first ? first : 0;
}

bool isData(QStringView cell)
{
    return isEmail(cell) || uuidOf(cell);
}

/// Finds the header: of the rows above the first data, the one with the most known headings.
qsizetype headerOf(const Sheet& sheet, qsizetype start)
{
    qsizetype header = -1, most = 0;
    for (auto row = start; row < std::min(headerWithin, sheet.size()); ++row) {
        qsizetype names = 0;
        bool data = false;
        for (qsizetype column = 0; column < sheet.width(row) && !data; ++column) {
            const auto cell = plainCell(sheet.cell(row, column));
            names += headingOf(cell).part != Part::Nothing;
            data = isData(cell);
        }
        if (data)
            break;
        if (names > most) {
            header = row;
            most = names;
        }
    }
    return header;
}

/// Samples rows from the whole sheet.
std::vector<qsizetype> sampledRows(const Sheet& sheet, qsizetype from)
{
    std::vector<qsizetype> rows;
    const auto count = sheet.size() - from;
    const auto most = std::min(mostSamples, count);
    rows.reserve(size_t(std::max<qsizetype>(most, 0)));
    for (qsizetype i = 0; i < most; ++i)
        rows.push_back(from + (count <= mostSamples ? i : i * count / most));
    return rows;
}

Column columnOf(const Sheet& sheet, qsizetype column, const std::vector<qsizetype>& rows, const Fleet* fleet)
{
    Column found;
    for (const auto row : rows) {
        const auto cell = plainCell(sheet.cell(row, column));
        if (cell.isEmpty())
            continue;
        ++found.filled;
        if (const auto id = uuidOf(cell)) {
            ++found.uuids;
            found.knownIds += fleet && fleet->usersOn(*id) > 0;
        } else if (const auto emails = emailsOf(cell); !emails.isEmpty()) {
            ++found.emails;
            found.knownEmails +=
                fleet && std::ranges::any_of(emails, [fleet](const QString& email) {
                    return !fleet->find(Entry{.key = {{}, {}, email}, .name = {}, .platform = {}}).isEmpty();
                });
        } else {
            found.accounts += cell.contains(u'\\');
            if (fleet && fleet->usersOn(cell) > 0)
                ++found.knownIds;
            else if (fleet && !fleet->find(Entry{.key = {}, .name = cell, .platform = {}}).isEmpty())
                ++found.knownNames;
        }
    }
    return found;
}

/// \brief Decides what each column holds.
class Judge {
public:
    Judge(const Sheet& sheet, Layout& layout, const Fleet* fleet)
        : m_sheet(sheet)
        , m_layout(layout)
        , m_fleet(fleet && fleet->size() > 0 ? fleet : nullptr)
        , m_rows(sampledRows(sheet, layout.dataFrom()))
    {
    }

    void decide()
    {
        auto width = m_layout.header >= 0 ? m_sheet.width(m_layout.header) : m_sheet.widest();
        m_layout.columns = QList<Part>(width, Part::Nothing);
        m_layout.reasons = QStringList(width);
        width = std::min(width, mostColumns);
        for (qsizetype column = 0; column < width; ++column) {
            m_columns.push_back(columnOf(m_sheet, column, m_rows, m_fleet));
            if (m_layout.header >= 0)
                m_columns.back().heading = headingOf(plainCell(m_sheet.cell(m_layout.header, column)));
        }
        decideIds();
        decideEmails();
        decideNames();
        decideByHeading(Part::RegistrationId);
        decideByHeading(Part::Platform);
        decideBareNames();
        explain();
        compareUsers();
    }

private:
    void give(qsizetype column, Part part)
    {
        if (column >= 0)
            m_layout.columns[column] = part;
    }

    /// Returns the unused column with the highest value; -1 if none is above 0.
    /// \param worth value of a column
    template<class Worth>
    [[nodiscard]] qsizetype best(Worth worth) const
    {
        qsizetype found = -1;
        double most = 0;
        for (qsizetype column = 0; column < qsizetype(m_columns.size()); ++column) {
            if (m_layout.columns[column] != Part::Nothing)
                continue;
            if (const double value = worth(m_columns[size_t(column)]); value > most) {
                most = value;
                found = column;
            }
        }
        return found;
    }

    static double weightFor(const Column& column, Part part)
    {
        return column.heading.part == part ? column.heading.weight : 0;
    }

    [[nodiscard]] bool hasOther(Part than) const
    {
        return std::ranges::any_of(m_columns, [than](const Column& column) {
            return column.filled > 0 && column.heading.part != than &&
                   (column.heading.part == Part::Name || column.holdsEmails() || column.knownNames > 0);
        });
    }

    void decideIds()
    {
        auto column = best([](const Column& one) { return double(one.knownIds); });
        if (column < 0) {
            column = best([](const Column& one) {
                return one.holdsIds() ? 10 + weightFor(one, Part::DeviceId) : weightFor(one, Part::DeviceId);
            });
            if (column >= 0) {
                const auto& one = m_columns[size_t(column)];
                // IDs of no known device while names are known; or a weak heading over cells that are not
                // IDs.
                const bool named =
                    std::ranges::any_of(m_columns, [](const Column& other) { return other.knownNames > 0; });
                if (named ||
                    (!one.holdsIds() && one.heading.weight < 2 && one.filled > 0 && hasOther(Part::DeviceId)))
                    return;
            }
        }
        give(column, Part::DeviceId);
    }

    void decideEmails()
    {
        auto column = best([](const Column& one) { return double(one.knownEmails); });
        if (column < 0)
            column = best([](const Column& one) {
                if (one.holdsEmails())
                    return 10 + weightFor(one, Part::Email);
                return one.emails > 0 || one.filled == 0 ? weightFor(one, Part::Email) : 0;
            });
        if (column < 0 && m_layout.header >= 0 && !isAnyNamed()) // nothing else identifies a device
            column = best([](const Column& one) { return weightFor(one, Part::Email); });
        give(column, Part::Email);
    }

    [[nodiscard]] bool isAnyNamed() const
    {
        return std::ranges::any_of(m_columns, [](const Column& column) {
            return column.filled > 0 &&
                   (column.heading.part == Part::Name || column.heading.part == Part::DeviceId ||
                    column.holdsIds() || column.knownNames > 0);
        });
    }

    void decideNames()
    {
        auto column = best([](const Column& one) {
            return one.knownNames * 20 >= one.filled ? double(one.knownNames) : 0.0;
        });
        if (column < 0)
            column = best([](const Column& one) {
                // A column of IDs or e-mails under a misleading heading.
                const bool other = one.filled > 0 && (one.holdsIds() || one.holdsEmails());
                return other ? 0 : weightFor(one, Part::Name);
            });
        give(column, Part::Name);
    }

    void decideByHeading(Part part)
    {
        give(best([part](const Column& one) { return weightFor(one, part); }), part);
    }

    /// Uses a column that has neither IDs nor e-mails nor a known heading for the name. Without a header it
    /// is the first such column; with a header, only if there is exactly one.
    void decideBareNames()
    {
        const auto isBare = [](const Column& one) {
            return one.filled > 0 && one.heading.part == Part::Nothing && !one.holdsIds() &&
                   !one.holdsEmails();
        };
        if (m_layout.has(Part::Name) ||
            (m_layout.header >= 0 &&
             (m_layout.has(Part::DeviceId) || std::ranges::count_if(m_columns, isBare) != 1)))
            return;
        give(best([&isBare](const Column& one) { return isBare(one) ? 1 : 0; }), Part::Name);
    }

    void explain()
    {
        for (qsizetype column = 0; column < qsizetype(m_columns.size()); ++column) {
            const auto& one = m_columns[size_t(column)];
            if (m_layout.columns[column] != Part::Nothing || one.filled == 0)
                continue;
            auto& reason = m_layout.reasons[column];
            if (one.heading.part == Part::DeviceId || one.holdsIds())
                reason = m_fleet ? Text::tr("IDs of another system: no device of this account has them")
                                 : Text::tr("IDs of another system");
            else if (one.heading.part == Part::Email && one.accounts * 2 > one.filled)
                reason = Text::tr("account names, no e-mail addresses");
            else if (one.heading.part == Part::Email && one.emails == 0)
                reason = Text::tr("no e-mail addresses");
            if (m_layout.has(Part::DeviceId) && one.heading.part == Part::DeviceId)
                reason = Text::tr("another column has the IDs");
        }
    }

    /// Rejects an e-mail column if none of its addresses is a user of the device in the same row: they are of
    /// managers, or of whoever ordered the device.
    void compareUsers()
    {
        const auto names = m_layout.columns.indexOf(Part::Name);
        const auto emails = m_layout.columns.indexOf(Part::Email);
        if (!m_fleet || names < 0 || emails < 0)
            return;
        qsizetype strangers = 0;
        for (const auto row : m_rows) {
            const auto addresses = emailsOf(plainCell(m_sheet.cell(row, emails)));
            const auto name = plainCell(m_sheet.cell(row, names));
            if (addresses.isEmpty() || name.isEmpty())
                continue;
            if (m_fleet->find(Entry{.key = {}, .name = name, .platform = {}}).isEmpty())
                continue;
            for (const auto& address : addresses) {
                if (!m_fleet->find(Entry{.key = {{}, {}, address}, .name = name, .platform = {}}).isEmpty())
                    return;
            }
            ++strangers;
        }
        if (strangers < 2)
            return;
        m_layout.columns[emails] = Part::Nothing;
        m_layout.reasons[emails] = Text::tr("none of them is a user of the device beside it");
    }

    const Sheet& m_sheet;
    Layout& m_layout;
    const Fleet* m_fleet;
    std::vector<qsizetype> m_rows;
    std::vector<Column> m_columns;
};

/// Whether a row of unknown words is a header: the columns below it hold data, the row itself does not.
bool looksLikeHeader(const Sheet& sheet, qsizetype row, const Fleet* fleet)
{
    if (row + 1 >= sheet.size())
        return false;
    bool differs = false;
    const auto rows = sampledRows(sheet, row + 1);
    for (qsizetype column = 0; column < std::min(sheet.width(row), mostColumns); ++column) {
        const auto above = columnOf(sheet, column, {row}, fleet);
        if (above.uuids + above.emails + above.knownIds + above.knownNames > 0)
            return false;
        const auto below = columnOf(sheet, column, rows, fleet);
        const auto data = below.uuids + below.emails + below.knownIds * (below.uuids == 0) + below.knownNames;
        differs = differs || (above.filled > 0 && data > 0 && data * 10 >= below.filled * 6);
    }
    return differs;
}

bool isRule(const Sheet& sheet, qsizetype row)
{
    return row < sheet.size() && [&] {
        for (qsizetype column = 0; column < sheet.width(row); ++column) {
            const auto cell = sheet.cell(row, column).trimmed();
            if (cell.size() < 2 || std::ranges::any_of(cell, [](QChar c) { return c != u'-' && c != u'='; }))
                return false;
        }
        return true;
    }();
}

} // namespace

Layout layoutOf(const Sheet& sheet, const Fleet* fleet)
{
    Layout layout;
    const auto start = tableStart(sheet);
    layout.header = headerOf(sheet, start);
    if (layout.header < 0 && !sheet.isEmpty() && looksLikeHeader(sheet, start, fleet))
        layout.header = start;
    layout.first = layout.header >= 0 ? layout.header + 1 : start;
    // Database exports underline the header.
    if (layout.header >= 0 && isRule(sheet, layout.first))
        ++layout.first;
    Judge(sheet, layout, fleet).decide();
    return layout;
}

} // namespace devices
