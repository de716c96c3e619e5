// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/options/reviewsheet.h"

#include <algorithm>
#include <utility>

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "exports/table.h"
#include "ui/common/notelabel.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/connect/color.h"
#include "ui/options/reviewchoices.h"

namespace ui {

namespace {

constexpr qsizetype smallRun = 10; ///< captures

} // namespace

ReviewSheet::ReviewSheet(captures::Desk* desk, const Subject& subject, QWidget* parent)
    : QDialog(parent)
    , m_desk(desk)
    , m_subject(subject)
    , m_question(noteLabel(QStringLiteral("reviewQuestion"), this))
    , m_devices(new QListWidget(this))
    , m_facts(noteLabel(QStringLiteral("reviewFacts"), this))
    , m_choices(new ReviewChoices(this))
    , m_leftOut(noteLabel(QStringLiteral("reviewLeftOut"), this))
    , m_copy(new QPushButton(tr("Copy those left out"), this))
    , m_warning(noteLabel(QStringLiteral("reviewWarning"), this))
    , m_danger(noteLabel(QStringLiteral("reviewDanger"), this))
    , m_requests(noteLabel(QStringLiteral("reviewRequests"), this))
{
    setObjectName(QStringLiteral("review"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Review"));
    setMinimumWidth(580);
    auto font = m_question->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * 1.2);
    m_question->setFont(font);
    auto* color = new QWidget(this);
    color->setFixedWidth(6);
    color->setAutoFillBackground(true);
    auto palette = color->palette();
    palette.setColor(QPalette::Window, colorOf(desk->connection()));
    color->setPalette(palette);
    m_devices->setObjectName(QStringLiteral("reviewDevices"));
    m_devices->setAccessibleName(tr("Devices of this run"));
    m_devices->setSelectionMode(QAbstractItemView::NoSelection);
    m_devices->setUniformItemSizes(true);
    m_requests->setForegroundRole(QPalette::PlaceholderText);
    m_requests->hide();
    setTone(m_danger, Tone::Warning);
    m_copy->setObjectName(QStringLiteral("copyLeftOut"));
    connect(m_copy, &QPushButton::clicked, this, [this] {
        // Each line becomes a cell when it is pasted into a spreadsheet.
        auto lines = leftOutLines(m_plan);
        std::ranges::transform(lines, lines.begin(), exports::guarded);
        QApplication::clipboard()->setText(lines.join(u'\n'));
    });

    auto* buttons = new QDialogButtonBox(this);
    m_back = buttons->addButton(tr("Back"), QDialogButtonBox::RejectRole);
    m_back->setObjectName(QStringLiteral("back"));
    m_run = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    m_run->setObjectName(QStringLiteral("confirm"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    auto* more = new QToolButton(this);
    more->setText(tr("Details"));
    more->setObjectName(QStringLiteral("reviewMore"));
    more->setCheckable(true);
    connect(more, &QToolButton::toggled, m_requests, &QWidget::setVisible);

    auto* leftOut = new QHBoxLayout;
    leftOut->addWidget(m_leftOut, 1);
    leftOut->addWidget(m_copy, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    auto* top = new QHBoxLayout;
    top->addWidget(color);
    top->addWidget(m_question, 1);
    layout->addLayout(top);
    layout->addWidget(m_devices);
    layout->addWidget(m_facts);
    layout->addWidget(m_choices);
    layout->addLayout(leftOut);
    layout->addWidget(m_danger);
    layout->addWidget(m_warning);
    layout->addWidget(more);
    layout->addWidget(m_requests);
    layout->addWidget(buttons);

    m_choices->propose(m_subject.improvements);
    connect(m_choices, &ReviewChoices::changed, this, &ReviewSheet::refresh);
    // Other people's captures and today's quota may arrive only while the dialog is open.
    connect(desk, &captures::Desk::looked, this, &ReviewSheet::refresh);
    connect(desk, &captures::Desk::quotaChanged, this, &ReviewSheet::refresh);
    connect(this, &QDialog::accepted, this, [this] {
        auto reason = m_subject.reason;
        reason.waitUntil = m_choices->waitUntil();
        m_desk->run(m_plan, reason);
    });
    connect(desk, &QObject::destroyed, this, &QDialog::reject);
    refresh();
    (m_ordinary ? m_run : m_back)->setFocus();
    desk->look();
}

bool ReviewSheet::isOrdinary() const
{
    return m_run->isEnabled() && m_plan.orders.size() <= smallRun && m_plan.leftOut.isEmpty() &&
           m_plan.offline() == 0 && m_plan.later == 0 && warningLines(m_plan).isEmpty() &&
           !m_subject.firstHere && m_subject.improvements.isEmpty();
}

void ReviewSheet::showDevices()
{
    const auto lines = deviceLines(m_plan);
    if (lines == m_lines)
        return;
    m_lines = lines;
    m_devices->clear();
    // With a width of 0 an item is as wide as the list, and its text is elided there.
    const QSize size(0, m_devices->fontMetrics().height() + 4);
    for (const auto& line : lines) {
        auto* item = new QListWidgetItem(line.text, m_devices);
        item->setSizeHint(size);
        item->setToolTip(ui::toolTip(line.whole));
        if (line.warns)
            item->setForeground(tone(Tone::Warning));
    }
    m_devices->setFixedHeight(std::clamp(int(lines.size()), 2, 9) * size.height() +
                              2 * m_devices->frameWidth() + 2);
}

void ReviewSheet::refresh()
{
    const bool improve = m_choices->improves();
    auto chosen = m_choices->choices();
    chosen.amount = captures::Choices::Amount::All;
    m_choices->offer(m_subject.plan(chosen, improve));
    m_plan = m_subject.plan(m_choices->choices(), improve);

    const auto count = countOf(m_plan);
    const auto where = shown(m_desk->connection().label(), 60);
    m_question->setText(count.users == 0 ? tr("Nothing to run at %1").arg(where)
                                         : tr("Run on %1 at %2?").arg(countText(count), where));
    showDevices();
    const auto& reason = m_subject.reason;
    QStringList facts{
        tr("%1: %2").arg(m_subject.preset, optionsText(m_plan)),
        reason.operatorName.isEmpty()
            ? tr("Ticket: %1").arg(shown(reason.ticket))
            : tr("Ticket: %1 · operator: %2").arg(shown(reason.ticket), shown(reason.operatorName, 60))};
    m_facts->setText((facts + factLines(m_plan)).join(u'\n'));

    const auto left = leftOutLines(m_plan);
    m_leftOut->setVisible(!left.isEmpty());
    m_copy->setVisible(!left.isEmpty());
    m_leftOut->setText(left.size() <= 3 ? tr("Left out: %1").arg(left.join(QStringLiteral("; ")))
                                        : tr("Left out: %1, among them %2")
                                              .arg(left.size())
                                              .arg(left.first(2).join(QStringLiteral("; "))));
    m_leftOut->setToolTip(ui::toolTip(left.join(u'\n')));
    const auto dangers = warningLines(m_plan);
    m_danger->setText(dangers.join(u'\n'));
    m_danger->setVisible(!dangers.isEmpty());
    m_warning->setText(warningOf(m_plan));
    m_warning->setVisible(count.users > 0);
    m_devices->setVisible(count.users > 0);
    m_requests->setText(requestLines(m_plan));
    m_run->setText(runText(m_plan));
    m_run->setEnabled(!m_plan.orders.isEmpty() || !m_plan.awaited.isEmpty() || !m_plan.followed.isEmpty());
    // New data or a choice may turn this into a run that Enter must not start.  An operator who then moves
    // the focus to Run does it on purpose.
    const bool wasOrdinary = std::exchange(m_ordinary, isOrdinary());
    (m_ordinary ? m_run : m_back)->setDefault(true);
    if (wasOrdinary && !m_ordinary && m_run->hasFocus())
        m_back->setFocus();
}

} // namespace ui
