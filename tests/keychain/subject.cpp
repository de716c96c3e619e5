// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <cstdio>

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include "storage/secrets.h"
#include "support/eventually.h"

using namespace Qt::StringLiterals;

namespace {

QString nameOf(storage::SecretProblem::Kind kind)
{
    using Kind = storage::SecretProblem::Kind;
    switch (kind) {
    case Kind::NoService: return u"NoService"_s;
    case Kind::Locked: return u"Locked"_s;
    case Kind::NotFound: return u"NotFound"_s;
    case Kind::Other: return u"Other"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

/// The program under test, in a process of its own: makes all calls at once, and writes a line as each
/// finishes.  Reads the secret to write from standard input.
int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const auto patience = [](const char* name) {
        bool isGiven = false;
        const int ms = qEnvironmentVariableIntValue(name, &isGiven);
        return std::chrono::milliseconds(isGiven ? ms : support::ceilingMs);
    };
    const storage::SecretDeadlines deadlines{
        .service = patience("SERVICE_MS"), .question = patience("QUESTION_MS"), .call = patience("CALL_MS")};
    storage::Keychain keychain(nullptr, deadlines);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return 1;
    const auto typed = QString::fromUtf8(input.readAll());
    int open = 0;
    const auto calls = QCoreApplication::arguments().sliced(1);
    for (const auto& words : calls) {
        const auto verb = words.section(u' ', 0, 0);
        const auto key = words.section(u' ', 1);
        auto* call = verb == u"read"_s     ? keychain.read(key)
                     : verb == u"write"_s  ? keychain.write(key, typed)
                     : verb == u"remove"_s ? keychain.remove(key)
                                           : keychain.check();
        ++open;
        QObject::connect(call, &storage::SecretCall::finished, &app, [call] {
            QJsonObject line;
            if (const auto& result = call->result()) {
                line.insert(u"secret"_s, *result);
            } else {
                line.insert(u"problem"_s, nameOf(result.error().kind));
                line.insert(u"message"_s, result.error().message);
            }
            std::puts(QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
            std::fflush(stdout);
        });
        QObject::connect(call, &QObject::destroyed, &app, [&open] {
            if (--open == 0)
                QCoreApplication::quit();
        });
    }
    return QCoreApplication::exec();
}
