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

/// \brief One connection at work: its devices, its quota, its runs.  The engine as the window, and every
/// test, uses it.
class Desk : public QObject {
    Q_OBJECT

public:
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
    /// Reads devices, quota and the account's commands anew.
    void refresh();
    /// Reads quota and commands anew: what is left, what is running, what is pending (`looked`).
    void look();

    /// Why nothing can be started here, whatever is ticked: the key may only look.
    [[nodiscard]] bool isReadOnly() const;
    /// UTC; while the service, or the limit before it, makes all requests wait.
    [[nodiscard]] std::optional<QDateTime> slowedUntil() const;
    [[nodiscard]] std::optional<api::Quota> quota() const;
    [[nodiscard]] std::optional<qint64> left() const;     ///< captures that may be started today
    [[nodiscard]] std::optional<Allowance> today() const; ///< with what of them is promised
    void setReserve(qint64 captures);                     ///< of the day's, kept for colleagues
    [[nodiscard]] QList<api::Command> running() const;    ///< what anybody has at work

    /// For the ticked devices.
    [[nodiscard]] Plan plan(const Options& options, const Choices& choices = {}) const;
    /// For captures that ended without a file, as new ones: as they were, or with other options where the
    /// former ones are known to fail.  \param improve changes what the outcome suggests
    [[nodiscard]] Plan planAgain(const QList<qint64>& ids, bool improve, const Choices& choices = {}) const;

    /// Who and why.
    struct Reason {
        QString ticket;
        QString operatorName;
        std::optional<QDateTime> waitUntil = {}; ///< UTC, for devices that are not there yet
        qint64 origin = 0;                       ///< the run that is repeated; 0: none
    };
    /// Starts a run as soon as it is recorded (`recorded`); the ticks are cleared then, and not before.
    void run(const Plan& plan, const Reason& reason);
    /// Ticks again what the last run acted on.
    void tickLastAgain();
    [[nodiscard]] qsizetype lastRunSize() const; ///< devices

    [[nodiscard]] const QList<Capture>& captures() const; ///< oldest first; only appended to
    [[nodiscard]] const Capture* capture(qint64 id) const;
    [[nodiscard]] int unsent() const; ///< captures that wait, and are not sent while the program is closed
    [[nodiscard]] QList<qint64> asking() const; ///< those that wait for the operator's word
    /// What was unsent when the program ended, and still waits.
    [[nodiscard]] QList<qint64> resumedUnsent() const;
    void cancel(const QList<qint64>& ids); ///< those not sent yet; others are left alone
    void cancelUnsent();
    [[nodiscard]] bool isSettled() const; ///< all that was done is in the journal
    void agree(const QList<qint64>& ids); ///< they may go

    /// Who is at work, for the audit trail.
    void setOperator(const QString& name);
    void note(Deed::What what, const QString& ticket, const QString& about);

    /// Fetches a capture's file.  \pre `mayHaveFile`
    [[nodiscard]] api::Download* download(qint64 id, QIODevice* target);

Q_SIGNALS:
    void quotaChanged();
    void accessChanged(); ///< see `isReadOnly`
    void slowedChanged(); ///< see `slowedUntil`
    void looked();        ///< at the account's commands
    void capturesAdded(int first, int last);
    void captureChanged(int index);
    /// It is in the journal, and begins.  \param ofTicks it acts on what was ticked
    void recorded(qint64 run, bool ofTicks);
    void runEnded(qint64 run);
    /// The program was closed for long: what was not sent asks first.
    void resumed(std::chrono::seconds closedFor);
    /// The journal cannot be read or written: nothing more is sent until it can.
    void unrecorded(const QString& sentence);
    void recordedAgain();
    void settled(); ///< see `isSettled`
    /// Something failed that is not one capture's own matter; the next success of the same act takes it back.
    void failed(connections::Act act, const api::Error& error);
    void healed(connections::Act act);

private:
    void setReadOnly(bool readOnly);
    void tryAgain(const QSet<connections::Act>& failing);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace captures
