// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/archive.h"

#include <algorithm>
#include <map>

#include <QJsonArray>
#include <QJsonDocument>

#include <zip.h>

#include "sandbox/diagnostics.h"
#include "sandbox/pcapfile.h"

namespace sandbox {

namespace {

int packetBytesOf(const Command& command)
{
    constexpr double longest = 65535; // the contract has no limit, but a packet does
    return int(std::min(command.args.value(u"packet-size-bytes").toDouble(160), longest));
}

std::map<QString, QByteArray> captureFiles(const Command& command)
{
    QStringList interfaces;
    const auto asked = command.args.value(u"interfaces").toArray();
    for (const auto& name : asked)
        interfaces << name.toString();
    if (interfaces.isEmpty())
        interfaces = {QStringLiteral("default"), QStringLiteral("tunnel")};

    std::map<QString, QByteArray> files;
    QJsonObject results;
    for (const auto& interface : std::as_const(interfaces)) {
        const bool tunnel = interface == QLatin1StringView("tunnel");
        const QString name = QStringLiteral("capture-") + interface + QStringLiteral(".pcap");
        if (tunnel && command.partial) {
            results.insert(interface,
                           QJsonObject{{QStringLiteral("success"), false},
                                       {QStringLiteral("error"), QStringLiteral("interface not found")}});
            continue;
        }
        const PcapShape shape{.seed = mix(command.seed(), tunnel ? 2 : 1),
                              .start = command.created,
                              .seconds = command.seconds,
                              .packetBytes = packetBytesOf(command),
                              .packets = 800,
                              .tunnel = tunnel};
        files[name] = pcapFile(shape);
        results.insert(interface,
                       QJsonObject{{QStringLiteral("success"), true}, {QStringLiteral("file"), name}});
    }
    files[QStringLiteral("results.json")] =
        QJsonDocument(QJsonObject{{QStringLiteral("interfaces"), results}}).toJson();
    return files;
}

QByteArray zipped(const std::map<QString, QByteArray>& files, const QDateTime& time)
{
    zip_error_t error;
    auto* buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(buffer);
    auto* archive = zip_open_from_source(buffer, ZIP_TRUNCATE, &error);
    for (const auto& [name, bytes] : files) {
        auto* source = zip_source_buffer(archive, bytes.constData(), zip_uint64_t(bytes.size()), 0);
        const auto index = zip_file_add(archive, name.toUtf8().constData(), source, ZIP_FL_ENC_UTF_8);
        // The current time would make each generated archive differ.
        zip_file_set_mtime(archive, zip_uint64_t(index), time.toSecsSinceEpoch(), 0);
    }
    zip_close(archive);
    zip_source_open(buffer);
    zip_source_seek(buffer, 0, SEEK_END);
    QByteArray result(qsizetype(zip_source_tell(buffer)), Qt::Uninitialized);
    zip_source_seek(buffer, 0, SEEK_SET);
    zip_source_read(buffer, result.data(), zip_uint64_t(result.size()));
    zip_source_close(buffer);
    zip_source_free(buffer);
    return result;
}

} // namespace

QByteArray archiveOf(const Command& command, const Device& device)
{
    const bool pcap = command.type == QLatin1StringView("pcap");
    return zipped(pcap ? captureFiles(command) : diagnosticFiles(command, device), command.created);
}

QByteArray Archives::of(const Command& command, const Device& device)
{
    constexpr size_t most = 8;
    const std::lock_guard lock(m_mutex);
    const auto made = std::ranges::find(m_made, command.id, &Made::id);
    if (made != m_made.end()) {
        m_made.splice(m_made.begin(), m_made, made);
        return made->bytes;
    }
    m_made.push_front({.id = command.id, .bytes = archiveOf(command, device)});
    if (m_made.size() > most)
        m_made.pop_back();
    return m_made.front().bytes;
}

} // namespace sandbox
