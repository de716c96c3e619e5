// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// bench_empty start|memory   measures an empty Qt window, as the lower limit.

#include <cstdio>

#include <QApplication>
#include <QMainWindow>
#include <QTimer>

#include "process.h"

namespace {

class EmptyWindow : public QMainWindow {
public:
    bool painted = false;

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QMainWindow::paintEvent(event);
        painted = true;
    }
};

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    EmptyWindow window;
    window.resize(1280, 780);
    window.show();
    while (!window.painted)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const auto started = bench::now() - bench::bornMs();
    if (argc > 1 && qstrcmp(argv[1], "memory") == 0) {
        QTimer::singleShot(400, &app, &QCoreApplication::quit);
        QApplication::exec();
        std::printf("%.3f\n", bench::memory());
    } else {
        std::printf("%.3f\n", started);
    }
    return 0;
}
