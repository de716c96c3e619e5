// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "captures/capture.h"

#include <chrono>

#include <QLocale>

#include "captures/numbertext.h"
#include "captures/tr.h"

namespace captures {

namespace {

QString minutesSince(const QDateTime& then, const QDateTime& now)
{
    const auto minutes = std::max<qint64>(0, then.secsTo(now) / 60);
    return Text::tr("%1 min").arg(minutes);
}

/// Rounds up, so that 0 means that the time has passed.
qint64 secondsUntil(const QDateTime& then, const QDateTime& now)
{
    constexpr qint64 second = 1000;
    return (now.msecsTo(then) + second - 1) / second;
}

/// The causes that the service's documentation names, for a failure that neither its duration nor another
/// capture explains.
QString otherCauses(const Capture& capture)
{
    const auto common =
        Text::tr("The service gives no reason. Likely: the disk of the device is full, or a local "
                 "firewall or security program stops the client.");
    if (capture.order.type != Type::Pcap)
        return common;
    auto text =
        Text::tr("%1 Or the client is in a mode that cannot capture: only “Traffic and DNS” and “Traffic "
                 "only” can.")
            .arg(common);
    if (capture.order.device.isWindows())
        text = Text::tr("%1 Or another capture tool, such as pktmon, was at work.").arg(text);
    return text;
}

QString clockOf(const QDateTime& time)
{
    return time.toLocalTime().toString(QStringLiteral("HH:mm"));
}

api::Command listedAs(const api::Args& args)
{
    api::Command command;
    command.args = args;
    return command;
}

/// Minutes from the creation of the command to its end; -1 if unknown.
double minutesTaken(const Capture& capture)
{
    if (!capture.created || !capture.completed)
        return -1;
    return double(capture.created->secsTo(*capture.completed)) / 60;
}

} // namespace

bool isFinal(State state)
{
    switch (state) {
    case State::WaitingDevice:
    case State::WaitingTurn:
    case State::Sending:
    case State::Checking:
    case State::OnDevice:
    case State::Uploading: return false;
    case State::Ready:
    case State::NothingUploaded:
    case State::Failed:
    case State::Refused:
    case State::NotStarted:
    case State::Cancelled:
    case State::Deleted: return true;
    }
    Q_UNREACHABLE();
}

bool isPending(State state)
{
    return state == State::OnDevice || state == State::Uploading;
}

bool isUnsent(State state)
{
    return state == State::WaitingDevice || state == State::WaitingTurn;
}

bool mayHaveFile(const Capture& capture)
{
    return capture.state == State::Ready ||
           (capture.state == State::NothingUploaded && !capture.commandId.isEmpty());
}

QString stateText(State state)
{
    switch (state) {
    case State::WaitingDevice: return Text::tr("Waiting for device");
    case State::WaitingTurn: return Text::tr("Waiting its turn");
    case State::Sending: return Text::tr("Sending");
    case State::Checking: return Text::tr("Checking");
    case State::OnDevice: return Text::tr("On the device");
    case State::Uploading: return Text::tr("Uploading");
    case State::Ready: return Text::tr("Ready");
    case State::NothingUploaded: return Text::tr("Nothing uploaded");
    case State::Failed: return Text::tr("Failed");
    case State::Refused: return Text::tr("Refused");
    case State::NotStarted: return Text::tr("Not started");
    case State::Cancelled: return Text::tr("Cancelled");
    case State::Deleted: return Text::tr("Deleted by the service");
    }
    Q_UNREACHABLE();
}

bool isSlowed(const Capture& capture, const QDateTime& now, const std::optional<QDateTime>& slowedUntil)
{
    if (capture.state != State::WaitingTurn || capture.asks || !slowedUntil || now >= *slowedUntil)
        return false;
    // A hold that ends much later has another reason, such as the daily quota.
    constexpr qint64 together = 2'000;
    return !capture.heldUntil || slowedUntil->msecsTo(*capture.heldUntil) < together;
}

QString slowedText(const std::optional<QDateTime>& slowedUntil, const QDateTime& now)
{
    return slowedUntil && now < *slowedUntil
               ? Text::tr("Too many requests. Continues by itself in %1 s; nothing is lost.")
                     .arg(secondsUntil(*slowedUntil, now))
               : QString();
}

QString summary(const Capture& capture)
{
    if (!capture.followed) {
        Options options;
        if (const auto* pcap = std::get_if<api::PcapArgs>(&capture.order.command.args))
            options.pcap = *pcap;
        else
            options.diag = std::get<api::DiagArgs>(capture.order.command.args);
        return options.summary();
    }
    if (const auto* pcap = std::get_if<api::PcapArgs>(&*capture.followed))
        return pcap->timeLimitMin ? Options{.pcap = *pcap, .diag = {}}.summary()
                                  : Text::tr("Packet capture, time limit not known");
    return Text::tr("Diagnostics");
}

std::optional<QDateTime> usuallyReady(const Capture& capture)
{
    if (isUnsent(capture.state))
        return std::nullopt;
    if (!capture.followed) {
        const auto start = capture.sent.value_or(capture.asked);
        return start.addSecs(usualDuration(capture.order.command.args).count());
    }
    const auto usual = usualDuration(listedAs(*capture.followed));
    if (!usual || !capture.created)
        return std::nullopt;
    return capture.created->addSecs(usual->count());
}

QString statusLine(const Capture& capture, const QDateTime& now, const std::optional<QDateTime>& slowedUntil)
{
    const auto text = stateText(capture.state);
    if (isUnsent(capture.state) && capture.asks)
        return capture.state == State::WaitingTurn && capture.waitUntil
                   ? Text::tr("%1 · it is here: start it?").arg(stateText(State::WaitingDevice))
                   : Text::tr("%1 · needs your confirmation").arg(text);
    if (capture.state == State::WaitingDevice && capture.waitUntil)
        return Text::tr("%1 · until %2")
            .arg(text, QLocale().toString(capture.waitUntil->toLocalTime(), QStringLiteral("ddd HH:mm")));
    if (isSlowed(capture, now, slowedUntil))
        return Text::tr("%1 · continues in %2 s").arg(text).arg(secondsUntil(*slowedUntil, now));
    if (capture.state == State::WaitingTurn && capture.heldUntil && now < *capture.heldUntil) {
        const auto wait = now.secsTo(*capture.heldUntil) + 1;
        return wait < 300
                   ? Text::tr("%1 · waiting for the service, %2 s").arg(text).arg(wait)
                   : Text::tr("%1 · more at %2")
                         .arg(text, capture.heldUntil->toLocalTime().toString(QStringLiteral("HH:mm")));
    }
    if (capture.state == State::OnDevice) {
        static const QStringList known{QStringLiteral("PENDING_EXEC"), QString()};
        if (!known.contains(capture.serviceStatus))
            return Text::tr("%1 · “%2”").arg(text, capture.serviceStatus);
        const auto ready = usuallyReady(capture);
        const auto by = ready ? clockOf(*ready) : QString();
        if (capture.followed) {
            auto line =
                capture.created
                    ? Text::tr("Followed · started by a colleague at %1").arg(clockOf(*capture.created))
                    : Text::tr("Followed · started by a colleague");
            if (ready && *ready >= now)
                line = Text::tr("%1 · usually ready by %2").arg(line, by);
            return line;
        }
        const auto start = capture.sent.value_or(capture.asked);
        if (start.secsTo(now) < 60)
            return Text::tr("%1 · usually ready by %2").arg(text, by);
        if (*ready < now)
            return Text::tr("%1, %2 · longer than usual").arg(text, minutesSince(start, now));
        return Text::tr("%1, %2 · usually ready by %3").arg(text, minutesSince(start, now), by);
    }
    if (capture.state == State::Ready && capture.completed) {
        // The service keeps files for seven days; these are days in the operator's time zone.
        const auto days = now.toLocalTime().daysTo(capture.completed->addDays(7).toLocalTime());
        return days > 0 ? Text::tr("%1 · %2 d left").arg(text).arg(days)
                        : Text::tr("%1 · deleted today").arg(text);
    }
    return text;
}

Cause likelyCause(const Capture& capture)
{
    const auto taken = minutesTaken(capture);
    if (capture.order.device.isWindows() && taken >= 0 && taken < 1)
        return Cause::Busy;
    return taken >= 9.5 ? Cause::Disconnected : Cause::Unknown;
}

QString advice(const Capture& capture)
{
    switch (capture.state) {
    case State::Checking:
        if (!capture.problem.isEmpty())
            return Text::tr("Checking what was started. Do not start it in the dashboard.");
        return Text::tr(
            "The connection broke while sending. Checking what was started. Do not start it in the "
            "dashboard.");
    case State::NotStarted: return Text::tr("The service shows no trace of this capture.");
    case State::NothingUploaded: {
        const auto* pcap =
            std::get_if<api::PcapArgs>(capture.followed ? &*capture.followed : &capture.order.command.args);
        if (!pcap)
            return Text::tr(
                "Finished without a file: diagnostics over 100 MB are never uploaded. They are made on the "
                "device: let somebody run “warp-diag” there (on macOS and Linux “sudo warp-diag”) and send "
                "the "
                "file warp-debugging-info-….zip.");
        if (capture.followed && !pcap->maxFileSizeMb)
            return Text::tr("Finished without a file, probably over its size limit.");
        const auto limit = pcap->maxFileSizeMb.value_or(field(Number::FileSize).serviceDefault);
        return Text::tr("Finished without a file, probably over %1 MB.").arg(numberText(limit));
    }
    case State::Failed: {
        switch (likelyCause(capture)) {
        case Cause::Busy:
            return Text::tr(
                "Probably another capture, or another capture tool such as pktmon, was running on this "
                "device.");
        case Cause::Disconnected:
            return Text::tr("The client was probably disconnected. Ask the user to reconnect.");
        case Cause::Unknown: break;
        }
        return Text::tr("%1 Ask the user to stay connected, then run it again.").arg(otherCauses(capture));
    }
    case State::Refused:
        return Text::tr("Nothing was started. Correct what the service names, then run it again.");
    case State::Deleted: return Text::tr("The service keeps captures for seven days.");
    case State::WaitingDevice:
        if (capture.looking)
            return Text::tr("Looking whether the device is still there.");
        return capture.problem.isEmpty()
                   ? Text::tr("It starts when the device is connected; a packet capture asks first.")
                   : QString();
    case State::WaitingTurn:
        return capture.order.device.isWindows() && capture.problem.isEmpty() && !capture.asks
                   ? Text::tr(
                         "A Windows device runs one capture at a time; this one starts when the other has "
                         "ended.")
                   : QString();
    case State::OnDevice:
    case State::Uploading:
        if (!capture.followed)
            return {};
        return usuallyReady(capture)
                   ? Text::tr("Somebody else started it, and it is followed here.")
                   : Text::tr("Somebody else started it, and it is followed here. The service does not list "
                              "its options, so its end is not known.");
    case State::Sending:
    case State::Cancelled: return {};
    case State::Ready: {
        const auto* pcap = std::get_if<api::PcapArgs>(&capture.order.command.args);
        const bool outside = pcap && !capture.followed &&
                             (!pcap->interfaces || pcap->interfaces->contains(api::Interface::Default));
        return outside && capture.order.device.isWindows()
                   ? Text::tr("On Windows in another language than English, the capture outside the tunnel "
                              "(capture-default.pcap) is missing.")
                   : QString();
    }
    }
    Q_UNREACHABLE();
}

} // namespace captures
