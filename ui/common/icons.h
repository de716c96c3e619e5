// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QIconEngine>
#include <QString>

#include "ui/common/theme.h"

namespace ui {

/// \brief A drawing of one colour, which is chosen when it is painted, so that it follows the appearance.
class DrawnIcon final : public QIconEngine {
public:
    DrawnIcon(QLatin1StringView name, std::optional<Tone> colour);

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    [[nodiscard]] QIconEngine* clone() const override { return new DrawnIcon(*this); }
    [[nodiscard]] QString key() const override { return QStringLiteral("capturedesk"); }
    [[nodiscard]] bool isNull() override { return false; }

private:
    QString m_path;
    std::optional<Tone> m_tone;
};

} // namespace ui
