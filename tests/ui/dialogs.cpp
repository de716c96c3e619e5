// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What Enter, Ctrl+Enter, Esc and Space do in every dialog, with the focus on each of its widgets in turn.
// tests/ui/reader/dialogs.py tests the same on a real X server.

#include <QComboBox>
#include <QFile>
#include <QLocale>
#include <QTemporaryDir>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QRadioButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "support/suite.h"
#include "devices/fleet.h"
#include "devices/layout.h"
#include "hands.h"
#include "stage.h"
#include "support/eventually.h"
#include "storage/settings.h"
#include "ui/common/csvchoice.h"

class Dialogs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase();
    void everyWidget_data();
    void everyWidget();
    void firstMoments_data() { everyWidget_data(); }
    void firstMoments();
    void overwriting();
    void connectingTwice();
    void separatorOfExports();
    void separatorOfLocale();

private:
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Stage> m_stage;
};

namespace {

/// \brief One dialog: how an operator opens it, and what its keys do.
struct Subject {
    const char* dialog;             ///< its object name
    void (*open)(Stage&);           ///< with keys and mouse
    void (*fill)(Stage&, QDialog&); ///< makes Ctrl+Enter possible; null: not needed, or no effect
    bool accepts;                   ///< Ctrl+Enter does something
    const char* byDefault;          ///< the button that Enter presses where no button has the focus
    const char* last = nullptr;     ///< is enabled once the dialog is complete; null: complete at once
};

void openReview(Stage&)
{
    hands::press(Qt::Key_Return, Qt::ControlModifier);
}

const Subject subjects[] = {
    {"review", openReview, nullptr, true, "Back", "choiceRunning"},
    {"connectDialog",
     [](Stage&) { hands::choose(QStringLiteral("File"), QStringLiteral("Connect to an account")); }, nullptr,
     false, "Connect"}, // nothing is entered: the dialog reports it and stays open
    {"nameDialog", [](Stage&) { hands::press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier); },
     [](Stage&, QDialog&) { hands::type(QStringLiteral("Monday")); }, true, "Save"},
    {"handDialog",
     [](Stage&) { hands::choose(QStringLiteral("Devices"), QStringLiteral("Add a device by hand")); },
     [](Stage&, QDialog& dialog) {
         hands::type(QStringLiteral("AWAY-LT-1"));
         hands::fill(dialog.findChild<QLineEdit*>(QStringLiteral("handEmail")),
                     QStringLiteral("a@example.com"));
     },
     true, "Add and tick"},
    {"importDialog",
     [](Stage&) {
         QApplication::clipboard()->setText(QStringLiteral("name\nAWAY-LT-1\n"));
         hands::press(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
     },
     nullptr, true, "Save list", "importSave"},
    {"trail", [](Stage&) { hands::choose(QStringLiteral("Captures"), QStringLiteral("Audit log")); }, nullptr,
     false, "Close", "trailExport"},
    {"reserveDialog",
     [](Stage&) {
         hands::choose(QStringLiteral("Captures"), QStringLiteral("Keep captures for colleagues"));
     },
     nullptr, true, "OK"},
    {"operatorDialog",
     [](Stage& stage) {
         hands::choose(stage.find<QToolButton>("operator"), QStringLiteral("Somebody else"));
     },
     [](Stage&, QDialog&) { hands::type(QStringLiteral("Marta")); }, true, "OK"},
    {"removeBox",
     [](Stage&) { hands::choose(QStringLiteral("File"), QStringLiteral("Remove this connection")); }, nullptr,
     false, "Cancel"},
    {"deleteBox",
     [](Stage& stage) {
         auto* lists = stage.find<QListWidget>("deviceLists");
         hands::click(lists, lists->model()->index(2, 0), {.button = Qt::RightButton});
         hands::choose(QStringLiteral("Delete"));
     },
     nullptr, false, "Cancel"},
    {"quitBox", [](Stage&) { hands::press(Qt::Key_Q, Qt::ControlModifier); }, nullptr, false, "Keep open"},
    {"aboutBox", [](Stage&) { hands::choose(QStringLiteral("Help"), QStringLiteral("About")); }, nullptr,
     false, "Close"},
};

QString withoutAmpersand(QString text)
{
    return text.remove(u'&');
}

QDialog* opened(Stage& stage, const Subject& subject, bool isNew)
{
    subject.open(stage);
    auto* dialog = isNew ? stage.newDialog(subject.dialog) : stage.dialog(subject.dialog);
    const auto isWhole = [&] {
        const auto* last =
            subject.last ? dialog->findChild<QWidget*>(QLatin1StringView(subject.last)) : dialog;
        return last && last->isVisible() && last->isEnabled();
    };
    if (!support::eventually(isWhole))
        QTest::qFail("The dialog does not get all that it has.", __FILE__, __LINE__);
    return dialog;
}

/// Whether Enter presses this widget while it has the focus.
bool isPressed(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) && !qobject_cast<const QCheckBox*>(widget) &&
           !qobject_cast<const QRadioButton*>(widget);
}

QAbstractButton* backOf(const QDialog* dialog)
{
    for (const auto* box : dialog->findChildren<QDialogButtonBox*>()) {
        for (auto* button : box->buttons()) {
            if (box->buttonRole(button) == QDialogButtonBox::RejectRole)
                return button;
        }
    }
    return nullptr;
}

void tabTo(const QDialog& dialog, const QWidget* widget)
{
    QSet<const QWidget*> seen;
    while (dialog.focusWidget() != widget && !QTest::currentTestFailed()) {
        if (!widget || seen.contains(dialog.focusWidget()))
            return QTest::qFail("Tab does not reach it.", __FILE__, __LINE__);
        seen << dialog.focusWidget();
        hands::press(Qt::Key_Tab);
    }
}

/// The widgets that get the focus with each Tab, until the first one gets it again.
QList<QWidget*> tabbed(QDialog* dialog)
{
    QList<QWidget*> all;
    while (dialog->focusWidget() && !all.contains(dialog->focusWidget())) {
        all << dialog->focusWidget();
        hands::press(Qt::Key_Tab);
    }
    return all;
}

} // namespace

void Dialogs::initTestCase()
{
    // A state in which every dialog can be opened: it has a device list, a saved connection and waiting
    // captures.
    m_sandbox = std::make_unique<Sandbox>(QStringList{QStringLiteral("--devices"), QStringLiteral("200"),
                                                      QStringLiteral("--quota"), QStringLiteral("1000"),
                                                      QStringLiteral("--clock"), QStringLiteral("manual"),
                                                      QStringLiteral("--rate-limit"), QStringLiteral("0")});
    m_stage = std::make_unique<Stage>();
    auto connection = m_sandbox->connection();
    connection.id = QStringLiteral("some-id");
    m_stage->window().open(connection);
    auto* desk = m_stage->window().desk();
    EVENTUALLY(desk->loader().isWhole() && desk->quota());
    hands::press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    hands::press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(m_stage->dialog("nameDialog"));
    hands::type(QStringLiteral("Everybody"));
    hands::press(Qt::Key_Return);
    QVERIFY(m_stage->isClosed("nameDialog"));
    m_stage->typeTicket(QStringLiteral("INC1"));
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    auto* review = m_stage->dialog("review");
    QVERIFY(review->findChild<QPushButton*>(QStringLiteral("back"))->hasFocus());
    // The focus is on Back; Ctrl+Enter must still run.
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_stage->isClosed("review"));
    EVENTUALLY(desk->captures().size() > 200);
    QVERIFY(desk->unsent() > 0);
    // Ticks enough devices that the following reviews open with the focus on Back.
    hands::press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    m_stage->typeTicket(QStringLiteral("INC2"));
}

/// Closes what a failed test left open.
void Dialogs::cleanup()
{
    while (auto* dialog = QApplication::activeModalWidget())
        dialog->hide();
    m_stage->clock().go();
}

void Dialogs::cleanupTestCase()
{
    m_stage.reset();
    m_sandbox.reset();
}

void Dialogs::everyWidget_data()
{
    QTest::addColumn<int>("subject");
    for (int i = 0; i < int(std::size(subjects)); ++i)
        QTest::newRow(subjects[i].dialog) << i;
}

/// With the focus on each widget in turn.
void Dialogs::everyWidget()
{
    QFETCH(int, subject);
    const auto& one = subjects[subject];
    auto& stage = *m_stage;
    const auto open = [&] { return opened(stage, one, false); };
    auto* dialog = open();
    stage.picture((QByteArray("70-dialog-") + one.dialog).constData(), dialog);
    const auto all = tabbed(dialog);
    const auto count = all.size();
    for (auto* button : dialog->findChildren<QAbstractButton*>())
        QVERIFY2(all.contains(button) || !button->isVisible() || !button->isEnabled() ||
                     !(button->focusPolicy() & Qt::TabFocus) || qobject_cast<QRadioButton*>(button),
                 qPrintable(button->text()));
    QVERIFY(all.contains(backOf(dialog)));
    const auto isDefault = [&](const QPushButton* button) {
        return button->isDefault() && button->isVisible();
    };
    QStringList defaults;
    for (const auto* button : dialog->findChildren<QPushButton*>()) {
        if (isDefault(button))
            defaults << withoutAmpersand(button->text());
    }
    QCOMPARE(defaults.size(), 1); // the focused button, or the dialog's own
    hands::press(Qt::Key_Escape);
    QVERIFY(stage.isClosed(one.dialog));

    for (qsizetype at = 0; at < count; ++at) {
        dialog = open();
        for (qsizetype i = 0; i < at; ++i)
            hands::press(Qt::Key_Tab);
        auto* focus = dialog->focusWidget();
        const auto where = QStringLiteral("%1 %2").arg(QLatin1StringView(focus->metaObject()->className()),
                                                       focus->objectName());
        // Ctrl+Enter does what the dialog is for, or nothing.  Tested here only where it does nothing.
        if (!one.accepts) {
            hands::press(Qt::Key_Return, Qt::ControlModifier);
            hands::press(Qt::Key_Enter, Qt::ControlModifier | Qt::KeypadModifier);
            QVERIFY2(!stage.isClosed(one.dialog), qPrintable(where));
            tabTo(*dialog, focus); // a form moves the focus to the missing field
        }
        // Auto-repeated keys do nothing.
        for (const auto key : {Qt::Key_Return, Qt::Key_Escape}) {
            QTest::simulateEvent(QGuiApplication::focusWindow(), true, key, {}, {}, true);
            QVERIFY2(!stage.isClosed(one.dialog), qPrintable(where));
        }
        if (!isPressed(focus)) {
            for (const auto* button : dialog->findChildren<QPushButton*>()) {
                if (isDefault(button)) {
                    QCOMPARE(withoutAmpersand(button->text()), QLatin1StringView(one.byDefault));
                }
            }
        }
        // Enter on the cancelling button cancels; so does Esc, whichever widget has the focus.
        if (focus == backOf(dialog))
            hands::press(at % 2 ? Qt::Key_Return : Qt::Key_Enter);
        else
            hands::press(Qt::Key_Escape);
        QVERIFY2(stage.isClosed(one.dialog), qPrintable(where));
    }
    const auto before = stage.window().desk()->captures().size();
    if (!one.accepts)
        return;
    dialog = open();
    if (one.fill)
        one.fill(stage, *dialog);
    tabTo(*dialog, backOf(dialog));
    bool accepted = false;
    connect(dialog, &QDialog::accepted, this, [&accepted] { accepted = true; });
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(stage.isClosed(one.dialog));
    QVERIFY(accepted);
    if (one.open == openReview) {
        EVENTUALLY(stage.window().desk()->captures().size() > before);
        hands::press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        stage.typeTicket(QStringLiteral("INC2"));
    }
}

/// For a short time after the dialog opens, no key presses a button, whichever button has the focus.
void Dialogs::firstMoments()
{
    QFETCH(int, subject);
    const auto& one = subjects[subject];
    using namespace std::chrono_literals;
    auto& stage = *m_stage;
    stage.clock().stop();
    auto* dialog = opened(stage, one, true);
    const auto count = tabbed(dialog).size();
    for (qsizetype i = 0; i < count; ++i) {
        if (isPressed(dialog->focusWidget())) {
            for (const auto key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space})
                hands::press(key);
        }
        hands::press(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!stage.isClosed(one.dialog));
        hands::press(Qt::Key_Tab);
    }
    tabTo(*dialog, backOf(dialog));
    stage.clock().pass(ui::DialogKeys::guardTime - 1ms);
    hands::hold(Qt::Key_Return, {}, 20);
    QVERIFY(!stage.isClosed(one.dialog));
    stage.clock().pass(1ms);
    hands::press(Qt::Key_Return);
    QVERIFY(stage.isClosed(one.dialog));
    // Esc works at once.
    QVERIFY(opened(stage, one, true));
    hands::press(Qt::Key_Escape);
    QVERIFY(stage.isClosed(one.dialog));
    stage.clock().go();
}

/// Only the button Yes overwrites an existing file.
void Dialogs::overwriting()
{
    auto& stage = *m_stage;
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("results.csv"));
    const auto content = [&path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const auto question = [&stage]() -> QMessageBox* {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (box && !support::eventually([box] { return box->isActiveWindow(); }))
            return nullptr;
        stage.clock().pass(ui::DialogKeys::guardTime);
        return box;
    };
    const auto asked = [&](const std::function<void(QMessageBox*)>& answer) {
        hands::choose(QStringLiteral("File"), QStringLiteral("Export results as CSV"));
        QVERIFY(stage.dialog("QFileDialog"));
        hands::press(Qt::Key_A, Qt::ControlModifier);
        hands::paste(path);
        // The question runs its own event loop.
        bool isAsked = false;
        QMetaObject::invokeMethod(
            qApp,
            [&] {
                auto* box = question();
                isAsked = box != nullptr;
                if (box)
                    answer(box);
                if (auto* still = question())
                    still->reject();
            },
            Qt::QueuedConnection);
        hands::press(Qt::Key_Return);
        QVERIFY(isAsked);
    };
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("another's");
    }
    for (const auto key : {Qt::Key_Return, Qt::Key_Escape}) {
        asked([key](const QMessageBox* box) {
            hands::press(Qt::Key_Return, Qt::ControlModifier);
            QVERIFY(box->isVisible());
            hands::press(key);
            QVERIFY(!box->isVisible());
        });
        QVERIFY(!stage.isClosed("QFileDialog"));
        QCOMPARE(content(), QByteArray("another's"));
        hands::press(Qt::Key_Escape);
        QVERIFY(stage.isClosed("QFileDialog"));
    }
    asked([](QMessageBox* box) {
        tabTo(*box, box->button(QMessageBox::Yes));
        hands::press(Qt::Key_Return);
    });
    QVERIFY(stage.isClosed("QFileDialog"));
    QVERIFY(content().size() > 100);
}

/// A second Enter during the connection attempt discards nothing.
void Dialogs::connectingTwice()
{
    auto& stage = *m_stage;
    hands::choose(QStringLiteral("File"), QStringLiteral("Connect to an account"));
    auto* dialog = stage.dialog("connectDialog");
    hands::type(QStringLiteral("Fabrikam"));
    const auto fill = [dialog](const char* field, const QString& text) {
        hands::fill(dialog->findChild<QLineEdit*>(QLatin1StringView(field)), text);
    };
    fill("accountId", QString(32, u'a'));
    fill("token", QStringLiteral("token-for-a-test"));
    hands::click(dialog->findChild<QToolButton*>(QStringLiteral("advanced")));
    fill("baseUrl", QStringLiteral("http://127.0.0.1:1/client/v4"));
    hands::press(Qt::Key_Return);
    const auto* connect = dialog->findChild<QPushButton*>(QStringLiteral("connect"));
    QVERIFY(!connect->isEnabled());
    for (const auto key : {Qt::Key_Return, Qt::Key_Space})
        hands::press(key);
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(!stage.isClosed("connectDialog"));
    EVENTUALLY(connect->isEnabled());
    QVERIFY(dialog->findChild<QLineEdit*>(QStringLiteral("baseUrl"))->hasFocus()); // the focus has not moved
    hands::press(Qt::Key_Escape);
    QVERIFY(stage.isClosed("connectDialog"));
}

/// The separator is a file type of the dialog; the choice also applies to the next export.
void Dialogs::separatorOfExports()
{
    auto& stage = *m_stage;
    const QTemporaryDir folder;
    const auto exported = [&](const QString& name, int type) {
        hands::choose(QStringLiteral("File"), QStringLiteral("Export results as CSV"));
        auto* dialog = stage.dialog("QFileDialog");
        auto* types = dialog->findChild<QComboBox*>(QStringLiteral("fileTypeCombo"));
        if (type >= 0)
            hands::pick(types, type);
        auto* edit = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
        hands::fill(edit, folder.filePath(name));
        hands::press(Qt::Key_Return);
        if (!stage.isClosed("QFileDialog"))
            return QByteArray();
        QFile file(folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readLine() : QByteArray();
    };
    QVERIFY(
        exported(QStringLiteral("a.csv"), -1).contains("state,service_status,")); // the default in locale C
    QVERIFY(exported(QStringLiteral("b.csv"), 1).contains("state;service_status;"));
    QVERIFY(exported(QStringLiteral("c.csv"), -1).contains("state;service_status;"));
    // The import reads it back like any other table.
    QFile file(folder.filePath(QStringLiteral("c.csv")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto read = devices::readSheet(file.readAll());
    QVERIFY(read);
    QCOMPARE(read->format.separator, u';');
    const auto layout = devices::layoutOf(read->sheet);
    QVERIFY(layout.has(devices::Part::DeviceId) && layout.has(devices::Part::Email) &&
            layout.has(devices::Part::Name));
    QVERIFY(exported(QStringLiteral("d.csv"), 0).contains("state,service_status,"));
}

/// Without a choice the locale decides the separator.
void Dialogs::separatorOfLocale()
{
    const QTemporaryDir folder;
    const storage::Settings settings(
        storage::Paths{QDir(folder.path()), QDir(folder.path()), QDir(folder.path())});
    const QLocale before;
    for (const auto& [name, format] :
         {std::pair("en_US", exports::Format::Csv), std::pair("ja_JP", exports::Format::Csv),
          std::pair("de_DE", exports::Format::SemicolonCsv),
          std::pair("pt_BR", exports::Format::SemicolonCsv),
          std::pair("tr_TR", exports::Format::SemicolonCsv)}) {
        QLocale::setDefault(QLocale(QString::fromLatin1(name)));
        const auto actual = ui::csvFormat(settings);
        QLocale::setDefault(before);
        QCOMPARE(actual, format);
    }
}

CAPTUREDESK_SUITE(test_ui_dialogs, Dialogs)
#include "dialogs.moc"
