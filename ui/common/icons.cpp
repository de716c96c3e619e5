// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/icons.h"

#include <QGuiApplication>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace ui {

namespace {

QColor colourFor(QIcon::Mode mode, std::optional<Tone> colour)
{
    const auto palette = QGuiApplication::palette();
    switch (mode) {
    case QIcon::Selected: return palette.color(QPalette::HighlightedText);
    case QIcon::Disabled: return palette.color(QPalette::Disabled, QPalette::ButtonText);
    case QIcon::Normal:
    case QIcon::Active: break;
    }
    return colour ? tone(*colour) : palette.color(QPalette::ButtonText);
}

} // namespace

DrawnIcon::DrawnIcon(QLatin1StringView name, std::optional<Tone> colour)
    : m_path(QStringLiteral(":/icons/") + name + QLatin1StringView(".svg"))
    , m_tone(colour)
{
}

void DrawnIcon::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state)
{
    const auto scale = painter->device()->devicePixelRatio();
    painter->drawPixmap(rect, scaledPixmap(rect.size() * scale, mode, state, scale));
}

QPixmap DrawnIcon::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1.0);
}

QPixmap DrawnIcon::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal)
{
    const auto colour = colourFor(mode, m_tone);
    const QString key =
        QStringLiteral("%1 %2 %3x%4").arg(m_path, colour.name()).arg(size.width()).arg(size.height());
    QPixmap result;
    if (QPixmapCache::find(key, &result))
        return result;
    result = QPixmap(size);
    result.fill(Qt::transparent);
    QPainter painter(&result);
    QSvgRenderer(m_path).render(&painter, QRectF(QPointF(0, 0), size));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(result.rect(), colour);
    painter.end();
    QPixmapCache::insert(key, result);
    return result;
}

} // namespace ui
