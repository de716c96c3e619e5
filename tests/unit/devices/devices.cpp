// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

#include "devices/fleet.h"
#include "devices/loader.h"
#include "support/suite.h"
#include "suites.h"
#include "support/eventually.h"

using devices::Column;
using devices::Device;
using devices::Fleet;
using devices::View;

namespace {

Device device(int number, int revision = 0)
{
    return {.deviceId = QStringLiteral("id-%1").arg(number),
            .registrationId = QStringLiteral("r-%1").arg(number),
            .email = QStringLiteral("user%1@example.com").arg(number % 7),
            .name = QStringLiteral("HOST-%1").arg((number * 37 + revision) % 1000),
            .platform = number % 3 == 0 ? QStringLiteral("windows") : QStringLiteral("mac"),
            .status = QStringLiteral("connected"),
            .version = QStringLiteral("2025.%1.1.0").arg(number % 12),
            .lastSeen = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + number * 1000, Qt::UTC)};
}

/// A minimal item model over a fleet.
class Model : public QAbstractListModel {
public:
    explicit Model(Fleet* fleet)
        : m_fleet(fleet)
    {
        connect(fleet, &Fleet::aboutToReset, this, [this] { beginResetModel(); });
        connect(fleet, &Fleet::reset, this, [this] { endResetModel(); });
        connect(fleet, &Fleet::aboutToInsert, this,
                [this](int first, int last) { beginInsertRows({}, first, last); });
        connect(fleet, &Fleet::inserted, this, [this] { endInsertRows(); });
        connect(fleet, &Fleet::aboutToRemove, this,
                [this](int first, int last) { beginRemoveRows({}, first, last); });
        connect(fleet, &Fleet::removed, this, [this] { endRemoveRows(); });
        connect(fleet, &Fleet::changed, this,
                [this](int first, int last) { Q_EMIT dataChanged(index(first), index(last)); });
    }
    int rowCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : m_fleet->viewSize();
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        return role == Qt::DisplayRole ? m_fleet->viewAt(index.row()).name : QVariant();
    }

private:
    Fleet* m_fleet;
};

/// A service that serves pages of devices and nothing else.
class PageServer : public QTcpServer {
public:
    QList<Device> all;
    int served = 0;
    int breakAt = -1; ///< the page that is answered with an error

    PageServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            auto* socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                while (socket->canReadLine()) {
                    const auto line = socket->readLine();
                    if (line.startsWith("GET "))
                        m_request = line;
                    else if (line == "\r\n")
                        answer(socket);
                }
            });
        });
    }

private:
    void answer(QTcpSocket* socket)
    {
        const QUrlQuery query(QUrl(QString::fromLatin1(m_request.split(' ')[1])).query());
        const int page = query.queryItemValue(QStringLiteral("page")).toInt();
        const int size = query.queryItemValue(QStringLiteral("per_page")).toInt();
        ++served;
        if (page == breakAt) {
            write(
                socket, 403,
                R"({"success":false,"errors":[{"code":10000,"message":"no"}],"messages":[],"result":null})");
            return;
        }
        QJsonArray rows;
        for (int i = (page - 1) * size; i < page * size && i < all.size(); ++i) {
            rows << QJsonObject{{QStringLiteral("deviceId"), all[i].deviceId},
                                {QStringLiteral("registrationId"), all[i].registrationId},
                                {QStringLiteral("personEmail"), all[i].email},
                                {QStringLiteral("deviceName"), all[i].name}};
        }
        const QJsonObject envelope{
            {QStringLiteral("success"), true},
            {QStringLiteral("errors"), QJsonArray()},
            {QStringLiteral("messages"), QJsonArray()},
            {QStringLiteral("result"), QJsonObject{{QStringLiteral("devices"), rows}}},
            {QStringLiteral("result_info"), QJsonObject{{QStringLiteral("total_count"), all.size()}}}};
        write(socket, 200, QJsonDocument(envelope).toJson());
    }

    static void write(QTcpSocket* socket, int status, const QByteArray& body)
    {
        socket->write("HTTP/1.1 " + QByteArray::number(status) +
                      " X\r\nContent-Type: application/json\r\nContent-Length: " +
                      QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }

    QByteArray m_request;
};

} // namespace

class DevicesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void randomOperations();
    void ticksOutlive();
    void multiUserRowsStandTogether();
    void machineFolds();
    void foldedWhileItChanges();
    void versionsInOrder();
    void pages_data();
    void pages();
    void pageRefused();
};

/// Compared with a naive model, under the item model tester.
void DevicesTest::randomOperations()
{
    QRandomGenerator random(7);
    Fleet fleet;
    Model model(&fleet);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QMap<int, Device> truth;
    View view;
    for (int step = 0; step < 400; ++step) {
        switch (random.bounded(4)) {
        case 0: {
            fleet.beginRefresh();
            QMap<int, Device> next;
            QList<Device> page;
            for (int i = 0; i < random.bounded(120); ++i) {
                const int number = random.bounded(150);
                const auto row = next.contains(number) ? next[number] : device(number, random.bounded(2));
                next[number] = row;
                page << row;
                if (page.size() == 50)
                    fleet.merge(std::exchange(page, {}));
            }
            fleet.merge(page);
            const bool complete = random.bounded(5) > 0;
            fleet.endRefresh(complete);
            if (complete)
                truth = next;
            else
                truth.insert(next);
            break;
        }
        case 1:
            view.filter = QStringList{QString(), QStringLiteral("host-1"), QStringLiteral("USER3 mac"),
                                      QStringLiteral("zzz")}[random.bounded(4)];
            fleet.setView(view);
            break;
        case 2:
            view.order = {{Column(random.bounded(devices::columnCount)),
                           random.bounded(2) ? Qt::AscendingOrder : Qt::DescendingOrder},
                          {Column(random.bounded(devices::columnCount))}};
            fleet.setView(view);
            break;
        case 3: {
            const auto key = device(random.bounded(150)).key();
            fleet.setTicked({&key, 1}, random.bounded(2));
            break;
        }
        }
        QCOMPARE(fleet.size(), truth.size());
        QSet<devices::Key> expected, actual;
        const auto words = view.filter.toLower().split(u' ', Qt::SkipEmptyParts);
        for (const auto& row : truth) {
            const auto text =
                (row.name + u' ' + row.email + u' ' + row.platform + u' ' + row.deviceId).toLower();
            if (std::ranges::all_of(words, [&](const QString& word) { return text.contains(word); }))
                expected.insert(row.key());
        }
        for (int row = 0; row < fleet.viewSize(); ++row) {
            actual.insert(fleet.viewAt(row).key());
            QCOMPARE(fleet.viewRow(fleet.viewAt(row).key()), row);
            if (row > 0 && view.order.first() == devices::SortBy{})
                QVERIFY(fleet.viewAt(row - 1).name.compare(fleet.viewAt(row).name, Qt::CaseInsensitive) <= 0);
        }
        QCOMPARE(actual, expected);
    }
}

void DevicesTest::ticksOutlive()
{
    Fleet fleet;
    fleet.merge({device(1), device(2), device(3)});
    const devices::Key keys[] = {device(3).key(), device(1).key()};
    fleet.setTicked(keys, true);
    View view;
    view.filter = QStringLiteral("id-2");
    fleet.setView(view);
    QCOMPARE(fleet.tickedCount(), 2);
    QCOMPARE(fleet.tickedNotShown(), 2);
    fleet.beginRefresh();
    fleet.merge({device(2)});
    fleet.endRefresh(true);
    QCOMPARE(fleet.size(), 1);
    const auto ticked = fleet.ticked();
    QCOMPARE(ticked.size(), 2);
    QCOMPARE(ticked[0].key(), keys[0]); // in the order of ticking
    auto old = device(9);
    old.eligible = false;
    fleet.merge({old});
    const auto key = old.key();
    fleet.setTicked({&key, 1}, true);
    QVERIFY(!fleet.isTicked(key));
}

void DevicesTest::multiUserRowsStandTogether()
{
    Fleet fleet;
    QList<Device> rows;
    for (int user = 0; user < 3; ++user) {
        auto row = device(1);
        row.name = QStringLiteral("KIOSK-17");
        row.registrationId = QString::number(user);
        row.email = QStringLiteral("user%1@example.com").arg(user);
        row.lastSeen = row.lastSeen->addSecs(user == 1 ? 500 : user);
        rows << row;
    }
    rows << device(2) << device(3);
    fleet.merge(rows);
    QCOMPARE(fleet.usersOn(rows[0].deviceId), 3);
    const auto top = fleet.viewRow(rows[1].key()); // the last seen first
    QCOMPARE(fleet.viewRow(rows[2].key()), top + 1);
    QCOMPARE(fleet.viewRow(rows[0].key()), top + 2);
}

/// One of three users of a machine.
static Device kiosk(int machine, int user)
{
    auto row = device(machine);
    row.name = QStringLiteral("KIOSK-%1").arg(machine);
    row.registrationId = QStringLiteral("k-%1").arg(user);
    row.email = QStringLiteral("shift%1@example.com").arg(user);
    row.lastSeen = row.lastSeen->addSecs(user == 1 ? 500 : user);
    return row;
}

void DevicesTest::machineFolds()
{
    using Part = devices::Group::Part;
    Fleet fleet;
    Model model(&fleet);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    View view;
    view.folds = true;
    fleet.setView(view);
    fleet.merge({device(2), kiosk(1, 0), kiosk(1, 1), kiosk(1, 2), device(3)});
    QCOMPARE(fleet.size(), 5);
    QCOMPARE(fleet.viewSize(), 3);
    auto row = fleet.viewRow(kiosk(1, 0).key());
    QCOMPARE(fleet.viewRow(kiosk(1, 2).key()), row);
    QCOMPARE(fleet.viewAt(row).key(), kiosk(1, 1).key()); // the one last seen
    QCOMPARE(fleet.groupAt(row), (devices::Group{.part = Part::Closed, .users = 3}));
    QCOMPARE(fleet.devicesAt(row).size(), 3);

    // No user is chosen for it: ticking the machine expands it; all other rows are ticked.
    const devices::Range all{0, 2};
    QCOMPARE(fleet.tickRows({&all, 1}, true), 1);
    QCOMPARE(fleet.tickedCount(), 2);
    QCOMPARE(fleet.viewSize(), 5);
    row = fleet.viewRow(kiosk(1, 1).key());
    QCOMPARE(fleet.groupAt(row).part, Part::First);
    QCOMPARE(fleet.groupAt(row + 2).part, Part::Other);
    QCOMPARE(fleet.devicesAt(row).size(), 1);

    // It collapses only while no user is ticked.
    fleet.setOpen(row + 2, false);
    QCOMPARE(fleet.viewSize(), 3);
    const auto key = kiosk(1, 2).key();
    fleet.setTicked({&key, 1}, true); // as loading a list does
    QCOMPARE(fleet.viewSize(), 5);
    QVERIFY(fleet.isTickedAt(fleet.viewRow(key)));
    fleet.setOpen(fleet.viewRow(key), false);
    QCOMPARE(fleet.viewSize(), 5);
    fleet.clearTicks();
    fleet.setOpen(fleet.viewRow(key), false);
    QCOMPARE(fleet.viewSize(), 3);

    // A single user is no group.  In any sort order, the other users follow the first.
    view.filter = QStringLiteral("shift2");
    fleet.setView(view);
    QCOMPARE(fleet.viewSize(), 1);
    QCOMPARE(fleet.groupAt(0).part, Part::None);
    view.filter.clear();
    view.order = {{Column::User, Qt::DescendingOrder}};
    fleet.setView(view);
    row = fleet.viewRow(key);
    QCOMPARE(fleet.viewAt(row).key(), key);
    fleet.setOpen(row, true);
    QCOMPARE(fleet.viewAt(row + 2).key(), kiosk(1, 0).key());
    view.of = View::Of::Ticked;
    fleet.setView(view);
    QCOMPARE(fleet.viewSize(), 0);
}

/// After any change, each row that passes the filter is shown or collapsed into its machine, once, and no
/// ticked row is hidden.
void DevicesTest::foldedWhileItChanges()
{
    QRandomGenerator random(11);
    Fleet fleet;
    Model model(&fleet);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    View view;
    view.folds = true;
    QMap<int, Device> truth;
    for (int step = 0; step < 600; ++step) {
        switch (random.bounded(6)) {
        case 0:
        case 1: {
            fleet.beginRefresh();
            truth.clear();
            for (int i = 0; i < random.bounded(60); ++i) {
                const int number = random.bounded(60);
                auto row = number % 4 ? device(number, random.bounded(2)) : kiosk(number % 8, number);
                row.lastSeen = row.lastSeen->addSecs(random.bounded(100));
                truth[number] = row;
            }
            fleet.add(truth.values());
            if (random.bounded(2))
                fleet.showAdded();
            fleet.endRefresh(true);
            break;
        }
        case 2:
            view.filter = QStringList{QString(), QStringLiteral("host"), QStringLiteral("shift1"),
                                      QStringLiteral("zzz")}[random.bounded(4)];
            fleet.setView(view);
            break;
        case 3:
            view.order = {{Column(random.bounded(devices::columnCount)),
                           random.bounded(2) ? Qt::AscendingOrder : Qt::DescendingOrder}};
            fleet.setView(view);
            break;
        case 4:
            if (fleet.viewSize() > 0)
                fleet.setOpen(random.bounded(fleet.viewSize()), random.bounded(2));
            break;
        case 5: {
            if (random.bounded(8) == 0)
                fleet.clearTicks();
            if (fleet.viewSize() == 0)
                break;
            const int first = random.bounded(fleet.viewSize());
            const devices::Range rows{first, std::min(fleet.viewSize() - 1, first + random.bounded(3))};
            (void)fleet.tickRows({&rows, 1}, random.bounded(2));
            break;
        }
        }
        QSet<devices::Key> expected, actual;
        for (const auto& row : truth) {
            if ((row.name + u'\n' + row.email).contains(view.filter, Qt::CaseInsensitive))
                expected.insert(row.key());
        }
        for (int row = 0; row < fleet.viewSize(); ++row) {
            const auto devices = fleet.devicesAt(row);
            QCOMPARE(devices.size() > 1, fleet.groupAt(row).part == devices::Group::Part::Closed);
            for (const auto& device : devices) {
                QVERIFY(!actual.contains(device.key()));
                actual.insert(device.key());
                QCOMPARE(fleet.viewRow(device.key()), row);
                QVERIFY(devices.size() == 1 || !fleet.isTicked(device.key()));
            }
        }
        QCOMPARE(actual, expected);
    }
}

void DevicesTest::versionsInOrder()
{
    Fleet fleet;
    auto early = device(1), late = device(2);
    early.version = QStringLiteral("2025.4.943.0");
    late.version = QStringLiteral("2025.10.118.0");
    fleet.merge({late, early});
    View view;
    view.order = {{Column::Version}};
    fleet.setView(view);
    QCOMPARE(fleet.viewAt(0).version, early.version);
}

void DevicesTest::pages_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 49, 50, 51, 100, 503})
        QTest::addRow("%d", count) << count;
}

void DevicesTest::pages()
{
    QFETCH(int, count);
    PageServer server;
    for (int i = 0; i < count; ++i)
        server.all << device(i);
    QNetworkAccessManager network;
    api::Client client(
        {.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:%1/client/v4").arg(server.serverPort())),
         .accountId = QString(32, u'a'),
         .credentials = api::BearerToken{QStringLiteral("token-for-a-test")}},
        api::FormatChoice::Automatic, &network);
    Fleet fleet;
    devices::Loader loader(&client, &fleet);
    QSignalSpy finished(&loader, &devices::Loader::finished);
    loader.start();
    EVENTUALLY_COMPARE(finished.size(), 1);
    QVERIFY(!finished[0][0].value<std::optional<api::Error>>());
    QCOMPARE(fleet.size(), count);
    // The second loading finds changes, and removes devices that are gone.
    if (count > 3) {
        server.all.removeAt(1);
        server.all[0].name = QStringLiteral("renamed");
        loader.start();
        EVENTUALLY_COMPARE(finished.size(), 2);
        QCOMPARE(fleet.size(), count - 1);
        QCOMPARE(fleet.find(server.all[0].key())->name, QStringLiteral("renamed"));
    }
}

void DevicesTest::pageRefused()
{
    PageServer server;
    for (int i = 0; i < 400; ++i)
        server.all << device(i);
    server.breakAt = 5;
    QNetworkAccessManager network;
    api::Client client(
        {.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:%1/client/v4").arg(server.serverPort())),
         .accountId = QString(32, u'a'),
         .credentials = api::BearerToken{QStringLiteral("token-for-a-test")}},
        api::FormatChoice::Automatic, &network);
    Fleet fleet;
    devices::Loader loader(&client, &fleet);
    QSignalSpy finished(&loader, &devices::Loader::finished);
    loader.start();
    EVENTUALLY_COMPARE(finished.size(), 1);
    QVERIFY(finished[0][0].value<std::optional<api::Error>>());
    QVERIFY(fleet.size() > 0);
    QVERIFY(fleet.size() < 400);
    QVERIFY(!loader.isRunning());
}

CAPTUREDESK_SUITE(test_devices, DevicesTest)
#include "devices.moc"
