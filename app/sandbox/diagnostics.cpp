// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/diagnostics.h"

#include <QStringList>

namespace sandbox {

namespace {

QByteArray daemonLog(const Command& command, const Device& device, bool flaky)
{
    QByteArray log;
    const auto start = command.created.addSecs(-3600);
    for (int i = 0; i < 600; ++i) {
        const auto time = start.addSecs(i * 6).toString(Qt::ISODateWithMs).toUtf8();
        const auto draw = mix(command.seed(), quint64(i));
        if (flaky && draw % 23 == 0)
            log += time + "  WARN warp_tunnel: keep-alive missed, reconnecting attempt=" +
                   QByteArray::number(draw % 5) + '\n';
        else if (draw % 61 == 0)
            log += time + " ERROR dns_proxy: upstream timeout after 5000ms\n";
        else
            log += time + " DEBUG warp_tunnel: rtt=" + QByteArray::number(8 + draw % 40) + "ms loss=0%\n";
    }
    return log + command.created.toString(Qt::ISODateWithMs).toUtf8() + "  INFO warp_diag: collecting for " +
           device.email.toUtf8() + '\n';
}

QByteArray routes(bool all)
{
    QByteArray text = "default via 192.168.1.1 dev eth0\n172.16.0.0/12 dev CloudflareWARP\n";
    for (int i = 0; all && i < 200; ++i)
        text += "10." + QByteArray::number(i) + ".0.0/16 dev CloudflareWARP src 172.16.0.2\n";
    return text;
}

} // namespace

std::map<QString, QByteArray> diagnosticFiles(const Command& command, const Device& device)
{
    const bool flaky = mix(command.seed(), 1) % 3 == 0;
    const bool allRoutes = command.args.value(u"test-all-routes").toBool(true);
    const auto version = device.version.toUtf8();
    std::map<QString, QByteArray> files;
    const auto add = [&files](const char* name, const QByteArray& text) {
        files[QString::fromLatin1(name)] = text;
    };
    add("daemon.log", daemonLog(command, device, flaky));
    add("warp-status.txt", flaky ? "Status update: Connecting\nReason: Happy eyeballs check failed\n"
                                 : "Status update: Connected\nNetwork: healthy\n");
    add("warp-settings.txt",
        "Merged configuration:\n(derived)\tAlways On: true\n(network policy)\tSwitch Locked: false\n"
        "(network policy)\tMode: WarpWithDnsOverHttps\n(network policy)\tExclude mode\n");
    add("connectivity.txt", flaky ? "connectivity check: FAILED (timeout after 5s)\n"
                                  : "connectivity check: ok\nlatency: 14ms\n");
    add("dns-check.txt",
        "host.example.com: ok 12ms\nportal.example.com: " + QByteArray(flaky ? "SERVFAIL\n" : "ok 9ms\n"));
    add("route.txt", routes(allRoutes));
    add("version.txt", "Client version: " + version + '\n');
    add("platform.txt", device.platform.toUtf8() + '\n');
    add("hostname.txt", device.name.toUtf8() + '\n');
    add("warp-account.txt",
        "Account type: Team\nOrganization: sandbox\nUser: " + device.email.toUtf8() + '\n');
    add("warp-device-posture.txt", "firewall: pass\ndisk-encryption: pass\n");
    add("warp-dns-stats.txt",
        "queries: 4211\nfallback: 12\ntimeouts: " + QByteArray(flaky ? "231\n" : "2\n"));
    add("warp-stats.txt",
        "sent: 182MB\nreceived: 1.4GB\nestimated loss: " + QByteArray(flaky ? "4.2%\n" : "0.0%\n"));
    add("ifconfig.txt", "eth0: inet 192.168.1.23 mtu 1500\nCloudflareWARP: inet 172.16.0.2 mtu 1280\n");
    add("netstat.txt", "tcp 192.168.1.23:50001 192.0.2.1:443 ESTABLISHED\n");
    add("dns-servers.txt", "127.0.2.2\n127.0.2.3\n");
    add("traceroute.txt", "1 192.168.1.1 1ms\n2 198.51.100.1 7ms\n3 192.0.2.1 14ms\n");
    add("firewall-rules.txt", "default: allow\n");
    add("boringtun.log", command.created.toString(Qt::ISODate).toUtf8() + " handshake complete\n");
    add("timezone.txt", "UTC\n");
    add("timing.txt", "total: " + QByteArray::number(command.seconds) + "s\n");
    add("process-list.txt", "warp-svc\nwarp-taskbar\n");
    add("hosts.txt", "127.0.0.1 localhost\n");
    add("override-codes.txt", "none\n");
    add("installed-certs.txt", "Cloudflare for Teams ECC Certificate Authority\n");
    return files;
}

} // namespace sandbox
