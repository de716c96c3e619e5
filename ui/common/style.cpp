// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/style.h"

#include <QApplication>
#include <QLabel>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace ui {

namespace {

constexpr int arrowRoom = 12;
constexpr int arrowSize = 8;

/// Returns whether a click anywhere on the button opens its menu.
bool opensMenu(const QStyleOption* option)
{
    using Button = QStyleOptionToolButton;
    const auto* button = qstyleoption_cast<const Button*>(option);
    return button && button->features.testFlag(Button::HasMenu) &&
           !button->features.testFlag(Button::MenuButtonPopup);
}

} // namespace

Style::Style()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const
{
    if (element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck) {
        drawCheck(option, painter);
        return;
    }
    if (element == PE_FrameLineEdit) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool focused = option->state.testFlag(State_HasFocus);
        painter->setPen(option->palette.color(focused ? QPalette::Highlight : QPalette::Mid));
        painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
        painter->restore();
        return;
    }
    if (element == PE_IndicatorArrowDown && opensMenu(option) && widget) {
        auto moved = *qstyleoption_cast<const QStyleOptionToolButton*>(option);
        moved.rect = QRect(0, 0, arrowSize, arrowSize);
        moved.rect.moveCenter({widget->width() - arrowRoom, widget->height() / 2});
        QProxyStyle::drawPrimitive(element, &moved, painter, widget);
        return;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) const
{
    if (element == CE_ToolButtonLabel && opensMenu(option)) {
        auto label = *qstyleoption_cast<const QStyleOptionToolButton*>(option);
        label.rect.adjust(0, 0, -arrowRoom, 0);
        QProxyStyle::drawControl(element, &label, painter, widget);
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const
{
    auto result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_ToolButton && opensMenu(option))
        result.rwidth() += arrowRoom;
    return result;
}

void Style::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    auto* label = qobject_cast<QLabel*>(widget);
    // A tool tip is a label, too; its text is escaped already.
    if (!label || label->windowType() == Qt::ToolTip)
        return;
    if (label->textFormat() == Qt::AutoText)
        label->setTextFormat(Qt::PlainText);
    // Otherwise the longest word would set the minimum width of the window.
    if (label->wordWrap() && label->minimumWidth() == 0)
        label->setMinimumWidth(1);
}

void Style::drawCheck(const QStyleOption* option, QPainter* painter) const
{
    // The application's palette: in a table's palette, Highlight is the background of selected rows, on which
    // the check mark must stay visible.
    const auto palette = QApplication::palette();
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool on = option->state.testFlag(State_On);
    const bool focused = option->state.testFlag(State_HasFocus);
    const QRectF box = QRectF(option->rect).adjusted(1.5, 1.5, -1.5, -1.5); // whole pixels: a sharp line
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(palette.color(focused ? QPalette::Highlight : QPalette::PlaceholderText));
    painter->setBrush(on && enabled ? palette.color(QPalette::Highlight) : palette.color(QPalette::Base));
    if (on && enabled)
        painter->setPen(palette.color(QPalette::HighlightedText));
    painter->drawRoundedRect(box, 2, 2);
    if (on) {
        const auto at = [&box](double x, double y) {
            return box.topLeft() + QPointF(x * box.width(), y * box.height());
        };
        painter->setPen(QPen(enabled ? palette.color(QPalette::HighlightedText)
                                     : palette.color(QPalette::PlaceholderText),
                             1.8));
        painter->drawPolyline(QPolygonF{at(0.22, 0.52), at(0.42, 0.72), at(0.78, 0.28)});
    }
    painter->restore();
}

} // namespace ui
