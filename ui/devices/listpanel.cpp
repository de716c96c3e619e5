// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/listpanel.h"

#include <QAction>
#include <QFileDialog>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/devices/listdialogs.h"
#include "ui/devices/listmodel.h"

namespace ui {

using namespace Qt::StringLiterals;
using devices::View;

namespace {

/// \brief A row of the side bar: the name on the left, elided, its count on the right, never cut.
class ListDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto count = index.data(ListModel::CountRole).toString();
        const int width = option.fontMetrics.horizontalAdvance(count);
        auto left = option;
        left.rect.setRight(option.rect.right() - width - 12);
        left.state &= ~QStyle::State_HasFocus;
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, option.palette.brush(group(option), QPalette::Highlight));
        QStyledItemDelegate::paint(painter, left, index);
        const bool chosen = option.state & QStyle::State_Selected;
        painter->setPen(chosen ? option.palette.color(group(option), QPalette::HighlightedText) : quiet());
        painter->setFont(option.font);
        painter->drawText(option.rect.adjusted(0, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter, count);
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        auto size = QStyledItemDelegate::sizeHint(option, index);
        size.setHeight(std::max(26, option.fontMetrics.height() + 10));
        size.setWidth(80); // the view's width decides
        return size;
    }

private:
    static QPalette::ColorGroup group(const QStyleOptionViewItem& option)
    {
        return option.state & QStyle::State_Enabled ? QPalette::Active : QPalette::Disabled;
    }
};

} // namespace

ListPanel::ListPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new ListModel(this))
    , m_view(new QListView(this))
    , m_new(new QPushButton(icon("add"_L1), tr("New list"), this))
{
    setObjectName(u"listPanel"_s);
    auto* title = new QLabel(tr("Device lists"), this);
    title->setContentsMargins(8, 8, 8, 4);
    auto bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);

    m_view->setObjectName(u"deviceLists"_s);
    m_view->setAccessibleName(tr("Device lists"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new ListDelegate(m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setTextElideMode(Qt::ElideRight);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    // Part of the window rather than a field in it.
    m_view->viewport()->setAutoFillBackground(false);
    m_new->setObjectName(u"newList"_s);
    m_new->setAccessibleDescription(tr("Saves the ticked devices as a list"));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(0);
    column->addWidget(title);
    column->addWidget(m_view, 1);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(8, 4, 8, 0);
    foot->addWidget(m_new);
    column->addLayout(foot);

    makeActions();
    m_soon.setSingleShot(true);
    m_soon.setInterval(300);
    connect(&m_soon, &QTimer::timeout, this, &ListPanel::apply);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& to) {
                if (to.isValid()) // a reset takes it away for a moment
                    apply();
            });
    connect(m_model, &QAbstractItemModel::modelReset, this, &ListPanel::keepRow);
    connect(m_view, &QListView::customContextMenuRequested, this, &ListPanel::openMenu);
    connect(m_new, &QPushButton::clicked, this, &ListPanel::saveTicked);
}

ListPanel::~ListPanel() = default;

void ListPanel::makeActions()
{
    m_saveTicked = new QAction(icon("list"_L1), tr("&Save ticked as list…"), this);
    m_saveTicked->setObjectName(u"saveTickedAction"_s);
    connect(m_saveTicked, &QAction::triggered, this, &ListPanel::saveTicked);
    m_import = new QAction(icon("import"_L1), tr("&Import list…"), this);
    m_import->setObjectName(u"importListAction"_s);
    connect(m_import, &QAction::triggered, this, &ListPanel::chooseImport);
}

void ListPanel::setSource(devices::Fleet* fleet, SavedLists* lists)
{
    if (m_fleet)
        disconnect(m_fleet, nullptr, &m_soon, nullptr);
    m_fleet = fleet;
    m_lists = lists;
    m_shown.clear();
    m_model->setSource(fleet, lists);
    setEnabled(fleet != nullptr);
    for (auto* action : {m_saveTicked, m_import})
        action->setEnabled(fleet != nullptr);
    if (!fleet)
        return;
    connect(fleet, &devices::Fleet::sizeChanged, &m_soon, [this] {
        if (!m_shown.isEmpty() && !m_soon.isActive())
            m_soon.start();
    });
    select(ListModel::allRow);
}

void ListPanel::select(int row)
{
    m_view->setCurrentIndex(m_model->index(row));
}

void ListPanel::showAll()
{
    select(ListModel::allRow);
}

void ListPanel::showTicked()
{
    select(ListModel::tickedRow);
}

/// After lists came or went: the one that is shown stays current, under its new row.
void ListPanel::keepRow()
{
    if (!m_fleet || m_model->rowCount() == 0)
        return;
    const auto of = m_fleet->view().of;
    const int saved = m_shown.isEmpty() ? -1 : m_model->rowOf(m_shown);
    select(saved >= 0 ? saved : of == View::Of::Ticked ? ListModel::tickedRow : ListModel::allRow);
    apply();
}

QString ListPanel::currentList() const
{
    return m_model->listAt(m_view->currentIndex().row());
}

void ListPanel::apply()
{
    const auto current = m_view->currentIndex();
    if (!m_fleet || !current.isValid())
        return;
    auto view = m_fleet->view();
    view.list.clear();
    view.of = current.row() == ListModel::tickedRow ? View::Of::Ticked : View::Of::All;
    m_shown = currentList();
    qsizetype entries = 0;
    qsizetype missing = 0;
    if (const auto* list = m_shown.isEmpty() ? nullptr : m_lists->find(m_shown)) {
        auto present = presentIn(*m_fleet, list->entries);
        view.of = View::Of::List;
        view.list = std::move(present.keys);
        entries = list->entries.size();
        missing = present.missing;
        if (!list->problem.isEmpty())
            Q_EMIT problem(list->problem);
    }
    Q_EMIT listShown(m_shown, entries, missing); // the words first: they are shown as the view changes
    if (!(view == m_fleet->view()))
        m_fleet->setView(view);
}

void ListPanel::openMenu(const QPoint& at)
{
    const auto index = m_view->indexAt(at);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"listMenu"_s);
    if (index.isValid() && index.row() >= ListModel::firstSaved) {
        fillMenu(menu, m_model->listAt(index.row()));
        menu->addSeparator();
    } else if (index.isValid() && index.row() == ListModel::tickedRow) {
        menu->addAction(m_saveTicked);
        menu->addAction(tr("Untick all"), this, [this] { m_fleet->clearTicks(); });
        menu->addSeparator();
    }
    menu->addAction(m_import);
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

void ListPanel::fillMenu(QMenu* menu, const QString& name)
{
    menu->addAction(icon("ticked"_L1), tr("Tick all of it"), this, [this, name] { tickAll(name); });
    auto* add = menu->addAction(icon("add"_L1), tr("Add the ticked devices"), this,
                                [this, name] { told(m_lists->add(name, tickedEntries())); });
    add->setEnabled(m_fleet->tickedCount() > 0);
    menu->addSeparator();
    menu->addAction(icon("rename"_L1), tr("Rename…"), this, [this, name] { rename(name); });
    menu->addAction(icon("export"_L1), tr("Export a copy…"), this, [this, name] { exportCopy(name); });
    menu->addAction(icon("delete"_L1), tr("Delete…"), this, [this, name] { remove(name); });
}

bool ListPanel::told(const SavedLists::Done& done)
{
    if (!done)
        Q_EMIT problem(done.error());
    return done.has_value();
}

QList<devices::Entry> ListPanel::tickedEntries() const
{
    QList<devices::Entry> entries;
    for (const auto& device : m_fleet->ticked())
        entries << devices::entryOf(device);
    return entries;
}

void ListPanel::saveTicked()
{
    if (!m_fleet)
        return;
    const auto entries = tickedEntries();
    if (entries.isEmpty()) {
        auto* box = new QMessageBox(QMessageBox::Information, tr("New list"),
                                    tr("A list is made of the ticked devices, and none is ticked."),
                                    QMessageBox::NoButton, this);
        box->setObjectName(u"nothingTicked"_s);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setInformativeText(tr("Tick some first, or import a file from a spreadsheet."));
        auto* file = box->addButton(tr("Import list…"), QMessageBox::AcceptRole);
        box->addButton(QMessageBox::Close);
        connect(file, &QAbstractButton::clicked, this, &ListPanel::chooseImport);
        box->open();
        return;
    }
    auto* dialog = new NameDialog(
        tr("Save ticked as list"),
        counted(entries.size(), tr("The ticked device goes into it."),
                tr("The %1 ticked devices go into it.")),
        tr("Save"), [this](const QString& name) { return m_lists->nameProblem(name); }, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, entries] {
        if (told(m_lists->save(dialog->name(), entries)))
            Q_EMIT message(tr("Saved the list “%1”.").arg(shown(dialog->name(), 60)));
    });
    dialog->open();
}

void ListPanel::chooseImport()
{
    auto* dialog =
        new QFileDialog(this, tr("Import list"), {}, tr("Tables as text (*.csv *.tsv *.txt);;All files (*)"));
    dialog->setObjectName(u"importFile"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ListPanel::importFile);
    dialog->open();
}

void ListPanel::importFile(const QString& path)
{
    if (!m_fleet)
        return;
    const auto read = devices::readListFile(path);
    if (!read) {
        Q_EMIT problem(read.error());
        return;
    }
    auto* dialog = new ImportDialog(
        path, *read, [this](const QString& name) { return m_lists->nameProblem(name); }, this);
    connect(dialog, &QDialog::accepted, this, [this, dialog, entries = read->entries] {
        const auto name = dialog->name();
        if (!told(m_lists->save(name, entries)))
            return;
        if (const int row = m_model->rowOf(name); row >= 0)
            select(row);
    });
    dialog->open();
}

void ListPanel::tickAll(const QString& name)
{
    const auto* list = m_lists->find(name);
    if (!list)
        return;
    const auto present = presentIn(*m_fleet, list->entries);
    const std::vector<devices::Key> keys(present.keys.begin(), present.keys.end());
    m_fleet->setTicked(keys, true);
    if (present.missing > 0)
        Q_EMIT message(counted(present.missing,
                               tr("1 device of “%2” was not seen in the last hour and is not ticked."),
                               tr("%1 devices of “%2” were not seen in the last hour and are not ticked."))
                           .replace(u"%2"_s, shown(name, 60)));
}

void ListPanel::rename(const QString& name)
{
    auto* dialog = new NameDialog(
        tr("Rename list"), tr("A new name for “%1”.").arg(shown(name)), tr("Rename"),
        [this, name](const QString& to) { return to == name ? QString() : m_lists->nameProblem(to); }, this);
    dialog->setName(name);
    connect(dialog, &QDialog::accepted, this, [this, dialog, name] {
        const auto to = dialog->name();
        if (to == name)
            return;
        const bool isShown = m_shown == name;
        if (isShown)
            m_shown = to; // found again under its new name
        if (!told(m_lists->rename(name, to)) && isShown)
            m_shown = name;
    });
    dialog->open();
}

void ListPanel::remove(const QString& name)
{
    auto* box = new QMessageBox(QMessageBox::Question, tr("Delete list"),
                                tr("Delete the list “%1”?").arg(shown(name)), QMessageBox::NoButton, this);
    box->setObjectName(u"deleteList"_s);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("Its file is removed. The devices and their captures stay."));
    auto* yes = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    connect(yes, &QAbstractButton::clicked, this, [this, name] {
        if (m_shown == name)
            showAll();
        told(m_lists->remove(name));
    });
    box->open();
}

void ListPanel::exportCopy(const QString& name)
{
    auto* dialog = new QFileDialog(this, tr("Export a copy"), {}, tr("CSV (*.csv)"));
    dialog->setObjectName(u"exportList"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->selectFile(name + u".csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, name](const QString& path) {
        const auto* list = m_lists->find(name);
        if (list && told(devices::writeListFile(path, list->entries)))
            Q_EMIT message(tr("Exported the list “%1”.").arg(shown(name, 60)));
    });
    dialog->open();
}

} // namespace ui
