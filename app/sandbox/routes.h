// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>

#include <QByteArray>
#include <QHash>
#include <QMap>
#include <QString>

#include "sandbox/account.h"
#include "sandbox/clock.h"
#include "sandbox/options.h"
#include "sandbox/reply.h"

namespace sandbox {

/// \brief A request, independent of the HTTP library.
struct Incoming {
    QByteArray method;
    QString path; ///< percent-decoded
    QMap<QString, QString> query;
    QHash<QByteArray, QByteArray> headers; ///< only those that the routes read
    QByteArray body;
};

/// \brief A downloadable file: the command and device that it is generated from, and the values of its
/// headers.
struct Artifact {
    Command command;
    Device device;
    QByteArray name;
    QByteArray etag; ///< with its quotes
    QByteArray modified;
};

/// \brief Routes each request and creates the reply.
class Routes {
public:
    Routes(const Options& options, Account& account, Clock clock);

    [[nodiscard]] Reply handle(const Incoming& request);
    /// The requested file, if it exists and the request is authorized.
    [[nodiscard]] std::optional<Artifact> download(const Incoming& request) const;

private:
    [[nodiscard]] std::optional<std::pair<QString, QString>> fileAt(const QStringList& parts) const;
    [[nodiscard]] std::optional<Reply> refusal(const Incoming& request, const QStringList& parts) const;
    [[nodiscard]] Reply verify(const Incoming& request, bool accountOwned) const;
    [[nodiscard]] Reply listDevices(const Incoming& request) const;
    [[nodiscard]] Reply listCommands(const Incoming& request) const;
    [[nodiscard]] Reply create(const Incoming& request);
    [[nodiscard]] Reply quota() const;
    [[nodiscard]] Reply good(const QJsonValue& result, const QJsonValue& info = {}) const;
    [[nodiscard]] QJsonObject row(const Device& device, const QDateTime& now) const;
    [[nodiscard]] QJsonObject row(const Command& command, const QDateTime& now) const;
    [[nodiscard]] bool has(const char* fault) const;

    const Options& m_options;
    Account& m_account;
    Clock m_clock;
};

} // namespace sandbox
