// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The mock of KDE's wallet as a program that the session bus starts: `keychain_plasma NAME [secrets]`.

#include <QCoreApplication>
#include <QDBusConnection>
#include <QTimer>

#include "mocksecrets.h"
#include "mockwallet.h"

using namespace Qt::StringLiterals;

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const auto address = qEnvironmentVariable("DBUS_STARTER_ADDRESS");
    const auto arguments = QCoreApplication::arguments();
    MockSecrets secrets(address);
    MockWallet wallet(address, arguments.value(1));
    // Like kwalletd: the Secret Service is available before the program has its own name.
    if (arguments.contains(u"secrets"_s) && !secrets.start())
        return 1;
    if (!wallet.start())
        return 1;
    // Exits with the bus, the end of which QtDBus does not report.
    const auto bus = QDBusConnection::connectToBus(address, u"life"_s);
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &app, [&bus] {
        if (!bus.isConnected())
            QCoreApplication::quit();
    });
    look.start(std::chrono::milliseconds(100));
    return QCoreApplication::exec();
}
