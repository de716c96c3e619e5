// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>

#include <QTimer>
#include <QWidget>

#include "devices/lists.h"
#include "ui/common/banner.h"

class QListWidget;
class QListWidgetItem;
class QMenu;
class QMimeData;

namespace captures {
class Desk;
}
namespace storage {
class Settings;
}

namespace ui {

class DeviceView;

/// \brief Side bar: all devices, the ticked devices, and the saved lists, each with the number of its devices
/// that the service lists now.
class ListBar : public QWidget {
    Q_OBJECT

public:
    explicit ListBar(DeviceView* table, storage::Settings* settings, QWidget* parent = nullptr);
    ~ListBar() override;

    /// \param folder the folder of this connection's lists, unless the operator has chosen another
    void setDesk(captures::Desk* desk, const QDir& folder);
    void showTicked();
    void leaveTicked(); ///< call it when the ticks were cleared: the view of ticked devices would be empty
    /// Adds a device to the list of those added by hand, and ticks it.  A device that the service already
    /// lists is only ticked.
    void addByHand(const devices::Device& device);

    void saveTicked(); ///< asks for a name
    void saveTickedAs(const QString& name);
    void saveAs(const QString& name, const QList<devices::Entry>& entries);
    void importFile(); ///< asks for a file
    void importFrom(const QString& path);
    void paste(); ///< imports rows from the clipboard
    void chooseFolder();
    void undo();
    void look(); ///< polls the files for changes by others
    [[nodiscard]] QString undoText() const;
    /// Ticks the devices of a list that the service lists now, including those whose name matches one device
    /// only.
    void tickAll(const QString& name);
    void dropOn(const QString& name); ///< adds the highlighted devices; empty: to a new list

Q_SIGNALS:
    void message(const QString& text);
    void failed(const QString& sentence);
    void news(const QString& sentence);                             ///< shown until the operator has read it
    void notSaved(const QString& sentence, const ui::Offer& offer); ///< a change of a list
    void saved();

private:
    enum Kind { All, Ticked, Saved };

    void makeLists();
    void rebuild();
    void recount();
    void choose();
    void select(const QString& name);
    void contextMenu(const QPoint& at);
    void extend(QMenu* menu);
    enum class From { File, Clipboard };
    void import(const QByteArray& bytes, const QString& name, From from);
    void ask(const QString& title, const QString& name, const std::function<void(const QString&)>& done);
    void rename(const QString& name);
    void removeAsking(const QString& name);
    bool say(const devices::Lists::Outcome& outcome, const QString& what);
    [[nodiscard]] QString currentList() const;

    DeviceView* m_table;
    storage::Settings* m_settings;
    captures::Desk* m_desk = nullptr;
    QDir m_ownFolder;
    std::unique_ptr<devices::Lists> m_lists;
    QListWidget* m_view;
    QTimer m_again;   ///< polls the files
    QTimer m_recount; ///< delays counting, because the fleet changes many times a second while it loads
};

} // namespace ui
