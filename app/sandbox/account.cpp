// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/account.h"

#include <algorithm>

namespace sandbox {

namespace {

constexpr quint64 draws = 1ULL << 40;  ///< offset that separates these draws from those for devices
constexpr double failedAtOnce = 1;     ///< seconds
constexpr double lateAfter = 600;      ///< seconds
constexpr double longestCapture = 1e8; ///< seconds; the contract has no limit, but the calendar does

} // namespace

Account::Account(const Options& options, const QDateTime& now)
    : m_options(options)
    , m_started(now)
    , m_state(loaded())
    , m_fleet(m_state.identity.seed,
              options.faults.contains(QStringLiteral("no-devices")) ? 0 : options.devices)
{
    for (size_t i = 0; i < m_state.commands.size(); ++i)
        m_byId.insert(m_state.commands[i].id, i);
    if (m_state.commands.empty())
        addHistory(now);
    if (m_trouble.isEmpty())
        save();
}

State Account::loaded()
{
    State fresh{.identity = Identity::from(m_options.seed), .serial = 0, .commands = {}};
    if (!m_options.stateFile)
        return fresh;
    const auto state = readState(*m_options.stateFile);
    if (!state)
        m_trouble = state.error();
    return state && *state ? **state : fresh;
}

void Account::save()
{
    if (!m_options.stateFile)
        return;
    const auto written = writeState(*m_options.stateFile, m_state);
    m_trouble = written ? QString() : written.error();
}

void Account::add(const Command& command)
{
    m_state.commands.push_back(command);
    m_byId.insert(command.id, m_state.commands.size() - 1);
}

const Command* Account::find(const QString& id) const
{
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? nullptr : &m_state.commands[*found];
}

qint64 Account::usedToday(const QDateTime& now) const
{
    if (m_options.faults.contains(QStringLiteral("quota-used-up")))
        return m_options.quota;
    const auto reset = resetTime(now);
    const auto begun = reset.addSecs(-m_options.daySeconds);
    return std::ranges::count_if(m_state.commands, [&](const Command& command) {
        return command.created >= begun && command.created < reset;
    });
}

QDateTime Account::resetTime(const QDateTime& now) const
{
    const auto day = qint64(m_options.daySeconds);
    return QDateTime::fromSecsSinceEpoch((now.toSecsSinceEpoch() / day + 1) * day, Qt::UTC);
}

bool Account::allCame(const QDateTime& now) const
{
    return !m_options.faults.contains(QStringLiteral("late-devices")) ||
           double(m_started.msecsTo(now)) / 1000 * m_options.timeScale >= lateAfter;
}

double Account::elapsed(const Command& command, const QDateTime& now) const
{
    return double(command.created.msecsTo(now)) / 1000 * command.scale;
}

QString Account::statusOf(const Command& command, const QDateTime& now) const
{
    const auto since = elapsed(command, now);
    if (since < command.seconds) {
        const bool odd = command.oddStatus && m_options.faults.contains(QStringLiteral("unknown-status"));
        return odd ? QStringLiteral("PENDING_REVIEW") : QStringLiteral("PENDING_EXEC");
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
    return command.created.addMSecs(qint64(seconds * 1000 / command.scale));
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

std::optional<Problem> Account::unsuitable(const Wanted& wanted, const QString& at,
                                           const QDateTime& now) const
{
    auto rows = m_fleet.rowsOf(wanted.deviceId);
    if (!allCame(now))
        std::erase_if(rows, [](const Device* device) { return device->late; });
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
    const auto serial = m_state.serial++;
    const auto draw = [&](quint64 what) {
        return mix(m_state.identity.seed, 2 * draws + serial * 16 + what);
    };
    Command command{.id = uuidFrom(m_state.identity.seed, 3 * draws + serial),
                    .type = wanted.type,
                    .deviceId = wanted.deviceId,
                    .registrationId = wanted.registrationId,
                    .userEmail = wanted.userEmail,
                    .args = wanted.args,
                    .created = now,
                    .scale = m_options.timeScale};
    const auto rows = m_fleet.rowsOf(wanted.deviceId);
    const auto* device = rows.empty() ? nullptr : rows.front();
    if (device && command.registrationId.isEmpty())
        command.registrationId = device->registrationId;
    const bool pcap = wanted.type == QLatin1StringView("pcap");
    command.seconds = pcap ? std::min(wanted.args.value(u"time-limit-min").toDouble(5) * 60, longestCapture)
                           : 60 + double(draw(1) % 60);
    command.uploadSeconds = 5 + double(draw(2) % 25);
    command.fails = draw(3) % 25 == 0;
    command.empty = !command.fails && pcap && draw(4) % 40 == 0;
    command.urlName = draw(5) % 2 == 0;
    command.partial = pcap && draw(6) % 6 == 0;
    if (device && !device->connected) {
        command.seconds = 600; // waits for the client until it times out
        command.fails = true;
    }
    const bool busy =
        device && device->isWindows() && std::ranges::any_of(m_state.commands, [&](const Command& other) {
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
        if (const auto problem = unsuitable(wanted[i], QStringLiteral("/commands/%1").arg(i), now))
            problems << *problem;
    }
    if (!problems.isEmpty())
        return std::unexpected(failure(400, problems));
    if (usedToday(now) + wanted.size() > m_options.quota)
        return std::unexpected(
            failure(403, 2001, QStringLiteral("Daily quota of %1 commands reached").arg(m_options.quota)));
    QList<Command> created;
    for (const auto& one : wanted) {
        auto command = make(one, now);
        command.oddStatus = m_created++ % 2 == 0;
        add(command);
        created << command;
    }
    save();
    return created;
}

/// Adds the commands of colleagues in the last seven days, but not today, so that the history is not empty
/// and the quota is unused. These commands have a time scale of 1.
void Account::addHistory(const QDateTime& now)
{
    const auto& devices = m_fleet.devices();
    constexpr quint64 count = 30;
    constexpr int oldestHours = 160, apartHours = 4;
    if (devices.empty())
        return;
    for (quint64 i = 0; i < count; ++i) {
        const auto& device = devices[mix(m_state.identity.seed, 4 * draws + i) % devices.size()];
        if (!device.ineligibleReason.isEmpty())
            continue;
        const auto minutes = int(mix(m_state.identity.seed, 5 * draws + i) % 180);
        auto command = make({.type = i % 3 == 0 ? QStringLiteral("warp-diag") : QStringLiteral("pcap"),
                             .deviceId = device.deviceId,
                             .userEmail = device.email,
                             .registrationId = device.registrationId,
                             .args = {}},
                            now.addSecs(-(oldestHours - int(i) * apartHours) * 3600 + minutes * 60));
        command.scale = 1;
        add(command);
    }
}

} // namespace sandbox
