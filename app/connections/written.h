// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>

#include <QByteArray>
#include <QList>

#include "connections/connection.h"

namespace connections {

/// The connections as JSON, without a secret in it.
[[nodiscard]] QByteArray writtenConnections(const QList<Connection>& connections);
/// The error is a phrase.  One that is damaged makes the whole unreadable: it would be lost with the next
/// writing.
[[nodiscard]] std::expected<QList<Connection>, QString> readConnections(const QByteArray& text);

/// `documented`, `current`
[[nodiscard]] QString nameOf(api::Format format);
[[nodiscard]] std::optional<api::Format> formatFrom(const QString& name);

} // namespace connections
