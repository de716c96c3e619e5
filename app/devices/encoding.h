// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QLocale>
#include <QString>

namespace devices {

/// \brief An encoding that an operator can choose.
struct Encoding {
    QByteArray name; ///< as QStringDecoder knows it
    QString label;   ///< display name, with the languages that use the encoding
};

/// The encodings offered to the operator, the most frequent first.
[[nodiscard]] QList<Encoding> encodings();

/// Guesses the encoding of a text file. Checks, in this order: the byte order mark; the byte patterns of
/// UTF-16 and ISO-2022-JP; UTF-8, if the text is valid or nearly valid; else the legacy encoding in which the
/// text looks most like one of its languages.
/// \param locale its legacy encoding is preferred if the text does not decide
[[nodiscard]] QByteArray guessedEncoding(QByteArrayView bytes, const QLocale& locale);

/// Decodes the text, without a byte order mark at its start. Bytes that are invalid in the encoding become
/// U+FFFD. So does half of a surrogate pair, because it could not be encoded again.
[[nodiscard]] QString decoded(QByteArrayView bytes, const QByteArray& encoding);

} // namespace devices
