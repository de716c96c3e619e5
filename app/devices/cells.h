// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QByteArrayView>
#include <QLatin1StringView>
#include <QString>
#include <QStringList>
#include <QStringView>

namespace devices {

/// Returns a cell's text without the characters that only protect it from a spreadsheet (`'=1`, `="007"`),
/// and without the spaces around it.
[[nodiscard]] QString plainCell(QStringView cell);
/// The same without a copy: returns a view of `cell`, or of `changed` where the text had to be changed.
[[nodiscard]] QStringView plainCell(QStringView cell, QString& changed);

/// The same for a cell of a sheet, as a view of it. Returns nothing where the cell is not ASCII or has a
/// quote or an apostrophe: then `plainCell` must process it.
[[nodiscard]] std::optional<QLatin1StringView> asciiCell(QByteArrayView utf8);

/// Parses a UUID in any spelling (braces, `urn:uuid:`, no hyphens, any case) and returns it as the service
/// writes it. Returns nothing where the text is not a UUID.
[[nodiscard]] std::optional<QString> uuidOf(QStringView text);

/// Returns an ID as it is stored and sent: a UUID as the service writes it, any other text without invisible
/// characters.
[[nodiscard]] QString plainId(QStringView text);

/// Whether the text is a UUID, spelled exactly as the service writes it.
[[nodiscard]] bool isWrittenUuid(QLatin1StringView text);

[[nodiscard]] bool isEmail(QStringView text);

/// Whether the text is a single address and nothing else, as nearly all e-mail cells are.
/// \param text ASCII
[[nodiscard]] bool isBareEmail(QLatin1StringView text);

/// Returns the e-mail addresses of a cell; empty where there is none. Accepts several addresses,
/// `Ana Smith <ana@example.com>`, `mailto:` and `smtp:`.
[[nodiscard]] QStringList emailsOf(QStringView cell);

} // namespace devices
