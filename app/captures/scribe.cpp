// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/scribe.h"

#include <chrono>

#include <QDir>
#include <QFileInfo>

namespace captures {

namespace {

constexpr std::chrono::seconds pause{10}; ///< retry delay after a failure
constexpr std::chrono::seconds aliveEvery{60};

} // namespace

Scribe::Scribe(QString account, Journal* journal, Clock clock, std::function<Capture(qsizetype)> capture,
               QObject* parent)
    : QObject(parent)
    , m_account(std::move(account))
    , m_journal(journal)
    , m_clock(std::move(clock))
    , m_capture(std::move(capture))
{
    m_again.setSingleShot(true);
    m_again.setInterval(pause);
    m_alive.setInterval(aliveEvery);
    connect(&m_again, &QTimer::timeout, this, [this] { write({}, {}, {}); });
    connect(&m_alive, &QTimer::timeout, this, [this] { write({}, {}, {}); });
}

void Scribe::note(const QList<qsizetype>& changed, const QList<Deed>& deeds)
{
    if (!changed.isEmpty() || !deeds.isEmpty())
        write({.deeds = deeds}, changed, {});
}

void Scribe::write(Change change, const QList<qsizetype>& changed, const Then& then)
{
    auto indexes = std::exchange(m_changed, {});
    for (const auto index : changed)
        indexes.insert(index);
    change.account = m_account;
    change.now = m_clock().utc;
    for (const auto index : std::as_const(indexes))
        change.captures << m_capture(index);
    change.deeds = std::exchange(m_deeds, {}) + change.deeds;
    // The audit entry of a run is written together with the run, or not at all.
    auto kept = change.deeds;
    if (change.run)
        kept.removeLast();
    ++m_writing;
    auto* call = m_journal->write(change);
    connect(call, &JournalCall::finished, this, [this, call, indexes, kept, then] {
        --m_writing;
        if (call->problem()) {
            m_changed.unite(indexes);
            m_deeds = kept + m_deeds;
            m_again.start();
            report(call->problem());
        } else if (m_changed.isEmpty() && m_deeds.isEmpty()) {
            report({});
        } else {
            write({}, {}, {}); // the journal works again: success is reported once everything is written
        }
        if (then)
            then(call->problem());
        if (isSettled())
            Q_EMIT settled();
    });
}

bool Scribe::report(const std::optional<storage::Problem>& problem)
{
    const bool failed = m_problem.has_value() || m_runRefused;
    m_problem = problem;
    if (problem) {
        complain();
    } else if (failed) {
        m_runRefused = false;
        Q_EMIT recordedAgain();
    }
    return problem.has_value();
}

void Scribe::refuseRun()
{
    m_runRefused = true;
    complain();
}

void Scribe::complain()
{
    auto sentence = m_problem ? explain(*m_problem) : tr("The run journal is still being read.");
    if (m_runRefused)
        sentence += u' ' + tr("The run was not started: press Run again then.");
    Q_EMIT unrecorded(sentence);
}

void Scribe::setWaiting(bool waiting)
{
    if (waiting == m_alive.isActive())
        return;
    if (waiting)
        m_alive.start();
    else
        m_alive.stop();
}

bool Scribe::isSettled() const
{
    return m_writing == 0 && m_changed.isEmpty() && m_deeds.isEmpty();
}

QString Scribe::explain(const storage::Problem& problem)
{
    using Kind = storage::Problem::Kind;
    const auto consequence = tr("Nothing is sent that cannot be recorded; it goes on by itself when it can.");
    const auto folder = QDir::toNativeSeparators(QFileInfo(problem.path).path());
    switch (problem.kind) {
    case Kind::Locked:
        return tr("The run journal is in use by another Capture Desk. Close one of the two. %1")
            .arg(consequence);
    case Kind::Full:
        return tr("There is no room for the run journal in %1: %2. Free space there. %3")
            .arg(folder, problem.message, consequence);
    case Kind::ReadOnly:
        return tr("The run journal in %1 cannot be written: %2. Ask for the right to write there. %3")
            .arg(folder, problem.message, consequence);
    case Kind::NoLocks:
        return tr("The run journal cannot be kept in %1: %2. Locks keep two programs apart. Have this "
                  "folder put on "
                  "a disk of this computer. %3")
            .arg(folder, problem.message, consequence);
    case Kind::Missing:
        return tr("The run journal %1 is not there: %2. Connect the disk or share that holds it. %3")
            .arg(QDir::toNativeSeparators(problem.path), problem.message, consequence);
    case Kind::Damaged:
        return tr("The run journal %1 cannot be read: %2. Ask for help before it is moved away. %3")
            .arg(QDir::toNativeSeparators(problem.path), problem.message, consequence);
    case Kind::Other: break;
    }
    return tr("The run journal in %1 cannot be used: %2. Check the disk and the network. %3")
        .arg(folder, problem.message, consequence);
}

} // namespace captures
