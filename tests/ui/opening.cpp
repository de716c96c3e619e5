// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files named on the command line, opened in this program or in one that already runs: their import pages.

#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScopeGuard>
#include <QStatusBar>
#include <QTableView>
#include <QTest>
#include <QThread>
#include <QUrl>

#include <sys/stat.h>

#include "support/suite.h"
#include "hands.h"
#include "stage.h"
#include "support/eventually.h"
#include "ui/common/instance.h"
#include "ui/common/process.h"

class Opening : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void waitsForAConnectionAndItsDevices();
    void oneAfterTheOther();
    void dropped();
    void unreadable_data();
    void unreadable();
    void waitsBehindADialog();
    void goesToTheAccountThatIsNamed();
    void handedOver_data();
    void handedOver();
    void permissionToComeForward();
    void tokenOfTheDesktop_data();
    void tokenOfTheDesktop();
};

namespace {

QString tableIn(const QTemporaryDir& folder, const QString& name, const QByteArray& rows)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(rows) != rows.size())
        qFatal("the table is not written");
    return file.fileName();
}

QDialog* importPage(Stage& stage)
{
    auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
    return dialog && dialog->parentWidget() == &stage.window() &&
                   dialog->objectName() == QLatin1StringView("importDialog")
               ? dialog
               : nullptr;
}

QString proposedName(Stage& stage)
{
    return importPage(stage) ? importPage(stage)->findChild<QLineEdit*>(QStringLiteral("importName"))->text()
                             : QString();
}

QString firstDevice(Stage& stage)
{
    return stage.window().desk()->fleet().viewAt(0).name;
}

} // namespace

void Opening::waitsForAConnectionAndItsDevices()
{
    const Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("60"), QStringLiteral("--latency-ms"),
                           QStringLiteral("200")});
    const QTemporaryDir folder;
    Stage stage;
    stage.window().open(sandbox.connection());
    EVENTUALLY(stage.window().desk()->loader().isWhole());
    const auto table = tableIn(folder, QStringLiteral("monday.csv"),
                               "Name\n" + firstDevice(stage).toUtf8() + "\nNOBODY-77\n");

    Stage other;
    other.window().load({table});
    QVERIFY2(other.window().statusBar()->currentMessage().contains(QLatin1StringView("monday.csv")),
             qPrintable(other.window().statusBar()->currentMessage()));
    QVERIFY(!importPage(other));
    other.window().open(sandbox.connection());
    QVERIFY(other.window().desk()->loader().isRunning());
    QVERIFY(!importPage(other)); // there are no devices yet to compare the rows with
    EVENTUALLY(importPage(other));
    QVERIFY(other.window().desk()->loader().isWhole());
    const auto* summary = importPage(other)->findChild<QLabel*>(QStringLiteral("importSummary"));
    EVENTUALLY_COMPARE(summary->text(), QStringLiteral("2 rows: 1 ready, 1 not seen in the last hour"));
    QCOMPARE(proposedName(other), QStringLiteral("monday"));
    hands::press(Qt::Key_Escape);
    EVENTUALLY(!importPage(other));
    QVERIFY(other.window().statusBar()->currentMessage().isEmpty());
}

void Opening::oneAfterTheOther()
{
    const Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("20")});
    const QTemporaryDir folder;
    Stage stage;
    stage.window().load({tableIn(folder, QStringLiteral("one.csv"), "Name\nA\n"),
                         tableIn(folder, QStringLiteral("two.tsv"), "Name\tPlatform\nB\twindows\n")});
    stage.window().open(sandbox.connection());
    EVENTUALLY_COMPARE(proposedName(stage), QStringLiteral("one"));
    auto* save = importPage(stage)->findChild<QPushButton*>(QStringLiteral("importSave"));
    EVENTUALLY(save->isEnabled());
    hands::click(save);
    EVENTUALLY_COMPARE(proposedName(stage), QStringLiteral("two"));
    hands::press(Qt::Key_Escape);
    EVENTUALLY(!importPage(stage));
    support::letTimersRun(std::chrono::milliseconds(0), 3);
    QVERIFY(!importPage(stage)); // each file is imported once
}

void Opening::dropped()
{
    const Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("20")});
    const QTemporaryDir folder;
    Stage stage;
    stage.window().open(sandbox.connection());
    EVENTUALLY(!stage.window().desk()->loader().isRunning() && stage.window().desk()->fleet().size() == 20);
    auto* table = stage.find<QTableView>("devices");
    const auto on = table->viewport()->rect().center();
    QMimeData links;
    links.setUrls({QUrl(QStringLiteral("https://example.com/one.csv"))});
    QVERIFY(!hands::drop(table->viewport(), on, links));
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(tableIn(folder, QStringLiteral("one.csv"), "Name\nA\n")),
                   QUrl::fromLocalFile(tableIn(folder, QStringLiteral("two.csv"), "Name\nB\n"))});
    QVERIFY(hands::drop(table->viewport(), on, files));
    EVENTUALLY_COMPARE(proposedName(stage), QStringLiteral("one"));
    hands::press(Qt::Key_Escape);
    EVENTUALLY_COMPARE(proposedName(stage), QStringLiteral("two"));
    hands::press(Qt::Key_Escape);
    EVENTUALLY(!importPage(stage));
}

void Opening::unreadable_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("missing") << QStringLiteral("gone.csv")
                             << QStringLiteral("gone.csv was not loaded: No such file or directory");
    QTest::newRow("a folder") << QStringLiteral("folder")
                              << QStringLiteral("folder was not loaded: it is not a file.");
    QTest::newRow("a pipe") << QStringLiteral("pipe")
                            << QStringLiteral("pipe was not loaded: it is not a file.");
    QTest::newRow("empty") << QStringLiteral("empty.csv") << QStringLiteral("empty.csv was not loaded: ");
}

void Opening::unreadable()
{
    QFETCH(const QString, name);
    QFETCH(const QString, sentence);
    const Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("20")});
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("folder")));
    QCOMPARE(::mkfifo(qPrintable(folder.filePath(QStringLiteral("pipe"))), 0600), 0);
    (void)tableIn(folder, QStringLiteral("empty.csv"), "");
    const auto good = tableIn(folder, QStringLiteral("good.csv"), "Name\nA\n");
    Stage stage;
    stage.window().load({folder.filePath(name), good});
    stage.window().open(sandbox.connection());
    EVENTUALLY_COMPARE(proposedName(stage), QStringLiteral("good")); // the next file opens nevertheless
    const auto* text = stage.find<QLabel>("bannerText");
    QVERIFY(text->isVisible());
    QVERIFY2(text->text().startsWith(sentence), qPrintable(text->text()));
    hands::press(Qt::Key_Escape);
    EVENTUALLY(!importPage(stage));
}

void Opening::waitsBehindADialog()
{
    const Sandbox sandbox({QStringLiteral("--devices"), QStringLiteral("20")});
    const QTemporaryDir folder;
    const auto table = tableIn(folder, QStringLiteral("late.csv"), "Name\nA\n");
    Stage stage;
    stage.window().open(sandbox.connection());
    EVENTUALLY(stage.window().desk()->loader().isWhole());
    hands::choose(QStringLiteral("File"), QStringLiteral("Connect to an account"));
    QVERIFY(stage.dialog("connectDialog"));
    stage.window().comeForward({}, {table});
    support::letTimersRun(std::chrono::milliseconds(0), 3);
    QVERIFY(!stage.window().findChild<QDialog*>(QStringLiteral("importDialog")));
    hands::press(Qt::Key_Escape);
    EVENTUALLY_COMPARE(proposedName(stage), QStringLiteral("late"));
}

void Opening::goesToTheAccountThatIsNamed()
{
    const Sandbox lisbon({QStringLiteral("--devices"), QStringLiteral("20")});
    const Sandbox porto(
        {QStringLiteral("--devices"), QStringLiteral("30"), QStringLiteral("--seed"), QStringLiteral("2")});
    const QTemporaryDir folder;
    const auto table = tableIn(folder, QStringLiteral("devices.csv"), "Name\nA\n");
    auto one = lisbon.connection();
    one.name = QStringLiteral("Lisbon");
    auto two = porto.connection();
    two.name = QStringLiteral("Porto");
    Stage stage;
    stage.window().open(one);
    EVENTUALLY(stage.window().desk()->loader().isWhole());
    stage.window().open(two);
    EVENTUALLY(stage.window().desk()->loader().isWhole());
    stage.window().comeForward(QStringLiteral("lisbon"), {table});
    EVENTUALLY_COMPARE(proposedName(stage), QStringLiteral("devices"));
    QCOMPARE(stage.window().desk()->connection().name, QStringLiteral("Lisbon"));
}

void Opening::handedOver_data()
{
    QTest::addColumn<QString>("wish");
    QTest::addColumn<QStringList>("files");
    QTest::newRow("nothing") << QString() << QStringList{};
    QTest::newRow("a connection") << QStringLiteral("Lisbon office") << QStringList{};
    QTest::newRow("a file alone") << QString() << QStringList{QStringLiteral("/tmp/a.csv")};
    QTest::newRow("both") << QStringLiteral("Lisbon")
                          << QStringList{QStringLiteral("/tmp/a.csv"), QStringLiteral("/tmp/b.tsv")};
    QTest::newRow("strange names") << QString()
                                   << QStringList{QStringLiteral("/tmp/tab\there.csv"),
                                                  QStringLiteral("/tmp/two\nlines%0A.csv"),
                                                  QStringLiteral("/tmp/ ação 机器.csv ")};
    QStringList many;
    for (int i = 0; i < 2000; ++i)
        many << QStringLiteral("/tmp/%1/%2.csv").arg(QString(180, u'x')).arg(i);
    QTest::newRow("many") << QStringLiteral("Lisbon") << many;
}

void Opening::handedOver()
{
    QFETCH(const QString, wish);
    QFETCH(const QStringList, files);
    // Activation tokens as compositors write them: any bytes but NUL.
    const auto activation = QTest::currentDataTag() == QByteArray("nothing")
                                ? QByteArray()
                                : QByteArray("kwin-42\tTIME 7\n%0A/\xff");
    const QTemporaryDir folder;
    ui::Instance first(QDir(folder.path()));
    first.listen();
    QString wished = QStringLiteral("nothing came");
    QStringList came;
    QByteArray permission;
    connect(&first, &ui::Instance::called, this,
            [&](const QString& name, const QStringList& paths, const QByteArray& token) {
                wished = name;
                came = paths;
                permission = token;
            });
    bool taken = false;
    const std::unique_ptr<QThread> second(QThread::create([&] {
        ui::Instance instance(QDir(folder.path()));
        taken = instance.handOver(wish, files, activation);
    }));
    second->start();
    EVENTUALLY(second->isFinished());
    QVERIFY(taken);
    QCOMPARE(wished, wish);
    QCOMPARE(came, files);
    QCOMPARE(permission, activation);
}

/// The second start's activation token is in the environment, where QtWayland reads it, while the window of
/// the first instance is being activated, and at no other time.
void Opening::permissionToComeForward()
{
    struct Watch : QObject {
        bool eventFilter(QObject*, QEvent* event) override
        {
            if (event->type() == QEvent::WindowStateChange)
                seen << qgetenv("XDG_ACTIVATION_TOKEN");
            return false;
        }
        QByteArrayList seen;
    } watch;
    Stage stage;
    stage.window().showMinimized();
    stage.window().installEventFilter(&watch);
    stage.window().comeForward({}, {}, "kwin-42");
    EVENTUALLY(stage.window().isActiveWindow());
    QVERIFY(watch.seen.contains("kwin-42"));
    QVERIFY(!qEnvironmentVariableIsSet("XDG_ACTIVATION_TOKEN"));
}

void Opening::tokenOfTheDesktop_data()
{
    QTest::addColumn<QByteArray>("wayland");
    QTest::addColumn<QByteArray>("startup");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("none") << QByteArray() << QByteArray() << QByteArray();
    QTest::newRow("Wayland's") << QByteArray("w1") << QByteArray() << QByteArray("w1");
    QTest::newRow("the older one") << QByteArray() << QByteArray("s1") << QByteArray("s1");
    QTest::newRow("both") << QByteArray("w1") << QByteArray("s1") << QByteArray("w1");
}

void Opening::tokenOfTheDesktop()
{
    QFETCH(const QByteArray, wayland);
    QFETCH(const QByteArray, startup);
    const auto forget = qScopeGuard([] {
        qunsetenv("XDG_ACTIVATION_TOKEN");
        qunsetenv("DESKTOP_STARTUP_ID");
    });
    qputenv("XDG_ACTIVATION_TOKEN", wayland);
    qputenv("DESKTOP_STARTUP_ID", startup);
    QTEST(ui::activationToken(), "expected");
}

CAPTUREDESK_SUITE(test_ui_opening, Opening)
#include "opening.moc"
