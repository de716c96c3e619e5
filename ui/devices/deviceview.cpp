// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/deviceview.h"

#include <algorithm>
#include <limits>
#include <ranges>

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDrag>
#include <QFontMetrics>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QThreadPool>
#include <QTimer>

#include "storage/settings.h"
#include "ui/common/text.h"
#include "ui/devices/devicemodel.h"
#include "ui/devices/markdelegate.h"
#include "ui/devices/tsv.h"

namespace ui {

using devices::Column;

namespace {

constexpr size_t mostStretches = 2000; ///< of highlighted rows that are restored; more make the view slow
constexpr size_t mostAtOnce = 2000;    ///< rows copied before the event loop runs again

} // namespace

DeviceView::DeviceView(DeviceModel* model, storage::Settings* settings, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
    , m_settings(settings)
{
    setObjectName(QStringLiteral("devices"));
    setAccessibleName(tr("Devices"));
    setModel(model);
    setItemDelegate(new MarkDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setTextElideMode(Qt::ElideRight);
    setVerticalScrollMode(ScrollPerPixel);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 7);
    setUpHeader();
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &DeviceView::remember);
    connect(model, &QAbstractItemModel::modelReset, this, &DeviceView::restore);
    connect(model, &DeviceModel::aboutToMerge, this, &DeviceView::anchor);
    connect(model, &DeviceModel::merged, this, &DeviceView::backToAnchor);
}

void DeviceView::setUpHeader()
{
    auto* header = horizontalHeader();
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setStretchLastSection(true);
    const auto width = [this](const char* sample) {
        return fontMetrics().horizontalAdvance(QLatin1StringView(sample)) + 20;
    };
    header->setMinimumSectionSize(30);
    setColumnWidth(int(Column::Tick), 30);
    setColumnWidth(int(Column::Name), width("ANA-LAPTOP-042 xxx"));
    setColumnWidth(int(Column::User), width("somebody@example.com"));
    setColumnWidth(int(Column::Status), width("client too old x"));
    setColumnWidth(int(Column::Platform), width("Windows x"));
    setColumnWidth(int(Column::Seen), width("58 min x"));
    header->restoreState(m_settings->get(storage::setting::deviceHeader));
    header->setSectionResizeMode(int(Column::Tick), QHeaderView::Fixed);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(int(Column::Name), Qt::AscendingOrder);
    connect(header, &QHeaderView::sectionClicked, this, [this](int column) {
        sortBy(column, QApplication::keyboardModifiers().testFlag(Qt::ShiftModifier));
    });

    // Menu to hide and show columns; the name column always stays.
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint& at) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        for (int i = int(Column::User); i < devices::columnCount; ++i) {
            auto* action = menu->addAction(columnName(Column(i)));
            action->setCheckable(true);
            action->setChecked(!header->isSectionHidden(i));
            connect(action, &QAction::toggled, header,
                    [header, i](bool on) { header->setSectionHidden(i, !on); });
        }
        menu->popup(header->mapToGlobal(at));
    });
}

/// A click sorts by that column; with Shift, by that column within the earlier ones.
void DeviceView::sortBy(int column, bool add)
{
    if (!m_model->fleet())
        return;
    auto order = m_model->fleet()->view().order;
    const auto known = std::ranges::find(order, Column(column), &devices::SortBy::column);
    const bool again = known != order.end() && (add || known == order.begin());
    devices::SortBy by{Column(column), Qt::AscendingOrder};
    if (again)
        by.order = known->order == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder;
    if (!add)
        order = {by};
    else if (again)
        *known = by;
    else
        order << by;
    m_model->setOrder(order);
    // The click moved the arrow; move it back to the first sort column.
    horizontalHeader()->setSortIndicator(int(order.first().column), order.first().order);
}

void DeviceView::saveHeader()
{
    m_settings->set(storage::setting::deviceHeader, horizontalHeader()->saveState());
}

void DeviceView::focusFirst()
{
    // The view is hidden while it has no row.  With the focus set, it would get the focus as soon as a row
    // appears, while the operator may be typing elsewhere.
    if (m_model->rowCount() == 0)
        return;
    if (!currentIndex().isValid())
        selectRow(0);
    setFocus(Qt::ShortcutFocusReason);
}

std::vector<devices::Range> DeviceView::highlightedRows() const
{
    std::vector<devices::Range> rows;
    const auto selection = selectionModel()->selection();
    for (const auto& range : selection)
        rows.push_back({range.top(), range.bottom()});
    std::ranges::sort(rows, {}, &devices::Range::first);
    return rows;
}

QList<devices::Device> DeviceView::highlighted() const
{
    return firstHighlighted(std::numeric_limits<qsizetype>::max());
}

QList<devices::Device> DeviceView::firstHighlighted(qsizetype most) const
{
    QList<devices::Device> result;
    for (const auto& [first, last] : highlightedRows()) {
        for (int row = first; row <= last && result.size() < most; ++row)
            result << m_model->fleet()->devicesAt(row);
    }
    return result;
}

void DeviceView::tickHighlighted()
{
    if (!m_model->fleet())
        return;
    const auto rows = highlightedRows();
    auto& fleet = *m_model->fleet();
    const bool all = std::ranges::all_of(rows, [&fleet](const devices::Range& range) {
        for (int row = range.first; row <= range.last; ++row) {
            if (fleet.groupAt(row).part == devices::Group::Part::Closed ||
                (!fleet.isTickedAt(row) && fleet.viewAt(row).canBeTicked()))
                return false;
        }
        return true;
    });
    const bool unticks = all && std::ranges::any_of(rows, [&fleet](const devices::Range& range) {
                             return std::ranges::any_of(std::views::iota(range.first, range.last + 1),
                                                        [&fleet](int row) { return fleet.isTickedAt(row); });
                         });
    if (!unticks)
        explainRefused(rows);
    if (const auto machines = fleet.tickRows(rows, !all); machines > 0)
        Q_EMIT opened(machines);
}

/// Reports why rows cannot be ticked: a key without any effect looks broken.
void DeviceView::explainRefused(const std::vector<devices::Range>& rows)
{
    const auto& fleet = *m_model->fleet();
    int refused = 0;
    qsizetype all = 0;
    QString why;
    for (const auto& [first, last] : rows) {
        for (int row = first; row <= last; ++row, ++all) {
            const auto& device = fleet.viewAt(row);
            if (fleet.groupAt(row).part == devices::Group::Part::Closed || device.canBeTicked() ||
                fleet.isTickedAt(row))
                continue;
            if (refused++ == 0)
                why = tr("%1 cannot be ticked: %2.").arg(deviceName(device, 60), shown(device.obstacle()));
        }
    }
    if (all == 0)
        Q_EMIT refusedTick(tr("Highlight a device first: the arrow keys go to it."));
    else if (refused == 1)
        Q_EMIT refusedTick(why);
    else if (refused > 1)
        Q_EMIT refusedTick(tr("%n devices cannot be ticked. %1", nullptr, refused).arg(why));
}

struct DeviceView::Copying {
    QPointer<devices::Fleet> fleet;
    QList<Column> columns;
    std::vector<quint32> numbers; ///< of the rows
    size_t done = 0;
    QList<devices::Device> devices;
};

void DeviceView::copyHighlighted() const
{
    auto copying = std::make_shared<Copying>();
    copying->fleet = m_model->fleet();
    const auto* header = horizontalHeader();
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        if (column != int(Column::Tick) && !header->isSectionHidden(column))
            copying->columns << Column(column);
    }
    for (const auto& [first, last] : highlightedRows()) {
        for (int row = first; row <= last; ++row)
            copying->numbers.push_back(copying->fleet->numberAt(row));
    }
    copying->devices.reserve(qsizetype(copying->numbers.size()));
    if (!copying->numbers.empty())
        copySlice(copying);
}

/// Copies in slices, so that the window stays responsive with 100,000 rows.
void DeviceView::copySlice(const std::shared_ptr<Copying>& copying) const
{
    auto& [fleet, columns, numbers, done, devices] = *copying;
    if (!fleet)
        return;
    const auto end = std::min(numbers.size(), done + mostAtOnce);
    while (copying->done < end) {
        if (const auto row = fleet->rowOf(numbers[copying->done++]); row >= 0)
            devices << fleet->devicesAt(row);
    }
    if (done < numbers.size()) {
        QTimer::singleShot(0, this, [this, copying] { copySlice(copying); });
    } else if (numbers.size() <= mostAtOnce) {
        QApplication::clipboard()->setText(tabSeparated(devices, columns));
    } else {
        QThreadPool::globalInstance()->start([copying] {
            const auto text = tabSeparated(copying->devices, copying->columns);
            QMetaObject::invokeMethod(qApp, [text] { QApplication::clipboard()->setText(text); });
        });
    }
}

bool DeviceView::setOpen(int row, bool open)
{
    using Part = devices::Group::Part;
    auto* fleet = m_model->fleet();
    if (!fleet || row < 0 || row >= fleet->viewSize() || fleet->groupAt(row).part == Part::None ||
        (fleet->groupAt(row).part == Part::Closed) != open)
        return false;
    const auto number = fleet->numberAt(row);
    fleet->setOpen(row, open);
    // Closing removes the current row if it was a user's.
    const auto now = fleet->rowOf(number);
    if (now >= 0 && now != currentIndex().row())
        selectRow(now);
    return true;
}

void DeviceView::mousePressEvent(QMouseEvent* event)
{
    const auto at = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && at.column() == int(Column::Tick) && setOpen(at.row(), true)) {
        Q_EMIT opened(1);
        return;
    }
    if (event->button() == Qt::LeftButton && at.column() == int(Column::Tick) &&
        !at.flags().testFlag(Qt::ItemIsUserCheckable))
        explainRefused({{at.row(), at.row()}});
    QTableView::mousePressEvent(event);
}

void DeviceView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const auto at = indexAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || at.column() == int(Column::Tick) ||
        !(setOpen(at.row(), true) || setOpen(at.row(), false)))
        QTableView::mouseDoubleClickEvent(event);
}

void DeviceView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        tickHighlighted();
        return;
    }
    if (event->matches(QKeySequence::Copy)) {
        copyHighlighted();
        return;
    }
    const bool isPlain = !(event->modifiers() & ~Qt::KeypadModifier);
    if (isPlain && (event->key() == Qt::Key_Right || event->key() == Qt::Key_Left) &&
        setOpen(currentIndex().row(), event->key() == Qt::Key_Right))
        return;
    if (event->key() == Qt::Key_Up && event->modifiers() == Qt::NoModifier && currentIndex().row() <= 0) {
        Q_EMIT leaveUp();
        return;
    }
    QTableView::keyPressEvent(event);
}

void DeviceView::contextMenuEvent(QContextMenuEvent* event)
{
    if (!m_model->fleet() || !selectionModel()->hasSelection())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Tick or untick")), &QAction::triggered, this, &DeviceView::tickHighlighted);
    const auto part = m_model->fleet()->groupAt(currentIndex().row()).part;
    if (part != devices::Group::Part::None) {
        const bool closed = part == devices::Group::Part::Closed;
        connect(menu->addAction(closed ? tr("Show its users") : tr("Hide its users")), &QAction::triggered,
                this, [this, closed] { (void)setOpen(currentIndex().row(), closed); });
    }
    connect(menu->addAction(tr("Copy")), &QAction::triggered, this, &DeviceView::copyHighlighted);
    Q_EMIT menuWanted(menu);
    const auto at = event->reason() == QContextMenuEvent::Keyboard
                        ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft())
                        : event->globalPos();
    menu->popup(at);
}

void DeviceView::startDrag(Qt::DropActions)
{
    const auto devices = firstHighlighted(qsizetype(mostAtOnce));
    if (devices.isEmpty())
        return;
    auto* drag = new QDrag(this);
    auto* mime = new QMimeData;
    mime->setData(QLatin1StringView(deviceMime), QByteArrayLiteral("rows"));
    mime->setText(tabSeparated(devices, {Column::Name, Column::User, Column::Status, Column::Platform}));
    drag->setMimeData(mime);
    drag->exec(Qt::CopyAction);
}

void DeviceView::remember()
{
    m_current.reset();
    m_highlighted.clear();
    m_scroll = verticalScrollBar()->value();
    m_of = m_model->fleet();
    if (!m_of)
        return;
    if (const auto index = currentIndex(); index.isValid() && index.row() < m_of->viewSize())
        m_current = m_of->numberAt(index.row());
    for (const auto& [first, last] : highlightedRows()) {
        for (int row = first; row <= last; ++row)
            m_highlighted.push_back(m_of->numberAt(row));
    }
}

void DeviceView::restore()
{
    auto* fleet = m_model->fleet();
    if (!fleet || fleet != m_of)
        return;
    std::vector<int> rows;
    for (const auto number : m_highlighted) {
        if (const auto row = fleet->rowOf(number); row >= 0)
            rows.push_back(row);
    }
    std::ranges::sort(rows);
    std::vector<devices::Range> stretches;
    for (const auto row : rows) {
        if (!stretches.empty() && stretches.back().last == row - 1)
            stretches.back().last = row;
        else
            stretches.push_back({row, row});
    }
    QItemSelection selection;
    if (stretches.size() <= mostStretches) {
        for (const auto& [first, last] : stretches)
            selection << QItemSelectionRange(m_model->index(first, 0),
                                             m_model->index(last, devices::columnCount - 1));
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    const auto row = m_current ? fleet->rowOf(*m_current) : -1;
    if (row >= 0)
        selectionModel()->setCurrentIndex(m_model->index(row, int(Column::Name)),
                                          QItemSelectionModel::NoUpdate);
    verticalScrollBar()->setValue(m_scroll);
}

void DeviceView::anchor()
{
    m_top.reset();
    const auto row = rowAt(0);
    if (verticalScrollBar()->value() == 0 || row < 0 || row >= m_model->rowCount())
        return; // at the top, new rows shall become visible
    m_top = m_model->fleet()->numberAt(row);
    m_topAt = rowViewportPosition(row);
}

void DeviceView::backToAnchor()
{
    if (!m_top)
        return;
    const auto row = m_model->fleet()->rowOf(*m_top);
    if (row < 0)
        return;
    executeDelayedItemsLayout(); // updates the range of the scroll bar
    verticalScrollBar()->setValue(verticalHeader()->sectionPosition(row) - m_topAt);
}

} // namespace ui
