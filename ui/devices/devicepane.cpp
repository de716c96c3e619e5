// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/devicepane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "captures/desk.h"
#include "ui/common/numbers.h"
#include "ui/common/text.h"
#include "ui/devices/devicemodel.h"
#include "ui/devices/deviceview.h"
#include "ui/devices/facetbar.h"
#include "ui/devices/handdialog.h"

namespace ui {

namespace {

constexpr int restMs = 300;
constexpr qsizetype shortestSearch = 3;

/// The text for an empty search result.  It says where nothing matches, because the device may be outside the
/// list or hidden by the filters.
QString noMatch(const devices::View& view)
{
    if (view.of == devices::View::Of::Ticked)
        return DevicePane::tr("No ticked device matches “%1”. “All” has the others.");
    if (view.of != devices::View::Of::All)
        return DevicePane::tr("No device of this list matches “%1”. “All” has the others.");
    return view.chosen.isEmpty() ? DevicePane::tr("No device matches “%1”. It may be offline.")
                                 : DevicePane::tr("No device matches “%1” and the filters.");
}

} // namespace

DevicePane::DevicePane(storage::Settings* settings, QWidget* parent)
    : QWidget(parent)
    , m_model(new DeviceModel(this))
    , m_view(new DeviceView(m_model, settings, this))
    , m_facets(new FacetBar(this))
    , m_stack(new QStackedLayout)
    , m_empty(new QLabel(this))
    , m_clear(new QPushButton(tr("Clear search"), this))
    , m_byHand(new QPushButton(tr("Add by hand…"), this))
    , m_counts(new QLabel(this))
    , m_show(new QPushButton(tr("Show"), this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Stop loading"), this))
{
    m_empty->setObjectName(QStringLiteral("devicesEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setTextFormat(Qt::PlainText);
    m_counts->setObjectName(QStringLiteral("deviceCounts"));
    m_show->setToolTip(tr("Show the ticked devices"));
    m_show->setAccessibleName(tr("Show the ticked devices"));
    m_progress->setObjectName(QStringLiteral("deviceProgress"));
    m_progress->setAccessibleName(tr("Loading devices"));
    m_progress->setMaximumWidth(180);
    m_progress->setTextVisible(false);
    m_progress->hide();
    m_cancel->hide();

    auto* nothing = new QWidget(this);
    auto* middle = new QVBoxLayout(nothing);
    middle->addStretch();
    middle->addWidget(m_empty);
    auto* ways = new QHBoxLayout;
    ways->addStretch();
    ways->addWidget(m_byHand);
    ways->addWidget(m_clear);
    ways->addStretch();
    middle->addLayout(ways);
    middle->addStretch();
    m_stack->addWidget(m_view);
    m_stack->addWidget(nothing);

    auto* foot = new QHBoxLayout;
    foot->addWidget(m_counts);
    foot->addWidget(m_show);
    foot->addStretch();
    foot->addWidget(m_progress);
    foot->addWidget(m_cancel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_facets);
    layout->addLayout(m_stack, 1);
    layout->addLayout(foot);

    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_facets->clear();
        Q_EMIT clearSearch();
    });
    connect(m_byHand, &QPushButton::clicked, this, &DevicePane::addByHand);
    m_ask.setSingleShot(true);
    m_ask.setInterval(restMs);
    connect(&m_ask, &QTimer::timeout, this, &DevicePane::askService);
    connect(m_show, &QPushButton::clicked, this, &DevicePane::showTicked);
    connect(m_view, &DeviceView::opened, this, &DevicePane::askForUsers);
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_desk->loader().cancel(); });
    connect(m_model, &QAbstractItemModel::modelReset, this, &DevicePane::refresh);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &DevicePane::refresh);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &DevicePane::refresh);
    refresh();
}

void DevicePane::setDesk(captures::Desk* desk)
{
    if (m_desk) {
        m_desk->fleet().disconnect(this);
        m_desk->loader().disconnect(this);
        m_desk->disconnect(m_model);
    }
    m_desk = desk;
    m_unread = false;
    if (desk) {
        auto view = desk->fleet().view();
        view.folds = true;
        desk->fleet().setView(view);
        connect(&desk->fleet(), &devices::Fleet::ticksChanged, this, [this] {
            m_opened = 0;
            refresh();
        });
        connect(&desk->fleet(), &devices::Fleet::sizeChanged, this, &DevicePane::refresh);
        connect(desk, &captures::Desk::looked, m_model, [this] { showRunning(); });
        connect(&desk->loader(), &devices::Loader::finished, this,
                [this](const std::optional<api::Error>& error) {
                    m_unread = error.has_value();
                    refresh();
                });
        connect(&desk->loader(), &devices::Loader::progress, this,
                [this](qsizetype loaded, qsizetype expected) {
                    m_progress->setRange(0, expected < 0 ? 0 : int(expected));
                    m_progress->setValue(int(loaded));
                    refresh();
                });
    }
    m_model->setFleet(desk ? &desk->fleet() : nullptr);
    m_facets->setFleet(desk ? &desk->fleet() : nullptr);
    showRunning();
    refresh();
}

/// Shows on which devices anybody's capture is running, according to the last poll of the runs.
void DevicePane::showRunning()
{
    QHash<QString, QString> running;
    for (const auto& command : m_desk ? m_desk->running() : QList<api::Command>())
        running.insert(command.deviceId,
                       command.created
                           ? tr("A capture is running there since %1.").arg(clock(*command.created))
                           : tr("A capture is running there."));
    m_model->setRunning(running);
}

void DevicePane::setFilter(const QString& filter)
{
    if (!m_desk)
        return;
    auto view = m_desk->fleet().view();
    view.filter = filter;
    m_desk->fleet().setView(view);
    m_ask.start();
}

/// Until all devices are loaded, sends the search to the service, so that the operator need not wait for the
/// rest.
void DevicePane::askService()
{
    if (!m_desk || (m_desk->loader().isWhole() && !m_desk->loader().isRunning()))
        return;
    QByteArray longest; // the service can search for one text, in names and e-mails
    for (const auto& term : m_desk->fleet().terms()) {
        const bool fits =
            !term.field || *term.field == devices::Field::Name || *term.field == devices::Field::User;
        if (fits && term.word.size() > longest.size())
            longest = term.word;
    }
    if (longest.size() >= shortestSearch)
        m_desk->loader().search(QString::fromUtf8(longest));
}

void DevicePane::addByHand()
{
    if (!m_desk)
        return;
    // A search that matched devices does not describe the device to add.
    const auto& fleet = m_desk->fleet();
    auto* dialog = new HandDialog(&fleet, fleet.viewSize() == 0 ? fleet.view().filter : QString(), window());
    connect(&fleet, &QObject::destroyed, dialog, &QDialog::reject);
    connect(dialog, &HandDialog::typed, this, &DevicePane::typedByHand);
    dialog->open();
}

void DevicePane::tickShown()
{
    if (!m_desk)
        return;
    auto& fleet = m_desk->fleet();
    const devices::Range all{0, fleet.viewSize() - 1};
    const auto machines = fleet.tickRows({&all, fleet.viewSize() > 0 ? 1U : 0U}, true);
    if (machines > 0)
        askForUsers(machines);
}

/// Shows the hint until the operator ticks something.
void DevicePane::askForUsers(int machines)
{
    m_opened = machines;
    refresh();
}

void DevicePane::refresh()
{
    const bool loading = m_desk && m_desk->loader().isRunning();
    m_progress->setVisible(loading);
    m_cancel->setVisible(loading);
    const auto* fleet = m_desk ? &m_desk->fleet() : nullptr;
    const bool nothing = !fleet || fleet->viewSize() == 0;
    m_stack->setCurrentIndex(nothing ? 1 : 0);
    const bool narrowed = fleet && (!fleet->view().filter.isEmpty() || !fleet->view().chosen.isEmpty());
    m_byHand->setVisible(nothing && fleet && fleet->view().of == devices::View::Of::All);
    m_clear->setVisible(nothing && narrowed && fleet->size() > 0);
    if (!fleet)
        m_empty->setText(tr("No connection."));
    else if (loading && fleet->size() == 0)
        m_empty->setText(tr("Loading devices…"));
    else if (fleet->size() == 0 && m_unread)
        m_empty->setText(tr("The devices could not be read."));
    else if (fleet->size() == 0)
        m_empty->setText(
            tr("No device was connected in the last hour. Ask the user to connect, then press F5."));
    else if (!fleet->view().filter.isEmpty())
        m_empty->setText(noMatch(fleet->view()).arg(shown(fleet->view().filter)));
    else if (fleet->view().of == devices::View::Of::Ticked)
        m_empty->setText(tr("No device is ticked."));
    else
        m_empty->setText(tr("No device of this list was seen in the last hour."));

    m_show->hide();
    m_counts->clear();
    if (!fleet)
        return;
    QStringList parts;
    const auto hidden = fleet->tickedNotShown();
    parts << (hidden > 0 ? tr("%1 ticked, %2 not shown").arg(count(fleet->tickedCount()), count(hidden))
                         : tr("%1 ticked").arg(count(fleet->tickedCount())));
    parts << (fleet->size() == 1 ? tr("1 device") : tr("%1 devices").arg(count(fleet->size())));
    if (fleet->remembered() > 0)
        parts << tr("%1 of them as of %2, not confirmed yet")
                     .arg(count(fleet->remembered()), clockAndDate(fleet->rememberedAt()));
    if (m_desk->loader().isTooLarge())
        parts << tr("there are more: the search asks the service");
    if (const auto bad = m_desk->loader().unreadable(); bad > 0)
        parts << tr("%1 unreadable").arg(count(bad));
    if (m_opened > 0)
        parts << tr("%n machines have several users: tick the ones you mean", nullptr, m_opened);
    m_counts->setText(parts.join(QStringLiteral(" · ")));
    m_show->setVisible(hidden > 0);
}

} // namespace ui
