// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "devices/handform.h"
#include "suites.h"
#include "support/suite.h"

using devices::HandForm;

namespace {

const auto typedId = QStringLiteral("f174e90a-fafe-4643-bbbc-4a0ed4fc8415");

} // namespace

void HandFormTest::typed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("email");
    QTest::addColumn<QString>("missing"); ///< a part of the message
    QTest::addColumn<QString>("idError");
    QTest::addColumn<QString>("emailError");
    QTest::addColumn<bool>("complete");
    const auto row = [](const char* title, const QString& name, const QString& id, const QString& email,
                        const char* missing, const char* idError, const char* emailError) {
        QTest::newRow(title) << name << id << email << QString::fromUtf8(missing)
                             << QString::fromUtf8(idError) << QString::fromUtf8(emailError)
                             << (*missing == '\0' && *idError == '\0' && *emailError == '\0');
    };
    const auto name = QStringLiteral("ANA-LT-1"), email = QStringLiteral("ana@example.com");
    row("nothing", {}, {}, {}, "name, or its ID", "", "");
    row("blanks", QStringLiteral("  "), QStringLiteral(" "), QStringLiteral(" "), "name, or its ID", "", "");
    row("a name", name, {}, {}, "", "", "");
    row("an ID", {}, typedId, {}, "", "", "");
    row("an ID and its user", {}, typedId, email, "", "", "");
    row("a user alone", {}, {}, email, "several devices", "", "");
    row("a name and half an address", name, {}, QStringLiteral("ana"), "", "", "has an @");
    row("an address without a domain", name, {}, QStringLiteral("ana@"), "", "", "domain");
    row("an address with a blank", name, {}, QStringLiteral("ana b@example.com"), "", "", "spaces");
    row("two addresses", name, {}, QStringLiteral("a@b.c d@e.f"), "", "", "spaces");
    row("a bad ID", {}, QStringLiteral("laptop"), {}, "", "this has 6", "");
    row("an ID one digit short", name, typedId.chopped(1), {}, "", "this has 31", "");
    row("an ID one digit long", {}, typedId + u'0', {}, "", "this has 33", "");
    row("an ID with a letter that is no digit", {}, QString(typedId).replace(0, 1, u'g'), {}, "", "0 to 9",
        "");
    row("both wrong", {}, QStringLiteral("x"), QStringLiteral("y"), "", "this has 1", "has an @");
}

void HandFormTest::typed()
{
    QFETCH(QString, missing);
    QFETCH(QString, idError);
    QFETCH(QString, emailError);
    QFETCH(QString, name);
    QFETCH(QString, id);
    QFETCH(QString, email);
    HandForm form;
    form.name = name;
    form.id = id;
    form.email = email;
    const auto says = [](const QString& text, const QString& part) {
        return part.isEmpty() ? text.isEmpty() : text.contains(part);
    };
    QVERIFY2(says(form.missing(), missing), qPrintable(form.missing()));
    QVERIFY2(says(form.error(HandForm::Field::Id), idError), qPrintable(form.error(HandForm::Field::Id)));
    QVERIFY2(says(form.error(HandForm::Field::Email), emailError),
             qPrintable(form.error(HandForm::Field::Email)));
    QTEST(form.isComplete(), "complete");
    if (form.isComplete())
        QVERIFY(form.device().canBeTicked());
}

/// Whatever was copied together with an ID, the ID is stored in the service's format.
void HandFormTest::copiedIds()
{
    for (const auto& text :
         {typedId, typedId.toUpper(), u'{' + typedId + u'}', QStringLiteral("  %1\n").arg(typedId),
          QString(typedId).remove(u'-'), QChar(0x200b) + typedId + QChar(0xfeff)}) {
        HandForm form;
        form.id = text;
        QVERIFY2(form.isComplete(), qPrintable(text));
        QCOMPARE(form.device().deviceId, typedId);
    }
}

void HandFormTest::searched_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("email");
    const auto row = [](const char* text, const char* name, const QString& id, const char* email) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(name) << id
                            << QString::fromUtf8(email);
    };
    row("", "", {}, "");
    row("ANA-LT-1", "ANA-LT-1", {}, "");
    row("\"Ana's laptop\"", "Ana's laptop", {}, "");
    row("ana@example.com", "", {}, "ana@example.com");
    row("F174E90A-fafe-4643-bbbc-4a0ed4fc8415", "", typedId, "");
    row("ANA-LT-1 ana@example.com", "ANA-LT-1", {}, "ana@example.com");
    row("name:ANA-LT-1", "ANA-LT-1", {}, "");
    row("user:ana@example.com", "", {}, "ana@example.com");
}

void HandFormTest::searched()
{
    QFETCH(QString, text);
    const auto form = HandForm::searched(text);
    QTEST(form.name, "name");
    QTEST(form.id, "id");
    QTEST(form.email, "email");
}

CAPTUREDESK_SUITE(test_devices_handform, HandFormTest)
