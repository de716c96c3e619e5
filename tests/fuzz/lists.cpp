// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A list that can be read can be written, and then reads the same.

#include <QByteArray>

#include "devices/import.h"
#include "devices/listfile.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char*>(data), qsizetype(size));
    if (const auto sheet = devices::readSheet(bytes)) {
        // Each row of the sheet is used, a repetition, the heading, or told with its reason.
        const auto layout = devices::layoutOf(*sheet);
        const auto reading = devices::readRows(*sheet, layout);
        const auto told = size_t(reading.rows.size() + reading.repeated.size() + reading.bad.size());
        if (told + size_t(layout.header + 1) < sheet->rows.size())
            __builtin_trap();
        for (const auto& row : sheet->rows) {
            if (row.line < 1)
                __builtin_trap();
        }
    }
    const auto first = devices::readList(bytes);
    if (!first)
        return 0;
    const auto second = devices::readList(devices::writeList(first->entries));
    if (!second || second->entries != first->entries || !second->bad.isEmpty())
        __builtin_trap();
    return 0;
}
