// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// bench_window WHAT [DEVICES] [URL ACCOUNT TOKEN]   prints one figure, followed by details.

#include <cstdio>

#include <QFile>
#include <QTableView>

#include <sys/resource.h>

#include "devices/import.h"
#include "exports/table.h"
#include "process.h"
#include "stage.h"

namespace {

using namespace bench;

double cpuMs()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) {
        return double(time.tv_sec) * 1e3 + double(time.tv_usec) / 1e3;
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

exports::Table tableOf(qsizetype count)
{
    exports::Table table{.columns = {QStringLiteral("name"), QStringLiteral("email"),
                                     QStringLiteral("device_id"), QStringLiteral("platform"),
                                     QStringLiteral("status"), QStringLiteral("version")},
                         .rows = {}};
    const auto devices = make(count);
    for (const auto& device : devices)
        table.rows << QList<exports::Cell>{device.name,     device.email,  device.deviceId,
                                           device.platform, device.status, device.version};
    return table;
}

} // namespace

int main(int argc, char** argv)
{
    Application app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("capturedesk"));
    const auto arguments = QCoreApplication::arguments();
    const auto what = arguments.value(1);
    const auto devices = arguments.value(2).toLongLong();
    const connections::Connection account{.kind = connections::Connection::Kind::Typed,
                                          .name = QStringLiteral("Contoso"),
                                          .endpoint = {.baseUrl = QUrl(arguments.value(3)),
                                                       .accountId = arguments.value(4),
                                                       .credentials = api::BearerToken{arguments.value(5)}}};

    if (what == QLatin1StringView("export")) {
        const auto table = tableOf(devices);
        const auto start = now();
        if (!exports::writeFile(arguments.value(3), exports::Format::Csv, table))
            qFatal("the file was not written");
        std::printf("%.3f\n", now() - start);
        return 0;
    }

    if (what == QLatin1StringView("import")) {
        QFile file(arguments.value(3));
        const auto start = now();
        if (!file.open(QIODevice::ReadOnly))
            qFatal("there is no file");
        const auto read = devices::readSheet(file.readAll());
        const auto cells = now() - start;
        const auto rows =
            read ? devices::readRows(read->sheet, devices::layoutOf(read->sheet)).rows.size() : 0;
        if (rows != devices)
            qFatal("not all rows are read");
        std::printf("%.3f rows of entries %.3f\n", cells, now() - start);
        return 0;
    }

    Stage stage;
    stage.show();
    if (what == QLatin1StringView("load")) {
        const auto start = now();
        const auto cpu = cpuMs();
        stage.window().open(account);
        stage.wait([&] { return !stage.window().desk()->loader().isRunning(); });
        if (stage.window().desk()->fleet().size() != devices)
            qFatal("not all devices came");
        stage.settle();
        std::printf("%.3f cpu %.3f\n", now() - start, cpuMs() - cpu);
    } else if (what == QLatin1StringView("keystroke")) {
        keystrokes(stage, devices);
    } else if (what == QLatin1StringView("sort")) {
        sorting(stage, devices);
    } else if (what == QLatin1StringView("hold")) {
        holding(app, stage, account, devices);
    } else {
        qFatal("what?");
    }
    std::fflush(stdout);
    return 0;
}
