// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "service.h"

#include <algorithm>

namespace model {

Service::Service(Random& random, bool large)
    : m_start(QDate(2026, 11, 23), QTime(14, 0), Qt::UTC)
{
    m_start = m_start.addMSecs(random.between(-3 * minute, 3 * minute));
    m_namesRegistrations = !random.oneIn(8);
    m_namesUsers = !random.oneIn(8);
    const int machines = large ? random.below(10) + 12 : random.below(3) + 1;
    for (int machine = 0; machine < machines; ++machine) {
        const bool windows = random.oneIn(2);
        const int users = random.oneIn(4) ? 2 : 1;
        for (int user = 0; user < users; ++user) {
            const auto number = QString::number(m_rows.size());
            devices::Device row;
            row.deviceId = QStringLiteral("d") + QString::number(machine);
            if (!random.oneIn(6))
                row.registrationId = QStringLiteral("r") + number;
            row.email = QStringLiteral("u") + number + QStringLiteral("@example.com");
            row.name = row.deviceId;
            row.platform = windows ? QStringLiteral("windows") : QStringLiteral("linux");
            row.status = QStringLiteral("connected");
            m_rows.push_back(row);
        }
    }
}

const Command* Service::find(const QString& id) const
{
    // The ID contains the command's index.
    const auto number = size_t(id.mid(1).toInt());
    return number < m_commands.size() && m_commands[number].id == id ? &m_commands[number] : nullptr;
}

const Command& Service::make(int row, bool diag, int maker, Ms exists, Ms visible, Random& random)
{
    Command command;
    command.id = QStringLiteral("c") + QString::number(m_commands.size());
    command.row = row;
    command.diag = diag;
    command.maker = maker;
    command.exists = exists;
    command.visible = std::max(exists, visible);
    command.uploads = exists + random.between(10 * second, 6 * minute);
    command.ends = command.uploads + random.between(second, 5 * minute);
    command.end = Command::End(random.below(3));
    if (random.oneIn(6))
        command.oddStatus = QStringLiteral("A_STATUS_OF_TOMORROW");
    command.created = clock(exists).addMSecs(random.between(-4 * minute, 4 * minute));
    m_commands.push_back(command);
    return m_commands.back();
}

void Service::remove(const Command& command)
{
    const auto found = std::ranges::find(m_commands, command.id, &Command::id);
    found->deleted = true;
}

void Service::hurry(Ms now)
{
    for (auto& command : m_commands) {
        command.exists = std::min(command.exists, now + minute);
        command.visible = std::min(command.visible, now + minute);
        command.uploads = std::min(command.uploads, now + minute);
        command.ends = std::min(command.ends, now + 2 * minute);
    }
}

api::Command Service::shown(const Command& command, Ms now) const
{
    const auto& row = m_rows[size_t(command.row)];
    api::Command result;
    result.id = command.id;
    result.deviceId = row.deviceId;
    if (m_namesRegistrations)
        result.registrationId = row.registrationId; // some are empty
    if (m_namesUsers)
        result.userEmail = command.diag ? row.email.toUpper() : row.email;
    result.type = command.diag ? QStringLiteral("warp-diag") : QStringLiteral("pcap");
    result.created = command.created;
    if (now < command.uploads) {
        result.status = command.oddStatus.isEmpty() ? QStringLiteral("PENDING_EXEC") : command.oddStatus;
    } else if (now < command.ends) {
        result.status = QStringLiteral("PENDING_UPLOAD");
    } else {
        result.status =
            command.end == Command::End::Failed ? QStringLiteral("FAILED") : QStringLiteral("SUCCESS");
        result.completed = clock(command.ends);
        if (command.end == Command::End::File)
            result.filename = command.id + QStringLiteral(".zip");
    }
    return result;
}

std::vector<const Command*> Service::shown(Ms now) const
{
    std::vector<const Command*> result;
    for (const auto& command : m_commands) {
        if (command.isShown(now))
            result.push_back(&command);
    }
    std::ranges::stable_sort(result, std::ranges::greater{},
                             [](const Command* command) { return command->created; });
    return result;
}

bool Service::looksLike(const Command& command, const devices::Device& ordered, bool diag) const
{
    const auto& row = m_rows[size_t(command.row)];
    if (row.deviceId != ordered.deviceId || command.diag != diag)
        return false;
    if (m_namesRegistrations && !row.registrationId.isEmpty() && !ordered.registrationId.isEmpty() &&
        row.registrationId != ordered.registrationId)
        return false;
    return !m_namesUsers || row.email == ordered.email;
}

} // namespace model
