// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QString>

#include "captures/options.h"

namespace captures {

/// \brief One press of Run: who, when, why, with which options.
struct Run {
    qint64 id = 0;
    QString account;    ///< see `Journal::accountOf`
    QString connection; ///< its label in the window
    QDateTime asked;    ///< UTC
    QString operatorName;
    QString systemUser;
    QString ticket;
    qint64 origin = 0; ///< the run that this one repeats captures of; 0: none
    Options options;
    bool operator==(const Run&) const = default;
};

} // namespace captures
