// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include <QObject>
#include <QSet>

#include "api/client.h"
#include "captures/capture.h"
#include "captures/engine.h"
#include "captures/journal.h"
#include "captures/plan.h"
#include "connections/connection.h"
#include "connections/explain.h"
#include "devices/fleet.h"
#include "devices/loader.h"

class QIODevice;
class QNetworkAccessManager;

namespace captures {

/// \brief Session of one connection: its devices, quota and runs. This is the engine's interface to the
/// window and to all tests.
class Desk : public QObject {
    Q_OBJECT

public:
    /// Starts at once to load the account's captures from the journal, and continues them.
    /// \param network used by this session alone; outlives it
    /// \param journal outlives it; an account has at most one session at a time
    Desk(connections::Connection connection, QNetworkAccessManager* network, Journal* journal, Pace pace,
         Clock clock, QObject* parent = nullptr);
    ~Desk() override;

    [[nodiscard]] const connections::Connection& connection() const;
    [[nodiscard]] api::Client& client();

    [[nodiscard]] devices::Fleet& fleet();
    [[nodiscard]] devices::Loader& loader();
    /// Reloads devices, quota and the account's commands.
    void refresh();
    /// Reloads quota and commands: what remains, what is running, what is pending (`looked`).
    void look();

    /// Whether the key may only read, so that no capture can be started here.
    [[nodiscard]] bool isReadOnly() const;
    /// UTC; set while the service, or the client's own rate limit, delays all requests.
    [[nodiscard]] std::optional<QDateTime> slowedUntil() const;
    [[nodiscard]] std::optional<api::Quota> quota() const;
    [[nodiscard]] std::optional<qint64> left() const;     ///< captures that may be started today
    [[nodiscard]] std::optional<Allowance> today() const; ///< with the part promised to queued captures
    void setReserve(qint64 captures);                     ///< captures reserved for colleagues each day
    [[nodiscard]] QList<api::Command> running() const;    ///< commands in progress, started by anyone

    /// Plans a run on the ticked devices.
    [[nodiscard]] Plan plan(const Options& options, const Choices& choices = {}) const;
    /// Plans new attempts of captures that ended without a file.
    /// \param improve apply the change that the outcome suggests (`improvement`); otherwise repeat them
    /// unchanged
    [[nodiscard]] Plan planAgain(const QList<qint64>& ids, bool improve, const Choices& choices = {}) const;

    /// Who starts a run, and why.
    struct Reason {
        QString ticket;
        QString operatorName;
        /// UTC, end of the wait for devices that are not available yet
        std::optional<QDateTime> waitUntil = {};
        qint64 origin = 0; ///< the run that is repeated; 0: none
    };
    /// Starts a run once the journal has recorded it (`recorded`). The ticks are cleared then, not before.
    void run(const Plan& plan, const Reason& reason);
    /// Ticks the devices of the last recorded run on ticked devices again.
    void tickLastAgain();
    [[nodiscard]] qsizetype lastRunSize() const; ///< number of devices

    [[nodiscard]] const QList<Capture>& captures() const; ///< oldest first; only appended to
    [[nodiscard]] const Capture* capture(qint64 id) const;
    [[nodiscard]] int unsent() const; ///< number of captures; none is sent while the program is closed
    [[nodiscard]] QList<qint64> asking() const; ///< captures that need confirmation
    /// Captures that were unsent when the program last ended, and still are.
    [[nodiscard]] QList<qint64> resumedUnsent() const;
    void cancel(const QList<qint64>& ids); ///< ignores captures that were sent
    void cancelUnsent();
    [[nodiscard]] bool isSettled() const; ///< everything is in the journal
    void agree(const QList<qint64>& ids); ///< confirms captures

    /// Sets the operator's name for the audit log.
    void setOperator(const QString& name);
    void note(Deed::What what, const QString& ticket, const QString& about);

    /// Downloads a capture's file.
    /// \pre `mayHaveFile`
    [[nodiscard]] api::Download* download(qint64 id, QIODevice* target);

Q_SIGNALS:
    void quotaChanged();
    void accessChanged(); ///< see `isReadOnly`
    void slowedChanged(); ///< see `slowedUntil`
    void looked();        ///< the account's commands were read
    void capturesAdded(int first, int last);
    void captureChanged(int index);
    /// The run is in the journal and starts.
    /// \param ofTicks the run is on the ticked devices
    void recorded(qint64 run, bool ofTicks);
    void runEnded(qint64 run);
    /// The program was closed for a long time: unsent captures need confirmation.
    void resumed(std::chrono::seconds closedFor);
    /// The journal cannot be read or written: nothing is sent until it can.
    void unrecorded(const QString& sentence);
    void recordedAgain();
    void settled(); ///< see `isSettled`
    /// An operation failed that does not belong to a single capture. `healed` follows when the operation
    /// succeeds again.
    void failed(connections::Act act, const api::Error& error);
    void healed(connections::Act act);

private:
    void setReadOnly(bool readOnly);
    void tryAgain(const QSet<connections::Act>& failing);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace captures
