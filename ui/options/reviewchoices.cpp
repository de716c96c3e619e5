// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/options/reviewchoices.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QHash>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/common/text.h"
#include "ui/options/reviewtext.h"

namespace ui {

using captures::Choices;
using captures::Type;

namespace {

/// Date and time field that Tab leaves at once, like any other field.  The arrow keys move between its
/// sections.
class UntilEdit : public QDateTimeEdit {
public:
    using QDateTimeEdit::QDateTimeEdit;

protected:
    bool focusNextPrevChild(bool next) override { return QWidget::focusNextPrevChild(next); }
};

template<class Value>
bool offers(const QComboBox* box, const QList<std::pair<QString, Value>>& items)
{
    for (int i = 0; i < items.size() && i < box->count(); ++i) {
        if (box->itemText(i) != items[i].first || box->itemData(i).toInt() != int(items[i].second))
            return false;
    }
    return box->count() == items.size();
}

/// Fills a combo box, keeping the choice if it is still offered.  If the items are unchanged it does nothing,
/// so an open list keeps its highlighted item.
template<class Value>
void fill(QComboBox* box, const QList<std::pair<QString, Value>>& items)
{
    if (offers(box, items))
        return;
    const QSignalBlocker quiet(box);
    const auto chosen = box->currentData();
    box->clear();
    for (const auto& [text, value] : items)
        box->addItem(text, int(value));
    box->setCurrentIndex(std::max(0, box->findData(chosen)));
}

template<class Value>
Value chosenIn(const QComboBox* box)
{
    return Value(box->currentData().toInt());
}

} // namespace

ReviewChoices::ReviewChoices(QWidget* parent)
    : QWidget(parent)
    , m_improve(new QCheckBox(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_improve);
    m_improve->setObjectName(QStringLiteral("improve"));
    m_improve->setChecked(true);
    m_improve->hide();
    m_running = addRow("choiceRunning");
    m_offline = addRow("choiceOffline");
    m_amount = addRow("choiceAmount");
    // The default is the end of tomorrow's working day.
    m_until = new UntilEdit(QDateTime(QDate::currentDate().addDays(1), QTime(18, 0)), this);
    m_until->setObjectName(QStringLiteral("waitUntil"));
    m_until->setAccessibleName(tr("Wait until"));
    m_until->setDisplayFormat(QStringLiteral("ddd d MMM HH:mm"));
    m_until->setMinimumDateTime(QDateTime::currentDateTime());
    static_cast<QHBoxLayout*>(layout->itemAt(2)->layout())->insertWidget(2, m_until);
    connect(m_improve, &QCheckBox::toggled, this, &ReviewChoices::changed);
    for (const auto& row : {m_running, m_offline, m_amount})
        connect(row.choice, &QComboBox::currentIndexChanged, this, &ReviewChoices::changed);
    connect(this, &ReviewChoices::changed, this, [this] {
        m_until->setVisible(m_offline.choice->isVisibleTo(this) &&
                            chosenIn<Choices::Offline>(m_offline.choice) == Choices::Offline::Wait);
    });
}

ReviewChoices::Row ReviewChoices::addRow(const char* name)
{
    const Row row{.text = new QLabel(this), .choice = new QComboBox(this)};
    row.choice->setObjectName(QLatin1StringView(name));
    row.text->setBuddy(row.choice);
    row.text->setTextFormat(Qt::PlainText);
    row.text->setWordWrap(true);
    auto* line = new QHBoxLayout;
    line->addWidget(row.text, 1);
    line->addWidget(row.choice);
    static_cast<QVBoxLayout*>(layout())->addLayout(line);
    return row;
}

void ReviewChoices::offer(const captures::Plan& full)
{
    const auto show = [](const Row& row, bool visible, const QString& text) {
        row.text->setVisible(visible);
        row.choice->setVisible(visible);
        row.text->setText(text);
        row.choice->setAccessibleName(text);
    };
    using Running = Choices::Running;
    show(m_running, !full.busy.isEmpty(),
         tr("A capture is running on %n devices already (%1):", nullptr, int(full.busy.size()))
             .arg(busyText(full)));
    QList<std::pair<QString, Running>> running{{tr("Start after it"), Running::StartAfter}};
    if (full.followable > 0)
        running.push_back({tr("Follow that capture, which costs nothing"), Running::Follow});
    running.push_back({tr("Leave out"), Running::LeaveOut});
    fill(m_running.choice, running);

    using Offline = Choices::Offline;
    show(m_offline, full.offline() > 0, tr("Not connected (%1):").arg(absencesText(full)));
    QList<std::pair<QString, Offline>> offline{{tr("Wait until"), Offline::Wait}};
    if (full.askable > 0)
        offline.push_back({tr("Run anyway"), Offline::RunAnyway});
    offline.push_back({tr("Leave out"), Offline::LeaveOut});
    fill(m_offline.choice, offline);
    m_until->setVisible(full.offline() > 0 && chosenIn<Offline>(m_offline.choice) == Offline::Wait);

    using Amount = Choices::Amount;
    const auto wanted = full.orders.size();
    const bool tooMany = full.later > 0;
    const auto free = full.today ? full.today->free() : wanted;
    show(m_amount, tooMany, tr("%1 captures asked for, %2 may be started today:").arg(wanted).arg(free));
    QList<std::pair<QString, Amount>> amounts;
    if (tooMany) {
        auto rest = tr("The rest when there are captures for them");
        if (full.lastDay && *full.lastDay <= full.today->reset)
            rest = tr("The rest after %1").arg(clock(*full.lastDay));
        else if (full.lastDay)
            rest = tr("The rest on the days after, the last after %1").arg(clockAndDate(*full.lastDay));
        amounts.push_back({rest, Amount::All});
        // Offers only alternatives that fit today's captures.
        const auto packets = std::ranges::count(full.orders, Type::Pcap, &captures::Order::type);
        const auto diagnostics = wanted - packets;
        if (packets > 0 && diagnostics > 0 && diagnostics <= free)
            amounts.push_back({tr("Diagnostics only: %1").arg(diagnostics), Amount::Diagnostics});
        if (packets > 0 && diagnostics > 0 && packets <= free)
            amounts.push_back({tr("Packet captures only: %1").arg(packets), Amount::Packets});
        QHash<devices::Key, qint64> needs;
        for (const auto& order : full.orders)
            ++needs[order.device.key()];
        if (std::ranges::any_of(needs, [free](qint64 one) { return one <= free; }))
            amounts.push_back({tr("Only as many devices as fit"), Amount::Devices});
    } else {
        amounts.push_back({QString(), Amount::All});
    }
    fill(m_amount.choice, amounts);
    setVisible(!full.busy.isEmpty() || full.offline() > 0 || tooMany || !m_improve->isHidden());
}

void ReviewChoices::propose(const QStringList& improvements)
{
    m_improve->setText(improvements.join(u' '));
    m_improve->setVisible(!improvements.isEmpty());
}

captures::Choices ReviewChoices::choices() const
{
    return {.running = chosenIn<Choices::Running>(m_running.choice),
            .offline = chosenIn<Choices::Offline>(m_offline.choice),
            .amount = chosenIn<Choices::Amount>(m_amount.choice)};
}

bool ReviewChoices::improves() const
{
    return m_improve->isChecked();
}

QDateTime ReviewChoices::waitUntil() const
{
    return m_until->dateTime().toUTC();
}

} // namespace ui
