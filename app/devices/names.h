// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

#include <QString>
#include <QStringView>

namespace devices {

/// Normalizes a text for comparison, in the search and in tables: composed (NFC), without case and without
/// invisible characters. Every space becomes U+0020, every apostrophe U+0027, every hyphen U+002D.
[[nodiscard]] QString comparable(QStringView text);

/// The same; `places` has, for each character of the result, the index in `text` of its source.
[[nodiscard]] QString comparable(QStringView text, std::vector<qsizetype>& places);

/// Whether it is a zero-width character, soft hyphen, direction mark or variation selector.
[[nodiscard]] bool isInvisible(char16_t c);

/// Cleans a pasted ID or e-mail address: removes invisible characters and non-ASCII spaces.
[[nodiscard]] QString withoutInvisible(QStringView text);

} // namespace devices
