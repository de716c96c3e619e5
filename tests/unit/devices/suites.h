// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class ImportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void corpus_data();
    void corpus();
    void corpusIsLarge();
    void columnsChanged();
    void matching();
    void otherSystems_data();
    void otherSystems();
    void columnsByDevices_data();
    void columnsByDevices();
    void foreignIdsOfAbsent();
    void severalUsers();
    void spellings_data();
    void spellings();
    void otherUser();
    void otherUserKeepsTheId();
    void usersOfAbsentDevices();
    void damageOfEarlier();
    void headings();
    void openQuotes();
    void uuids_data();
    void uuids();
    void textFormulas();
    void addresses_data();
    void addresses();
    void invisibleCharacters();
    void longestCells_data();
    void longestCells();
    void longHeadings();
    void likelySeparator_data();
    void likelySeparator();
    void sampledPlaces_data();
    void sampledPlaces();
    void piecesOfTheFile();
    void longFiles_data();
    void longFiles();
    void quotedLines_data();
    void quotedLines();
    void chosenEncoding_data();
    void chosenEncoding();
    void localesLegacy_data();
    void localesLegacy();
    void everyEncoding();
    void manyRows();
    void otherColumns();
};

class HandFormTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void typed_data();
    void typed();
    void copiedIds();
    void searched_data();
    void searched();
};

class ListsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrip();
    void savedByASpreadsheet();
    void nothingOfARowLost();
    void files_data();
    void files();
    void names();
    void everyChangeUndone();
    void twoProgramsInTurn();
    void damaged_data();
    void damaged();
    void replaced();
    void folderNotMadeYet();
    void folderGone();
    void snapshots();
    void fullDisk();
    void notSaved_data();
    void notSaved();
    void lockOfAnotherComputer();
    void lockOfADeadProgram();
};

class FilterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void marks_data();
    void marks();
    void marksMoved_data();
    void marksMoved();
    void typographic_data();
    void typographic();
    void searching();
    void facets();
    void facetsInAnotherLanguage();
    void severalColumns();
    void absentOfAList();
};
