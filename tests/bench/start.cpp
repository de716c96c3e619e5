// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// bench_start start|memory [DEVICES URL ACCOUNT TOKEN]   measures the window as main.cpp creates it.

#include <cstdio>

#include <QTimer>

#include "stage.h"

int main(int argc, char** argv)
{
    bench::Application app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("capturedesk"));
    const auto arguments = QCoreApplication::arguments();
    bench::Stage stage;
    stage.show();
    const auto started = bench::now() - bench::bornMs();
    if (arguments.value(1) == QLatin1StringView("start")) {
        std::printf("%.3f\n", started);
        return 0;
    }
    if (arguments.value(2).toLongLong() > 0) {
        stage.window().open({.kind = connections::Connection::Kind::Typed,
                             .name = QStringLiteral("Contoso"),
                             .endpoint = {.baseUrl = QUrl(arguments.value(3)),
                                          .accountId = arguments.value(4),
                                          .credentials = api::BearerToken{arguments.value(5)}}});
        stage.wait([&stage] { return !stage.window().desk()->loader().isRunning(); });
        stage.settle();
    }
    QTimer::singleShot(400, &app, &QCoreApplication::quit);
    QApplication::exec();
    std::printf("%.3f\n", bench::memory());
    return 0;
}
