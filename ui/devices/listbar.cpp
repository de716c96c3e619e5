// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/listbar.h"

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QVBoxLayout>

#include "captures/desk.h"
#include "storage/settings.h"
#include "ui/common/numbers.h"
#include "ui/common/savedialog.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/devices/deviceview.h"
#include "ui/devices/importdialog.h"
#include "ui/devices/namedialog.h"

namespace ui {

namespace {

constexpr int kindRole = Qt::UserRole;
constexpr int nameRole = Qt::UserRole + 1;
constexpr int lookMs = 5000;
constexpr int recountMs = 200;
constexpr qint64 largestFile = 200 << 20;

/// \brief List widget that accepts devices dragged from the table.
class DropList : public QListWidget {
public:
    DropList(ListBar* bar, std::function<void(QListWidgetItem*)> dropped)
        : QListWidget(bar)
        , m_dropped(std::move(dropped))
    {
        setAcceptDrops(true);
        setDropIndicatorShown(true);
    }

protected:
    void dragEnterEvent(QDragEnterEvent* event) override { consider(event); }
    void dragMoveEvent(QDragMoveEvent* event) override { consider(event); }
    void dropEvent(QDropEvent* event) override
    {
        if (!event->mimeData()->hasFormat(QLatin1StringView(deviceMime))) {
            event->ignore(); // a file: the window handles it
            return;
        }
        event->acceptProposedAction();
        m_dropped(itemAt(event->position().toPoint()));
    }

private:
    static void consider(QDropEvent* event)
    {
        if (event->mimeData()->hasFormat(QLatin1StringView(deviceMime)))
            event->acceptProposedAction();
        else
            event->ignore();
    }

    std::function<void(QListWidgetItem*)> m_dropped;
};

QList<devices::Entry> entriesOf(const QList<devices::Device>& devices)
{
    QList<devices::Entry> entries;
    entries.reserve(devices.size());
    for (const auto& device : devices)
        entries << devices::entryOf(device);
    return entries;
}

QAction* add(QMenu* menu, const QString& text, const std::function<void()>& act)
{
    auto* action = menu->addAction(text);
    QObject::connect(action, &QAction::triggered, menu, act);
    return action;
}

} // namespace

ListBar::ListBar(DeviceView* table, storage::Settings* settings, QWidget* parent)
    : QWidget(parent)
    , m_table(table)
    , m_settings(settings)
    , m_view(new DropList(this, [this](const QListWidgetItem* item) {
        dropOn(item && item->data(kindRole).toInt() == Saved ? item->data(nameRole).toString() : QString());
    }))
{
    m_view->setObjectName(QStringLiteral("deviceLists"));
    m_view->setAccessibleName(tr("Device lists"));
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setTextElideMode(Qt::ElideMiddle); // keeps the count at the end visible
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_view, &QListWidget::currentItemChanged, this, &ListBar::choose);
    connect(m_view, &QWidget::customContextMenuRequested, this, &ListBar::contextMenu);
    connect(m_table, &DeviceView::menuWanted, this, &ListBar::extend);
    m_again.setInterval(lookMs);
    connect(&m_again, &QTimer::timeout, this, &ListBar::look);
    m_recount.setSingleShot(true);
    m_recount.setInterval(recountMs);
    connect(&m_recount, &QTimer::timeout, this, &ListBar::recount);

    auto* heading = new QLabel(tr("Device lists"), this);
    auto font = heading->font();
    font.setBold(true);
    heading->setFont(font);
    auto* save = new QPushButton(icon(QLatin1StringView("add")), tr("Save ticked…"), this);
    save->setObjectName(QStringLiteral("saveTicked"));
    save->setToolTip(tr("Save the ticked devices as a list"));
    connect(save, &QPushButton::clicked, this, &ListBar::saveTicked);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(heading);
    layout->addWidget(m_view, 1);
    layout->addWidget(save);
}

ListBar::~ListBar() = default;

void ListBar::setDesk(captures::Desk* desk, const QDir& folder)
{
    if (m_desk)
        m_desk->fleet().disconnect(this);
    m_desk = desk;
    m_ownFolder = folder;
    setEnabled(desk);
    m_again.stop();
    if (!desk) {
        m_lists.reset();
        rebuild();
        return;
    }
    makeLists();
    const auto soon = [this] {
        if (!m_recount.isActive())
            m_recount.start();
    };
    connect(&desk->fleet(), &devices::Fleet::sizeChanged, this, soon);
    connect(&desk->fleet(), &devices::Fleet::ticksChanged, this, soon);
    m_again.start();
}

/// Opens the lists of the account.  A folder chosen by the operator has one subfolder for each account,
/// because a device ID of one account means nothing in another.
void ListBar::makeLists()
{
    const auto chosen = m_settings->get(storage::setting::listFolder);
    const auto folder = chosen.isEmpty() ? m_ownFolder : QDir(QDir(chosen).filePath(m_ownFolder.dirName()));
    const QDir kept(m_ownFolder.filePath(QStringLiteral("kept")));
    m_lists = std::make_unique<devices::Lists>(folder, kept, chosen.isEmpty());
    connect(m_lists.get(), &devices::Lists::changed, this, [this] {
        rebuild();
        if (!currentList().isEmpty())
            choose(); // the list that is shown may have changed
    });
    connect(m_lists.get(), &devices::Lists::told, this, &ListBar::news);
    connect(m_lists.get(), &devices::Lists::warned, this, &ListBar::failed);
    rebuild();
}

QString ListBar::currentList() const
{
    const auto* item = m_view->currentItem();
    return item && item->data(kindRole).toInt() == Saved ? item->data(nameRole).toString() : QString();
}

void ListBar::rebuild()
{
    const auto* current = m_view->currentItem();
    const auto kept = current ? current->data(nameRole).toString() : QString();
    const auto kind = current ? current->data(kindRole).toInt() : All;
    bool found = kind != Saved;
    {
        const QSignalBlocker quiet(m_view);
        m_view->clear();
        const auto item = [this](Kind of, const QString& name) {
            auto* one = new QListWidgetItem(m_view);
            one->setData(kindRole, of);
            one->setData(nameRole, name);
            return one;
        };
        m_view->setCurrentItem(item(All, {}));
        auto* ticked = item(Ticked, {});
        if (kind == Ticked)
            m_view->setCurrentItem(ticked);
        for (const auto& list : m_lists ? m_lists->all() : std::vector<devices::SavedList>()) {
            auto* one = item(Saved, list.name);
            if (kind == Saved && list.name == kept) {
                m_view->setCurrentItem(one);
                found = true;
            }
        }
        recount();
    }
    if (!found)
        choose();
}

void ListBar::recount()
{
    for (int i = 0; i < m_view->count(); ++i) {
        auto* item = m_view->item(i);
        const auto name = item->data(nameRole).toString();
        QString text, tip;
        switch (Kind(item->data(kindRole).toInt())) {
        case All: text = tr("All  %1").arg(count(m_desk ? m_desk->fleet().size() : 0)); break;
        case Ticked: text = tr("Ticked  %1").arg(count(m_desk ? m_desk->fleet().tickedCount() : 0)); break;
        case Saved: {
            const auto* list = m_lists->find(name);
            if (!list)
                continue;
            const auto online = std::ranges::count_if(list->entries, [this](const devices::Entry& entry) {
                return !m_desk->fleet().find(entry).isEmpty();
            });
            text = QStringLiteral("%1  %2/%3").arg(shown(name), count(online), count(list->entries.size()));
            tip = tr("%1: %n devices, %2 of them seen in the last hour", nullptr, int(list->entries.size()))
                      .arg(name, count(online));
            if (!list->problem.isEmpty()) {
                text = QStringLiteral("⚠ ") + text;
                tip += u'\n' + list->problem;
            } else if (!list->bad.isEmpty()) {
                tip += u'\n' + tr("%n lines cannot be read", nullptr, int(list->bad.size()));
            }
            break;
        }
        }
        item->setText(text);
        item->setToolTip(ui::toolTip(tip));
    }
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
    case Saved: {
        view.of = devices::View::Of::List;
        if (const auto* list = m_lists->find(item->data(nameRole).toString()))
            view.list = list->entries;
        break;
    }
    }
    if (view != m_desk->fleet().view() || view.of == devices::View::Of::Ticked)
        m_desk->fleet().setView(view);
}

void ListBar::select(const QString& name)
{
    for (int i = 0; i < m_view->count(); ++i) {
        const auto* item = m_view->item(i);
        if (item->data(kindRole).toInt() == Saved && item->data(nameRole).toString() == name)
            m_view->setCurrentRow(i);
    }
}

void ListBar::showTicked()
{
    m_view->setCurrentRow(1);
}

void ListBar::leaveTicked()
{
    if (m_view->currentRow() == 1)
        m_view->setCurrentRow(0);
}

void ListBar::addByHand(const devices::Device& device)
{
    if (!m_desk)
        return;
    auto& fleet = m_desk->fleet();
    auto entry = devices::entryOf(device);
    if (const auto listed = fleet.find(entry); !listed.isEmpty()) {
        const auto key = listed.first().key();
        fleet.setTicked({&key, 1}, true);
        Q_EMIT message(tr("%1 is ticked.").arg(shown(listed.first().name)));
        return;
    }
    // Saved in a list, so that the device is still there after the next start.
    const auto name = tr("Added by hand");
    if (!say(m_lists->find(name) ? m_lists->add(name, {entry}) : m_lists->create(name, {entry}),
             tr("Added to the list “%1”.").arg(name)))
        return;
    select(name);
    auto view = fleet.view();
    view.filter.clear();
    view.chosen.clear();
    fleet.setView(view);
    // A device without an ID has no key to tick it by, and the list's file may spell it differently: so the
    // row is searched for.
    const auto isIt = [&entry](const devices::Entry& one) {
        return one.key.deviceId == entry.key.deviceId &&
               devices::hostName(one.name) == devices::hostName(entry.name) &&
               one.key.email.compare(entry.key.email, Qt::CaseInsensitive) == 0;
    };
    for (int row = 0; row < fleet.viewSize(); ++row) {
        const devices::Range only{row, row};
        if (isIt(devices::entryOf(fleet.viewAt(row))) && !fleet.isTickedAt(row))
            fleet.tickRows({&only, 1}, true);
    }
}

bool ListBar::say(const devices::Lists::Outcome& outcome, const QString& what)
{
    if (outcome) {
        Q_EMIT saved();
        Q_EMIT message(what);
    } else {
        const auto& [sentence, isPlace] = outcome.error();
        const Offer another{.text = tr("Another folder…"), .act = [this] { chooseFolder(); }};
        Q_EMIT notSaved(sentence, isPlace ? another : Offer());
    }
    return outcome.has_value();
}

void ListBar::ask(const QString& title, const QString& name, const std::function<void(const QString&)>& done)
{
    auto* dialog = new NameDialog(
        title, name, [this](const QString& to) { return m_lists ? m_lists->nameProblem(to) : QString(); },
        window());
    connect(dialog, &NameDialog::named, this, done);
    dialog->open();
}

void ListBar::saveTicked()
{
    if (!m_desk)
        return;
    const auto ticked = int(m_desk->fleet().tickedCount());
    if (ticked == 0) {
        Q_EMIT message(tr("Tick the devices first; then save them as a list."));
        return;
    }
    ask(tr("Save %n ticked as a list", nullptr, ticked), {},
        [this](const QString& name) { saveTickedAs(name); });
}

void ListBar::saveTickedAs(const QString& name)
{
    saveAs(name, entriesOf(m_desk->fleet().ticked()));
}

void ListBar::saveAs(const QString& name, const QList<devices::Entry>& entries)
{
    say(m_lists->create(name, entries),
        tr("List “%1” saved: %n devices.", nullptr, int(entries.size())).arg(shown(name)));
}

void ListBar::importFile()
{
    if (!m_desk)
        return;
    auto* dialog = new QFileDialog(window(), tr("Load a device list"), folderFor(*m_settings, FileKind::List),
                                   tr("Tables (*.csv *.tsv *.txt *.xlsx *.xlsm *.ods);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        rememberFolder(*m_settings, FileKind::List, path);
        importFrom(path);
    });
    dialog->open();
}

void ListBar::importFrom(const QString& path)
{
    if (!m_desk)
        return;
    QFile file(path);
    const QFileInfo info(path);
    const auto name = info.fileName();
    if (info.exists() && !info.isFile()) { // opening a pipe blocks until somebody writes to it
        Q_EMIT failed(tr("%1 was not loaded: it is not a file.").arg(shown(name)));
        return;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        Q_EMIT failed(tr("%1 was not loaded: %2").arg(shown(name), file.errorString()));
        return;
    }
    if (file.size() > largestFile) {
        Q_EMIT failed(tr("%1 was not loaded: it is larger than any list.").arg(shown(name)));
        return;
    }
    import(file.readAll(), name, From::File);
}

void ListBar::paste()
{
    if (!m_desk)
        return;
    const auto text = QApplication::clipboard()->text();
    if (text.trimmed().isEmpty()) {
        Q_EMIT message(tr("The clipboard has no rows. Copy them in the spreadsheet first."));
        return;
    }
    import(text.toUtf8(), tr("Pasted rows"), From::Clipboard);
}

void ListBar::import(const QByteArray& bytes, const QString& name, From from)
{
    auto base = name.contains(u'.') ? name.left(name.lastIndexOf(u'.')) : name;
    base = base.left(60).trimmed();
    auto free = base.isEmpty() ? tr("List") : base;
    for (int n = 2; !m_lists->nameProblem(free).isEmpty() && n < 1000; ++n)
        free = QStringLiteral("%1 %2").arg(base).arg(n);
    auto* dialog = new ImportDialog(
        &m_desk->fleet(), bytes, {.source = name, .listName = free, .pasted = from == From::Clipboard},
        [this](const QString& as) { return m_lists ? m_lists->nameProblem(as) : QString(); }, window());
    connect(dialog, &ImportDialog::unreadable, this, [this, name](const QString& why) {
        Q_EMIT failed(tr("%1 was not loaded: %2").arg(shown(name), why));
    });
    connect(dialog, &ImportDialog::imported, this,
            [this](const QString& as, const QList<devices::Entry>& entries) {
                if (say(m_lists->create(as, entries),
                        tr("List “%1” loaded: %n devices.", nullptr, int(entries.size())).arg(shown(as))))
                    select(as);
            });
    dialog->open();
}

void ListBar::chooseFolder()
{
    if (!m_desk)
        return;
    const auto chosen = m_settings->get(storage::setting::listFolder);
    auto* dialog = new QFileDialog(window(), tr("Folder of the device lists"),
                                   chosen.isEmpty() ? folderFor(*m_settings, FileKind::List) : chosen);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_settings->set(storage::setting::listFolder, path);
        makeLists();
        Q_EMIT message(tr("The lists are now those in %1.").arg(path));
    });
    dialog->open();
}

QString ListBar::undoText() const
{
    return m_lists ? m_lists->undoText() : QString();
}

void ListBar::undo()
{
    if (undoText().isEmpty())
        return;
    const auto text = undoText();
    say(m_lists->undo(), tr("Undone: %1.").arg(text));
}

void ListBar::look()
{
    if (m_lists)
        m_lists->look();
}

void ListBar::tickAll(const QString& name)
{
    const auto* list = m_lists->find(name);
    if (!list)
        return;
    std::vector<devices::Key> keys;
    qsizetype ready = 0, absent = 0, unclear = 0;
    for (const auto& entry : list->entries) {
        const auto devices = m_desk->fleet().find(entry);
        if (devices.isEmpty()) {
            ++absent;
        } else if (entry.key.deviceId.isEmpty() && devices.size() > 1) {
            ++unclear; // the name matches several devices: the operator ticks the right one
        } else {
            ++ready;
            for (const auto& device : devices)
                keys.push_back(device.key());
        }
    }
    m_desk->fleet().setTicked(keys, true);
    QStringList parts{
        tr("%1: %2 of %3 are there").arg(shown(name), count(ready), count(list->entries.size()))};
    if (absent > 0)
        parts << tr("%1 not seen in the last hour").arg(count(absent));
    if (unclear > 0)
        parts << tr("%1 fit several devices: tick the one you mean").arg(count(unclear));
    Q_EMIT message(parts.join(QStringLiteral(", ")));
}

void ListBar::dropOn(const QString& name)
{
    const auto entries = entriesOf(m_table->highlighted());
    if (!m_desk || entries.isEmpty())
        return;
    if (name.isEmpty()) {
        ask(tr("Save %n devices as a list", nullptr, int(entries.size())), {},
            [this, entries](const QString& as) { saveAs(as, entries); });
        return;
    }
    say(m_lists->add(name, entries),
        tr("%n devices added to “%1”.", nullptr, int(entries.size())).arg(shown(name)));
}

/// Extends the table's context menu: add to a list, and remove from the current list.
void ListBar::extend(QMenu* menu)
{
    if (!m_lists)
        return;
    menu->addSeparator();
    auto* to = menu->addMenu(tr("Add to list"));
    for (const auto& list : m_lists->all())
        add(to, menuText(shown(list.name)), [this, name = list.name] { dropOn(name); });
    to->addSeparator();
    add(to, tr("New list…"), [this] { dropOn({}); });
    if (const auto current = currentList(); !current.isEmpty()) {
        add(menu, tr("Remove from “%1”").arg(menuText(shown(current))), [this, current] {
            // A row may come from an entry that has less data than the row, so entries are also compared by
            // the devices that they match.
            QList<devices::Entry> taken;
            const auto highlighted = m_table->highlighted();
            QSet<std::pair<devices::Key, QString>> rows;
            for (const auto& device : highlighted)
                rows.insert({device.key(), device.name});
            for (const auto& entry : m_lists->find(current)->entries) {
                const auto devices = m_desk->fleet().find(entry);
                const bool of = std::ranges::any_of(devices, [&rows](const devices::Device& device) {
                    return rows.contains({device.key(), device.name});
                });
                if (of || rows.contains({entry.key, entry.name}))
                    taken << entry;
            }
            say(m_lists->take(current, taken),
                tr("%n devices removed from “%1”.", nullptr, int(taken.size())).arg(shown(current)));
        });
    }
}

void ListBar::rename(const QString& name)
{
    ask(tr("Rename the list"), name, [this, name](const QString& to) {
        if (say(m_lists->rename(name, to), tr("Renamed to “%1”.").arg(shown(to))))
            select(to);
    });
}

void ListBar::removeAsking(const QString& name)
{
    auto* box = new QMessageBox(QMessageBox::Question, tr("Delete the list"),
                                tr("Delete the list “%1”? The devices stay.").arg(shown(name)),
                                QMessageBox::Cancel, window());
    box->setObjectName(QStringLiteral("deleteBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    const auto* yes = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(box, &QMessageBox::buttonClicked, this, [this, name, yes](const QAbstractButton* button) {
        if (static_cast<const QObject*>(button) == yes)
            say(m_lists->remove(name), tr("List “%1” deleted. Undo brings it back.").arg(shown(name)));
    });
    box->open();
}

void ListBar::contextMenu(const QPoint& at)
{
    if (!m_desk || !m_lists)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto* item = m_view->itemAt(at);
    if (item && item->data(kindRole).toInt() == Saved) {
        const auto name = item->data(nameRole).toString();
        const auto* list = m_lists->find(name);
        add(menu, tr("Tick all of it"), [this, name] { tickAll(name); });
        add(menu, tr("Add what is highlighted"), [this, name] { dropOn(name); });
        menu->addSeparator();
        if (list && !list->problem.isEmpty())
            add(menu, tr("Write its file anew"), [this, name] {
                say(m_lists->writeBack(name), tr("List “%1” is written anew.").arg(shown(name)));
            });
        add(menu, tr("Rename…"), [this, name] { rename(name); });
        add(menu, tr("Duplicate…"), [this, name] {
            ask(tr("Duplicate the list"), tr("%1 copy").arg(name), [this, name](const QString& as) {
                say(m_lists->duplicate(name, as), tr("List “%1” saved.").arg(shown(as)));
            });
        });
        add(menu, tr("Delete…"), [this, name] { removeAsking(name); });
        menu->addSeparator();
    }
    if (!undoText().isEmpty())
        add(menu, tr("Undo %1").arg(menuText(shown(undoText()))), [this] { undo(); });
    add(menu, tr("Folder of the lists…"), [this] { chooseFolder(); });
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

} // namespace ui
