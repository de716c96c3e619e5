// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>

namespace base {

/// \brief Translates the texts of this module: `Text::tr("…")`, in the context "base".
struct Text {
    Q_DECLARE_TR_FUNCTIONS(base)
};

} // namespace base
