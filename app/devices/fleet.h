// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <span>
#include <vector>

#include <QObject>

#include "devices/device.h"
#include "devices/view.h"

namespace devices {

/// \brief Consecutive rows of the view, both ends included.
struct Range {
    int first;
    int last;
};

/// \brief All devices of an account: the rows, the view of them, and the ticks. Filter, order and ticks are
/// here, so that the model in the window is thin.
///
/// In the view of the ticked devices, an unticked row stays until setView() or a merge rebuilds the view.
/// The rows of a multi-user device are adjacent if the view folds, or if it is ordered by name: then the row
/// seen last comes first. A multi-user device with a ticked user is never collapsed: no tick is hidden in it,
/// and no user is chosen for the operator. Ticks are stored by `Key`: they survive changes of filter and
/// order, refreshes, and the removal of the device from the service's list.
class Fleet : public QObject {
    Q_OBJECT

public:
    explicit Fleet(QObject* parent = nullptr);
    ~Fleet() override;

    // Known devices.
    [[nodiscard]] qsizetype size() const;                   ///< without devices that only lists or ticks name
    [[nodiscard]] const Device* find(const Key& key) const; ///< null: neither listed nor remembered
    /// Returns the rows that match an entry. Matches by the entry's key; if the entry has no registration, or
    /// one that no longer exists, by device ID and user; an entry without a device ID, by computer name, or
    /// by user. Empty if no known row matches.
    [[nodiscard]] QList<Device> find(const Entry& entry) const;
    [[nodiscard]] int usersOn(const QString& deviceId) const; ///< known rows with that device ID
    [[nodiscard]] qsizetype remembered() const;               ///< rows not yet confirmed by the service
    [[nodiscard]] const QDateTime& rememberedAt() const;      ///< when the service listed those rows
    [[nodiscard]] QList<Device> all() const;                  ///< listed devices, unordered
    /// Appends up to `most` of the devices that the service lists, unordered, beginning at row ID `from`.
    /// \returns the row ID at which to continue, 0 at the end
    [[nodiscard]] quint32 listed(quint32 from, qsizetype most, QList<Device>& devices) const;

    /// A refresh: `beginRefresh`, any number of `merge`, `endRefresh`. Merged rows are shown at once. A
    /// complete refresh removes the rows that it did not name.
    void beginRefresh();
    void merge(const QList<Device>& rows);
    void endRefresh(bool complete);
    /// The two halves of `merge`, for a refresh of many pages: add() is cheap; the cost of showAdded(), which
    /// orders and filters, grows with the whole fleet.
    void add(const QList<Device>& rows);
    void showAdded();
    void expect(qsizetype count); ///< reserves memory for that many rows
    /// Adds devices of an earlier session: those that are not known yet are shown until a refresh confirms or
    /// removes them.
    void remember(const QList<Device>& rows, const QDateTime& at);
    void clear(); ///< for another account

    // View.
    [[nodiscard]] const View& view() const;
    [[nodiscard]] const QList<Term>& terms() const; ///< the parsed filter of the view
    void setView(const View& view);
    [[nodiscard]] int viewSize() const;
    [[nodiscard]] const Device& viewAt(int row) const;
    [[nodiscard]] Group groupAt(int row) const;
    [[nodiscard]] QList<Device> devicesAt(int row) const; ///< all devices of a collapsed row, else one
    /// The row that shows the device, alone or in a collapsed row; -1 if none does.
    [[nodiscard]] int viewRow(const Key& key) const;
    /// Expands or collapses the multi-user device of a row. No effect if the device has no other users. A
    /// device with a ticked user cannot be collapsed.
    void setOpen(int row, bool open);
    /// Row ID of a view row, constant while the device is known; and the reverse (-1 if it is not shown).
    [[nodiscard]] quint32 numberAt(int row) const;
    [[nodiscard]] int rowOf(quint32 number) const;
    [[nodiscard]] QList<FacetValue> values(Facet facet) const; ///< the most frequent first

    // Ticks.
    [[nodiscard]] bool isTicked(const Key& key) const;
    [[nodiscard]] bool isTickedAt(int row) const;
    void setTicked(std::span<const Key> keys,
                   bool ticked); ///< when ticking, skips rows that cannot be ticked
    /// Ticks or unticks rows. When ticking, a collapsed multi-user device is expanded instead, and none of
    /// its users is ticked.
    /// \returns number of devices that were expanded
    int tickRows(std::span<const Range> rows, bool ticked);
    void clearTicks();
    [[nodiscard]] qsizetype tickedCount() const;
    [[nodiscard]] qsizetype tickedNotShown() const;
    [[nodiscard]] QList<Device>
    ticked() const; ///< in the order of ticking; devices no longer listed, as last known

Q_SIGNALS:
    // Change notifications of the view, to be forwarded to QAbstractItemModel: rows are [first, last].
    void aboutToReset();
    void reset();
    void aboutToInsert(int first, int last);
    void inserted();
    void aboutToRemove(int first, int last);
    void removed();
    void changed(int first, int last);
    /// Enclose all change notifications of one merge.
    void aboutToMerge();
    void merged();
    void ticksChanged();
    void sizeChanged();

private:
    void take(const QList<Device>& rows, Standing standing);
    void settle();
    void show(const std::vector<bool>& touched);
    void showSteps(std::vector<bool> touched);
    template<class Wanted>
    void tellChanged(Wanted wanted);
    void tick(const std::vector<quint32>& places, bool ticked);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace devices
