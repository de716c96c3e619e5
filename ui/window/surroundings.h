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

/// \brief The objects that the window uses but does not create.
struct Surroundings {
    storage::Paths paths;
    storage::Settings* settings = nullptr;
    captures::Journal* journal = nullptr;
    captures::SharedRecord* shared = nullptr; ///< may be null
    captures::Pace pace = {};
    captures::Clock clock;
    connections::Store* store = nullptr;
    /// Called with each secret before it is used, so that the log can mask it.
    std::function<void(const QString&)> hide;
    storage::Log* log = nullptr;                        ///< for the diagnostics
    storage::Secrets* secrets = nullptr;                ///< the system's keychain
    std::optional<connections::Connection> environment; ///< of the environment variables, if complete
    DesktopLook* desktop = nullptr;                     ///< may be null
    QStringList notices = {};                           ///< what the start reported, each a sentence

    void hideAll(const connections::Connection& connection) const
    {
        for (const auto& secret : secretsOf(connection)) {
            if (hide)
                hide(secret);
        }
    }
};

} // namespace ui
