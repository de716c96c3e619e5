// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <optional>
#include <memory>
#include <span>
#include <vector>

#include <QHash>
#include <QObject>
#include <QSet>

#include "devices/device.h"

namespace devices {

/// The columns of the device table, in their first order.
enum class Column { Tick, Name, User, Status, Platform, Seen, Version };
inline constexpr int columnCount = 7;

/// \brief Which rows are shown: words that must all match, on top of a list or of the ticked ones.
struct View {
    enum class Of { All, Ticked, List } of = Of::All;
    QString
        filter; ///< words, each must be found in name, e-mail, ID, platform, status or version; case ignored
    QSet<Key> list; ///< with Of::List
    Column orderBy = Column::Name;
    Qt::SortOrder order = Qt::AscendingOrder;

    bool operator==(const View&) const = default;
};

/// \brief All devices of an account: the rows, the view on them and the ticks.  Filter, order and ticks live
/// here, so that the model in the window is thin.
///
/// In the view of the ticked ones a row that is unticked stays until the view is set anew.
/// Rows of one multi-user device stand together when ordered by name, the one seen last first.
/// Ticks are by `Key`: they outlive filters, orders, refreshes, and the device itself leaving the service's
/// list.
class Fleet : public QObject {
    Q_OBJECT

public:
    explicit Fleet(QObject* parent = nullptr);
    ~Fleet() override;

    // What is known.
    [[nodiscard]] qsizetype size() const;
    [[nodiscard]] const Device* find(const Key& key) const; ///< null where the service does not list it
    /// The rows that a key from elsewhere means: itself; or, where it names no registration, those of its
    /// device and (where it names one) its user, in any case.  Empty where the service lists none.
    [[nodiscard]] QSet<Key> resolve(const QList<Key>& keys) const;
    [[nodiscard]] int usersOn(const QString& deviceId) const; ///< rows with that device ID

    /// A refresh: `beginRefresh`, any number of `merge`, `endRefresh`.  What a complete one did not name
    /// goes; what was merged shows at once.  \returns how many of the rows this refresh had already named:
    /// the list moved meanwhile
    void beginRefresh();
    qsizetype merge(const QList<Device>& rows);
    void endRefresh(bool complete);
    void clear(); ///< another account

    // The view.
    [[nodiscard]] const View& view() const;
    void setView(const View& view);
    [[nodiscard]] int viewSize() const;
    [[nodiscard]] const Device& viewAt(int row) const;
    [[nodiscard]] int viewRow(const Key& key) const; ///< -1 where it is not shown

    // Ticks.
    [[nodiscard]] bool isTicked(const Key& key) const;
    void setTicked(std::span<const Key> keys,
                   bool ticked); ///< those with an obstacle are passed over when ticking
    void clearTicks();
    [[nodiscard]] qsizetype tickedCount() const;
    [[nodiscard]] qsizetype tickedNotShown() const;
    [[nodiscard]] QList<Device>
    ticked() const; ///< in the order of ticking; those gone from the service as last known

Q_SIGNALS:
    // Around changes of the view, as QAbstractItemModel wants them: rows are [first, last].
    void aboutToReset();
    void reset();
    void aboutToInsert(int first, int last);
    void inserted();
    void aboutToRemove(int first, int last);
    void removed();
    void changed(int first, int last);
    void ticksChanged();
    void sizeChanged();

private:
    void show(const std::vector<bool>& touched);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace devices
