// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/troubles.h"

namespace ui {

using captures::Desk;
using connections::Act;

Troubles::Troubles(Desk* desk, QObject* parent)
    : QObject(parent)
{
    connect(desk, &Desk::failed, this, &Troubles::failed);
    connect(desk, &Desk::healed, this, &Troubles::healed);
    connect(&desk->client(), &api::Client::slowed, this, &Troubles::slowed);
}

void Troubles::put(Trouble trouble)
{
    m_all.removeIf([&trouble](const Trouble& other) { return other.act == trouble.act; });
    m_all << std::move(trouble);
    Q_EMIT changed();
}

void Troubles::failed(Act act, const api::Error& error)
{
    const auto words = connections::explain(error, act);
    put({.act = act,
         .tone = Tone::Bad,
         .what = words.what,
         .todo = words.todo,
         .details = words.details,
         .canTryAgain = act == Act::ReadDevices || act == Act::ReadQuota || act == Act::Follow});
}

void Troubles::healed(Act act)
{
    if (m_all.removeIf([act](const Trouble& trouble) { return trouble.act == act; }) > 0)
        Q_EMIT changed();
}

void Troubles::slowed(std::chrono::seconds wait)
{
    const auto isSlowed = [](const Trouble& trouble) {
        return !trouble.act && trouble.tone == Tone::Waiting;
    };
    const auto before = m_all.removeIf(isSlowed);
    if (wait.count() > 0)
        m_all << Trouble{
            .act = {},
            .tone = Tone::Waiting,
            .what = tr("Too many requests. Continues by itself in %1 s; nothing is lost.").arg(wait.count()),
            .todo = {},
            .details = {},
            .canTryAgain = false};
    if (before > 0 || wait.count() > 0)
        Q_EMIT changed();
}

void Troubles::tell(const QString& sentence)
{
    m_all.removeIf([](const Trouble& trouble) { return !trouble.act && trouble.tone == Tone::Warning; });
    m_all << Trouble{
        .act = {}, .tone = Tone::Warning, .what = sentence, .todo = {}, .details = {}, .canTryAgain = false};
    Q_EMIT changed();
}

void Troubles::dismiss()
{
    if (m_all.isEmpty())
        return;
    // The same cause told by several acts is one strip, and goes as one.
    const auto what = m_all.last().what;
    m_all.removeIf([&what](const Trouble& trouble) { return trouble.what == what; });
    Q_EMIT changed();
}

} // namespace ui
