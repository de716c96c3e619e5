// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>

#include "captures/options.h"

namespace captures {

/// \brief One press of Run: who, when, why, with what.
struct Run {
    qint64 id = 0;
    QString account;    ///< whose (`Journal::accountOf`)
    QString connection; ///< as the window called it
    QDateTime asked;    ///< UTC
    QString operatorName;
    QString systemUser;
    QString ticket;
    qint64 origin = 0; ///< the run that this one repeats captures of; 0: none
    Options options;
    bool operator==(const Run&) const = default;
};

} // namespace captures
