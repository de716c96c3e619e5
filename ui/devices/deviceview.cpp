// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/deviceview.h"

#include <algorithm>

#include <QApplication>
#include <QClipboard>
#include <QFontMetrics>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include "storage/settings.h"
#include "ui/devices/devicemodel.h"

namespace ui {

using devices::Column;

namespace {

constexpr size_t mostRemembered = 2000; ///< highlighted rows that are found again after a reset

} // namespace

DeviceView::DeviceView(DeviceModel* model, storage::Settings* settings, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
    , m_settings(settings)
{
    setObjectName(QStringLiteral("devices"));
    setAccessibleName(tr("Devices"));
    setModel(model);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setTextElideMode(Qt::ElideRight);
    setVerticalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 7);

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
    header->restoreState(settings->get(storage::setting::deviceHeader));
    header->setSectionResizeMode(int(Column::Tick), QHeaderView::Fixed);
    header->setSortIndicator(int(Column::Name), Qt::AscendingOrder);
    setSortingEnabled(true);

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
    connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &DeviceView::remember);
    connect(model, &QAbstractItemModel::modelReset, this, &DeviceView::restore);
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

std::vector<devices::Key> DeviceView::highlighted() const
{
    std::vector<devices::Key> keys;
    const auto ranges = selectionModel()->selection();
    for (const auto& range : ranges) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            keys.push_back(m_model->fleet()->viewAt(row).key());
    }
    return keys;
}

void DeviceView::tickHighlighted()
{
    if (!m_model->fleet())
        return;
    const auto keys = highlighted();
    auto& fleet = *m_model->fleet();
    const bool all = std::ranges::all_of(keys, [&fleet](const devices::Key& key) {
        const auto* device = fleet.find(key);
        return fleet.isTicked(key) || !device || !device->obstacle().isEmpty();
    });
    fleet.setTicked(keys, !all);
}

void DeviceView::copyHighlighted() const
{
    auto rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList lines;
    for (const auto& row : std::as_const(rows)) {
        QStringList cells;
        for (int column = int(Column::Name); column < devices::columnCount; ++column)
            cells << row.siblingAtColumn(column).data().toString().replace(u'\t', u' ');
        lines << cells.join(u'\t');
    }
    QApplication::clipboard()->setText(lines.join(u'\n'));
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

void DeviceView::remember()
{
    m_current.reset();
    m_highlighted.clear();
    m_scroll = verticalScrollBar()->value();
    auto* fleet = m_model->fleet();
    if (!fleet)
        return;
    if (const auto index = currentIndex(); index.isValid() && index.row() < fleet->viewSize())
        m_current = fleet->viewAt(index.row()).key();
    if (selectionModel()->hasSelection()) {
        m_highlighted = highlighted();
        if (m_highlighted.size() > mostRemembered)
            m_highlighted.clear();
    }
}

void DeviceView::restore()
{
    auto* fleet = m_model->fleet();
    if (!fleet)
        return;
    QItemSelection selection;
    for (const auto& key : m_highlighted) {
        if (const auto row = fleet->viewRow(key); row >= 0)
            selection.select(m_model->index(row, 0), m_model->index(row, devices::columnCount - 1));
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    const auto row = m_current ? fleet->viewRow(*m_current) : -1;
    if (row >= 0)
        selectionModel()->setCurrentIndex(m_model->index(row, int(Column::Name)),
                                          QItemSelectionModel::NoUpdate);
    verticalScrollBar()->setValue(m_scroll);
}

} // namespace ui
