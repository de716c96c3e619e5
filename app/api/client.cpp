// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/client.h"

#include <algorithm>

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QPointer>
#include <QRandomGenerator>
#include <QTimer>

#include "api/download.h"
#include "api/exchange.h"
#include "api/pacer.h"

namespace api {

class CreateCall;

/// What the calls of one client share.
class Client::Private {
public:
    Endpoint endpoint;
    Formats formats;
    QNetworkAccessManager* network;
    Deadlines deadlines;
    Retries retries;
    std::optional<QSslConfiguration> tls;
    QElapsedTimer since;
    std::unique_ptr<Pacer> pacer;
    QList<QPointer<CreateCall>> creates; ///< while the format is being found out, one alone; the others wait here
};

namespace {

/// What is wrong with the endpoint itself, before anything is sent to it.
std::optional<Error> endpointProblem(const Endpoint& endpoint)
{
    if (const auto problem = baseUrlProblem(endpoint.baseUrl))
        return TransportError{.kind = TransportError::Kind::Lost, .message = *problem, .mayHaveSent = false};
    return std::nullopt;
}

/// Whether asking once more may help.  A refused connection or an unknown name is told at once instead.
bool heals(const Error& error)
{
    if (const auto* transport = std::get_if<TransportError>(&error))
        return transport->kind == TransportError::Kind::Lost || transport->kind == TransportError::Kind::TimedOut;
    if (const auto* http = std::get_if<HttpError>(&error))
        return http->status >= 500 || http->status == 429 || http->status == 408;
    if (const auto* service = std::get_if<ServiceError>(&error))
        return service->status >= 500 || service->status == 429 || service->status == 408;
    return false;
}

bool isSlowDown(const Error& error)
{
    const auto* service = std::get_if<ServiceError>(&error);
    const auto* http = std::get_if<HttpError>(&error);
    return (service && service->status == 429) || (http && http->status == 429);
}

} // namespace

/// One exchange after another through the pacer, each classified; what the typed calls are made of.
class Attempt : public QObject {
public:
    Attempt(Client::Private* client, QObject* parent)
        : QObject(parent)
        , m_client(client)
        , m_pacer(client->pacer.get())
    {
    }

    ~Attempt() override { release(); }

    /// \param body nothing: a GET
    void start(const QByteArray& path, const QUrlQuery& query, const std::optional<QByteArray>& body,
               std::function<void(std::expected<QJsonObject, Error>)> done)
    {
        m_done = std::move(done);
        if (const auto problem = endpointProblem(m_client->endpoint)) {
            QTimer::singleShot(0, this, [this, problem] { m_done(std::unexpected(*problem)); });
            return;
        }
        const auto kind = body ? Pacer::Kind::Post : Pacer::Kind::Get;
        m_pacer->enqueue(kind, this, [this, path, query, body] {
            m_holds = true;
            if (m_cancelled) {
                end(std::unexpected(Error(Cancelled{})));
                return;
            }
            const auto& client = *m_client;
            m_exchange = new Exchange(client.network, requestFor(client.endpoint, path, query, client.tls), body,
                                      client.deadlines.request, client.endpoint.credentials, this);
            connect(m_exchange, &Exchange::finished, this, &Attempt::answered);
        });
    }

    void cancel()
    {
        m_cancelled = true;
        if (m_exchange)
            m_exchange->cancel();
        else if (!m_holds)
            QTimer::singleShot(0, this, [this] { m_done(std::unexpected(Error(Cancelled{}))); });
    }

private:
    void answered()
    {
        const auto& result = m_exchange->result();
        if (!result)
            return end(std::unexpected(result.error()));
        m_pacer->learn(result->status, m_exchange->header("Ratelimit"), m_exchange->header("Ratelimit-Policy"),
                       result->retryAfter);
        end(clean(readEnvelope(*result)));
    }

    /// The service's words can quote the request.
    std::expected<QJsonObject, Error> clean(std::expected<QJsonObject, Error> result) const
    {
        if (result)
            return result;
        auto& error = result.error();
        const auto& credentials = m_client->endpoint.credentials;
        if (auto* service = std::get_if<ServiceError>(&error)) {
            for (auto& notice : service->errors)
                notice.message = withoutSecrets(notice.message, credentials);
        } else if (auto* http = std::get_if<HttpError>(&error)) {
            http->excerpt = withoutSecrets(http->excerpt, credentials);
        }
        return result;
    }

    void end(std::expected<QJsonObject, Error> result)
    {
        release();
        if (m_exchange)
            m_exchange->deleteLater();
        m_exchange = nullptr;
        m_done(std::move(result));
    }

    void release()
    {
        if (std::exchange(m_holds, false) && m_pacer)
            m_pacer->ended();
    }

    Client::Private* m_client;
    QPointer<Pacer> m_pacer;
    Exchange* m_exchange = nullptr;
    std::function<void(std::expected<QJsonObject, Error>)> m_done;
    bool m_holds = false; ///< a place among the outstanding ones
    bool m_cancelled = false;
};

namespace {

/// A GET, repeated where that can help.
template<class Request>
class GetCall : public Reply<typename Request::Value> {
    using Base = Reply<typename Request::Value>;

public:
    GetCall(Client::Private* client, const Request& request, QObject* parent)
        : Base(parent)
        , m_client(client)
        , m_request(request)
        , m_attempt(client, this)
    {
        ask();
    }

    void cancel() override
    {
        m_cancelled = true;
        m_attempt.cancel();
        if (m_waiting)
            this->finish(std::unexpected(Error(Cancelled{})));
    }

private:
    void ask()
    {
        m_waiting = false;
        m_attempt.start(m_request.path(m_client->endpoint.accountId), m_request.query(), {},
                        [this](std::expected<QJsonObject, Error> envelope) { answered(std::move(envelope)); });
    }

    void answered(std::expected<QJsonObject, Error> envelope)
    {
        if (!envelope) {
            if (!m_cancelled && retry(envelope.error()))
                return;
            this->finish(std::unexpected(envelope.error()));
            return;
        }
        auto value = Request::decode(*envelope);
        if (value)
            this->finish(*std::move(value));
        else
            this->finish(std::unexpected(Error(value.error())));
    }

    bool retry(const Error& error)
    {
        const auto& retries = m_client->retries;
        if (!heals(error))
            return false;
        if (isSlowDown(error)) {
            // The pacer lets nothing through before the service wants it; a service that never relents is told.
            if (++m_slowDowns >= 10)
                return false;
            ask();
            return true;
        }
        if (++m_failures >= retries.attempts)
            return false;
        const auto full = std::min(retries.ceiling, retries.first * (1 << (m_failures - 1)));
        const auto wait = std::chrono::milliseconds(qint64(double(full.count()) * (0.5 + retries.random() / 2)));
        m_waiting = true;
        QTimer::singleShot(wait, this, [this] {
            if (m_waiting)
                ask();
        });
        return true;
    }

    Client::Private* m_client;
    Request m_request;
    Attempt m_attempt;
    int m_failures = 0;
    int m_slowDowns = 0;
    bool m_waiting = false;
    bool m_cancelled = false;
};

/// How many parts of a request an error's pointer names: the deeper, the better the form fitted.
qsizetype depthOf(const Error& error)
{
    qsizetype depth = 0;
    if (const auto* service = std::get_if<ServiceError>(&error)) {
        for (const auto& notice : service->errors)
            depth = std::max(depth, notice.pointer ? notice.pointer->count(u'/') : 0);
    }
    return depth;
}

} // namespace

/// The POST: sent once, and in Automatic once more in the other format after a decoded 400 or 422, which creates nothing.
class CreateCall : public Reply<CreateCommands::Value> {
public:
    CreateCall(Client::Private* client, const QList<CommandOrder>& orders, QObject* parent)
        : Reply(parent)
        , m_client(client)
        , m_orders(orders)
        , m_attempt(client, this)
    {
    }

    void start() { post(m_client->formats.next()); }
    void cancel() override { m_attempt.cancel(); }

private:
    void post(Format format)
    {
        const CreateCommands request{.orders = m_orders, .format = format};
        m_attempt.start(request.path(m_client->endpoint.accountId), {}, encode(format, m_orders),
                        [this, format](std::expected<QJsonObject, Error> envelope) { answered(format, envelope); });
    }

    void answered(Format format, const std::expected<QJsonObject, Error>& envelope)
    {
        auto& formats = m_client->formats;
        const bool open = formats.choice == FormatChoice::Automatic && !formats.known;
        if (envelope) {
            if (open)
                formats.known = format;
            settle(decode(*envelope));
            return;
        }
        const auto& error = envelope.error();
        const auto* refusal = std::get_if<ServiceError>(&error);
        const bool aboutTheForm = refusal && (refusal->status == 400 || refusal->status == 422);
        if (open && aboutTheForm && !m_refused) {
            m_refused = error;
            post(Format::Current);
            return;
        }
        // Refused in both forms: the words about the one that fitted better are the ones that help.
        if (m_refused && aboutTheForm && depthOf(*m_refused) >= depthOf(error))
            settle(std::unexpected(*m_refused));
        else
            settle(std::unexpected(error));
    }

    std::expected<CreateCommands::Value, Error> decode(const QJsonObject& envelope) const
    {
        auto commands = CreateCommands::decode(envelope);
        if (!commands)
            return std::unexpected(Error(commands.error()));
        if (commands->size() != m_orders.size()) {
            return std::unexpected(Error(DecodeError{
                .path = QStringLiteral("/result/commands"),
                .problem = QStringLiteral("%1 commands were asked for, %2 came back").arg(m_orders.size()).arg(commands->size())}));
        }
        return *std::move(commands);
    }

    void settle(std::expected<CreateCommands::Value, Error> result)
    {
        auto& queue = m_client->creates;
        queue.removeAll(QPointer<CreateCall>(this));
        queue.removeAll(QPointer<CreateCall>());
        if (!queue.isEmpty())
            QTimer::singleShot(0, queue.first(), [next = queue.first()] { next->start(); });
        finish(std::move(result));
    }

    Client::Private* m_client;
    QList<CommandOrder> m_orders;
    Attempt m_attempt;
    std::optional<Error> m_refused; ///< by the first form
};

Format Formats::next() const
{
    switch (choice) {
    case FormatChoice::Automatic: return known.value_or(Format::Documented);
    case FormatChoice::Documented: return Format::Documented;
    case FormatChoice::Current: return Format::Current;
    }
    Q_UNREACHABLE();
}

Client::Client(Endpoint endpoint, FormatChoice choice, QNetworkAccessManager* network, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->endpoint = std::move(endpoint);
    d->formats.choice = choice;
    d->network = network;
    d->retries.random = [] { return QRandomGenerator::global()->generateDouble(); };
    d->since.start();
    d->pacer = std::make_unique<Pacer>([this] { return std::chrono::milliseconds(d->since.elapsed()); });
    connect(d->pacer.get(), &Pacer::slowed, this, &Client::slowed);
}

Client::~Client()
{
    // Calls refer to what goes now.
    qDeleteAll(findChildren<Call*>(Qt::FindDirectChildrenOnly));
}

const Endpoint& Client::endpoint() const
{
    return d->endpoint;
}

const Formats& Client::formats() const
{
    return d->formats;
}

void Client::setDeadlines(Deadlines deadlines)
{
    d->deadlines = deadlines;
}

void Client::setRetries(Retries retries)
{
    d->retries = std::move(retries);
}

void Client::setTls(const QSslConfiguration& tls)
{
    d->tls = tls;
}

Reply<ListDevices::Value>* Client::send(const ListDevices& request)
{
    return new GetCall<ListDevices>(d.get(), request, this);
}

Reply<ListCommands::Value>* Client::send(const ListCommands& request)
{
    return new GetCall<ListCommands>(d.get(), request, this);
}

Reply<Quota>* Client::send(const GetQuota& request)
{
    return new GetCall<GetQuota>(d.get(), request, this);
}

Reply<TokenState>* Client::send(const VerifyToken& request)
{
    return new GetCall<VerifyToken>(d.get(), request, this);
}

Reply<CreateCommands::Value>* Client::create(const QList<CommandOrder>& orders)
{
    Q_ASSERT(!orders.isEmpty() && orders.size() <= maxCommandsPerPost);
    auto* call = new CreateCall(d.get(), orders, this);
    const bool findingOut = d->formats.choice == FormatChoice::Automatic && !d->formats.known;
    d->creates.removeAll(QPointer<CreateCall>());
    if (findingOut)
        d->creates << call;
    if (!findingOut || d->creates.size() == 1)
        call->start();
    return call;
}

Download* Client::download(const DownloadArtifact& request, QIODevice* target)
{
    return new ArtifactDownload(d->network, d->pacer.get(), d->endpoint, request, d->tls, d->deadlines.downloadStall,
                                target, this);
}

} // namespace api
