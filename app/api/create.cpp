// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/create.h"

#include <algorithm>

#include "api/trace.h"

namespace api {

namespace {

qsizetype depthOf(const Error& error)
{
    qsizetype depth = 0;
    if (const auto* service = std::get_if<ServiceError>(&error)) {
        for (const auto& notice : service->errors)
            depth = std::max(depth, notice.pointer ? notice.pointer->count(u'/') : 0);
    }
    return depth;
}

bool isAboutTheForm(const Error& error)
{
    const auto* refusal = std::get_if<ServiceError>(&error);
    return refusal && (refusal->status == 400 || refusal->status == 422);
}

QLatin1StringView word(Effect effect)
{
    switch (effect) {
    case Effect::Refused: return QLatin1StringView("refused,");
    case Effect::NotSent: return QLatin1StringView("not sent,");
    case Effect::Unknown: break;
    }
    return QLatin1StringView("outcome unknown,");
}

/// The commands in the reply, without duplicates.  The caller handles fewer or more commands than requested.
/// A reply without commands is an error, because it does not show what was created.
std::expected<CreateCommands::Value, DecodeError> decodeAll(const QJsonObject& envelope, qsizetype asked)
{
    auto commands = CreateCommands::decode(envelope);
    if (!commands)
        return commands;
    if (commands->isEmpty()) {
        return std::unexpected(
            DecodeError{.path = QStringLiteral("/result/commands"),
                        .problem = QStringLiteral("expected %1 commands, found none").arg(asked)});
    }
    CreateCommands::Value result;
    for (const auto& command : *commands) {
        const auto same = std::ranges::find(*commands, command.id, &CreatedCommand::id);
        // An ID with contradictory entries is dropped.
        const bool clear = std::ranges::all_of(*commands, [&command](const CreatedCommand& other) {
            return other.id != command.id || other == command;
        });
        if (clear && &*same == &command)
            result << command;
    }
    return result;
}

} // namespace

Error deeperRefusal(const Error& first, const Error& second)
{
    return depthOf(second) > depthOf(first) ? second : first;
}

CreateCall::CreateCall(std::shared_ptr<Wire> wire, std::shared_ptr<Negotiation> negotiation,
                       const QList<CommandOrder>& orders, QObject* parent)
    : Reply(parent)
    , m_wire(std::move(wire))
    , m_negotiation(std::move(negotiation))
    , m_orders(orders)
{
    Q_ASSERT(!m_orders.isEmpty() && m_orders.size() <= maxCommandsPerPost);
    if (const auto problem = m_wire->problem()) {
        settle(std::unexpected(*problem));
        return;
    }
    if (m_negotiation->isOpen()) {
        m_negotiation->queue << this;
        if (m_negotiation->queue.first() != this)
            return;
    }
    begin();
}

CreateCall::~CreateCall()
{
    leaveQueue();
}

void CreateCall::begin()
{
    if (!m_settled)
        post(m_negotiation->formats.next());
}

void CreateCall::post(Format format)
{
    const CreateCommands request{.orders = m_orders, .format = format};
    const auto url = m_wire->url(request.path(m_wire->endpoint.accountId), {});
    m_exchange = std::make_unique<Exchange>(m_wire, url, encode(format, m_orders));
    connect(m_exchange.get(), &Exchange::finished, this, [this, format] { answered(format); });
}

void CreateCall::answered(Format format)
{
    const auto ending = m_exchange->ending();
    m_exchange.release()->deleteLater(); // the exchange is the sender of the current signal
    auto envelope = classify(ending, m_wire->redactor);
    if (envelope) {
        if (m_negotiation->isOpen()) {
            m_negotiation->formats.known = format;
            if (m_negotiation->found)
                m_negotiation->found(format);
        }
        accepted(*envelope);
        return;
    }
    const bool isFirst = !m_refused && m_negotiation->isOpen();
    if (!isAboutTheForm(envelope.error())) {
        settle(std::unexpected(envelope.error()));
    } else if (isFirst) {
        m_refused = envelope.error();
        post(format == Format::Documented ? Format::Current : Format::Documented);
    } else {
        settle(std::unexpected(m_refused ? deeperRefusal(*m_refused, envelope.error()) : envelope.error()));
    }
}

void CreateCall::accepted(const QJsonObject& envelope)
{
    auto commands = decodeAll(envelope, m_orders.size());
    if (commands)
        settle(std::move(*commands));
    else
        settle(std::unexpected(m_wire->redactor.clean(commands.error())));
}

void CreateCall::cancel()
{
    if (m_exchange)
        m_exchange->cancel();
    else if (!m_settled)
        settle(std::unexpected(Error(Cancelled{.mayHaveSent = false})));
}

void CreateCall::settle(std::expected<CreateCommands::Value, Error> result)
{
    m_settled = true;
    leaveQueue();
    if (result)
        qCInfo(wireLog).noquote() << "created" << result->size() << "commands, asked for" << m_orders.size();
    else
        qCWarning(wireLog).noquote() << "creating" << m_orders.size()
                                     << "commands:" << word(effectOf(result.error()))
                                     << brief(result.error());
    QMetaObject::invokeMethod(
        this, [this, outcome = std::move(result)] { finish(outcome); }, Qt::QueuedConnection);
}

/// Starts the waiting calls: all of them if the format is known now, otherwise only the next one.
void CreateCall::leaveQueue()
{
    auto& queue = m_negotiation->queue;
    const bool wasFirst = !queue.isEmpty() && queue.first() == this;
    queue.removeIf([this](const QPointer<CreateCall>& call) { return !call || call == this; });
    if (!wasFirst)
        return;
    const auto free = m_negotiation->isOpen() ? queue.mid(0, 1) : std::exchange(queue, {});
    for (const auto& call : free)
        QMetaObject::invokeMethod(call.data(), [call] { call->begin(); }, Qt::QueuedConnection);
}

} // namespace api
