// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/sharedrecord.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include <QThread>

#include "captures/recordfile.h"
#include "captures/trail.h"
#include "exports/csv.h"

namespace captures {

namespace {

constexpr int atOnce = 200; ///< entries in one append

} // namespace

/// \brief The part that runs in the thread. A blocked share may make it outlive its owner and the journal.
class SharedRecord::Worker : public std::enable_shared_from_this<Worker> {
public:
    Worker(AuditStore* store, SharedRecord* owner, QString computer)
        : m_store(store)
        , m_owner(owner)
        , m_computer(std::move(computer))
    {
    }

    /// After this call it does not use the journal, and reports nothing.
    void leave()
    {
        const std::lock_guard guard(m_mutex);
        m_store = nullptr;
        m_owner = nullptr;
    }

    void choose(const QString& path)
    {
        const auto now = unshared(0);
        if (!now)
            return;
        const auto kept = now->sharing ? *now->sharing : Sharing{.last = now->newest};
        if (const auto file = RecordFile::open(path, header(), m_computer, true); !file) {
            tell(now->waiting, {}, file.error());
            return;
        }
        // For a new file nothing is known yet, and an unfinished append to the previous file is no longer
        // checked.
        const auto next = kept.path == path ? kept : Sharing{.path = path, .last = kept.last};
        if (set(next))
            append();
        else
            tell(now->waiting, noRecord());
    }

    void stop() { tell(0, set(std::nullopt) ? QString() : noRecord()); }

    void append()
    {
        while (const auto next = unshared(atOnce)) {
            const auto problem = next->deeds.isEmpty() ? QString() : appended(*next);
            if (next->deeds.isEmpty() || !problem.isEmpty()) {
                tell(next->waiting, problem);
                return;
            }
        }
    }

private:
    [[nodiscard]] static QByteArray header()
    {
        return exports::csvHeader(trailColumns() << QStringLiteral("computer"));
    }

    [[nodiscard]] static QString noRecord()
    {
        return SharedRecord::tr("the run journal on this computer cannot be written");
    }

    /// \returns a phrase: what went wrong; empty: nothing
    [[nodiscard]] QString appended(const AuditStore::Unshared& next)
    {
        auto sharing = *next.sharing;
        auto deeds = next.deeds;
        QList<QByteArray> rows;
        for (const auto& deed : deeds)
            rows << exports::csvLine(trailRow(deed) << exports::Cell(m_computer));
        auto file = RecordFile::open(sharing.path, header(), m_computer, false);
        if (!file)
            return file.error();
        if (sharing.size) {
            const auto asked =
                std::ranges::count_if(deeds, [&](const Deed& deed) { return deed.id <= sharing.upTo; });
            const auto count = file->standing(rows.first(asked), *sharing.size);
            if (!count)
                return count.error();
            if (*count > 0)
                sharing.last = deeds[*count - 1].id;
            rows.remove(0, *count);
            deeds.remove(0, *count);
        }
        if (!rows.isEmpty()) {
            // Journal the intent first, so that after a crash the next start can check whether the append
            // succeeded.
            sharing.size = file->size();
            sharing.upTo = deeds.last().id;
            if (!set(sharing))
                return noRecord();
            if (const auto written = file->append(rows); !written)
                return written.error();
            sharing.last = sharing.upTo;
        }
        sharing.size.reset();
        return set(sharing) ? QString() : noRecord();
    }

    /// \returns nullopt if the journal cannot be read, which is reported, or no longer exists
    [[nodiscard]] std::optional<AuditStore::Unshared> unshared(int most)
    {
        std::unique_lock guard(m_mutex);
        if (!m_store)
            return std::nullopt;
        auto result = m_store->unshared(most);
        guard.unlock();
        if (!result) {
            tell(0, noRecord());
            return std::nullopt;
        }
        m_path = result->sharing ? result->sharing->path : QString();
        return *std::move(result);
    }

    [[nodiscard]] bool set(const std::optional<Sharing>& sharing)
    {
        const std::lock_guard guard(m_mutex);
        const bool done = m_store && m_store->setSharing(sharing);
        if (done)
            m_path = sharing ? sharing->path : QString();
        return done;
    }

    /// Reports the status, once for each job.
    void tell(qint64 waiting, const QString& problem, const QString& refused = {})
    {
        const State state{.path = m_path, .waiting = waiting, .problem = problem, .refused = refused};
        const std::lock_guard guard(m_mutex);
        if (m_owner)
            QMetaObject::invokeMethod(m_owner, [owner = m_owner, state] { owner->answered(state); });
    }

    std::mutex m_mutex; ///< `leave` may be called while the thread is about to use the two
    AuditStore* m_store;
    SharedRecord* m_owner;
    QString m_computer;
    QString m_path; ///< as last known
};

SharedRecord::SharedRecord(AuditStore* store, QString computer, Pauses pauses, QObject* parent)
    : QObject(parent)
    , m_pauses(pauses)
    , m_worker(std::make_shared<Worker>(store, this, std::move(computer)))
{
    m_again.setSingleShot(true);
    m_answer.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &SharedRecord::append);
    connect(&m_answer, &QTimer::timeout, this, [this] {
        m_state.problem = tr("it does not answer");
        Q_EMIT changed();
    });
    connect(store, &AuditStore::deedsWritten, this, [this] {
        // Without a file, as far as is known, there is nothing to append.
        if (!m_looked || !m_state.path.isEmpty())
            append();
    });
    m_again.start(m_pauses.first);
}

SharedRecord::~SharedRecord()
{
    m_worker->leave();
    if (!m_thread)
        return;
    m_thread->quit();
    // A thread that a share blocks is abandoned, so that the program can end.
    if (!m_thread->wait(QDeadlineTimer(m_pauses.end)))
        (void)m_thread.release();
}

void SharedRecord::choose(const QString& path)
{
    ask([path](Worker& worker) { worker.choose(path); });
}

void SharedRecord::stop()
{
    ask([](Worker& worker) { worker.stop(); });
}

void SharedRecord::append()
{
    m_wanted = true;
    next();
}

void SharedRecord::ask(const Work& work)
{
    m_asked << work;
    next();
}

/// Runs one job at a time, so that jobs do not pile up behind a blocked share.
void SharedRecord::next()
{
    if (m_busy || (m_asked.isEmpty() && !m_wanted))
        return;
    m_busy = true;
    if (!m_thread) {
        m_thread = std::make_unique<QThread>();
        m_thread->setObjectName(QStringLiteral("shared record"));
        m_place = new QObject;
        m_place->moveToThread(m_thread.get());
        connect(m_thread.get(), &QThread::finished, m_place, &QObject::deleteLater);
        m_thread->start();
    }
    Work work = [](Worker& worker) { worker.append(); };
    if (m_asked.isEmpty())
        m_wanted = false;
    else
        work = m_asked.takeFirst();
    m_again.stop();
    m_answer.start(m_pauses.answer);
    QMetaObject::invokeMethod(m_place, [worker = m_worker, work] { work(*worker); });
}

void SharedRecord::answered(const State& state)
{
    m_busy = false;
    m_looked = true;
    m_answer.stop();
    if (std::exchange(m_state, state) != state)
        Q_EMIT changed();
    if (!state.problem.isEmpty())
        m_again.start(m_pauses.again);
    next();
}

} // namespace captures
