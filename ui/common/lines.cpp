// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/lines.h"

#include <QPainter>

#include "ui/common/theme.h"

namespace ui {

namespace {

class Handle final : public QSplitterHandle {
public:
    using QSplitterHandle::QSplitterHandle;

protected:
    void paintEvent(QPaintEvent*) override
    {
        auto line = rect();
        if (orientation() == Qt::Horizontal)
            line.adjust(width() / 2, 0, -(width() - width() / 2 - 1), 0);
        else
            line.adjust(0, height() / 2, 0, -(height() - height() / 2 - 1));
        QPainter(this).fillRect(line, hairline());
    }
};

} // namespace

Hairline::Hairline(QWidget* parent)
    : QWidget(parent)
{
    setFixedHeight(1);
}

void Hairline::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), hairline());
}

ThinSplitter::ThinSplitter(Qt::Orientation orientation, QWidget* parent)
    : QSplitter(orientation, parent)
{
    setHandleWidth(5);
    setChildrenCollapsible(false);
}

QSplitterHandle* ThinSplitter::createHandle()
{
    return new Handle(orientation(), this);
}

} // namespace ui
