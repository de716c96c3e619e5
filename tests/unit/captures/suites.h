// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

class CoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void createdInOrder();
    void whatAReplyNames_data();
    void whatAReplyNames();
    void windowsOneAtATime();
    void refusalNamesTheCulprit();
    void unknownIsNeverSentAgain_data();
    void unknownIsNeverSentAgain();
    void lookupClaimsEachOnce();
    void notSentGoesAgain();
    void deletedByTheService();
    void agreedTooLate();
    void agreedInAnotherLanguage();
    void formerlyLooking();
    void promisedToEarlierRuns_data();
    void promisedToEarlierRuns();
    void earlierRunsAreNotHeld();
    void followed();
    void rowsThatCannotBeRead_data();
    void rowsThatCannotBeRead();
    void restart();
};

class JournalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrip();
    void oneProgramAtATime();
    void fileSystemRefuses_data();
    void fileSystemRefuses();
    void linkToNothing();
    void damaged();
    void stateNames();
};

class OptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbers_data();
    void numbers();
    void typedNumbers_data();
    void typedNumbers();
    void shownAndReadAgain();
    void emptyIsNotSent();
    void presetsFit();
    void roundTrip();
};

class RetryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatCanBeRepeated_data();
    void whatCanBeRepeated();
    void whatChanges_data();
    void whatChanges();
    void onlyWhatStillFails();
    void cancelledAttempts();
};

class PlanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyNumberOfDevices_data();
    void anyNumberOfDevices();
    void leftOut();
    void dropped();
    void notConnected_data();
    void notConnected();
    void withoutAnId();
    void enoughForToday_data();
    void enoughForToday();
    void wholeDevices_data();
    void wholeDevices();
    void readyAfterTheReset_data();
    void readyAfterTheReset();
    void whatRunsAlready_data();
    void whatRunsAlready();
};

class TimesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void waitsUntil_data();
    void waitsUntil();
    void held_data();
    void held();
    void slowed_data();
    void slowed();
    void readyBy_data();
    void readyBy();
    void keptFor_data();
    void keptFor();
    void wrongClock_data();
    void wrongClock();
    void clockSetDuringALookup_data();
    void clockSetDuringALookup();
};

class ReasonsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void named_data();
    void named();
};

class SharedRecordTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asItHappens();
    void twoComputersOneFile();
    void awayAndBack();
    void diedWhileAppending_data();
    void diedWhileAppending();
    void diedInAnotherLanguage();
    void hostileNames();
    void filesOfOtherKinds();
    void heldUp();
    void fullDisk_data();
    void fullDisk();
};
