// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/theme.h"

#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QStyle>
#include <QSvgRenderer>

#include "ui/common/style.h"

namespace ui {

namespace {

struct Colors {
    QRgb window, base, alternate, text, quiet, button, highlight, highlighted, link, border;
};

constexpr Colors light{0xfff3f5f7, 0xffffffff, 0xfff6f8fa, 0xff1b2733, 0xff5b6874,
                       0xffe9edf1, 0xff1f5fa8, 0xffffffff, 0xff1a5a9e, 0xffc3cad2};
constexpr Colors dark{0xff20262c, 0xff181d22, 0xff1e242a, 0xffe6ebf0, 0xff9fabb7,
                      0xff2c343c, 0xff3c7fc8, 0xffffffff, 0xff7fb6ee, 0xff47525d};

QPalette paletteOf(const Colors& colors)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, QRgb color) {
        palette.setColor(role, QColor(color));
    };
    set(QPalette::Window, colors.window);
    set(QPalette::Base, colors.base);
    set(QPalette::AlternateBase, colors.alternate);
    set(QPalette::WindowText, colors.text);
    set(QPalette::Text, colors.text);
    set(QPalette::ButtonText, colors.text);
    set(QPalette::ToolTipText, colors.text);
    set(QPalette::ToolTipBase, colors.base);
    set(QPalette::PlaceholderText, colors.quiet);
    set(QPalette::Button, colors.button);
    set(QPalette::Highlight, colors.highlight);
    set(QPalette::HighlightedText, colors.highlighted);
    set(QPalette::Link, colors.link);
    set(QPalette::LinkVisited, colors.link);
    set(QPalette::BrightText, colors.text);
    set(QPalette::Mid, colors.border);
    set(QPalette::Dark, colors.border);
    set(QPalette::Light, colors.base);
    set(QPalette::Midlight, colors.alternate);
    set(QPalette::Shadow, 0xff000000);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(colors.quiet));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(colors.border));
    return palette;
}

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

} // namespace

Appearance appearanceFrom(const QString& name)
{
    if (name == QLatin1StringView("light"))
        return Appearance::Light;
    return name == QLatin1StringView("dark") ? Appearance::Dark : Appearance::System;
}

QString nameOf(Appearance appearance)
{
    switch (appearance) {
    case Appearance::System: return QStringLiteral("system");
    case Appearance::Light: return QStringLiteral("light");
    case Appearance::Dark: return QStringLiteral("dark");
    }
    Q_UNREACHABLE();
}

void applyAppearance(QApplication& app, Appearance appearance)
{
    // Asked once, before our own palette covers it.
    static const bool systemIsDark = isDark(app.palette());
    if (!qobject_cast<Style*>(app.style()))
        app.setStyle(new Style);
    const bool wantsDark =
        appearance == Appearance::Dark || (appearance == Appearance::System && systemIsDark);
    app.setPalette(paletteOf(wantsDark ? dark : light));
}

QColor tone(Tone tone)
{
    const auto palette = QApplication::palette();
    const bool onDark = isDark(palette);
    switch (tone) {
    case Tone::Plain: return palette.color(QPalette::Text);
    case Tone::Good: return onDark ? QColor(0xff6fcf97) : QColor(0xff17713f);
    case Tone::Bad: return onDark ? QColor(0xffff8f85) : QColor(0xffb3261e);
    case Tone::Busy: return onDark ? QColor(0xff7fb6ee) : QColor(0xff1a5a9e);
    case Tone::Quiet: return palette.color(QPalette::PlaceholderText);
    case Tone::Warning: return onDark ? QColor(0xfff2c14e) : QColor(0xff8a5200);
    }
    Q_UNREACHABLE();
}

QIcon icon(QLatin1StringView name, Tone in)
{
    QFile file(QStringLiteral(":/capturedesk/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto svg = file.readAll();
    QIcon result;
    const auto add = [&](QIcon::Mode mode, const QColor& color) {
        QSvgRenderer renderer(QByteArray(svg).replace("#000000", color.name().toLatin1()));
        for (const int size : {16, 32}) {
            QPixmap pixmap(size, size);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            renderer.render(&painter);
            result.addPixmap(pixmap, mode);
        }
    };
    add(QIcon::Normal, tone(in));
    add(QIcon::Selected, QApplication::palette().color(QPalette::HighlightedText));
    return result;
}

} // namespace ui
