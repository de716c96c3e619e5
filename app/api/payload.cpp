// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/payload.h"

#include <algorithm>
#include <array>
#include <utility>

#include <QByteArrayList>

#include <zlib.h>

namespace api {

namespace {

constexpr qsizetype signatureSize = 4;
/// The maximum size of a zip's last record: 22 bytes and a comment of at most 65,535.
constexpr qsizetype longestEnd = 22 + 65'535;

/// The codings of a body, in the order in which they were applied; `identity` is none.
QByteArrayList codingsOf(const QByteArray& contentEncoding)
{
    QByteArrayList codings;
    for (const auto& part : contentEncoding.split(',')) {
        const auto coding = part.trimmed().toLower();
        if (!coding.isEmpty() && coding != "identity")
            codings << coding;
    }
    return codings;
}

bool isGzip(const QByteArray& coding)
{
    return coding == "gzip" || coding == "x-gzip";
}

bool isArchiveStart(QByteArrayView bytes)
{
    // A normal archive, an empty one, and one that begins with the marker of a split archive.
    return bytes.startsWith("PK\x03\x04") || bytes.startsWith("PK\x05\x06") || bytes.startsWith("PK\x07\x08");
}

/// A zlib header: RFC 1950.
bool isZlibStart(QByteArrayView bytes)
{
    const auto first = static_cast<unsigned char>(bytes[0]);
    const auto second = static_cast<unsigned char>(bytes[1]);
    return (first & 0x0f) == Z_DEFLATED && (first * 256 + second) % 31 == 0;
}

} // namespace

/// \brief gzip (RFC 1952), zlib (RFC 1950) or raw deflate (RFC 1951), in pieces of bounded size.
class Payload::Inflater {
public:
    explicit Inflater(bool raw)
    {
        constexpr int window = 15;
        constexpr int withEitherHeader = 32;
        m_good = ::inflateInit2(&m_stream, raw ? -window : window + withEitherHeader) == Z_OK;
    }
    ~Inflater() { ::inflateEnd(&m_stream); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    [[nodiscard]] bool isDamaged() const { return !m_good; }
    [[nodiscard]] bool hasEnded() const { return m_ended; }

    [[nodiscard]] bool feed(QByteArrayView bytes, const Sink& sink)
    {
        // zlib's parameter is not const, but zlib does not write through it.
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        m_stream.avail_in = uInt(bytes.size());
        while (m_good) {
            if (m_ended) {
                if (m_stream.avail_in == 0)
                    break;
                m_ended = false; // consecutive gzip members form one file
                m_good = ::inflateReset(&m_stream) == Z_OK;
                continue;
            }
            m_stream.next_out = m_out.data();
            m_stream.avail_out = uInt(m_out.size());
            const auto outcome = ::inflate(&m_stream, Z_NO_FLUSH);
            m_ended = outcome == Z_STREAM_END;
            m_good = m_ended || outcome == Z_OK || outcome == Z_BUF_ERROR;
            const auto made = qsizetype(m_out.size() - m_stream.avail_out);
            if (made > 0 && !sink(QByteArrayView(reinterpret_cast<const char*>(m_out.data()), made)))
                return false;
            if (!m_ended && m_stream.avail_out > 0) // all input is consumed
                break;
        }
        return true;
    }

private:
    ::z_stream m_stream = {};
    std::array<Bytef, 64 << 10> m_out = {};
    bool m_good = false;
    bool m_ended = false;
};

Payload::Payload(const QByteArray& contentEncoding)
    : m_coding(codingsOf(contentEncoding).value(0))
    , m_begun(m_coding.isEmpty())
{
}

Payload::~Payload() = default;

bool Payload::reads(const QByteArray& contentEncoding)
{
    const auto codings = codingsOf(contentEncoding);
    return codings.isEmpty() || (codings.size() == 1 && (isGzip(codings[0]) || codings[0] == "deflate"));
}

bool Payload::isCoded() const
{
    return !m_coding.isEmpty();
}

bool Payload::isDamaged() const
{
    return m_inflater && m_inflater->isDamaged();
}

bool Payload::isCodingWhole() const
{
    return !m_inflater || (m_inflater->hasEnded() && !m_inflater->isDamaged());
}

bool Payload::feed(QByteArrayView bytes, const Sink& sink)
{
    if (m_begun)
        return m_inflater ? m_inflater->feed(bytes, [&](QByteArrayView out) { return decide(out, sink); })
                          : decide(bytes, sink);
    m_start.append(bytes);
    if (m_start.size() < signatureSize)
        return true;
    m_begun = true;
    // A server may declare a coding although it sends the file uncoded.
    if (isArchiveStart(m_start))
        m_coding.clear();
    else
        m_inflater = std::make_unique<Inflater>(m_coding == "deflate" && !isZlibStart(m_start));
    const auto start = std::exchange(m_start, {});
    return feed(start, sink);
}

bool Payload::decide(QByteArrayView bytes, const Sink& sink)
{
    if (m_kind == Kind::Archive)
        return pass(bytes, sink);
    const auto before = m_kept.size(); // while undecided, all content is kept
    m_kept.append(bytes.first(std::min(bytes.size(), mostKept - before)));
    if (m_kind == Kind::Other || m_kept.size() < signatureSize)
        return true;
    m_kind = isArchiveStart(m_kept) ? Kind::Archive : Kind::Other;
    if (m_kind == Kind::Other)
        return true;
    const auto start = m_kept.first(before);
    m_kept.clear();
    return (start.isEmpty() || pass(start, sink)) && pass(bytes, sink);
}

bool Payload::pass(QByteArrayView bytes, const Sink& sink)
{
    if (bytes.size() >= longestEnd) {
        m_tail = bytes.last(longestEnd).toByteArray();
    } else {
        m_tail.append(bytes);
        if (m_tail.size() > 4 * longestEnd)
            m_tail = m_tail.last(longestEnd);
    }
    return sink(bytes);
}

void Payload::finish()
{
    if (!m_begun) { // too short to be coded: report the bytes as received
        m_kept = std::exchange(m_start, {});
        m_begun = true;
    }
    if (m_kind == Kind::Undecided)
        m_kind = Kind::Other;
}

bool Payload::endsAsArchive() const
{
    return m_kind == Kind::Archive && m_tail.last(std::min(m_tail.size(), longestEnd)).contains("PK\x05\x06");
}

} // namespace api
