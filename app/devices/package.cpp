// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/package.h"

#include <zip.h>

#include "devices/tr.h"

namespace devices {

namespace {

QString normalizedPart(QString name)
{
    name.replace(u'\\', u'/');
    while (name.startsWith(u'/'))
        name.remove(0, 1);
    return name.toCaseFolded();
}

} // namespace

QString protectedWorkbook()
{
    return Text::tr(
        "The workbook is protected with a password. Remove the password in the spreadsheet program, "
        "save the workbook, and load that file.");
}

QString damagedWorkbook(const QString& detail)
{
    return Text::tr(
               "The workbook is damaged: %1. Open it in a spreadsheet program, save it again, and load that "
               "file.")
        .arg(detail);
}

QString workbookTooLarge()
{
    return Text::tr(
        "The workbook is too large: more than 64 MB unpacked or more than 4 million cells. Save the "
        "sheet with the devices as CSV, and load that file.");
}

void Package::Discard::operator()(zip* archive) const
{
    zip_discard(archive);
}

std::expected<Package, QString> Package::open(QByteArrayView bytes)
{
    zip_error_t error;
    zip_error_init(&error);
    auto* source = zip_source_buffer_create(bytes.data(), zip_uint64_t(bytes.size()), 0, &error);
    auto* archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
    if (!archive) {
        zip_source_free(source);
        zip_error_fini(&error);
        return std::unexpected(damagedWorkbook(Text::tr("its zip archive has no readable directory")));
    }
    zip_error_fini(&error);
    Package package;
    package.m_archive.reset(archive);
    const auto count = zip_get_num_entries(archive, 0);
    if (count > mostParts)
        return std::unexpected(damagedWorkbook(Text::tr("its zip archive has more than 10,000 parts")));
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        constexpr auto needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD;
        if (zip_stat_index(archive, zip_uint64_t(i), 0, &stat) != 0 || (stat.valid & needed) != needed)
            return std::unexpected(damagedWorkbook(Text::tr("its zip archive has an unreadable entry")));
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
            return std::unexpected(protectedWorkbook());
        const auto name = QString::fromUtf8(stat.name);
        if (name.endsWith(u'/'))
            continue; // a folder
        if (!package.m_parts.try_emplace(normalizedPart(name), Part{quint64(i), stat.size}).second)
            return std::unexpected(
                damagedWorkbook(Text::tr("two of its parts have the name “%1”").arg(name)));
    }
    return package;
}

bool Package::has(const QString& part) const
{
    return m_parts.contains(normalizedPart(part));
}

bool Package::hasUnder(const QString& folder, const QString& suffix) const
{
    const auto prefix = normalizedPart(folder);
    for (auto part = m_parts.lower_bound(prefix); part != m_parts.end() && part->first.startsWith(prefix);
         ++part) {
        if (part->first.endsWith(suffix))
            return true;
    }
    return false;
}

std::expected<QByteArray, QString> Package::read(const QString& part)
{
    const auto found = m_parts.find(normalizedPart(part));
    if (found == m_parts.end())
        return std::unexpected(damagedWorkbook(Text::tr("its part “%1” is missing").arg(part)));
    const auto declared = found->second.size;
    if (declared > quint64(mostUnpacked - m_unpacked))
        return std::unexpected(workbookTooLarge());
    const auto damaged = [&part] {
        return std::unexpected(damagedWorkbook(Text::tr("its part “%1” cannot be unpacked").arg(part)));
    };
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(m_archive.get(), found->second.index, 0, &stat) != 0 ||
        (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE))
        return damaged();
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(
        zip_fopen_index(m_archive.get(), found->second.index, 0), &zip_fclose);
    if (!file)
        return damaged();
    // One byte more than declared: a part that is longer is damaged, and is not unpacked further.
    QByteArray bytes(qsizetype(declared) + 1, Qt::Uninitialized);
    qsizetype size = 0;
    for (;;) {
        const auto got = zip_fread(file.get(), bytes.data() + size, zip_uint64_t(bytes.size() - size));
        if (got < 0) // also for a wrong checksum
            return damaged();
        if (got == 0)
            break;
        size += qsizetype(got);
        if (size == bytes.size())
            return damaged();
    }
    if (size != qsizetype(declared))
        return damaged();
    bytes.truncate(size);
    m_unpacked += size;
    return bytes;
}

} // namespace devices
