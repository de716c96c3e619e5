// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QDateTime>
#include <QString>

namespace captures {

/// \brief An entry of the audit log: something that an operator did.
struct Deed {
    enum class What { Run, Cancel, Agree, Save, SaveFailed, Open, Export, ExportFailed };
    QDateTime at; ///< UTC
    QString operatorName;
    QString systemUser;
    QString connection;
    QString ticket;
    What what = What::Run;
    QString about; ///< as text: devices, files, the reason of a failure
    qint64 id = 0; ///< assigned by the journal
    bool operator==(const Deed&) const = default;
};

/// `run`, `cancel`, …; independent of the window's language.
[[nodiscard]] QString nameOf(Deed::What what);
[[nodiscard]] Deed::What deedFrom(const QString& name);

/// \brief The shared file to which the audit log is appended, and how far that has come.
struct Sharing {
    QString path;
    qint64 last = 0;                 ///< ID of the last entry known to be in the file
    qint64 upTo = 0;                 ///< ID of the last entry of an append whose outcome is unknown
    std::optional<qint64> size = {}; ///< file size in bytes before that append; nullopt: no such append
    bool operator==(const Sharing&) const = default;
};

} // namespace captures
