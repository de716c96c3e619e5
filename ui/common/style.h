// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QProxyStyle>

namespace ui {

/// \brief Fusion, but for the outlines of check boxes and fields: Fusion derives them from the window's
/// colour, and on a dark window they vanish.  And no label takes its text for markup, whoever wrote it.
class Style : public QProxyStyle {
    Q_OBJECT

public:
    Style();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    using QProxyStyle::polish;
    void polish(QWidget* widget) override;

private:
    void drawCheck(const QStyleOption* option, QPainter* painter) const;
};

} // namespace ui
