// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desktop.h"

#include <csignal>

#include <QCoreApplication>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVirtualObject>
#include <QDir>
#include <QDirIterator>
#include <QEventLoop>
#include <QJsonDocument>
#include <QTest>
#include <QTimer>

#include "support/eventually.h"

using namespace Qt::StringLiterals;

namespace {

// The bus has a service folder of its own, so it can start only services that a test offers.
const auto busConfiguration = u"<busconfig><type>session</type><listen>unix:dir=%1</listen>"
                              "<servicedir>%1/services</servicedir>"
                              "<policy context='default'><allow send_destination='*' eavesdrop='true'/>"
                              "<allow eavesdrop='true'/><allow own='*'/></policy></busconfig>"_s;

void end(QProcess& process)
{
    if (process.state() == QProcess::NotRunning)
        return;
    ::kill(pid_t(process.processId()), SIGCONT); // a failed test may have left it stopped
    process.terminate();
    if (!process.waitForFinished(support::ceilingMs)) { // its data must be on the disk
        process.kill();
        process.waitForFinished();
    }
}

} // namespace

/// Accepts every call and never replies.
class Desktop::Deaf : public QDBusVirtualObject {
public:
    [[nodiscard]] QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection&) override
    {
        message.setDelayedReply(true);
        return true;
    }
};

Desktop::Desktop()
    : environment(QProcessEnvironment::systemEnvironment())
{
    for (const auto* name : {"DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP",
                             "DESKTOP_SESSION", "GNOME_KEYRING_CONTROL", "SSH_AUTH_SOCK"})
        environment.remove(QLatin1StringView(name));
    for (const auto* name : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME",
                             "XDG_RUNTIME_DIR"}) {
        const auto path = m_folder.filePath(QString::fromLatin1(name).toLower());
        QDir().mkpath(path);
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        environment.insert(QLatin1StringView(name), path);
    }
}

Desktop::~Desktop()
{
    QDBusConnection::disconnectFromBus(m_name);
    end(keyring);
    end(bus);
}

bool Desktop::startBus()
{
    if (!QDir(m_folder.path()).mkpath(u"services"_s))
        return false;
    QFile file(m_folder.filePath(u"bus.conf"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(busConfiguration.arg(m_folder.path()).toUtf8()) < 0)
        return false;
    file.close();
    bus.setProcessEnvironment(environment);
    bus.start(u"dbus-daemon"_s,
              {u"--config-file="_s + file.fileName(), u"--nofork"_s, u"--nopidfile"_s, u"--print-address"_s});
    while (!bus.canReadLine()) {
        if (!bus.waitForReadyRead(support::ceilingMs))
            return false;
    }
    const auto address = QString::fromLatin1(bus.readLine()).trimmed();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, address);
    m_name = m_folder.path();
    return QDBusConnection::connectToBus(address, m_name).isConnected();
}

bool Desktop::offer(const QString& name, const QString& program, const QStringList& arguments)
{
    const auto folder = m_folder.filePath(u"services"_s);
    QFile file(folder + u'/' + name + u".service"_s);
    return QDir().mkpath(folder) && file.open(QIODevice::WriteOnly) &&
           file.write(u"[D-BUS Service]\nName=%1\nExec=%2 %3\n"_s
                          .arg(name, QDir(QCoreApplication::applicationDirPath()).filePath(program),
                               arguments.join(u' '))
                          .toUtf8()) > 0;
}

bool Desktop::startKeyring()
{
    keyring.setProcessEnvironment(environment);
    keyring.setProcessChannelMode(QProcess::MergedChannels);
    keyring.start(u"gnome-keyring-daemon"_s, {u"--foreground"_s, u"--unlock"_s, u"--components=secrets"_s});
    keyring.write("correct horse battery");
    keyring.closeWriteChannel();
    return support::eventually([this] {
        return connection().interface()->isServiceRegistered(u"org.freedesktop.secrets"_s) &&
               call(u"ReadAlias"_s, {u"default"_s});
    });
}

void Desktop::stopKeyring()
{
    end(keyring);
}

bool Desktop::call(const QString& method, const QVariantList& arguments) const
{
    auto message = QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
                                                  u"org.freedesktop.Secret.Service"_s, method);
    message.setArguments(arguments);
    return connection().call(message, QDBus::Block, support::ceilingMs).type() == QDBusMessage::ReplyMessage;
}

bool Desktop::lock()
{
    const QDBusObjectPath login(u"/org/freedesktop/secrets/collection/login"_s);
    return call(u"Lock"_s, {QVariant::fromValue(QList{login})});
}

bool Desktop::ignoreQuestions()
{
    m_deaf = std::make_unique<Deaf>();
    auto own = connection();
    return own.registerVirtualObject(u"/org/gnome/keyring/Prompter"_s, m_deaf.get()) &&
           own.registerService(u"org.gnome.keyring.SystemPrompter"_s);
}

QList<QJsonObject> Desktop::ask(const QStringList& calls, const QString& secret)
{
    QProcess subject;
    subject.setProcessEnvironment(environment);
    subject.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QEventLoop loop; // services in this thread need an event loop
    QObject::connect(&subject, &QProcess::finished, &loop, &QEventLoop::quit);
    QObject::connect(&subject, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    QTimer::singleShot(support::ceilingMs, &loop, &QEventLoop::quit);
    QByteArray said;
    QObject::connect(&subject, &QProcess::readyReadStandardOutput, &loop, [&] {
        said += subject.readAllStandardOutput();
        // The subject has answered, so services that were stopped to make it wait can continue.
        if (said.count('\n') == calls.size()) {
            for (const auto* stopped : {&bus, &keyring})
                if (stopped->state() == QProcess::Running)
                    ::kill(pid_t(stopped->processId()), SIGCONT);
        }
    });
    subject.start(QDir(QCoreApplication::applicationDirPath()).filePath(u"keychain_subject"_s), calls);
    subject.write(secret.toUtf8());
    subject.closeWriteChannel();
    loop.exec();
    if (subject.state() != QProcess::NotRunning) {
        qWarning() << "the subject does not end; it said" << said;
        subject.kill();
        subject.waitForFinished();
        return {};
    }
    if (subject.exitStatus() != QProcess::NormalExit || subject.exitCode() != 0) {
        qWarning() << "the subject ended with" << subject.exitCode() << subject.exitStatus();
        return {};
    }
    QList<QJsonObject> answers;
    for (const auto& line : said.trimmed().split('\n'))
        answers << QJsonDocument::fromJson(line).object();
    return answers;
}

QJsonObject Desktop::askOne(const QString& call, const QString& secret)
{
    return ask({call}, secret).value(0);
}

bool Desktop::holds(const QString& text) const
{
    const auto wide = QByteArray(reinterpret_cast<const char*>(text.utf16()), text.size() * 2);
    QDirIterator files(m_folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        const auto content = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        if (content.contains(text.toUtf8()) || content.contains(wide) ||
            content.contains(text.toUtf8().toBase64().first(text.size())))
            return true;
    }
    return false;
}
