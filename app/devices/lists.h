// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <vector>

#include <QDateTime>
#include <QDir>
#include <QObject>

#include "base/problem.h"
#include "devices/listfile.h"
#include "devices/listlock.h"

namespace devices {

/// \brief A saved list, with the contents of the last successful read.
struct SavedList {
    QString name;
    QList<Entry> entries;
    QList<BadLine> bad;
    QString problem; ///< why the file cannot be used now; empty: it can

    // State of the file at that read.
    QByteArray bytes;
    QDateTime modified;
};

/// \brief The saved lists of one connection: a folder of ordinary CSV files, one for each list, named after
/// it.
///
/// Other programs may change the same files, for example on a share. A share sends no notifications, so
/// look() polls. Each change is applied to the current contents of the file: entries that others added stay,
/// and nothing of theirs is overwritten. Data that is about to be lost is copied to a file first.
class Lists : public QObject {
    Q_OBJECT

public:
    /// \brief Why a list was not changed.
    struct Refusal {
        QString sentence;
        bool isPlace = false; ///< the folder is not writable: another folder may help
    };
    using Outcome = std::expected<void, Refusal>;

    /// \param kept folder for copies of data that would be lost
    /// \param own whether new files are private to the operator; false on a share
    Lists(const QDir& folder, const QDir& kept, bool own = true, ListLocks::Patience patience = {},
          QObject* parent = nullptr);

    [[nodiscard]] const std::vector<SavedList>& all() const { return m_lists; } ///< in collation order
    [[nodiscard]] const SavedList* find(const QString& name) const;
    [[nodiscard]] QString pathOf(const QString& name) const;
    /// Why the name cannot be used for a new list (empty, taken, too long); empty if it can.
    [[nodiscard]] QString nameProblem(const QString& name) const;

    void look(); ///< polls the files for changes by others

    [[nodiscard]] Outcome create(const QString& name, const QList<Entry>& entries);
    [[nodiscard]] Outcome add(const QString& name, const QList<Entry>& entries);
    [[nodiscard]] Outcome take(const QString& name, const QList<Entry>& entries);
    [[nodiscard]] Outcome rename(const QString& from, const QString& to);
    [[nodiscard]] Outcome duplicate(const QString& name, const QString& as);
    [[nodiscard]] Outcome remove(const QString& name);
    /// Writes the last known entries of a list whose file is damaged or gone. A file that is still there is
    /// copied or renamed first.
    [[nodiscard]] Outcome writeBack(const QString& name);

    [[nodiscard]] QString undoText() const; ///< description of the next undo; empty: nothing to undo
    [[nodiscard]] Outcome undo();

Q_SIGNALS:
    void changed();
    void told(const QString& sentence);   ///< a change by others; not a problem
    void warned(const QString& sentence); ///< a file or the folder cannot be used

private:
    struct Step {
        QString text;
        std::function<Outcome()> back;
    };

    [[nodiscard]] SavedList* at(const QString& name);
    void readAll();
    void see(SavedList& list);
    [[nodiscard]] Outcome change(const QString& name, const QList<Entry>& added, const QList<Entry>& taken);
    [[nodiscard]] Outcome write(SavedList& list, const QList<Entry>& entries);
    [[nodiscard]] QString hiddenPathOf(const QString& name) const;
    [[nodiscard]] std::expected<std::unique_ptr<QLockFile>, QString> lockOf(const QString& name);
    [[nodiscard]] std::expected<QString, QString> keep(const SavedList& list);
    void changedTo(const QString& text, std::function<Outcome()> back);
    void sort();

    QDir m_folder;
    QDir m_kept;
    bool m_own;
    ListLocks m_locks;
    bool m_reachable = true;
    std::vector<SavedList> m_lists;
    std::vector<Step> m_steps;
};

} // namespace devices
