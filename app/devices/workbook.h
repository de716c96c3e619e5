// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <vector>

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include "devices/sheet.h"

namespace devices {

class Fleet;

/// \brief One sheet of a workbook: its cells as text, without empty rows. The line of a row is the row number
/// that the spreadsheet shows.
struct WorkbookSheet {
    QString name;
    bool hidden = false;
    Sheet sheet;
};

/// \brief A parsed workbook: its sheets in the order of their tabs.
struct Workbook {
    std::vector<WorkbookSheet> sheets;
};

/// Whether the bytes begin with a zip signature, as each workbook that `readWorkbook` accepts.
[[nodiscard]] bool startsAsWorkbook(QByteArrayView bytes);

/// Returns a sentence for the operator about a file that is neither a text table nor a supported workbook:
/// old Excel files, web pages, PDF, …. Empty if the file may be one of those.
[[nodiscard]] QString foreignKind(QByteArrayView bytes);

/// Reads an XLSX or ODS workbook. Text stays as typed (`007`, `1E10`); numbers have no exponent; dates are in
/// ISO 8601; a formula has its saved result; a merged cell's text is repeated in each of its rows. The worst
/// file, 64 MB unpacked with 4 million cells, uses some 500 MB. The error is a sentence for the operator.
[[nodiscard]] std::expected<Workbook, QString> readWorkbook(const QByteArray& bytes);

/// Returns the index of the sheet that most likely has the devices: the first visible sheet with known
/// headings, else the first visible sheet with rows, else the first sheet with rows.
/// \param fleet null: no devices are known
[[nodiscard]] qsizetype likelySheet(const Workbook& workbook, const Fleet* fleet = nullptr);

} // namespace devices
