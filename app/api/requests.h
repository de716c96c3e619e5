// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <algorithm>
#include <cstdint>
#include <expected>
#include <optional>
#include <variant>

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrlQuery>

#include "api/error.h"

namespace api {

/// \brief One registration of one user on one device, as listed by `/dex/commands/devices`.
struct DeviceRow {
    QString deviceId;
    std::optional<QString> registrationId;
    std::optional<QString> deviceName;
    std::optional<QString> personEmail;
    std::optional<QString> platform;
    std::optional<QString> status;
    std::optional<QString> version;
    std::optional<QDateTime> lastSeen; ///< UTC
    std::optional<bool> eligible;
    std::optional<QString> ineligibleReason;
    bool operator==(const DeviceRow&) const = default;
};

enum class Interface { Default, Tunnel };

/// \brief Arguments of a packet capture.  An absent argument is not sent, and the service uses its default.
struct PcapArgs {
    std::optional<double> timeLimitMin = {};         ///< minutes, at least 1; the service's default is 5
    std::optional<double> maxFileSizeMb = {};        ///< MB, at least 1; default 5
    std::optional<double> packetSizeBytes = {};      ///< bytes, at least 1; default 160
    std::optional<QList<Interface>> interfaces = {}; ///< the documented format only
    bool operator==(const PcapArgs&) const = default;
};

/// \brief Arguments of a WARP diagnostic.
struct DiagArgs {
    std::optional<bool> testAllRoutes = {}; ///< the service's default is true
    bool operator==(const DiagArgs&) const = default;
};

using Args = std::variant<PcapArgs, DiagArgs>;

/// \brief A command as listed by the service.  `type` and `status` are texts, so that new values are
/// accepted.
struct Command {
    QString id;
    QString deviceId;
    std::optional<QString> registrationId;
    std::optional<QString> userEmail;
    QString type;   ///< `pcap`, `warp-diag`, `speed-test`, or a future type
    QString status; ///< `PENDING_EXEC`, `PENDING_UPLOAD`, `SUCCESS`, `FAILED`, or a future status
    std::optional<QDateTime> created;   ///< UTC
    std::optional<QDateTime> completed; ///< UTC
    std::optional<QString> filename;    ///< without a path: the last path segment of the service's value
    /// Absent if unknown: the API contract does not promise arguments in the list.
    std::optional<Args> args = {};
    bool operator==(const Command&) const = default;
};

/// \brief A command as listed in the reply to the POST.  Its arguments are not parsed: they are known
/// already, and services write them in several formats.
struct CreatedCommand {
    QString id;
    std::optional<QString> deviceId = {};
    std::optional<QString> registrationId = {};
    std::optional<QString> status = {};
    std::optional<QString> type = {};
    bool operator==(const CreatedCommand&) const = default;
};

/// \brief The readable fields of a command's row that does not decode.
struct Remnant {
    std::optional<QString> id = {};
    std::optional<QString> deviceId = {};
    std::optional<QDateTime> created = {};
    bool operator==(const Remnant&) const = default;
};

/// \brief One page of a list: the decoded rows, and the errors of the others.
template<class Row>
struct Page {
    QList<Row> rows;
    QList<DecodeError> unreadable;
    QList<Remnant> remnants;          ///< one for each entry of `unreadable`, if the rows are commands
    std::optional<qint64> totalCount; ///< of the whole list; it ignores the search, so it cannot end the
                                      ///< paging
    [[nodiscard]] qsizetype received() const { return rows.size() + unreadable.size(); }
    bool operator==(const Page&) const = default;
};

/// \brief The daily quota of commands, shared by all users of an account.
struct Quota {
    qint64 allowed = 0;
    qint64 used = 0;
    QDateTime reset; ///< UTC
    [[nodiscard]] qint64 left() const { return std::max<qint64>(0, allowed - used); }
    bool operator==(const Quota&) const = default;
};

/// \brief The state of an API token, as the service reports it.
struct TokenState {
    std::optional<QString> id;
    std::optional<QString> status; ///< `active`, `disabled`, `expired`
    std::optional<QDateTime> expiresOn;
    std::optional<QDateTime> notBefore;
    bool operator==(const TokenState&) const = default;
};

inline constexpr int maxPerPage = 50;        ///< the largest page that the API contract allows
inline constexpr int maxDevicesPerPost = 10; ///< rows in one POST
inline constexpr int maxCommandsPerPost = 20;

/// \brief One command to create.
struct CommandOrder {
    QString deviceId;
    QString userEmail;
    std::optional<QString> registrationId = {};
    Args args;
    bool operator==(const CommandOrder&) const = default;
};

/// The two generations of field names of the POST (`command_type`/`command_args`, `type`/`args`).
enum class Format { Documented, Current };

/// The format setting of a connection.  Automatic detects the format once and remembers it (`Formats`).
enum class FormatChoice { Automatic, Documented, Current };

/// The command type of an order in the API: `pcap` or `warp-diag`.
[[nodiscard]] QString typeName(const CommandOrder& order);

/// The options of an order that a format cannot express, by their API names (`interfaces`); empty if none.
[[nodiscard]] QStringList droppedBy(Format format, const CommandOrder& order);

/// The POST's body, compact JSON.
/// \pre 1 to 20 orders
[[nodiscard]] QByteArray encode(Format format, const QList<CommandOrder>& orders);

/// Each endpoint of the API is one small type: its fields are the request, `Value` is the reply.  `path` is
/// relative to the base URL and percent-encoded; `decode` reads the envelope's `result`.
struct ListDevices {
    int page = 1;
    int perPage = maxPerPage;
    QString search = {}; ///< part of a name or an e-mail address; not sent if empty

    using Value = Page<DeviceRow>;
    [[nodiscard]] QByteArray path(const QString& accountId) const;
    [[nodiscard]] QUrlQuery query() const;
    [[nodiscard]] static std::expected<Value, DecodeError> decode(const QJsonObject& envelope);
};

/// \brief Lists one page of the commands, optionally filtered.
struct ListCommands {
    int page = 1;
    int perPage = maxPerPage;
    std::optional<QDateTime> from = {};
    std::optional<QDateTime> to = {};
    std::optional<QString> deviceId = {};
    std::optional<QString> userEmail = {};
    std::optional<QString> commandType = {};
    std::optional<QString> status = {};

    using Value = Page<Command>;
    [[nodiscard]] QByteArray path(const QString& accountId) const;
    [[nodiscard]] QUrlQuery query() const;
    [[nodiscard]] static std::expected<Value, DecodeError> decode(const QJsonObject& envelope);
};

/// \brief Reads the daily quota.
struct GetQuota {
    using Value = Quota;
    [[nodiscard]] QByteArray path(const QString& accountId) const;
    [[nodiscard]] QUrlQuery query() const { return {}; }
    [[nodiscard]] static std::expected<Value, DecodeError> decode(const QJsonObject& envelope);
};

/// \brief Verifies an API token.
struct VerifyToken {
    enum class Owner { User, Account } owner = Owner::User;

    /// An account's token (`cfat_…`) is verified at a different endpoint than a user's token.
    [[nodiscard]] static VerifyToken forToken(const QString& token);

    using Value = TokenState;
    [[nodiscard]] QByteArray path(const QString& accountId) const;
    [[nodiscard]] QUrlQuery query() const { return {}; }
    [[nodiscard]] static std::expected<Value, DecodeError> decode(const QJsonObject& envelope);
};

/// Sent only by `Client::create`; the only request that is never repeated.
struct CreateCommands {
    QList<CommandOrder> orders;
    Format format = Format::Documented;

    using Value = QList<CreatedCommand>;
    [[nodiscard]] QByteArray path(const QString& accountId) const;
    /// Returns the commands that have an ID and skips the others; an error if the list contains only others.
    [[nodiscard]] static std::expected<Value, DecodeError> decode(const QJsonObject& envelope);
};

/// \brief Downloads the file of a finished command.
struct DownloadArtifact {
    QString commandId;
    QString filename = {}; ///< without a path; empty if the service lists none
    QString deviceId = {}; ///< for the alternative address; empty: there is none

    /// The possible paths of the file, in the order in which they are tried: the documented one, and the one
    /// that the service's own tools use.
    [[nodiscard]] QList<QByteArray> paths(const QString& accountId) const;
};

} // namespace api
