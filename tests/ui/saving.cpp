// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the window reports when a file cannot be saved, and that the operator can save it elsewhere.

#include <algorithm>
#include <cerrno>

#include <QApplication>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTableView>
#include <QTest>
#include <QTimer>

#include "support/faultyfiles.h"
#include "support/suite.h"
#include "hands.h"
#include "stage.h"
#include "support/eventually.h"
#include "devices/fleet.h"
#include "ui/common/banner.h"
#include "ui/devices/deviceview.h"

using support::FaultyFiles;

class Saving : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void captureFile_data();
    void captureFile();
    void exported();
    void list();
    void settings();
    void damagedConnections();
    void foldersOfTheUser();
};

namespace {

const QByteArray formerContent("what a colleague saved\n");

QByteArray readFrom(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

void writeTo(const QString& path, const QByteArray& content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("the file cannot be made");
}

/// Answers Yes when the file dialog asks whether to replace a file.
class Replacing {
public:
    Replacing()
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [] {
            // The keys of this question are tested with the dialogs.  Here it is only in the way, and without
            // a window manager it does not always get the keyboard focus.
            const auto widgets = QApplication::topLevelWidgets();
            for (auto* widget : widgets) {
                const auto* box = qobject_cast<QMessageBox*>(widget);
                if (box && box->isVisible() && box->button(QMessageBox::Yes))
                    box->button(QMessageBox::Yes)->click();
            }
        });
        m_timer.start(10);
    }

private:
    QTimer m_timer;
};

/// A window on an account whose captures have files.
class Desk {
public:
    Desk()
    {
        m_stage.window().open(m_sandbox.connection());
        auto* desk = m_stage.window().desk();
        if (!support::eventually(
                [desk] { return desk->fleet().size() == 60 && !desk->loader().isRunning(); }))
            qFatal("there are no devices");
    }

    [[nodiscard]] Stage& stage() { return m_stage; }
    [[nodiscard]] QString text() { return m_stage.find<QLabel>("bannerText")->text(); }
    [[nodiscard]] bool isQuiet() { return !m_stage.find<ui::Banner>("banner")->isVisible(); }
    [[nodiscard]] QString status() { return m_stage.window().statusBar()->currentMessage(); }
    /// The device of the highlighted capture.
    [[nodiscard]] QString device()
    {
        const auto* results = m_stage.find<QTableView>("results");
        return results->currentIndex().siblingAtColumn(1).data().toString();
    }
    [[nodiscard]] QPushButton* offer() { return m_stage.find<QPushButton>("bannerOffer"); }

    /// Runs captures and highlights one whose file is ready.
    void run()
    {
        m_stage.tickFirst(3);
        m_stage.typeTicket(QStringLiteral("INC0012345"));
        hands::press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_stage.dialog("review"));
        hands::press(Qt::Key_Return, Qt::ControlModifier);
        const auto& captures = m_stage.window().desk()->captures();
        const auto allEnded = [&] {
            m_sandbox.pass(std::chrono::seconds(20));
            return !captures.isEmpty() && std::ranges::all_of(captures, [](const captures::Capture& capture) {
                return captures::isFinal(capture.state);
            });
        };
        EVENTUALLY(allEnded());
        const auto ready = std::ranges::find(captures, captures::State::Ready, &captures::Capture::state);
        QVERIFY(ready != captures.end());
        auto* results = m_stage.find<QTableView>("results");
        hands::click(results, results->model()->index(int(captures.end() - ready) - 1, 1));
    }

private:
    Sandbox m_sandbox{{QStringLiteral("--devices"), QStringLiteral("60"), QStringLiteral("--clock"),
                       QStringLiteral("manual"), QStringLiteral("--rate-limit"), QStringLiteral("0")}};
    Stage m_stage;
};

/// The audit log as the window shows it, the newest first: what was done, and the details.
QStringList recorded(Stage& stage)
{
    hands::choose(QStringLiteral("Captures"), QStringLiteral("Audit log"));
    auto* dialog = stage.dialog("trail");
    auto* table = dialog->findChild<QTableView*>(QStringLiteral("trailTable"));
    [&] { EVENTUALLY(table->model()->rowCount() > 0); }();
    QStringList lines;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        const auto text = [&](int column) { return table->model()->index(row, column).data().toString(); };
        lines << text(5) + QStringLiteral(": ") + text(6);
    }
    hands::press(Qt::Key_Escape);
    if (!support::eventually([&stage] { return stage.isClosed("trail"); }))
        qFatal("the record does not close");
    return lines;
}

} // namespace

void Saving::captureFile_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("why");
    QTest::addColumn<QString>("step");
    QTest::newRow("full") << QStringLiteral("write") << ENOSPC
                          << QStringLiteral("the disk is full (No space left on device)")
                          << QStringLiteral("Step: write. File: @. Error 28: No space left on device");
    QTest::newRow("quota of a share")
        << QStringLiteral("sync") << EDQUOT
        << QStringLiteral("your share of the disk is used up (Disk quota exceeded)")
        << QStringLiteral("Step: fsync. File: @. Error 122: Disk quota exceeded");
}

void Saving::captureFile()
{
    QFETCH(const QString, call);
    QFETCH(const int, code);
    QFETCH(const QString, why);
    QFETCH(QString, step);
    Desk desk;
    desk.run();
    auto& stage = desk.stage();
    const QTemporaryDir share, other;
    const auto path = share.filePath(QStringLiteral("a.zip")), good = other.filePath(QStringLiteral("b.zip"));
    hands::press(Qt::Key_S, Qt::ControlModifier);
    stage.answerFileDialog(QStringLiteral("Save"), good);
    EVENTUALLY(desk.status().startsWith(QLatin1StringView("Saved: ")));
    writeTo(path, formerContent);
    {
        const FaultyFiles faulty(
            {{.call = call.toStdString(), .under = share.path().toStdString(), .code = code}});
        hands::press(Qt::Key_S, Qt::ControlModifier);
        const Replacing yes;
        stage.answerFileDialog(QStringLiteral("Save"), path);
        EVENTUALLY(!desk.isQuiet());
    }
    const QString todo = code == ENOSPC
                             ? QStringLiteral("Free space there, or save it elsewhere.")
                             : QStringLiteral("Delete files of yours there, or save it elsewhere.");
    QCOMPARE(desk.text(),
             QStringLiteral("“a.zip” was not saved in %1: %2. The file that was there is unharmed. %3")
                 .arg(share.path(), why, todo));
    QCOMPARE(stage.find<QLabel>("bannerDetails")->text(), step.replace(u'@', path));
    QVERIFY2(desk.status().isEmpty(), qPrintable(desk.status())); // it reported that another file was saved
    QCOMPARE(readFrom(path), formerContent);
    stage.picture("60-capture-not-saved");

    // The audit log has both.
    EVENTUALLY_COMPARE(
        recorded(stage).value(0),
        QString(QStringLiteral("Capture file not saved: %1: “a.zip” was not saved in %2: %3. The "
                               "file that was there is unharmed.")
                    .arg(desk.device(), share.path(), why)));
    QCOMPARE(recorded(stage).value(1), QStringLiteral("Capture file saved: %1: %2").arg(desk.device(), good));

    // Saved elsewhere, also when another row has been highlighted meanwhile.
    hands::press(Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(desk.offer()->text(), QStringLiteral("Save elsewhere…"));
    hands::click(desk.offer());
    const auto elsewhere = other.filePath(QStringLiteral("c.zip"));
    stage.answerFileDialog(QStringLiteral("Save"), elsewhere);
    EVENTUALLY(desk.status().endsWith(elsewhere));
    QVERIFY(desk.isQuiet());
    QCOMPARE(readFrom(elsewhere), readFrom(good));
}

void Saving::exported()
{
    Desk desk;
    desk.run();
    auto& stage = desk.stage();
    const QTemporaryDir share, other;
    for (const auto* type : {"CSV", "JSON"}) {
        const auto name = QStringLiteral("r.") + QString::fromLatin1(type).toLower();
        const auto path = share.filePath(name);
        const auto entry = QStringLiteral("Export results as ") + QLatin1StringView(type);
        writeTo(path, formerContent);
        {
            const FaultyFiles faulty(
                {{.call = "write", .under = share.path().toStdString(), .code = ENOSPC}});
            hands::choose(QStringLiteral("File"), entry);
            const Replacing yes;
            stage.answerFileDialog(QStringLiteral("Export"), path);
            EVENTUALLY(!desk.isQuiet());
        }
        QCOMPARE(desk.text(),
                 QStringLiteral("“%1” was not saved in %2: the disk is full (No space left on device). The "
                                "file that was there is unharmed. Free space there, or save it elsewhere.")
                     .arg(name, share.path()));
        QCOMPARE(desk.status(), QString());
        QCOMPARE(readFrom(path), formerContent);
        EVENTUALLY_COMPARE(
            recorded(stage).value(0),
            QString(QStringLiteral("Results not exported: “%1” was not saved in %2: the disk is "
                                   "full (No space left on device). The file that was there is "
                                   "unharmed.")
                        .arg(name, share.path())));
        stage.picture("61-export-not-saved");
        hands::click(desk.offer());
        stage.answerFileDialog(QStringLiteral("Export"), other.filePath(name));
        EVENTUALLY(desk.status().contains(QLatin1StringView("exported")));
        QVERIFY(desk.isQuiet());
        QVERIFY(readFrom(other.filePath(name)).size() > 100);
    }
}

void Saving::list()
{
    Desk desk;
    auto& stage = desk.stage();
    const auto save = [&stage](const QString& name) {
        hands::press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(stage.dialog("nameDialog"));
        hands::type(name);
        hands::press(Qt::Key_Return);
        QVERIFY(stage.isClosed("nameDialog"));
    };
    stage.tickFirst(2);
    save(QStringLiteral("Small"));
    const auto folder = stage.paths().data.filePath(QStringLiteral("lists/") +
                                                    stage.window().desk()->connection().endpoint.accountId);
    const auto before = readFrom(folder + QStringLiteral("/Small.csv"));
    QVERIFY(before.size() > 50);
    auto* lists = stage.find<QListWidget>("deviceLists");
    auto* table = stage.find<QTableView>("devices");
    hands::click(table, table->model()->index(5, int(devices::Column::Name)));
    const auto addHighlighted = [&] {
        QMimeData mime;
        mime.setData(QLatin1StringView(ui::deviceMime), "1");
        QVERIFY(hands::drop(lists->viewport(), lists->visualItemRect(lists->item(2)).center(), mime));
    };
    const auto full =
        QStringLiteral(" was not saved in %1: the disk is full (No space left on device).").arg(folder);
    {
        const FaultyFiles faulty({{.call = "write", .under = folder.toStdString() + '/', .code = ENOSPC}});
        addHighlighted();
        EVENTUALLY(!desk.isQuiet());
        QCOMPARE(desk.text(),
                 QString(QStringLiteral("“Small.csv”") + full +
                         QStringLiteral(" The file that was there is unharmed. Free space there, then try "
                                        "again.")));
        QCOMPARE(desk.status(), QString());
        QCOMPARE(desk.offer()->text(), QStringLiteral("Another folder…"));
        QVERIFY(desk.offer()->isVisible());
        stage.picture("62-list-not-saved");
        save(QStringLiteral("New"));
        QCOMPARE(desk.text(), QString(QStringLiteral("“New.csv”") + full +
                                      QStringLiteral(" Free space there, then try again.")));
    }
    QCOMPARE(readFrom(folder + QStringLiteral("/Small.csv")), before);
    addHighlighted();
    EVENTUALLY(desk.isQuiet());
    QVERIFY(readFrom(folder + QStringLiteral("/Small.csv")).size() > before.size());
}

void Saving::settings()
{
    Desk desk;
    auto& stage = desk.stage();
    const auto folder = stage.paths().config.path();
    {
        const FaultyFiles faulty({{.call = "write", .under = folder.toStdString(), .code = ENOSPC}});
        stage.window().setAppearance(QStringLiteral("dark"));
        EVENTUALLY(!desk.isQuiet());
        QCOMPARE(
            desk.text(),
            QStringLiteral(
                "The settings were not saved; they hold until Capture Desk closes. “settings.json” was "
                "not saved in %1: the disk is full (No space left on device). The file that was there is "
                "unharmed. Free space there, then try again.")
                .arg(folder));
    }
    stage.window().setAppearance(QStringLiteral("light"));
    EVENTUALLY(desk.isQuiet());
}

/// Reported once, whatever is opened first; the connections are restored.
void Saving::damagedConnections()
{
    const QTemporaryDir folder;
    const QDir config(folder.filePath(QStringLiteral("config")));
    QVERIFY(config.mkpath(QStringLiteral(".")));
    const auto path = config.filePath(QStringLiteral("connections.json"));
    writeTo(path + QStringLiteral(".copy"),
            R"({"connections":[{"id":"a","name":"Contoso","account":"0123456789abcdef0123456789abcdef",)"
            R"("base_url":"https://api.cloudflare.com/client/v4","format":"automatic","proxy":"system"}]})");
    writeTo(path, {});
    {
        Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
        QCOMPARE(stage.store().all().size(), 1);
        auto* text = stage.find<QLabel>("bannerText");
        EVENTUALLY(text->isVisible());
        const auto asides = config.entryList({QStringLiteral("connections *-*.json")}, QDir::Files);
        QCOMPARE(asides.size(), 1);
        QCOMPARE(text->text(),
                 QStringLiteral(
                     "The saved connections could not be read: the file is empty. They are back as they were "
                     "last saved. The damaged file is kept as %1.")
                     .arg(config.filePath(asides.first())));
        stage.picture("63-connections-are-back");
        const Sandbox sandbox({});
        stage.window().open(sandbox.connection());
        QVERIFY(text->isVisible());
    }
    Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
    QCOMPARE(stage.store().all().size(), 1);
    QVERIFY(!stage.find<QLabel>("bannerText")->isVisible());
}

/// Files are not saved in the working folder; each kind of file goes where the last one was saved.
void Saving::foldersOfTheUser()
{
    const auto downloads = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    const auto documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    QVERIFY(QDir().mkpath(downloads) && QDir().mkpath(documents) && downloads != documents);
    Desk desk;
    desk.run();
    auto& stage = desk.stage();
    const QTemporaryDir other;
    const auto startsIn = [&stage] {
        auto* dialog = stage.dialog<QFileDialog>("QFileDialog");
        const auto folder = dialog->directory().absolutePath();
        hands::press(Qt::Key_Escape);
        return folder;
    };
    const auto save = [&] { hands::press(Qt::Key_S, Qt::ControlModifier); };
    const auto exportCsv = [&] {
        hands::choose(QStringLiteral("File"), QStringLiteral("Export results as CSV"));
    };
    save();
    QCOMPARE(startsIn(), downloads);
    exportCsv();
    QCOMPARE(startsIn(), documents);
    // A folder in which saving failed is not proposed again.
    save();
    stage.answerFileDialog(QStringLiteral("Save"), other.filePath(QStringLiteral("no/such/a.zip")));
    EVENTUALLY(!desk.isQuiet());
    QCOMPARE(desk.text(),
             QStringLiteral("“a.zip” was not saved in %1: the folder is not there (No such file or "
                            "directory). Connect the share or make the folder, or save it elsewhere.")
                 .arg(other.filePath(QStringLiteral("no/such"))));
    save();
    QCOMPARE(startsIn(), downloads);
    save();
    stage.answerFileDialog(QStringLiteral("Save"), other.filePath(QStringLiteral("a")));
    EVENTUALLY(QFile::exists(other.filePath(QStringLiteral("a.zip"))));
    EVENTUALLY(desk.isQuiet());
    save();
    QCOMPARE(startsIn(), other.path());
    exportCsv();
    QCOMPARE(startsIn(), documents);
}

CAPTUREDESK_SUITE(test_ui_saving, Saving)
#include "saving.moc"
