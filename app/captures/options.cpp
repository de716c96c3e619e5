// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/options.h"

#include <cmath>

#include <QStringList>

#include "captures/numbertext.h"
#include "captures/tr.h"

namespace captures {

namespace {

/// The number that the operator typed in a field; nullopt if it is not a number.
std::optional<double> parsed(Number number, const QString& typed)
{
    const auto value = parseNumber(typed, field(number).whole);
    return value ? std::optional(*value) : std::nullopt;
}

constexpr Number allNumbers[] = {Number::TimeLimit, Number::FileSize, Number::PacketSize};

} // namespace

const NumberField& field(Number number)
{
    // The ceilings are from the service's documentation; its API contract defines only the minimum.
    static constexpr NumberField timeLimit{
        QT_TRANSLATE_NOOP("captures", "Time limit"),
        QT_TRANSLATE_NOOP("captures", "min"),
        1,
        10,
        5,
        false,
        QT_TRANSLATE_NOOP("captures",
                          "How long packets are recorded. The user has to show the fault in this time.")};
    static constexpr NumberField fileSize{
        QT_TRANSLATE_NOOP("captures", "File size limit"),
        QT_TRANSLATE_NOOP("captures", "MB"),
        1,
        50,
        5,
        false,
        QT_TRANSLATE_NOOP("captures", "A capture that outgrows it is not uploaded at all.")};
    static constexpr NumberField packetSize{
        QT_TRANSLATE_NOOP("captures", "Bytes per packet"),
        QT_TRANSLATE_NOOP("captures", "bytes"),
        1,
        1500,
        160,
        true,
        QT_TRANSLATE_NOOP(
            "captures",
            "How much of each packet is kept. 128 shows who talks to whom; 1500 records content.")};
    switch (number) {
    case Number::TimeLimit: return timeLimit;
    case Number::FileSize: return fileSize;
    case Number::PacketSize: return packetSize;
    }
    Q_UNREACHABLE();
}

QString Options::summary() const
{
    QStringList parts;
    if (pcap) {
        const auto minutes = pcap->timeLimitMin.value_or(field(Number::TimeLimit).serviceDefault);
        parts << Text::tr("Packet capture %1 min").arg(numberText(minutes));
    }
    if (diag)
        parts << (pcap ? Text::tr("diagnostics") : Text::tr("Diagnostics"));
    return parts.join(QStringLiteral(" · "));
}

OptionsForm::OptionsForm()
{
    for (const auto number : allNumbers)
        text[number] = QString();
}

OptionsForm OptionsForm::from(const Options& options)
{
    OptionsForm form;
    form.pcap = options.pcap.has_value();
    form.diag = options.diag.has_value();
    if (options.pcap) {
        const auto& args = *options.pcap;
        const auto shown = [](const std::optional<double>& value) {
            return value ? numberText(*value) : QString();
        };
        form.text[Number::TimeLimit] = shown(args.timeLimitMin);
        form.text[Number::FileSize] = shown(args.maxFileSizeMb);
        form.text[Number::PacketSize] = shown(args.packetSizeBytes);
        if (args.interfaces) {
            form.interfaceDefault = args.interfaces->contains(api::Interface::Default);
            form.interfaceTunnel = args.interfaces->contains(api::Interface::Tunnel);
        }
    }
    if (options.diag)
        form.testAllRoutes = options.diag->testAllRoutes;
    return form;
}

QString OptionsForm::error(Number number) const
{
    const auto& typed = text.at(number);
    if (!pcap || typed.trimmed().isEmpty())
        return {};
    const auto value = parseNumber(typed, field(number).whole);
    if (!value)
        return textOf(value.error(), typed);
    if (*value < field(number).minimum)
        return Text::tr("At least %1.").arg(numberText(field(number).minimum));
    return {};
}

QString OptionsForm::warning(Number number) const
{
    if (!pcap || !error(number).isEmpty())
        return {};
    const auto value = parsed(number, text.at(number));
    if (!value || *value <= field(number).ceiling)
        return {};
    return Text::tr("The service's documented limit is %1 %2; it may refuse more.")
        .arg(numberText(field(number).ceiling), Text::tr(field(number).unit));
}

QString OptionsForm::problem() const
{
    if (!pcap && !diag)
        return Text::tr("Choose packet capture, diagnostics or both.");
    for (const auto number : allNumbers) {
        if (const auto wrong = error(number); !wrong.isEmpty())
            return Text::tr("%1: %2").arg(Text::tr(field(number).label), wrong);
    }
    return {};
}

Options OptionsForm::options() const
{
    Options result;
    if (pcap) {
        api::PcapArgs args;
        args.timeLimitMin = parsed(Number::TimeLimit, text.at(Number::TimeLimit));
        args.maxFileSizeMb = parsed(Number::FileSize, text.at(Number::FileSize));
        args.packetSizeBytes = parsed(Number::PacketSize, text.at(Number::PacketSize));
        if (interfaceDefault || interfaceTunnel) {
            QList<api::Interface> chosen;
            if (interfaceDefault)
                chosen << api::Interface::Default;
            if (interfaceTunnel)
                chosen << api::Interface::Tunnel;
            args.interfaces = chosen;
        }
        result.pcap = args;
    }
    if (diag)
        result.diag = api::DiagArgs{.testAllRoutes = testAllRoutes};
    return result;
}

std::optional<double> OptionsForm::megabits() const
{
    if (!pcap || !problem().isEmpty())
        return std::nullopt;
    const auto value = [this](Number number) {
        return parsed(number, text.at(number)).value_or(field(number).serviceDefault);
    };
    // Each packet is recorded outside and inside the tunnel. Compression halves the headers (66 bytes and the
    // record's 16). The remaining content is mostly encrypted and does not shrink.
    constexpr double large = 1400, small = 66, recordHeader = 16, views = 2, zippedHeaders = 0.5;
    const double kept = value(Number::PacketSize);
    const double headers = (std::min(small, kept) + recordHeader) * zippedHeaders;
    const double content = 2 * std::max(0.0, std::min(large, kept) - small) / 3;
    const double bytesSent = (2 * large + small) / 3;
    const double packets = value(Number::FileSize) * 1e6 / ((headers + content) * views);
    const double exact = packets * bytesSent * 8 / (value(Number::TimeLimit) * 60) / 1e6;
    // Round to the precision of the estimate.
    return exact >= 20  ? std::round(exact / 5) * 5
           : exact >= 1 ? std::round(exact)
                        : std::max(0.1, std::round(exact * 10) / 10);
}

QString OptionsForm::fits() const
{
    const auto rounded = megabits();
    return !rounded ? QString() : Text::tr("fits up to about %1 Mbit/s").arg(numberText(*rounded));
}

bool OptionsForm::fitsLittle() const
{
    constexpr double few = 1;
    const auto rounded = megabits();
    return rounded && *rounded < few;
}

QString OptionsForm::sizeText() const
{
    const auto fit = fits();
    if (fit.isEmpty())
        return Text::tr("A larger capture is not uploaded at all.");
    return (fitsLittle() ? Text::tr("A larger capture is not uploaded at all; this one %1, which is little.")
                         : Text::tr("A larger capture is not uploaded at all; this one %1."))
        .arg(fit);
}

} // namespace captures
