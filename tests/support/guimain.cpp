// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QApplication>

#include "suite.h"

int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    QCoreApplication::setAttribute(Qt::AA_Use96Dpi); // sizes do not depend on the screen
    return support::runSuites(argc, argv);
}
