// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include "api/client.h"
#include "api/exchange.h"

namespace api {

/// \brief Finds out whether a key may create commands, by asking for none: a list without orders can create
/// nothing, and who may not create is told so before it is read.
class AccessCall final : public Reply<Access> {
public:
    AccessCall(std::shared_ptr<Wire> wire, QObject* parent);

    void cancel() override { m_exchange.cancel(); }

private:
    std::shared_ptr<Wire> m_wire;
    Exchange m_exchange;
};

} // namespace api
