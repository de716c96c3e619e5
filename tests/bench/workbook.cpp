// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// bench_workbook FILE   reads the devices of a workbook, prints the time in ms, the number of rows, and the
// memory of this process in MiB at the end.

#include <cstdio>

#include <QCoreApplication>

#include "devices/import.h"
#include "devices/workbook.h"
#include "process.h"

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const auto start = bench::now();
    QFile file(QCoreApplication::arguments().value(1));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("there is no such file");
    auto workbook = devices::readWorkbook(file.readAll());
    if (!workbook)
        qFatal("%s", qPrintable(workbook.error()));
    const auto& sheet = workbook->sheets[size_t(devices::likelySheet(*workbook))].sheet;
    const auto reading = devices::readRows(sheet, devices::layoutOf(sheet));
    std::printf("%.3f %lld rows, %.0f MiB\n", bench::now() - start,
                static_cast<long long>(reading.rows.size()), bench::memory());
    return 0;
}
