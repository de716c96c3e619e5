// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>
#include <optional>

#include <QByteArray>
#include <QList>

#include "connections/connection.h"

namespace connections {

/// Serializes the connections to JSON, without secrets.
[[nodiscard]] QByteArray writtenConnections(const QList<Connection>& connections);
/// Parses the JSON.  The error is a phrase.  One damaged connection is an error for the whole text, because
/// skipping it would lose it at the next write.
[[nodiscard]] std::expected<QList<Connection>, QString> readConnections(const QByteArray& text);

/// `documented`, `current`
[[nodiscard]] QString nameOf(api::Format format);
[[nodiscard]] std::optional<api::Format> formatFrom(const QString& name);

} // namespace connections
