// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/secrets.h"

#include <algorithm>
#include <functional>
#include <utility>

#include <QLoggingCategory>
#include <QPointer>
#include <QThread>
#include <QTimer>

#include "storage/kwallet.h"
#include "storage/secretservice.h"
#include "storage/sessionbus.h"

namespace storage {

namespace {

using namespace Qt::StringLiterals;
using Kind = SecretProblem::Kind;

Q_LOGGING_CATEGORY(keychain, "capturedesk.keychain", QtInfoMsg)

const auto application = u"Capture Desk"_s; ///< the name that keychains display

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

} // namespace

void SecretCall::end(std::expected<QString, SecretProblem> result)
{
    m_result = std::move(result);
    deleteLater(); // before the signal: a slot may delete the call at once
    Q_EMIT finished();
}

struct Keychain::Request {
    enum class What { Check, Read, Write, Remove } what = What::Check;
    QString key;
    QString secret; ///< only for Write

    /// Blocks.  \param within timeout of one call over the bus
    [[nodiscard]] SecretAnswer carryOut(std::chrono::milliseconds within, Question* question) const;

private:
    [[nodiscard]] SecretAnswer from(auto&& store) const
    {
        switch (what) {
        case What::Check: return store.check();
        case What::Read: return store.read(key);
        case What::Write: return store.write(key, secret);
        case What::Remove: return store.remove(key);
        }
        Q_UNREACHABLE();
    }
};

SecretAnswer Keychain::Request::carryOut(std::chrono::milliseconds within, Question* question) const
{
    SessionBus bus(within, question);
    const auto none = [](const QString& words) {
        return std::unexpected(SecretProblem{.kind = Kind::NoService, .message = words});
    };
    if (!bus.isConnected())
        return none(bus.error());
    const auto names = bus.names();
    if (!names)
        return std::unexpected(problemOf(names.error()));
    const auto wallet =
        std::ranges::find_if(Wallet::names, [&names](const QString& name) { return names->contains(name); });
    const bool hasWallet = wallet != Wallet::names.end();
    // KWallet provides the Secret Service itself, once it is running.
    const bool hasService =
        names->contains(SecretService::name) ||
        (hasWallet && !bus.isRunning(*wallet) && bus.start(*wallet) && bus.isRunning(SecretService::name));
    if (hasService) {
        auto answer = from(SecretService(bus, application));
        // The bus may list the name although the service is not installed.
        if (answer || answer.error().kind != Kind::NoService || !hasWallet ||
            bus.isRunning(SecretService::name))
            return answer;
    }
    if (!hasWallet)
        return none(u"nobody on the session bus keeps secrets"_s);
    return from(Wallet(bus, *wallet, application));
}

namespace {

/// Runs `act` in the session bus's thread.  A request with an abandoned prompt must first leave its event
/// loop and close its connection, and with it the prompt; so a later request waits instead of running nested
/// inside that loop, unless `nests`.
void perform(QObject* there, int* depth, bool nests, const std::function<void()>& act)
{
    if (*depth > 0 && !nests) {
        QTimer::singleShot(std::chrono::milliseconds(1), there,
                           [there, depth, nests, act] { perform(there, depth, nests, act); });
        return;
    }
    ++*depth;
    act();
    --*depth;
}

} // namespace

/// One request, from entering the queue to its result.
class Keychain::Call final : public SecretCall {
public:
    Call(Request request, Keychain* keychain)
        : SecretCall(keychain)
        , m_request(std::move(request))
        , m_keychain(keychain)
        , m_question(std::make_shared<Question>(
              [here = QPointer<Call>(this), back = QPointer<Keychain>(keychain)](bool open) {
                  QMetaObject::invokeMethod(back, [here, open] {
                      if (here && !here->m_ended)
                          here->prompted(open);
                  });
              }))
    {
        m_deadline.setSingleShot(true);
        connect(&m_deadline, &QTimer::timeout, this, [this] {
            if (m_prompts)
                fail(Kind::Locked, u"no answer to the keychain's question"_s);
            else
                fail(Kind::NoService, u"the session bus or its keychain does not answer"_s);
        });
    }

    ~Call() override
    {
        m_question->giveUp();
        m_keychain->leave(this);
    }

    void start()
    {
        if (std::exchange(m_started, true) || m_ended)
            return;
        m_deadline.start(m_keychain->m_deadlines.service);
        // A result that arrives after the call has ended is dropped.
        auto act = [here = QPointer<Call>(this), back = m_keychain, request = m_request,
                    within = m_keychain->m_deadlines.call, question = m_question] {
            const auto answer = request.carryOut(within, question.get());
            QMetaObject::invokeMethod(back, [here, answer] {
                if (here && !here->m_ended)
                    here->answered(answer);
            });
        };
        QMetaObject::invokeMethod(m_keychain->m_there,
                                  [there = m_keychain->m_there, depth = &m_keychain->m_depth,
                                   nests = m_request.what == Request::What::Check,
                                   act] { perform(there, depth, nests, act); });
    }

    void refuse(const QString& words)
    {
        QMetaObject::invokeMethod(
            this,
            [this, words] {
                if (!m_ended)
                    fail(Kind::NoService, words);
            },
            Qt::QueuedConnection);
    }

    void allowAnyTime() override
    {
        m_patient = true;
        if (m_prompts)
            m_deadline.stop();
    }

    void abandon() override
    {
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!m_ended)
                    fail(Kind::Locked, u"its question was not waited for"_s);
            },
            Qt::QueuedConnection);
    }

private:
    void prompted(bool open)
    {
        m_prompts = open;
        if (!open) {
            m_deadline.start(m_keychain->m_deadlines.service);
            return;
        }
        if (m_patient)
            m_deadline.stop();
        else
            m_deadline.start(m_keychain->m_deadlines.question);
        Q_EMIT asking();
    }

    void answered(const SecretAnswer& answer)
    {
        if (!answer && answer.error().kind != Kind::NotFound)
            qCWarning(keychain).noquote() << word(answer.error().kind) << answer.error().message;
        finish(answer);
    }

    void fail(Kind kind, const QString& words)
    {
        m_question->giveUp();
        answered(std::unexpected(SecretProblem{.kind = kind, .message = words}));
    }

    void finish(const SecretAnswer& answer)
    {
        m_ended = true;
        m_deadline.stop();
        m_keychain->leave(this);
        end(answer);
    }

    Request m_request;
    Keychain* m_keychain;
    std::shared_ptr<Question> m_question;
    QTimer m_deadline;
    bool m_started = false;
    bool m_prompts = false; ///< a prompt is open
    bool m_patient = false;
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
    const auto calls = findChildren<SecretCall*>(Qt::FindDirectChildrenOnly);
    m_queue.clear(); // so that no queued call starts any more
    qDeleteAll(calls);
    m_thread->quit();
    m_thread->wait();
}

SecretCall* Keychain::ask(Request request)
{
    const bool waits = request.what != Request::What::Check;
    auto* call = new Call(std::move(request), this);
    if (!hasSessionBus()) {
        call->refuse(u"there is no session bus"_s);
        return call;
    }
    if (waits)
        m_queue << call;
    if (!waits || m_queue.size() == 1)
        call->start();
    return call;
}

/// Removes a finished call from the queue and starts the next one.
void Keychain::leave(Call* call)
{
    if (m_queue.removeAll(call) > 0 && !m_queue.isEmpty())
        m_queue.first()->start();
}

SecretCall* Keychain::check()
{
    return ask({.what = Request::What::Check, .key = {}, .secret = {}});
}

SecretCall* Keychain::read(const QString& key)
{
    return ask({.what = Request::What::Read, .key = key, .secret = {}});
}

SecretCall* Keychain::write(const QString& key, const QString& secret)
{
    if (secret.isEmpty()) // KWallet treats an empty secret as a removal, other keychains do not
        return remove(key);
    return ask({.what = Request::What::Write, .key = key, .secret = secret});
}

SecretCall* Keychain::remove(const QString& key)
{
    return ask({.what = Request::What::Remove, .key = key, .secret = {}});
}

} // namespace storage
