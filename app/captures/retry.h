// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QList>

#include "captures/capture.h"

namespace captures {

/// It ended without a file, and can be made anew.
[[nodiscard]] bool canRepeat(State state);

/// What would change so that the next attempt does not end as this one did, as a sentence; empty where there
/// is nothing that the program could change.
[[nodiscard]] QString improvement(const Capture& capture);

/// What making it anew is called: `Send again…`, `Run when free…`, …
/// \pre `canRepeat(capture.state)`
[[nodiscard]] QString repeatText(const Capture& capture);

/// The capture as a new order: the next attempt.
/// \param improve with what `improvement` says
/// \pre `canRepeat(capture.state)`
[[nodiscard]] Order repeatOf(const Capture& capture, bool improve);

/// \brief Which capture repeats which, of all captures of an account.  Valid until captures are added.
class Attempts {
public:
    explicit Attempts(const QList<Capture>& all); ///< outlives it

    /// Its newest attempt that nobody cancelled; itself where it was not repeated.
    [[nodiscard]] const Capture& latest(const Capture& capture) const;
    /// The latest attempts of these captures that ended without a file, each once: what has succeeded or is
    /// on its way meanwhile is not recorded again.
    [[nodiscard]] QList<qint64> repeatable(const QList<qint64>& ids) const;
    /// The same for a whole run, without what was cancelled.
    [[nodiscard]] QList<qint64> repeatableOf(qint64 run) const;

private:
    const QList<Capture>& m_all;
    QHash<qint64, qsizetype> m_indexes; ///< by ID
    QHash<qint64, qsizetype> m_repeats; ///< by the ID of what it repeats: the newest that nobody cancelled
};

} // namespace captures
