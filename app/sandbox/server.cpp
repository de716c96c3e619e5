// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/server.h"

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <httplib.h>

#include "sandbox/account.h"
#include "sandbox/archive.h"
#include "sandbox/limits.h"
#include "sandbox/routes.h"

namespace sandbox {

class Server::Private {
public:
    explicit Private(const Options& of)
        : options(of)
        , account(of)
        , limits(of.rateLimit)
        , routes(options, account)
    {
        http.new_task_queue = [] { return new httplib::ThreadPool(64); };
        http.set_tcp_nodelay(true);
        http.set_keep_alive_max_count(1'000'000);
        http.set_keep_alive_timeout(20);
        http.set_payload_max_length(1 << 20);
        const auto handle = [this](const httplib::Request& request, httplib::Response& response) {
            answer(request, response);
        };
        http.Get(".*", handle).Post(".*", handle).Put(".*", handle).Delete(".*", handle).Patch(".*", handle);
    }

    void answer(const httplib::Request& request, httplib::Response& response)
    {
        if (options.latencyMs > 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(options.latencyMs));
        const std::lock_guard lock(mutex);
        if (request.path == "/client/v4/sandbox/stats") {
            response.set_content(stats().toStdString(), "application/json");
            return;
        }
        const bool post = request.method == "POST";
        ++(post ? posts : gets);
        const auto verdict = limits.request(keyOf(request), std::chrono::steady_clock::now());
        if (options.rateLimit > 0) {
            response.set_header("Ratelimit", "\"default\";r=" + std::to_string(verdict.remaining) +
                                                 ";t=" + std::to_string(verdict.resetSeconds));
            response.set_header("Ratelimit-Policy",
                                "\"default\";q=" + std::to_string(options.rateLimit) + ";w=300");
        }
        if (!verdict.allowed) {
            response.set_header("Retry-After", std::to_string(verdict.retryAfterSeconds));
            send(response,
                 failure(429, 971, QStringLiteral("Please wait and consider throttling your request speed")));
            return;
        }
        if (!post && has("server-error") && gets % 3 == 0) {
            response.status = 503;
            response.set_content("<html><body><h1>503 Service Unavailable</h1></body></html>", "text/html");
            return;
        }
        if (const auto file = routes.download(incoming(request))) {
            serve(response, *file);
            return;
        }
        const auto before = account.commands().size();
        const auto reply = routes.handle(incoming(request));
        created += account.commands().size() - before;
        if (post && reply.status == 200 && has("lose-reply") && mix(options.seed, created) % 10 < 3) {
            // Headers, then nothing: the client knows that something happened, and not what.
            response.set_content_provider(size_t(reply.body.size()), "application/json",
                                          [](size_t, size_t, httplib::DataSink&) { return false; });
            return;
        }
        send(response, reply);
    }

    static Incoming incoming(const httplib::Request& request)
    {
        Incoming in{.method = QByteArray::fromStdString(request.method),
                    .path = QString::fromStdString(request.path),
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
        response.set_content(reply.body.toStdString(), "application/json");
    }

    static void serve(httplib::Response& response, const File& file)
    {
        response.set_header("Accept-Ranges", "bytes");
        response.set_header("Content-Disposition", "attachment; filename=\"" + file.name.toStdString() + '"');
        response.set_header("ETag", '"' + file.etag.toStdString() + '"');
        response.set_header("Last-Modified", file.modified.toStdString());
        response.set_content(file.bytes.toStdString(), "application/zip");
    }

    [[nodiscard]] bool has(const char* fault) const
    {
        return options.faults.contains(QLatin1StringView(fault));
    }

    [[nodiscard]] QByteArray stats() const
    {
        return QJsonDocument(QJsonObject{{QStringLiteral("gets"), qint64(gets)},
                                         {QStringLiteral("posts"), qint64(posts)},
                                         {QStringLiteral("created"), qint64(created)},
                                         {QStringLiteral("busiest_second"), qint64(limits.busiestSecond())},
                                         {QStringLiteral("refused_for_rate"), limits.refused()}})
            .toJson(QJsonDocument::Compact);
    }

    Options options;
    std::mutex mutex;
    Account account;
    Limits limits;
    Routes routes;
    httplib::Server http;
    std::thread thread;
    int port = 0;
    size_t gets = 0;
    size_t posts = 0;
    size_t created = 0;
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
    if (d->options.port == 0)
        d->port = d->http.bind_to_any_port(host);
    else
        d->port = d->http.bind_to_port(host, d->options.port) ? d->options.port : -1;
    if (d->port <= 0)
        return std::unexpected(QStringLiteral("Port %1 of this computer is taken.").arg(d->options.port));
    d->thread = std::thread([this] { d->http.listen_after_bind(); });
    return {};
}

void Server::stop()
{
    if (!d->thread.joinable())
        return;
    d->http.stop();
    d->thread.join();
}

QString Server::baseUrl() const
{
    return QStringLiteral("http://127.0.0.1:%1/client/v4").arg(d->port);
}

QString Server::accountId() const
{
    return d->account.id();
}

QString Server::token() const
{
    return d->account.token();
}

QString Server::readOnlyToken() const
{
    return d->account.readOnlyToken();
}

QString Server::accountToken() const
{
    return d->account.accountToken();
}

} // namespace sandbox
