// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include <QObject>

#include "api/client.h"
#include "captures/capture.h"
#include "captures/journal.h"
#include "connections/connection.h"
#include "connections/explain.h"
#include "devices/fleet.h"
#include "devices/loader.h"

class QIODevice;
class QNetworkAccessManager;

namespace captures {

/// \brief One connection at work: its devices, its quota, its runs.  The engine as the window, and every
/// test, uses it.
class Desk : public QObject {
    Q_OBJECT

public:
    /// How often the pending captures are looked up: quickly at first, slower while nothing changes.
    struct Pace {
        std::chrono::milliseconds fastest{2'000};
        std::chrono::milliseconds slowest{20'000};
        std::chrono::milliseconds betweenListings{
            60'000}; ///< between the two that must agree before "Not started"
    };
    using Clock = std::function<QDateTime()>; ///< UTC

    /// Shows at once what the journal has of this account, and goes on with it.
    /// \param network used by this desk alone, and outlives it
    /// \param journal outlives it; one desk at a time works for an account
    Desk(connections::Connection connection, QNetworkAccessManager* network, Journal* journal, Pace pace,
         Clock clock, QObject* parent = nullptr);
    ~Desk() override;

    [[nodiscard]] const connections::Connection& connection() const;
    [[nodiscard]] api::Client& client();

    [[nodiscard]] devices::Fleet& fleet();
    [[nodiscard]] devices::Loader& loader();
    /// Reads devices and quota anew, and looks up what is pending at once.
    void refresh();

    [[nodiscard]] const std::optional<api::Quota>& quota() const;

    [[nodiscard]] Plan plan(const Options& options) const; ///< for the ticked devices
    /// Starts a run as soon as it is recorded (`recorded`); the ticks are cleared then, and not before.
    void run(const Plan& plan, const QString& ticket);
    /// Ticks again what the last run acted on.
    void tickLastAgain();
    [[nodiscard]] qsizetype lastRunSize() const; ///< devices

    [[nodiscard]] const QList<Capture>& captures() const; ///< oldest first; only appended to
    [[nodiscard]] const Capture* capture(qint64 id) const;
    [[nodiscard]] int unsent() const; ///< captures that wait, and are not sent while the program is closed
    void cancel(const QList<qint64>& ids); ///< those not sent yet; others are left alone
    void cancelUnsent();

    /// Fetches a capture's file.  \pre it is Ready
    [[nodiscard]] api::Download* download(qint64 id, QIODevice* target);

Q_SIGNALS:
    void quotaChanged();
    void capturesAdded(int first, int last);
    void captureChanged(int index);
    void recorded(qint64 run); ///< it is in the journal, and begins
    void runEnded(qint64 run);
    /// The journal cannot be read or written: nothing more is sent until it can.
    void unrecorded(const QString& sentence);
    void recordedAgain();
    /// Something failed that is not one capture's own matter; the next success of the same act takes it back.
    void failed(connections::Act act, const api::Error& error);
    void healed(connections::Act act);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace captures
