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

/// \brief One sheet of a workbook: its cells as text, without empty rows.  A row's line is the number that
/// the spreadsheet shows beside it.
struct WorkbookSheet {
    QString name;
    bool hidden = false;
    Sheet sheet;
};

/// \brief What a spreadsheet program saved: its sheets in the order of their tabs.
struct Workbook {
    std::vector<WorkbookSheet> sheets;
};

/// Whether bytes begin as those of a workbook that `readWorkbook` may read: as a zip archive.
[[nodiscard]] bool startsAsWorkbook(QByteArrayView bytes);

/// A sentence for the operator about a file that is neither a table in text nor a workbook that is read: old
/// Excel files, web pages, PDF, ….  Empty where it may be one.
[[nodiscard]] QString foreignKind(QByteArrayView bytes);

/// Reads a workbook, XLSX or ODS.  Text stays as it was typed (`007`, `1E10`), numbers come without exponent,
/// dates as ISO 8601, formulas as the result that was saved with them, a cell that was merged over several
/// rows is in each of them.  Uses at most some 500 MB for the worst file, 64 MB unpacked with 4 million
/// cells. The error is a sentence for the operator.
[[nodiscard]] std::expected<Workbook, QString> readWorkbook(const QByteArray& bytes);

/// The index of the sheet that an operator most likely means: the first visible one with headings of devices,
/// else the first visible one with rows, else the first with rows.
/// \param fleet null: no devices are known
[[nodiscard]] qsizetype likelySheet(const Workbook& workbook, const Fleet* fleet = nullptr);

} // namespace devices
