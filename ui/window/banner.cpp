// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/banner.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSet>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/common/text.h"

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QLatin1StringView signOf(Tone tone)
{
    switch (tone) {
    case Tone::Bad: return "fail"_L1;
    case Tone::Warning: return "warning"_L1;
    case Tone::Waiting: return "clock"_L1;
    case Tone::Busy:
    case Tone::Good: break;
    }
    return "info"_L1;
}

QLabel* plain(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

Banner::Banner(QWidget* parent)
    : QFrame(parent)
    , m_sign(new QLabel(this))
    , m_what(plain(u"bannerWhat"_s, this))
    , m_todo(plain(u"bannerTodo"_s, this))
    , m_words(plain(u"bannerDetails"_s, this))
    , m_more(new QLabel(this))
    , m_again(new QPushButton(tr("Try again"), this))
    , m_details(new QPushButton(tr("Details"), this))
    , m_close(new QToolButton(this))
{
    setObjectName(u"banner"_s);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto bold = m_what->font();
    bold.setWeight(QFont::DemiBold);
    m_what->setFont(bold);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_words->hide();
    m_again->setObjectName(u"bannerTryAgain"_s);
    m_details->setObjectName(u"bannerShowDetails"_s);
    m_details->setCheckable(true);
    m_details->setAccessibleDescription(tr("Shows the service's own words"));
    m_close->setObjectName(u"bannerClose"_s);
    m_close->setIcon(icon("close"_L1));
    m_close->setAutoRaise(true);
    m_close->setAccessibleName(tr("Close this message"));
    m_close->setToolTip(tr("Close this message"));

    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_what);
    words->addWidget(m_todo);
    words->addWidget(m_words);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 7, 8, 7);
    row->setSpacing(8);
    row->addWidget(m_sign, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    for (QWidget* widget : {static_cast<QWidget*>(m_more), static_cast<QWidget*>(m_again),
                            static_cast<QWidget*>(m_details), static_cast<QWidget*>(m_close)})
        row->addWidget(widget, 0, Qt::AlignTop);

    connect(m_again, &QPushButton::clicked, this, &Banner::tryAgain);
    connect(m_details, &QPushButton::toggled, m_words, &QLabel::setVisible);
    connect(m_close, &QToolButton::clicked, this, [this] {
        if (m_troubles)
            m_troubles->dismiss();
    });
    hide();
}

void Banner::setTroubles(Troubles* troubles)
{
    if (m_troubles)
        disconnect(m_troubles, nullptr, this, nullptr);
    m_troubles = troubles;
    if (troubles)
        connect(troubles, &Troubles::changed, this, &Banner::reword);
    reword();
}

void Banner::reword()
{
    if (!m_troubles || m_troubles->all().isEmpty()) {
        hide();
        return;
    }
    const auto& all = m_troubles->all();
    const auto& trouble = all.last();
    const bool isNew = !isVisible() || m_what->text() != trouble.what;
    m_tone = trouble.tone;
    m_what->setText(shown(trouble.what, 400));
    m_todo->setText(shown(trouble.todo, 400));
    m_todo->setVisible(!trouble.todo.isEmpty());
    m_words->setText(shown(trouble.details, 1'000));
    m_details->setVisible(!trouble.details.isEmpty());
    if (isNew || trouble.details.isEmpty())
        m_details->setChecked(false);
    m_again->setVisible(trouble.canTryAgain);
    QSet<QString> causes;
    for (const auto& each : all)
        causes.insert(each.what);
    m_more->setVisible(causes.size() > 1);
    m_more->setText(tr("%1 more").arg(causes.size() - 1));
    colour();
    show();
    if (isNew) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void Banner::colour()
{
    m_sign->setPixmap(icon(signOf(m_tone), m_tone).pixmap(18, 18));
}

void Banner::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

void Banner::paintEvent(QPaintEvent* event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.fillRect(0, 0, 4, height(), tone(m_tone));
    painter.fillRect(0, height() - 1, width(), 1, hairline());
}

} // namespace ui
