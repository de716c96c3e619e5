// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>

#include <QByteArray>
#include <QByteArrayView>

namespace api {

/// \brief The body of a download: undoes its content coding, and passes on what begins as a zip does.
///
/// What begins otherwise (a web page, an error) is kept for the report, at most `mostKept` bytes of it.
class Payload {
public:
    enum class Kind {
        Undecided, ///< not enough bytes yet
        Archive,
        Other
    };
    using Sink = std::function<bool(QByteArrayView)>; ///< false: it cannot take them
    static constexpr qsizetype mostKept = 64 << 10;

    /// \param contentEncoding the header's value: `gzip`, `deflate`, or nothing
    explicit Payload(const QByteArray& contentEncoding);
    ~Payload();

    /// Whether the coding is one that is read here.
    [[nodiscard]] static bool reads(const QByteArray& contentEncoding);

    /// Bytes as they come from the network.  \returns false where the sink refused them
    [[nodiscard]] bool feed(QByteArrayView bytes, const Sink& sink);
    /// The body has ended: what is too short to decide by is decided.
    void finish();

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] bool isCoded() const; ///< the bytes differ from the file's
    [[nodiscard]] bool isDamaged() const;
    [[nodiscard]] bool isCodingWhole() const; ///< the coding's own end has come, or there is no coding
    [[nodiscard]] bool endsAsArchive() const; ///< the zip's own end has come (its last record)
    [[nodiscard]] const QByteArray& kept() const { return m_kept; }

private:
    class Inflater;
    [[nodiscard]] bool decide(QByteArrayView bytes, const Sink& sink);
    [[nodiscard]] bool pass(QByteArrayView bytes, const Sink& sink);

    QByteArray m_coding;
    QByteArray m_start; ///< of the coded bytes, until it is known what they are
    std::unique_ptr<Inflater> m_inflater;
    bool m_begun = false; ///< it is known whether they are coded
    Kind m_kind = Kind::Undecided;
    QByteArray m_kept; ///< while undecided, and of other things
    QByteArray m_tail; ///< the last bytes of the archive
};

} // namespace api
