// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>

#include <QByteArray>
#include <QByteArrayView>

namespace api {

/// \brief Decoder for the body of a download: removes the content coding, and passes on content that begins
/// as a zip.
///
/// Other content (a web page, an error) is kept for the error report, at most `mostKept` bytes of it.
class Payload {
public:
    enum class Kind {
        Undecided, ///< not enough bytes yet
        Archive,
        Other
    };
    using Sink = std::function<bool(QByteArrayView)>; ///< returns false if it cannot accept the bytes
    static constexpr qsizetype mostKept = 64 << 10;

    /// \param contentEncoding the header's value: `gzip`, `deflate`, or empty
    explicit Payload(const QByteArray& contentEncoding);
    ~Payload();

    /// Whether the coding is supported.
    [[nodiscard]] static bool reads(const QByteArray& contentEncoding);

    /// Processes bytes from the network.  \returns false if the sink refused them
    [[nodiscard]] bool feed(QByteArrayView bytes, const Sink& sink);
    /// Marks the end of the body.  A body too short to be recognised becomes `Kind::Other`.
    void finish();

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] bool isCoded() const; ///< the body is encoded: its bytes differ from the file's
    [[nodiscard]] bool isDamaged() const;
    [[nodiscard]] bool isCodingWhole() const; ///< the end of the coded data has arrived, or there is no
                                              ///< coding
    [[nodiscard]] bool endsAsArchive() const; ///< the zip's last record has arrived
    [[nodiscard]] const QByteArray& kept() const { return m_kept; }

private:
    class Inflater;
    [[nodiscard]] bool decide(QByteArrayView bytes, const Sink& sink);
    [[nodiscard]] bool pass(QByteArrayView bytes, const Sink& sink);

    QByteArray m_coding;
    QByteArray m_start; ///< the first bytes, until it is known whether they are coded
    std::unique_ptr<Inflater> m_inflater;
    bool m_begun = false; ///< it is known whether the bytes are coded
    Kind m_kind = Kind::Undecided;
    QByteArray m_kept; ///< all content while undecided, and the start of other content
    QByteArray m_tail; ///< the last bytes of the archive
};

} // namespace api
