// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/options/reviewsheet.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "captures/desk.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

namespace ui {

namespace {

constexpr qint64 blindMs = 400;
constexpr qsizetype smallRun = 10; ///< captures

QString number(double value)
{
    return QLocale().toString(value, 'g', 12);
}

} // namespace

ReviewSheet::ReviewSheet(captures::Desk* desk, const Subject& subject, QWidget* parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_subject(subject)
{
    setObjectName(QStringLiteral("review"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Review"));
    setMinimumWidth(560);
    const auto& plan = m_subject.plan;

    QStringList devices;
    devices::Key last;
    for (const auto& order : plan.orders) {
        if (order.device.key() == last)
            continue;
        last = order.device.key();
        devices << tr("%1 · %2%3")
                       .arg(shown(order.device.name), shown(order.device.email),
                            order.device.isConnected() ? QString()
                                                       : tr(" · disconnected: will probably fail"));
    }
    auto* question = new QLabel(
        tr("Run on %n devices at %1?", nullptr, int(devices.size())).arg(desk->connection().label()), this);
    question->setTextFormat(Qt::PlainText);
    auto font = question->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.2);
    question->setFont(font);
    auto* list = new QListWidget(this);
    list->setObjectName(QStringLiteral("reviewDevices"));
    list->setAccessibleName(tr("Devices of this run"));
    list->addItems(devices);
    list->setSelectionMode(QAbstractItemView::NoSelection);
    list->setFixedHeight(std::clamp(int(devices.size()), 2, 9) * list->sizeHintForRow(0) +
                         2 * list->frameWidth() + 2);

    auto* text = new QLabel(facts().join(u'\n'), this);
    text->setObjectName(QStringLiteral("reviewFacts"));
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    auto* caution = new QLabel(warning(), this);
    caution->setObjectName(QStringLiteral("reviewWarning"));
    caution->setTextFormat(Qt::PlainText);
    caution->setWordWrap(true);

    auto* buttons = new QDialogButtonBox(this);
    m_back = buttons->addButton(tr("Back"), QDialogButtonBox::RejectRole);
    m_back->setObjectName(QStringLiteral("back"));
    m_run = buttons->addButton(tr("Run %n captures", nullptr, int(plan.orders.size())),
                               QDialogButtonBox::AcceptRole);
    m_run->setObjectName(QStringLiteral("confirm"));
    m_run->setEnabled(!plan.orders.isEmpty() && fitsQuota());
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    m_run->installEventFilter(this);

    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    layout->addWidget(question);
    layout->addWidget(list);
    layout->addWidget(text);
    if (!plan.leftOut.isEmpty()) {
        QStringList left;
        for (const auto& one : plan.leftOut)
            left << tr("%1 · %2: %3").arg(shown(one.device.name), shown(one.device.email), shown(one.reason));
        auto* omitted = new QLabel(tr("Left out: %1").arg(plan.leftOut.size()), this);
        omitted->setToolTip(ui::toolTip(left.join(u'\n')));
        auto* copy = new QPushButton(tr("Copy those left out"), this);
        connect(copy, &QPushButton::clicked, this,
                [left] { QApplication::clipboard()->setText(left.join(u'\n')); });
        auto* row = new QHBoxLayout;
        row->addWidget(omitted);
        row->addWidget(copy);
        row->addStretch();
        layout->addLayout(row);
    }
    layout->addWidget(caution);

    QStringList requests;
    for (qsizetype i = 0; i < plan.requests.size(); ++i)
        requests << tr("Request %1: %n captures", nullptr, int(plan.requests[i].size())).arg(i + 1);
    auto* details = new QLabel(requests.join(u'\n'), this);
    details->setForegroundRole(QPalette::PlaceholderText);
    details->hide();
    auto* more = new QToolButton(this);
    more->setText(tr("Details"));
    more->setCheckable(true);
    more->setAutoRaise(true);
    connect(more, &QToolButton::toggled, details, &QWidget::setVisible);
    layout->addWidget(more);
    layout->addWidget(details);
    layout->addWidget(buttons);

    const bool ordinary = plan.orders.size() <= smallRun && plan.leftOut.isEmpty() && !m_subject.firstHere;
    auto* first = ordinary && m_run->isEnabled() ? m_run : m_back;
    first->setDefault(true);
    first->setFocus();
    m_open.start();
}

bool ReviewSheet::fitsQuota() const
{
    const auto& quota = m_desk->quota();
    return !quota || quota->left() >= m_subject.plan.orders.size();
}

QStringList ReviewSheet::facts() const
{
    const auto& plan = m_subject.plan;
    QStringList lines;
    lines << tr("%1: %2").arg(m_subject.preset, plan.options.summary());
    lines << tr("Ticket: %1").arg(shown(m_subject.ticket));
    const auto& quota = m_desk->quota();
    if (!quota)
        lines << tr("Uses %n captures; how many are left today is not known.", nullptr,
                    int(plan.orders.size()));
    else if (fitsQuota())
        lines << tr("Uses %n captures, leaves %1 until %2.", nullptr, int(plan.orders.size()))
                     .arg(quota->left() - plan.orders.size())
                     .arg(clock(quota->reset));
    else
        lines
            << tr("Needs %1 captures, and %2 are left until %3. Untick some, or choose one kind of capture.")
                   .arg(plan.orders.size())
                   .arg(quota->left())
                   .arg(clock(quota->reset));
    if (plan.readyBy)
        lines << tr("Ready about %1.").arg(clock(*plan.readyBy));
    if (plan.waiting > 0)
        lines << tr("%n wait their turn: a Windows device runs one capture at a time.", nullptr,
                    plan.waiting);
    if (plan.dropped.contains(QLatin1StringView("interfaces")))
        lines << tr("The choice of interfaces is not sent: this connection's request format has none.");
    return lines;
}

QString ReviewSheet::warning() const
{
    const auto& options = m_subject.plan.options;
    const auto end = tr("Capture Desk does not tell the user. Once sent, it cannot be stopped.");
    if (!options.pcap)
        return tr("Uploads diagnostics over the user's connection. %1").arg(end);
    const auto minutes =
        options.pcap->timeLimitMin.value_or(captures::field(captures::Number::TimeLimit).serviceDefault);
    const auto megabytes =
        options.pcap->maxFileSizeMb.value_or(captures::field(captures::Number::FileSize).serviceDefault);
    return tr("Records network traffic for %1 min; uploads up to %2 MB per device over the user's "
              "connection. %3")
        .arg(number(minutes), number(megabytes), end);
}

bool ReviewSheet::tooEarly(const QEvent* event) const
{
    if (event->type() != QEvent::KeyPress)
        return false;
    return static_cast<const QKeyEvent*>(event)->isAutoRepeat() || m_open.elapsed() < blindMs;
}

bool ReviewSheet::eventFilter(QObject* watched, QEvent* event)
{
    return tooEarly(event) || QDialog::eventFilter(watched, event);
}

void ReviewSheet::keyPressEvent(QKeyEvent* event)
{
    if (tooEarly(event) && event->key() != Qt::Key_Escape)
        return;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers().testFlag(Qt::ControlModifier)) {
        if (m_run->isEnabled())
            accept();
        return;
    }
    QDialog::keyPressEvent(event);
}

} // namespace ui
