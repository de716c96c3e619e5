// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "devices/device.h"

namespace devices {

/// \brief State of the form that adds a device the service does not list: the texts as typed, and an error
/// for each. A name or an ID is enough to wait for the device. With an ID and an e-mail, a capture can also
/// be sent at once.
class HandForm {
public:
    enum class Field { Name, Id, Email };

    QString name;
    QString id;
    QString email;
    QString platform;

    /// Prefills the form from a search text that found nothing.
    [[nodiscard]] static HandForm searched(const QString& text);

    [[nodiscard]] QString error(Field field) const; ///< a sentence, or empty
    /// What is missing before a capture can wait for the device; a sentence, or empty.
    [[nodiscard]] QString missing() const;
    /// What a capture can do with the device as typed; a sentence.
    /// \pre nothing is wrong or missing
    [[nodiscard]] QString outcome() const;
    [[nodiscard]] bool isComplete() const;

    /// \pre `isComplete()`
    [[nodiscard]] Device device() const;

    bool operator==(const HandForm&) const = default;
};

} // namespace devices
