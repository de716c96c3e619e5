// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QLocale>

namespace devices {

/// The legacy encoding (not UTF-8, not UTF-16) in which a text looks most like a language that is written in
/// it, and how much it does.
struct LegacyGuess {
    const char* encoding;
    double likeness; ///< 1: every character is a frequent one; below 0: most cannot stand there
};

/// \param sample lines that have bytes over 0x7f; a few thousand bytes are enough
/// \param locale whose languages are preferred
[[nodiscard]] LegacyGuess legacyGuess(QByteArrayView sample, const QLocale& locale);

/// The same for UTF-8 in which some bytes are broken.
[[nodiscard]] double utf8Likeness(QByteArrayView sample);

} // namespace devices
