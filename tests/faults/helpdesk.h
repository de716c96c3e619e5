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

/// Waits, as an event loop does: EVENTUALLY sleeps 10 ms between any two events, and a request has many.
/// \returns whether it came to be
[[nodiscard]] bool until(const std::function<bool()>& met);

/// \brief The account that behaves, and what is true of it, asked for past the proxy.
class Account {
public:
    explicit Account(const sandbox::Options& options = usual());

    [[nodiscard]] static sandbox::Options usual(); ///< 24 devices; what is started does not end
    [[nodiscard]] QUrl url() const { return QUrl(m_server.baseUrl()); }
    [[nodiscard]] connections::Connection connection(const QUrl& by) const;

    [[nodiscard]] QJsonArray devices() const;
    [[nodiscard]] QJsonArray commands() const; ///< all of them, the newest first
    [[nodiscard]] int created() const;         ///< commands, by anyone, as the account itself counts

    /// A colleague starts captures of both types on these devices.  \returns the commands' IDs
    QSet<QString> start(const QJsonArray& devices);

private:
    [[nodiscard]] QJsonObject ask(const QByteArray& method, const QString& path,
                                  const QByteArray& body = {}) const;
    [[nodiscard]] QJsonArray list(const QString& path, const QString& name) const;

    sandbox::Server m_server;
};

/// \brief The time of the account and of the program: it goes on a little with the event loop, so that no
/// machine is too busy for it, and as far as a test lets it pass.
class Time : public QObject {
public:
    explicit Time(std::shared_ptr<sandbox::ManualClock> clock);

    void pass(std::chrono::milliseconds time) { m_clock->advance(time); }
    [[nodiscard]] captures::Moment now() const; ///< on the operator's computer

    std::chrono::milliseconds wrong{0}; ///< what the computer's clock is ahead

private:
    std::shared_ptr<sandbox::ManualClock> m_clock;
    QTimer m_tick;
};

/// \brief An operator's program, with a wire that misbehaves between it and the account, and what she saw.
///
/// The account has had the same captures on the same devices before, started by a colleague and ended a
/// moment ago: only what it had before a request tells them apart.
class Helpdesk : public QObject {
    Q_OBJECT

public:
    /// \param certificate of the wire; empty: plain http
    /// It waits for an answer until the wire has fallen silent, and no longer.
    explicit Helpdesk(const sandbox::Options& options = Account::usual(), const QString& certificate = {});
    ~Helpdesk() override;

    Account account;
    Proxy proxy;
    Time time;

    /// How long before what failed is tried again by itself; from the next `open` on.
    void setAgain(std::chrono::milliseconds again) { m_again = again; }
    /// The program starts, or starts again.
    void open(const std::optional<QUrl>& address = {});
    void close();
    [[nodiscard]] captures::Desk& desk() { return *m_desk; }

    [[nodiscard]] bool load(); ///< devices, quota, commands
    /// Both captures on a Mac and a Linux machine: one request with four commands.
    void run();
    /// A packet capture on so many devices.
    void runOn(int devices);
    [[nodiscard]] bool settles(); ///< until each capture is on its device, or has ended
    [[nodiscard]] bool looks(int times);
    /// Once, when the captures are held: what the test does then.
    void whenHeld(const std::function<void()>& then) { m_whenHeld = then; }

    /// What the operator saw of each capture, the same for all of them: `state` or `state: problem`.
    [[nodiscard]] QStringList course() const;
    [[nodiscard]] const QList<QStringList>& courses() const { return m_courses; }
    [[nodiscard]] const QStringList& told() const { return m_told; } ///< failures, each once
    [[nodiscard]] bool isHealed(connections::Act act) const { return m_healed.contains(act); }

    /// The account's commands that neither a colleague nor the past has started, as `device type`.
    [[nodiscard]] QStringList started() const;
    /// What it would be for the captures: each once.
    [[nodiscard]] QStringList wanted() const;
    /// Whether each capture has the very command that was started for it.
    [[nodiscard]] bool isEachItsOwn() const;
    /// A colleague's, from now on.
    void startElsewhere(int times);
    void startTheSame();
    [[nodiscard]] bool isOthers(const QString& id) const { return m_others.contains(id); }

private:
    Helpdesk(const sandbox::Options& options, const QString& certificate,
             const std::shared_ptr<sandbox::ManualClock>& clock);
    void note(int index);
    [[nodiscard]] QJsonArray mine() const;

    std::chrono::milliseconds m_again{std::chrono::hours(1)}; ///< most tests count requests
    QTemporaryDir m_folder;
    QNetworkAccessManager m_network;
    std::unique_ptr<captures::Journal> m_journal;
    std::unique_ptr<captures::Desk> m_desk;
    QJsonArray m_machines;  ///< that captures are made on, as the account lists them
    QSet<QString> m_others; ///< IDs
    QSet<QString> m_ended;  ///< IDs
    QList<QStringList> m_courses;
    QStringList m_told;
    QSet<connections::Act> m_healed;
    std::function<void()> m_whenHeld;
};

} // namespace faults
