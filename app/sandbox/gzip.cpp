// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/gzip.h"

#include <zlib.h>

namespace sandbox {

QByteArray gzip(const QByteArray& bytes)
{
    constexpr int gzipWindow = 15 + 16;
    constexpr int level = 1, memory = 8;
    constexpr qsizetype header = 64;
    ::z_stream stream = {};
    ::deflateInit2(&stream, level, Z_DEFLATED, gzipWindow, memory, Z_DEFAULT_STRATEGY);
    QByteArray out(qsizetype(::deflateBound(&stream, uLong(bytes.size()))) + header, Qt::Uninitialized);
    // zlib takes a non-const pointer but does not write through it.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = uInt(out.size());
    ::deflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    ::deflateEnd(&stream);
    return out;
}

} // namespace sandbox
