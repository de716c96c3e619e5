// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

#include "ui/common/theme.h"

namespace storage {
class Settings;
}

namespace ui {

/// \brief What the window itself remembers from one start to the next; each setting is named here and nowhere
/// else.
class Preferences final {
public:
    explicit Preferences(storage::Settings* settings)
        : m_settings(settings)
    {
    }

    [[nodiscard]] Appearance appearance() const;
    void setAppearance(Appearance appearance);

    [[nodiscard]] QString lastConnection() const; ///< its name; empty before the first
    void setLastConnection(const QString& name);

    [[nodiscard]] QByteArray deviceColumns() const;
    void setDeviceColumns(const QByteArray& state);

    [[nodiscard]] QByteArray geometry() const; ///< of the window
    void setGeometry(const QByteArray& geometry);

    [[nodiscard]] QByteArray sides() const; ///< how the width is shared
    void setSides(const QByteArray& state);
    [[nodiscard]] QByteArray halves() const; ///< how devices and results share the height
    void setHalves(const QByteArray& state);

private:
    storage::Settings* m_settings;
};

} // namespace ui
