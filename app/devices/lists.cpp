// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/lists.h"

#include <algorithm>
#include <cerrno>

#include <QCollator>
#include <QFile>
#include <QLocale>
#include <QLoggingCategory>
#include <QSet>
#include <QUrl>

#include "base/rename.h"
#include "base/savefile.h"
#include "devices/tr.h"

namespace devices {

namespace {

Q_LOGGING_CATEGORY(listLog, "capturedesk.lists", QtInfoMsg)

const QString suffix = QStringLiteral(".csv");
constexpr qsizetype longestListName = 80;
constexpr qsizetype longestFileName = 200; ///< bytes; a file system allows 255, and copies append a time

/// Characters that some file system rejects.
bool isAwkward(QChar c)
{
    return c.category() == QChar::Other_Control || c == u'%' || QStringView(u"/\\:*?\"<>|").contains(c);
}

/// A list's file name: percent-encoded where necessary. nameOfFile() is the reverse.
QString fileNameOf(const QString& name)
{
    QString result;
    for (qsizetype i = 0; i < name.size(); ++i) {
        const auto c = name[i];
        const bool dot = c == u'.' && i == 0;
        if (isAwkward(c) || dot)
            result += QString::fromLatin1(QUrl::toPercentEncoding(QString(c), {}, "."));
        else
            result += c;
    }
    return result + suffix;
}

QString nameOfFile(const QString& fileName)
{
    return QUrl::fromPercentEncoding(fileName.chopped(suffix.size()).toUtf8());
}

QSet<std::pair<Key, QString>> identitiesOf(const QList<Entry>& entries)
{
    QSet<std::pair<Key, QString>> identities;
    for (const auto& entry : entries)
        identities.insert(identityOf(entry));
    return identities;
}

/// Returns the entries that are not in `without`.
QList<Entry> less(const QList<Entry>& entries, const QList<Entry>& without)
{
    const auto known = identitiesOf(without);
    QList<Entry> rest;
    std::ranges::copy_if(entries, std::back_inserter(rest),
                         [&known](const Entry& entry) { return !known.contains(identityOf(entry)); });
    return rest;
}

std::unexpected<Lists::Refusal> refused(const QString& sentence)
{
    return std::unexpected(Lists::Refusal{.sentence = sentence});
}

std::unexpected<Lists::Refusal> refused(const base::SaveProblem& problem)
{
    qCWarning(listLog).noquote() << "a file was not written:" << base::details(problem);
    return std::unexpected(Lists::Refusal{.sentence = base::sentence(problem), .isPlace = true});
}

} // namespace

Lists::Lists(const QDir& folder, const QDir& kept, bool own, ListLocks::Patience patience, QObject* parent)
    : QObject(parent)
    , m_folder(folder)
    , m_kept(kept)
    , m_own(own)
    , m_locks(patience)
{
    readAll();
}

QString Lists::pathOf(const QString& name) const
{
    return m_folder.filePath(fileNameOf(name));
}

const SavedList* Lists::find(const QString& name) const
{
    const auto found = std::ranges::find(m_lists, name, &SavedList::name);
    return found == m_lists.end() ? nullptr : &*found;
}

SavedList* Lists::at(const QString& name)
{
    const auto found = std::ranges::find(m_lists, name, &SavedList::name);
    return found == m_lists.end() ? nullptr : &*found;
}

void Lists::sort()
{
    // The C locale does not sort numbers within names by value.
    QCollator collator(QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale());
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::ranges::sort(m_lists, [&collator](const SavedList& a, const SavedList& b) {
        return collator.compare(a.name, b.name) < 0;
    });
}

void Lists::readAll()
{
    m_folder.refresh();
    const auto files = m_folder.entryList({u'*' + suffix}, QDir::Files);
    for (const auto& file : files) {
        const auto name = nameOfFile(file);
        if (fileNameOf(name) != file || find(name))
            continue; // this program does not write such a name
        m_lists.push_back({.name = name});
        auto& list = m_lists.back();
        QFile reading(m_folder.filePath(file));
        const auto modified = QFileInfo(reading).lastModified();
        if (!reading.open(QIODevice::ReadOnly)) {
            list.problem = reading.errorString();
            continue;
        }
        list.bytes = reading.readAll();
        list.modified = modified;
        if (auto read = readList(list.bytes)) {
            list.entries = std::move(read->entries);
            list.bad = std::move(read->bad);
        } else {
            list.problem = read.error();
        }
    }
    sort();
}

void Lists::look()
{
    m_folder.refresh();
    // The folder is created with the first list.
    const bool none = m_lists.empty() && (m_own || QFileInfo(m_folder.path()).dir().exists());
    if (const bool reachable = none || m_folder.exists();
        reachable != std::exchange(m_reachable, reachable)) {
        qCWarning(listLog) << "the folder can be reached:" << reachable;
        if (reachable)
            Q_EMIT told(Text::tr("The folder of the lists is back."));
        else
            Q_EMIT warned(Text::tr("The folder of the lists cannot be reached: %1. What was read of them is "
                                   "still shown.")
                              .arg(m_folder.path()));
    }
    const auto before = m_lists.size();
    if (m_reachable)
        readAll();
    bool differ = m_lists.size() != before;
    for (auto& list : m_lists) {
        const QFileInfo file(pathOf(list.name));
        const bool same =
            file.isFile() && file.size() == list.bytes.size() && file.lastModified() == list.modified;
        if (m_reachable && !(same && list.problem.isEmpty())) {
            const auto entries = list.entries;
            const auto problem = list.problem;
            see(list);
            differ = differ || entries != list.entries || problem != list.problem;
        }
    }
    if (differ)
        Q_EMIT changed();
}

/// Reads the current contents of a list's file. If entries are gone, or the file cannot be used, keeps a copy
/// and reports it.
void Lists::see(SavedList& list)
{
    const auto problem = [this, &list](const QString& why) {
        if (list.problem == why)
            return; // already reported
        list.problem = why;
        qCWarning(listLog).noquote() << "a file of" << list.entries.size()
                                     << "devices cannot be used:" << why;
        const auto copy = keep(list);
        Q_EMIT warned(
            Text::tr(
                "The file of the list “%1” cannot be used any more: %2 %n devices are still shown. Copy: %3",
                nullptr, int(list.entries.size()))
                .arg(list.name, why, copy ? *copy : Text::tr("none, %1").arg(copy.error())));
    };
    QFile file(pathOf(list.name));
    const QFileInfo info(file);
    if (!info.exists()) {
        problem(Text::tr("It is gone."));
        return;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        problem(file.errorString() + u'.');
        return;
    }
    const auto bytes = file.readAll();
    const auto modified = info.lastModified();
    if (bytes == list.bytes && list.problem.isEmpty()) {
        list.modified = modified;
        return;
    }
    auto read = readList(bytes);
    if (!read) {
        problem(read.error());
        return;
    }
    const auto added = less(read->entries, list.entries);
    const auto gone = less(list.entries, read->entries);
    // An interrupted writer leaves a prefix of the file, without the last line end.
    if (!gone.isEmpty() && list.bytes.endsWith('\n') && !bytes.endsWith('\n') &&
        list.bytes.startsWith(bytes)) {
        problem(Text::tr("It ends in the middle."));
        return;
    }
    if (!gone.isEmpty() || !read->bad.isEmpty())
        (void)keep(list); // undo also restores what is gone
    list.entries = std::move(read->entries);
    list.bad = std::move(read->bad);
    list.bytes = bytes;
    list.modified = modified;
    list.problem.clear();
    if (added.isEmpty() && gone.isEmpty())
        return;
    Q_EMIT told(Text::tr("Somebody else changed the list “%1”: %2 added, %3 removed.%4")
                    .arg(list.name)
                    .arg(added.size())
                    .arg(gone.size())
                    .arg(gone.isEmpty() ? QString() : Text::tr(" Undo brings back what was removed.")));
    if (!gone.isEmpty())
        m_steps.push_back({Text::tr("somebody else's removal from “%1”").arg(list.name),
                           [this, name = list.name, gone] { return change(name, gone, {}); }});
}

QString Lists::hiddenPathOf(const QString& name) const
{
    const auto time = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-hhmmss-zzz"));
    return m_folder.filePath(u'.' + fileNameOf(name).chopped(suffix.size()) + u' ' + time + suffix);
}

/// \returns path of the copy, or why there is none
std::expected<QString, QString> Lists::keep(const SavedList& list)
{
    if (list.bytes.isEmpty())
        return std::unexpected(Text::tr("there is nothing of it to copy"));
    if (!m_kept.mkpath(QStringLiteral(".")))
        return std::unexpected(Text::tr("the folder %1 cannot be made").arg(m_kept.path()));
    QFile::setPermissions(m_kept.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const auto time = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-hhmmss-zzz"));
    const auto path = m_kept.filePath(fileNameOf(list.name).chopped(suffix.size()) + u' ' + time + suffix);
    if (const auto saved = base::saveFile(path, list.bytes); !saved)
        return std::unexpected(base::reason(saved.error()));
    return path;
}

Lists::Outcome Lists::write(SavedList& list, const QList<Entry>& entries)
{
    if (!m_folder.exists()) {
        if (!m_folder.mkpath(QStringLiteral(".")))
            return std::unexpected(Refusal{
                .sentence = Text::tr("The folder %1 cannot be made.").arg(m_folder.path()), .isPlace = true});
        if (m_own)
            QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    const auto bytes = writeList(entries);
    const auto path = pathOf(list.name);
    const auto rights = m_own ? base::Rights::Own : base::Rights::Shared;
    if (const auto written = base::saveFile(path, bytes, rights); !written)
        return refused(written.error());
    list.entries = entries;
    list.bad.clear();
    list.bytes = bytes;
    list.modified = QFileInfo(path).lastModified();
    list.problem.clear();
    return {};
}

/// Applies the change to the current contents of the file, not to those of the last read.
Lists::Outcome Lists::change(const QString& name, const QList<Entry>& added, const QList<Entry>& taken)
{
    auto* list = at(name);
    if (!list)
        return refused(Text::tr("There is no list “%1” any more.").arg(name));
    const auto lock = lockOf(name);
    if (!lock)
        return refused(lock.error());
    see(*list);
    if (!list->problem.isEmpty())
        return refused(Text::tr("Its file cannot be used: %1").arg(list->problem));
    if (!list->bad.isEmpty()) {
        if (const auto copy = keep(*list); !copy)
            return refused(Text::tr("It has lines that cannot be read, and no copy of it could be made: %1.")
                               .arg(copy.error()));
    }
    auto entries = less(list->entries, taken);
    entries << less(added, entries);
    const auto written = write(*list, entries);
    Q_EMIT changed();
    return written;
}

void Lists::changedTo(const QString& text, std::function<Outcome()> back)
{
    m_steps.push_back({text, std::move(back)});
    Q_EMIT changed();
}

std::expected<std::unique_ptr<QLockFile>, QString> Lists::lockOf(const QString& name)
{
    return m_locks.lock(m_folder.filePath(u'.' + fileNameOf(name) + QStringLiteral(".lock")));
}

Lists::Outcome Lists::create(const QString& name, const QList<Entry>& entries)
{
    if (const auto problem = nameProblem(name); !problem.isEmpty())
        return refused(problem);
    const auto lock = lockOf(name);
    if (!lock)
        return refused(lock.error());
    if (QFile::exists(pathOf(name)))
        return refused(Text::tr("Somebody else has made a list of this name."));
    SavedList list{.name = name};
    if (const auto written = write(list, less(entries, {})); !written)
        return written;
    m_lists.push_back(std::move(list));
    sort();
    changedTo(Text::tr("the new list “%1”").arg(name), [this, name] {
        auto done = remove(name);
        if (done)
            m_steps.pop_back(); // an undo is not itself undoable
        return done;
    });
    return {};
}

Lists::Outcome Lists::add(const QString& name, const QList<Entry>& entries)
{
    const auto* list = find(name);
    const auto fresh = list ? less(entries, list->entries) : entries;
    if (const auto done = change(name, fresh, {}); !done)
        return done;
    changedTo(Text::tr("adding to “%1”").arg(name), [this, name, fresh] { return change(name, {}, fresh); });
    return {};
}

Lists::Outcome Lists::take(const QString& name, const QList<Entry>& entries)
{
    const auto* list = find(name);
    const auto left = list ? less(list->entries, entries) : QList<Entry>();
    const auto taken = list ? less(list->entries, left) : entries;
    if (const auto done = change(name, {}, taken); !done)
        return done;
    changedTo(Text::tr("removing from “%1”").arg(name),
              [this, name, taken] { return change(name, taken, {}); });
    return {};
}

Lists::Outcome Lists::rename(const QString& from, const QString& to)
{
    auto* list = at(from);
    if (!list)
        return refused(Text::tr("There is no list “%1” any more.").arg(from));
    const auto lock = lockOf(from);
    if (!lock)
        return refused(lock.error());
    if (const auto renamed = base::renameFile(pathOf(from), pathOf(to)); !renamed)
        return renamed.error().code == EEXIST
                   ? refused(Text::tr("Somebody else has made a list of this name."))
                   : refused(renamed.error());
    list->name = to;
    sort();
    changedTo(Text::tr("renaming “%1”").arg(from), [this, from, to] {
        auto done = rename(to, from);
        if (done)
            m_steps.pop_back();
        return done;
    });
    return {};
}

Lists::Outcome Lists::duplicate(const QString& name, const QString& as)
{
    const auto* list = find(name);
    if (!list)
        return refused(Text::tr("There is no list “%1” any more.").arg(name));
    return create(as, QList<Entry>(list->entries));
}

Lists::Outcome Lists::remove(const QString& name)
{
    auto* list = at(name);
    if (!list)
        return refused(Text::tr("There is no list “%1” any more.").arg(name));
    const auto lock = lockOf(name);
    if (!lock)
        return refused(lock.error());
    QFile file(pathOf(name));
    if (file.exists()) {
        see(*list); // so that undo also restores what others added
        if (const auto copy = keep(*list); !copy)
            return refused(
                Text::tr("It was not deleted, because no copy of it could be kept: %1.").arg(copy.error()));
        if (!file.remove())
            return refused(Text::tr("It was not deleted: %1.").arg(file.errorString()));
    }
    const auto entries = list->entries;
    std::erase_if(m_lists, [&name](const SavedList& one) { return one.name == name; });
    changedTo(Text::tr("deleting “%1”").arg(name), [this, name, entries] {
        auto done = create(name, entries);
        if (done)
            m_steps.pop_back();
        return done;
    });
    return {};
}

Lists::Outcome Lists::writeBack(const QString& name)
{
    auto* list = at(name);
    if (!list)
        return refused(Text::tr("There is no list “%1” any more.").arg(name));
    const auto lock = lockOf(name);
    if (!lock)
        return refused(lock.error());
    QFile file(pathOf(name));
    if (file.exists()) {
        // A file that cannot be read is renamed to a hidden file: its owner may be able to read it.
        if (!file.open(QIODevice::ReadOnly)) {
            if (const auto moved = base::renameFile(file.fileName(), hiddenPathOf(name)); !moved)
                return refused(moved.error());
        } else if (const SavedList there{.name = name, .bytes = file.readAll()}; !there.bytes.isEmpty()) {
            if (const auto copy = keep(there); !copy)
                return refused(
                    Text::tr("It was not written, because no copy of what is there could be kept: %1.")
                        .arg(copy.error()));
        }
        file.close();
    }
    const auto written = write(*list, QList<Entry>(list->entries));
    Q_EMIT changed();
    return written;
}

QString Lists::undoText() const
{
    return m_steps.empty() ? QString() : m_steps.back().text;
}

Lists::Outcome Lists::undo()
{
    if (m_steps.empty())
        return {};
    const auto step = std::move(m_steps.back());
    m_steps.pop_back();
    auto done = step.back();
    if (!done)
        m_steps.push_back(step);
    Q_EMIT changed();
    return done;
}

QString Lists::nameProblem(const QString& name) const
{
    const auto trimmed = name.trimmed();
    if (trimmed.isEmpty())
        return Text::tr("Give the list a name.");
    if (trimmed.size() > longestListName || fileNameOf(trimmed).toUtf8().size() > longestFileName)
        return Text::tr("At most %1 characters.").arg(longestListName);
    const bool clash = std::ranges::any_of(m_lists, [&trimmed](const SavedList& other) {
        return other.name.compare(trimmed, Qt::CaseInsensitive) == 0;
    });
    return clash ? Text::tr("There is a list of this name.") : QString();
}

} // namespace devices
