// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connect/color.h"

#include <QPainter>

namespace ui {

QColor colorOf(const connections::Connection& connection)
{
    const auto& account = connection.endpoint.accountId;
    return colorOfHue(connection.hue.value_or(int(account.left(6).toUInt(nullptr, 16) % 360)));
}

QColor colorOfHue(int hue)
{
    return QColor::fromHsv(hue % 360, 190, 190);
}

QIcon patch(const QColor& color)
{
    QPixmap picture(16, 16);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(color);
    painter.setPen(Qt::NoPen);
    painter.drawRoundedRect(QRectF(1, 1, 14, 14), 3, 3);
    return picture;
}

} // namespace ui
