// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class ConnectionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fields_data();
    void fields();
    void pastedSpaceDoesNotCount();
    void environment_data();
    void environment();
    void words_data();
    void words();
    void permissions();
};

class StoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrip();
    void fullDisk();
    void replaced();
    void noKeychain();
    void locked();
    void unreadable_data();
    void unreadable();
    void keptLate();
    void refusedLate();
    void changedWhileItAsks();
    void givenUp();
    void damagedFile_data();
    void damagedFile();
};
