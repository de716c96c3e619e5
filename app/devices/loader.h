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

/// \brief Reads all pages of the account's devices into a fleet, several side by side, and ends at the first
/// short page.
class Loader : public QObject {
    Q_OBJECT

public:
    Loader(api::Client* client, Fleet* fleet, QObject* parent = nullptr);
    ~Loader() override;

    void start();  ///< no effect while it runs
    void cancel(); ///< keeps what was merged
    /// Asks the service itself, for what is not loaded: its names and e-mails that contain the text.
    void search(const QString& text);
    /// Whether the last load that ended was complete.
    [[nodiscard]] bool isWhole() const;
    [[nodiscard]] bool isTooLarge() const;            ///< the last load stopped at `mostDevices`
    static constexpr qsizetype mostDevices = 150'000; ///< beyond it the search asks the service
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] int unreadable() const; ///< rows of the last load that did not decode

Q_SIGNALS:
    void progress(qsizetype loaded, qsizetype expected);   ///< expected is -1 when unknown
    void finished(const std::optional<api::Error>& error); ///< nothing: complete

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace devices
