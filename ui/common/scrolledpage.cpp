// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/scrolledpage.h"

#include <algorithm>

#include <QApplication>
#include <QEvent>
#include <QLayout>

namespace ui {

ScrolledPage::ScrolledPage(QWidget* page, QWidget* parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidget(page);
    page->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget*, const QWidget* now) {
        if (now && widget()->isAncestorOf(now))
            show(now);
    });
}

void ScrolledPage::resizeEvent(QResizeEvent* event)
{
    fit(); // before the base class, or scroll bars would flash
    QScrollArea::resizeEvent(event);
}

bool ScrolledPage::eventFilter(QObject* watched, QEvent* event)
{
    const bool result = QScrollArea::eventFilter(watched, event);
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        fit();
    return result;
}

void ScrolledPage::fit()
{
    const auto* layout = widget()->layout();
    const auto place = maximumViewportSize();
    const int width = std::max(place.width(), layout->totalMinimumSize().width());
    const int least = layout->hasHeightForWidth() ? layout->totalMinimumHeightForWidth(width)
                                                  : layout->totalMinimumSize().height();
    widget()->resize(width, std::max(place.height(), least));
    if (const auto* focused = QApplication::focusWidget(); focused && widget()->isAncestorOf(focused))
        show(focused);
}

/// Scrolls to the widget; if it is larger than the viewport, to its middle.
void ScrolledPage::show(const QWidget* focused)
{
    constexpr int margin = 8;
    const QRect place(focused->mapTo(widget(), QPoint()), focused->size());
    ensureVisible(place.center().x(), place.center().y(),
                  std::min(place.width() / 2 + margin, viewport()->width() / 2),
                  std::min(place.height() / 2 + margin, viewport()->height() / 2));
}

} // namespace ui
