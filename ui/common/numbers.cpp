// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/numbers.h"

#include <QLocale>

namespace ui {

namespace {

constexpr qint64 groupedFrom = 10'000; ///< larger numbers are hard to read at a glance without separators

} // namespace

void installNumbers()
{
    QLocale locale;
    if (locale.zeroDigit() != QStringLiteral("0"))
        locale = QLocale(QLocale::English, locale.territory());
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    QLocale::setDefault(locale);
}

QValidator::State CountBox::validate(QString& text, int& position) const
{
    for (auto& c : text) {
        if (const auto digit = c.digitValue(); digit >= 0 && c.category() == QChar::Number_DecimalDigit)
            c = QChar(u'0' + digit);
    }
    return QSpinBox::validate(text, position);
}

QString count(qint64 number)
{
    QLocale locale;
    if (number >= groupedFrom)
        locale.setNumberOptions({});
    return locale.toString(number);
}

} // namespace ui
