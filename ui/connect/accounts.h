// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <functional>
#include <optional>

#include <QList>
#include <QObject>

#include "connections/connection.h"

namespace ui {

/// \brief The accounts that can be opened now: the sandbox, the Environment, and those typed in since the
/// start.
class Accounts final : public QObject {
    Q_OBJECT

public:
    using Kind = connections::Connection::Kind;
    using Opened = std::expected<connections::Connection, QString>; ///< the error is a sentence

    /// \param sandbox starts it where it does not run yet; null: there is none
    Accounts(std::function<Opened()> sandbox, std::optional<connections::Connection> environment,
             QObject* parent = nullptr);

    [[nodiscard]] bool hasSandbox() const { return bool(m_sandbox); }
    [[nodiscard]] Opened sandbox() const { return m_sandbox(); }
    [[nodiscard]] const std::optional<connections::Connection>& environment() const { return m_environment; }
    [[nodiscard]] const QList<connections::Connection>& typed() const { return m_typed; }
    [[nodiscard]] bool hasName(const QString& name) const; ///< case ignored

    void add(const connections::Connection& typed); ///< replaces one of the same name

Q_SIGNALS:
    void changed();

private:
    std::function<Opened()> m_sandbox;
    std::optional<connections::Connection> m_environment;
    QList<connections::Connection> m_typed;
};

/// The names that `--connection` and the settings know.
inline constexpr QLatin1StringView sandboxName{"Sandbox"};
inline constexpr QLatin1StringView environmentName{"Environment"};

} // namespace ui
