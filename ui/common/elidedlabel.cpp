// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/elidedlabel.h"

#include <QEvent>

namespace ui {

ElidedLabel::ElidedLabel(const QString& text, QWidget* parent)
    : QLabel(parent)
    , m_whole(text)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setAccessibleName(text);
    setText(text);
}

/// The size of the whole text, even while it is elided.
QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_whole), QLabel::sizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    fit();
}

void ElidedLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}

void ElidedLabel::fit()
{
    const auto text = fontMetrics().elidedText(m_whole, Qt::ElideRight, contentsRect().width());
    if (text != this->text())
        setText(text);
}

} // namespace ui
