// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/banner.h"

#include <algorithm>

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/common/text.h"
#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr qsizetype longestText = 600;
constexpr qsizetype mostLines = 12; ///< lines of details; the service may list a reason for each row

} // namespace

Banner::Banner(QWidget* parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_details(new QLabel(this))
    , m_more(new QToolButton(this))
    , m_again(new QPushButton(tr("Try again"), this))
    , m_offer(new QPushButton(this))
{
    setObjectName(QStringLiteral("banner"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);

    m_icon->setObjectName(QStringLiteral("bannerIcon"));
    m_text->setObjectName(QStringLiteral("bannerText"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details->setObjectName(QStringLiteral("bannerDetails"));
    m_details->setWordWrap(true);
    m_details->setTextFormat(Qt::PlainText);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details->setForegroundRole(QPalette::PlaceholderText);
    m_details->hide();
    m_more->setText(tr("Details"));
    m_more->setCheckable(true);
    connect(m_more, &QToolButton::toggled, m_details, &QWidget::setVisible);

    connect(m_again, &QPushButton::clicked, this, &Banner::again);
    m_offer->setObjectName(QStringLiteral("bannerOffer"));
    connect(m_offer, &QPushButton::clicked, this, [this] {
        if (const auto offer = m_messages.value(m_order.last()).offer;
            offer.act) // a copy: the call may change the messages
            offer.act();
    });
    auto* close = new QToolButton(this);
    close->setIcon(icon(QLatin1StringView("close")));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close message"));
    close->setToolTip(tr("Close message"));
    connect(close, &QToolButton::clicked, this, &Banner::clear);

    auto* texts = new QVBoxLayout;
    texts->addWidget(m_text);
    texts->addWidget(m_details);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 6, 6, 6);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addWidget(m_more, 0, Qt::AlignTop);
    row->addWidget(m_offer, 0, Qt::AlignTop);
    row->addWidget(m_again, 0, Qt::AlignTop);
    row->addWidget(close, 0, Qt::AlignTop);
    hide();
}

void Banner::show(connections::Act act, const connections::Explanation& explanation, const Offer& offer,
                  Kind kind)
{
    m_order.removeAll(int(act));
    // One cause often makes several acts fail at once.  A missing quota is the least important of them, so it
    // goes to the back.
    if (act == connections::Act::ReadQuota)
        m_order.prepend(int(act));
    else
        m_order << int(act);
    m_messages[int(act)] = {.explanation = explanation, .offer = offer, .kind = kind};
    refresh();
}

void Banner::take(connections::Act act)
{
    m_order.removeAll(int(act));
    refresh();
}

void Banner::clear()
{
    m_order.clear();
    refresh();
}

void Banner::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh(); // a label keeps its pixmap in the old colours
}

void Banner::clearAllBut(connections::Act act)
{
    m_order.removeIf([act](int other) { return other != int(act); });
    refresh();
}

void Banner::refresh()
{
    setVisible(!m_order.isEmpty());
    if (m_order.isEmpty())
        return;
    const auto& [explanation, offer, kind] = m_messages[m_order.last()];
    const bool isNews = kind == Kind::News;
    const auto sign = isNews ? icon(QLatin1StringView("info"), Tone::Busy)
                             : icon(QLatin1StringView("warning"), Tone::Warning);
    m_icon->setPixmap(sign.pixmap(20, 20));
    m_icon->setAccessibleName(isNews ? tr("Information") : tr("Warning"));
    // Parts of the text come from the service, or from a proxy in between.
    m_text->setText(shown((explanation.what + u' ' + explanation.todo).trimmed(), longestText));
    // Sanitized line by line, so that all facts about a certificate are shown.
    auto lines = explanation.details.split(u'\n').mid(0, mostLines);
    std::ranges::transform(lines, lines.begin(), [](const QString& line) { return shown(line); });
    m_details->setText(lines.join(u'\n'));
    // Only reads can be retried: a click here must not repeat a run or a save, and a notice is not a failure.
    using connections::Act;
    const auto act = Act(m_order.last());
    const bool isNotice = act == Act::Connect && explanation.details.isEmpty();
    const bool reads = act == Act::ReadDevices || act == Act::ReadQuota || act == Act::Follow;
    m_again->setVisible(reads || (act == Act::Connect && !isNotice));
    m_offer->setText(offer.text);
    m_offer->setVisible(!offer.text.isEmpty());
    m_more->setVisible(!explanation.details.isEmpty());
}

} // namespace ui
