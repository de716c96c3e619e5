// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A list that can be read can be written, and then reads the same.

#include <QFile>
#include <QTemporaryDir>

#include "devices/lists.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size)
{
    static const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("list.csv"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return 0;
    file.write(reinterpret_cast<const char*>(data), qint64(size));
    file.close();
    const auto first = devices::readListFile(path);
    if (!first)
        return 0;
    if (!devices::writeListFile(path, first->entries))
        __builtin_trap();
    const auto second = devices::readListFile(path);
    if (!second || second->entries != first->entries || !second->bad.isEmpty())
        __builtin_trap();
    return 0;
}
