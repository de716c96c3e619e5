// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

#include <QString>

namespace storage {

/// \brief What the session bus tells of the keychain that QtKeychain does not: whether there is one, and
/// whether "not found" and "removed" can be believed.
struct Standing {
    enum class Service {
        None,   ///< no bus, or nobody on it keeps secrets
        Wallet, ///< KDE's alone, which says itself when it is locked
        Secrets ///< one that speaks the Secret Service protocol
    } service = Service::None;
    QString words;       ///< why there is none
    bool locked = false; ///< the default collection, or where the key's item lies
    bool held = false;   ///< there is an item under this key, locked or not
};

/// Whether the environment names a session bus.  Where it names none, asking for one would start one.
[[nodiscard]] bool hasSessionBus();

/// Blocks: not for the thread of the window.
/// \param name of the service under which the secrets are kept
/// \param key may be empty: then no item is looked for
/// \param within one call over the bus
[[nodiscard]] Standing standingOf(const QString& name, const QString& key, std::chrono::milliseconds within);

} // namespace storage
