// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/secrets.h"

#include <optional>

#include <QAbstractEventDispatcher>
#include <QLoggingCategory>
#include <QPointer>
#include <QThread>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include "storage/secretservice.h"

namespace storage {

namespace {

using namespace Qt::StringLiterals;
using Kind = SecretProblem::Kind;

Q_LOGGING_CATEGORY(keychain, "capturedesk.keychain", QtInfoMsg)

const auto serviceName = u"Capture Desk"_s; ///< as keychains show it

QLatin1StringView word(Kind kind)
{
    switch (kind) {
    case Kind::NoService: return "no service"_L1;
    case Kind::Locked: return "locked or refused"_L1;
    case Kind::NotFound: return "not found"_L1;
    case Kind::Other: break;
    }
    return "failed"_L1;
}

/// What QtKeychain waits for comes through GLib's loop, which Qt runs unless it is told not to.
bool hearsTheKeychain()
{
    const auto* dispatcher = QAbstractEventDispatcher::instance();
    return dispatcher && dispatcher->inherits("QEventDispatcherGlib");
}

} // namespace

void SecretCall::end(std::expected<QString, SecretProblem> result)
{
    m_result = std::move(result);
    deleteLater(); // first: who is told may delete it at once
    Q_EMIT finished();
}

/// In three steps: is there a keychain, QtKeychain's own work, and whether its answer can be believed.
class Keychain::Call final : public SecretCall {
public:
    enum class What { Check, Read, Write, Remove };

    Call(What what, QString key, Keychain* keychain)
        : SecretCall(keychain)
        , m_what(what)
        , m_key(std::move(key))
        , m_keychain(keychain)
    {
        m_deadline.setSingleShot(true);
        connect(&m_deadline, &QTimer::timeout, this, [this] {
            if (m_job)
                give(m_standing.locked ? Kind::Locked : Kind::Other,
                     u"no answer to the keychain's question"_s);
            else
                give(Kind::NoService, u"the session bus or its keychain does not answer"_s);
        });
    }

    ~Call() override
    {
        // It may not be deleted while the keychain works on it, and deletes itself when that ends.
        if (m_job)
            m_job->disconnect(this);
    }

    void start(const QString& secret)
    {
        if (!hasSessionBus()) {
            later(Kind::NoService, u"there is no session bus"_s);
        } else if (!hearsTheKeychain()) {
            later(Kind::NoService, u"Qt runs without GLib's event loop"_s);
        } else {
            look([this, secret](const Standing& standing) { looked(standing, secret); });
        }
    }

private:
    using Then = std::function<void(const Standing&)>;

    void look(const Then& then)
    {
        m_deadline.start(m_keychain->m_deadlines.service);
        auto* there = m_keychain->m_there;
        // What comes back when this has ended finds nobody.
        QMetaObject::invokeMethod(there, [here = QPointer<Call>(this), back = m_keychain, key = m_key,
                                          within = m_keychain->m_deadlines.call, then] {
            const auto standing = standingOf(serviceName, key, within);
            QMetaObject::invokeMethod(back, [here, standing, then] {
                if (here && !here->m_ended)
                    then(standing);
            });
        });
    }

    void looked(const Standing& standing, const QString& secret)
    {
        m_standing = standing;
        if (standing.service == Standing::Service::None) {
            give(Kind::NoService, standing.words);
            return;
        }
        QKeychain::WritePasswordJob* writing = nullptr;
        switch (m_what) {
        case What::Check:
            if (standing.locked)
                give(Kind::Locked, u"locked"_s);
            else
                succeed({});
            return;
        case What::Read: m_job = new QKeychain::ReadPasswordJob(serviceName); break;
        case What::Write:
            writing = new QKeychain::WritePasswordJob(serviceName);
            writing->setTextData(secret);
            m_job = writing;
            break;
        case What::Remove: m_job = new QKeychain::DeletePasswordJob(serviceName); break;
        }
        m_job->setKey(m_key);
        m_job->setInsecureFallback(false);
        m_job->setAutoDelete(true);
        connect(m_job, &QKeychain::Job::finished, this, &Call::worked);
        m_deadline.start(m_keychain->m_deadlines.question);
        m_job->start();
    }

    void worked(QKeychain::Job* job)
    {
        m_job = nullptr;
        const auto error = job->error();
        const auto words = job->errorString();
        switch (error) {
        case QKeychain::NoError:
            if (m_what == What::Remove)
                // A locked keychain that stays locked removes nothing, without a word.
                look([this](const Standing& standing) { believe(standing, standing.held, {}); });
            else if (const auto* read = qobject_cast<QKeychain::ReadPasswordJob*>(job))
                succeed(read->textData());
            else
                succeed({});
            return;
        case QKeychain::EntryNotFound:
            // Said of one that is locked, too.
            if (m_what == What::Remove)
                look([this, words](const Standing& standing) { believe(standing, standing.held, words); });
            else
                look([this, words](const Standing& standing) { believe(standing, true, words); });
            return;
        case QKeychain::AccessDeniedByUser:
        case QKeychain::AccessDenied: give(Kind::Locked, words); return;
        case QKeychain::NoBackendAvailable:
        case QKeychain::NotImplemented: give(Kind::NoService, words); return;
        case QKeychain::CouldNotDeleteEntry:
        case QKeychain::OtherError: break;
        }
        if (m_standing.locked)
            give(Kind::Locked, words); // the question was put aside
        else if (m_standing.service == Standing::Service::Wallet)
            give(Kind::NoService, words); // it is there, and QtKeychain does not use it
        else
            give(Kind::Other, words);
    }

    /// \param missed whether what was asked for did not happen
    void believe(const Standing& standing, bool missed, const QString& words)
    {
        if (standing.service == Standing::Service::None)
            give(Kind::NoService, standing.words);
        else if (standing.locked)
            give(Kind::Locked, words.isEmpty() ? u"locked"_s : words);
        else if (!missed)
            succeed({});
        else if (standing.held)
            give(Kind::Other, words.isEmpty() ? u"it is still there"_s : words);
        else
            give(Kind::NotFound, words);
    }

    void succeed(const QString& secret)
    {
        m_ended = true;
        m_deadline.stop();
        end(secret);
    }

    void give(Kind kind, const QString& words)
    {
        m_ended = true;
        m_deadline.stop();
        if (m_job)
            m_job->disconnect(this);
        if (kind != Kind::NotFound)
            qCWarning(keychain).noquote() << word(kind) << words;
        end(std::unexpected(SecretProblem{.kind = kind, .message = words}));
    }

    void later(Kind kind, const QString& words)
    {
        QMetaObject::invokeMethod(this, [this, kind, words] { give(kind, words); }, Qt::QueuedConnection);
    }

    What m_what;
    QString m_key;
    Keychain* m_keychain;
    Standing m_standing;
    QPointer<QKeychain::Job> m_job; ///< while the keychain works on it
    QTimer m_deadline;
    bool m_ended = false;
};

Keychain::Keychain(QObject* parent, SecretDeadlines deadlines)
    : Secrets(parent)
    , m_deadlines(deadlines)
    , m_thread(std::make_unique<QThread>())
    , m_there(new QObject)
{
    m_thread->setObjectName(u"keychain"_s);
    m_there->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_there, &QObject::deleteLater);
    m_thread->start();
}

Keychain::~Keychain()
{
    m_thread->quit();
    m_thread->wait();
}

SecretCall* Keychain::check()
{
    auto* call = new Call(Call::What::Check, {}, this);
    call->start({});
    return call;
}

SecretCall* Keychain::read(const QString& key)
{
    auto* call = new Call(Call::What::Read, key, this);
    call->start({});
    return call;
}

SecretCall* Keychain::write(const QString& key, const QString& secret)
{
    if (secret.isEmpty()) // KWallet takes it for a removal, others do not
        return remove(key);
    auto* call = new Call(Call::What::Write, key, this);
    call->start(secret);
    return call;
}

SecretCall* Keychain::remove(const QString& key)
{
    auto* call = new Call(Call::What::Remove, key, this);
    call->start({});
    return call;
}

} // namespace storage
