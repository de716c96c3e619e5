// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <cerrno>

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include "support/ceiling.h"
#include "support/faultyfiles.h"
#include "support/suite.h"
#include "exports/csv.h"
#include "exports/table.h"

using exports::Cell;
using exports::Table;

class ExportsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void guardedAndBack_data();
    void guardedAndBack();
    void csv();
    void spaces();
    void semicolons();
    void json();
    void refusedByTheDevice();
    void manyRows_data();
    void manyRows();
    void longRow();
    void files();
    void fullDisk();
};

void ExportsTest::guardedAndBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("changed");
    for (const auto* text : {"=1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''@x", "a;=1", "a;'=1", "two\n=1",
                             "two\r\n'+1", "\t=1", ";;@x", "a,=1", "a,'=1", "=1;=2", "-\t-"})
        QTest::newRow(QByteArray(text).toPercentEncoding(" =+@'").constData())
            << QString::fromLatin1(text) << true;
    for (const auto* text : {"", "plain", "'quoted", "'", "1-2", "a=b", " =1", "a;b", "a; =1", ";", "a,b",
                             "a,'", "a;'", "two\n\n", "\n"})
        QTest::newRow(QByteArray(text).toPercentEncoding(" =+@'").constData())
            << QString::fromLatin1(text) << false;
}

void ExportsTest::guardedAndBack()
{
    QFETCH(QString, text);
    QFETCH(bool, changed);
    const auto guarded = exports::guarded(text);
    QCOMPARE(guarded != text, changed);
    static const QRegularExpression formula(QStringLiteral("(^|[,;\t\r\n])[=+@-]|^[\t\r]"));
    QVERIFY2(!guarded.contains(formula), qPrintable(guarded));
    QCOMPARE(exports::restored(guarded), text);
    if (!text.contains(u'\''))
        QCOMPARE(exports::restored(text), text); // as of a program that does not guard formulas
}

void ExportsTest::csv()
{
    const Table table{
        .columns = {QStringLiteral("a"), QStringLiteral("b,c")},
        .rows = {{QStringLiteral("x\"y"), qint64(7)},
                 {Cell(), true},
                 {QStringLiteral("two\nlines"), 1.5},
                 {QStringLiteral("=1"), QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC)}}};
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    QVERIFY(exports::write(buffer, exports::Format::Csv, table));
    QCOMPARE(
        buffer.data(),
        QByteArray(
            "\xEF\xBB\xBF"
            "a,\"b,c\"\r\n\"x\"\"y\",7\r\n,true\r\n\"two\nlines\",1.5\r\n'=1,2026-01-02T03:04:05.000Z\r\n"));
}

/// Some programs remove leading and trailing spaces of unquoted cells.
void ExportsTest::spaces()
{
    QCOMPARE(exports::csvLine({QStringLiteral(" a"), QStringLiteral("b "), QStringLiteral("c d")}),
             QByteArray("\" a\",\"b \",c d\r\n"));
}

/// For spreadsheets in countries with a decimal comma; other spreadsheets find no formula in the file either.
void ExportsTest::semicolons()
{
    const Table table{.columns = {QStringLiteral("a;b"), QStringLiteral("b,c")},
                      .rows = {{QStringLiteral("x,=1"), 1.5}, {QStringLiteral("y;z"), qint64(-7)}}};
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    QVERIFY(exports::write(buffer, exports::Format::SemicolonCsv, table));
    QCOMPARE(buffer.data(), QByteArray("\xEF\xBB\xBF"
                                       "\"a;b\";b,c\r\nx,'=1;1,5\r\n\"y;z\";-7\r\n"));
}

void ExportsTest::json()
{
    const QString half(QChar(0xD800)); // a lone surrogate
    const Table table{.columns = {QStringLiteral("z"), QStringLiteral("a")},
                      .rows = {{QStringLiteral("=1"), Cell()}, {half, qint64(1) << 40}}};
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    QVERIFY(exports::write(buffer, exports::Format::Json, table));
    QVERIFY(
        buffer.data().contains("{\"z\":\"=1\",\"a\":null}")); // in the order of the columns, values unchanged
    const auto rows = QJsonDocument::fromJson(buffer.data()).array();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[1][u"a"].toInteger(), qint64(1) << 40);
}

/// A device that accepts no data is reported, with few rows and with many.
void ExportsTest::refusedByTheDevice()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("out.csv")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (const int count : {1, 50'000}) {
        const Table table{.columns = {QStringLiteral("a")},
                          .rows = QList<QList<Cell>>(count, {QStringLiteral("0123456789")})};
        for (const auto format : {exports::Format::Csv, exports::Format::Json})
            QVERIFY(!exports::write(file, format, table));
    }
}

void ExportsTest::manyRows_data()
{
    QTest::addColumn<int>("count");
    QTest::newRow("none") << 0;
    QTest::newRow("one") << 1;
    QTest::newRow("more than are written at once") << 50'000;
}

/// Each row once and in order, however often the buffer is flushed.
void ExportsTest::manyRows()
{
    QFETCH(int, count);
    Table table{.columns = {QStringLiteral("number"), QStringLiteral("text")}, .rows = {}};
    for (int i = 0; i < count; ++i)
        table.rows << QList<Cell>{qint64(i), QStringLiteral("row %1").arg(i)};
    QBuffer csv, json;
    QVERIFY(csv.open(QIODevice::WriteOnly));
    QVERIFY(json.open(QIODevice::WriteOnly));
    QVERIFY(exports::write(csv, exports::Format::Csv, table));
    QVERIFY(exports::write(json, exports::Format::Json, table));
    const auto lines = csv.data().split('\n');
    QCOMPARE(lines.size(), count + 2); // the heading, and nothing after the last line end
    QVERIFY(lines.last().isEmpty());
    const auto objects = QJsonDocument::fromJson(json.data()).array();
    QCOMPARE(objects.size(), count);
    for (int i = 0; i < count; ++i) {
        const auto number = QByteArray::number(i);
        QCOMPARE(lines[i + 1], number + ",row " + number + '\r');
        QCOMPARE(objects[i][u"number"].toInt(), i);
    }
}

/// A row is longer than the buffer.
void ExportsTest::longRow()
{
    const Table table{.columns = {QStringLiteral("a")},
                      .rows = {{QString(600'000, u'x')}, {QStringLiteral("y")}}};
    QBuffer csv;
    QVERIFY(csv.open(QIODevice::WriteOnly));
    QVERIFY(exports::write(csv, exports::Format::Csv, table));
    QVERIFY(csv.data().endsWith("\r\n" + QByteArray(600'000, 'x') + "\r\ny\r\n"));
}

void ExportsTest::files()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("out.csv"));
    QVERIFY(exports::writeFile(path, exports::Format::Csv, {.columns = {QStringLiteral("a")}, .rows = {}}));
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); // nothing is written to a closed file
    QVERIFY(
        !exports::writeFile(folder.filePath(QStringLiteral("no/such/out.csv")), exports::Format::Csv, {}));
}

/// The content is smaller than a buffer: only the last flush fails on the full disk.
void ExportsTest::fullDisk()
{
    QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("out.csv"));
    const Table table{.columns = {QStringLiteral("a")}, .rows = {{QStringLiteral("good")}}};
    for (const auto format : {exports::Format::Csv, exports::Format::Json}) {
        QVERIFY(exports::writeFile(path, format, table));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto before = file.readAll();
        file.close();
        {
            const support::FaultyFiles faulty(
                {{.call = "write", .under = folder.path().toStdString(), .code = ENOSPC}});
            const auto written = exports::writeFile(path, format, table);
            QVERIFY(!written);
            QCOMPARE(base::sentence(written.error(), base::Elsewhere::Offered),
                     QStringLiteral(
                         "“out.csv” was not saved in %1: the disk is full (No space left on device). The "
                         "file that was there is unharmed. Free space there, or save it elsewhere.")
                         .arg(folder.path()));
        }
        {
            const support::Ceiling ceiling(0);
            const auto written = exports::writeFile(path, format, table);
            QVERIFY(!written);
            QCOMPARE(written.error().kind, base::SaveProblem::Kind::TooLarge);
        }
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), before);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("out.csv")});
    }
}

CAPTUREDESK_SUITE(test_exports, ExportsTest)
#include "exports.moc"
