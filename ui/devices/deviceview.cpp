// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/deviceview.h"

#include <algorithm>

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

#include "storage/settings.h"
#include "ui/devices/devicemodel.h"
#include "ui/devices/markdelegate.h"
#include "ui/devices/tsv.h"

namespace ui {

using devices::Column;

namespace {

constexpr size_t mostStretches = 2000; ///< of highlighted rows that are found again: a view crawls with more
constexpr qsizetype mostAtOnce = 3000; ///< rows copied without a thread of their own

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

    // A menu to hide and show columns: the device's name stays.
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

/// A click sorts by that column; with Shift, by it within those clicked before.
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
    // The click has moved the arrow; it belongs to the first.
    horizontalHeader()->setSortIndicator(int(order.first().column), order.first().order);
}

void DeviceView::saveHeader()
{
    m_settings->set(storage::setting::deviceHeader, horizontalHeader()->saveState());
}

void DeviceView::focusFirst()
{
    if (!currentIndex().isValid() && m_model->rowCount() > 0)
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
    QList<devices::Device> result;
    for (const auto& [first, last] : highlightedRows()) {
        for (int row = first; row <= last; ++row)
            result << m_model->fleet()->viewAt(row);
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
            if (!fleet.isTickedAt(row) && fleet.viewAt(row).canBeTicked())
                return false;
        }
        return true;
    });
    fleet.tickRows(rows, !all);
}

void DeviceView::copyHighlighted() const
{
    const auto* header = horizontalHeader();
    QList<Column> columns;
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        if (column != int(Column::Tick) && !header->isSectionHidden(column))
            columns << Column(column);
    }
    const auto devices = highlighted();
    if (devices.isEmpty())
        return;
    if (devices.size() <= mostAtOnce) {
        QApplication::clipboard()->setText(tabSeparated(devices, columns));
        return;
    }
    QThreadPool::globalInstance()->start([devices, columns] {
        const auto text = tabSeparated(devices, columns);
        QMetaObject::invokeMethod(qApp, [text] { QApplication::clipboard()->setText(text); });
    });
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
    connect(menu->addAction(tr("Copy")), &QAction::triggered, this, &DeviceView::copyHighlighted);
    Q_EMIT menuWanted(menu);
    const auto at = event->reason() == QContextMenuEvent::Keyboard
                        ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft())
                        : event->globalPos();
    menu->popup(at);
}

void DeviceView::startDrag(Qt::DropActions)
{
    const auto devices = highlighted();
    if (devices.isEmpty())
        return;
    auto* drag = new QDrag(this);
    auto* mime = new QMimeData;
    mime->setData(QLatin1StringView(deviceMime), QByteArray::number(devices.size()));
    mime->setText(tabSeparated(devices.first(std::min(devices.size(), mostAtOnce)),
                               {Column::Name, Column::User, Column::Status, Column::Platform}));
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
        return; // at the top one wants to see what comes
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
    executeDelayedItemsLayout(); // the scroll bar's range is of before
    verticalScrollBar()->setValue(verticalHeader()->sectionPosition(row) - m_topAt);
}

} // namespace ui
