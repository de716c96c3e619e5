// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>

#include <QObject>

#include "api/client.h"
#include "api/error.h"

namespace devices {

class Fleet;

/// \brief Loads all pages of the account's devices into a fleet, several at a time; ends at the first short
/// page.
class Loader : public QObject {
    Q_OBJECT

public:
    Loader(api::Client* client, Fleet* fleet, QObject* parent = nullptr);
    ~Loader() override;

    void start();  ///< no effect while it is running
    void cancel(); ///< keeps the devices merged so far
    /// Searches on the service for devices that are not loaded: names and e-mails that contain the text.
    void search(const QString& text);
    /// Whether the last finished load was complete.
    [[nodiscard]] bool isWhole() const;
    [[nodiscard]] bool isTooLarge() const;            ///< the last load stopped at `mostDevices`
    static constexpr qsizetype mostDevices = 150'000; ///< above it, the search queries the service
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] int unreadable() const; ///< rows of the last load that could not be decoded

Q_SIGNALS:
    void progress(qsizetype loaded, qsizetype expected);   ///< expected is -1 when unknown
    void finished(const std::optional<api::Error>& error); ///< no error: complete, unless isTooLarge()

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace devices
