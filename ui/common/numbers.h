// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSpinBox>
#include <QString>

namespace ui {

/// Chooses how the program writes numbers: with the decimal point of the operator's locale, but always in the
/// digits 0 to 9, without separators of thousands.  Versions, names, addresses and IDs come in these digits
/// from the service, and the window's words are English; digits of another script beside them would be a
/// second kind of number on one screen.  Fields take what is typed in either.
///
/// Called once, after the translation was chosen, and before there is a window.
void installNumbers();

/// How many of something: from 10,000 on with the locale's separators of thousands, below that without, as
/// `%n` and `arg()` write it.
[[nodiscard]] QString count(qint64 number);

/// \brief A field for how many of something.  It takes the digits of any script and shows 0 to 9.
class CountBox : public QSpinBox {
    Q_OBJECT

public:
    using QSpinBox::QSpinBox;

protected:
    QValidator::State validate(QString& text, int& position) const override;
};

} // namespace ui
