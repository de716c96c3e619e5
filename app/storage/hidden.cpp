// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/hidden.h"

#include <vector>

#include <QUrl>

namespace storage {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype shortest = 4;
constexpr qsizetype longEnough = 12; ///< minimum length of a secret that is found by a piece
constexpr qsizetype piece = 8;

/// A text without the characters that wrapping or quoting inserts into a secret.
struct Bare {
    explicit Bare(const QString& text)
    {
        letters.reserve(text.size());
        positions.reserve(std::size_t(text.size()));
        for (qsizetype i = 0; i < text.size(); ++i) {
            const auto c = text[i];
            if (c.isSpace() || c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
                c == u'\\')
                continue;
            letters += c.toCaseFolded(); // percent-encoding occurs in both cases
            positions.push_back(i);
        }
    }

    QString letters;
    std::vector<qsizetype> positions; ///< position of each letter in the text
};

/// The part of the base64 text that does not depend on the surrounding bytes, for each of the three possible
/// alignments.
QList<QString> base64Of(const QByteArray& bytes)
{
    QList<QString> forms;
    for (qsizetype before = 0; before < 3; ++before) {
        const auto whole = (QByteArray(before, '\0') + bytes).toBase64(QByteArray::OmitTrailingEquals);
        const qsizetype first = (before * 8 + 5) / 6;
        const qsizetype last = (before + bytes.size()) * 8 / 6;
        const auto form = QString::fromLatin1(whole.mid(first, last - first));
        forms << form << QString(form).replace(u'+', u'-').replace(u'/', u'_');
    }
    return forms;
}

} // namespace

void Hidden::addForm(const QString& form, qsizetype length)
{
    const auto letters = Bare(form).letters;
    if (letters.size() < shortest)
        return;
    const auto size = letters.size() < length ? letters.size() : length;
    auto& pieces = m_pieces[size];
    for (qsizetype i = 0; i + size <= letters.size(); ++i)
        pieces.insert(letters.mid(i, size));
}

void Hidden::add(const QString& secret)
{
    const auto bytes = secret.toUtf8();
    const bool inPieces = secret.size() >= longEnough;
    const auto add = [this, inPieces](const QString& form) { addForm(form, inPieces ? piece : form.size()); };
    if (secret.size() < shortest)
        return;
    add(secret);
    add(QString::fromLatin1(QUrl::toPercentEncoding(secret)));
    // All bytes percent-encoded: each character takes three, so a piece is three times as long.
    const auto encoded = QString(u'%' + QString::fromLatin1(bytes.toHex('%')));
    addForm(encoded, inPieces ? piece * 3 : encoded.size());
    const auto forms = base64Of(bytes);
    for (const auto& form : inPieces ? forms : forms.first(2))
        add(form);
}

QString Hidden::clean(const QString& text) const
{
    if (m_pieces.empty())
        return text;
    const Bare bare(text);
    std::vector<bool> cut(bare.positions.size(), false);
    bool any = false;
    for (const auto& [size, pieces] : m_pieces) {
        for (qsizetype i = 0; i + size <= bare.letters.size(); ++i) {
            // fromRawData avoids copying the text.
            if (!pieces.contains(QString::fromRawData(bare.letters.constData() + i, size)))
                continue;
            any = true;
            for (qsizetype n = i; n < i + size; ++n)
                cut[std::size_t(n)] = true;
        }
    }
    if (!any)
        return text;
    QString result;
    qsizetype done = 0;
    for (std::size_t i = 0; i < cut.size();) {
        if (!cut[i]) {
            ++i;
            continue;
        }
        result += QStringView(text).mid(done, bare.positions[i] - done);
        result += u"«secret»"_s;
        while (i + 1 < cut.size() && cut[i + 1])
            ++i;
        done = bare.positions[i] + 1;
        ++i;
    }
    result += QStringView(text).mid(done);
    return result;
}

} // namespace storage
