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

/// \brief A running request.  Emits `finished` exactly once, from the event loop, then deletes itself.  A
/// call that is destroyed earlier (with its parent) emits nothing more.
class Call : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    /// Ends the call with `Cancelled`.  A POST that was already sent may still have taken effect.
    virtual void cancel() = 0;

Q_SIGNALS:
    void finished();
};

/// \brief A call with a typed result, valid from `finished` on.
template<class T>
class Reply : public Call {
public:
    using Call::Call;
    [[nodiscard]] const std::expected<T, Error>& result() const { return m_result; }

protected:
    void finish(std::expected<T, Error> result)
    {
        m_result = std::move(result);
        deleteLater(); // before the signal: a slot may delete the call at once
        Q_EMIT finished();
    }

private:
    std::expected<T, Error> m_result = std::unexpected(Error(Cancelled{}));
};

/// \brief The download of one artifact.  Writes the bytes to the device as they arrive.
class Download : public Call {
    Q_OBJECT

public:
    using Call::Call;
    [[nodiscard]] virtual const std::expected<qint64, Error>& result() const = 0; ///< bytes written

Q_SIGNALS:
    void progress(qint64 received, qint64 total); ///< in bytes; `total` is -1 if unknown
};

/// \brief Which POST format the service accepts, detected once for each connection.
struct Formats {
    FormatChoice choice = FormatChoice::Automatic;
    std::optional<Format> known;      ///< with Automatic: the format the service accepted
    std::optional<Format> remembered; ///< the format of an earlier session; it is tried first, because the
                                      ///< service may have changed

    /// The format of the next POST.
    [[nodiscard]] Format next() const;
};

/// \brief The permissions of a key.
enum class Access { ReadOnly, ReadWrite };

/// \brief The timeouts of a client.
struct Deadlines {
    std::chrono::milliseconds request{30'000};       ///< from sending a request to the end of its reply
    std::chrono::milliseconds downloadStall{60'000}; ///< without receiving a byte
    /// Called with the request's URL when a timeout expires.  If it returns false, the timeout starts again.
    /// Empty: the timeout is final.  For tests, whose server knows when it has stopped responding.
    std::function<bool(const QUrl&)> mayEnd = {};
};

/// \brief How a GET is retried after a transient error.
struct Retries {
    int attempts = 3;                     ///< including the first
    std::chrono::milliseconds first{500}; ///< delay before the first retry, doubled for each further one
    std::chrono::milliseconds ceiling{8'000};
    std::function<double()> random =
        {}; ///< [0, 1), for the jitter: the delay is half to all of its nominal value; empty: Qt's generator
};

/// \brief The client of the service, for one connection: sends typed requests and classifies every outcome.
///
/// Sends the credentials to the endpoint's own origin only and follows no redirect with them.  Retries a GET
/// with backoff after a transient error (connection lost, 429, 5xx); never repeats a POST.
class Client : public QObject {
    Q_OBJECT

public:
    /// Installs the endpoint's route (proxies) in `network`, replacing what was set there.
    /// \param network outlives the client and is used by no other connection
    /// \param pacer shared by the clients of one base URL and credential; if null, the client creates its
    /// own
    Client(Endpoint endpoint, FormatChoice choice, QNetworkAccessManager* network, QObject* parent = nullptr,
           std::shared_ptr<Pacer> pacer = nullptr);
    ~Client() override;

    [[nodiscard]] const Endpoint& endpoint() const;
    [[nodiscard]] const Formats& formats() const;
    /// The service's time from the last reply; nothing if the last request got no reply, or a reply without
    /// `Date`.
    [[nodiscard]] std::optional<QDateTime> serviceTime() const;
    /// With Automatic, the first POST uses this format; if it is refused, the other one is tried.
    void setRemembered(std::optional<Format> format);
    void setDeadlines(Deadlines deadlines);
    void setRetries(Retries retries);
    void setTls(const QSslConfiguration& tls); ///< overrides the route's TLS configuration; for tests

    [[nodiscard]] Reply<ListDevices::Value>* send(const ListDevices& request);
    [[nodiscard]] Reply<ListCommands::Value>* send(const ListCommands& request);
    [[nodiscard]] Reply<Quota>* send(const GetQuota& request);
    [[nodiscard]] Reply<TokenState>* send(const VerifyToken& request);

    /// Tests whether the key may create commands.  Creates none.
    [[nodiscard]] Reply<Access>* probe();

    /// Creates commands with one POST.  With Automatic and an unknown format, a second POST follows in the
    /// other format if the first was refused with a decoded 400 or 422.  While the format is unknown,
    /// further creates wait for the first.  The reply may list fewer commands than requested, or others: a
    /// command that it does not list may still have been created.
    /// \pre 1 to 20 orders on at most 10 devices
    [[nodiscard]] Reply<CreateCommands::Value>* create(const QList<CommandOrder>& orders);

    /// Streams the file to `target`, which must be open for writing and outlive the call.
    [[nodiscard]] Download* download(const DownloadArtifact& request, QIODevice* target);

Q_SIGNALS:
    /// The service or the pacer delays requests.  Zero: the delay is over.
    void slowed(std::chrono::seconds forHowLong);
    /// With Automatic: the service accepted a POST in this format.  Emitted once.
    void formatFound(api::Format format);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace api
