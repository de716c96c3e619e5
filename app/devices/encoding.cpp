// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/encoding.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include <QStringDecoder>

#include "devices/tongues.h"
#include "devices/tr.h"

namespace devices {

namespace {

constexpr quint64 allHighBits = 0x8080808080808080;
constexpr qsizetype mostSampled = 6000; ///< bytes from which a legacy encoding is guessed

bool isUtf(const QByteArray& encoding)
{
    return encoding.startsWith("UTF-");
}

/// Detects UTF-16 without a byte order mark. Each line end and ASCII character has a zero byte, always on the
/// same side.
std::optional<QByteArray> unmarkedUtf16(QByteArrayView bytes)
{
    const auto sample = bytes.first(std::min<qsizetype>(bytes.size(), 20'000) & ~qsizetype(1));
    const auto pairs = sample.size() / 2;
    if (pairs < 4)
        return std::nullopt;
    qsizetype zeros[2] = {0, 0}, ends[2] = {0, 0};
    for (qsizetype i = 0; i < sample.size(); i += 2) {
        const auto first = sample[i], second = sample[i + 1];
        zeros[0] += first == 0;
        zeros[1] += second == 0;
        ends[0] += first == 0 && (second == '\n' || second == '\r');
        ends[1] += second == 0 && (first == '\n' || first == '\r');
    }
    // In little-endian, the zero byte is the second.
    for (const int side : {1, 0}) {
        const auto own = zeros[side], other = zeros[1 - side];
        const bool mostly = own * 10 >= pairs * 7 && other * 10 <= pairs;
        const bool byLines =
            ends[side] > 0 && ends[1 - side] == 0 && own >= 3 && own >= other * 4 && own * 20 >= pairs;
        if (mostly || byLines)
            return side == 1 ? QByteArrayLiteral("UTF-16LE") : QByteArrayLiteral("UTF-16BE");
    }
    return std::nullopt;
}

/// Replaces unpaired surrogates, which could not be encoded again.
QString wellFormed(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text[i].isSurrogate())
            continue;
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            ++i;
        else
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

/// \brief Counts of valid and invalid UTF-8 among the bytes that are not ASCII.
struct Utf8 {
    qsizetype good = 0;   ///< valid sequences
    qsizetype broken = 0; ///< invalid bytes; a truncated sequence counts as one
    bool cutAtEnd = false;

    [[nodiscard]] bool isValid() const { return broken == 0 || (broken == 1 && cutAtEnd); }
};

Utf8 utf8Of(QByteArrayView bytes)
{
    Utf8 found;
    for (qsizetype at = 0; at < bytes.size();) {
        quint64 eight = 0;
        if (at + 8 <= bytes.size() &&
            (std::memcpy(&eight, bytes.data() + at, 8), (eight & allHighBits) == 0)) {
            at += 8;
            continue;
        }
        const auto lead = uchar(bytes[at]);
        if (lead < 0x80) {
            ++at;
            continue;
        }
        const int size = lead >= 0xC2 && lead < 0xE0   ? 2
                         : lead >= 0xE0 && lead < 0xF0 ? 3
                         : lead >= 0xF0 && lead < 0xF5 ? 4
                                                       : 0;
        int have = 1;
        while (have < size && at + have < bytes.size() && (uchar(bytes[at + have]) & 0xC0) == 0x80)
            ++have;
        if (size > 0 && have == size) {
            ++found.good;
        } else {
            ++found.broken;
            found.cutAtEnd = size > 0 && at + have == bytes.size();
        }
        at += have;
    }
    return found;
}

/// Returns the lines that have bytes other than ASCII.
QByteArray sampleOf(QByteArrayView bytes)
{
    QByteArray sample;
    for (qsizetype at = 0; at < bytes.size() && sample.size() < mostSampled;) {
        const auto odd =
            std::find_if(bytes.begin() + at, bytes.end(), [](char c) { return uchar(c) >= 0x80; });
        if (odd == bytes.end())
            break;
        const auto isEnd = [](char c) { return c == '\n' || c == '\r'; };
        auto begin = odd;
        while (begin != bytes.begin() + at && !isEnd(*(begin - 1)))
            --begin;
        const auto end = std::find_if(odd, bytes.end(), isEnd);
        sample.append(begin, std::min<qsizetype>(end - begin, mostSampled));
        sample.append('\n');
        at = end - bytes.begin();
    }
    return sample;
}

} // namespace

QList<Encoding> encodings()
{
    const auto named = [](const char* name, const QString& languages) {
        const auto shown =
            QByteArrayView(name) == "windows-949" ? QStringLiteral("EUC-KR") : QString::fromLatin1(name);
        auto label = QStringLiteral("%1 (%2)").arg(shown, languages);
        label[0] = label[0].toUpper();
        return Encoding{.name = name, .label = label};
    };
    const auto western = Text::tr("Western European");
    const auto central = Text::tr("Central European");
    const auto cyrillic = Text::tr("Cyrillic");
    const auto turkish = Text::tr("Turkish");
    const auto greek = Text::tr("Greek");
    const auto japanese = Text::tr("Japanese");
    return {{.name = "UTF-8", .label = QStringLiteral("UTF-8")},
            named("UTF-16LE", Text::tr("Unicode of Windows")),
            {.name = "UTF-16BE", .label = QStringLiteral("UTF-16BE")},
            named("windows-1252", western),
            named("windows-1250", central),
            named("windows-1251", cyrillic),
            named("windows-1253", greek),
            named("windows-1254", turkish),
            named("windows-1255", Text::tr("Hebrew")),
            named("windows-1256", Text::tr("Arabic, Persian")),
            named("windows-1257", Text::tr("Baltic")),
            named("windows-1258", Text::tr("Vietnamese")),
            named("windows-874", Text::tr("Thai")),
            named("Shift_JIS", japanese),
            named("EUC-JP", japanese),
            named("ISO-2022-JP", japanese),
            named("GB18030", Text::tr("Chinese, simplified")),
            named("Big5", Text::tr("Chinese, traditional")),
            named("windows-949", Text::tr("Korean")),
            named("ISO-8859-1", western),
            named("ISO-8859-2", central),
            named("ISO-8859-5", cyrillic),
            named("ISO-8859-7", greek),
            named("ISO-8859-9", turkish),
            named("ISO-8859-15", western),
            named("KOI8-R", cyrillic),
            named("KOI8-U", cyrillic),
            named("IBM850", Text::tr("Western European, MS-DOS")),
            named("IBM852", Text::tr("Central European, MS-DOS")),
            named("IBM866", Text::tr("Cyrillic, MS-DOS")),
            named("macintosh", Text::tr("Western European, old Mac")),
            named("x-mac-cyrillic", Text::tr("Cyrillic, old Mac"))};
}

QByteArray guessedEncoding(QByteArrayView bytes, const QLocale& locale)
{
    if (const auto marked = QStringConverter::encodingForData(bytes))
        return QByteArray(QStringConverter::nameForEncoding(*marked));
    if (const auto utf16 = unmarkedUtf16(bytes))
        return *utf16;
    if (bytes.contains('\x1b') && (bytes.contains("\x1b$B") || bytes.contains("\x1b$@")))
        return QByteArrayLiteral("ISO-2022-JP");
    const auto utf8 = utf8Of(bytes);
    if (utf8.isValid() || utf8.good >= utf8.broken * 10)
        return QByteArrayLiteral("UTF-8");
    const auto sample = sampleOf(bytes);
    const auto guess = legacyGuess(sample, locale);
    return utf8.good > 0 && utf8Likeness(sample) > guess.likeness ? QByteArrayLiteral("UTF-8")
                                                                  : QByteArray(guess.encoding);
}

QString decoded(QByteArrayView bytes, const QByteArray& encoding)
{
    if (isUtf(encoding)) {
        if (const auto marked = QStringConverter::encodingForData(bytes);
            marked && QByteArrayView(QStringConverter::nameForEncoding(*marked)) == encoding)
            bytes = bytes.sliced(encoding == "UTF-8" ? 3 : encoding.startsWith("UTF-16") ? 2 : 4);
        if (encoding == "UTF-8")
            return QString::fromUtf8(bytes);
        if (encoding.startsWith("UTF-16"))
            bytes = bytes.first(bytes.size() & ~qsizetype(1)); // drops half of a last character
        QStringDecoder decoder(encoding.constData(), QStringDecoder::Flag::Stateless);
        return wellFormed(decoder(bytes));
    }
    QStringDecoder decoder(encoding.constData());
    QString text = decoder(bytes);
    // ICU's tables for Asian encodings decode invalid bytes to this control character.
    if (!bytes.contains('\x1A'))
        text.replace(QChar(u'\x1A'), QChar(QChar::ReplacementCharacter));
    return wellFormed(text);
}

} // namespace devices
