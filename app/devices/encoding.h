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
    QString label;   ///< for people: with the languages that use it
};

/// Those offered, the most frequent first.
[[nodiscard]] QList<Encoding> encodings();

/// The encoding of a text file: by its mark; UTF-16 and ISO-2022-JP by their shape; UTF-8 where it is valid
/// or nearly so; else the legacy encoding in which the text looks most like one of its languages.
/// \param locale whose legacy encoding is preferred where the text leaves a doubt
[[nodiscard]] QByteArray guessedEncoding(QByteArrayView bytes, const QLocale& locale);

/// The text, without a mark at its start.  What the encoding does not have becomes U+FFFD; so does half of a
/// surrogate pair, which could not be written again.
[[nodiscard]] QString decoded(QByteArrayView bytes, const QByteArray& encoding);

} // namespace devices
