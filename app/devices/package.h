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

/// \brief The parts of a workbook's zip archive, unpacked in memory and within bounds.
///
/// No more than `mostUnpacked` bytes are unpacked from one archive, whatever sizes the archive declares.
class Package {
public:
    static constexpr qint64 mostUnpacked = 64 * 1024 * 1024; ///< bytes, of all parts that are read
    static constexpr qint64 mostParts = 10'000;

    /// The error is a sentence for the operator: the archive is damaged, protected with a password, has too
    /// many parts or two parts of one name.
    /// \param bytes are used by the package, and outlive it
    [[nodiscard]] static std::expected<Package, QString> open(QByteArrayView bytes);

    /// Names are compared as Windows compares them: in any case, with either slash.
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

/// "The workbook is damaged", with what was found and what to do.
[[nodiscard]] QString damagedWorkbook(const QString& detail);
/// "The workbook is protected with a password", with what to do.
[[nodiscard]] QString protectedWorkbook();
/// "The workbook is too large", with what to do.
[[nodiscard]] QString workbookTooLarge();

} // namespace devices
