// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "connections/test.h"

#include <QLoggingCategory>

#include "api/trace.h"

namespace connections {

namespace {

Q_LOGGING_CATEGORY(testLog, "capturedesk.connections", QtInfoMsg)

} // namespace

Test::Test(const Connection& connection, QNetworkAccessManager* network, QObject* parent)
    : QObject(parent)
    , m_connection(connection)
    , m_client(connection.endpoint, connection.format, network)
{
    const auto told = [this] { return describe(m_connection); };
    connect(this, &Test::passed, this, [told] { qCInfo(testLog).noquote() << "passed:" << told(); });
    connect(this, &Test::failed, this, [told](const api::Error& error) {
        qCWarning(testLog).noquote() << "failed:" << told() << api::brief(error);
    });
}

void Test::start()
{
    const auto* bearer = std::get_if<api::BearerToken>(&m_connection.endpoint.credentials);
    if (!bearer) {
        readQuota(); // the service has no endpoint that verifies a global key
        return;
    }
    auto* reply = m_client.send(api::VerifyToken::forToken(bearer->token));
    connect(reply, &api::Call::finished, this, [this, reply] {
        if (!reply->result()) {
            Q_EMIT failed(reply->result().error());
            return;
        }
        const auto& state = *reply->result();
        if (state.status && *state.status != QLatin1StringView("active")) {
            const api::Notice notice{.code = 1000,
                                     .message = tr("The token is %1.").arg(*state.status),
                                     .documentationUrl = {},
                                     .pointer = {}};
            Q_EMIT failed(api::ServiceError{.status = 200, .errors = {notice}, .retryAfter = {}});
            return;
        }
        readQuota();
    });
}

void Test::readQuota()
{
    auto* reply = m_client.send(api::GetQuota{});
    connect(reply, &api::Call::finished, this, [this, reply] {
        if (reply->result())
            probe(*reply->result());
        else
            Q_EMIT failed(reply->result().error());
    });
}

void Test::probe(const api::Quota& quota)
{
    auto* reply = m_client.probe();
    connect(reply, &api::Call::finished, this, [this, reply, quota] {
        Verdict verdict{.quota = quota, .access = {}};
        if (reply->result())
            verdict.access = *reply->result();
        Q_EMIT passed(verdict);
    });
}

} // namespace connections
