// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/markdelegate.h"

#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

#include "ui/devices/devicemodel.h"

namespace ui {

namespace {

constexpr QChar dots = u'…';
constexpr int tintAlpha = 60;

std::vector<devices::Mark> marksOf(const QModelIndex& index)
{
    const auto* model = qobject_cast<const DeviceModel*>(index.model());
    return model ? model->marks(index) : std::vector<devices::Mark>();
}

/// \brief The laid-out text of a cell.  Matches are bold, and therefore wider than the plain text.
class MarkedLine {
public:
    MarkedLine(const QStyleOptionViewItem& item, const std::vector<devices::Mark>& marks)
        : m_item(item)
        , m_marks(marks)
        , m_text(item.text)
    {
        layOut();
    }

    [[nodiscard]] int width() const { return int(std::ceil(m_layout.lineAt(0).naturalTextWidth())); }

    /// Cuts the text, with dots at the end, so that it is at most `most` pixels wide.
    void elide(int most)
    {
        qsizetype fits = 0, ends = m_text.size();
        if (width() <= most)
            return;
        // Binary search: with bold letters, surrogate pairs and combining marks the width cannot be computed
        // from the letters.
        while (fits + 1 < ends) {
            const auto middle = (fits + ends) / 2;
            cutAfter(middle);
            (width() <= most ? fits : ends) = middle;
        }
        cutAfter(fits);
    }

    void draw(QPainter* painter, const QRect& place) const
    {
        const auto line = m_layout.lineAt(0);
        const auto area = QStyle::alignedRect(m_item.direction, Qt::AlignLeft | Qt::AlignVCenter,
                                              QSize(width(), int(std::ceil(line.height()))), place);
        m_layout.draw(painter, area.topLeft());
    }

private:
    void cutAfter(qsizetype length)
    {
        if (length > 0 && length < m_item.text.size() && m_item.text[length].isLowSurrogate())
            --length;
        m_text = m_item.text.left(length).trimmed() + dots;
        layOut();
    }

    void layOut()
    {
        QTextOption option;
        option.setTextDirection(m_item.direction);
        option.setWrapMode(QTextOption::NoWrap);
        m_layout.setTextOption(option);
        m_layout.setText(m_text);
        m_layout.setFont(m_item.font);
        m_layout.setFormats(formats());
        m_layout.beginLayout();
        m_layout.createLine();
        m_layout.endLayout();
    }

    [[nodiscard]] QList<QTextLayout::FormatRange> formats() const
    {
        QTextCharFormat format;
        // Underlined and bold, so that a match is visible without colour.
        format.setFontUnderline(true);
        format.setFontWeight(QFont::Bold);
        auto tint = QApplication::palette().color(QPalette::Highlight);
        tint.setAlpha(tintAlpha);
        format.setBackground(tint);
        const bool isCut = m_text != m_item.text;
        const auto end = m_text.size() - (isCut ? 1 : 0);
        QList<QTextLayout::FormatRange> result;
        for (const auto& mark : m_marks) {
            if (mark.start < end)
                result << QTextLayout::FormatRange{
                    int(mark.start), int(std::min(qsizetype(mark.length), end - mark.start)), format};
        }
        return result;
    }

    const QStyleOptionViewItem& m_item;
    const std::vector<devices::Mark>& m_marks;
    QString m_text;
    QTextLayout m_layout;
};

int marginOf(const QStyleOptionViewItem& item, const QStyle* style)
{
    return style->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, item.widget) + 1;
}

const QStyle* styleOf(const QStyleOptionViewItem& item)
{
    return item.widget ? item.widget->style() : QApplication::style();
}

} // namespace

void MarkDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    const auto marks = marksOf(index);
    if (marks.empty()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const auto* style = styleOf(item);
    const auto margin = marginOf(item, style);
    const auto place = style->subElementRect(QStyle::SE_ItemViewItemText, &item, item.widget)
                           .adjusted(margin, 0, -margin, 0);
    MarkedLine line(item, marks);
    line.elide(place.width());
    auto empty = item;
    empty.text.clear();
    style->drawControl(QStyle::CE_ItemViewItem, &empty, painter, item.widget);

    const bool selected = item.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setClipRect(place);
    painter->setPen(item.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
    line.draw(painter, place);
    painter->restore();
}

QSize MarkDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    auto size = QStyledItemDelegate::sizeHint(option, index);
    const auto marks = marksOf(index);
    if (marks.empty())
        return size;
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const auto plain = item.fontMetrics.horizontalAdvance(item.text);
    size.rwidth() += std::max(0, MarkedLine(item, marks).width() - plain);
    return size;
}

} // namespace ui
