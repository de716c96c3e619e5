// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <cmath>

#include <QLocale>
#include <QTest>

#include "support/suite.h"
#include "captures/options.h"
#include "captures/presets.h"
#include "suites.h"

using captures::Number;
using captures::OptionsForm;

namespace {

/// Sets the operator's locale for its lifetime.
class LocaleNow {
public:
    explicit LocaleNow(const QLocale& locale) { QLocale::setDefault(locale); }
    ~LocaleNow() { QLocale::setDefault(QLocale::c()); }
    Q_DISABLE_COPY_MOVE(LocaleNow)
};

} // namespace

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
    QTest::newRow("word") << QStringLiteral("ten") << QStringLiteral("Not a number.") << false;
    QTest::newRow("infinite") << QStringLiteral("inf") << QStringLiteral("Not a number.") << false;
    QTest::newRow("not a number") << QStringLiteral("nan") << QStringLiteral("Not a number.") << false;
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
    form.pcap = false; // a type that is not selected has no errors
    QVERIFY(form.problem().isEmpty());
    form.diag = false;
    QVERIFY(!form.problem().isEmpty());
}

void OptionsTest::typedNumbers_data()
{
    QTest::addColumn<QString>("locale");
    QTest::addColumn<Number>("number");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<double>("value"); // 0: refused
    QTest::addColumn<QString>("error");
    const auto row = [](const char* locale, Number number, const QString& typed, double value,
                        const QString& error = {}) {
        QTest::addRow("%s %d %s", locale, int(number), qPrintable(typed))
            << QString::fromLatin1(locale) << number << typed << value << error;
    };
    using enum Number;
    const auto ask = [](const char* text) { return QString::fromUtf8(text); };
    row("de_DE", PacketSize, QStringLiteral("1500"), 1500);
    row("de_DE", PacketSize, QStringLiteral("1.500"), 1500);
    row("de_DE", PacketSize, QStringLiteral("1,500"), 0, ask("1,500: did you mean 1500 or 1,5?"));
    row("de_DE", PacketSize, QStringLiteral("1,5"), 0, ask("Only whole numbers."));
    row("de_DE", PacketSize, QStringLiteral("1.5"), 0, ask("1.5: did you mean 1,5?"));
    row("de_DE", TimeLimit, QStringLiteral("2,5"), 2.5);
    row("de_DE", TimeLimit, QStringLiteral("2.5"), 0, ask("2.5: did you mean 2,5?"));
    row("de_DE", TimeLimit, QStringLiteral("1.500"), 0, ask("1.500: did you mean 1500 or 1,5?"));
    row("de_CH", PacketSize, QString::fromUtf8("1’500"), 1500);
    row("en_US", PacketSize, QStringLiteral("1,500"), 1500);
    row("en_US", PacketSize, QStringLiteral("1.500"), 0, ask("1.500: did you mean 1500 or 1.5?"));
    row("en_US", TimeLimit, QStringLiteral("1,500"), 0, ask("1,500: did you mean 1500 or 1.5?"));
    row("en_US", TimeLimit, QStringLiteral("2,5"), 0, ask("2,5: did you mean 2.5?"));
    row("en_US", FileSize, QStringLiteral("1,2,3"), 0, ask("Not a number."));
    row("en_US", FileSize, QStringLiteral("1e3"), 0, ask("Not a number."));
    row("en_US", FileSize, QStringLiteral("0x10"), 0, ask("Not a number."));
    row("en_US", FileSize, QStringLiteral("1 5"), 0, ask("Not a number."));
    row("fr_FR", PacketSize, QString::fromUtf8("1\u202F500"), 1500);
    row("fr_FR", PacketSize, QStringLiteral("1 500"), 1500);
    row("fr_FR", TimeLimit, QStringLiteral("1,25"), 1.25);
    row("pt_BR", PacketSize, QStringLiteral("1.500"), 1500);
    row("tr_TR", PacketSize, QStringLiteral("1.500"), 1500);
    row("hi_IN", PacketSize, QStringLiteral("12,34,567"), 1234567);
    row("ar_EG", PacketSize, QString::fromUtf8("١٥٠٠"), 1500);
    row("ar_EG", PacketSize, QString::fromUtf8("١٬٥٠٠"), 1500);
    row("ar_EG", TimeLimit, QString::fromUtf8("٢٫٥"), 2.5);
    row("ar_EG", PacketSize, QStringLiteral("1500"), 1500);
    row("C", PacketSize, QStringLiteral("1500"), 1500);
    row("C", FileSize, QStringLiteral("1.5"), 1.5);
}

void OptionsTest::typedNumbers()
{
    QFETCH(QString, locale);
    QFETCH(Number, number);
    QFETCH(QString, typed);
    QFETCH(double, value);
    QFETCH(QString, error);
    const LocaleNow now{QLocale(locale)};
    OptionsForm form;
    form.text[number] = typed;
    QCOMPARE(form.error(number), error);
    QCOMPARE(form.problem().isEmpty(), error.isEmpty());
    if (!error.isEmpty())
        return;
    const auto args = *form.options().pcap;
    QCOMPARE(number == Number::TimeLimit  ? args.timeLimitMin
             : number == Number::FileSize ? args.maxFileSizeMb
                                          : args.packetSizeBytes,
             std::optional(value));
}

/// A number shown in a form is parsed as the same number, in every locale that Qt knows.
void OptionsTest::shownAndReadAgain()
{
    const auto locales =
        QLocale::matchingLocales(QLocale::AnyLanguage, QLocale::AnyScript, QLocale::AnyTerritory);
    QVERIFY(locales.size() > 500);
    QList<captures::Options> all;
    for (const auto& preset : captures::presets())
        all << preset.options;
    for (const double value : {1.0,      1.1,       1.25,        1.125,        1.5,
                               2.0,      9.999,     10.0,        12.5,         99.0,
                               100.0,    999.0,     999.125,     1000.0,       1024.0,
                               1499.5,   1500.0,    1500.125,    9999.0,       65535.0,
                               100000.0, 1234567.0, 1234567.875, 2147483647.0, 9007199254740991.0}) {
        all << captures::Options{.pcap = api::PcapArgs{.timeLimitMin = value,
                                                       .maxFileSizeMb = value,
                                                       .packetSizeBytes = std::ceil(value)},
                                 .diag = {}};
    }
    for (const auto& locale : locales) {
        const LocaleNow now(locale);
        for (const auto& options : all) {
            const auto form = OptionsForm::from(options);
            const auto what = locale.name() + u' ' + form.text.at(Number::TimeLimit);
            QVERIFY2(form.problem().isEmpty(), qPrintable(what + QStringLiteral(": ") + form.problem()));
            QVERIFY2(form.options() == options, qPrintable(what));
        }
    }
}

void OptionsTest::emptyIsNotSent()
{
    const auto options = OptionsForm().options();
    QCOMPARE(*options.pcap, api::PcapArgs{});
    QCOMPARE(*options.diag, api::DiagArgs{});
}

/// The rounded limits that the presets were designed for, in Mbit/s.
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
