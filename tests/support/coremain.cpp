// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QCoreApplication>

#include "suite.h"

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    return support::runSuites(argc, argv);
}
