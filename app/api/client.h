// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <expected>
#include <functional>
#include <memory>

#include <QDateTime>
#include <QObject>
#include <QSslConfiguration>

#include "api/endpoint.h"
#include "api/error.h"
#include "api/requests.h"

class QIODevice;
class QNetworkAccessManager;

namespace api {

class Pacer;

/// \brief A request on its way.  Emits `finished` exactly once, from the event loop, then deletes itself.
/// A call that is destroyed earlier (its parent goes) emits nothing more.
class Call : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    /// Ends it with `Cancelled`; a POST that has left may have had its effect all the same.
    virtual void cancel() = 0;

Q_SIGNALS:
    void finished();
};

/// \brief A call with its typed answer, valid from `finished` on.
template<class T>
class Reply : public Call {
public:
    using Call::Call;
    [[nodiscard]] const std::expected<T, Error>& result() const { return m_result; }

protected:
    void finish(std::expected<T, Error> result)
    {
        m_result = std::move(result);
        deleteLater(); // first: who is told may delete it at once
        Q_EMIT finished();
    }

private:
    std::expected<T, Error> m_result = std::unexpected(Error(Cancelled{}));
};

/// \brief The download of one artifact; bytes go to the device as they come.
class Download : public Call {
    Q_OBJECT

public:
    using Call::Call;
    [[nodiscard]] virtual const std::expected<qint64, Error>& result() const = 0; ///< bytes written

Q_SIGNALS:
    void progress(qint64 received, qint64 total); ///< total is -1 when unknown
};

/// \brief What POST bodies the service takes, found out once for a connection.
struct Formats {
    FormatChoice choice = FormatChoice::Automatic;
    std::optional<Format> known;      ///< what worked, with Automatic
    std::optional<Format> remembered; ///< what worked the last time: tried first, for it may have changed

    /// The format that the next POST goes out in.
    [[nodiscard]] Format next() const;
};

/// \brief What a key may do.
enum class Access { ReadOnly, ReadWrite };

struct Deadlines {
    std::chrono::milliseconds request{30'000};       ///< a whole request with its reply
    std::chrono::milliseconds downloadStall{60'000}; ///< without one byte
    /// Asked when such a time is over, with what was asked for: where it says no, the time begins anew.
    /// Empty: it is over.  For tests, whose server knows when it has fallen silent.
    std::function<bool(const QUrl&)> mayEnd = {};
};

/// \brief How a GET that failed in a way that heals is repeated.
struct Retries {
    int attempts = 3;                     ///< in all
    std::chrono::milliseconds first{500}; ///< doubled each time
    std::chrono::milliseconds ceiling{8'000};
    std::function<double()> random =
        {}; ///< [0, 1): jitter, half to all of the wait; Qt's where there is none
};

/// \brief The service, for one connection: sends typed requests, classifies every way in which they can end.
///
/// Credentials go to the endpoint's own origin only; no redirect is followed with them.  A GET that fails in
/// a way that heals (lost, 429, 5xx) is repeated with back-off; a POST never is.
class Client : public QObject {
    Q_OBJECT

public:
    /// The endpoint's route is laid in the manager, whatever was set there before.
    /// \param network outlives the client and is used by no other connection
    /// \param pacer shared by the clients of one base URL and credential; one of its own where there is none
    Client(Endpoint endpoint, FormatChoice choice, QNetworkAccessManager* network, QObject* parent = nullptr,
           std::shared_ptr<Pacer> pacer = nullptr);
    ~Client() override;

    [[nodiscard]] const Endpoint& endpoint() const;
    [[nodiscard]] const Formats& formats() const;
    /// What the service's clock showed when it sent the last reply; nothing where that did not say so.
    [[nodiscard]] std::optional<QDateTime> serviceTime() const;
    /// With Automatic the first POST goes out in this format, and in the other one where it is refused.
    void setRemembered(std::optional<Format> format);
    void setDeadlines(Deadlines deadlines);
    void setRetries(Retries retries);
    void setTls(const QSslConfiguration& tls); ///< instead of what the route says; for tests

    [[nodiscard]] Reply<ListDevices::Value>* send(const ListDevices& request);
    [[nodiscard]] Reply<ListCommands::Value>* send(const ListCommands& request);
    [[nodiscard]] Reply<Quota>* send(const GetQuota& request);
    [[nodiscard]] Reply<TokenState>* send(const VerifyToken& request);

    /// Whether the key may create commands.  Creates nothing.
    [[nodiscard]] Reply<Access>* probe();

    /// Creates commands: one POST; with Automatic and before the format is known, one more in the other
    /// format where the first was refused with a decoded 400 or 422.  Until the format is known further
    /// creates wait for the first.  The reply may name fewer commands than were asked for, or others: what it
    /// does not name may have been created all the same.
    /// \pre 1 to 20 orders on at most 10 devices
    [[nodiscard]] Reply<CreateCommands::Value>* create(const QList<CommandOrder>& orders);

    /// Streams to `target`, which must be open for writing and outlive the call.
    [[nodiscard]] Download* download(const DownloadArtifact& request, QIODevice* target);

Q_SIGNALS:
    /// The service, or the pacer, makes requests wait.  Zero: they flow again.
    void slowed(std::chrono::seconds forHowLong);
    /// With Automatic: a POST was taken in this format.  Once.
    void formatFound(api::Format format);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace api
