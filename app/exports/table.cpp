// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "exports/table.h"

#include <QIODevice>

#include "base/savefile.h"
#include "exports/csv.h"
#include "exports/json.h"

namespace exports {

namespace {

constexpr qsizetype chunk = 1 << 18;

} // namespace

std::expected<void, QString> write(QIODevice& device, Format format, const Table& table)
{
    QByteArray buffer;
    buffer.reserve(chunk + (chunk >> 2));
    const auto flush = [&] {
        const bool done = device.write(buffer) == buffer.size();
        buffer.resize(0);
        return done;
    };
    const bool csv = format != Format::Json;
    const char separator = format == Format::SemicolonCsv ? ';' : ',';
    // The byte order mark makes spreadsheets read the file as UTF-8.
    buffer += csv ? "\xEF\xBB\xBF" + csvHeader(table.columns, separator) : QByteArrayLiteral("[");
    bool first = true;
    for (const auto& row : table.rows) {
        if (csv) {
            appendCsvLine(buffer, row, separator);
        } else {
            buffer += first ? "\n" : ",\n";
            buffer += jsonObject(table.columns, row);
        }
        first = false;
        if (buffer.size() >= chunk && !flush())
            return std::unexpected(device.errorString());
    }
    if (!csv)
        buffer += "\n]\n";
    if (!flush())
        return std::unexpected(device.errorString());
    return {};
}

std::expected<void, base::SaveProblem> writeFile(const QString& path, Format format, const Table& table)
{
    base::SaveFile file(path);
    if (const auto begun = file.begin(); !begun)
        return begun;
    (void)write(file, format, table); // commit() reports what fails
    return file.commit();
}

} // namespace exports
