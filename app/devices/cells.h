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

/// A cell without what only keeps a spreadsheet from running it or from changing it (`'=1`, `="007"`), and
/// without the spaces around it.
[[nodiscard]] QString plainCell(QStringView cell);
/// The same as a piece of the cell, or of `changed` where it is no piece of it.
[[nodiscard]] QStringView plainCell(QStringView cell, QString& changed);

/// The same of a cell of a sheet where it is ASCII and a piece of the cell; nothing where `plainCell` has to
/// look.
[[nodiscard]] std::optional<QLatin1StringView> asciiCell(QByteArrayView utf8);

/// A UUID in any of its spellings (braces, `urn:uuid:`, no hyphens, any case) as the service writes it;
/// nothing where it is none.
[[nodiscard]] std::optional<QString> uuidOf(QStringView text);

/// An ID as it is stored and sent: a UUID as the service writes it, else the text without invisible
/// characters.
[[nodiscard]] QString plainId(QStringView text);

/// A UUID just as the service writes it.
[[nodiscard]] bool isWrittenUuid(QLatin1StringView text);

[[nodiscard]] bool isEmail(QStringView text);

/// Whether it is one address and nothing else: what nearly every cell of e-mails is.  \param text ASCII
[[nodiscard]] bool isBareEmail(QLatin1StringView text);

/// The e-mail addresses of a cell: several, `Ana Smith <ana@example.com>`, `mailto:` and `smtp:` are
/// understood.  Empty where there is none.
[[nodiscard]] QStringList emailsOf(QStringView cell);

} // namespace devices
