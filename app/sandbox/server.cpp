// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/server.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "sandbox/account.h"
#include "sandbox/archive.h"
#include "sandbox/gzip.h"
#include "sandbox/limits.h"
#include "sandbox/listener.h"
#include "sandbox/ranges.h"
#include "sandbox/routes.h"
#include "sandbox/stats.h"

namespace sandbox {

class Server::Private {
public:
    explicit Private(const Options& of)
        : options(of)
        , clock(clockOf(of))
        , account(of, clock().utc)
        , limits(of.rateLimit)
        , routes(options, account, clock)
    {
        http.new_task_queue = [] { return new httplib::ThreadPool(64); };
        http.set_payload_max_length(1 << 20);
        const auto handle = [this](const httplib::Request& request, httplib::Response& response) {
            answer(request, response);
        };
        const std::string any = ".*";
        http.Get(any, handle).Post(any, handle).Put(any, handle);
        http.Delete(any, handle).Patch(any, handle).Options(any, handle);
        // For errors that the library detects before it calls the handler: a malformed request, a body that
        // is too long.
        http.set_error_handler([](const httplib::Request&, httplib::Response& response) {
            if (response.body.empty())
                send(response, failure(response.status, badParameter, QStringLiteral("Malformed request")));
        });
    }

    void answer(const httplib::Request& request, httplib::Response& response)
    {
        const auto in = incoming(request);
        if (in.path.endsWith(QLatin1StringView("sandbox/stats"))) {
            const std::lock_guard lock(mutex);
            response.set_content(
                stats.toJson(limits, {.connections = http.connections(), .delayed = delayed}).toStdString(),
                "application/json");
            return;
        }
        if (in.path.endsWith(QLatin1StringView("sandbox/clock"))) {
            send(response, moveClock(in));
            return;
        }
        if (!delay(in))
            return;
        std::unique_lock lock(mutex);
        response.set_header("Date", httpDate(clock().utc).toStdString());
        stats.count(in.method, in.path);
        if (!mayPass(keyOf(request), response))
            return;
        if (in.method == "GET" && has("server-error") && stats.gets % 3 == 0) {
            response.status = 503;
            response.set_content("<html><body><h1>503 Service Unavailable</h1></body></html>", "text/html");
            return;
        }
        if (in.method == "GET" && has("trouble")) {
            send(response, failure(500, 10001, QStringLiteral("internal error")));
            return;
        }
        if (in.method == "POST" && has("lose-request") && isUnlucky(stats.posts)) {
            http.drop(request.remote_port);
            return;
        }
        if (const auto artifact = routes.download(in)) {
            lock.unlock();
            serve(request, response, *artifact);
            return;
        }
        const auto before = account.commands().size();
        const auto reply = routes.handle(in);
        const auto created = account.commands().size() - before;
        stats.created += qint64(created);
        if (created > 0 && has("lose-reply") && isUnlucky(stats.created))
            http.drop(request.remote_port);
        send(response, reply);
        lock.unlock();
        if (created > 0 && has("slow-reply"))
            std::ignore = pause(std::chrono::milliseconds(500));
    }

    /// Waits for the configured latency; false if the server ends first.
    bool delay(const Incoming& in)
    {
        using std::chrono::milliseconds;
        auto time = milliseconds(options.latencyMs);
        if (in.query.value(QStringLiteral("page")) == QLatin1StringView("2") && has("slow-page"))
            time += milliseconds(2000);
        return pause(time);
    }

    /// Waits by the account's clock; false if the server ends first.
    bool pause(std::chrono::milliseconds time)
    {
        if (time.count() == 0)
            return true;
        if (!options.clock)
            return http.wait(time);
        const auto until = clock().steady + time;
        ++delayed;
        bool isListening = true;
        while (isListening && clock().steady < until)
            isListening = http.wait(std::chrono::milliseconds(2));
        --delayed;
        return isListening;
    }

    /// Returns the account's time; a POST first advances a manual clock.
    Reply moveClock(const Incoming& in)
    {
        constexpr double longest = 1e9; // seconds: the limit of the calendar
        if (in.method == "POST") {
            bool ok = false;
            const auto seconds = in.query.value(QStringLiteral("advance_s")).toDouble(&ok);
            if (!options.clock)
                return failure(409, badParameter, QStringLiteral("the clock is the system's"));
            if (!ok || !(seconds >= 0 && seconds <= longest))
                return failure(400, badParameter, QStringLiteral("advance_s takes 0 to 1e9 seconds"),
                               QStringLiteral("/advance_s"));
            options.clock->advance(std::chrono::milliseconds(qint64(seconds * 1000)));
        }
        return success(QJsonObject{{QStringLiteral("now"), clock().utc.toString(Qt::ISODateWithMs)}});
    }

    /// Counts the request against the rate limits, reports the remaining count, and rejects the request if
    /// none remains.
    bool mayPass(const std::string& key, httplib::Response& response)
    {
        const auto verdict = limits.request(key, clock().steady);
        if (options.rateLimit > 0) {
            response.set_header("Ratelimit", "\"default\";r=" + std::to_string(verdict.remaining) +
                                                 ";t=" + std::to_string(verdict.resetSeconds));
            response.set_header("Ratelimit-Policy",
                                "\"default\";q=" + std::to_string(options.rateLimit) + ";w=300");
        }
        if (verdict.allowed)
            return true;
        response.set_header("Retry-After", std::to_string(verdict.retryAfterSeconds));
        send(response,
             failure(429, 971, QStringLiteral("Please wait and consider throttling your request speed")));
        return false;
    }

    static Incoming incoming(const httplib::Request& request)
    {
        // The library handles a HEAD as a GET and drops the body.
        Incoming in{.method = request.method == "HEAD" ? QByteArray("GET")
                                                       : QByteArray::fromStdString(request.method),
                    .path = QString::fromStdString(request.path),
                    .query = {},
                    .headers = {},
                    .body = QByteArray::fromStdString(request.body)};
        for (const auto& [name, value] : request.params)
            in.query.insert(QString::fromStdString(name), QString::fromStdString(value));
        for (const auto* name : {"Authorization", "X-Auth-Email", "X-Auth-Key", "Content-Type"}) {
            if (request.has_header(name))
                in.headers.insert(QByteArray(name),
                                  QByteArray::fromStdString(request.get_header_value(name)));
        }
        return in;
    }

    static std::string keyOf(const httplib::Request& request)
    {
        return request.get_header_value("Authorization") + request.get_header_value("X-Auth-Key");
    }

    static void send(httplib::Response& response, const Reply& reply)
    {
        response.status = reply.status;
        // With the parameter, the library does not compress the body, which would take 40 ms for each page.
        response.set_content(reply.body.toStdString(), "application/json; charset=utf-8");
    }

    void serve(const httplib::Request& request, httplib::Response& response, const Artifact& artifact)
    {
        const auto header = [&request](const char* name) {
            return QByteArray::fromStdString(request.get_header_value(name));
        };
        response.set_header("Accept-Ranges", "bytes");
        response.set_header("ETag", artifact.etag.toStdString());
        response.set_header("Last-Modified", artifact.modified.toStdString());
        if (request.has_header("If-None-Match") && listsTag(header("If-None-Match"), artifact.etag)) {
            response.status = 304;
            return;
        }
        const auto bytes = archives.of(artifact.command, artifact.device);
        const auto condition = header("If-Range");
        const bool same = condition.isEmpty() || condition == artifact.etag || condition == artifact.modified;
        const auto slice = sliceOf(same ? header("Range") : QByteArray(), bytes.size());
        const auto size = std::to_string(bytes.size());
        if (!slice) {
            response.set_header("Content-Range", "bytes */" + size);
            send(response, failure(416, badParameter, QStringLiteral("The file ends before that range")));
            return;
        }
        if (has("page-files")) {
            response.set_content("<!DOCTYPE html><html><body>Sign in to the network</body></html>",
                                 "application/zip");
            return;
        }
        if (has("gzip-files")) {
            const auto coded = gzip(bytes);
            response.set_header("Content-Encoding", "gzip");
            response.set_content(coded.constData(), size_t(coded.size()), "application/zip");
            return;
        }
        constexpr qsizetype mostOfAPart = 4'000;
        auto part = slice->value_or(Slice{.from = 0, .size = bytes.size()});
        if (has("part-files"))
            part.size = std::min(part.size, mostOfAPart);
        const bool isPart = *slice || part.size < bytes.size();
        response.status = isPart ? 206 : 200;
        if (isPart)
            response.set_header("Content-Range", "bytes " + std::to_string(part.from) + '-' +
                                                     std::to_string(part.from + part.size - 1) + '/' + size);
        response.set_header("Content-Disposition",
                            "attachment; filename=\"" + artifact.name.toStdString() + '"');
        response.set_content(bytes.constData() + part.from, size_t(part.size), "application/zip");
    }

    [[nodiscard]] bool has(const char* fault) const
    {
        return options.faults.contains(QLatin1StringView(fault));
    }

    /// True for three of ten numbers.
    [[nodiscard]] bool isUnlucky(qint64 number) const { return mix(options.seed, quint64(number)) % 10 < 3; }

    const Options options;
    const Clock clock;
    std::mutex mutex; ///< guards the account, the limits and the counts
    Account account;
    Limits limits;
    Stats stats;
    std::atomic<int> delayed = 0; ///< requests that wait for the account's clock
    Routes routes;
    Archives archives;
    Listener http;
    std::thread thread;
    int port = 0;
};

Server::Server(const Options& options)
    : d(std::make_unique<Private>(options))
{
}

Server::~Server()
{
    stop();
}

std::expected<void, QString> Server::start()
{
    const std::string host = "127.0.0.1";
    if (const auto fault = unknownFault(d->options.faults))
        return std::unexpected(QStringLiteral("There is no fault “%1”.").arg(*fault));
    if (!d->account.trouble().isEmpty())
        return std::unexpected(d->account.trouble());
    if (d->options.port == 0)
        d->port = d->http.bind_to_any_port(host);
    else
        d->port = d->http.bind_to_port(host, d->options.port) ? d->options.port : -1;
    if (d->port <= 0)
        return std::unexpected(QStringLiteral("Port %1 of this computer is taken.").arg(d->options.port));
    d->thread = std::thread([this] { d->http.listen_after_bind(); });
    // Before the listener runs, a stop() would have no effect.
    while (!d->http.is_running())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return {};
}

void Server::stop()
{
    if (!d->thread.joinable())
        return;
    d->http.end();
    d->thread.join();
    const std::lock_guard lock(d->mutex);
    d->account.save();
}

QString Server::baseUrl() const
{
    return QStringLiteral("http://127.0.0.1:%1/client/v4").arg(d->port);
}

QString Server::accountId() const
{
    return d->account.identity().account;
}

QString Server::token() const
{
    return d->account.identity().token;
}

QString Server::readOnlyToken() const
{
    return d->account.identity().readOnlyToken;
}

QString Server::accountToken() const
{
    return d->account.identity().accountToken;
}

QString Server::authEmail() const
{
    return Account::email();
}

QString Server::authKey() const
{
    return d->account.identity().key;
}

} // namespace sandbox
