// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The language changes in the middle of a run, across a restart, and back again: nothing is duplicated, lost
// or stuck.

#include <QTest>

#include "stage.h"
#include "support/eventually.h"
#include "support/language.h"
#include "support/suite.h"

using namespace runs;

class Language : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void changes_data();
    void changes();
};

void Language::changes_data()
{
    QTest::addColumn<QStringList>("faults");
    QTest::newRow("all is well") << QStringList();
    QTest::newRow("replies get lost") << QStringList{QStringLiteral("lose-reply")};
    QTest::newRow("requests get lost") << QStringList{QStringLiteral("lose-request")};
    QTest::newRow("replies name too few") << QStringList{QStringLiteral("reply-fewer")};
    QTest::newRow("replies are in another order, with odd arguments")
        << QStringList{QStringLiteral("reply-order"), QStringLiteral("reply-args")};
    QTest::newRow("replies name more, and one twice")
        << QStringList{QStringLiteral("reply-more"), QStringLiteral("reply-twice")};
}

void Language::changes()
{
    QFETCH(QStringList, faults);
    auto options = account(100);
    options.faults = faults;
    Service service(options);
    Stage stage(service);
    QVERIFY(stage.load());
    // The second capture of each machine has to wait; two further devices are waited for and never appear.
    auto machines = stage.connected(12, &devices::Device::isWindows);
    for (const auto* name : {"NOWHERE-1", "NOWHERE-2"})
        machines << devices::Device{.name = QString::fromLatin1(name),
                                    .standing = devices::Standing::NotSeen};
    const auto run = stage.run(stage.plan(machines, both), {.ticket = QStringLiteral("INC1"),
                                                            .operatorName = QStringLiteral("Marta"),
                                                            .waitUntil = stage.now().utc.addDays(2)});
    QVERIFY(run);
    const auto sent = [&] {
        return stage.count([](const Capture& capture) { return !capture.commandId.isEmpty(); });
    };
    const auto isInTheMiddle = [&] { return sent() > 0 && stage.count(State::WaitingTurn) > 0; };
    QVERIFY(stage.passUntil(isInTheMiddle));
    const auto before = stage.captures();
    {
        const support::MarkedLanguage language;
        QVERIFY(stage.looks());
        QVERIFY(captures::stateText(stage.captures().first().state).startsWith(u'«'));
        stage.quit();
        stage.open();
        EVENTUALLY_COMPARE(stage.captures().size(), before.size());
        for (qsizetype i = 0; i < before.size(); ++i) { // known commands stay known
            if (!before[i].commandId.isEmpty())
                QCOMPARE(stage.captures()[i].commandId, before[i].commandId);
        }
        const auto known = sent();
        QVERIFY(stage.passUntil([&] { return sent() > known || stage.count(State::WaitingTurn) == 0; }));
        stage.quit();
    }
    stage.open();
    EVENTUALLY_COMPARE(stage.captures().size(), before.size());
    const auto waits = [](const Capture& capture) { return capture.state == State::WaitingDevice; };
    QVERIFY(stage.passUntil([&] {
        return stage.count([](const Capture& capture) { return captures::isFinal(capture.state); }) +
                   stage.count(waits) ==
               before.size();
    }));
    QCOMPARE(stage.count(waits), 4);
    QCOMPARE(eachOnce(stage.captures(), service), QString());
    QCOMPARE(oneAtATime(stage.captures(), service), QString());
    QVERIFY(faults.contains(QStringLiteral("lose-request")) || stage.count(State::NotStarted) == 0);
}

CAPTUREDESK_SUITE(test_runs_language, Language)
#include "language.moc"
