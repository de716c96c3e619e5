// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include <QObject>

#include "connections/explain.h"
#include "devices/memory.h"
#include "ui/window/surroundings.h"

class QNetworkAccessManager;

namespace ui {

/// \brief The open connections.  Each has its own network manager, `captures::Desk` and `devices::Memory`, so
/// no data of one customer reaches another, and the runs of all connections continue.
class Accounts : public QObject {
    Q_OBJECT

public:
    using Which = std::function<bool(const connections::Connection&)>;
    using Failures = std::map<connections::Act, connections::Explanation>;

    /// \param surroundings outlive this object
    explicit Accounts(const Surroundings& surroundings, QObject* parent = nullptr);
    ~Accounts() override;

    [[nodiscard]] captures::Desk* find(const Which& which) const; ///< returns the first match; null: none
    [[nodiscard]] QList<connections::Connection> all() const;
    /// Opens a connection, closing any open one with the same account or the same connection ID first: there
    /// is one `Desk` for each account.
    captures::Desk* open(const connections::Connection& connection);
    void close(const Which& which);

    /// Returns the failures of `desk` that are not resolved.
    [[nodiscard]] const Failures& failures(const captures::Desk* desk) const;
    [[nodiscard]] int unsent() const;
    void cancelUnsent();
    [[nodiscard]] bool isSettled() const; ///< everything that was done is in the journal
    /// How many of the account's daily captures are reserved for colleagues.  The setting
    /// survives a restart.
    [[nodiscard]] int reserve(const captures::Desk& desk) const;
    void setReserve(captures::Desk& desk, int captures);

Q_SIGNALS:
    void closing(captures::Desk* desk);
    void failed(captures::Desk* desk, connections::Act act, const connections::Explanation& explanation);
    void healed(captures::Desk* desk, connections::Act act);
    void slowed(std::chrono::seconds forHowLong);
    void runEnded(const QString& sentence); ///< names no device, user or customer
    void settled();

private:
    struct Account {
        std::unique_ptr<QNetworkAccessManager> network;
        std::unique_ptr<captures::Desk> desk;
        std::unique_ptr<devices::Memory> memory;
        Failures failures;
    };

    void recallFormat(captures::Desk& desk);
    void wire(Account& account);

    const Surroundings& m_surroundings;
    std::vector<std::unique_ptr<Account>> m_accounts;
};

} // namespace ui
