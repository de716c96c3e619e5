// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "api/client.h"
#include "api/exchange.h"

namespace api {

/// \brief Tests whether a key may create commands, by sending a POST with an empty list of commands.  The
/// request cannot create anything; the service rejects a key without the permission before it reads the
/// list.
class AccessCall final : public Reply<Access> {
public:
    AccessCall(std::shared_ptr<Wire> wire, QObject* parent);

    void cancel() override { m_exchange.cancel(); }

private:
    std::shared_ptr<Wire> m_wire;
    Exchange m_exchange;
};

} // namespace api
