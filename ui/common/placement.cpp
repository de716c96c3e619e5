// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/placement.h"

#include <algorithm>

#include <QGuiApplication>
#include <QScreen>
#include <QStyle>
#include <QWidget>

namespace ui {

QRect wholeOnScreen(const QRect& window, const QList<QRect>& screens)
{
    if (screens.isEmpty())
        return window;
    const auto covered = [&window](const QRect& screen) {
        const auto common = screen.intersected(window);
        return qint64(common.width()) * common.height();
    };
    const auto& screen = *std::ranges::max_element(screens, {}, covered);
    const auto size = window.size().boundedTo(screen.size());
    const auto within = [](int place, int length, int start, int space) {
        return std::clamp(place, start, start + space - length);
    };
    return {QPoint(within(window.x(), size.width(), screen.x(), screen.width()),
                   within(window.y(), size.height(), screen.y(), screen.height())),
            size};
}

void placeWhole(QWidget* window)
{
    if (window->isMaximized() || window->isFullScreen())
        return; // Qt has already placed it
    QList<QRect> screens{QGuiApplication::primaryScreen()->availableGeometry()};
    for (const auto* screen : QGuiApplication::screens())
        screens << screen->availableGeometry();
    // The frame is estimated: it does not exist before the window is shown.
    constexpr int border = 2;
    const QMargins frame(border, window->style()->pixelMetric(QStyle::PM_TitleBarHeight), border, border);
    window->setGeometry(wholeOnScreen(window->geometry().marginsAdded(frame), screens).marginsRemoved(frame));
}

} // namespace ui
