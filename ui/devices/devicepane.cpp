// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/devicepane.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

#include "connections/explain.h"
#include "ui/common/emptystate.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/devices/devicetable.h"

namespace ui {

using namespace Qt::StringLiterals;
using devices::Fleet;
using devices::Loader;
using devices::View;

namespace {

QString number(qsizetype value)
{
    return QLocale().toString(qlonglong(value));
}

QLabel* plainLabel(const QString& name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QPushButton* smallButton(const QString& name, const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setObjectName(name);
    button->setAutoDefault(false);
    return button;
}

} // namespace

DevicePane::DevicePane(DeviceModel::Clock clock, QWidget* parent)
    : QWidget(parent)
    , m_model(new DeviceModel(std::move(clock), this))
    , m_table(new DeviceTable(m_model, this))
    , m_empty(new EmptyState(this))
    , m_ticked(plainLabel(u"tickedCount"_s, this))
    , m_show(smallButton(u"showTicked"_s, tr("Show"), this))
    , m_again(smallButton(u"tickAgain"_s, {}, this))
    , m_count(plainLabel(u"deviceCount"_s, this))
    , m_reading(new QWidget(this))
    , m_progress(new QProgressBar(m_reading))
{
    setObjectName(u"devicePane"_s);
    auto bold = m_ticked->font();
    bold.setWeight(QFont::DemiBold);
    m_ticked->setFont(bold);
    m_show->setAccessibleDescription(tr("Shows the ticked devices only"));

    m_progress->setObjectName(u"readingProgress"_s);
    m_progress->setAccessibleName(tr("Reading devices"));
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(110, 8);
    auto* stop = smallButton(u"cancelReading"_s, tr("Cancel"), m_reading);
    auto* reading = new QHBoxLayout(m_reading);
    reading->setContentsMargins(0, 0, 0, 0);
    reading->addWidget(new QLabel(tr("Reading devices…"), m_reading));
    reading->addWidget(m_progress);
    reading->addWidget(stop);

    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(8, 3, 8, 3);
    foot->setSpacing(8);
    foot->addWidget(m_ticked);
    foot->addWidget(m_show);
    foot->addWidget(m_again);
    foot->addWidget(m_count);
    foot->addStretch();
    foot->addWidget(m_reading);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(0);
    grid->addWidget(m_table, 0, 0);
    grid->addWidget(m_empty, 0, 0, Qt::AlignCenter);
    grid->addLayout(foot, 1, 0);
    grid->setRowStretch(0, 1);
    grid->setRowMinimumHeight(1, m_show->sizeHint().height() +
                                     6); // the line keeps its height as buttons come and go

    connect(m_show, &QPushButton::clicked, this, &DevicePane::showTicked);
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (m_desk)
            m_desk->tickLastAgain();
    });
    connect(stop, &QPushButton::clicked, this, [this] {
        if (m_desk)
            m_desk->loader().cancel();
    });
    setDesk(nullptr);
}

DevicePane::~DevicePane() = default;

void DevicePane::setDesk(captures::Desk* desk)
{
    if (m_desk) {
        disconnect(&m_desk->fleet(), nullptr, this, nullptr);
        disconnect(&m_desk->loader(), nullptr, this, nullptr);
        disconnect(m_desk, nullptr, this, nullptr);
    }
    m_desk = desk;
    m_error.reset();
    m_everRead = desk && desk->fleet().size() > 0;
    m_model->setFleet(desk ? &desk->fleet() : nullptr);
    m_reading->hide();
    if (desk) {
        auto* fleet = &desk->fleet();
        connect(fleet, &Fleet::reset, this, &DevicePane::reword);
        connect(fleet, &Fleet::inserted, this, &DevicePane::reword);
        connect(fleet, &Fleet::removed, this, &DevicePane::reword);
        connect(fleet, &Fleet::sizeChanged, this, &DevicePane::reword);
        connect(fleet, &Fleet::ticksChanged, this, &DevicePane::reword);
        connect(desk, &captures::Desk::capturesAdded, this, &DevicePane::reword);
        followLoader();
    }
    reword();
}

void DevicePane::followLoader()
{
    auto* loader = &m_desk->loader();
    connect(loader, &Loader::progress, this, [this](qsizetype loaded, qsizetype expected) {
        m_progress->setRange(0, expected > 0 ? int(expected) : 0);
        m_progress->setValue(int(loaded));
        reword();
    });
    connect(loader, &Loader::finished, this, &DevicePane::loadEnded);
}

void DevicePane::loadEnded(const std::optional<api::Error>& error)
{
    m_error = error;
    m_everRead = true;
    m_progress->setRange(0, 0);
    reword();
}

void DevicePane::setList(const QString& name, qsizetype entries, qsizetype missing)
{
    if (m_list == name && m_listed == entries && m_missing == missing)
        return;
    m_list = name;
    m_listed = entries;
    m_missing = missing;
    reword();
}

void DevicePane::reword()
{
    // A loader tells no start: it runs, and that is seen at the next change.
    m_reading->setVisible(m_desk && m_desk->loader().isRunning() && m_desk->fleet().size() > 0);
    rewordCount();
    rewordEmpty();
}

QString DevicePane::devicesText() const
{
    const auto& fleet = m_desk->fleet();
    const auto all = fleet.size();
    QString text = fleet.viewSize() == all
                       ? tr("%1 devices").arg(number(all))
                       : tr("%1 of %2 devices shown").arg(number(fleet.viewSize()), number(all));
    if (all == 1 && fleet.viewSize() == 1)
        text = tr("1 device");
    if (m_missing > 0)
        text += u" · "_s + tr("%1 not seen in the last hour").arg(number(m_missing));
    if (const int bad = m_desk->loader().unreadable(); bad > 0)
        text += u" · "_s + tr("%1 unreadable").arg(number(bad));
    return text;
}

void DevicePane::rewordCount()
{
    const auto ticked = m_desk ? m_desk->fleet().tickedCount() : 0;
    const auto hidden = m_desk ? m_desk->fleet().tickedNotShown() : 0;
    const auto again = m_desk && ticked == 0 ? m_desk->lastRunSize() : 0;
    m_ticked->setVisible(ticked > 0);
    m_ticked->setText(hidden > 0 ? tr("%1 ticked, %2 not shown").arg(number(ticked), number(hidden))
                                 : tr("%1 ticked").arg(number(ticked)));
    m_show->setVisible(hidden > 0);
    m_again->setVisible(again > 0);
    m_again->setText(again == 1 ? tr("Tick the same device again")
                                : tr("Tick the same %1 again").arg(number(again)));
    m_count->setText(m_desk ? devicesText() : QString());
}

void DevicePane::rewordEmpty()
{
    m_empty->hideProgress();
    if (!m_desk || m_desk->fleet().viewSize() > 0) {
        m_empty->hide();
        return;
    }
    auto& fleet = m_desk->fleet();
    const auto refresh = [this] {
        m_desk->refresh();
        reword();
    };
    if (fleet.size() == 0 && (m_desk->loader().isRunning() || !m_everRead)) {
        m_empty->say("devices"_L1, tr("Reading the devices of %1…").arg(shown(m_desk->connection().name, 60)),
                     {}, {{tr("Cancel"), u"cancelFirstReading"_s, [this] { m_desk->loader().cancel(); }}});
        m_empty->setProgress(m_progress->value(), m_progress->maximum());
    } else if (fleet.size() == 0 && m_error && std::holds_alternative<api::Cancelled>(*m_error)) {
        m_empty->say("cancel"_L1, tr("Reading was cancelled."), tr("Press F5 to read the devices."),
                     {{tr("Read devices"), u"readAgain"_s, refresh}});
    } else if (fleet.size() == 0 && m_error) {
        const auto words = connections::explain(*m_error, connections::Act::ReadDevices);
        m_empty->say("warning"_L1, tr("The devices could not be read."), words.what,
                     {{tr("Try again"), u"readAgain"_s, refresh}});
    } else if (fleet.size() == 0) {
        m_empty->say("devices"_L1, tr("No device was connected in the last hour."),
                     tr("Ask the user to connect, then press F5."),
                     {{tr("Read again"), u"readAgain"_s, refresh}});
    } else if (!fleet.view().filter.trimmed().isEmpty()) {
        const auto filter = shown(fleet.view().filter.trimmed(), 60);
        const QString where = fleet.view().of == View::Of::Ticked ? tr("among the ticked ones")
                              : fleet.view().of == View::Of::List ? tr("in “%1”").arg(shown(m_list, 60))
                                                                  : QString();
        m_empty->say("search"_L1,
                     where.isEmpty() ? tr("No device matches “%1”.").arg(filter)
                                     : tr("No device %1 matches “%2”.").arg(where, filter),
                     tr("It may be offline: only devices seen in the last hour are listed."),
                     {{tr("Clear search"), u"clearSearch"_s, [this] { Q_EMIT clearSearch(); }}});
    } else if (fleet.view().of == View::Of::Ticked) {
        m_empty->say("ticked"_L1, tr("No device is ticked."),
                     tr("Tick devices with Space or a click on their box."), {});
    } else if (m_listed == 0) {
        m_empty->say("list"_L1, tr("The list “%1” is empty.").arg(shown(m_list, 60)),
                     tr("Tick devices, then add them from the list's menu."), {});
    } else {
        m_empty->say(
            "list"_L1, tr("None of the devices in “%1” was seen in the last hour.").arg(shown(m_list, 60)),
            tr("Ask the users to connect, then press F5."), {{tr("Read again"), u"readAgain"_s, refresh}});
    }
}

} // namespace ui
