// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/trail.h"

#include "captures/tr.h"

namespace captures {

QString textOf(Deed::What what)
{
    switch (what) {
    case Deed::What::Run: return Text::tr("Run");
    case Deed::What::Cancel: return Text::tr("Cancelled before it was sent");
    case Deed::What::Agree: return Text::tr("Agreed to send");
    case Deed::What::Save: return Text::tr("Capture file saved");
    case Deed::What::SaveFailed: return Text::tr("Capture file not saved");
    case Deed::What::Open: return Text::tr("Capture file opened");
    case Deed::What::Export: return Text::tr("Results exported");
    case Deed::What::ExportFailed: return Text::tr("Results not exported");
    }
    Q_UNREACHABLE();
}

QStringList trailColumns()
{
    return {QStringLiteral("at"),         QStringLiteral("operator"), QStringLiteral("system_user"),
            QStringLiteral("connection"), QStringLiteral("ticket"),   QStringLiteral("what"),
            QStringLiteral("about")};
}

QList<exports::Cell> trailRow(const Deed& deed)
{
    return {deed.at,     deed.operatorName, deed.systemUser, deed.connection,
            deed.ticket, nameOf(deed.what), deed.about};
}

} // namespace captures
