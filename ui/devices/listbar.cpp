// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/listbar.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

#include "captures/desk.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/devices/namedialog.h"

namespace ui {

namespace {

constexpr int kindRole = Qt::UserRole;
constexpr int nameRole = Qt::UserRole + 1;
constexpr int countRole = Qt::UserRole + 2; ///< of a saved list: its entries

} // namespace

ListBar::ListBar(QWidget* parent)
    : QWidget(parent)
    , m_view(new QListWidget(this))
{
    m_view->setObjectName(QStringLiteral("deviceLists"));
    m_view->setAccessibleName(tr("Device lists"));
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setTextElideMode(Qt::ElideRight);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_view, &QListWidget::currentItemChanged, this, &ListBar::choose);
    connect(m_view, &QWidget::customContextMenuRequested, this, &ListBar::contextMenu);

    auto* heading = new QLabel(tr("Device lists"), this);
    auto font = heading->font();
    font.setBold(true);
    heading->setFont(font);
    auto* add = new QPushButton(icon(QLatin1StringView("add")), tr("Save ticked…"), this);
    add->setObjectName(QStringLiteral("saveTicked"));
    add->setToolTip(tr("Save the ticked devices as a list"));
    connect(add, &QPushButton::clicked, this, &ListBar::saveTicked);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(heading);
    layout->addWidget(m_view, 1);
    layout->addWidget(add);
}

ListBar::~ListBar() = default;

void ListBar::setDesk(captures::Desk* desk, const QDir& folder)
{
    if (m_desk)
        m_desk->fleet().disconnect(this);
    m_desk = desk;
    m_lists = std::make_unique<devices::Lists>(folder);
    setEnabled(desk);
    rebuild();
    if (!desk)
        return;
    connect(&desk->fleet(), &devices::Fleet::sizeChanged, this, &ListBar::recount);
    connect(&desk->fleet(), &devices::Fleet::ticksChanged, this, &ListBar::recount);
}

void ListBar::rebuild()
{
    const auto* current = m_view->currentItem();
    const auto kept = current ? current->data(nameRole).toString() : QString();
    const auto kind = current ? current->data(kindRole).toInt() : All;
    const QSignalBlocker quiet(m_view);
    m_view->clear();
    const auto add = [this](Kind of, const QString& name, qsizetype count) {
        auto* item = new QListWidgetItem(m_view);
        item->setData(kindRole, of);
        item->setData(nameRole, name);
        item->setData(countRole, count);
        return item;
    };
    m_view->setCurrentItem(add(All, {}, 0));
    auto* ticked = add(Ticked, {}, 0);
    if (kind == Ticked)
        m_view->setCurrentItem(ticked);
    const auto names = m_lists->names();
    for (const auto& name : names) {
        const auto list = m_lists->load(name);
        auto* item = add(Saved, name, list ? list->entries.size() : 0);
        if (kind == Saved && name == kept)
            m_view->setCurrentItem(item);
    }
    recount();
}

void ListBar::recount()
{
    for (int i = 0; i < m_view->count(); ++i) {
        auto* item = m_view->item(i);
        auto count = item->data(countRole).toLongLong();
        auto name = item->data(nameRole).toString();
        switch (Kind(item->data(kindRole).toInt())) {
        case All:
            name = tr("All");
            count = m_desk ? m_desk->fleet().size() : 0;
            break;
        case Ticked:
            name = tr("Ticked");
            count = m_desk ? m_desk->fleet().tickedCount() : 0;
            break;
        case Saved: break;
        }
        item->setText(QStringLiteral("%1  %2").arg(shown(name), QLocale().toString(count)));
        item->setToolTip(ui::toolTip(name));
    }
}

QList<devices::Entry> ListBar::entriesOf(const QString& name)
{
    const auto list = m_lists->load(name);
    if (!list) {
        Q_EMIT failed(tr("The list “%1” cannot be read: %2").arg(shown(name), list.error()));
        return {};
    }
    return list->entries;
}

void ListBar::choose()
{
    const auto* item = m_view->currentItem();
    if (!m_desk || !item)
        return;
    auto view = m_desk->fleet().view();
    view.list.clear();
    switch (Kind(item->data(kindRole).toInt())) {
    case All: view.of = devices::View::Of::All; break;
    case Ticked: view.of = devices::View::Of::Ticked; break;
    case Saved:
        view.of = devices::View::Of::List;
        view.list = entriesOf(item->data(nameRole).toString());
        break;
    }
    m_desk->fleet().setView(view);
}

void ListBar::showTicked()
{
    m_view->setCurrentRow(1);
}

void ListBar::showAll()
{
    m_view->setCurrentRow(0);
}

void ListBar::saveTicked()
{
    if (!m_desk)
        return;
    if (m_desk->fleet().tickedCount() == 0) {
        Q_EMIT message(tr("Tick the devices first; then save them as a list."));
        return;
    }
    auto* dialog = new NameDialog(
        tr("Save %n ticked as a list", nullptr, int(m_desk->fleet().tickedCount())), {},
        [this](const QString& name) { return m_lists->nameProblem(name); }, window());
    connect(dialog, &NameDialog::named, this, &ListBar::saveTickedAs);
    dialog->open();
}

void ListBar::saveTickedAs(const QString& name)
{
    QList<devices::Entry> entries;
    const auto ticked = m_desk->fleet().ticked();
    for (const auto& device : ticked)
        entries << devices::entryOf(device);
    if (const auto saved = m_lists->save(name, entries); !saved) {
        Q_EMIT failed(tr("The list was not saved: %1").arg(saved.error()));
        return;
    }
    rebuild();
    Q_EMIT message(tr("List “%1” saved: %2 devices.").arg(shown(name)).arg(entries.size()));
}

void ListBar::importFile()
{
    if (!m_desk)
        return;
    auto* dialog = new QFileDialog(window(), tr("Load a device list"), {},
                                   tr("Lists (*.csv *.tsv *.txt);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ListBar::importFrom);
    dialog->open();
}

void ListBar::importFrom(const QString& path)
{
    const auto list = devices::readListFile(path);
    if (!list) {
        Q_EMIT failed(tr("%1 was not loaded: %2").arg(shown(QFileInfo(path).fileName()), list.error()));
        return;
    }
    auto name = QFileInfo(path).completeBaseName();
    for (int n = 2; !m_lists->nameProblem(name).isEmpty() && n < 1000; ++n)
        name = QStringLiteral("%1 %2").arg(QFileInfo(path).completeBaseName().left(70)).arg(n);
    if (const auto saved = m_lists->save(name, list->entries); !saved) {
        Q_EMIT failed(tr("The list was not saved: %1").arg(saved.error()));
        return;
    }
    rebuild();
    for (int i = 0; i < m_view->count(); ++i) {
        if (m_view->item(i)->data(nameRole).toString() == name)
            m_view->setCurrentRow(i);
    }
    report(*list, name);
}

void ListBar::report(const devices::ReadList& list, const QString& name)
{
    if (list.bad.isEmpty()) {
        Q_EMIT message(tr("List “%1” loaded: %2 devices.").arg(shown(name)).arg(list.entries.size()));
        return;
    }
    QStringList lines;
    for (const auto& bad : list.bad)
        lines << tr("Line %1: %2").arg(bad.line).arg(bad.reason);
    auto* box =
        new QMessageBox(QMessageBox::Information, tr("List loaded"),
                        tr("%1 devices loaded; %n lines could not be used.", nullptr, int(list.bad.size()))
                            .arg(list.entries.size()),
                        QMessageBox::Ok, window());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setDetailedText(lines.join(u'\n'));
    box->open();
}

void ListBar::tickAll(const QString& name)
{
    std::vector<devices::Key> keys;
    const auto entries = entriesOf(name);
    for (const auto& entry : entries) {
        for (const auto& device : m_desk->fleet().find(entry))
            keys.push_back(device.key());
    }
    m_desk->fleet().setTicked(keys, true);
}

void ListBar::rename(const QString& name)
{
    auto* dialog = new NameDialog(
        tr("Rename the list"), name, [this](const QString& to) { return m_lists->nameProblem(to); },
        window());
    connect(dialog, &NameDialog::named, this, [this, name](const QString& to) {
        if (const auto renamed = m_lists->rename(name, to); !renamed)
            Q_EMIT failed(tr("The list was not renamed: %1").arg(renamed.error()));
        rebuild();
    });
    dialog->open();
}

void ListBar::removeAsking(const QString& name)
{
    auto* box = new QMessageBox(QMessageBox::Question, tr("Delete the list"),
                                tr("Delete the list “%1”? The devices stay.").arg(shown(name)),
                                QMessageBox::Cancel, window());
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    const auto* yes = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    connect(box, &QMessageBox::buttonClicked, this, [this, name, yes](const QAbstractButton* button) {
        if (static_cast<const QObject*>(button) != yes)
            return;
        if (const auto removed = m_lists->remove(name); !removed)
            Q_EMIT failed(tr("The list was not deleted: %1").arg(removed.error()));
        rebuild();
        choose();
    });
    box->open();
}

void ListBar::contextMenu(const QPoint& at)
{
    const auto* item = m_view->itemAt(at);
    if (!m_desk || !item || item->data(kindRole).toInt() != Saved)
        return;
    const auto name = item->data(nameRole).toString();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Tick all of it")), &QAction::triggered, this,
            [this, name] { tickAll(name); });
    connect(menu->addAction(tr("Rename…")), &QAction::triggered, this, [this, name] { rename(name); });
    connect(menu->addAction(tr("Delete…")), &QAction::triggered, this, [this, name] { removeAsking(name); });
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

} // namespace ui
