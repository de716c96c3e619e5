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

/// \brief The connections that are open, each with a network, a desk and a memory of its own: nothing of one
/// customer gets to another, and the runs of all go on.
class Accounts : public QObject {
    Q_OBJECT

public:
    using Which = std::function<bool(const connections::Connection&)>;
    using Failures = std::map<connections::Act, connections::Explanation>;

    /// \param surroundings outlive it
    explicit Accounts(const Surroundings& surroundings, QObject* parent = nullptr);
    ~Accounts() override;

    [[nodiscard]] captures::Desk* find(const Which& which) const; ///< the first; null: there is none
    [[nodiscard]] QList<connections::Connection> all() const;
    /// Opens it anew.  One desk works for an account: what is open for it, or under its ID, is closed.
    captures::Desk* open(const connections::Connection& connection);
    void close(const Which& which);

    /// What has failed with it, and still stands.
    [[nodiscard]] const Failures& failures(const captures::Desk* desk) const;
    [[nodiscard]] int unsent() const;
    void cancelUnsent();
    [[nodiscard]] bool isSettled() const; ///< all that was done is in the journal
    /// Of the day's captures of a desk's account so many are left to colleagues, also after a restart.
    [[nodiscard]] int reserve(const captures::Desk& desk) const;
    void setReserve(captures::Desk& desk, int captures);

Q_SIGNALS:
    void closing(captures::Desk* desk);
    void failed(captures::Desk* desk, connections::Act act, const connections::Explanation& explanation);
    void healed(captures::Desk* desk, connections::Act act);
    void slowed(std::chrono::seconds forHowLong);
    void runEnded(const QString& sentence); ///< without a name
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
