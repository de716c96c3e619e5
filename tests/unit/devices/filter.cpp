// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "support/suite.h"
#include "devices/filter.h"
#include "devices/fleet.h"
#include "devices/texts.h"
#include "suites.h"
#include "support/language.h"

using devices::Device;
using devices::Facet;
using devices::Field;
using devices::Fleet;
using devices::View;

namespace {

QList<Device> some()
{
    return {{.deviceId = QStringLiteral("id-1"),
             .registrationId = QStringLiteral("r-1"),
             .email = QStringLiteral("ana@example.com"),
             .name = QStringLiteral("ANA LAPTOP"),
             .platform = QStringLiteral("windows"),
             .status = QStringLiteral("connected"),
             .version = QStringLiteral("2026.2.410.0")},
            {.deviceId = QStringLiteral("id-2"),
             .registrationId = QStringLiteral("r-2"),
             .email = QStringLiteral("bo@example.com"),
             .name = QStringLiteral("windows-of-bo"),
             .platform = QStringLiteral("mac"),
             .status = QStringLiteral("disconnected"),
             .version = QStringLiteral("2025.4.943.0")},
            {.deviceId = QStringLiteral("id-3"),
             .registrationId = QStringLiteral("r-3"),
             .email = QStringLiteral("carla@example.com"),
             .name = QStringLiteral("say \"hi\" http://x"),
             .platform = QStringLiteral("linux"),
             .status = QStringLiteral("connected"),
             .version = QStringLiteral("2024.9.1.0"),
             .eligible = false,
             .ineligibleReason = QStringLiteral("Client version does not support it")}};
}

QStringList idsOf(const Fleet& fleet)
{
    QStringList ids;
    for (int row = 0; row < fleet.viewSize(); ++row)
        ids << fleet.viewAt(row).deviceId;
    ids.sort();
    return ids;
}

} // namespace

void FilterTest::words_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QStringList>("ids");
    const QStringList none, ana{QStringLiteral("id-1")}, bo{QStringLiteral("id-2")},
        carla{QStringLiteral("id-3")};
    QTest::newRow("nothing") << QString() << QStringList{ana + bo + carla};
    QTest::newRow("spaces") << QStringLiteral("   ") << QStringList{ana + bo + carla};
    QTest::newRow("any column") << QStringLiteral("windows") << QStringList{ana + bo};
    QTest::newRow("one column") << QStringLiteral("platform:windows") << ana;
    QTest::newRow("two columns") << QStringLiteral("platform:windows version:2026") << ana;
    QTest::newRow("columns that disagree") << QStringLiteral("platform:windows version:2025") << none;
    QTest::newRow("all words") << QStringLiteral("laptop example") << ana;
    QTest::newRow("words in any order") << QStringLiteral("410 ana") << ana;
    QTest::newRow("any case") << QStringLiteral("BO@EXAMPLE") << bo;
    QTest::newRow("quoted") << QStringLiteral("\"ana laptop\"") << ana;
    QTest::newRow("quoted, not together") << QStringLiteral("\"laptop ana\"") << none;
    QTest::newRow("quote still open") << QStringLiteral("\"ana lap") << ana;
    QTest::newRow("quoted in a column") << QStringLiteral("name:\"ana lap\"") << ana;
    QTest::newRow("column still empty") << QStringLiteral("platform:") << QStringList{ana + bo + carla};
    QTest::newRow("no such column") << QStringLiteral("http://x") << carla;
    QTest::newRow("as it is shown") << QStringLiteral("macos") << bo;
    QTest::newRow("the reason") << QStringLiteral("status:\"too old\"") << carla;
    QTest::newRow("an ID") << QStringLiteral("id:id-2") << bo;
    QTest::newRow("over two columns") << QStringLiteral("\"laptop ana@\"") << none;
}

void FilterTest::words()
{
    QFETCH(QString, filter);
    QFETCH(QStringList, ids);
    Fleet fleet;
    fleet.merge(some());
    View view;
    view.filter = filter;
    fleet.setView(view);
    QCOMPARE(idsOf(fleet), ids);
}

void FilterTest::marks_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("marked");
    QTest::newRow("one") << QStringLiteral("lap") << QStringLiteral("ANA [LAP]TOP ana");
    QTest::newRow("each time") << QStringLiteral("ana") << QStringLiteral("[ANA] LAPTOP [ana]");
    QTest::newRow("overlapping") << QStringLiteral("lapt ptop") << QStringLiteral("ANA [LAPTOP] ana");
    QTest::newRow("of another column") << QStringLiteral("user:ana") << QStringLiteral("ANA LAPTOP ana");
    QTest::newRow("of this column") << QStringLiteral("name:top") << QStringLiteral("ANA LAP[TOP] ana");
}

void FilterTest::marks()
{
    QFETCH(QString, filter);
    QFETCH(QString, marked);
    auto text = QStringLiteral("ANA LAPTOP ana");
    auto marks = devices::marksIn(text, Field::Name, devices::termsOf(filter));
    std::ranges::reverse(marks);
    for (const auto& mark : marks) {
        text.insert(mark.start + mark.length, u']');
        text.insert(mark.start, u'[');
    }
    QCOMPARE(text, marked);
}

/// Matches are marked at the letters of the original text, although comparing changes positions.
void FilterTest::marksMoved_data()
{
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("marked");
    const auto add = [](const char* name, const char16_t* shown, const char16_t* filter,
                        const char16_t* marked) {
        QTest::newRow(name) << QString::fromUtf16(shown) << QString::fromUtf16(filter)
                            << QString::fromUtf16(marked);
    };
    add("sharp s", u"Straße 5", u"5", u"Straße [5]");
    add("decomposed", u"Jose\u0301-PC", u"jos\u00e9", u"[Jose\u0301]-PC");
    add("behind decomposed", u"Jose\u0301-PC", u"pc", u"Jose\u0301-[PC]");
    add("soft hyphen", u"LAP\u00adTOP", u"aptop", u"L[AP\u00adTOP]");
    add("apostrophe", u"Ana\u2019s", u"a's", u"An[a\u2019s]");
    add("invisible before", u"\u200bPC-5", u"pc", u"\u200b[PC]-5");
}

void FilterTest::marksMoved()
{
    QFETCH(QString, shown);
    QFETCH(QString, filter);
    QFETCH(QString, marked);
    auto marks = devices::marksIn(shown, Field::Name, devices::termsOf(filter));
    std::ranges::reverse(marks);
    for (const auto& mark : marks) {
        shown.insert(mark.start + mark.length, u']');
        shown.insert(mark.start, u'[');
    }
    QCOMPARE(shown, marked);
}

/// The search finds a machine's name whichever typographic characters either text has.
void FilterTest::typographic_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("filter");
    const auto add = [](const char* row, const char16_t* name, const char16_t* filter) {
        QTest::newRow(row) << QString::fromUtf16(name) << QString::fromUtf16(filter);
    };
    add("apostrophe", u"Ana\u2019s MacBook Pro", u"ana's");
    add("apostrophe typed", u"Ana's MacBook Pro", u"ana\u2019s");
    add("decomposed name", u"Jose\u0301-PC", u"jos\u00e9");
    add("decomposed filter", u"Jos\u00e9-PC", u"jose\u0301");
    add("no-break space", u"Ana\u00a0MacBook", u"\"ana mac\"");
    add("no-break space typed", u"Ana MacBook", u"\"ana\u00a0mac\"");
    add("zero width pasted", u"LAPTOP-5", u"lap\u200btop-5\u200b");
    add("soft hyphen", u"LAP\u00adTOP", u"laptop");
    add("direction mark pasted", u"LAPTOP", u"\u200elaptop");
    add("hyphen", u"PC-5", u"pc\u20135");
    add("nothing but invisible", u"PC-5", u"\u200b");
}

void FilterTest::typographic()
{
    QFETCH(QString, name);
    QFETCH(QString, filter);
    Fleet fleet;
    fleet.merge(
        {{.deviceId = QStringLiteral("1"), .registrationId = {}, .email = {}, .name = name},
         {.deviceId = QStringLiteral("2"), .registrationId = {}, .email = {}, .name = QStringLiteral("x")}});
    View view;
    view.filter = filter;
    fleet.setView(view);
    QVERIFY(idsOf(fleet).contains(QStringLiteral("1")));
    QVERIFY(devices::termsOf(filter).isEmpty() || fleet.viewSize() == 1);
}

/// Compares the fast search with a simple one, around the boundaries of its blocks.
void FilterTest::searching()
{
    for (qsizetype size = 0; size < 70; ++size) {
        QByteArray text(size, 'a');
        for (qsizetype at = 0; at < size; at += 7)
            text[at] = char('b' + at % 5);
        const auto name = QString::fromLatin1(text);
        devices::Texts texts;
        texts.set(0, {name});
        texts.set(1, {QStringLiteral("zaza")}); // matches in the following text must not count
        const auto finds = [&texts](const QByteArray& word) {
            return texts.matches(0, {{.word = word, .field = Field::Name}});
        };
        for (qsizetype start = 0; start < size; ++start) {
            for (const qsizetype length : {1, 2, 3, 15, 16, 17, 33}) {
                const auto word = text.mid(start, length);
                QVERIFY(finds(word));
                QCOMPARE(finds(word + 'z'), text.contains(word + 'z'));
                QCOMPARE(finds(word + 'a'), text.contains(word + 'a'));
            }
        }
    }
}

void FilterTest::facets()
{
    Fleet fleet;
    fleet.merge(some());
    const auto platforms = fleet.values(Facet::Platform);
    QCOMPARE(platforms.size(), 3);
    QCOMPARE(platforms[0].count, 1);
    QCOMPARE(fleet.values(Facet::Status).first(),
             (devices::FacetValue{.value = QStringLiteral("connected"), .count = 2}));
    View view;
    view.chosen[Facet::Status] = {QStringLiteral("connected")};
    fleet.setView(view);
    QCOMPARE(idsOf(fleet), (QStringList{QStringLiteral("id-1"), QStringLiteral("id-3")}));
    QCOMPARE(fleet.values(Facet::Status).size(), 2); // a facet's own choice does not reduce its values
    QCOMPARE(fleet.values(Facet::Platform).size(), 2);
    view.chosen[Facet::Standing] = {QString()};
    fleet.setView(view);
    QCOMPARE(idsOf(fleet), QStringList{QStringLiteral("id-1")});
    view.chosen[Facet::Platform] = {QStringLiteral("linux"), QStringLiteral("mac")};
    fleet.setView(view);
    QCOMPARE(fleet.viewSize(), 0);
}

/// A choice survives a change of the language, and equal values stay one value.
void FilterTest::facetsInAnotherLanguage()
{
    Fleet fleet;
    auto rows = some();
    for (auto& row : rows) {
        row.eligible = false;
        row.version = QStringLiteral("2026.2.410.0");
        row.ineligibleReason = QStringLiteral("client mode does not support captures");
    }
    rows[0].ineligibleReason = QStringLiteral("Because of the weather");
    fleet.merge(rows.first(2));
    View view;
    view.chosen[Facet::Standing] = {rows[1].obstacleName()};
    fleet.setView(view);
    QCOMPARE(fleet.viewSize(), 1);
    QCOMPARE(rows[1].obstacle(), QStringLiteral("client mode cannot capture"));
    const support::MarkedLanguage language;
    fleet.merge(rows);
    QCOMPARE(fleet.viewSize(), rows.size() - 1);
    const auto values = fleet.values(Facet::Standing);
    QCOMPARE(values.size(), 2);
    QCOMPARE(values.first().count, rows.size() - 1);
    QCOMPARE(devices::obstacleText(values.first().value),
             language.marked(QStringLiteral("client mode cannot capture")));
    QCOMPARE(devices::obstacleText(values.last().value), QStringLiteral("Because of the weather"));
}

void FilterTest::severalColumns()
{
    Fleet fleet;
    auto rows = some();
    rows << rows[0];
    rows.last().deviceId = QStringLiteral("id-4");
    rows.last().name = QStringLiteral("AAA");
    fleet.merge(rows);
    View view;
    view.order = {{devices::Column::Status, Qt::DescendingOrder},
                  {devices::Column::Name, Qt::DescendingOrder}};
    fleet.setView(view);
    QStringList ids;
    for (int row = 0; row < fleet.viewSize(); ++row)
        ids << fleet.viewAt(row).deviceId;
    QCOMPARE(ids, (QStringList{QStringLiteral("id-2"), QStringLiteral("id-1"), QStringLiteral("id-4"),
                               QStringLiteral("id-3")}));
}

/// Devices of a list that the service does not list are shown and can be ticked; when they appear, the real
/// rows replace them.
void FilterTest::absentOfAList()
{
    Fleet fleet;
    const auto rows = some();
    fleet.beginRefresh();
    fleet.merge({rows[0]});
    fleet.endRefresh(true);
    View view;
    view.of = View::Of::List;
    view.list = {devices::entryOf(rows[0]),
                 devices::entryOf(rows[1]),
                 {.key = {}, .name = QStringLiteral("SAY \"HI\" http://x$")}};
    fleet.setView(view);
    QCOMPARE(fleet.viewSize(), 3);
    QCOMPARE(fleet.size(), 1);
    const devices::Range all{0, 2};
    fleet.tickRows({&all, 1}, true);
    QCOMPARE(fleet.tickedCount(), 3);
    fleet.beginRefresh();
    fleet.merge(rows);
    QCOMPARE(fleet.viewSize(), 3);
    QCOMPARE(fleet.tickedCount(), 3);
    for (int row = 0; row < 3; ++row) {
        QCOMPARE(fleet.viewAt(row).standing, devices::Standing::Listed);
        QCOMPARE(fleet.isTickedAt(row), fleet.viewAt(row).eligible); // one client is too old
    }
    fleet.endRefresh(true);
    // And back again: ticked or not, the list's devices stay visible.
    fleet.beginRefresh();
    fleet.endRefresh(true);
    QCOMPARE(fleet.size(), 0);
    QCOMPARE(fleet.viewSize(), 3);
    QCOMPARE(fleet.tickedCount(), 3);
    view.of = View::Of::All;
    fleet.setView(view);
    QCOMPARE(fleet.viewSize(), 0);
    view.of = View::Of::Ticked;
    fleet.setView(view);
    QCOMPARE(fleet.viewSize(), 3);
}

CAPTUREDESK_SUITE(test_devices_filter, FilterTest)
