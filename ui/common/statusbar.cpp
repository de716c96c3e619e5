// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/statusbar.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOption>

#include "ui/common/text.h"

namespace ui {

namespace {

constexpr int sideMargin = 10; ///< equals the margin of the window's contents
constexpr int between = 8;

} // namespace

StatusBar::StatusBar(QWidget* parent)
    : QStatusBar(parent)
{
    setSizeGripEnabled(false);
    setContentsMargins(sideMargin, 0, sideMargin, 0);
    connect(this, &QStatusBar::messageChanged, this, [this](const QString& text) {
        setToolTip(fontMetrics().horizontalAdvance(text) > messageRect().width() ? ui::toolTip(text)
                                                                                 : QString());
    });
}

void StatusBar::addAtEnd(QWidget* widget)
{
    m_atEnd = widget;
    addPermanentWidget(widget);
}

QRect StatusBar::messageRect() const
{
    auto place = contentsRect();
    if (!m_atEnd || m_atEnd->isHidden())
        return place;
    if (isRightToLeft())
        place.setLeft(m_atEnd->geometry().right() + between);
    else
        place.setRight(m_atEnd->x() - between);
    return place;
}

void StatusBar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    style()->drawPrimitive(QStyle::PE_PanelStatusBar, &option, &painter, this);
    const auto place = messageRect();
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(place, Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine,
                     fontMetrics().elidedText(currentMessage(), Qt::ElideRight, place.width()));
}

} // namespace ui
