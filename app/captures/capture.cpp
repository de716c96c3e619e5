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

/// How long it took from the order to its end, in minutes.
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

QString statusLine(const Capture& capture, const QDateTime& now)
{
    const auto text = stateText(capture.state);
    if (isUnsent(capture.state) && capture.asks)
        return capture.state == State::WaitingTurn && capture.waitUntil
                   ? Text::tr("%1 · it is here: start it?").arg(stateText(State::WaitingDevice))
                   : Text::tr("%1 · needs your word").arg(text);
    if (capture.state == State::WaitingDevice && capture.waitUntil)
        return Text::tr("%1 · until %2")
            .arg(text, QLocale().toString(capture.waitUntil->toLocalTime(), QStringLiteral("ddd HH:mm")));
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
        // The service keeps files for seven days; counted are the operator's.
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
        return Text::tr(
            "The connection broke while sending. Checking what was started. Do not start it in the "
            "dashboard.");
    case State::NotStarted: return Text::tr("The service shows no trace of this capture.");
    case State::NothingUploaded: {
        const auto* pcap =
            std::get_if<api::PcapArgs>(capture.followed ? &*capture.followed : &capture.order.command.args);
        if (!pcap)
            return Text::tr("Finished without a file: a diagnostic over 100 MB is not uploaded.");
        if (capture.followed && !pcap->maxFileSizeMb)
            return Text::tr("Finished without a file, probably over its size limit.");
        const auto limit = pcap->maxFileSizeMb.value_or(field(Number::FileSize).serviceDefault);
        return Text::tr("Finished without a file, probably over %1 MB.").arg(numberText(limit));
    }
    case State::Failed: {
        switch (likelyCause(capture)) {
        case Cause::Busy: return Text::tr("Probably another capture was running on this device.");
        case Cause::Disconnected:
            return Text::tr("The client was probably disconnected. Ask the user to reconnect.");
        case Cause::Unknown: break;
        }
        return Text::tr("The service gives no reason. Ask the user to stay connected, then run it again.");
    }
    case State::Refused:
        return Text::tr("Nothing was started. Correct what the service names, then run it again.");
    case State::Deleted: return Text::tr("The service keeps captures for seven days.");
    case State::WaitingDevice:
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
    case State::Ready:
    case State::Cancelled: return {};
    }
    Q_UNREACHABLE();
}

} // namespace captures
