// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include <QJsonArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QTemporaryDir>

#include "captures/desk.h"
#include "sandbox/server.h"

namespace runs {

using captures::Capture;
using captures::State;

/// \brief The service, also queried by a separate client with another key.
class Service {
public:
    /// Uses the clock of the options; without one, a clock that is stopped at noon.
    explicit Service(const sandbox::Options& options);
    /// Uses the system's clock.
    [[nodiscard]] static std::unique_ptr<Service> live(const sandbox::Options& options);

    /// Null: the system's clock is used.
    [[nodiscard]] const std::shared_ptr<sandbox::ManualClock>& clock() const { return m_clock; }

    [[nodiscard]] connections::Connection connection() const;

    [[nodiscard]] QJsonObject stats(); ///< the server's own counts
    [[nodiscard]] qint64 posts() { return stats()[u"posts"].toInteger(); }
    [[nodiscard]] qint64 created() { return stats()[u"created"].toInteger(); }
    [[nodiscard]] bool mayDelay() const { return m_mayDelay; }          ///< replies to executed requests
    [[nodiscard]] int delayed() { return stats()[u"delayed"].toInt(); } ///< replies waiting for the clock
    [[nodiscard]] QList<QJsonObject> commands(); ///< as the service lists them, the oldest first
    /// Starts a command as another user.  \returns its ID
    QString start(const devices::Device& device, captures::Type type);

private:
    Service(const sandbox::Options& options, std::shared_ptr<sandbox::ManualClock> clock);
    [[nodiscard]] QJsonObject call(const QString& path, const QByteArray& body = {});

    std::shared_ptr<sandbox::ManualClock> m_clock;
    bool m_mayDelay;
    sandbox::Server m_server;
    QNetworkAccessManager m_network;
};

/// \brief A `Desk` at work, with a journal that outlives it.
///
/// It shares one clock with the service, which is stopped until the test advances it: a command on a device
/// stays there, and the engine polls only when it is told to.
class Stage {
public:
    explicit Stage(Service& service);
    ~Stage();

    void open();                 ///< like a start of the program
    void open(Service& service); ///< on the same account after changes
    void quit();                 ///< like an exit of the program
    [[nodiscard]] captures::Desk& desk() { return *m_desk; }

    void pass(std::chrono::milliseconds time) { m_service->clock()->advance(time); }
    /// Sets how far the computer's clock is ahead of the service's.  The steady time does not change.
    void setWrong(std::chrono::milliseconds ahead) { m_wrong = ahead; }
    [[nodiscard]] captures::Moment now() const;
    [[nodiscard]] bool looks(); ///< polls the commands; true when done, even after a failure
    /// Repeatedly advances the time and polls, until the condition holds.  Returns false after a day.
    [[nodiscard]] bool passUntil(const std::function<bool()>& met,
                                 std::chrono::milliseconds step = std::chrono::seconds(10));

    [[nodiscard]] bool load(); ///< the account's devices, quota and commands
    /// Some devices that can run a capture.
    [[nodiscard]] QList<devices::Device> some(qsizetype count,
                                              const std::function<bool(const devices::Device&)>& which = {});
    /// Some connected devices with one user each: a capture there ends soon.
    [[nodiscard]] QList<devices::Device>
    connected(qsizetype count, const std::function<bool(const devices::Device&)>& which = {});
    void tick(const QList<devices::Device>& devices);
    /// Plans for devices as a list names them, like `Desk::plan` for ticked ones.
    [[nodiscard]] captures::Plan plan(const QList<devices::Device>& devices, const captures::Options& options,
                                      const captures::Choices& choices = {});
    /// \returns the run's number; 0 when it was not recorded
    [[nodiscard]] qint64 run(const captures::Plan& plan, const captures::Desk::Reason& reason = {});

    [[nodiscard]] int count(const std::function<bool(const Capture&)>& which) const;
    [[nodiscard]] int count(State state) const;
    [[nodiscard]] bool allFinal() const;
    [[nodiscard]] const QList<Capture>& captures() const { return m_desk->captures(); }
    [[nodiscard]] QList<Capture> of(qint64 run) const;
    [[nodiscard]] captures::Record record(); ///< the content of the journal.  \pre `quit` was called

private:
    Service* m_service;
    QTemporaryDir m_folder;
    captures::Pace m_pace;
    std::chrono::milliseconds m_wrong{0};
    std::unique_ptr<captures::Journal> m_journal;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<captures::Desk> m_desk;
};

/// Returns what is wrong, or an empty string.  Each sent capture must be a command of its own, and the server
/// must have created no commands beyond those and `others` by other users.
[[nodiscard]] QString eachOnce(const QList<Capture>& captures, Service& service, qint64 others = 0);
/// Returns what is wrong, or an empty string.  A Windows device must never have two commands at once.
[[nodiscard]] QString oneAtATime(const QList<Capture>& captures, Service& service);

/// A large quota and no rate limit: while the time is stopped everything happens within the same second.
[[nodiscard]] sandbox::Options account(int devices);

inline const captures::Options both{.pcap = api::PcapArgs{.timeLimitMin = 1},
                                    .diag = api::DiagArgs{.testAllRoutes = false}};
inline const captures::Options packets{.pcap = both.pcap, .diag = {}};
inline const captures::Options diagnostics{.pcap = {}, .diag = both.diag};

} // namespace runs
