// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "connections/explain.h"

#include <algorithm>
#include <array>

#include "connections/tr.h"
#include "connections/transport.h"

namespace connections {

namespace {

bool hasCode(const api::ServiceError& error, std::initializer_list<int> codes)
{
    return std::ranges::any_of(error.errors, [&](const api::Notice& notice) {
        return std::ranges::find(codes, notice.code) != codes.end();
    });
}

QString firstWords(const api::ServiceError& error)
{
    return error.errors.isEmpty() ? Text::tr("no reason given") : error.errors.first().message;
}

/// The service has no documented error code for this, so its message is searched.
bool aboutQuota(const api::ServiceError& error)
{
    return std::ranges::any_of(error.errors, [](const api::Notice& notice) {
        return notice.message.contains(QLatin1StringView("quota"), Qt::CaseInsensitive) ||
               notice.message.contains(QLatin1StringView("daily limit"), Qt::CaseInsensitive);
    });
}

/// What the failure means for the operation.
QString consequence(Act act)
{
    switch (act) {
    case Act::Connect: return Text::tr("The account cannot be used yet.");
    case Act::ReadDevices: return Text::tr("The devices shown may be out of date.");
    case Act::ReadQuota: return Text::tr("How many captures are left today is not known.");
    case Act::Record:
    case Act::Run: return Text::tr("No capture was started.");
    case Act::Follow: return Text::tr("Captures go on; their state is not known for now.");
    case Act::Save: return Text::tr("The capture file was not saved.");
    case Act::KeepKey: return Text::tr("The key was not kept.");
    case Act::List:
    case Act::Settings: break; // makes no request
    }
    return {};
}

/// When the operation is retried, and by whom.
QString again(Act act)
{
    switch (act) {
    case Act::Connect: return Text::tr("Wait a minute, then try again.");
    case Act::Save: return Text::tr("Wait a minute, then save it again.");
    case Act::ReadDevices:
    case Act::ReadQuota:
    case Act::Follow: return Text::tr("Capture Desk tries again by itself; F5 tries at once.");
    case Act::Record:
    case Act::Run: return Text::tr("Capture Desk tries again by itself; nothing is lost.");
    case Act::KeepKey:
    case Act::List:
    case Act::Settings: break; // makes no request
    }
    return {};
}

struct Words {
    Act act;

    Explanation say(const QString& what, const QString& todo) const
    {
        return {.what = what + u' ' + consequence(act), .todo = todo, .details = {}};
    }

    Explanation inTrouble() const
    {
        return say(Text::tr("The service has a problem of its own."), again(act));
    }

    Explanation operator()(const api::TransportError& error) const
    {
        auto [what, todo] = sentencesOf(error);
        if (healsByItself(error))
            todo = (todo + u' ' + again(act)).trimmed();
        return say(what, todo);
    }

    Explanation operator()(const api::HttpError& error) const
    {
        if (error.status >= 300 && error.status < 400)
            return say(
                Text::tr("The address answers with a redirect, which is not followed: it would carry the key "
                         "elsewhere."),
                Text::tr("Check the connection's address. A network that asks for a sign-in page does this, "
                         "too."));
        if (error.status == 429)
            return slowed();
        if (error.status >= 500)
            return inTrouble();
        if (act == Act::Save && (error.status < 300 || error.content == api::Content::Part))
            return notTheFile(error);
        if (act == Act::Save && (error.status == 404 || error.status == 410))
            return noFile();
        return say(Text::tr("Something between here and the service answered instead of it."),
                   Text::tr("Check the connection's address, and whether this network filters web traffic."));
    }

    /// For a successful reply that is not a capture file.
    Explanation notTheFile(const api::HttpError& error) const
    {
        using api::Content;
        switch (error.content) {
        case Content::WebPage:
            return say(Text::tr("The service sent a web page instead of the capture: a proxy or sign-in page "
                                "may be in between."),
                       Text::tr("Open any web page in a browser on this computer, sign in if it asks, then "
                                "save again."));
        case Content::Nothing:
            return say(Text::tr("The service sent an empty file instead of the capture."),
                       Text::tr("Save it again in a minute. If it stays empty, run the capture again."));
        case Content::Part:
            return say(Text::tr("The service sent another part of the file than the one that was asked for; "
                                "the file may have changed."),
                       Text::tr("Save it again: it starts from the beginning."));
        case Content::Coded:
            return say(Text::tr("The service sent the file compressed as “%1”, which this program does not "
                                "read.")
                           .arg(error.excerpt),
                       Text::tr("Save it again. If it stays, a proxy may compress what passes through: ask "
                                "who runs your network."));
        case Content::Other: break;
        }
        return say(Text::tr("What the service sent is not a capture file: it is not a zip."),
                   Text::tr("Save it again in a minute. Details show how it begins."));
    }

    Explanation noFile() const
    {
        return say(Text::tr("The service has no file of this capture (any more)."),
                   Text::tr("It keeps files for seven days, and none of a capture that uploaded nothing."));
    }

    Explanation slowed() const
    {
        const bool byHand = act == Act::Connect || act == Act::Save;
        return say(Text::tr("Too many requests."),
                   byHand ? again(act) : Text::tr("Continues by itself; nothing is lost."));
    }

    Explanation operator()(const api::ServiceError& error) const
    {
        if (error.status == 429)
            return slowed();
        if (error.status >= 500)
            return inTrouble();
        if (hasCode(error, {6003}))
            return say(Text::tr("The key or token is malformed."),
                       Text::tr("Copy it once more, whole and alone."));
        if (hasCode(error, {7000, 7003}))
            return say(
                Text::tr("The service knows no such account."),
                Text::tr(
                    "Check the account ID: 32 characters, in the address of the dashboard after its host."));
        if (api::isNotAllowed(error) && !aboutQuota(error))
            return notAllowed();
        if (aboutQuota(error))
            return {
                .what =
                    Text::tr("Today's captures are used up, by everyone together. %1").arg(consequence(act)),
                .todo = Text::tr("Run fewer, or run again after the reset."),
                .details = {}};
        if (act == Act::Save && (error.status == 404 || error.status == 410))
            return noFile();
        return say(Text::tr("The service refused: “%1”.").arg(firstWords(error)), {});
    }

    Explanation operator()(const api::DecodeError& error) const
    {
        if (error.status >= 500)
            return inTrouble();
        return say(
            Text::tr("The service answered something that this program cannot read."),
            Text::tr("Try again. If it stays, the service has changed: look for a newer Capture Desk."));
    }

    Explanation operator()(const api::Cancelled&) const { return say(Text::tr("Cancelled."), {}); }

    template<class Other>
    Explanation operator()(const Other& error) const
    {
        return say(api::describe(error), {});
    }

    Explanation notAllowed() const
    {
        switch (act) {
        case Act::Run:
            return {.what = Text::tr("This key may not start captures, or not from this network."),
                    .todo = Text::tr("Ask its owner for “Cloudflare DEX Write”."),
                    .details = {}};
        case Act::Connect:
        case Act::ReadDevices:
        case Act::ReadQuota:
        case Act::Record:
        case Act::Follow:
        case Act::Save:
        case Act::KeepKey:
        case Act::List:
        case Act::Settings: break;
        }
        return say(
            Text::tr("The key is not valid for this account, or not from this network."),
            Text::tr("Ask its owner for a token with “Cloudflare DEX Write”. To look only, “Cloudflare "
                     "DEX Read”, “Zero Trust Read” or “Zero Trust Report” suffices."));
    }
};

} // namespace

bool isQuotaUsedUp(const api::Error& error)
{
    const auto* refusal = std::get_if<api::ServiceError>(&error);
    return refusal && api::effectOf(error) == api::Effect::Refused && aboutQuota(*refusal);
}

bool isNotAllowed(const api::Error& error)
{
    const auto* refusal = std::get_if<api::ServiceError>(&error);
    return refusal && api::effectOf(error) == api::Effect::Refused && api::isNotAllowed(*refusal) &&
           !aboutQuota(*refusal);
}

bool healsByItself(const api::Error& error)
{
    using Kind = api::TransportError::Kind;
    if (const auto* transport = std::get_if<api::TransportError>(&error)) {
        switch (transport->kind) {
        case Kind::Refused:
        case Kind::NameNotFound:
        case Kind::TimedOut:
        case Kind::Lost: return true;
        case Kind::Proxy:
            return transport->proxy != api::ProxyFault::Password &&
                   transport->proxy != api::ProxyFault::Denied;
        case Kind::Settings:
        case Kind::Tls: return false;
        }
    }
    const auto isPassing = [](int status) { return status >= 500 || status == 429 || status == 408; };
    if (const auto* http = std::get_if<api::HttpError>(&error))
        return isPassing(http->status);
    if (const auto* service = std::get_if<api::ServiceError>(&error))
        return isPassing(service->status);
    const auto* decode = std::get_if<api::DecodeError>(&error);
    return decode && isPassing(decode->status);
}

Explanation explain(const api::Error& error, Act act)
{
    auto result = std::visit(Words{act}, error);
    result.details = api::describe(error);
    return result;
}

} // namespace connections
