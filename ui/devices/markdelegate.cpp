// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/markdelegate.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

#include "ui/devices/devicemodel.h"

namespace ui {

void MarkDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    const auto* model = qobject_cast<const DeviceModel*>(index.model());
    const auto marks = model ? model->marks(index) : std::vector<devices::Mark>();
    if (marks.empty()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const auto* style = item.widget ? item.widget->style() : QApplication::style();
    const auto margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, item.widget) + 1;
    const auto place = style->subElementRect(QStyle::SE_ItemViewItemText, &item, item.widget)
                           .adjusted(margin, 0, -margin, 0);
    const auto text = item.fontMetrics.elidedText(item.text, item.textElideMode, place.width());
    item.text.clear();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const bool selected = item.state.testFlag(QStyle::State_Selected);
    QList<QTextLayout::FormatRange> formats;
    for (const auto& mark : marks) {
        if (mark.start >= text.size())
            break;
        QTextCharFormat format;
        format.setFontUnderline(true);
        format.setFontWeight(QFont::Bold);
        // Kept apart from colour alone; on a highlighted row the underline has to do.
        if (!selected) {
            auto tint = item.palette.color(QPalette::Highlight);
            tint.setAlpha(60);
            format.setBackground(tint);
        }
        formats << QTextLayout::FormatRange{int(mark.start), int(mark.length), format};
    }
    QTextLayout layout(text, item.font);
    layout.setFormats(formats);
    layout.beginLayout();
    auto line = layout.createLine();
    line.setLineWidth(place.width() * 2);
    layout.endLayout();
    painter->save();
    painter->setClipRect(place);
    painter->setPen(item.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
    layout.draw(painter, QPointF(place.left(), place.top() + (place.height() - line.height()) / 2));
    painter->restore();
}

} // namespace ui
