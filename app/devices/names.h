// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <vector>

#include <QString>
#include <QStringView>

namespace devices {

/// As names are compared, in the search and in tables: composed (NFC), without case and without invisible
/// characters; every space is U+0020, every apostrophe U+0027, every hyphen U+002D.
[[nodiscard]] QString comparable(QStringView text);

/// The same, and for each character of the result the place in `text` of what it was made from.
[[nodiscard]] QString comparable(QStringView text, std::vector<qsizetype>& places);

/// Zero-width characters, soft hyphens, direction marks, variation selectors.
[[nodiscard]] bool isInvisible(char16_t c);

/// An ID or an e-mail address as people paste it: without invisible characters and no-break spaces.
[[nodiscard]] QString withoutInvisible(QStringView text);

} // namespace devices
