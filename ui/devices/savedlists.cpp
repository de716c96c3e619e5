// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/devices/savedlists.h"

#include <algorithm>

#include <QMultiHash>

namespace ui {

SavedLists::SavedLists(const QDir& folder, QObject* parent)
    : QObject(parent)
    , m_lists(folder)
{
}

const SavedLists::List* SavedLists::find(const QString& name) const
{
    const auto found = std::ranges::find(m_all, name, &List::name);
    return found == m_all.end() ? nullptr : &*found;
}

void SavedLists::reload()
{
    m_all.clear();
    for (const auto& name : m_lists.names()) {
        const auto read = m_lists.load(name);
        m_all << (read ? List{.name = name, .entries = read->entries, .problem = {}}
                       : List{.name = name, .entries = {}, .problem = read.error()});
    }
    Q_EMIT changed();
}

SavedLists::Done SavedLists::told(Done done)
{
    if (done)
        reload();
    return done;
}

SavedLists::Done SavedLists::save(const QString& name, const QList<devices::Entry>& entries)
{
    return told(m_lists.save(name, entries));
}

SavedLists::Done SavedLists::add(const QString& name, const QList<devices::Entry>& entries)
{
    const auto* list = find(name);
    if (!list || !list->problem.isEmpty())
        return std::unexpected(tr("The list “%1” cannot be read, so nothing is added to it.").arg(name));
    auto all = list->entries;
    QSet<devices::Key> had;
    for (const auto& entry : std::as_const(all))
        had.insert(entry.key);
    for (const auto& entry : entries) {
        if (!had.contains(entry.key))
            all << entry;
    }
    return save(name, all);
}

SavedLists::Done SavedLists::remove(const QString& name)
{
    return told(m_lists.remove(name));
}

SavedLists::Done SavedLists::rename(const QString& from, const QString& to)
{
    return told(m_lists.rename(from, to));
}

Present presentIn(const devices::Fleet& fleet, const QList<devices::Entry>& entries)
{
    Present present;
    QList<devices::Key> vague;
    for (const auto& entry : entries) {
        if (fleet.find(entry.key))
            present.keys.insert(entry.key);
        else if (entry.key.registrationId.isEmpty())
            vague << entry.key;
        else
            ++present.missing;
    }
    if (vague.isEmpty())
        return present;

    QMultiHash<QString, devices::Key> byDevice;
    QSet<QString> wanted;
    for (const auto& key : std::as_const(vague))
        wanted.insert(key.deviceId);
    for (const auto& device : fleet.all()) {
        if (wanted.contains(device.deviceId))
            byDevice.insert(device.deviceId, device.key());
    }
    for (const auto& key : std::as_const(vague)) {
        bool found = false;
        for (auto [at, end] = byDevice.equal_range(key.deviceId); at != end; ++at) {
            if (key.email.isEmpty() || key.email.compare(at->email, Qt::CaseInsensitive) == 0) {
                present.keys.insert(*at);
                found = true;
            }
        }
        present.missing += found ? 0 : 1;
    }
    return present;
}

} // namespace ui
