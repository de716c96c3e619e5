// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QWidget>

#include "devices/lists.h"

class QListWidget;
class QListWidgetItem;

namespace captures {
class Desk;
}

namespace ui {

/// \brief The side bar: all devices, the ticked ones, and the saved lists.
class ListBar : public QWidget {
    Q_OBJECT

public:
    explicit ListBar(QWidget* parent = nullptr);
    ~ListBar() override;

    /// \param folder where this connection's lists are
    void setDesk(captures::Desk* desk, const QDir& folder);
    void showTicked();
    void showAll();

    void saveTicked(); ///< asks for a name
    void importFile(); ///< asks for a file
    void importFrom(const QString& path);
    void saveTickedAs(const QString& name);

Q_SIGNALS:
    void message(const QString& text);
    void failed(const QString& sentence);

private:
    enum Kind { All, Ticked, Saved };

    void rebuild();
    void recount();
    void choose();
    void contextMenu(const QPoint& at);
    void tickAll(const QString& name);
    void rename(const QString& name);
    void removeAsking(const QString& name);
    void report(const devices::ReadList& list, const QString& name);
    [[nodiscard]] QList<devices::Entry> entriesOf(const QString& name);

    captures::Desk* m_desk = nullptr;
    std::unique_ptr<devices::Lists> m_lists;
    QListWidget* m_view;
};

} // namespace ui
