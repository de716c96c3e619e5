// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Names come from end users' machines.  Wherever a name is displayed, stored, exported or part of a file name
// it is plain text: it is not interpreted as markup, a formula or a path, and it neither reverses nor moves
// the text beside it.

#include <algorithm>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QFileDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include "support/suite.h"
#include "helpdesk.h"
#include "hands.h"
#include "stage.h"
#include "support/eventually.h"
#include "ui/results/summary.h"
#include "exports/table.h"

using captures::State;
using faults::Ask;

class Hostile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void devices_data() { names(); }
    void devices();
    void aRun_data() { names(); }
    void aRun();
    void waitedFor_data() { names(); }
    void waitedFor();
    void typedIn_data() { names(); }
    void typedIn();
    void ofTheAccount_data() { names(); }
    void ofTheAccount();
    void fileNames_data();
    void fileNames();
    void markdown_data();
    void markdown();

private:
    static void names();
};

namespace {

constexpr int screenWidth = 1280;

const auto bom = QChar(0xFEFF);

/// Whether the text has no line-breaking, invisible or direction-changing characters, is valid UTF-16, and is
/// not longer than `most`.
bool isFit(const QString& text, qsizetype most = 1200)
{
    if (text.size() > most || !text.isValidUtf16())
        return false;
    int open = 0;
    const auto points = text.toUcs4();
    for (const char32_t c : points) {
        if (c == 0x2068) {
            ++open;
        } else if (c == 0x2069) {
            --open;
        } else if (const auto category = QChar::category(c);
                   c != U'\n' && c != 0x200B &&
                   (category == QChar::Other_Control || category == QChar::Other_Format ||
                    category == QChar::Separator_Line || category == QChar::Separator_Paragraph)) {
            return false;
        }
        if (open < 0)
            return false;
    }
    return open == 0;
}

bool isFitTip(const QString& tip)
{
    auto inside = tip;
    if (!tip.startsWith(QLatin1StringView("<qt>")))
        return !Qt::mightBeRichText(tip) && isFit(tip);
    inside = tip.mid(4).chopped(5).remove(QStringLiteral("<br>"));
    if (inside.contains(u'<') || inside.contains(u'>') || !isFit(inside, 20'000))
        return false;
    // No single word makes it as wide as the screen.
    static const QRegularExpression ends(QStringLiteral("[\\s\\x{200B}]"));
    const auto words = inside.split(ends);
    return std::ranges::all_of(words, [](const QString& word) { return word.size() < 300; });
}

/// What is wrong with a widget or its children; empty: nothing.
QString wrongIn(const QWidget* root)
{
    if (root->minimumSizeHint().width() > screenWidth || root->width() > screenWidth)
        return QStringLiteral("%1 is %2 wide, and cannot be less than %3")
            .arg(root->objectName())
            .arg(root->width())
            .arg(root->minimumSizeHint().width());
    if (!isFit(root->windowTitle()))
        return QStringLiteral("a title: ") + root->windowTitle();
    const auto all = root->findChildren<QWidget*>();
    for (const auto* widget : all) {
        const auto name = QStringLiteral("%1 %2: ").arg(
            QString::fromLatin1(widget->metaObject()->className()), widget->objectName());
        if (const auto* box = qobject_cast<const QMessageBox*>(widget);
            box && box->textFormat() == Qt::RichText)
            return name + QStringLiteral("takes markup");
        if (const auto* label = qobject_cast<const QLabel*>(widget)) {
            if (label->isVisible() && label->textFormat() != Qt::PlainText)
                return name + QStringLiteral("takes markup: ") + label->text();
            if (!isFit(label->text()))
                return name + label->text();
        }
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget);
            button && !isFit(button->text(), 120))
            return name + button->text();
        if (!isFit(widget->accessibleName()))
            return name + QStringLiteral("accessible as ") + widget->accessibleName();
        if (!isFitTip(widget->toolTip()))
            return name + QStringLiteral("tip ") + widget->toolTip();
        const auto* view = qobject_cast<const QAbstractItemView*>(widget);
        if (!view || !view->model())
            continue;
        const auto* model = view->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                const auto index = model->index(row, column);
                for (const int role : {int(Qt::DisplayRole), int(Qt::AccessibleTextRole)}) {
                    const auto text = index.data(role).toString();
                    if (!isFit(text) || text.contains(u'\n'))
                        return name + text;
                }
                if (!isFitTip(index.data(Qt::ToolTipRole).toString()))
                    return name + QStringLiteral("tip ") + index.data(Qt::ToolTipRole).toString();
            }
        }
    }
    return {};
}

#define NOTHING_WRONG_IN(widget)                                                                             \
    do {                                                                                                     \
        const auto wrong = wrongIn(widget);                                                                  \
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));                                                        \
    } while (false)

bool startsFormula(const QString& cell)
{
    static const QRegularExpression formula(QStringLiteral("(^|[;\\t\\r\\n])[=+@-]|^[\\t\\r]"));
    return cell.contains(formula);
}

/// Parses CSV strictly as RFC 4180 defines it.
QList<QStringList> cellsOf(const QByteArray& csv)
{
    QList<QStringList> rows{{}};
    QString cell;
    bool inside = false;
    const auto text = QString::fromUtf8(csv).remove(bom);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto c = text[i];
        if (inside && c == u'"' && text.mid(i + 1, 1) == QStringLiteral("\"")) {
            cell += c;
            ++i;
        } else if (c == u'"') {
            inside = !inside;
        } else if (!inside && c == u',') {
            rows.last() << std::exchange(cell, {});
        } else if (!inside && text.mid(i, 2) == QStringLiteral("\r\n")) {
            rows.last() << std::exchange(cell, {});
            rows << QStringList();
            ++i;
        } else {
            cell += c;
        }
    }
    rows.removeLast();
    return rows;
}

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Whether the Markdown has no markup outside code spans.
bool isHarmless(QString markdown)
{
    static const QRegularExpression code(QStringLiteral("(?<!`)(`+)(?!`).*?(?<!`)\\1(?!`)"));
    markdown.remove(code);
    markdown.remove(QStringLiteral("**"));
    static const QRegularExpression signs(
        QStringLiteral("[`<>\\[\\]|*#!~&\\\\]|(^|\\W)@|(^|\\s)www\\.|://|_(\\W|$)|(^|\\W)_"));
    return !markdown.contains(signs);
}

/// JSON in pure ASCII, so that half a surrogate pair can be written, too.
QByteArray escaped(const QString& text)
{
    QByteArray result;
    for (const auto c : text)
        result += "\\u" + QByteArray::number(c.unicode(), 16).rightJustified(4, '0');
    return result;
}

/// \brief A correct account, except that its first devices have the given name.
class Account {
public:
    explicit Account(const QString& name, bool isThere = true)
        : m_name(name)
        , m_isThere(isThere)
        , m_account(options())
        , m_proxy(m_account.url())
    {
        for (const auto one : m_account.devices()) {
            const auto device = one.toObject();
            if (device[u"platform"] != QLatin1StringView("windows") && device[u"eligible"].toBool(true) &&
                device[u"status"] == QLatin1StringView("connected")) {
                m_device = device;
                break;
            }
        }
        m_proxy.through = [this](Ask ask, faults::Act& act) {
            if (ask == Ask::Devices)
                rename(act);
        };
    }

    [[nodiscard]] connections::Connection connection() const { return m_account.connection(m_proxy.url()); }
    [[nodiscard]] QString deviceId() const { return m_device[u"deviceId"].toString(); }
    [[nodiscard]] QString email() const { return m_device[u"personEmail"].toString(); }
    [[nodiscard]] faults::Proxy& proxy() { return m_proxy; }
    void setThere() { m_isThere = true; }

    [[nodiscard]] const devices::Device* in(devices::Fleet& fleet) const
    {
        for (int row = 0; row < fleet.viewSize(); ++row) {
            if (fleet.viewAt(row).deviceId == deviceId())
                return &fleet.viewAt(row);
        }
        return nullptr;
    }

private:
    static sandbox::Options options()
    {
        sandbox::Options options;
        options.devices = 24;
        options.timeScale = 900;
        return options;
    }

    void rename(faults::Act& act)
    {
        faults::edit(act, [this](QJsonObject& envelope) {
            auto inner = envelope[u"result"].toObject();
            auto all = inner[u"devices"].toArray();
            for (qsizetype i = all.size() - 1; i >= 0; --i) {
                auto device = all[i].toObject();
                if (device[u"deviceId"] != deviceId())
                    continue;
                if (!m_isThere) {
                    all.removeAt(i);
                    continue;
                }
                for (const auto* field : {"deviceName", "personEmail", "version"})
                    device[QLatin1StringView(field)] = QStringLiteral("THE NAME");
                all[i] = device;
            }
            inner[u"devices"] = all;
            envelope[u"result"] = inner;
        });
        act.body.replace("THE NAME", escaped(m_name));
    }

    QString m_name;
    bool m_isThere;
    QJsonObject m_device;
    faults::Account m_account;
    faults::Proxy m_proxy;
};

captures::Desk* opened(Stage& stage, const connections::Connection& connection)
{
    stage.window().open(connection);
    auto* desk = stage.window().desk();
    // The journal answers this call after it has been read; before that, no run starts.
    QSignalSpy read(stage.window().surroundings().journal->trail(), &captures::JournalCall::finished);
    [&] { EVENTUALLY(desk->loader().isWhole() && desk->quota() && read.size() == 1); }();
    return desk;
}

QByteArray pictureOf(const char* place)
{
    return QByteArray("60-hostile-") + place + '-' + QByteArray(QTest::currentDataTag()).replace(' ', '-');
}

template<class Widget = QDialog>
Widget* childOf(QWidget* parent, const char* name)
{
    return parent->findChild<Widget*>(QLatin1StringView(name));
}

} // namespace

void Hostile::names()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("markup") << QStringLiteral("<b>x</b><img src='file:///etc/passwd'><a href='x'>y</a>&amp;");
    QTest::newRow("ampersands") << QStringLiteral("R&D && more &lt;");
    QTest::newRow("formula") << QStringLiteral("=cmd|' /C calc'!A0");
    QTest::newRow("formula inside") << QStringLiteral("x;=HYPERLINK(\"https://example.org\",\"y\");+1");
    QTest::newRow("formula after a tab") << QStringLiteral("\t=1+1");
    QTest::newRow("formula after a return") << QStringLiteral("\r@SUM(A1)");
    QTest::newRow("override") << QStringLiteral("\u202EGNP.TPOTPAL\u2066x\u200F\u061C");
    QTest::newRow("right to left") << QStringLiteral("\u05D0\u05E0\u05D4 12-LT");
    QTest::newRow("long") << QString(10'000, u'W');
    QTest::newRow("nul") << QString(QStringLiteral("AN") + QChar(u'\0') + QStringLiteral("A"));
    QTest::newRow("lone surrogate") << QString(QStringLiteral("AN") + QChar(0xD800) + QStringLiteral("A"));
    QTest::newRow("tags") << QStringLiteral("ANA\U000E0041\U000E007F-\U0001F4BB");
    QTest::newRow("marks") << QString(QStringLiteral("A") + QString(300, QChar(0x0336)) + u'B');
    QTest::newRow("newlines") << QStringLiteral("ANA\r\nLT\u2028x\u2029y\tTAB\x1B[31m");
    QTest::newRow("path") << QStringLiteral("../../../etc/passwd\\..\\a/b:c");
    QTest::newRow("device of Windows") << QStringLiteral("CON.txt. .");
    QTest::newRow("markdown") << QStringLiteral("![x](https://example.org/p.png) | `a` ``b`` **c** @all #1");
    QTest::newRow("placeholders") << QStringLiteral("%1 %2 %n %L3");
}

void Hostile::initTestCase()
{
    // Tests the helpers of these tests.
    QVERIFY(isFit(QStringLiteral("plain")) && !isFit(QStringLiteral("\u202E")) &&
            !isFit(QString(5000, u'x')));
    QVERIFY(isFitTip(QStringLiteral("<qt>a<br>b</qt>")) && !isFitTip(QStringLiteral("<qt><b>x</b></qt>")));
    QVERIFY(isHarmless(QStringLiteral("- Device: ANA-LT-04\n- User: `<b>`")));
    QVERIFY(!isHarmless(QStringLiteral("- Device: <b>")) && !isHarmless(QStringLiteral("- Device: @all")));
}

/// In the table, its tool tips and counts, a list and its file, the clipboard, a search without results.
void Hostile::devices()
{
    QFETCH(QString, name);
    Account account(name);
    Stage stage;
    auto* desk = opened(stage, account.connection());
    auto& fleet = desk->fleet();
    const auto* device = account.in(fleet);
    QVERIFY(device);
    QCOMPARE(device->name, name);
    QCOMPARE(device->email, name);
    NOTHING_WRONG_IN(&stage.window());
    stage.picture(pictureOf("devices").constData());

    auto* table = stage.find<QTableView>("devices");
    const auto key = device->key();
    const int row = fleet.viewRow(key);
    stage.tick(row);
    QCOMPARE(fleet.tickedCount(), 1);
    hands::click(table, table->model()->index(row, int(devices::Column::Name)));
    // The clipboard: one line, one cell for each column, nothing that a spreadsheet would execute.
    hands::press(Qt::Key_C, Qt::ControlModifier);
    const auto copied = QApplication::clipboard()->text();
    QCOMPARE(copied.count(u'\n'), 0);
    QCOMPARE(copied.count(u'\t'), devices::columnCount - 2);
    for (const auto& cell : copied.split(u'\t'))
        QVERIFY2(!startsFormula(cell), qPrintable(cell));

    // A list with that name and that device.  It is read back unchanged, except for characters that no file
    // can store.
    const auto listName = name.left(60);
    hands::press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    auto* naming = stage.dialog("nameDialog");
    hands::paste(listName);
    NOTHING_WRONG_IN(naming);
    hands::press(Qt::Key_Return);
    if (!stage.isClosed("nameDialog"))
        hands::press(Qt::Key_Escape); // not a valid name for a list
    QVERIFY(stage.isClosed("nameDialog"));
    auto* lists = stage.find<QListWidget>("deviceLists");
    QDir folder(stage.paths().data.filePath(QStringLiteral("lists/")) +
                account.connection().endpoint.accountId);
    if (lists->count() == 3) {
        NOTHING_WRONG_IN(&stage.window());
        hands::click(lists, lists->model()->index(2, 0));
        QCOMPARE(fleet.viewSize(), 1);
        QCOMPARE(fleet.viewAt(0).deviceId, key.deviceId);
        const auto files = folder.entryList({QStringLiteral("*.csv")}, QDir::Files | QDir::Hidden);
        QCOMPARE(files.size(), 1);
        QVERIFY(files.first().toUtf8().size() <= 255);
        for (const auto& cells : cellsOf(read(folder.filePath(files.first())))) {
            for (const auto& cell : cells)
                QVERIFY2(!startsFormula(cell), qPrintable(cell));
        }
        hands::click(lists, lists->model()->index(0, 0));
    }
    // A search for the name without results.
    stage.search(QStringLiteral("zzz "));
    hands::paste(name);
    QVERIFY(fleet.viewSize() > 0 || stage.find<QLabel>("devicesEmpty")->isVisible());
    NOTHING_WRONG_IN(&stage.window());
}

/// The review, a refusal in the service's words, a capture with its file, the summary, exports, the audit
/// log; then all of it after a restart.
void Hostile::aRun()
{
    QFETCH(QString, name);
    Account account(name);
    QTemporaryDir folder, out;
    {
        Stage stage({1280, 800}, QStringLiteral("light"), folder.path());
        auto* desk = opened(stage, account.connection());
        const auto* device = account.in(desk->fleet());
        QVERIFY(device);
        const auto key = device->key();
        stage.tick(key);
        stage.typeTicket(QStringLiteral("INC1 ") + name.left(150));
        hands::press(Qt::Key_Return, Qt::ControlModifier);
        auto* review = stage.dialog("review");
        QVERIFY(childOf<QListWidget>(review, "reviewDevices")->count() >= 1);
        NOTHING_WRONG_IN(review);
        QVERIFY(
            !childOf<QListWidget>(review, "reviewDevices")->item(0)->text().contains(QStringLiteral("\n")));
        stage.picture(pictureOf("review").constData(), review);
        // The address belongs to no user: the service refuses with a message that repeats it.
        const auto words = QByteArray("no such user: ") + name.toUtf8();
        account.proxy().strike(Ask::Create, {.change = faults::refusal(400, 1001, words.constData())});
        hands::click(childOf<QPushButton>(review, "confirm"));
        EVENTUALLY_COMPARE(desk->captures().size(), 2);
        EVENTUALLY_COMPARE(desk->captures().first().state, State::Refused);
        account.proxy().lift();
        hands::press(Qt::Key_2, Qt::ControlModifier);
        hands::click(stage.find<QToolButton>("resultMore"));
        QVERIFY(stage.find<QLabel>("advice")->text().contains(QLatin1StringView("no such user: ")));
        NOTHING_WRONG_IN(&stage.window());
        stage.picture(pictureOf("refused").constData());

        // Bypasses the window: the device's own address would be refused.
        stage.tick(key);
        auto plan = desk->plan({.pcap = api::PcapArgs{}, .diag = {}});
        QCOMPARE(plan.orders.size(), 1);
        plan.orders[0].command.userEmail = account.email();
        desk->run(plan, {.ticket = name.left(200), .operatorName = name.left(80)});
        EVENTUALLY_COMPARE(desk->captures().size(), 3);
        EVENTUALLY(captures::isFinal(desk->captures().last().state));
        const auto& capture = desk->captures().last();
        QCOMPARE(capture.order.device.name, name);
        hands::press(Qt::Key_2, Qt::ControlModifier);
        NOTHING_WRONG_IN(&stage.window());
        QVERIFY(isFit(stage.window().statusBar()->currentMessage()));
        stage.picture(pictureOf("result").constData());

        // The saved file, alone in its folder.
        if (capture.state == State::Ready) {
            EVENTUALLY(stage.find<QAction>("saveCapture")->isEnabled());
            hands::press(Qt::Key_S, Qt::ControlModifier);
            auto* dialog = stage.dialog<QFileDialog>("QFileDialog");
            QVERIFY(isFit(dialog->windowTitle()));
            const auto file = ui::fileNameFor(capture);
            QCOMPARE(QFileInfo(dialog->selectedFiles().value(0)).fileName(), file);
            const auto path = out.filePath(file);
            stage.answerFileDialog(QStringLiteral("Save"), path);
            EVENTUALLY(QFile::exists(path));
            QCOMPARE(
                QDir(out.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 1);
            NOTHING_WRONG_IN(&stage.window());
        }
        EVENTUALLY(stage.find<QAction>("copySummary")->isEnabled());
        hands::press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        const auto summary = QApplication::clipboard()->text();
        QVERIFY2(isHarmless(summary), qPrintable(summary));
        for (const auto& line : summary.split(u'\n'))
            QVERIFY2(line.isEmpty() || line.startsWith(QLatin1StringView("- ")) ||
                         line.startsWith(QLatin1StringView("**")),
                     qPrintable(line));

        const auto csv = out.filePath(QStringLiteral("results.csv"));
        const auto json = out.filePath(QStringLiteral("results.json"));
        hands::choose(QStringLiteral("File"), QStringLiteral("Export results as CSV"));
        stage.answerFileDialog(QStringLiteral("Export"), csv);
        hands::choose(QStringLiteral("File"), QStringLiteral("Export results as JSON"));
        stage.answerFileDialog(QStringLiteral("Export"), json);
        const auto rows = cellsOf(read(csv));
        QCOMPARE(rows.size(), 4);
        for (const auto& cells : rows) {
            QCOMPARE(cells.size(), rows.first().size());
            for (const auto& cell : cells)
                QVERIFY2(!startsFormula(cell), qPrintable(cell));
        }
        const auto objects = QJsonDocument::fromJson(read(json)).array();
        QCOMPARE(objects.size(), 3);
        if (name.isValidUtf16()) {
            QCOMPARE(objects[0][u"device_name"].toString(), name);
            const auto column = rows.first().indexOf(QStringLiteral("device_name"));
            QCOMPARE(exports::restored(rows[1][column]), name);
        }

        hands::choose(QStringLiteral("Captures"), QStringLiteral("Audit log"));
        auto* trail = stage.dialog("trail");
        auto* deeds = childOf<QTableView>(trail, "trailTable");
        EVENTUALLY(deeds->model()->rowCount() >= 3);
        NOTHING_WRONG_IN(trail);
        QVERIFY(deeds->columnWidth(4) < 400);
        stage.picture(pictureOf("record").constData(), trail);
        const auto record = out.filePath(QStringLiteral("record.csv"));
        hands::click(childOf<QPushButton>(trail, "trailExport"));
        stage.answerFileDialog(QStringLiteral("Export"), record);
        const auto lines = cellsOf(read(record));
        QCOMPARE(lines.size(), deeds->model()->rowCount() + 1);
        for (const auto& cells : lines) {
            QCOMPARE(cells.size(), 7);
            for (const auto& cell : cells)
                QVERIFY2(!startsFormula(cell), qPrintable(cell));
        }
    }
    Stage again({1280, 800}, QStringLiteral("dark"), folder.path());
    auto* desk = opened(again, account.connection());
    QCOMPARE(desk->captures().size(), 3);
    if (name.isValidUtf16())
        QCOMPARE(desk->captures().last().order.device.name, name);
    NOTHING_WRONG_IN(&again.window());
}

/// A listed device that is not connected, skipped or waited for; then it connects, and the capture asks.
void Hostile::waitedFor()
{
    QFETCH(QString, name);
    Account account(name, false);
    Stage stage;
    auto* desk = opened(stage, account.connection());
    auto view = desk->fleet().view();
    view.of = devices::View::Of::List;
    view.list = {{.key = {.deviceId = account.deviceId(), .registrationId = {}, .email = {}}, .name = name},
                 {.key = {}, .name = name.left(100)}};
    desk->fleet().setView(view);
    NOTHING_WRONG_IN(&stage.window());
    for (int row = 0; row < desk->fleet().viewSize(); ++row)
        stage.tick(row);
    QVERIFY(desk->fleet().tickedCount() >= 1);
    stage.typeTicket(QStringLiteral("INC2"));
    hands::press(Qt::Key_Return, Qt::ControlModifier);
    auto* review = stage.dialog("review");
    auto* offline = childOf<QComboBox>(review, "choiceOffline");
    EVENTUALLY(offline->isVisible());
    NOTHING_WRONG_IN(review);
    hands::pick(offline, 1);
    EVENTUALLY(childOf<QLabel>(review, "reviewLeftOut")->isVisible());
    NOTHING_WRONG_IN(review);
    stage.picture(pictureOf("left-out").constData(), review);
    hands::click(childOf<QPushButton>(review, "copyLeftOut"));
    const auto copied = QApplication::clipboard()->text();
    QVERIFY(!copied.isEmpty());
    for (const auto& line : copied.split(u'\n'))
        QVERIFY2(!startsFormula(line) && isFit(line), qPrintable(line));
    hands::pick(offline, 0);
    hands::click(childOf<QPushButton>(review, "confirm"));
    EVENTUALLY(!desk->captures().isEmpty());
    NOTHING_WRONG_IN(&stage.window());
    account.setThere();
    auto* asks = stage.find<QWidget>("askBar");
    const auto isAsked = [&] {
        if (!desk->loader().isRunning())
            hands::press(Qt::Key_F5); // while a refresh runs, no other one starts
        return asks->isVisible();
    };
    EVENTUALLY(isAsked());
    NOTHING_WRONG_IN(&stage.window());
    stage.picture(pictureOf("ask").constData());
    hands::click(stage.find<QPushButton>("askCancel"));
    EVENTUALLY(!asks->isVisible());
}

/// Added by hand, and imported from a table.
void Hostile::typedIn()
{
    QFETCH(QString, name);
    Account account(QStringLiteral("ANA-LT-1"));
    Stage stage;
    auto* desk = opened(stage, account.connection());
    hands::choose(QStringLiteral("Devices"), QStringLiteral("Add a device by hand"));
    auto* hand = stage.dialog("handDialog");
    hands::paste(name);
    hands::press(Qt::Key_Tab);
    hands::paste(name); // not a valid ID, and the form reports that
    NOTHING_WRONG_IN(hand);
    hands::press(Qt::Key_Return);
    QVERIFY(!stage.isClosed("handDialog"));
    hands::press(Qt::Key_A, Qt::ControlModifier);
    hands::type(QStringLiteral("f174e90a-fafe-4643-bbbc-4a0ed4fc8415"));
    hands::press(Qt::Key_Tab);
    hands::type(QStringLiteral("a@example.com"));
    NOTHING_WRONG_IN(hand);
    hands::press(Qt::Key_Return);
    QVERIFY(stage.isClosed("handDialog"));
    QCOMPARE(desk->fleet().tickedCount(), 1);
    NOTHING_WRONG_IN(&stage.window());

    QTemporaryDir out;
    const auto cell = [](QString text) { return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"'; };
    QFile file(out.filePath(QStringLiteral("sales.csv")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write((QStringLiteral("name,email,") + cell(name) + QStringLiteral("\r\n") + cell(name) +
                QStringLiteral(",a@example.com,") + cell(name) + QStringLiteral("\r\n,") + cell(name) +
                QStringLiteral(",x\r\n"))
                   .toUtf8());
    file.close();
    hands::press(Qt::Key_O, Qt::ControlModifier);
    stage.answerFileDialog(QStringLiteral("Load"), file.fileName());
    QDialog* import = nullptr;
    const auto isRead = [&] {
        import = childOf(&stage.window(), "importDialog");
        const auto* summary = import ? childOf<QLabel>(import, "importSummary") : nullptr;
        return (summary && !summary->text().isEmpty()) || stage.find<QWidget>("banner")->isVisible();
    };
    QVERIFY(support::eventually(isRead));
    if (import) {
        NOTHING_WRONG_IN(import);
        QVERIFY(isFit(childOf<QPlainTextEdit>(import, "importBad")->toPlainText()));
        stage.picture(pictureOf("import").constData(), import);
        hands::press(Qt::Key_Escape);
        QVERIFY(stage.isClosed("importDialog"));
    }
    NOTHING_WRONG_IN(&stage.window());
}

/// A connection with that name; the service's message when it refuses; the question before a connection is
/// removed.
void Hostile::ofTheAccount()
{
    QFETCH(QString, name);
    Account account(name);
    const auto words = QByteArray("no such account: ") + name.toUtf8();
    account.proxy().strike(Ask::Quota, {.change = faults::refusal(400, 1001, words.constData())});
    auto connection = account.connection();
    connection.name = name;
    connection.id = QStringLiteral("some-id");
    Stage stage;
    stage.window().open(connection);
    auto* banner = stage.find<QWidget>("banner");
    EVENTUALLY(banner->isVisible() && stage.window().desk()->loader().isWhole());
    auto* more = banner->findChild<QToolButton*>();
    QVERIFY(more);
    hands::click(more);
    const auto key = account.in(stage.window().desk()->fleet())->key();
    stage.tick(key);
    NOTHING_WRONG_IN(&stage.window());
    auto* panel = stage.find<QPushButton>("run");
    QVERIFY2(panel->sizeHint().width() <= 300, qPrintable(QString::number(panel->sizeHint().width())));
    stage.picture(pictureOf("account").constData());
    hands::choose(QStringLiteral("File"), QStringLiteral("Remove this connection"));
    auto* box = stage.dialog<QMessageBox>("removeBox");
    NOTHING_WRONG_IN(box);
    QCOMPARE(box->textFormat(), Qt::PlainText);
    stage.picture(pictureOf("remove").constData(), box);
    hands::press(Qt::Key_Escape);
    QVERIFY(stage.isClosed("removeBox"));
}

void Hostile::fileNames_data()
{
    names();
    QTest::newRow("nothing") << QString();
    QTest::newRow("dots") << QStringLiteral("....");
    QTest::newRow("a device with an ending") << QStringLiteral("nul.tar");
    QTest::newRow("a port") << QStringLiteral("COM¹.x");
    QTest::newRow("an option") << QStringLiteral("-rf");
    QTest::newRow("many bytes") << QString(200, u'日');
    QTest::newRow("hidden") << QStringLiteral(".bashrc");
}

void Hostile::fileNames()
{
    QFETCH(QString, name);
    captures::Capture capture;
    capture.asked = QDateTime(QDate(2026, 1, 2), QTime(3, 4), Qt::UTC);
    capture.order.command.args = api::PcapArgs{};
    for (const auto& [ticket, device] :
         {std::pair(name, name), std::pair(QString(), name), std::pair(name, QString())}) {
        capture.ticket = ticket;
        capture.order.device.name = device;
        const auto file = ui::fileNameFor(capture);
        QVERIFY2(isFit(file, 255) && file.toUtf8().size() <= 255, qPrintable(file));
        static const QRegularExpression safe(
            QStringLiteral("^[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]*[\\p{L}\\p{N}]$"),
            QRegularExpression::UseUnicodePropertiesOption);
        QVERIFY2(safe.match(file).hasMatch(), qPrintable(file));
        static const QRegularExpression taken(QStringLiteral("^(con|prn|aux|nul|(com|lpt)[0-9¹²³])\\."),
                                              QRegularExpression::CaseInsensitiveOption);
        QVERIFY2(!taken.match(file).hasMatch(), qPrintable(file));
        QVERIFY(file.endsWith(QLatin1StringView(".zip")));
    }
}

void Hostile::markdown_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("written");
    const auto row = [](const char* name, const char* written) {
        QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(written);
    };
    row("ANA-LT-04", "ANA-LT-04");
    row("ana_lt_04.corp.example", "ana_lt_04.corp.example");
    row("Ana's MacBook", "`Ana's MacBook`");
    row("Büro 7", "Büro 7");
    row("@all", "`@all`");
    row("a @all", "`a @all`");
    row("#12", "`#12`");
    row("www.example.org", "`www.example.org`");
    row("https://example.org", "`https://example.org`");
    row("a|b", "`a|b`");
    row("a`b", "`` a`b ``");
    row("```", "```` ``` ````");
    row("<b>&amp;", "`<b>&amp;`");
    row("_x_", "`_x_`");
    row("x  y", "`x  y`");
}

void Hostile::markdown()
{
    QFETCH(QString, name);
    QFETCH(QString, written);
    captures::Capture capture;
    capture.order.command.args = api::DiagArgs{};
    capture.order.device.name = name;
    const auto summary = ui::summaryOf(capture, QStringLiteral("Contoso"));
    QVERIFY2(summary.contains(QStringLiteral("- Device: %1\n").arg(written)), qPrintable(summary));
    QVERIFY(isHarmless(summary));
}

CAPTUREDESK_SUITE(test_ui_hostile, Hostile)
#include "hostile.moc"
