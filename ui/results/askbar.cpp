// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/results/askbar.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "captures/desk.h"
#include "ui/common/text.h"

namespace ui {

AskBar::AskBar(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel(this))
    , m_start(new QPushButton(this))
    , m_cancel(new QPushButton(this))
{
    setObjectName(QStringLiteral("askBar"));
    setFrameShape(QFrame::StyledPanel);
    m_text->setObjectName(QStringLiteral("askText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_start->setObjectName(QStringLiteral("askStart"));
    m_cancel->setObjectName(QStringLiteral("askCancel"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_start);
    layout->addWidget(m_cancel);
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &AskBar::refresh);
    connect(m_start, &QPushButton::clicked, this, [this] {
        if (!m_desk)
            return;
        if (m_resumed) {
            for (const auto id : std::as_const(m_ids))
                m_noticed.insert(id);
            refresh();
        } else {
            m_desk->agree(m_ids);
        }
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_desk)
            m_desk->cancel(m_ids);
    });
    hide();
}

void AskBar::setDesk(captures::Desk* desk)
{
    if (m_desk)
        m_desk->disconnect(this);
    m_desk = desk;
    m_noticed.clear();
    const auto soon = [this] { m_soon.start(); };
    if (desk) {
        connect(desk, &captures::Desk::capturesAdded, this, soon);
        connect(desk, &captures::Desk::captureChanged, this, soon);
    }
    refresh();
}

void AskBar::refresh()
{
    m_ids = m_desk ? m_desk->asking() : QList<qint64>();
    m_resumed = m_ids.isEmpty();
    if (m_resumed) {
        showResumed();
        return;
    }
    show();
    // A device that has just appeared comes first, because it may go offline again.
    QList<qint64> here;
    QStringList names;
    for (const auto id : std::as_const(m_ids)) {
        const auto* capture = m_desk->capture(id);
        if (capture->state != captures::State::WaitingTurn || !capture->waitUntil)
            continue;
        here << id;
        if (const auto name = deviceName(capture->order.device, 60); !names.contains(name))
            names << name;
    }
    if (!here.isEmpty())
        m_ids = here;
    const auto count = int(m_ids.size());
    if (here.isEmpty())
        m_text->setText(
            tr("Capture Desk was closed for a while. %n captures were not sent.", nullptr, count));
    else if (names.size() == 1)
        m_text->setText(
            tr("%1 is here now. Start its capture? Ask the user to show the fault.").arg(names.first()));
    else
        m_text->setText(
            tr("%1 and %n more are here now. Start their captures? Ask the users to show the fault.", nullptr,
               int(names.size()) - 1)
                .arg(names.first()));
    m_start->setText(here.isEmpty() ? tr("Send %n", nullptr, count) : tr("Start %n", nullptr, count));
    m_cancel->setText(tr("Cancel %n", nullptr, count));
}

/// After a start: shows which captures still wait, and the button that cancels them.
void AskBar::showResumed()
{
    m_ids = m_desk ? m_desk->resumedUnsent() : QList<qint64>();
    m_ids.removeIf([this](qint64 id) { return m_noticed.contains(id); });
    setVisible(!m_ids.isEmpty());
    if (m_ids.isEmpty())
        return;
    const auto count = int(m_ids.size());
    const auto devices = int(std::ranges::count_if(
        m_ids, [this](qint64 id) { return m_desk->capture(id)->state == captures::State::WaitingDevice; }));
    QStringList parts;
    if (devices < count)
        parts << tr("%n wait their turn", nullptr, count - devices);
    if (devices > 0)
        parts << tr("%n wait for their devices", nullptr, devices);
    const bool willAsk = std::ranges::any_of(m_ids, [this](qint64 id) {
        const auto* capture = m_desk->capture(id);
        return capture->state == captures::State::WaitingDevice && captures::asksWhenSeen(capture->order);
    });
    m_text->setText(tr("%n captures of before are not sent yet: %1. %2", nullptr, count)
                        .arg(parts.join(QStringLiteral(", ")),
                             willAsk ? tr("Before a packet capture starts on a device that was waited for, "
                                          "Capture Desk asks; what else waits goes by itself.")
                                     : tr("They go by themselves.", nullptr, count)));
    m_start->setText(tr("OK"));
    m_cancel->setText(tr("Cancel %n", nullptr, count));
}

} // namespace ui
