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

/// \brief Appends the audit trail of this computer to a CSV file that several computers may share, as it
/// happens: each deed once, in the journal's order, whatever the share, the program or the power does.
///
/// It works in a thread of its own, which a share that does not answer may hold for as long as it likes;
/// nothing else waits for it.
class SharedRecord : public QObject {
    Q_OBJECT

public:
    struct Pauses {
        std::chrono::milliseconds first{2'000};  ///< after the start, for what was left from before
        std::chrono::milliseconds again{60'000}; ///< after a failure
        std::chrono::milliseconds answer{5'000}; ///< then the file is said not to answer
        std::chrono::milliseconds end{1'000};    ///< how long its end waits for the file
    };

    /// How things stand with the file.
    struct State {
        QString path = {};    ///< empty: nothing is appended
        qint64 waiting = 0;   ///< deeds
        QString problem = {}; ///< a phrase: why they wait; empty: all is well
        QString refused = {}; ///< a phrase: why the file that was chosen last is not taken
        bool operator==(const State&) const = default;
    };

    /// \param store outlives it  \param computer its name, for the column
    SharedRecord(AuditStore* store, QString computer, Pauses pauses, QObject* parent = nullptr);
    ~SharedRecord() override;

    [[nodiscard]] const State& state() const { return m_state; }
    /// From now on; what waits for another file goes to this one.  Where it cannot be written or is another
    /// kind of file nothing changes, and `state` says why.
    void choose(const QString& path);
    void stop(); ///< what waits is not appended any more
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
    QObject* m_place = nullptr; ///< in the thread, which deletes it
    QList<Work> m_asked;        ///< to be done after what is being done,
    bool m_wanted = false;      ///< and then, what is there is to be appended
    bool m_busy = false;
    bool m_looked = false; ///< `m_state` is true
    QTimer m_again;
    QTimer m_answer;
};

} // namespace captures
