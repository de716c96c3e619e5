// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <utility>

#include <QByteArray>
#include <QList>

#include <zip.h>

namespace support {

using Parts = QList<std::pair<QByteArray, QByteArray>>; ///< names and contents

/// Returns a zip archive, written by libzip.
inline QByteArray zipOf(const Parts& parts, zip_uint16_t encryption = ZIP_EM_NONE,
                        zip_int32_t method = ZIP_CM_DEFAULT)
{
    zip_error_t error;
    zip_error_init(&error);
    auto* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    auto* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (const auto& [name, body] : parts) {
        auto* source = zip_source_buffer(archive, body.constData(), zip_uint64_t(body.size()), 0);
        const auto index = zip_file_add(archive, name.constData(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0)
            qFatal("%s", zip_strerror(archive));
        zip_set_file_compression(archive, zip_uint64_t(index), method, 0);
        if (encryption != ZIP_EM_NONE)
            zip_file_set_encryption(archive, zip_uint64_t(index), encryption, "secret");
    }
    if (zip_close(archive) != 0)
        qFatal("%s", zip_strerror(archive));
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    QByteArray bytes(qsizetype(zip_source_tell(target)), Qt::Uninitialized);
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), zip_uint64_t(bytes.size()));
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

} // namespace support
