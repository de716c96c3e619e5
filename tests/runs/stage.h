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

/// \brief The service, asked by another way than the program's and with another key.
class Service {
public:
    /// By the clock of the options; where there is none, by one of its own that stands still at noon.
    explicit Service(const sandbox::Options& options);
    /// By the system's clock.
    [[nodiscard]] static std::unique_ptr<Service> live(const sandbox::Options& options);

    /// Null: the system's.
    [[nodiscard]] const std::shared_ptr<sandbox::ManualClock>& clock() const { return m_clock; }

    [[nodiscard]] connections::Connection connection() const;

    [[nodiscard]] QJsonObject stats(); ///< the server's own count
    [[nodiscard]] qint64 posts() { return stats()[u"posts"].toInteger(); }
    [[nodiscard]] qint64 created() { return stats()[u"created"].toInteger(); }
    [[nodiscard]] bool mayDelay() const { return m_mayDelay; }          ///< replies that it has taken in
    [[nodiscard]] int delayed() { return stats()[u"delayed"].toInt(); } ///< replies that wait for the clock
    [[nodiscard]] QList<QJsonObject> commands(); ///< as it lists them, the oldest first
    /// What somebody else starts.  \returns its ID
    QString start(const devices::Device& device, captures::Type type);

private:
    Service(const sandbox::Options& options, std::shared_ptr<sandbox::ManualClock> clock);
    [[nodiscard]] QJsonObject call(const QString& path, const QByteArray& body = {});

    std::shared_ptr<sandbox::ManualClock> m_clock;
    bool m_mayDelay;
    sandbox::Server m_server;
    QNetworkAccessManager m_network;
};

/// \brief A desk at work, with a journal that outlives it.
///
/// Its clock and the service's are one, and stand still until the test moves them: what is on a device stays
/// there, and the engine looks only when it is told.
class Stage {
public:
    explicit Stage(Service& service);
    ~Stage();

    void open();                 ///< as a start of the program does
    void open(Service& service); ///< on the same account, where things have changed meanwhile
    void quit();                 ///< as its end does
    [[nodiscard]] captures::Desk& desk() { return *m_desk; }

    void pass(std::chrono::milliseconds time) { m_service->clock()->advance(time); }
    /// What the computer's clock is ahead of the service's; setting it does not move the steady time.
    void setWrong(std::chrono::milliseconds ahead) { m_wrong = ahead; }
    [[nodiscard]] captures::Moment now() const;
    [[nodiscard]] bool looks(); ///< at the account's commands, whether that fails or not
    /// Moves the time on, and looks each time, until the condition holds; false after a day.
    [[nodiscard]] bool passUntil(const std::function<bool()>& met,
                                 std::chrono::milliseconds step = std::chrono::seconds(10));

    [[nodiscard]] bool load(); ///< the account's devices, quota and commands
    /// Some devices that can run a capture.
    [[nodiscard]] QList<devices::Device> some(qsizetype count,
                                              const std::function<bool(const devices::Device&)>& which = {});
    /// Some that are connected, each with one user: a capture there ends soon.
    [[nodiscard]] QList<devices::Device>
    connected(qsizetype count, const std::function<bool(const devices::Device&)>& which = {});
    void tick(const QList<devices::Device>& devices);
    /// For devices as a list names them: what `Desk::plan` does for ticked ones.
    [[nodiscard]] captures::Plan plan(const QList<devices::Device>& devices, const captures::Options& options,
                                      const captures::Choices& choices = {});
    /// \returns the run's number, 0 where it was not recorded
    [[nodiscard]] qint64 run(const captures::Plan& plan, const captures::Desk::Reason& reason = {});

    [[nodiscard]] int count(const std::function<bool(const Capture&)>& which) const;
    [[nodiscard]] int count(State state) const;
    [[nodiscard]] bool allFinal() const;
    [[nodiscard]] const QList<Capture>& captures() const { return m_desk->captures(); }
    [[nodiscard]] QList<Capture> of(qint64 run) const;
    [[nodiscard]] captures::Record record(); ///< what the journal has.  \pre `!isOpen()`

private:
    Service* m_service;
    QTemporaryDir m_folder;
    captures::Pace m_pace;
    std::chrono::milliseconds m_wrong{0};
    std::unique_ptr<captures::Journal> m_journal;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<captures::Desk> m_desk;
};

/// What went wrong, or nothing: every sent capture is a command of its own, and the server created no other
/// beside `others` of other people.
[[nodiscard]] QString eachOnce(const QList<Capture>& captures, Service& service, qint64 others = 0);
/// What went wrong, or nothing: two commands at once on one Windows device.
[[nodiscard]] QString oneAtATime(const QList<Capture>& captures, Service& service);

/// A large quota, and no rate limit: where the time stands still everything comes within the same second.
[[nodiscard]] sandbox::Options account(int devices);

inline const captures::Options both{.pcap = api::PcapArgs{.timeLimitMin = 1},
                                    .diag = api::DiagArgs{.testAllRoutes = false}};
inline const captures::Options packets{.pcap = both.pcap, .diag = {}};
inline const captures::Options diagnostics{.pcap = {}, .diag = both.diag};

} // namespace runs
