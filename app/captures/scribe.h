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

/// \brief Writes the changes of one account's captures to the journal, and retries what could not be written.
class Scribe : public QObject {
    Q_OBJECT

public:
    using Then = std::function<void(const std::optional<storage::Problem>&)>;

    /// \param capture returns the current state of a capture, by its index
    Scribe(QString account, Journal* journal, Clock clock, std::function<Capture(qsizetype)> capture,
           QObject* parent = nullptr);

    /// Fire and forget: if this write is lost in a crash, the state is recovered from the service.
    void note(const QList<qsizetype>& changed, const QList<Deed>& deeds = {});
    /// Writes `change` together with what is pending from earlier failures.
    /// \param then receives the outcome; a run that could not be written is not retried
    void write(Change change, const QList<qsizetype>& changed, const Then& then);
    /// Reports the outcome of another journal operation.
    /// \returns whether there is a problem
    bool report(const std::optional<storage::Problem>& problem);
    /// Reports that a run cannot be recorded now. The run is dropped: the operator has to start it again.
    void refuseRun();
    /// While captures wait, the journal stores every minute that the program is running.
    void setWaiting(bool waiting);
    [[nodiscard]] bool isSettled() const; ///< everything is on disk

    /// Error message for the operator, with its consequence.
    [[nodiscard]] static QString explain(const storage::Problem& problem);

Q_SIGNALS:
    void unrecorded(const QString& sentence);
    void recordedAgain();
    void settled(); ///< everything is on disk again

private:
    void complain();

    QString m_account;
    Journal* m_journal;
    Clock m_clock;
    std::function<Capture(qsizetype)> m_capture;
    std::optional<storage::Problem> m_problem; ///< set while it lasts
    bool m_runRefused = false;                 ///< a run requested meanwhile was not started
    QSet<qsizetype> m_changed;                 ///< not in the journal yet
    QList<Deed> m_deeds;                       ///< not in the journal yet
    int m_writing = 0;
    QTimer m_again;
    QTimer m_alive;
};

} // namespace captures
