// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/tsv.h"

#include <QDateTime>

#include "exports/table.h"
#include "ui/common/text.h"

namespace ui {

using devices::Column;

namespace {

QString textOf(const devices::Device& device, Column column)
{
    switch (column) {
    case Column::Tick: return {};
    case Column::Name: return device.name.isEmpty() ? device.deviceId : device.name;
    case Column::User: return device.email;
    case Column::Status: {
        const auto obstacle = device.obstacle();
        return obstacle.isEmpty() ? device.status : obstacle;
    }
    case Column::Platform: return platformName(device.platform);
    case Column::Seen: return device.lastSeen ? device.lastSeen->toString(Qt::ISODate) : QString();
    case Column::Version: return device.version;
    }
    Q_UNREACHABLE();
}

} // namespace

QString tabSeparated(const QList<devices::Device>& devices, const QList<Column>& columns)
{
    QString text;
    for (const auto& device : devices) {
        if (!text.isEmpty())
            text += u'\n';
        bool first = true;
        for (const auto column : columns) {
            if (!std::exchange(first, false))
                text += u'\t';
            auto cell = textOf(device, column);
            for (auto& c : cell) {
                // Replaces whatever a reader could interpret as the end of the cell, the line or the text.
                if (c.category() == QChar::Other_Control || c == QChar::LineSeparator ||
                    c == QChar::ParagraphSeparator)
                    c = u' ';
            }
            text += exports::guarded(cell);
        }
    }
    return text;
}

} // namespace ui
