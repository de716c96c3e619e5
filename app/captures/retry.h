// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QList>

#include "captures/capture.h"

namespace captures {

/// Whether a capture ended without a file and can be repeated.
[[nodiscard]] bool canRepeat(State state);

/// What the program can change so that the next attempt does not end in the same way, as a sentence; empty if
/// nothing.
[[nodiscard]] QString improvement(const Capture& capture);

/// Label of the action that repeats the capture: `Send again…`, `Run when free…`, …
/// \pre `canRepeat(capture.state)`
[[nodiscard]] QString repeatText(const Capture& capture);

/// The capture as a new order: the next attempt.
/// \param improve apply what `improvement` suggests
/// \pre `canRepeat(capture.state)`
[[nodiscard]] Order repeatOf(const Capture& capture, bool improve);

/// \brief Index of which capture repeats which, over all captures of an account. Valid until captures are
/// added.
class Attempts {
public:
    explicit Attempts(const QList<Capture>& all); ///< outlives it

    /// The newest attempt that was not cancelled; `capture` itself if it was not repeated.
    [[nodiscard]] const Capture& latest(const Capture& capture) const;
    /// The latest attempts of these captures that ended without a file, without duplicates. A capture that
    /// has succeeded or is in progress meanwhile is not repeated.
    [[nodiscard]] QList<qint64> repeatable(const QList<qint64>& ids) const;
    /// The same for a whole run, without cancelled captures.
    [[nodiscard]] QList<qint64> repeatableOf(qint64 run) const;

private:
    const QList<Capture>& m_all;
    QHash<qint64, qsizetype> m_indexes; ///< by ID
    /// The newest attempt that was not cancelled, by the ID of the capture that it repeats.
    QHash<qint64, qsizetype> m_repeats;
};

} // namespace captures
