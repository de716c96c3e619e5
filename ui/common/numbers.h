// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSpinBox>
#include <QString>

namespace ui {

/// Sets the default locale for numbers: the decimal point of the operator's locale, always the digits 0 to 9,
/// no thousands separators.  Versions, names, addresses and IDs from the service use these digits, and the
/// window's words are English; digits of another script beside them would put two kinds of numbers on one
/// screen.  Input fields accept both.
///
/// Call it once, after the translation was installed and before the first window is created.
void installNumbers();

/// Formats a count: with the locale's thousands separators from 10,000 on, below that without them, as `%n`
/// and `arg()` write it.
[[nodiscard]] QString count(qint64 number);

/// \brief An input field for a count.  It accepts the digits of any script and shows 0 to 9.
class CountBox : public QSpinBox {
    Q_OBJECT

public:
    using QSpinBox::QSpinBox;

protected:
    QValidator::State validate(QString& text, int& position) const override;
};

} // namespace ui
