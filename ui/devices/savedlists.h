// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <expected>

#include <QObject>
#include <QSet>

#include "devices/fleet.h"
#include "devices/lists.h"

namespace ui {

/// \brief The saved lists of one connection, read once and told about when they change.
class SavedLists final : public QObject {
    Q_OBJECT

public:
    struct List {
        QString name;
        QList<devices::Entry> entries;
        QString problem; ///< why its file cannot be read, a sentence
    };
    using Done = std::expected<void, QString>;

    explicit SavedLists(const QDir& folder, QObject* parent = nullptr);

    [[nodiscard]] const QList<List>& all() const { return m_all; }
    [[nodiscard]] const List* find(const QString& name) const;
    [[nodiscard]] QString nameProblem(const QString& name) const { return m_lists.nameProblem(name); }

    void reload();
    [[nodiscard]] Done save(const QString& name, const QList<devices::Entry>& entries);
    [[nodiscard]] Done add(const QString& name,
                           const QList<devices::Entry>& entries); ///< those it has not yet
    [[nodiscard]] Done remove(const QString& name);
    [[nodiscard]] Done rename(const QString& from, const QString& to);

Q_SIGNALS:
    void changed();

private:
    Done told(Done done);

    devices::Lists m_lists;
    QList<List> m_all;
};

/// \brief Which of a list's entries the service lists now.
struct Present {
    QSet<devices::Key> keys;
    qsizetype missing = 0;
};

/// An entry without a registration, as spreadsheets have them, stands for every registration of its user on
/// the device; one without an e-mail too for every user.
[[nodiscard]] Present presentIn(const devices::Fleet& fleet, const QList<devices::Entry>& entries);

} // namespace ui
