// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/access.h"

#include "api/classify.h"

namespace api {

namespace {

std::expected<Access, Error> accessFrom(const std::expected<QJsonObject, Error>& answer)
{
    if (answer)
        return Access::ReadWrite;
    const auto* refusal = std::get_if<ServiceError>(&answer.error());
    if (refusal && isNotAllowed(*refusal))
        return Access::ReadOnly;
    if (refusal && (refusal->status == 400 || refusal->status == 422))
        return Access::ReadWrite; // the service has checked the permission and rejects only the empty list
    return std::unexpected(answer.error());
}

} // namespace

AccessCall::AccessCall(std::shared_ptr<Wire> wire, QObject* parent)
    : Reply(parent)
    , m_wire(std::move(wire))
    , m_exchange(m_wire, m_wire->url(CreateCommands{}.path(m_wire->endpoint.accountId), {}),
                 QByteArrayLiteral(R"({"commands":[]})"))
{
    connect(&m_exchange, &Exchange::finished, this,
            [this] { finish(accessFrom(classify(m_exchange.ending(), m_wire->redactor))); });
}

} // namespace api
