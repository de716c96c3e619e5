// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "connections/transport.h"

#include <QLocale>

#include "connections/tr.h"

namespace connections {

namespace {

QString day(const QDateTime& time)
{
    return QLocale().toString(time.toLocalTime().date(), QLocale::LongFormat);
}

Sentences unsafe(const QString& what, const QString& todo)
{
    return {.what = Text::tr("The connection is not safe and was not used: %1").arg(what), .todo = todo};
}

QString askForAuthority()
{
    return Text::tr(
        "If your network inspects traffic, ask who runs it for its certificate file, and name that in "
        "the connection. If it does not, somebody else may be listening: tell them.");
}

Sentences sentencesOf(const api::TlsFailure& failure)
{
    using Fault = api::TlsFailure::Fault;
    const auto certificate = failure.certificate.value_or(api::Certificate());
    const auto& host = failure.host;
    switch (failure.faults.value(0, Fault::Other)) {
    case Fault::Revoked:
        return unsafe(Text::tr("the certificate of %1 was withdrawn.").arg(host),
                      Text::tr("Tell who runs the service or your network."));
    case Fault::UnknownIssuer:
        return unsafe(Text::tr("%1 shows a certificate from “%2”, which this computer does not trust.")
                          .arg(host, certificate.issuer),
                      askForAuthority());
    case Fault::SelfSigned:
        return unsafe(
            Text::tr("%1 shows a certificate that it signed itself, as “%2”.").arg(host, certificate.subject),
            askForAuthority());
    case Fault::WrongName:
        return unsafe(
            Text::tr("%1 shows a certificate of somebody else, “%2”.").arg(host, certificate.subject),
            Text::tr("Check the connection's address. A network that asks for a sign-in page does this, "
                     "too: sign in there in a browser."));
    case Fault::NotYetValid:
        return unsafe(
            Text::tr("the certificate of %1 is valid from %2 on only.").arg(host, day(certificate.from)),
            Text::tr(
                "Check this computer's date and time: they may be behind. If they are right, ask who runs "
                "your network."));
    case Fault::Expired:
        return unsafe(
            Text::tr("the certificate of %1 was valid until %2.").arg(host, day(certificate.until)),
            Text::tr("Check this computer's date and time. If they are right, tell who runs the service "
                     "or your network."));
    case Fault::Other: break;
    }
    return unsafe(Text::tr("the certificate of %1 cannot be verified.").arg(host), askForAuthority());
}

Sentences sentencesOf(api::ProxyFault fault)
{
    using Fault = api::ProxyFault;
    switch (fault) {
    case Fault::Refused:
        return {.what = Text::tr("Nobody answers at the proxy's address."),
                .todo = Text::tr("Check the network and the connection's proxy.")};
    case Fault::NameNotFound:
        return {
            .what = Text::tr("The proxy's name cannot be found, or the proxy does not know the service's."),
            .todo = Text::tr("Check that this computer is online, and the connection's proxy and address.")};
    case Fault::Password:
        return {.what =
                    Text::tr("The proxy does not let this computer through without its user and password."),
                .todo = Text::tr("Type both in the connection, or once more: they may have changed.")};
    case Fault::Denied:
        return {.what = Text::tr("The proxy does not let requests to the service through."),
                .todo = Text::tr("Ask who runs your network to allow the connection's address.")};
    case Fault::Unreachable:
        return {.what = Text::tr("The proxy does not reach the service."),
                .todo = Text::tr("Check the connection's address.")};
    case Fault::TimedOut:
        return {.what = Text::tr("The proxy did not open a way to the service in time."), .todo = {}};
    case Fault::Lost:
        return {.what = Text::tr("The proxy closed the connection."),
                .todo = Text::tr("If it stays, ask who runs your network.")};
    case Fault::Other: break;
    }
    return {.what = Text::tr("The proxy answered with an error of its own."),
            .todo = Text::tr("Check the connection's proxy.")};
}

} // namespace

Sentences sentencesOf(const api::TransportError& error)
{
    using Kind = api::TransportError::Kind;
    switch (error.kind) {
    case Kind::Settings: return {.what = error.message, .todo = Text::tr("Change the connection.")};
    case Kind::Refused:
        return {.what = Text::tr("Nobody answers at the service's address."),
                .todo = Text::tr("Check the network and the connection's address.")};
    case Kind::NameNotFound:
        return {.what = Text::tr("The service's name cannot be found."),
                .todo = Text::tr("Check that this computer is online.")};
    case Kind::Tls:
        return error.tls ? sentencesOf(*error.tls)
                         : unsafe(Text::tr("no certificate of the service could be verified."),
                                  Text::tr("Check the connection's address, or ask who runs your network."));
    case Kind::Proxy: return sentencesOf(error.proxy.value_or(api::ProxyFault::Other));
    case Kind::TimedOut: return {.what = Text::tr("The service did not answer in time."), .todo = {}};
    case Kind::Lost: break;
    }
    return {.what = Text::tr("The connection to the service broke."), .todo = Text::tr("Check the network.")};
}

} // namespace connections
