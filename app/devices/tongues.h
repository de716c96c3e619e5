// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>
#include <QLocale>

namespace devices {

/// The legacy encoding (neither UTF-8 nor UTF-16) in which a text looks most like one of its languages, with
/// a score.
struct LegacyGuess {
    const char* encoding;
    double likeness; ///< 1: all characters are frequent; below 0: most are invalid there
};

/// Guesses the legacy encoding of a text.
/// \param sample lines that have bytes over 0x7f; a few thousand bytes are enough
/// \param locale its language is preferred
[[nodiscard]] LegacyGuess legacyGuess(QByteArrayView sample, const QLocale& locale);

/// The same score for UTF-8 in which some bytes are broken.
[[nodiscard]] double utf8Likeness(QByteArrayView sample);

} // namespace devices
