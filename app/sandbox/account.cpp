// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/account.h"

#include <algorithm>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace sandbox {

namespace {

constexpr quint64 identity = 1ULL << 40; ///< what seeds names are drawn for, apart from devices
constexpr double failedAtOnce = 1;       ///< seconds

QString hex(quint64 seed, quint64 what, int words)
{
    QString text;
    for (int i = 0; i < words; ++i)
        text +=
            QStringLiteral("%1").arg(mix(seed, identity + what * 16 + quint64(i)), 16, 16, QLatin1Char('0'));
    return text;
}

} // namespace

Account::Account(const Options& options)
    : m_options(options)
    , m_id(hex(options.seed, 1, 2))
    , m_token(QStringLiteral("sandbox-") + hex(options.seed, 2, 2))
    , m_readOnlyToken(QStringLiteral("sandbox-read-") + hex(options.seed, 3, 2))
    , m_accountToken(QStringLiteral("cfat_") + hex(options.seed, 4, 2))
    , m_key(hex(options.seed, 5, 2))
    , m_fleet(options.seed, options.faults.contains(QStringLiteral("no-devices")) ? 0 : options.devices)
{
    load();
    if (m_commands.empty())
        addHistory(QDateTime::currentDateTimeUtc());
}

const Command* Account::find(const QString& id) const
{
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? nullptr : &m_commands[*found];
}

qint64 Account::usedToday(const QDateTime& now) const
{
    if (m_options.faults.contains(QStringLiteral("quota-used-up")))
        return m_options.quota;
    return std::ranges::count_if(
        m_commands, [&](const Command& command) { return command.created.date() == now.date(); });
}

QDateTime Account::resetTime(const QDateTime& now) const
{
    return QDateTime(now.date().addDays(1), QTime(0, 0), Qt::UTC);
}

double Account::elapsed(const Command& command, const QDateTime& now) const
{
    return double(command.created.msecsTo(now)) / 1000 * m_options.timeScale;
}

QString Account::statusOf(const Command& command, const QDateTime& now) const
{
    const auto since = elapsed(command, now);
    if (since < command.seconds) {
        return m_options.faults.contains(QStringLiteral("unknown-status")) ? QStringLiteral("PENDING_REVIEW")
                                                                           : QStringLiteral("PENDING_EXEC");
    }
    if (command.fails)
        return QStringLiteral("FAILED");
    return since < command.seconds + command.uploadSeconds ? QStringLiteral("PENDING_UPLOAD")
                                                           : QStringLiteral("SUCCESS");
}

bool Account::isInFlight(const Command& command, const QDateTime& now) const
{
    return statusOf(command, now).startsWith(QLatin1StringView("PENDING"));
}

std::optional<QDateTime> Account::completedAt(const Command& command, const QDateTime& now) const
{
    if (isInFlight(command, now))
        return std::nullopt;
    const auto seconds = command.seconds + (command.fails ? 0 : command.uploadSeconds);
    return command.created.addMSecs(qint64(seconds * 1000 / m_options.timeScale));
}

std::optional<QString> Account::fileOf(const Command& command, const QDateTime& now) const
{
    if (command.empty || command.type == QLatin1StringView("speed-test") ||
        statusOf(command, now) != QLatin1StringView("SUCCESS"))
        return std::nullopt;
    return QStringLiteral("%1-%2.zip").arg(command.type, command.id.left(8));
}

const Device* Account::deviceOf(const Command& command) const
{
    const auto rows = m_fleet.rowsOf(command.deviceId);
    const auto found = std::ranges::find(rows, command.registrationId, &Device::registrationId);
    return found == rows.end() ? nullptr : *found;
}

std::optional<Problem> Account::unsuitable(const Wanted& wanted, const QString& at) const
{
    const auto rows = m_fleet.rowsOf(wanted.deviceId);
    const auto problem = [&at](const QString& field, const QString& message) {
        return Problem{.code = badParameter, .message = message, .pointer = at + u'/' + field};
    };
    if (rows.empty())
        return problem(QStringLiteral("device_id"),
                       QStringLiteral("device not found or not connected in the last hour"));
    if (rows.size() > 1 && wanted.registrationId.isEmpty())
        return problem(QStringLiteral("registration_id"),
                       QStringLiteral("required for a device with several users"));
    const auto row = wanted.registrationId.isEmpty()
                         ? rows.begin()
                         : std::ranges::find(rows, wanted.registrationId, &Device::registrationId);
    if (row == rows.end())
        return problem(QStringLiteral("registration_id"),
                       QStringLiteral("registration not found on this device"));
    if ((*row)->email.compare(wanted.userEmail, Qt::CaseInsensitive) != 0)
        return problem(QStringLiteral("user_email"), QStringLiteral("the e-mail is not tied to this device"));
    if (!(*row)->ineligibleReason.isEmpty())
        return problem(QStringLiteral("device_id"), (*row)->ineligibleReason);
    return std::nullopt;
}

Command Account::make(const Wanted& wanted, const QDateTime& now)
{
    const auto serial = m_serial++;
    const auto draw = [&](quint64 what) { return mix(m_options.seed, 2 * identity + serial * 16 + what); };
    Command command{.id = uuidFrom(m_options.seed, 3 * identity + serial),
                    .type = wanted.type,
                    .deviceId = wanted.deviceId,
                    .registrationId = wanted.registrationId,
                    .userEmail = wanted.userEmail,
                    .args = wanted.args,
                    .created = now};
    const auto rows = m_fleet.rowsOf(wanted.deviceId);
    const auto* device = rows.empty() ? nullptr : rows.front();
    if (device && command.registrationId.isEmpty())
        command.registrationId = device->registrationId;
    const bool pcap = wanted.type == QLatin1StringView("pcap");
    command.seconds =
        pcap ? wanted.args.value(u"time-limit-min").toDouble(5) * 60 : 60 + double(draw(1) % 60);
    command.uploadSeconds = 5 + double(draw(2) % 25);
    command.fails = draw(3) % 25 == 0;
    command.empty = !command.fails && pcap && draw(4) % 40 == 0;
    command.urlName = draw(5) % 2 == 0;
    command.partial = pcap && draw(6) % 6 == 0;
    if (device && !device->connected) {
        command.seconds = 600; // it waits for the client, in vain
        command.fails = true;
    }
    const bool busy =
        device && device->isWindows() && std::ranges::any_of(m_commands, [&](const Command& other) {
            return other.deviceId == command.deviceId && isInFlight(other, now);
        });
    if (busy) {
        command.seconds = failedAtOnce;
        command.fails = true;
    }
    return command;
}

std::expected<QList<Command>, Reply> Account::create(const QList<Wanted>& wanted, const QDateTime& now)
{
    if (m_options.faults.contains(QStringLiteral("read-only")))
        return std::unexpected(failure(403, 10000, QStringLiteral("Authentication error")));
    QList<Problem> problems;
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        if (const auto problem = unsuitable(wanted[i], QStringLiteral("/commands/%1").arg(i)))
            problems << *problem;
    }
    if (!problems.isEmpty())
        return std::unexpected(failure(400, problems));
    if (usedToday(now) + wanted.size() > m_options.quota)
        return std::unexpected(
            failure(403, 2001, QStringLiteral("The daily quota of remote commands is used up")));
    QList<Command> created;
    for (const auto& one : wanted) {
        m_commands.push_back(make(one, now));
        m_byId.insert(m_commands.back().id, m_commands.size() - 1);
        created << m_commands.back();
    }
    save();
    return created;
}

/// What colleagues did in the last days, so that the account's history is not empty.
void Account::addHistory(const QDateTime& now)
{
    const auto& devices = m_fleet.devices();
    constexpr int count = 30;
    if (devices.empty())
        return;
    for (int i = 0; i < count; ++i) {
        const auto& device = devices[mix(m_options.seed, 4 * identity + quint64(i)) % devices.size()];
        if (!device.ineligibleReason.isEmpty())
            continue;
        const auto hours = 6 * 24 - i * 4;
        auto command = make({.type = i % 3 == 0 ? QStringLiteral("warp-diag") : QStringLiteral("pcap"),
                             .deviceId = device.deviceId,
                             .userEmail = device.email,
                             .registrationId = device.registrationId,
                             .args = {}},
                            now.addSecs(-(hours + 26) * 3600));
        m_commands.push_back(command);
        m_byId.insert(command.id, m_commands.size() - 1);
    }
}

void Account::load()
{
    if (!m_options.stateFile)
        return;
    QFile file(*m_options.stateFile);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const auto state = QJsonDocument::fromJson(file.readAll()).object();
    if (state.value(u"account").toString() != m_id)
        return; // another seed's
    m_serial = quint64(state.value(u"serial").toInteger());
    const auto list = state.value(u"commands").toArray();
    for (const auto& item : list) {
        const auto object = item.toObject();
        m_commands.push_back(
            {.id = object.value(u"id").toString(),
             .type = object.value(u"type").toString(),
             .deviceId = object.value(u"device").toString(),
             .registrationId = object.value(u"registration").toString(),
             .userEmail = object.value(u"email").toString(),
             .args = object.value(u"args").toObject(),
             .created = QDateTime::fromMSecsSinceEpoch(object.value(u"created").toInteger(), Qt::UTC),
             .seconds = object.value(u"seconds").toDouble(),
             .uploadSeconds = object.value(u"upload").toDouble(),
             .fails = object.value(u"fails").toBool(),
             .empty = object.value(u"empty").toBool(),
             .urlName = object.value(u"url").toBool(),
             .partial = object.value(u"partial").toBool()});
        m_byId.insert(m_commands.back().id, m_commands.size() - 1);
    }
}

void Account::save() const
{
    if (!m_options.stateFile)
        return;
    QJsonArray list;
    for (const auto& command : m_commands) {
        list << QJsonObject{{QStringLiteral("id"), command.id},
                            {QStringLiteral("type"), command.type},
                            {QStringLiteral("device"), command.deviceId},
                            {QStringLiteral("registration"), command.registrationId},
                            {QStringLiteral("email"), command.userEmail},
                            {QStringLiteral("args"), command.args},
                            {QStringLiteral("created"), command.created.toMSecsSinceEpoch()},
                            {QStringLiteral("seconds"), command.seconds},
                            {QStringLiteral("upload"), command.uploadSeconds},
                            {QStringLiteral("fails"), command.fails},
                            {QStringLiteral("empty"), command.empty},
                            {QStringLiteral("url"), command.urlName},
                            {QStringLiteral("partial"), command.partial}};
    }
    QSaveFile file(*m_options.stateFile);
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(QJsonDocument(QJsonObject{{QStringLiteral("account"), m_id},
                                         {QStringLiteral("serial"), qint64(m_serial)},
                                         {QStringLiteral("commands"), list}})
                   .toJson(QJsonDocument::Compact));
    file.commit();
}

} // namespace sandbox
