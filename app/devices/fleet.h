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

/// \brief Rows of the view, as they stand next to each other.
struct Range {
    int first;
    int last;
};

/// \brief All devices of an account: the rows, the view on them and the ticks.  Filter, order and ticks live
/// here, so that the model in the window is thin.
///
/// In the view of the ticked ones a row that is unticked stays until the view is set anew.
/// Rows of a machine with several users stand together where the view folds, and when ordered by name, the
/// one seen last first.  A machine with a ticked user is never closed: nothing that is ticked hides in it,
/// and none of its users is picked for the operator. Ticks are by `Key`: they outlive filters, orders,
/// refreshes, and the device itself leaving the service's list.
class Fleet : public QObject {
    Q_OBJECT

public:
    explicit Fleet(QObject* parent = nullptr);
    ~Fleet() override;

    // What is known.
    [[nodiscard]] qsizetype size() const;                   ///< without those that only lists and ticks name
    [[nodiscard]] const Device* find(const Key& key) const; ///< null where the service does not list it
    /// The rows that an entry means: itself; or, where it names no registration (or one that is gone), those
    /// of its device and user; or of its computer's name; or of its user.  Empty where none is listed.
    [[nodiscard]] QList<Device> find(const Entry& entry) const;
    [[nodiscard]] int usersOn(const QString& deviceId) const; ///< rows with that device ID
    [[nodiscard]] qsizetype remembered() const;               ///< rows not confirmed yet since the start
    [[nodiscard]] const QDateTime& rememberedAt() const;      ///< when those were listed
    [[nodiscard]] QList<Device> all() const;                  ///< as listed, in no order
    /// The same in parts: appends up to `most` of those that the service lists, in no order, beginning at a
    /// number.
    /// \returns the number to go on at, 0 where there are no more
    [[nodiscard]] quint32 listed(quint32 from, qsizetype most, QList<Device>& devices) const;

    /// A refresh: `beginRefresh`, any number of `merge`, `endRefresh`.  What a complete one did not name
    /// goes; what was merged shows at once.
    void beginRefresh();
    void merge(const QList<Device>& rows);
    void endRefresh(bool complete);
    /// The two halves of `merge`, for a refresh of many pages: taking rows in costs little, to order and show
    /// them costs as much as the fleet is large.
    void add(const QList<Device>& rows);
    void showAdded();
    void expect(qsizetype count); ///< so many rows will come: room is made for them at once
    /// Devices of an earlier time: those not known yet are shown until a refresh decides.
    void remember(const QList<Device>& rows, const QDateTime& at);
    void clear(); ///< another account

    // The view.
    [[nodiscard]] const View& view() const;
    [[nodiscard]] const QList<Term>& terms() const; ///< of its filter
    void setView(const View& view);
    [[nodiscard]] int viewSize() const;
    [[nodiscard]] const Device& viewAt(int row) const;
    [[nodiscard]] Group groupAt(int row) const;
    [[nodiscard]] QList<Device> devicesAt(int row) const; ///< itself, or all that a closed machine stands for
    /// The row that shows it, or its closed machine; -1 where none does.
    [[nodiscard]] int viewRow(const Key& key) const;
    /// Opens or closes the machine of a row.  No effect where it has no other users, or to close it where one
    /// is ticked.
    void setOpen(int row, bool open);
    /// A row's own number, which it keeps while it is known, and back (-1 where it is not shown).
    [[nodiscard]] quint32 numberAt(int row) const;
    [[nodiscard]] int rowOf(quint32 number) const;
    [[nodiscard]] QList<FacetValue> values(Facet facet) const; ///< the most frequent first

    // Ticks.
    [[nodiscard]] bool isTicked(const Key& key) const;
    [[nodiscard]] bool isTickedAt(int row) const;
    void setTicked(std::span<const Key> keys,
                   bool ticked); ///< those that cannot be are passed over when ticking
    /// A closed machine is opened instead, and none of its users ticked.  \returns how many were opened
    int tickRows(std::span<const Range> rows, bool ticked);
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
    /// Around all of these that one merge causes.
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
