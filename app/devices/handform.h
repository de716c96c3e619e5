// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include "devices/device.h"

namespace devices {

/// \brief The state of the form for a device that the service does not list: texts as typed, and what is
/// wrong with each.  A name is enough, and so is an ID: the device is then waited for.  With an ID and an
/// e-mail a capture can also be sent at once.
class HandForm {
public:
    enum class Field { Name, Id, Email };

    QString name;
    QString id;
    QString email;
    QString platform;

    /// What was searched for in vain, in the fields where it belongs.
    [[nodiscard]] static HandForm searched(const QString& text);

    [[nodiscard]] QString error(Field field) const; ///< a sentence, or empty
    /// What is missing before anything can be waited for; a sentence, or empty.
    [[nodiscard]] QString missing() const;
    /// What can be done with the device as it is typed now; a sentence.  \pre nothing is wrong or missing
    [[nodiscard]] QString outcome() const;
    [[nodiscard]] bool isComplete() const;

    /// \pre `isComplete()`
    [[nodiscard]] Device device() const;

    bool operator==(const HandForm&) const = default;
};

} // namespace devices
