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

/// \brief A saved list, as it was when it could last be read.
struct SavedList {
    QString name;
    QList<Entry> entries;
    QList<BadLine> bad;
    QString problem; ///< why its file cannot be used now; empty: it can

    // How its file looked then.
    QByteArray bytes;
    QDateTime modified;
};

/// \brief The saved lists of one connection: a folder of ordinary CSV files, named as the lists are.
///
/// Others may work on the same files, on a share for instance.  A share tells nobody, so one looks again, and
/// each change is made to what the file says at that moment: what others added stays, nothing of theirs is
/// overwritten.  What is about to be lost is kept as a file of its own first.
class Lists : public QObject {
    Q_OBJECT

public:
    /// \brief Why a list was not changed.
    struct Refusal {
        QString sentence;
        bool isPlace = false; ///< files cannot be written in the folder: another one may help
    };
    using Outcome = std::expected<void, Refusal>;

    /// \param kept where copies go of what would be lost
    /// \param own whether new files are the operator's alone; not on a share
    Lists(const QDir& folder, const QDir& kept, bool own = true, ListLocks::Patience patience = {},
          QObject* parent = nullptr);

    [[nodiscard]] const std::vector<SavedList>& all() const { return m_lists; } ///< sorted as people sort
    [[nodiscard]] const SavedList* find(const QString& name) const;
    [[nodiscard]] QString pathOf(const QString& name) const;
    /// What is wrong with a name for a new list (empty, taken, no file name), or nothing.
    [[nodiscard]] QString nameProblem(const QString& name) const;

    void look(); ///< whether others changed something

    [[nodiscard]] Outcome create(const QString& name, const QList<Entry>& entries);
    [[nodiscard]] Outcome add(const QString& name, const QList<Entry>& entries);
    [[nodiscard]] Outcome take(const QString& name, const QList<Entry>& entries);
    [[nodiscard]] Outcome rename(const QString& from, const QString& to);
    [[nodiscard]] Outcome duplicate(const QString& name, const QString& as);
    [[nodiscard]] Outcome remove(const QString& name);
    /// Writes what was last known of a list whose file is damaged or gone; what stands there is kept.
    [[nodiscard]] Outcome writeBack(const QString& name);

    [[nodiscard]] QString undoText() const; ///< what would be undone, empty: nothing
    [[nodiscard]] Outcome undo();

Q_SIGNALS:
    void changed();
    void told(const QString& sentence);   ///< what others did: nothing is wrong
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
