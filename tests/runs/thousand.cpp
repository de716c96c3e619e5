// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A thousand devices with both types in one run, at the service's real limits.

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

#include "support/suite.h"
#include "stage.h"
#include "support/eventually.h"

using namespace runs;

class Thousand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void run();
};

void Thousand::run()
{
    // The limits and the polling use real time; captures are short.
    auto options = account(1200);
    options.timeScale = 600;
    options.rateLimit = sandbox::Options{}.rateLimit;
    const auto live = Service::live(options);
    auto& service = *live;
    Stage stage(service);
    auto& desk = stage.desk();
    QVERIFY(stage.load());
    stage.tick(stage.some(1000));
    QCOMPARE(desk.fleet().tickedCount(), 1000);

    // What the operator is told in advance.
    const auto plan = desk.plan(both, {.offline = captures::Choices::Offline::RunAnyway});
    QCOMPARE(plan.orders.size(), 2000);
    QCOMPARE(plan.leftOut.size(), 0);
    QCOMPARE(plan.later, 0);
    QVERIFY(plan.readyBy && *plan.readyBy > stage.now().utc);
    QSet<qsizetype> planned;
    for (const auto& request : plan.requests) {
        QSet<std::pair<QString, QString>> rows;
        for (const auto index : request) {
            QVERIFY(!planned.contains(index));
            planned.insert(index);
            const auto& device = plan.orders[index].device;
            rows.insert({device.deviceId, device.registrationId});
        }
        QVERIFY(rows.size() <= 10 && request.size() <= 20);
    }
    QCOMPARE(planned.size(), 2000);
    QVERIFY(plan.waves >= 2);
    const auto windows = std::ranges::count_if(
        plan.orders, [](const captures::Order& order) { return order.device.isWindows(); });
    QVERIFY(plan.waiting >= windows / 2 && plan.waiting < 2000);

    QElapsedTimer time;
    time.start();
    const auto loaded = service.stats();
    QVERIFY(stage.run(plan));
    // It may take any time, as long as it makes progress.
    for (int ended = 0; !stage.allFinal();) {
        const auto now = [&] { return stage.count([](const Capture& one) { return isFinal(one.state); }); };
        EVENTUALLY(now() > ended);
        ended = now();
    }
    const auto stats = service.stats();
    qInfo().noquote() << "waves" << plan.waves << "requests" << plan.requests.size() << "took"
                      << time.elapsed() << QJsonDocument(loaded).toJson(QJsonDocument::Compact)
                      << QJsonDocument(stats).toJson(QJsonDocument::Compact);

    QCOMPARE(stats[u"refused_for_rate"].toInt(), 0);
    QVERIFY(stats[u"busiest_second"].toInt() <= 200);
    QCOMPARE(stats[u"created"].toInt(), 2000);
    QCOMPARE(stage.count(State::Ready) + stage.count(State::Failed) + stage.count(State::NothingUploaded),
             2000);
    QVERIFY(stage.count(State::Ready) > 1500);
    QCOMPARE(eachOnce(desk.captures(), service), QString());
    QCOMPARE(oneAtATime(desk.captures(), service), QString());
}

CAPTUREDESK_SUITE(test_runs_thousand, Thousand)
#include "thousand.moc"
