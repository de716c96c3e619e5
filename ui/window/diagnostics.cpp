// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/diagnostics.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSslSocket>
#include <QStatusBar>

#include "storage/diagnostics.h"
#include "ui/window/mainwindow.h"

namespace ui {

namespace {

QString keychainState(const storage::SecretCall& check)
{
    if (check.result())
        return QStringLiteral("there, open");
    return QStringLiteral("cannot be used: ") + check.result().error().message;
}

void copy(MainWindow* window, const QString& keychain)
{
    const auto& surroundings = window->surroundings();
    const auto* desk = window->desk();
    const auto text =
        storage::diagnostics(*surroundings.log, surroundings.paths,
                             {{QStringLiteral("Platform"), QGuiApplication::platformName()},
                              {QStringLiteral("TLS"), QSslSocket::sslLibraryVersionString()},
                              {QStringLiteral("Keychain"), keychain},
                              {QStringLiteral("Connection"),
                               desk ? connections::describe(desk->connection()) : QStringLiteral("none")}});
    QGuiApplication::clipboard()->setText(text);
    window->statusBar()->showMessage(
        MainWindow::tr(
            "The diagnostics are on the clipboard, without keys: paste them into your support request."),
        8000);
}

} // namespace

void copyDiagnostics(MainWindow* window)
{
    const auto& surroundings = window->surroundings();
    if (!surroundings.log)
        return;
    if (!surroundings.secrets) {
        copy(window, QStringLiteral("not used"));
        return;
    }
    auto* check = surroundings.secrets->check();
    QObject::connect(check, &storage::SecretCall::finished, window,
                     [window, check] { copy(window, keychainState(*check)); });
}

} // namespace ui
