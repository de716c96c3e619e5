// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/pcapfile.h"

#include <algorithm>

#include <QtEndian>

#include "sandbox/fleet.h"

namespace sandbox {

namespace {

template<class T>
void putLittle(QByteArray& out, T value)
{
    value = qToLittleEndian(value);
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template<class T>
void putBig(QByteArray& out, T value)
{
    value = qToBigEndian(value);
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

constexpr quint32 laptop = 0xC0A80117;   // 192.168.1.23
constexpr quint32 inside = 0xAC100002;   // 172.16.0.2
constexpr quint32 resolver = 0xC0A80101; // 192.168.1.1
constexpr quint32 endpoint = 0xC0000201; // 192.0.2.1, reserved for documentation, like all servers here
constexpr quint8 tcp = 6, udp = 17;

quint16 ipChecksum(const QByteArray& header)
{
    quint32 sum = 0;
    for (qsizetype i = 0; i + 1 < header.size(); i += 2)
        sum += qFromBigEndian<quint16>(header.constData() + i);
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return quint16(~sum);
}

QByteArray ipv4(quint32 from, quint32 to, quint8 protocol, const QByteArray& payload)
{
    QByteArray header;
    header.append(char(0x45)).append(char(0));
    putBig<quint16>(header, quint16(20 + payload.size()));
    putBig<quint16>(header, 0);
    putBig<quint16>(header, 0x4000);
    header.append(char(64)).append(char(protocol));
    putBig<quint16>(header, 0);
    putBig<quint32>(header, from);
    putBig<quint32>(header, to);
    const auto sum = qToBigEndian(ipChecksum(header));
    header.replace(10, 2, reinterpret_cast<const char*>(&sum), 2);
    return header + payload;
}

QByteArray ethernet(bool outgoing, const QByteArray& packet)
{
    static const QByteArray ours = QByteArray::fromHex("020000000017");
    static const QByteArray router = QByteArray::fromHex("020000000001");
    return (outgoing ? router + ours : ours + router) + QByteArray::fromHex("0800") + packet;
}

QByteArray udpPacket(quint16 from, quint16 to, const QByteArray& payload)
{
    QByteArray header;
    putBig<quint16>(header, from);
    putBig<quint16>(header, to);
    putBig<quint16>(header, quint16(8 + payload.size()));
    putBig<quint16>(header, 0);
    return header + payload;
}

QByteArray tcpPacket(quint16 from, quint16 to, quint32 sequence, quint32 acknowledged, quint8 flags,
                     const QByteArray& payload)
{
    QByteArray header;
    putBig<quint16>(header, from);
    putBig<quint16>(header, to);
    putBig<quint32>(header, sequence);
    putBig<quint32>(header, acknowledged);
    header.append(char(0x50)).append(char(flags));
    putBig<quint16>(header, 64240);
    putBig<quint32>(header, 0);
    return header + payload;
}

QByteArray dnsQuery(quint16 id, const QByteArray& host)
{
    QByteArray query;
    putBig<quint16>(query, id);
    query += QByteArray::fromHex("01000001000000000000");
    for (const auto& label : host.split('.'))
        query += char(label.size()) + label;
    query += QByteArray::fromHex("0000010001");
    return query;
}

QByteArray noise(quint64 seed, qsizetype size)
{
    QByteArray bytes;
    for (quint64 i = 0; bytes.size() < size; ++i)
        putLittle(bytes, mix(seed, i));
    bytes.truncate(size);
    return bytes;
}

} // namespace

QByteArray pcapFile(const PcapShape& shape)
{
    QByteArray file;
    putLittle<quint32>(file, 0xa1b2c3d4);
    putLittle<quint16>(file, 2);
    putLittle<quint16>(file, 4);
    putLittle<quint64>(file, 0);
    putLittle<quint32>(file, 65535);
    putLittle<quint32>(file, 1); // Ethernet

    const auto host = shape.tunnel ? inside : laptop;
    const auto start = shape.start.toMSecsSinceEpoch() * 1000;
    quint32 sequence = 1000;
    for (int i = 0; i < shape.packets; ++i) {
        const auto draw = mix(shape.seed, quint64(i));
        const bool outgoing = draw % 3 == 0;
        const quint16 port = quint16(50000 + draw % 8);
        const quint32 server = shape.tunnel ? endpoint + quint32(draw % 6) : endpoint;
        QByteArray packet;
        if (i % 40 == 0) {
            const auto name = "host" + QByteArray::number(draw % 20) + ".example.com";
            packet =
                ethernet(true, ipv4(host, resolver, udp, udpPacket(port, 53, dnsQuery(quint16(i), name))));
        } else {
            const auto size = outgoing ? qsizetype(12) : qsizetype(200 + draw % 1160);
            // A TLS record of application data, with random content.
            QByteArray record = QByteArray::fromHex("170303");
            putBig<quint16>(record, quint16(size));
            record += noise(draw, size);
            const auto segment = outgoing ? tcpPacket(port, 443, 1, sequence, 0x10, {})
                                          : tcpPacket(443, port, sequence, 1, 0x18, record);
            if (!outgoing && i % 97 != 0) // sometimes repeats the sequence number: a retransmission
                sequence += quint32(record.size());
            packet = ethernet(outgoing,
                              outgoing ? ipv4(host, server, tcp, segment) : ipv4(server, host, tcp, segment));
        }
        const auto time = start + qint64(shape.seconds * 1e6 * i / shape.packets);
        const auto kept = std::min<qsizetype>(packet.size(), shape.packetBytes);
        putLittle<quint32>(file, quint32(time / 1'000'000));
        putLittle<quint32>(file, quint32(time % 1'000'000));
        putLittle<quint32>(file, quint32(kept));
        putLittle<quint32>(file, quint32(packet.size()));
        file += packet.left(kept);
    }
    return file;
}

} // namespace sandbox
