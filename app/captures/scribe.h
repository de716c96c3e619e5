// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <optional>

#include <QObject>
#include <QSet>
#include <QTimer>

#include "captures/journal.h"

namespace captures {

/// \brief Writes down what becomes of one account's captures, and keeps what could not be written until it
/// can.
class Scribe : public QObject {
    Q_OBJECT

public:
    using Then = std::function<void(const std::optional<storage::Problem>&)>;

    /// \param capture what a capture is now, by its index
    Scribe(QString account, Journal* journal, Clock clock, std::function<Capture(qsizetype)> capture,
           QObject* parent = nullptr);

    /// Nothing waits for it: what is lost of it is found out again by looking at the service.
    void note(const QList<qsizetype>& changed, const QList<Deed>& deeds = {});
    /// Together with what was left before.  \param then hears how it went; a run that failed is not kept
    void write(Change change, const QList<qsizetype>& changed, const Then& then);
    /// How something that was asked of the journal itself went.  \returns whether there is a problem
    bool report(const std::optional<storage::Problem>& problem);
    /// A run cannot be recorded now.  It is not kept: what is started later is asked for anew.
    void refuseRun();
    /// While something waits, the journal tells when the program was last there.
    void setWaiting(bool waiting);
    [[nodiscard]] bool isSettled() const; ///< all that was noted is on the disk

    /// What it means for the operator.
    [[nodiscard]] static QString explain(const storage::Problem& problem);

Q_SIGNALS:
    void unrecorded(const QString& sentence);
    void recordedAgain();
    void settled(); ///< again

private:
    void complain();

    QString m_account;
    Journal* m_journal;
    Clock m_clock;
    std::function<Capture(qsizetype)> m_capture;
    std::optional<storage::Problem> m_problem; ///< as long as it lasts
    bool m_runRefused = false;                 ///< a run that was asked for meanwhile was not started
    QSet<qsizetype> m_changed;                 ///< what the journal does not have yet
    QList<Deed> m_deeds;                       ///< likewise
    int m_writing = 0;
    QTimer m_again;
    QTimer m_alive;
};

} // namespace captures
