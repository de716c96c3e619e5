// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/trail.h"

#include <QCoreApplication>

namespace captures {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("captures", text);
}

} // namespace

QString textOf(Deed::What what)
{
    switch (what) {
    case Deed::What::Run: return tr("Run");
    case Deed::What::Cancel: return tr("Cancelled before it was sent");
    case Deed::What::Agree: return tr("Agreed to send");
    case Deed::What::Save: return tr("Capture file saved");
    case Deed::What::Open: return tr("Capture file opened");
    case Deed::What::Export: return tr("Results exported");
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
            deed.ticket, textOf(deed.what), deed.about};
}

} // namespace captures
