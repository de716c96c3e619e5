// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include <QObject>
#include <QTimer>

#include "captures/auditstore.h"

namespace captures {

/// \brief Appends the audit log of this computer, as it grows, to a CSV file that several computers may
/// share. Each entry is appended exactly once, in the journal's order, whatever happens to the share, the
/// program or the power.
///
/// It works in a thread of its own, because a share that does not respond may block it indefinitely. Nothing
/// else waits for that thread.
class SharedRecord : public QObject {
    Q_OBJECT

public:
    struct Pauses {
        /// After the start, before pending entries of earlier sessions are appended.
        std::chrono::milliseconds first{2'000};
        std::chrono::milliseconds again{60'000}; ///< retry delay after a failure
        std::chrono::milliseconds answer{5'000}; ///< timeout: the file is then reported as not responding
        std::chrono::milliseconds end{1'000};    ///< how long the destructor waits for the thread
    };

    /// Status of the shared file.
    struct State {
        QString path = {};    ///< empty: no file is set
        qint64 waiting = 0;   ///< number of pending entries
        QString problem = {}; ///< a phrase: why they are pending; empty: no problem
        QString refused = {}; ///< a phrase: why the file that was chosen last was rejected
        bool operator==(const State&) const = default;
    };

    /// \param store outlives it
    /// \param computer name of this computer, for the column
    SharedRecord(AuditStore* store, QString computer, Pauses pauses, QObject* parent = nullptr);
    ~SharedRecord() override;

    [[nodiscard]] const State& state() const { return m_state; }
    /// Appends to this file from now on, including the entries still pending for the previous file. If it
    /// cannot be written or is another kind of file, nothing changes, and `state` reports why.
    void choose(const QString& path);
    void stop(); ///< pending entries are no longer appended
    void append();

Q_SIGNALS:
    void changed(); ///< see `state`

private:
    class Worker;
    using Work = std::function<void(Worker&)>;
    void ask(const Work& work);
    void next();
    void answered(const State& state);

    Pauses m_pauses;
    State m_state;
    std::shared_ptr<Worker> m_worker;
    std::unique_ptr<QThread> m_thread;
    QObject* m_place = nullptr; ///< lives in the thread, which deletes it
    QList<Work> m_asked;        ///< queued jobs
    bool m_wanted = false;      ///< append after the queued jobs
    bool m_busy = false;
    bool m_looked = false; ///< the worker has reported `m_state` at least once
    QTimer m_again;
    QTimer m_answer;
};

} // namespace captures
