// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QTest>

#include "suite.h"
#include "captures/options.h"
#include "suites.h"

using captures::Number;
using captures::OptionsForm;

void OptionsTest::numbers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("error");
    QTest::addColumn<bool>("warned");
    QTest::newRow("empty") << QString() << QString() << false;
    QTest::newRow("least") << QStringLiteral("1") << QString() << false;
    QTest::newRow("fraction") << QStringLiteral("1.5") << QString() << false;
    QTest::newRow("spaces") << QStringLiteral(" 2 ") << QString() << false;
    QTest::newRow("ceiling") << QStringLiteral("10") << QString() << false;
    QTest::newRow("above the ceiling") << QStringLiteral("11") << QString() << true;
    QTest::newRow("too small") << QStringLiteral("0.9") << QStringLiteral("At least 1.") << false;
    QTest::newRow("negative") << QStringLiteral("-3") << QStringLiteral("At least 1.") << false;
    QTest::newRow("word") << QStringLiteral("ten") << QStringLiteral("This is no number.") << false;
    QTest::newRow("infinite") << QStringLiteral("inf") << QStringLiteral("This is no number.") << false;
    QTest::newRow("not a number") << QStringLiteral("nan") << QStringLiteral("This is no number.") << false;
}

void OptionsTest::numbers()
{
    QFETCH(QString, text);
    QFETCH(QString, error);
    QFETCH(bool, warned);
    OptionsForm form;
    form.text[Number::TimeLimit] = text;
    QCOMPARE(form.error(Number::TimeLimit), error);
    QCOMPARE(!form.warning(Number::TimeLimit).isEmpty(), warned);
    QCOMPARE(form.problem().isEmpty(), error.isEmpty());
    form.pcap = false; // what is not asked for cannot be wrong
    QVERIFY(form.problem().isEmpty());
    form.diag = false;
    QVERIFY(!form.problem().isEmpty());
}

void OptionsTest::emptyIsNotSent()
{
    const auto options = OptionsForm().options();
    QCOMPARE(*options.pcap, api::PcapArgs{});
    QCOMPARE(*options.diag, api::DiagArgs{});
}

/// The rounded limits that the presets were chosen for, in Mbit/s.
void OptionsTest::presetsFit()
{
    const QMap<QString, QString> expected{{QStringLiteral("Slow or dropping"), QStringLiteral("13")},
                                          {QStringLiteral("Comes and goes"), QStringLiteral("5")},
                                          {QStringLiteral("Heavy traffic"), QStringLiteral("50")},
                                          {QStringLiteral("Site or sign-in fails"), QStringLiteral("3")},
                                          {QStringLiteral("Service defaults"), QStringLiteral("0.6")}};
    int met = 0;
    for (const auto& preset : captures::presets()) {
        const auto form = OptionsForm::from(preset.options);
        QVERIFY(form.problem().isEmpty());
        QVERIFY(!preset.options.pcap || !preset.options.pcap->interfaces);
        if (expected.contains(preset.name)) {
            QCOMPARE(form.fits(), QStringLiteral("fits up to about %1 Mbit/s").arg(expected[preset.name]));
            ++met;
        }
    }
    QCOMPARE(met, expected.size());
    QCOMPARE(captures::presets().first().name, QStringLiteral("Slow or dropping"));
}

void OptionsTest::roundTrip()
{
    captures::Options options{.pcap = api::PcapArgs{.timeLimitMin = 2.5,
                                                    .maxFileSizeMb = 50,
                                                    .packetSizeBytes = 1500,
                                                    .interfaces = QList{api::Interface::Tunnel}},
                              .diag = api::DiagArgs{.testAllRoutes = false}};
    QCOMPARE(OptionsForm::from(options).options(), options);
}

CAPTUREDESK_SUITE(test_captures_options, OptionsTest)
