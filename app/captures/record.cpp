// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/record.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace captures {

namespace {

struct Name {
    State state;
    const char* text;
};

constexpr Name names[] = {
    {State::WaitingDevice, "waiting-device"},
    {State::WaitingTurn, "waiting-turn"},
    {State::Sending, "sending"},
    {State::Checking, "checking"},
    {State::OnDevice, "on-device"},
    {State::Uploading, "uploading"},
    {State::Ready, "ready"},
    {State::NothingUploaded, "nothing-uploaded"},
    {State::Failed, "failed"},
    {State::Refused, "refused"},
    {State::NotStarted, "not-started"},
    {State::Cancelled, "cancelled"},
    {State::Deleted, "deleted"},
};

QByteArray compact(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject read(const QByteArray& text)
{
    return QJsonDocument::fromJson(text).object();
}

std::optional<double> number(const QJsonObject& object, QLatin1StringView key)
{
    return object.contains(key) ? std::optional(object[key].toDouble()) : std::nullopt;
}

constexpr QLatin1StringView timeLimit("time-limit-min"), fileSize("max-file-size-mb"),
    packetSize("packet-size-bytes"), interfaces("interfaces"), tunnel("tunnel"), outside("default"),
    allRoutes("test-all-routes"), pcapKey("pcap"), diagKey("warp-diag");

} // namespace

QByteArray written(const devices::Device& device)
{
    QJsonObject object{{QStringLiteral("id"), device.deviceId},
                       {QStringLiteral("registration"), device.registrationId},
                       {QStringLiteral("email"), device.email},
                       {QStringLiteral("name"), device.name},
                       {QStringLiteral("platform"), device.platform},
                       {QStringLiteral("status"), device.status},
                       {QStringLiteral("version"), device.version}};
    if (device.lastSeen)
        object[QStringLiteral("seen")] = device.lastSeen->toString(Qt::ISODateWithMs);
    return compact(object);
}

devices::Device deviceFrom(const QByteArray& text)
{
    const auto object = read(text);
    const auto value = [&object](const char* key) { return object[QLatin1StringView(key)].toString(); };
    devices::Device device{.deviceId = value("id"),
                           .registrationId = value("registration"),
                           .email = value("email"),
                           .name = value("name"),
                           .platform = value("platform"),
                           .status = value("status"),
                           .version = value("version")};
    if (const auto seen = QDateTime::fromString(value("seen"), Qt::ISODateWithMs); seen.isValid())
        device.lastSeen = seen;
    return device;
}

QByteArray written(const Options& options)
{
    QJsonObject object;
    if (options.pcap) {
        QJsonObject pcap;
        const auto put = [&pcap](QLatin1StringView key, const std::optional<double>& value) {
            if (value)
                pcap[key] = *value;
        };
        put(timeLimit, options.pcap->timeLimitMin);
        put(fileSize, options.pcap->maxFileSizeMb);
        put(packetSize, options.pcap->packetSizeBytes);
        if (options.pcap->interfaces) {
            QJsonArray chosen;
            for (const auto one : *options.pcap->interfaces)
                chosen << QString(one == api::Interface::Tunnel ? tunnel : outside);
            pcap[interfaces] = chosen;
        }
        object[pcapKey] = pcap;
    }
    if (options.diag) {
        QJsonObject diag;
        if (options.diag->testAllRoutes)
            diag[allRoutes] = *options.diag->testAllRoutes;
        object[diagKey] = diag;
    }
    return compact(object);
}

Options optionsFrom(const QByteArray& text)
{
    const auto object = read(text);
    Options options;
    if (object.contains(pcapKey)) {
        const auto pcap = object[pcapKey].toObject();
        options.pcap = api::PcapArgs{.timeLimitMin = number(pcap, timeLimit),
                                     .maxFileSizeMb = number(pcap, fileSize),
                                     .packetSizeBytes = number(pcap, packetSize)};
        if (pcap.contains(interfaces)) {
            QList<api::Interface> chosen;
            for (const auto& one : pcap[interfaces].toArray())
                chosen << (one.toString() == tunnel ? api::Interface::Tunnel : api::Interface::Default);
            options.pcap->interfaces = chosen;
        }
    }
    if (object.contains(diagKey)) {
        const auto diag = object[diagKey].toObject();
        options.diag =
            api::DiagArgs{.testAllRoutes = diag.contains(allRoutes) ? std::optional(diag[allRoutes].toBool())
                                                                    : std::nullopt};
    }
    return options;
}

QString nameOf(State state)
{
    return QLatin1StringView(std::ranges::find(names, state, &Name::state)->text);
}

std::optional<State> stateFrom(const QString& name)
{
    const auto* found =
        std::ranges::find_if(names, [&name](const Name& one) { return name == QLatin1StringView(one.text); });
    return found == std::end(names) ? std::nullopt : std::optional(found->state);
}

} // namespace captures
