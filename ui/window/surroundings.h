// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <functional>
#include <optional>

#include "captures/desk.h"
#include "captures/sharedrecord.h"
#include "connections/store.h"
#include "storage/log.h"
#include "storage/paths.h"
#include "storage/secrets.h"
#include "storage/settings.h"

namespace ui {

class DesktopLook;

/// \brief What the window needs and does not make itself.
struct Surroundings {
    storage::Paths paths;
    storage::Settings* settings = nullptr;
    captures::Journal* journal = nullptr;
    captures::SharedRecord* shared = nullptr; ///< may not be there
    captures::Pace pace = {};
    captures::Clock clock;
    connections::Store* store = nullptr;
    /// Called with each secret before it is used, so that the log can hide it.
    std::function<void(const QString&)> hide;
    storage::Log* log = nullptr;                        ///< for the diagnostics
    storage::Secrets* secrets = nullptr;                ///< the system's keychain
    std::optional<connections::Connection> environment; ///< that of the variables, where they are complete
    DesktopLook* desktop = nullptr;                     ///< may not be there
    QStringList notices = {};                           ///< what the start has found, each a sentence

    void hideAll(const connections::Connection& connection) const
    {
        for (const auto& secret : secretsOf(connection)) {
            if (hide)
                hide(secret);
        }
    }
};

} // namespace ui
