// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QPixmapCache>
#include <QStyle>
#include <QSvgRenderer>
#include <QWidget>

#include "ui/common/style.h"

namespace ui {

namespace {

struct Colors {
    QRgb window, base, alternate, text, quiet, button, highlight, highlighted, link, border;
    QRgb selection; ///< background of selected rows; check marks and states stay readable on it
};

constexpr Colors light{0xfff3f5f7, 0xffffffff, 0xfff6f8fa, 0xff1b2733, 0xff5b6874, 0xffe9edf1,
                       0xff1f5fa8, 0xffffffff, 0xff1a5a9e, 0xffc3cad2, 0xffcde0f5};
constexpr Colors dark{0xff20262c, 0xff181d22, 0xff1e242a, 0xffe6ebf0, 0xff9fabb7, 0xff2c343c,
                      0xff3c7fc8, 0xffffffff, 0xff7fb6ee, 0xff47525d, 0xff2a4059};

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
    palette.setColor(QPalette::Disabled, QPalette::Base, QColor(colors.window)); // does not look editable
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(colors.border));
    return palette;
}

QPalette rowPaletteOf(const Colors& colors)
{
    auto palette = paletteOf(colors);
    palette.setColor(QPalette::Highlight, QColor(colors.selection));
    palette.setColor(QPalette::HighlightedText, QColor(colors.text));
    return palette;
}

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

/// \brief Paints an icon in the current colour of its tone, so that it follows the appearance.
class ToneIcon : public QIconEngine {
public:
    ToneIcon(QByteArray svg, Tone in)
        : m_svg(std::move(svg))
        , m_tone(in)
    {
    }

    [[nodiscard]] QIconEngine* clone() const override { return new ToneIcon(*this); }
    [[nodiscard]] bool isNull() override { return false; }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const auto scale = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, pixmap(rect.size() * scale, mode, state));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State /*state*/) override
    {
        const auto color = tone(mode == QIcon::Disabled ? Tone::Quiet : m_tone).name().toLatin1();
        const auto key = QStringLiteral("capturedesk %1 %2 %3x%4")
                             .arg(QString::fromLatin1(color))
                             .arg(qHash(m_svg))
                             .arg(size.width())
                             .arg(size.height());
        QPixmap result;
        if (QPixmapCache::find(key, &result))
            return result;
        result = QPixmap(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        QSvgRenderer(QByteArray(m_svg).replace("#000000", color)).render(&painter);
        painter.end();
        QPixmapCache::insert(key, result);
        return result;
    }

private:
    QByteArray m_svg;
    Tone m_tone;
};

/// \brief Applies a tone to a widget's text again whenever the palette changes.
class ToneKeeper : public QObject {
public:
    ToneKeeper(QWidget* widget, Tone in)
        : QObject(widget)
        , m_widget(widget)
        , m_tone(in)
    {
        widget->installEventFilter(this);
        apply();
    }

    void set(Tone in)
    {
        m_tone = in;
        apply();
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::PaletteChange)
            apply();
        return QObject::eventFilter(watched, event);
    }

private:
    void apply()
    {
        auto palette = m_widget->palette();
        if (palette.color(QPalette::WindowText) == tone(m_tone))
            return;
        palette.setColor(QPalette::WindowText, tone(m_tone));
        m_widget->setPalette(palette);
    }

    QWidget* m_widget;
    Tone m_tone;
};

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

void applyAppearance(QApplication& app, Appearance appearance, std::optional<bool> desktopIsDark)
{
    // Read once, before our own palette replaces the desktop's.
    static const bool paletteIsDark = isDark(app.palette());
    if (!qobject_cast<Style*>(app.style()))
        app.setStyle(new Style);
    const bool wantsDark = appearance == Appearance::Dark ||
                           (appearance == Appearance::System && desktopIsDark.value_or(paletteIsDark));
    app.setPalette(paletteOf(wantsDark ? dark : light));
    app.setPalette(rowPaletteOf(wantsDark ? dark : light), "QAbstractItemView");
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

void setTone(QWidget* widget, Tone tone)
{
    for (auto* child : widget->children()) {
        if (auto* keeper = dynamic_cast<ToneKeeper*>(child)) {
            keeper->set(tone);
            return;
        }
    }
    new ToneKeeper(widget, tone);
}

QIcon icon(QLatin1StringView name, Tone in)
{
    QFile file(QStringLiteral(":/capturedesk/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QIcon(new ToneIcon(file.readAll(), in));
}

} // namespace ui
