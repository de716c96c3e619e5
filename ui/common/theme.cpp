// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/theme.h"

#include <array>
#include <optional>

#include <QApplication>
#include <QFont>
#include <QPalette>
#include <QStyle>

#include "ui/common/icons.h"

namespace ui {

namespace {

/// \brief One appearance: everything that is painted takes its colour from here.
struct Colours {
    QRgb window, base, alternate, button, text, quiet, disabled, hairline, highlight, link, toolTip;
    std::array<QRgb, 5> tones; ///< in the order of Tone
};

constexpr Colours light{
    .window = 0xfff3f4f6,
    .base = 0xffffffff,
    .alternate = 0xfff8f9fb,
    .button = 0xfff9fafb,
    .text = 0xff1a1e24,
    .quiet = 0xff59626e,
    .disabled = 0xff8c939d,
    .hairline = 0xffd5d9df,
    .highlight = 0xff1d5fbf,
    .link = 0xff1556b3,
    .toolTip = 0xfffffbe8,
    .tones = {0xff16702f, 0xffb3211f, 0xff1556b3, 0xff59626e, 0xff855000},
};

constexpr Colours dark{
    .window = 0xff24282e,
    .base = 0xff1b1e23,
    .alternate = 0xff20242a,
    .button = 0xff2f343b,
    .text = 0xffe4e7eb,
    .quiet = 0xffa6afba,
    .disabled = 0xff737b86,
    .hairline = 0xff3b4149,
    .highlight = 0xff2c68bf,
    .link = 0xff7db4ff,
    .toolTip = 0xff32373f,
    .tones = {0xff63c97e, 0xffff8a80, 0xff7db4ff, 0xffa6afba, 0xffe8b54a},
};

const Colours& current()
{
    return QGuiApplication::palette().color(QPalette::Base).lightness() < 128 ? dark : light;
}

QPalette paletteOf(const Colours& colours)
{
    QPalette palette(QColor(colours.text), QColor(colours.button), QColor(colours.button).lighter(115),
                     QColor(colours.hairline).darker(160), QColor(colours.hairline), QColor(colours.text),
                     QColor(colours.text), QColor(colours.base), QColor(colours.window));
    palette.setColor(QPalette::AlternateBase, colours.alternate);
    palette.setColor(QPalette::Highlight, colours.highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, colours.link);
    palette.setColor(QPalette::LinkVisited, colours.link);
    palette.setColor(QPalette::PlaceholderText, colours.quiet);
    palette.setColor(QPalette::ToolTipBase, colours.toolTip);
    palette.setColor(QPalette::ToolTipText, colours.text);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colours.disabled);
    // A table that has lost the focus keeps a highlight that can be told from it.
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colours.hairline);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, colours.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Base, colours.window);
    return palette;
}

} // namespace

void applyAppearance(QApplication& app, Appearance appearance)
{
    if (app.style()->name() != QLatin1StringView("fusion"))
        QApplication::setStyle(QStringLiteral("Fusion"));
    bool isDark = appearance == Appearance::Dark;
    if (appearance == Appearance::System) {
        QApplication::setPalette(QPalette()); // what the desktop says, without what was set before
        isDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    }
    QApplication::setPalette(paletteOf(isDark ? dark : light));
}

QColor tone(Tone tone)
{
    return current().tones.at(std::size_t(tone));
}

QColor quiet()
{
    return current().quiet;
}

QColor hairline()
{
    return current().hairline;
}

QColor accountColour(const QString& name)
{
    // Far apart, also for those who confuse red and green; the name stands beside it.
    static constexpr std::array<QRgb, 8> colours{0xff2f7dd1, 0xffd9822b, 0xff7c4fc4, 0xff1f9e8f,
                                                 0xffc2417c, 0xff8a7a1f, 0xff4a5a70, 0xffb5483a};
    return colours.at(qHash(name, 0) % colours.size());
}

QIcon icon(QLatin1StringView name)
{
    return QIcon(new DrawnIcon(name, std::nullopt));
}

QIcon icon(QLatin1StringView name, Tone colour)
{
    return QIcon(new DrawnIcon(name, colour));
}

QIcon appIcon()
{
    return QIcon(QStringLiteral(":/icons/capturedesk.svg"));
}

QFont headingFont()
{
    auto font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * 1.35);
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace ui
