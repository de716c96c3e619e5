// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/results/summary.h"

#include <QCoreApplication>

#include "ui/common/text.h"

namespace ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui", text);
}

/// Text of somebody else's inside Markdown.
QString plain(const QString& text)
{
    QString result;
    for (const auto c : shown(text)) {
        if (QStringView(u"\\`*_{}[]()#+!|<>~").contains(c))
            result += u'\\';
        result += c;
    }
    return result;
}

QString both(const QDateTime& time)
{
    return tr("%1 (%2 UTC)")
        .arg(time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")),
             time.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
}

QString asked(const captures::Capture& capture)
{
    captures::Options options;
    if (const auto* pcap = std::get_if<api::PcapArgs>(&capture.order.command.args))
        options.pcap = *pcap;
    else
        options.diag = std::get<api::DiagArgs>(capture.order.command.args);
    return options.summary();
}

} // namespace

QString summaryOf(const captures::Capture& capture, const QString& customer)
{
    const auto& device = capture.order.device;
    QStringList lines{tr("**%1: %2**").arg(asked(capture), captures::stateText(capture.state)), QString()};
    const auto add = [&lines](const QString& what, const QString& value) {
        if (!value.isEmpty())
            lines << QStringLiteral("- %1: %2").arg(what, value);
    };
    add(tr("Ticket"), plain(capture.ticket));
    add(tr("Customer"), plain(customer));
    add(tr("Device"), plain(device.name));
    add(tr("User"), plain(device.email));
    add(tr("Platform"), plain(platformName(device.platform)));
    add(tr("Client version"), plain(device.version));
    add(tr("Started"), both(capture.created.value_or(capture.sent.value_or(capture.asked))));
    if (capture.completed)
        add(tr("Ended"), both(*capture.completed));
    add(tr("File"), plain(capture.filename.value_or(QString())));
    add(tr("Command ID"), plain(capture.commandId));
    add(tr("Problem"), plain(capture.problem));
    if (capture.filename && capture.completed)
        add(tr("Deleted by the service"), both(capture.completed->addDays(7)));
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
        for (const auto c : part.left(60)) {
            const bool fine =
                c.isLetterOrNumber() || c == u'-' || c == u'_' || (c == u'.' && !safe.isEmpty());
            safe += fine ? c : u'_';
        }
        if (!safe.isEmpty())
            name += (name.isEmpty() ? QString() : QStringLiteral("-")) + safe;
    }
    return name + QStringLiteral(".zip");
}

} // namespace ui
