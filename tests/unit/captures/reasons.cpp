// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The reasons that the window gives for a failed capture: those that the documentation names, each only where
// it can apply.

#include <QTest>

#include "captures/capture.h"
#include "suites.h"
#include "support/suite.h"

using captures::Capture;
using captures::State;
using captures::Type;

namespace {

const QDateTime began(QDate(2026, 11, 23), QTime(14, 0), Qt::UTC);

Capture ended(const QString& platform, Type type, State state, int seconds = 180)
{
    Capture capture;
    capture.order.device.platform = platform;
    capture.order.type = type;
    if (type == Type::Pcap)
        capture.order.command.args = api::PcapArgs{};
    else
        capture.order.command.args = api::DiagArgs{};
    capture.state = state;
    capture.commandId = QStringLiteral("c");
    capture.created = began;
    capture.completed = began.addSecs(seconds);
    return capture;
}

} // namespace

void ReasonsTest::named_data()
{
    QTest::addColumn<Capture>("capture");
    QTest::addColumn<QStringList>("says");
    QTest::addColumn<QStringList>("saysNot");
    const auto windows = QStringLiteral("windows"), mac = QStringLiteral("mac"),
               linux_ = QStringLiteral("linux");
    const QStringList common{QStringLiteral("disk of the device is full"), QStringLiteral("local firewall")};
    const auto modes = QStringLiteral("only “Traffic and DNS” and “Traffic only” can");
    const auto pktmon = QStringLiteral("pktmon");
    const auto row = [](const char* name, const Capture& capture, const QStringList& says,
                        const QStringList& saysNot) { QTest::newRow(name) << capture << says << saysNot; };
    row("packets, Windows, at once", ended(windows, Type::Pcap, State::Failed, 20),
        {QStringLiteral("another capture"), pktmon}, {});
    row("packets, Windows", ended(windows, Type::Pcap, State::Failed), common + QStringList{modes, pktmon},
        {});
    row("packets, macOS", ended(mac, Type::Pcap, State::Failed), common + QStringList{modes}, {pktmon});
    row("packets, Linux, at once", ended(linux_, Type::Pcap, State::Failed, 20), common + QStringList{modes},
        {pktmon});
    row("diagnostics, Windows", ended(windows, Type::Diag, State::Failed), common, {modes, pktmon});
    row("packets, after ten minutes", ended(windows, Type::Pcap, State::Failed, 601),
        {QStringLiteral("disconnected")}, {pktmon, modes});
    row("diagnostics, nothing uploaded", ended(mac, Type::Diag, State::NothingUploaded),
        {QStringLiteral("over 100 MB are never uploaded"), QStringLiteral("sudo warp-diag"),
         QStringLiteral("warp-debugging-info")},
        {});
    row("packets, nothing uploaded", ended(windows, Type::Pcap, State::NothingUploaded),
        {QStringLiteral("probably over 5 MB")}, {QStringLiteral("warp-diag")});
    const auto outside = QStringLiteral("capture-default.pcap");
    row("packets, Windows, ready", ended(windows, Type::Pcap, State::Ready),
        {outside, QStringLiteral("another language than English")}, {});
    row("packets, macOS, ready", ended(mac, Type::Pcap, State::Ready), {}, {outside});
    row("diagnostics, Windows, ready", ended(windows, Type::Diag, State::Ready), {}, {outside});
    auto inside = ended(windows, Type::Pcap, State::Ready);
    inside.order.command.args = api::PcapArgs{.interfaces = QList{api::Interface::Tunnel}};
    row("packets inside the tunnel, Windows, ready", inside, {}, {outside});
}

void ReasonsTest::named()
{
    QFETCH(Capture, capture);
    QFETCH(QStringList, says);
    QFETCH(QStringList, saysNot);
    const auto advice = captures::advice(capture);
    for (const auto& part : says)
        QVERIFY2(advice.contains(part), qPrintable(advice));
    for (const auto& part : saysNot)
        QVERIFY2(!advice.contains(part), qPrintable(advice));
    QCOMPARE(advice.isEmpty(), says.isEmpty());
}

CAPTUREDESK_SUITE(test_captures_reasons, ReasonsTest)
