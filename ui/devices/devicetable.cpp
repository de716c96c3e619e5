// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/devicetable.h"

#include <algorithm>

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include "exports/table.h"
#include "ui/common/theme.h"

namespace ui {

using namespace Qt::StringLiterals;
using devices::Column;

namespace {

constexpr int mostKept = 2'000; ///< highlighted rows that are found again after a reset

/// \brief The whole cell is the check box: nobody should have to aim.
class TickDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override
    {
        if (event->type() != QEvent::MouseButtonRelease || !index.flags().testFlag(Qt::ItemIsUserCheckable))
            return event->type() == QEvent::MouseButtonDblClick;
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->button() != Qt::LeftButton || mouse->modifiers() != Qt::NoModifier ||
            !option.rect.contains(mouse->position().toPoint()))
            return false;
        const bool ticked = index.data(Qt::CheckStateRole).value<Qt::CheckState>() == Qt::Checked;
        return model->setData(index, ticked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->state &= ~QStyle::State_HasFocus; // the row's highlight says it already
    }
};

/// \brief The other columns: no frame around the current cell, a row is one thing.
class RowDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->state &= ~QStyle::State_HasFocus;
    }
};

} // namespace

DeviceTable::DeviceTable(DeviceModel* model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
{
    setObjectName(u"devices"_s);
    setAccessibleName(tr("Devices"));
    setModel(model);
    setItemDelegate(new RowDelegate(this));
    setItemDelegateForColumn(int(Column::Tick), new TickDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setAlternatingRowColors(true);
    setTextElideMode(Qt::ElideRight);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setFrameShape(NoFrame);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(std::max(22, fontMetrics().height() + 7));
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    horizontalHeader()->setMinimumSectionSize(28);
    firstColumns();
    showOrder();
    setSortingEnabled(true);

    connect(horizontalHeader(), &QHeaderView::customContextMenuRequested, this, [this](const QPoint& at) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillColumnsMenu(menu);
        menu->popup(horizontalHeader()->mapToGlobal(at));
    });
    connect(horizontalHeader(), &QHeaderView::sectionMoved, this, &DeviceTable::columnsChanged);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, &DeviceTable::columnsChanged);
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &DeviceTable::remember);
    connect(model, &QAbstractItemModel::modelReset, this, &DeviceTable::comeBack);
}

/// Everything in sight in a window of 1280 pixels.
void DeviceTable::firstColumns()
{
    const auto em = fontMetrics().averageCharWidth();
    const std::pair<Column, int> widths[] = {{Column::Name, 20},   {Column::User, 24},
                                             {Column::Status, 19}, {Column::Platform, 11},
                                             {Column::Seen, 9},    {Column::Version, 14}};
    horizontalHeader()->resizeSection(int(Column::Tick), 30);
    horizontalHeader()->setSectionResizeMode(int(Column::Tick), QHeaderView::Fixed);
    for (const auto& [column, characters] : widths)
        horizontalHeader()->resizeSection(int(column), characters * em);
    horizontalHeader()->setStretchLastSection(true);
}

void DeviceTable::showOrder()
{
    const auto* fleet = m_model->fleet();
    const devices::View view = fleet ? fleet->view() : devices::View{};
    horizontalHeader()->setSortIndicator(int(view.orderBy), view.order);
}

std::vector<int> DeviceTable::highlightedRows() const
{
    std::vector<int> rows;
    for (const auto& range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    std::ranges::sort(rows);
    const auto repeated = std::ranges::unique(rows);
    rows.erase(repeated.begin(), repeated.end());
    return rows;
}

bool DeviceTable::hasHighlighted() const
{
    return selectionModel()->hasSelection();
}

void DeviceTable::tickHighlighted()
{
    auto* fleet = m_model->fleet();
    if (!fleet)
        return;
    auto rows = highlightedRows();
    if (rows.empty() && currentIndex().isValid())
        rows.push_back(currentIndex().row());
    std::vector<devices::Key> keys;
    keys.reserve(rows.size());
    bool allTicked = true;
    for (const int row : rows) {
        const auto& device = fleet->viewAt(row);
        keys.push_back(device.key());
        if (!fleet->isTicked(device.key()) && device.obstacle().isEmpty())
            allTicked = false;
    }
    if (!keys.empty())
        fleet->setTicked(keys, !allTicked);
}

void DeviceTable::copyHighlighted() const
{
    const auto* header = horizontalHeader();
    QString text;
    for (const int row : highlightedRows()) {
        QStringList cells;
        for (int place = 0; place < header->count(); ++place) {
            const auto section = header->logicalIndex(place);
            const auto column = DeviceModel::columnAt(section);
            if (column != Column::Tick && !isColumnHidden(section))
                cells << exports::guarded(m_model->copyText(row, column));
        }
        text += cells.join(u'\t') + u'\n';
    }
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
}

void DeviceTable::enter()
{
    setFocus(Qt::ShortcutFocusReason);
    if (!currentIndex().isValid() && m_model->rowCount() > 0)
        selectRow(0);
    else if (currentIndex().isValid() && !hasHighlighted())
        selectRow(currentIndex().row());
}

void DeviceTable::fillColumnsMenu(QMenu* menu)
{
    for (int section = 0; section < devices::columnCount; ++section) {
        const auto column = DeviceModel::columnAt(section);
        if (column == Column::Tick || column == Column::Name)
            continue; // without these it is no table of devices
        auto* action = menu->addAction(DeviceModel::columnName(column));
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(section));
        connect(action, &QAction::toggled, this, [this, section](bool on) {
            setColumnHidden(section, !on);
            Q_EMIT columnsChanged();
        });
    }
}

QByteArray DeviceTable::columns() const
{
    return horizontalHeader()->saveState();
}

void DeviceTable::setColumns(const QByteArray& columns)
{
    if (columns.isEmpty() || !horizontalHeader()->restoreState(columns))
        return;
    // What an older state cannot know.
    setColumnHidden(int(Column::Tick), false);
    setColumnHidden(int(Column::Name), false);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setStretchLastSection(true);
    showOrder();
}

void DeviceTable::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        tickHighlighted();
        event->accept();
        return;
    }
    if (event->matches(QKeySequence::Copy)) {
        copyHighlighted();
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        event->ignore(); // never unticks, never clears
        return;
    }
    QTableView::keyPressEvent(event);
}

void DeviceTable::contextMenuEvent(QContextMenuEvent* event)
{
    if (!hasHighlighted())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(icon("ticked"_L1), tr("Tick or untick highlighted"), this, &DeviceTable::tickHighlighted);
    menu->addAction(icon("copy"_L1), tr("Copy highlighted rows"), this, &DeviceTable::copyHighlighted);
    menu->popup(event->globalPos());
}

void DeviceTable::remember()
{
    m_place = {};
    const auto* fleet = m_model->fleet();
    if (!fleet || fleet->viewSize() == 0)
        return;
    const auto keyAt = [fleet](int row) { return fleet->viewAt(row).key(); };
    if (currentIndex().isValid()) {
        m_place.current = keyAt(currentIndex().row());
        m_place.column = currentIndex().column();
    }
    const auto& ranges = selectionModel()->selection();
    qsizetype count = 0;
    for (const auto& range : ranges)
        count += range.height();
    if (count <= mostKept) {
        for (const int row : highlightedRows())
            m_place.highlighted.push_back(keyAt(row));
    }
    // The current row stays where it is in the window; where it is out of sight, the first that is in sight.
    const auto inSight = viewport()->rect().intersects(visualRect(currentIndex()));
    const int row = currentIndex().isValid() && inSight ? currentIndex().row() : rowAt(0);
    if (row >= 0 && (inSight || verticalScrollBar()->value() > 0)) {
        m_place.anchor = keyAt(row);
        m_place.offset = rowViewportPosition(row);
    }
}

void DeviceTable::comeBack()
{
    showOrder();
    const auto* fleet = m_model->fleet();
    if (!fleet)
        return;
    QItemSelection selection;
    for (const auto& key : m_place.highlighted) {
        if (const int row = fleet->viewRow(key); row >= 0)
            selection.select(model()->index(row, 0), model()->index(row, devices::columnCount - 1));
    }
    if (const int row = m_place.current ? fleet->viewRow(*m_place.current) : -1; row >= 0)
        selectionModel()->setCurrentIndex(model()->index(row, m_place.column), QItemSelectionModel::NoUpdate);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (const int row = m_place.anchor ? fleet->viewRow(*m_place.anchor) : -1; row >= 0) {
        updateGeometries(); // the scroll bar's range is the old one until then
        verticalScrollBar()->setValue(row * verticalHeader()->defaultSectionSize() - m_place.offset);
    } else {
        verticalScrollBar()->setValue(0);
    }
    m_place = {};
}

} // namespace ui
