// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>

#include <QJsonArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QSet>
#include <QTemporaryDir>
#include <QTimer>

#include "captures/desk.h"
#include "changes.h"
#include "proxy.h"
#include "sandbox/server.h"

namespace faults {

/// Waits in the event loop, without the 10 ms that EVENTUALLY sleeps between two events: a request has many.
/// \returns whether the condition was met
[[nodiscard]] bool until(const std::function<bool()>& met);

/// \brief A correct account, and its true state, queried without the proxy.
class Account {
public:
    explicit Account(const sandbox::Options& options = usual());

    [[nodiscard]] static sandbox::Options usual(); ///< 24 devices; captures do not end
    [[nodiscard]] QUrl url() const { return QUrl(m_server.baseUrl()); }
    [[nodiscard]] connections::Connection connection(const QUrl& by) const;

    [[nodiscard]] QJsonArray devices() const;
    [[nodiscard]] QJsonArray commands() const; ///< all of them, the newest first
    [[nodiscard]] int created() const;         ///< commands by anyone, as the account itself counts

    /// A colleague starts captures of both types on these devices.  \returns the IDs of the commands
    QSet<QString> start(const QJsonArray& devices);

private:
    [[nodiscard]] QJsonObject ask(const QByteArray& method, const QString& path,
                                  const QByteArray& body = {}) const;
    [[nodiscard]] QJsonArray list(const QString& path, const QString& name) const;

    sandbox::Server m_server;
};

/// \brief The time of the account and of the program.  It advances slowly with the event loop, so that no
/// machine is too slow for it, and further when a test calls `pass`.
class Time : public QObject {
public:
    explicit Time(std::shared_ptr<sandbox::ManualClock> clock);

    void pass(std::chrono::milliseconds time) { m_clock->advance(time); }
    [[nodiscard]] captures::Moment now() const; ///< on the operator's computer

    std::chrono::milliseconds wrong{0}; ///< how far the computer's clock is ahead

private:
    std::shared_ptr<sandbox::ManualClock> m_clock;
    QTimer m_tick;
};

/// \brief An operator's program, a faulty network between it and the account, and what the operator saw.
///
/// The account already had the same captures on the same devices, started by a colleague and ended a moment
/// ago: only the list of commands from before a request tells them apart.
class Helpdesk : public QObject {
    Q_OBJECT

public:
    /// Its requests time out only when the proxy reports that no answer will come.
    /// \param certificate of the proxy; empty: plain http
    explicit Helpdesk(const sandbox::Options& options = Account::usual(), const QString& certificate = {});
    ~Helpdesk() override;

    Account account;
    Proxy proxy;
    Time time;

    /// Sets the delay before an automatic retry; applies from the next `open`.
    void setAgain(std::chrono::milliseconds again) { m_again = again; }
    /// Starts or restarts the program.
    void open(const std::optional<QUrl>& address = {});
    void close();
    [[nodiscard]] captures::Desk& desk() { return *m_desk; }

    [[nodiscard]] bool load(); ///< devices, quota, commands
    /// Starts both captures on a Mac and a Linux machine: one request with four commands.
    void run();
    /// Starts a packet capture on so many devices.
    void runOn(int devices);
    [[nodiscard]] bool settles(); ///< waits until each capture is on its device or has ended
    [[nodiscard]] bool looks(int times);
    /// Sets what the test does, once, when the captures are held.
    void whenHeld(const std::function<void()>& then) { m_whenHeld = then; }

    /// The successive states of each capture as the operator saw them, the same for all: `state` or `state:
    /// problem`.
    [[nodiscard]] QStringList course() const;
    [[nodiscard]] const QList<QStringList>& courses() const { return m_courses; }
    [[nodiscard]] const QStringList& told() const { return m_told; } ///< failures, each once
    [[nodiscard]] bool isHealed(connections::Act act) const { return m_healed.contains(act); }

    /// The commands that were started neither by a colleague nor before the test, as `device type`.
    [[nodiscard]] QStringList started() const;
    /// The commands that the captures should have: each once.
    [[nodiscard]] QStringList wanted() const;
    /// Whether each capture has exactly the command that was started for it.
    [[nodiscard]] bool isEachItsOwn() const;
    /// Starts commands as a colleague.
    void startElsewhere(int times);
    void startTheSame();
    [[nodiscard]] bool isOthers(const QString& id) const { return m_others.contains(id); }

private:
    Helpdesk(const sandbox::Options& options, const QString& certificate,
             const std::shared_ptr<sandbox::ManualClock>& clock);
    void note(int index);
    [[nodiscard]] QJsonArray mine() const;

    std::chrono::milliseconds m_again{std::chrono::hours(1)}; ///< long, because most tests count requests
    QTemporaryDir m_folder;
    QNetworkAccessManager m_network;
    std::unique_ptr<captures::Journal> m_journal;
    std::unique_ptr<captures::Desk> m_desk;
    QJsonArray m_machines;  ///< devices for captures, as the account lists them
    QSet<QString> m_others; ///< IDs
    QSet<QString> m_ended;  ///< IDs
    QList<QStringList> m_courses;
    QStringList m_told;
    QSet<connections::Act> m_healed;
    std::function<void()> m_whenHeld;
};

} // namespace faults
