// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QDateTime>
#include <QString>

namespace captures {

/// \brief Something that an operator did, for the audit trail.
struct Deed {
    enum class What { Run, Cancel, Agree, Save, SaveFailed, Open, Export, ExportFailed };
    QDateTime at; ///< UTC
    QString operatorName;
    QString systemUser;
    QString connection;
    QString ticket;
    What what = What::Run;
    QString about; ///< in words: devices, files; why it failed
    qint64 id = 0; ///< the journal's
    bool operator==(const Deed&) const = default;
};

/// `run`, `cancel`, …; independent of the language of the window.
[[nodiscard]] QString nameOf(Deed::What what);
[[nodiscard]] Deed::What deedFrom(const QString& name);

/// \brief A file to which the deeds are appended as well, and how far that has come.
struct Sharing {
    QString path;
    qint64 last = 0;                 ///< the deed up to which it is appended
    qint64 upTo = 0;                 ///< the last deed of an append whose outcome is not known,
    std::optional<qint64> size = {}; ///< and the file's bytes before it; none: it is known
    bool operator==(const Sharing&) const = default;
};

} // namespace captures
