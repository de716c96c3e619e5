// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/connect/accounts.h"

#include <algorithm>

namespace ui {

using connections::Connection;

Accounts::Accounts(std::function<Opened()> sandbox, std::optional<Connection> environment, QObject* parent)
    : QObject(parent)
    , m_sandbox(std::move(sandbox))
    , m_environment(std::move(environment))
{
}

bool Accounts::hasName(const QString& name) const
{
    const auto same = [&name](const QString& other) { return other.compare(name, Qt::CaseInsensitive) == 0; };
    return same(sandboxName) || same(environmentName) ||
           std::ranges::any_of(m_typed, [&same](const Connection& typed) { return same(typed.name); });
}

void Accounts::add(const Connection& typed)
{
    const auto same = std::ranges::find(m_typed, typed.name, &Connection::name);
    if (same != m_typed.end())
        *same = typed;
    else
        m_typed << typed;
    Q_EMIT changed();
}

} // namespace ui
