// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/client.h"

#include "api/access.h"
#include "api/create.h"
#include "api/download.h"
#include "api/fetch.h"
#include "api/wire.h"

namespace api {

namespace {

template<class Request>
class GetCall final : public Reply<typename Request::Value> {
    using Base = Reply<typename Request::Value>;

public:
    GetCall(const std::shared_ptr<Wire>& wire, const Request& request, QObject* parent)
        : Base(parent)
        , m_wire(wire)
        , m_fetch(wire, request.path(wire->endpoint.accountId), request.query())
    {
        QObject::connect(&m_fetch, &Fetch::finished, this, [this] { answered(); });
    }

    void cancel() override { m_fetch.cancel(); }

private:
    void answered()
    {
        const auto& envelope = m_fetch.result();
        if (!envelope) {
            this->finish(std::unexpected(envelope.error()));
            return;
        }
        auto value = Request::decode(*envelope);
        if (value)
            this->finish(std::move(*value));
        else
            this->finish(std::unexpected(m_wire->redactor.clean(value.error())));
    }

    std::shared_ptr<Wire> m_wire;
    Fetch m_fetch;
};

} // namespace

Format Formats::next() const
{
    switch (choice) {
    case FormatChoice::Automatic: return known.value_or(remembered.value_or(Format::Documented));
    case FormatChoice::Documented: return Format::Documented;
    case FormatChoice::Current: return Format::Current;
    }
    Q_UNREACHABLE();
}

class Client::Private {
public:
    std::shared_ptr<Wire> wire; ///< shared with the calls
    std::shared_ptr<Negotiation> negotiation = std::make_shared<Negotiation>();
};

Client::Client(Endpoint endpoint, FormatChoice choice, QNetworkAccessManager* network, QObject* parent,
               std::shared_ptr<Pacer> pacer)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->wire = std::make_shared<Wire>(std::move(endpoint), network,
                                     pacer ? std::move(pacer) : std::make_shared<Pacer>());
    d->negotiation->formats.choice = choice;
    d->negotiation->found = [this](Format format) { Q_EMIT formatFound(format); };
    connect(&d->wire->gate, &Gate::slowed, this, &Client::slowed);
}

Client::~Client()
{
    d->negotiation->found = {}; // a call may outlive the client
}

const Endpoint& Client::endpoint() const
{
    return d->wire->endpoint;
}

const Formats& Client::formats() const
{
    return d->negotiation->formats;
}

void Client::setRemembered(std::optional<Format> format)
{
    d->negotiation->formats.remembered = format;
}

std::optional<QDateTime> Client::serviceTime() const
{
    return d->wire->date;
}

void Client::setDeadlines(Deadlines deadlines)
{
    d->wire->deadlines = deadlines;
}

void Client::setRetries(Retries retries)
{
    if (!retries.random)
        retries.random = d->wire->retries.random;
    d->wire->retries = std::move(retries);
}

void Client::setTls(const QSslConfiguration& tls)
{
    d->wire->tls = tls;
}

Reply<ListDevices::Value>* Client::send(const ListDevices& request)
{
    return new GetCall<ListDevices>(d->wire, request, this);
}

Reply<ListCommands::Value>* Client::send(const ListCommands& request)
{
    return new GetCall<ListCommands>(d->wire, request, this);
}

Reply<Quota>* Client::send(const GetQuota& request)
{
    return new GetCall<GetQuota>(d->wire, request, this);
}

Reply<TokenState>* Client::send(const VerifyToken& request)
{
    return new GetCall<VerifyToken>(d->wire, request, this);
}

Reply<Access>* Client::probe()
{
    return new AccessCall(d->wire, this);
}

Reply<CreateCommands::Value>* Client::create(const QList<CommandOrder>& orders)
{
    return new CreateCall(d->wire, d->negotiation, orders, this);
}

Download* Client::download(const DownloadArtifact& request, QIODevice* target)
{
    return new ArtifactDownload(d->wire, request, target, this);
}

} // namespace api
