// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tables as people leave them: each file of the corpus gives what is written beside it, no more and no less.

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "support/suite.h"
#include "devices/fleet.h"
#include "devices/import.h"
#include "devices/listfile.h"
#include "suites.h"

using devices::Match;

namespace {

QDir folder()
{
    return QDir(QStringLiteral(CORPUS));
}

QString unescaped(const QByteArray& text)
{
    return QJsonDocument::fromJson("[\"" + text + "\"]").array().at(0).toString();
}

struct Expected {
    QList<QStringList> rows;
    QList<int> repeated;
    QMap<int, QString> bad;
    QMap<int, QString> notes;
    QString error;
};

Expected expectedOf(const QString& path)
{
    Expected expected;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("there is no %s", qPrintable(path));
    while (!file.atEnd()) {
        auto line = file.readLine();
        line.chop(1);
        if (line.startsWith("= ")) {
            expected.repeated << line.mid(2).toInt();
        } else if (line.startsWith("! ") || line.startsWith("~ ")) {
            const auto end = line.indexOf(' ', 2);
            auto& told = line.startsWith('!') ? expected.bad : expected.notes;
            told.insert(line.mid(2, end - 2).toInt(), QString::fromUtf8(line.mid(end + 1)));
        } else if (line.startsWith("error ")) {
            expected.error = QString::fromUtf8(line.mid(6));
        } else {
            QStringList cells;
            const auto parts = QString::fromUtf8(line).split(QStringLiteral(" | "));
            for (const auto& part : parts)
                cells << unescaped(part.toUtf8());
            expected.rows << cells;
        }
    }
    return expected;
}

devices::Device named(const QString& id, const QString& name,
                      const QString& email = QStringLiteral("a@example.com"))
{
    return {.deviceId = id, .registrationId = QStringLiteral("r-") + id, .email = email, .name = name};
}

} // namespace

void ImportTest::corpus_data()
{
    QTest::addColumn<QString>("path");
    const auto files = folder().entryInfoList(QDir::Files, QDir::Name);
    for (const auto& file : files) {
        if (file.suffix() != QLatin1StringView("expected") && file.suffix() != QLatin1StringView("py"))
            QTest::newRow(qPrintable(file.completeBaseName())) << file.filePath();
    }
}

void ImportTest::corpus()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto bytes = file.readAll();
    const auto expected = expectedOf(path.left(path.lastIndexOf(u'.')) + QStringLiteral(".expected"));
    const auto sheet = devices::readSheet(bytes);
    if (!expected.error.isEmpty()) {
        QVERIFY(!sheet);
        QVERIFY2(sheet.error().contains(expected.error), qPrintable(sheet.error()));
        return;
    }
    QVERIFY2(sheet, sheet ? "" : qPrintable(sheet.error()));
    const auto reading = devices::readRows(sheet->sheet, devices::layoutOf(sheet->sheet));
    QList<QStringList> rows;
    for (const auto& [line, entry] : reading.rows)
        rows << QStringList{entry.key.deviceId, entry.key.registrationId, entry.key.email, entry.name,
                            entry.platform};
    for (qsizetype i = 0; i < std::min(rows.size(), expected.rows.size()); ++i)
        QCOMPARE(rows[i], expected.rows[i]);
    QCOMPARE(rows.size(), expected.rows.size());
    QCOMPARE(reading.repeated, expected.repeated);
    for (const auto& [told, wanted] :
         {std::pair(&reading.bad, &expected.bad), std::pair(&reading.notes, &expected.notes)}) {
        QList<int> lines;
        for (const auto& one : *told) {
            lines << one.line;
            QVERIFY2(one.reason.contains(wanted->value(one.line)), qPrintable(one.reason));
        }
        QCOMPARE(lines, wanted->keys());
    }
}

void ImportTest::corpusIsLarge()
{
    QVERIFY(folder().entryList({QStringLiteral("*.expected")}).size() >= 60);
}

void ImportTest::columnsChanged()
{
    const auto sheet = devices::readSheet(QByteArray("Nick,Where\nANA-LT,Berlin\nBO-LT,Rome\n"));
    QVERIFY(sheet);
    auto layout = devices::layoutOf(sheet->sheet);
    // Nobody knows these headings: all lines are data, and the operator says otherwise.
    QCOMPARE(layout.header, -1);
    layout = {.header = 0, .columns = {devices::Part::Name, devices::Part::Nothing}};
    const auto reading = devices::readRows(sheet->sheet, layout);
    QCOMPARE(reading.rows.size(), 2);
    QCOMPARE(reading.rows[1].entry.name, QStringLiteral("BO-LT"));
}

/// Names match without case, domain and `$`; what fits several is asked, and nothing is guessed.
void ImportTest::matching()
{
    devices::Fleet fleet;
    fleet.merge({named(QStringLiteral("1"), QStringLiteral("ANA-LT-04")),
                 named(QStringLiteral("2"), QStringLiteral("bo.corp.example")),
                 named(QStringLiteral("3"), QStringLiteral("KIOSK"), QStringLiteral("x@example.com")),
                 named(QStringLiteral("4"), QStringLiteral("kiosk"), QStringLiteral("y@example.com"))});
    const auto sheet = devices::readSheet(QByteArray("name,email\n"
                                                     "ana-lt-04.corp.example,\n" // domain
                                                     "ANA-LT-04$,\n"             // the same again
                                                     "BO,\n"
                                                     "kiosk,\n"
                                                     "kiosk,y@example.com\n"
                                                     "gone,\n"
                                                     ",x@example.com\n"));
    QVERIFY(sheet);
    const auto reading = devices::readRows(sheet->sheet, devices::layoutOf(sheet->sheet));
    QSet<devices::Key> taken;
    const auto matches = devices::matchRows(reading.rows, fleet, taken);
    QList<Match::State> states;
    for (const auto& match : matches)
        states << match.state;
    using enum Match::State;
    QCOMPARE(states, (QList<Match::State>{Ready, Repeated, Ready, Unclear, Ready, NotSeen, Ready}));
    QCOMPARE(matches[3].devices.size(), 2);
    QCOMPARE(matches[4].devices.first().deviceId, QStringLiteral("4"));
}

void ImportTest::manyRows()
{
    QByteArray bytes("device_id,email,name\n");
    for (int i = 0; i < 200'000; ++i)
        bytes += "id-" + QByteArray::number(i) + ",user" + QByteArray::number(i) + "@example.com,\"HOST\n" +
                 QByteArray::number(i) + "\"\n";
    const auto sheet = devices::readSheet(bytes);
    QVERIFY(sheet);
    const auto reading = devices::readRows(sheet->sheet, devices::layoutOf(sheet->sheet));
    QCOMPARE(reading.rows.size(), 200'000);
    QCOMPARE(reading.rows.last().line, 400'000);
    QCOMPARE(reading.rows.last().entry.name, QStringLiteral("HOST\n199999"));
    QVERIFY(reading.bad.isEmpty());
}

/// What columns of other people's say comes back as it was.
void ImportTest::otherColumns()
{
    const auto list =
        devices::readList("device_id,note,email\na,\"ask, first\",x@example.com\nb,=1,y@example.com\n");
    QVERIFY(list);
    const auto again = devices::readList(devices::writeList(list->entries));
    QVERIFY(again);
    QCOMPARE(again->entries, list->entries);
    QCOMPARE(again->entries[0].other.value(QStringLiteral("note")), QStringLiteral("ask, first"));
}

CAPTUREDESK_SUITE(test_devices_import, ImportTest)
