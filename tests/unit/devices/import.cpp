// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tables as people create them: each file of the corpus must produce exactly the result in the file beside
// it.

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringEncoder>
#include <QTest>

#include "support/suite.h"
#include "devices/cells.h"
#include "devices/encoding.h"
#include "devices/fleet.h"
#include "devices/import.h"
#include "devices/listfile.h"
#include "devices/names.h"
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

/// The outcome of each row: `name email` of its device, `name?` for a device that is not seen, or a word.
QStringList outcomes(const devices::Sheet& sheet, const devices::Fleet& fleet)
{
    const auto reading = devices::readRows(sheet, devices::layoutOf(sheet, &fleet));
    const auto& rows = reading.rows;
    QSet<devices::Key> taken;
    auto matches = devices::matchRows(rows, fleet, taken);
    devices::settleMatches(reading, matches);
    QStringList result;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const auto entry = devices::entryOf(rows[i], matches[i]);
        switch (matches[i].state) {
        case Match::State::Ready: result << entry.name + u' ' + entry.key.email; break;
        case Match::State::NotSeen: result << entry.name + u'?' + entry.key.deviceId; break;
        case Match::State::Repeated: result << QStringLiteral("repeated"); break;
        case Match::State::Unclear: result << QStringLiteral("unclear"); break;
        case Match::State::Surplus: break;
        }
    }
    return result;
}

devices::Sheet sheetOf(const QByteArray& bytes, const devices::TextHints& hints = {})
{
    auto read = devices::readSheet(bytes, hints);
    if (!read)
        qFatal("%s", qPrintable(read.error()));
    return std::move(read->sheet);
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
    // These headings are unknown: all lines are data until the operator chooses otherwise.
    QCOMPARE(layout.header, -1);
    layout = {.header = 0, .columns = {devices::Part::Name, devices::Part::Nothing}};
    const auto reading = devices::readRows(sheet->sheet, layout);
    QCOMPARE(reading.rows.size(), 2);
    QCOMPARE(reading.rows[1].entry.name, QStringLiteral("BO-LT"));
}

/// Names match ignoring case, domain and `$`; an ambiguous name needs the operator's choice, and nothing is
/// guessed.
void ImportTest::matching()
{
    devices::Fleet fleet;
    fleet.merge({named(QStringLiteral("1"), QStringLiteral("ANA-LT-04")),
                 named(QStringLiteral("2"), QStringLiteral("bo.corp.example")),
                 named(QStringLiteral("3"), QStringLiteral("KIOSK"), QStringLiteral("x@example.com")),
                 named(QStringLiteral("4"), QStringLiteral("kiosk"), QStringLiteral("y@example.com"))});
    const auto sheet = devices::readSheet(QByteArray("name,email\n"
                                                     "ana-lt-04.corp.example,\n" // a domain
                                                     "ANA-LT-04$,\n"             // a duplicate
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

/// IDs of other systems have no priority over names, whatever their columns are called.
void ImportTest::otherSystems_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto add = [](const char* name, const char* bytes) { QTest::newRow(name) << QByteArray(bytes); };
    add("inventory",
        "id,hostname,uuid,primary_user\n12,PC-1,4C4C4544-0042-3010-8052-B4C04F564231,a@example.com\n"
        "13,PC-2,4C4C4544-0042-3010-8052-B4C04F564232,b@example.com\n");
    add("Intune", "Device ID,Device name,Azure AD Device ID,Primary user UPN,OS\n"
                  "5a1c0000-0001-4000-8000-000000000001,PC-1,77aa0000-0001-4000-8000-000000000001,a@example."
                  "com,Windows\n"
                  "5a1c0000-0001-4000-8000-000000000002,PC-2,77aa0000-0001-4000-8000-000000000002,b@example."
                  "com,Windows\n");
    add("Jamf", "JSS Computer ID,Computer Name,UDID,Full Name,Email Address\n"
                "101,PC-1,4C4C4544-0042-3010-8052-B4C04F564231,Ana Doe,a@example.com\n"
                "102,PC-2,4C4C4544-0042-3010-8052-B4C04F564232,Bo Doe,b@example.com\n");
    add("SCCM", "ResourceID;Name0;SMS_Unique_Identifier0;User_Name0;Resource_Domain\n"
                "16777220;PC-1;GUID:4C4C4544-0042-3010-8052-B4C04F564231;a;CONTOSO\n"
                "16777221;PC-2;GUID:4C4C4544-0042-3010-8052-B4C04F564232;b;CONTOSO\n");
    add("ServiceNow", "sys_id,name,asset_tag,assigned_to,u_id\n"
                      "00a96c0d3790200044e0bfc8bcbe5db4,PC-1,P1000,Ana Doe,1\n"
                      "01a9e40d3790200044e0bfc8bcbe5dab,PC-2,P1001,Bo Doe,2\n");
    add("Lansweeper", "AssetID,AssetName,Domain,Username,Userdomain,Lastseen\n"
                      "1,PC-1,CONTOSO,ana,CONTOSO,28/11/2026\n2,PC-2,CONTOSO,bo,CONTOSO,28/11/2026\n");
    add("directory", "ObjectGUID,Name,DNSHostName,SamAccountName\n"
                     "7d1f0000-0001-4000-8000-000000000001,PC-1,pc-1.contoso.example,PC-1$\n"
                     "7d1f0000-0001-4000-8000-000000000002,PC-2,pc-2.contoso.example,PC-2$\n");
    add("Snipe-IT",
        "ID;Asset Tag;Asset Name;Serial;Checked Out To\n1;A-1;PC-1;5CD1;Ana\n2;A-2;PC-2;5CD2;Bo\n");
    add("GLPI", "\"ID\";\"Name\";\"Entity\";\"Alternate username\";\"UUID\"\n"
                "\"1\";\"PC-1\";\"Root\";\"ana\";\"4C4C4544-0042-3010-8052-B4C04F564231\"\n"
                "\"2\";\"PC-2\";\"Root\";\"bo\";\"4C4C4544-0042-3010-8052-B4C04F564232\"\n");
    add("Workspace ONE", "Device UUID,Friendly Name,Username,Email\n"
                         "9f000000-0001-4000-8000-000000000001,PC-1,ana,a@example.com\n"
                         "9f000000-0001-4000-8000-000000000002,PC-2,bo,b@example.com\n");
    add("IDs without hyphens",
        "device_id,name\n00a96c0d3790200044e0bfc8bcbe5db4,PC-1\n01a9e40d3790200044e0bfc8bcbe5dab,PC-2\n");
    add("tickets", "guid,Ticket,Device\n5a1c0000-0001-4000-8000-000000000001,INC1,PC-1\n"
                   "5a1c0000-0001-4000-8000-000000000002,INC2,PC-2\n");
}

void ImportTest::otherSystems()
{
    QFETCH(QByteArray, bytes);
    devices::Fleet fleet;
    fleet.merge({named(QStringLiteral("0b5e8a54-0001-4000-8000-000000000001"), QStringLiteral("PC-1")),
                 named(QStringLiteral("0b5e8a54-0001-4000-8000-000000000002"), QStringLiteral("PC-2"),
                       QStringLiteral("b@example.com"))});
    QCOMPARE(outcomes(sheetOf(bytes), fleet),
             (QStringList{QStringLiteral("PC-1 a@example.com"), QStringLiteral("PC-2 b@example.com")}));
    // Also when the rows are read before any device is known: the row's name has priority.
    const auto sheet = sheetOf(bytes);
    const auto rows = devices::readRows(sheet, devices::layoutOf(sheet)).rows;
    QSet<devices::Key> taken;
    const auto matches = devices::matchRows(rows, fleet, taken);
    for (qsizetype i = 0; i < rows.size(); ++i)
        QCOMPARE(devices::entryOf(rows[i], matches[i]).key.deviceId, fleet.all()[i].deviceId);
}

/// A column whose values are the account's devices has priority over headings.
void ImportTest::columnsByDevices_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("asset") << QByteArray("Asset,Name of machine,Owner mail,Note\n100,PC-1,a@example.com,x\n"
                                         "101,PC-2,b@example.com,y\n");
    QTest::newRow("person's name") << QByteArray("Name,Box\nAna,PC-1\nBo,PC-2\n");
    QTest::newRow("computer is a type") << QByteArray("Computer,Label\nLaptop,PC-1\nDesktop,PC-2\n");
    QTest::newRow("no heading says it") << QByteArray("Kiste;Wo\nPC-1;Berlin\nPC-2;Rom\n");
    QTest::newRow("no headings") << QByteArray("Berlin;PC-1\nRom;PC-2\n");
    QTest::newRow("managers") << QByteArray(
        "Computer,Manager email\nPC-1,boss@example.com\nPC-2,b2@example.com\n");
    QTest::newRow("two addresses") << QByteArray(
        "Requested by (e-mail),PC,Mail of user\nz@example.com,PC-1,a@example.com\n"
        "z@example.com,PC-2,b@example.com\n");
    QTest::newRow("IDs in an odd column") << QByteArray("Note;Ref\nx;0b5e8a54-0001-4000-8000-000000000001\n"
                                                        "y;{0B5E8A54-0001-4000-8000-000000000002}\n");
    QTest::newRow("first column") << QByteArray("Label,Computer\nPC-1,Laptop\nPC-2,Desktop\n");
    QTest::newRow("first column, with addresses")
        << QByteArray("Contact,Mail\na@example.com,boss@example.com\nb@example.com,boss@example.com\n");
    QTest::newRow("domains") << QByteArray("Nick\nCONTOSO\\pc-1\npc-2.contoso.example\n");
    QTest::newRow("titles above") << QByteArray("All of Monday\n\nWo;Was\nRom;\\\\PC-1\nBerlin;PC-2$\n");
}

void ImportTest::columnsByDevices()
{
    QFETCH(QByteArray, bytes);
    devices::Fleet fleet;
    fleet.merge({named(QStringLiteral("0b5e8a54-0001-4000-8000-000000000001"), QStringLiteral("PC-1")),
                 named(QStringLiteral("0b5e8a54-0001-4000-8000-000000000002"), QStringLiteral("PC-2"),
                       QStringLiteral("b@example.com"))});
    QCOMPARE(outcomes(sheetOf(bytes), fleet),
             (QStringList{QStringLiteral("PC-1 a@example.com"), QStringLiteral("PC-2 b@example.com")}));
}

/// For devices that are offline, a list does not store IDs of other systems.
void ImportTest::foreignIdsOfAbsent()
{
    devices::Fleet fleet;
    fleet.merge({named(QStringLiteral("0b5e8a54-0001-4000-8000-000000000001"), QStringLiteral("PC-1"))});
    const QByteArray known("0b5e8a54-0001-4000-8000-000000000001"),
        other("0b5e8a54-0001-4000-8000-000000000009"), foreign("4c4c4544-0042-3010-8052-b4c04f564231");
    const auto read = [&](const QByteArray& rows) {
        return outcomes(sheetOf("device_id,name\n" + rows), fleet);
    };
    // A device is found by name, none by ID.
    QCOMPARE(read(foreign + ",PC-1\n" + other + ",GONE\n"),
             (QStringList{QStringLiteral("PC-1 a@example.com"), QStringLiteral("GONE?")}));
    // The IDs are valid: the second device is offline.
    QCOMPARE(read(known + ",PC-1\n" + other + ",GONE\n"),
             (QStringList{QStringLiteral("PC-1 a@example.com"),
                          QStringLiteral("GONE?") + QString::fromLatin1(other)}));
    // No device is found by name or by ID: it may be offline.
    QCOMPARE(read(other + ",GONE\n"), QStringList{QStringLiteral("GONE?") + QString::fromLatin1(other)});
    // Some IDs are valid, one is not: the offline device keeps its ID.
    fleet.merge({named(QStringLiteral("0b5e8a54-0001-4000-8000-000000000002"), QStringLiteral("PC-2"))});
    QCOMPARE(read(known + ",PC-1\n" + foreign + ",PC-2\n" + other + ",GONE\n"),
             (QStringList{QStringLiteral("PC-1 a@example.com"), QStringLiteral("PC-2 a@example.com"),
                          QStringLiteral("GONE?") + QString::fromLatin1(other)}));
    // Not an ID of the service.
    QCOMPARE(read("17,GONE\n"), QStringList{QStringLiteral("GONE?")});
    // An ID without a name is kept.
    QCOMPARE(read(other + ",\n"), QStringList{u'?' + QString::fromLatin1(other)});
}

/// Of several addresses in a cell, those of the device's users count.
void ImportTest::severalUsers()
{
    devices::Fleet fleet;
    fleet.merge({named(QStringLiteral("1"), QStringLiteral("PC-1")),
                 named(QStringLiteral("1"), QStringLiteral("PC-1"), QStringLiteral("b@example.com")),
                 named(QStringLiteral("2"), QStringLiteral("PC-2"), QStringLiteral("c@example.com"))});
    QCOMPARE(
        outcomes(
            sheetOf(
                "Computer;Users\nPC-1;a@example.com, b@example.com\nPC-2;old@example.com / c@example.com\n"
                "PC-2;gone@example.com c@example.com\n"),
            fleet),
        (QStringList{QStringLiteral("PC-1 a@example.com"), QStringLiteral("PC-1 b@example.com"),
                     QStringLiteral("PC-2 c@example.com")}));
}

/// The same computer and user in different spellings.
void ImportTest::spellings_data()
{
    QTest::addColumn<QString>("own");
    QTest::addColumn<QString>("theirs");
    const auto add = [](const char* name, const char16_t* own, const char16_t* theirs) {
        QTest::newRow(name) << QString::fromUtf16(own) << QString::fromUtf16(theirs);
    };
    add("case", u"PC-5", u"pc-5");
    add("share", u"PC-5", u"\\\\PC-5");
    add("share and folder", u"PC-5", u"\\\\PC-5\\c$");
    add("slashes doubled", u"PC-5", u"\\\\\\\\PC-5");
    add("domain before", u"PC-5", u"CONTOSO\\PC-5");
    add("domain and account sign", u"PC-5", u"CONTOSO\\PC-5$");
    add("account sign", u"PC-5", u"PC-5$");
    add("domain behind", u"PC-5", u"pc-5.corp.contoso.example");
    add("domain behind ours", u"pc-5.corp.contoso.example", u"PC-5");
    add("zero width", u"PC-5", u"\u200bPC\u200c-\u200d5\u2060");
    add("soft hyphen", u"LAPTOP", u"LAP\u00adTOP");
    add("direction marks", u"PC-5", u"\u200ePC-5\u200f");
    add("direction overrides", u"PC-5", u"\u202aPC-5\u202c");
    add("isolates", u"PC-5", u"\u2068PC-5\u2069");
    add("mark inside", u"PC-5", u"PC\ufeff-5");
    add("no-break space around", u"PC-5", u"\u00a0PC-5\u00a0");
    add("no-break space inside", u"PC-5", u"PC\u00a0-5");
    add("no-break space for a space", u"Ana MacBook", u"Ana\u00a0MacBook");
    add("no-break space ours", u"Ana\u00a0MacBook", u"Ana MacBook");
    add("narrow space", u"Ana MacBook", u"Ana\u202fMacBook");
    add("apostrophe", u"Ana's Mac", u"Ana\u2019s Mac");
    add("apostrophe ours", u"Ana\u2019s Mac", u"ana's mac");
    add("apostrophe of a letter", u"Ana's Mac", u"Ana\u02bcs Mac");
    add("hyphen of a text program", u"PC-5", u"PC\u20135");
    add("no-break hyphen", u"PC-5", u"PC\u20115");
    add("decomposed", u"Jos\u00e9-PC", u"Jose\u0301-PC");
    add("decomposed ours", u"Mu\u0308ller", u"M\u00fcller");
    add("decomposed kana", u"\u304c-PC", u"\u304b\u3099-PC");
    add("decomposed Hangul", u"\uac01-PC", u"\u1100\u1161\u11a8-PC");
}

void ImportTest::spellings()
{
    QFETCH(QString, own);
    QFETCH(QString, theirs);
    devices::Fleet fleet;
    fleet.merge({named(QStringLiteral("1"), own), named(QStringLiteral("2"), QStringLiteral("OTHER"))});
    QCOMPARE(outcomes(sheetOf((QStringLiteral("Computer\n") + theirs + QStringLiteral("\nOTHER\n")).toUtf8()),
                      fleet),
             (QStringList{own + QStringLiteral(" a@example.com"), QStringLiteral("OTHER a@example.com")}));
    // The same for users; invisible characters are not stored.
    const auto mail = [](QString name) {
        return name.remove(u' ').remove(u'\\').remove(u'$') + QStringLiteral("@example.com");
    };
    const auto rows =
        devices::readRows(sheetOf((QStringLiteral("Name,User\nx,") + mail(theirs) + u'\n').toUtf8()),
                          {.header = 0, .columns = {devices::Part::Name, devices::Part::Email}});
    QCOMPARE(rows.rows.size(), 1);
    const auto& email = rows.rows.first().entry.key.email;
    for (const int c : {0x200b, 0x200c, 0x200d, 0x2060, 0xad, 0x200e, 0x200f, 0xfeff, 0xa0, 0x202f, 0x2068})
        QVERIFY(!email.contains(QChar(char16_t(c))));
}

/// The device is known, but with another user: the operator has to choose.
void ImportTest::otherUser()
{
    devices::Fleet fleet;
    fleet.merge({named(QStringLiteral("1"), QStringLiteral("PC-1")),
                 named(QStringLiteral("2"), QStringLiteral("PC-2"), QStringLiteral("b@example.com"))});
    QCOMPARE(outcomes(sheetOf("Computer,User\nPC-1,new@example.com\nPC-2,b@example.com\n"), fleet),
             (QStringList{QStringLiteral("unclear"), QStringLiteral("PC-2 b@example.com")}));
}

/// With another user, the list stores the device by its ID if the account has it.
void ImportTest::otherUserKeepsTheId()
{
    devices::Fleet fleet;
    fleet.merge({named(QStringLiteral("1"), QStringLiteral("PC-1")),
                 named(QStringLiteral("2"), QStringLiteral("PC-2"), QStringLiteral("b@example.com"))});
    const auto sheet = sheetOf("device_id,name,email\n1,PC-1,new@example.com\n77,PC-2,new@example.com\n"
                               ",PC-2,new@example.com\n");
    const auto reading = devices::readRows(sheet, devices::layoutOf(sheet));
    QCOMPARE(reading.rows.size(), 3);
    QSet<devices::Key> taken;
    auto matches = devices::matchRows(reading.rows, fleet, taken);
    devices::settleMatches(reading, matches);
    QStringList ids;
    QList<bool> foreign;
    for (qsizetype i = 0; i < 3; ++i) {
        QCOMPARE(matches[i].state, Match::State::Unclear);
        QCOMPARE(matches[i].devices.size(), 1);
        ids << devices::entryOf(reading.rows[i], matches[i]).key.deviceId;
        foreign << matches[i].isForeign;
    }
    QCOMPARE(ids, (QStringList{QStringLiteral("1"), QString(), QString()}));
    QCOMPARE(foreign, (QList<bool>{false, true, false}));
}

/// Addresses beside unknown devices count as their users'; addresses that contradict known devices do not.
void ImportTest::usersOfAbsentDevices()
{
    devices::Fleet fleet;
    fleet.merge({named(QStringLiteral("1"), QStringLiteral("PC-1"))});
    const auto sheet = sheetOf("Computer,User\nGONE-1,x@example.com\nGONE-2,y@example.com\n");
    QVERIFY(devices::layoutOf(sheet, &fleet).has(devices::Part::Email));
    const auto known = sheetOf("Computer,User\nPC-1,x@example.com\nPC-1,y@example.com\n");
    QVERIFY(!devices::layoutOf(known, &fleet).has(devices::Part::Email));
    // Devices without an address do not count as devices with a stranger's.
    const auto few = sheetOf("Device,User\nPC-1,\nPC-2,\nPC-1,boss@example.com\n");
    QVERIFY(devices::layoutOf(few, &fleet).has(devices::Part::Email));
}

/// The file itself may contain the replacement character.
void ImportTest::damageOfEarlier()
{
    QVERIFY(sheetOf("Name\nPC-\xEF\xBF\xBD-1\n").notes.isEmpty());
    QCOMPARE(sheetOf("Name\nPC-\xEF\xBF\xBD-1\nPC-\xFF-2\n", {.encoding = "UTF-8"}).notes.size(), 2);
}

/// An ambiguous heading yields to a clear one; known IDs prove that the words above them are headings.
void ImportTest::headings()
{
    using devices::Part;
    QCOMPARE(devices::layoutOf(sheetOf("Asset,Device\n100,PC-1\n101,PC-2\n")).columns,
             (QList<Part>{Part::Nothing, Part::Name}));
    devices::Fleet fleet;
    fleet.merge({named(QStringLiteral("id-1"), QStringLiteral("PC-1")),
                 named(QStringLiteral("id-2"), QStringLiteral("PC-2"))});
    const auto layout = devices::layoutOf(sheetOf("Ref,Wo\nid-1,Rom\nid-2,Berlin\n"), &fleet);
    QCOMPARE(layout.header, 0);
    QCOMPARE(layout.columns, (QList<Part>{Part::DeviceId, Part::Nothing}));
}

/// After a quote that is never closed, quotes have no meaning: the text stays as it is, and this is reported
/// once.
void ImportTest::openQuotes()
{
    const auto sheet = sheetOf("name;note\n\"open;x\n\"\"\"\"PC-1;y\n");
    QCOMPARE(sheet.size(), 3);
    QCOMPARE(sheet.bad.size(), 1);
    QCOMPARE(sheet.bad.first().line, 2);
    QCOMPARE(sheet.cell(1, 0), QStringLiteral("\"open"));
    QCOMPARE(sheet.cell(2, 0), QStringLiteral("\"\"\"\"PC-1"));
}

void ImportTest::uuids_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isOne");
    const auto row = [](const char* text, bool isOne) {
        QTest::newRow(text) << QString::fromLatin1(text) << isOne;
    };
    row("0a9f8e7d-6c5b-4af1-9023-456789abcdef", true);
    row("0A9F8E7D-6C5B-4AF1-9023-456789ABCDEF", true);
    row("0a9f8e7d6c5b4af19023456789abcdef", true);
    row("{0a9f8e7d-6c5b-4af1-9023-456789abcdef}", true);
    row("urn:uuid:0a9f8e7d-6c5b-4af1-9023-456789abcdef", true);
    row("UUID:0a9f8e7d6c5b4af19023456789abcdef", true);
    row("{0a9f8e7d-6c5b-4af1-9023-456789abcdef", false);
    row("0a9f8e7d-6c5b-4af1-9023-456789abcdef}", false);
    row("0a9f8e7dx6c5b-4af1-9023-456789abcdef", false);
    row("0a9f8e7d-6c5bx4af1-9023-456789abcdef", false);
    row("0a9f8e7d-6c5b-4af1x9023-456789abcdef", false);
    row("0a9f8e7d-6c5b-4af1-9023x456789abcdef", false);
    row("0a9f8e7d-6c5b-4af1-9023-456789abcdeg", false);
    row("0a9f8e7d-6c5b-4af1-9023-456789ABCDEG", false);
    row("0a9f8e7d-6c5b-4af1-9023-456789abcde/", false); // the character before 0
    row("0a9f8e7d-6c5b-4af1-9023-456789abcde:", false); // the character after 9
    row("0a9f8e7d-6c5b-4af1-9023-456789abcde@", false); // the character before A
    row("0a9f8e7d-6c5b-4af1-9023-456789abcde`", false); // the character before a
    row("0a9f8e7d-6c5b-4af1-9023-456789abcde", false);
    row("{0a9f8e7d-6c5b-4af1-9023-456789abcdef)", false);
    row("(0a9f8e7d-6c5b-4af1-9023-456789abcdef}", false);
    row("0a9f8e7d-6c5b-4af1-9023-456789abcdef0", false);
    row("0a9f8e7d6c5b4af19023456789abcde", false);
    row("0a9f8e7d6c5b4af19023456789abcdef0", false);
    row("", false);
    QTest::newRow("a sign whose number wraps around")
        << QStringLiteral("0a9f8e7d-6c5b-4af1-9023-456789abcde") + QChar(0xFFA1) << false;
    QTest::newRow("a letter whose number wraps around")
        << QStringLiteral("0a9f8e7d-6c5b-4af1-9023-456789abcde") + QChar(0xFFD2) << false;
    QTest::newRow("only such signs")
        << QString(QStringLiteral("aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa")).replace(u'a', QChar(0xFFA1))
        << false;
    QTest::newRow("only such letters")
        << QString(QStringLiteral("aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa")).replace(u'a', QChar(0xFFD2))
        << false;
}

/// A UUID is recognised in any of its spellings, and similar texts are not.
void ImportTest::uuids()
{
    QFETCH(QString, text);
    QFETCH(bool, isOne);
    const auto plain = QStringLiteral("0a9f8e7d-6c5b-4af1-9023-456789abcdef");
    QCOMPARE(devices::uuidOf(text), isOne ? std::optional(plain) : std::nullopt);
    QCOMPARE(devices::plainId(text), isOne ? plain : text);
    const auto latin = text.toLatin1();
    QCOMPARE(devices::isWrittenUuid(QLatin1StringView(latin)), text == plain);
    QCOMPARE(devices::plainId(QChar(0x200B) + text + QChar(0xFEFF)), isOne ? plain : text);
}

/// A text that a spreadsheet was told not to change stands in a formula; it may be empty.
void ImportTest::textFormulas()
{
    QCOMPARE(devices::plainCell(u"=\"007\""), QStringLiteral("007"));
    QCOMPARE(devices::plainCell(u"=\"\""), QString());
    QCOMPARE(devices::plainCell(u"=\""), QStringLiteral("=\""));
}

void ImportTest::addresses_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QStringList>("emails");
    const QStringList both{QStringLiteral("a@example.com"), QStringLiteral("b@example.com")};
    for (const char* between :
         {";", ",", "|", " ", "\t", "\n", "; ", " / ", "> <", ") (", "] [", "\" \"", ";;"})
        QTest::newRow(QByteArray(between).toPercentEncoding().constData())
            << both.join(QString::fromLatin1(between)) << both;
    QTest::newRow("named") << QStringLiteral("Ana <a@example.com>, \"Bo [IT]\" <b@example.com>") << both;
    QTest::newRow("brackets") << QStringLiteral("Ana [a@example.com] Bo [b@example.com]") << both;
    QTest::newRow("prefixes") << QStringLiteral("mailto:a@example.com; SMTP:smtp:b@example.com") << both;
    QTest::newRow("twice") << QStringLiteral("a@example.com A@example.com b@example.com") << both;
    const QStringList one{QStringLiteral("a@example.com")};
    QTest::newRow("one") << QStringLiteral("a@example.com") << one;
    QTest::newRow("one, named") << QStringLiteral("Ana <a@example.com>") << one;
    QTest::newRow("one, with a prefix") << QStringLiteral("smtp:a@example.com") << one;
    QTest::newRow("shortest") << QStringLiteral("a@b") << QStringList{QStringLiteral("a@b")};
    for (const char* none : {"", "@", "a@", "@b", "ana", "CONTOSO\\a@b", "a;b", "@ @", "ana@ @example.com"})
        QTest::newRow(QByteArray(none).toPercentEncoding().prepend("none: ").constData())
            << QString::fromLatin1(none) << QStringList();
}

void ImportTest::addresses()
{
    QFETCH(QString, cell);
    QTEST(devices::emailsOf(cell), "emails");
}

/// Each invisible character, and not its neighbours.
void ImportTest::invisibleCharacters()
{
    constexpr std::pair<char16_t, char16_t> ranges[] = {
        {0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x061C, 0x061C}, {0x180E, 0x180E}, {0x200B, 0x200F},
        {0x202A, 0x202E}, {0x2060, 0x206F}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}};
    for (int c = 0x20; c < 0xFFFF; ++c) {
        const bool invisible =
            std::ranges::any_of(ranges, [c](auto range) { return c >= range.first && c <= range.second; });
        QVERIFY2(devices::isInvisible(char16_t(c)) == invisible, qPrintable(QString::number(c, 16)));
    }
    const auto same = [](int c, const char* as) {
        return devices::comparable(QStringLiteral("a%1b").arg(QChar(c))) == QLatin1StringView(as);
    };
    for (const int c : {0xA0, 0x1680, 0x2000, 0x2005, 0x200A, 0x202F, 0x205F, 0x3000})
        QVERIFY2(same(c, "a b"), qPrintable(QString::number(c, 16)));
    for (const int c : {0xB4, 0x2B9, 0x2BC, 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07})
        QVERIFY2(same(c, "a'b"), qPrintable(QString::number(c, 16)));
    for (const int c : {0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212})
        QVERIFY2(same(c, "a-b"), qPrintable(QString::number(c, 16)));
    for (const int c : {0x1FFF, 0x2015, 0x2016, 0x203F})
        QVERIFY2(!same(c, "a b") && !same(c, "a-b") && !same(c, "ab"), qPrintable(QString::number(c, 16)));
    // The origin of each character: a composed character has the position of its first part.
    std::vector<qsizetype> places;
    const auto text = QString::fromUtf16(u"e\u0301\u200bx\u1100\u1161\u11a8y\u1100\u1160z\u11ff");
    const auto compared = devices::comparable(text, places);
    QCOMPARE(compared.size(), qsizetype(places.size()));
    QCOMPARE(places, (std::vector<qsizetype>{0, 3, 4, 7, 8, 8, 10, 10}));
    QCOMPARE(devices::comparable(u"\U00010400b", places), QString::fromUtf16(u"\U00010428b"));
    QCOMPARE(places, (std::vector<qsizetype>{0, 0, 2}));
    QCOMPARE(devices::withoutInvisible(u"a\u00a0b\u200bc d\te"), QStringLiteral("abc d\te"));
}

void ImportTest::longestCells_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<int>("longest");
    QTest::newRow("ID") << 0 << 2000;
    QTest::newRow("registration") << 1 << 2000;
    QTest::newRow("e-mail") << 2 << 2000;
    QTest::newRow("name") << 3 << 20'000;
}

/// A cell may have this length and no more.
void ImportTest::longestCells()
{
    QFETCH(int, column);
    QFETCH(int, longest);
    for (const int size : {longest, longest + 1}) {
        QStringList cells{QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("a@example.com"),
                          QStringLiteral("PC-1")};
        cells[column] = column == 2 ? QString(size - 2, u'x') + QStringLiteral("@y") : QString(size, u'x');
        const auto sheet = sheetOf("device_id,registration_id,email,name\n" + cells.join(u',').toUtf8() +
                                   "\n3,4,b@example.com,PC-2\n");
        const auto reading = devices::readRows(sheet, devices::layoutOf(sheet));
        QCOMPARE(reading.bad.size(), size > longest ? 1 : 0);
        QCOMPARE(reading.rows.size(), size > longest ? 1 : 2);
    }
}

/// Other characters beside the letters of a heading are ignored, up to the length at which it is a sentence.
void ImportTest::longHeadings()
{
    const auto heading = [](int size) {
        return QStringLiteral("Computer name").leftJustified(size - 1, u' ') + u':';
    };
    QCOMPARE(devices::partOf(heading(60)), devices::Part::Name);
    QCOMPARE(devices::partOf(heading(61)), devices::Part::Nothing);
    QCOMPARE(devices::partOf(u"Device_ID"), devices::Part::DeviceId);
    QCOMPARE(devices::partOf(u""), devices::Part::Nothing);
}

void ImportTest::likelySeparator_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QChar>("separator");
    QTest::newRow("more columns") << QByteArray("a,1;b;c;d\n").repeated(5) << QChar(u';');
    QTest::newRow("more columns, commas") << QByteArray("a;1,b,c,d\n").repeated(5) << QChar(u',');
    // Nine of ten rows with three cells outweigh ten rows with two.
    QTest::newRow("one row apart") << QByteArray("a,b;c,d\n").repeated(5) + "ab;cd\n" +
                                          QByteArray("a,b;c,d\n").repeated(4)
                                   << QChar(u',');
    QTest::newRow("too many rows apart")
        << QByteArray("a,b;c,d\n").repeated(4) + "ab;cd\nab;cd\n" + QByteArray("a,b;c,d\n").repeated(4)
        << QChar(u';');
}

/// The separator with the same number of cells in each row is chosen, and among these the one with more
/// cells.
void ImportTest::likelySeparator()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QChar, separator);
    const auto read = devices::readSheet(bytes);
    QVERIFY(read);
    QCOMPARE(read->format.separator, separator);
}

void ImportTest::sampledPlaces_data()
{
    QTest::addColumn<int>("size"); ///< in bytes
    QTest::addColumn<int>("at");   ///< position of the only line with a separator
    QTest::newRow("anywhere in 256 kB") << 256 * 1024 << 77'536;
    QTest::newRow("beginning") << 256 * 1024 + 16 << 60'000;
    QTest::newRow("behind the beginning") << 256 * 1024 + 16 << 70'000;
    QTest::newRow("last place") << 256 * 1024 + 16 << 245'500;
}

/// Up to a certain size the whole text is sampled for the separator; beyond it, the beginning and places
/// throughout.
void ImportTest::sampledPlaces()
{
    QFETCH(int, size);
    QFETCH(int, at);
    auto bytes = QByteArray("Machines of May\n").repeated(size / 16);
    QCOMPARE(bytes.size(), size);
    bytes.replace(at / 16 * 16, 16, "PC-1;ana@b.test\n");
    const auto read = devices::readSheet(bytes);
    QVERIFY(read);
    QCOMPARE(read->format.separator, u';');
}

/// A sheet shares the bytes of a UTF-8 file: it copies them before it modifies any.
void ImportTest::piecesOfTheFile()
{
    const QByteArray bytes(
        "\xEF\xBB\xBFsep=\u00A7\nname\u00A7note\n"
        "\"PC \"\"1\"\"\" x\u00A7\uFEFFM\u00FCller\n\u3000\u00A7\u00A0\n\U0001F600\u00A7 b\n"
        "1\u00A62\u00A7\u00A9\n"); // other characters that begin with the separator's first byte
    const QByteArray before(bytes.constData(), bytes.size());
    const auto read = devices::readSheet(bytes);
    QVERIFY(read);
    QCOMPARE(bytes, before);
    QCOMPARE(read->format.separator, QChar(u'\u00A7'));
    const auto& sheet = read->sheet;
    QCOMPARE(sheet.size(), 4); // a row of spaces is skipped
    QCOMPARE(sheet.cell(1, 0), QStringLiteral("PC \"1\"x"));
    QCOMPARE(sheet.cell(1, 1), QStringLiteral("\uFEFFM\u00FCller"));
    QCOMPARE(sheet.cell(2, 0), QStringLiteral("\U0001F600"));
    QCOMPARE(sheet.cell(2, 1), QStringLiteral(" b"));
    QCOMPARE(sheet.line(2), 5);
    QCOMPARE(sheet.cell(3, 0), QStringLiteral("1\u00A62"));
    QCOMPARE(sheet.cell(3, 1), QStringLiteral("\u00A9"));
}

void ImportTest::longFiles_data()
{
    QTest::addColumn<int>("prose"); ///< lines above the table
    QTest::addColumn<int>("rows");
    QTest::newRow("short") << 0 << 3;
    QTest::newRow("all of it") << 0 << 20'000;
    QTest::newRow("behind a long text") << 2000 << 20'000;
}

/// In a long file the separator is not determined by the beginning alone.
void ImportTest::longFiles()
{
    QFETCH(int, prose);
    QFETCH(int, rows);
    QByteArray bytes;
    for (int i = 0; i < prose; ++i)
        bytes += "Machines of last week, as they were counted,\n"; // 90 kB
    bytes += "name;email\n";
    for (int i = 0; i < rows; ++i)
        bytes += "PC-" + QByteArray::number(i) + ";user" + QByteArray::number(i) + "@example.com\n";
    const auto read = devices::readSheet(bytes);
    QVERIFY(read);
    QCOMPARE(read->format.separator, u';');
    QCOMPARE(read->sheet.size(), prose + 1 + rows);
    QCOMPARE(read->sheet.cell(prose + rows, 1), QStringLiteral("user%1@example.com").arg(rows - 1));
}

/// A table whose lines are quoted as a whole is offered, and read if the operator wants that.
void ImportTest::quotedLines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("offered");
    QTest::newRow("semicolons") << QByteArray(
                                       "\"Device;User\"\n\"PC-1;a@example.com\"\n\"PC-2;b@example.com\"\n")
                                << true;
    QTest::newRow("commas") << QByteArray(
                                   "\"Device,User\"\r\n\"PC-1,a@example.com\"\r\n\"PC-2,b@example.com\"\r\n")
                            << true;
    QTest::newRow("tabs") << QByteArray(
                                 "\"Device\tUser\"\n\"PC-1\ta@example.com\"\n\"PC-2\tb@example.com\"\n")
                          << true;
    QTest::newRow("quotes inside")
        << QByteArray("\"\"\"Device\"\",\"\"User\"\"\"\n\"\"\"PC-1\"\",\"\"a@example.com\"\"\"\n"
                      "\"\"\"PC-2\"\",\"\"b@example.com\"\"\"\n")
        << true;
    QTest::newRow("separators behind")
        << QByteArray("\"Device,User\";;;\n\"PC-1,a@example.com\";;;\n\"PC-2,b@example.com\";;;\n") << true;
    QTest::newRow("heading without quotes")
        << QByteArray("Device;User\n\"PC-1;a@example.com\"\n\"PC-2;b@example.com\"\n") << true;
    QTest::newRow("mark")
        << QByteArray("\xEF\xBB\xBF\"Device;User\"\n\"PC-1;a@example.com\"\n\"PC-2;b@example.com\"\n")
        << true;
    QTest::newRow("empty lines")
        << QByteArray("\"Device;User\"\n\n\"PC-1;a@example.com\"\n\n\"PC-2;b@example.com\"\n") << true;
    QTest::newRow("comma between") << QByteArray(
                                          "\"Device|User\"\n\"PC-1|a@example.com\"\n\"PC-2|b@example.com\"\n")
                                   << true;
    QTest::newRow("title")
        << QByteArray("\"Report\"\n\"Device;User\"\n\"PC-1;a@example.com\"\n\"PC-2;b@example.com\"\n")
        << true;
    QTest::newRow("each cell in quotes")
        << QByteArray("\"Device\";\"User\"\n\"PC-1\";\"a@example.com\"\n\"PC-2\";\"b@example.com\"\n")
        << false;
    QTest::newRow("one column") << QByteArray("\"Device\"\n\"PC-1\"\n\"PC-2\"\n") << false;
    QTest::newRow("people") << QByteArray(
                                   "\"Device\"\n\"PC-1\"\n\"PC-2, of Ana\"\n\"PC-3\"\n\"PC-4\"\n\"PC-5\"\n")
                            << false;
}

void ImportTest::quotedLines()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, offered);
    const auto outer = devices::readSheet(bytes);
    QVERIFY(outer);
    QVERIFY(!outer->format.quotedLines);
    QCOMPARE(outer->hasQuotedLines, offered);
    if (!offered)
        return;
    const auto inner = devices::readSheet(bytes, {.quotedLines = true});
    QVERIFY(inner && inner->format.quotedLines && inner->hasQuotedLines);
    const auto reading = devices::readRows(inner->sheet, devices::layoutOf(inner->sheet));
    QCOMPARE(reading.rows.size(), 2);
    QCOMPARE(reading.rows[0].entry.name, QStringLiteral("PC-1"));
    QCOMPARE(reading.rows[1].entry.key.email, QStringLiteral("b@example.com"));
    QCOMPARE(reading.rows[1].line, int(QByteArray(bytes).left(bytes.indexOf("PC-2")).count('\n')) + 1);
    QVERIFY(reading.bad.isEmpty());
    QCOMPARE(inner->sheet.width(inner->sheet.size() - 3), 2); // the heading, with or without its own quotes
}

/// The operator's choice has priority over the guess.
void ImportTest::chosenEncoding_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<QString>("name");
    QTest::newRow("1252") << QByteArray("windows-1252") << QStringLiteral("Åóõ");
    QTest::newRow("1251") << QByteArray("windows-1251") << QStringLiteral("Еух");
    QTest::newRow("1253") << QByteArray("windows-1253") << QStringLiteral("Εσυ");
    QTest::newRow("1250") << QByteArray("windows-1250") << QStringLiteral("Ĺóő");
    QTest::newRow("KOI8-R") << QByteArray("KOI8-R") << QStringLiteral("еСУ");
}

void ImportTest::chosenEncoding()
{
    QFETCH(QByteArray, encoding);
    QFETCH(QString, name);
    const auto read = devices::readSheet("Name;User\n\xC5\xF3\xF5;a@example.com\n", {.encoding = encoding});
    QVERIFY(read);
    QCOMPARE(read->format.encoding, encoding);
    QCOMPARE(read->sheet.cell(1, 0), name);
    QVERIFY(read->sheet.notes.isEmpty());
    const auto other = devices::readSheet("Name;User\n\xC5\xF3\xF5;a@example.com\n", {.separator = u'|'});
    QCOMPARE(other->format.separator, u'|');
    QCOMPARE(other->sheet.width(0), 1);
}

/// Where a few letters are ambiguous, the operator's language decides.
void ImportTest::localesLegacy_data()
{
    QTest::addColumn<QString>("locale");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("de") << QStringLiteral("de_DE") << QStringLiteral("Büro") << QByteArray("B\xFCro");
    QTest::newRow("cs") << QStringLiteral("cs_CZ") << QStringLiteral("Čech")
                        << QByteArray("\xC8"
                                      "ech");
    QTest::newRow("it") << QStringLiteral("it_IT") << QStringLiteral("Èlite") << QByteArray("\xC8lite");
    QTest::newRow("hu") << QStringLiteral("hu_HU") << QStringLiteral("Tő") << QByteArray("T\xF5");
    QTest::newRow("et") << QStringLiteral("et_EE") << QStringLiteral("Tõ") << QByteArray("T\xF5");
    QTest::newRow("tr") << QStringLiteral("tr_TR") << QStringLiteral("Işık") << QByteArray("I\xFE\xFDk");
    QTest::newRow("is") << QStringLiteral("is_IS") << QStringLiteral("Iþýk") << QByteArray("I\xFE\xFDk");
    QTest::newRow("ru") << QStringLiteral("ru_RU") << QStringLiteral("ПК") << QByteArray("\xCF\xCA");
    QTest::newRow("zh") << QStringLiteral("zh_CN") << QStringLiteral("设备")
                        << QByteArray("\xC9\xE8\xB1\xB8");
    QTest::newRow("ja") << QStringLiteral("ja_JP") << QStringLiteral("端末") << QByteArray("\x92[\x96\x96");
    QTest::newRow("ko") << QStringLiteral("ko_KR") << QStringLiteral("장치")
                        << QByteArray("\xC0\xE5\xC4\xA1");
}

void ImportTest::localesLegacy()
{
    QFETCH(QString, locale);
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    const auto read =
        devices::readSheet("Name,User\n" + bytes + ",a@example.com\n", {.locale = QLocale(locale)});
    QVERIFY(read);
    QVERIFY2(read->sheet.cell(1, 0) == name,
             qPrintable(read->sheet.cell(1, 0) + u' ' + QString::fromLatin1(read->format.encoding)));
}

/// Qt supports each encoding that is offered.
void ImportTest::everyEncoding()
{
    const auto encodings = devices::encodings();
    QVERIFY(encodings.size() > 25);
    for (const auto& encoding : encodings) {
        QStringEncoder encoder(encoding.name.constData());
        QVERIFY2(encoder.isValid(), encoding.name.constData());
        const QByteArray bytes = encoder(QStringLiteral("Name;User\nPC-1;a@example.com\n"));
        QCOMPARE(devices::decoded(bytes, encoding.name), QStringLiteral("Name;User\nPC-1;a@example.com\n"));
        const auto read = devices::readSheet(bytes, {.encoding = encoding.name});
        QVERIFY2(read && read->sheet.size() == 2, encoding.name.constData());
    }
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

/// Unknown columns are written back unchanged.
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
