// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <map>
#include <memory>

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

struct zip;

namespace devices {

/// \brief The parts of a workbook's zip archive, unpacked in memory, with size limits.
///
/// At most `mostUnpacked` bytes are unpacked from one archive, whatever sizes the archive declares.
class Package {
public:
    static constexpr qint64 mostUnpacked = 64 * 1024 * 1024; ///< bytes, of all parts together
    static constexpr qint64 mostParts = 10'000;

    /// The error is a sentence for the operator: the archive is damaged, is protected with a password, has
    /// too many parts, or has two parts of one name.
    /// \param bytes not copied; outlive the package
    [[nodiscard]] static std::expected<Package, QString> open(QByteArrayView bytes);

    /// Names are compared as on Windows: case-insensitive, with either slash.
    [[nodiscard]] bool has(const QString& part) const;
    [[nodiscard]] bool hasUnder(const QString& folder, const QString& suffix) const;

    /// The error is a sentence for the operator: the part is absent, damaged or too large.
    [[nodiscard]] std::expected<QByteArray, QString> read(const QString& part);

private:
    struct Discard {
        void operator()(zip* archive) const;
    };
    struct Part {
        quint64 index = 0;
        quint64 size = 0; ///< declared
    };

    std::unique_ptr<zip, Discard> m_archive;
    std::map<QString, Part> m_parts; ///< by normalized name
    qint64 m_unpacked = 0;
};

/// Message: the workbook is damaged, what was found, and what to do.
[[nodiscard]] QString damagedWorkbook(const QString& detail);
/// Message: the workbook is protected with a password, and what to do.
[[nodiscard]] QString protectedWorkbook();
/// Message: the workbook is too large, and what to do.
[[nodiscard]] QString workbookTooLarge();

} // namespace devices
