// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QBuffer>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

#include "api/client.h"
#include "server.h"
#include "support/eventually.h"

namespace network {

/// The kinds of requests.
enum class Ask { Verify, Left, Devices, Commands, Create, Artifact };

inline const QList<std::pair<const char*, Ask>> asks{
    {"verify", Ask::Verify},     {"quota", Ask::Left},    {"devices", Ask::Devices},
    {"commands", Ask::Commands}, {"create", Ask::Create}, {"download", Ask::Artifact},
};

inline const QList<std::pair<const char*, faults::Server::Kind>> kinds{
    {"plain", faults::Server::Kind::Http},
    {"TLS", faults::Server::Kind::Https},
    {"HTTP/2", faults::Server::Kind::Http2}};

constexpr auto token = "t0ken-of-ana";

inline const char* nameOf(Ask ask)
{
    for (const auto& [name, one] : asks) {
        if (one == ask)
            return name;
    }
    return "";
}

/// A reply that counts as success for the request.
inline faults::Act anyAnswer(Ask ask)
{
    switch (ask) {
    case Ask::Verify: return faults::json(R"({"success": true, "result": {"status": "active"}})");
    case Ask::Left:
        return faults::json(
            R"({"success": true, "result": {"quota": 9, "quota_usage": 1, "reset_time": "2026-08-02T00:00:00Z"}})");
    case Ask::Devices: return faults::json(R"({"success": true, "result": {"devices": []}})");
    case Ask::Commands: return faults::json(R"({"success": true, "result": {"commands": []}})");
    case Ask::Create: return faults::json(R"({"success": true, "result": {"commands": [{"id": "c1"}]}})");
    case Ask::Artifact: break;
    }
    return {.body = "PK\x03\x04...", .headers = {{"Content-Type", "application/zip"}}};
}

/// \brief A client of its own for an account.
class Talk {
public:
    Talk(const QUrl& url, const api::Route& route,
         const api::Credentials& credentials = api::BearerToken{QLatin1String(token)})
        : m_client({.baseUrl = url,
                    .accountId = QStringLiteral("acc"),
                    .credentials = credentials,
                    .route = route},
                   api::FormatChoice::Documented, &m_network)
    {
        m_client.setRetries(
            {.attempts = 2, .first = std::chrono::milliseconds(1), .ceiling = std::chrono::milliseconds(2)});
    }

    [[nodiscard]] api::Client& client() { return m_client; }

    /// Sends a request and waits for its end.
    [[nodiscard]] std::optional<api::Error> ask(Ask what, const QString& file = QStringLiteral("f.zip"))
    {
        using namespace api;
        switch (what) {
        case Ask::Verify: return errorOf(m_client.send(VerifyToken{}));
        case Ask::Left: return errorOf(m_client.send(GetQuota{}));
        case Ask::Devices: return errorOf(m_client.send(ListDevices{}));
        case Ask::Commands: return errorOf(m_client.send(ListCommands{}));
        case Ask::Create:
            return errorOf(m_client.create({{.deviceId = QStringLiteral("d1"),
                                             .userEmail = QStringLiteral("ana@example.com"),
                                             .args = PcapArgs{}}}));
        case Ask::Artifact: break;
        }
        QBuffer target;
        target.open(QIODevice::WriteOnly);
        return errorOf(m_client.download({.commandId = QStringLiteral("c1"), .filename = file}, &target));
    }

private:
    template<class Call>
    static std::optional<api::Error> errorOf(Call* call)
    {
        QSignalSpy finished(call, &api::Call::finished);
        if (!support::nextSignal(finished) && !QTest::currentTestFailed()) // after a failure nothing waits
            qFatal("no end");
        if (finished.isEmpty())
            return std::nullopt;
        return call->result() ? std::nullopt : std::optional(call->result().error());
    }

    QNetworkAccessManager m_network;
    api::Client m_client;
};

inline QString said(const std::optional<api::Error>& error)
{
    return error ? api::describe(*error) : QStringLiteral("success");
}

} // namespace network
