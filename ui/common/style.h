// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QProxyStyle>

namespace ui {

/// \brief Fusion style with corrections.
///
/// - Check boxes and fields get outlines of their own: Fusion derives them from the window's colour, and they
///   vanish on a dark window.
/// - The arrow of a button with a menu gets space of its own: Fusion draws it over the last letter.
/// - No label interprets its text as markup, whoever wrote it.
class Style : public QProxyStyle {
    Q_OBJECT

public:
    Style();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                         const QWidget* widget) const override;
    using QProxyStyle::polish;
    void polish(QWidget* widget) override;

private:
    void drawCheck(const QStyleOption* option, QPainter* painter) const;
};

} // namespace ui
