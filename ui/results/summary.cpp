// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/results/summary.h"

#include <algorithm>

#include <QRegularExpression>

#include "ui/common/tr.h"
#include "ui/common/text.h"

namespace ui {

namespace {

constexpr qsizetype longestPart = 60; ///< bytes of a file name; four parts stay below the usual limit of 255

/// Returns whether no character has a meaning in Markdown, in programs that post-process it (mentions,
/// links), or in HTML.
bool isPlain(const QString& text)
{
    static const QRegularExpression word(
        QStringLiteral("^(?!www\\.)[\\p{L}\\p{N}]+([-._+@/]?[\\p{L}\\p{N}]+)*$"),
        QRegularExpression::UseUnicodePropertiesOption | QRegularExpression::CaseInsensitiveOption);
    return std::ranges::all_of(text.split(u' '),
                               [](const QString& part) { return word.match(part).hasMatch(); });
}

/// Quotes an untrusted text for Markdown as inline code, in which nothing is interpreted, unless the text is
/// plain.
QString literal(const QString& text)
{
    const auto line = oneLine(text);
    if (line.isEmpty() || isPlain(line))
        return line;
    qsizetype longest = 0, ticks = 0;
    for (const auto c : line) {
        ticks = c == u'`' ? ticks + 1 : 0;
        longest = std::max(longest, ticks);
    }
    const QString fence(longest + 1, u'`');
    // Markdown removes one space on each side; it is needed only beside a backtick or a space.
    const bool apart = longest > 0 || line.startsWith(u' ') || line.endsWith(u' ');
    const auto space = apart ? QStringLiteral(" ") : QString();
    return fence + space + line + space + fence;
}

QString both(const QDateTime& time)
{
    return Text::tr("%1 (%2 UTC)")
        .arg(time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")),
             time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
}

/// Returns the options of a followed capture that the service does not list.
QString optionsNotKnown(const captures::Capture& capture)
{
    QStringList names;
    const auto add = [&names](bool known, const QString& name) {
        if (!known)
            names << name;
    };
    if (const auto* pcap = std::get_if<api::PcapArgs>(&*capture.followed)) {
        add(pcap->timeLimitMin.has_value(), Text::tr("time limit"));
        add(pcap->maxFileSizeMb.has_value(), Text::tr("file size limit"));
        add(pcap->packetSizeBytes.has_value(), Text::tr("bytes per packet"));
    } else {
        add(std::get<api::DiagArgs>(*capture.followed).testAllRoutes.has_value(), Text::tr("all routes"));
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

QString summaryOf(const captures::Capture& capture, const QString& customer)
{
    const auto& device = capture.order.device;
    QStringList lines{
        Text::tr("**%1: %2**").arg(captures::summary(capture), captures::stateText(capture.state)),
        QString()};
    const auto add = [&lines](const QString& what, const QString& value) {
        if (!value.isEmpty())
            lines << QStringLiteral("- %1: %2").arg(what, value);
    };
    add(Text::tr("Ticket"), literal(capture.ticket));
    add(Text::tr("Customer"), literal(customer));
    add(Text::tr("Device"), literal(device.name));
    add(Text::tr("User"), literal(device.email));
    add(Text::tr("Platform"), literal(platformName(device.platform)));
    add(Text::tr("Client version"), literal(device.version));
    if (capture.followed) {
        add(Text::tr("Started by"), Text::tr("somebody else; followed by us"));
        add(Text::tr("Options not known"), optionsNotKnown(capture));
    }
    add(Text::tr("Started"), both(capture.created.value_or(capture.sent.value_or(capture.asked))));
    if (capture.completed)
        add(Text::tr("Ended"), both(*capture.completed));
    add(Text::tr("File"), literal(capture.filename.value_or(QString())));
    add(Text::tr("Command ID"), literal(capture.commandId));
    add(Text::tr("Problem"), literal(capture.problem));
    if (capture.filename && capture.completed)
        add(Text::tr("Deleted by the service"), both(capture.completed->addDays(7)));
    return lines.join(u'\n') + u'\n';
}

QString fileNameFor(const captures::Capture& capture)
{
    const QStringList parts{
        capture.ticket, capture.order.device.name, api::typeName(capture.order.command),
        capture.created.value_or(capture.asked).toLocalTime().toString(QStringLiteral("yyyyMMdd-HHmm"))};
    QString name;
    for (const auto& part : parts) {
        QString safe;
        qsizetype bytes = 0;
        for (const auto c : part) {
            const bool fine =
                c.isLetterOrNumber() || c == u'-' || c == u'_' || (c == u'.' && !safe.isEmpty());
            const auto taken = fine ? c : QChar(u'_');
            bytes += QString(taken).toUtf8().size();
            if (bytes > longestPart)
                break;
            safe += taken;
        }
        if (!safe.isEmpty())
            name += (name.isEmpty() ? QString() : QStringLiteral("-")) + safe;
    }
    // A leading dash looks like an option to a command, and Windows treats these names as devices, whatever
    // the extension is.
    static const QRegularExpression device(QStringLiteral("^(con|prn|aux|nul|(com|lpt)[0-9¹²³])\\."),
                                           QRegularExpression::CaseInsensitiveOption);
    if (name.startsWith(u'-') || device.match(name).hasMatch())
        name.prepend(u'_');
    return name + QStringLiteral(".zip");
}

} // namespace ui
