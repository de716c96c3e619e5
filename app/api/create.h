// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <QList>
#include <QPointer>

#include "api/client.h"
#include "api/exchange.h"

namespace api {

class CreateCall;

/// \brief Detection of the POST format, and the calls that wait for its result.
struct Negotiation {
    Formats formats;
    QList<QPointer<CreateCall>> queue; ///< the first call detects the format, the others wait for it
    std::function<void(Format)> found; ///< called with the detected format

    [[nodiscard]] bool isOpen() const { return formats.choice == FormatChoice::Automatic && !formats.known; }
};

/// \brief The POST that creates commands.  Sent once; with Automatic sent a second time, in the other
/// format, after a decoded 400 or 422, which creates nothing.
class CreateCall final : public Reply<CreateCommands::Value> {
public:
    CreateCall(std::shared_ptr<Wire> wire, std::shared_ptr<Negotiation> negotiation,
               const QList<CommandOrder>& orders, QObject* parent);
    ~CreateCall() override;

    void cancel() override;

private:
    void begin();
    void post(Format format);
    void answered(Format format);
    void accepted(const QJsonObject& envelope);
    void settle(std::expected<CreateCommands::Value, Error> result);
    void leaveQueue();

    std::shared_ptr<Wire> m_wire;
    std::shared_ptr<Negotiation> m_negotiation;
    QList<CommandOrder> m_orders;
    std::unique_ptr<Exchange> m_exchange;
    std::optional<Error> m_refused; ///< the error for the first format
    bool m_settled = false;
};

/// Returns the refusal of the format that fits better: the one whose JSON pointer is deeper, or the first if
/// both are equally deep.
[[nodiscard]] Error deeperRefusal(const Error& first, const Error& second);

} // namespace api
