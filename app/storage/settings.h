// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QLatin1StringView>
#include <QSettings>
#include <QString>

#include "storage/paths.h"

namespace storage {

/// \brief One setting: its name in the file, its type, its value before the operator chose one.
template<class T>
struct Setting {
    const char* name;
    T initial;
};

/// All settings, each declared once.  None is a secret.
namespace setting {
inline const Setting<QByteArray> windowGeometry{"window/geometry", {}};
inline const Setting<QByteArray> splitter{"window/splitter", {}};
inline const Setting<QByteArray> deviceHeader{"devices/header", {}};
inline const Setting<QString> listFolder{"devices/listFolder", {}};
inline const Setting<QByteArray> resultHeader{"results/header", {}};
inline const Setting<QString> appearance{"view/appearance", QStringLiteral("system")};
inline const Setting<QString> lastConnection{"connections/last", {}};
inline const Setting<QString> exportFolder{"export/folder", {}};
inline const Setting<QString> csvSeparator{"export/separator", {}}; ///< empty: as the locale has it
inline const Setting<QString> operatorName{"operator/name", {}};
inline const Setting<QStringList> operatorNames{"operator/names", {}};
inline const Setting<bool> askOperator{"operator/ask", false};
inline const Setting<int> reserve{"captures/reserve", 0}; ///< of an account's day, kept for colleagues
inline const Setting<QString> requestFormat{"connections/format", {}}; ///< what an account took last
} // namespace setting

/// \brief The operator's settings, in an INI file readable by its owner alone.
class Settings {
public:
    explicit Settings(const Paths& paths);

    template<class T>
    [[nodiscard]] T get(const Setting<T>& what) const
    {
        const auto value = m_file.value(QLatin1StringView(what.name));
        return value.isValid() ? value.template value<T>() : what.initial;
    }

    template<class T>
    void set(const Setting<T>& what, const T& value)
    {
        m_file.setValue(QLatin1StringView(what.name), QVariant::fromValue(value));
        save();
    }

    /// What was chosen for one of many.  \param of whose it is: an account; anything, as long as it stays the
    /// same.  \returns where nothing was chosen for it what is set for all
    template<class T>
    [[nodiscard]] T get(const Setting<T>& what, const QString& of) const
    {
        const auto value = m_file.value(nameFor(what.name, of));
        return value.isValid() ? value.template value<T>() : get(what);
    }

    template<class T>
    void set(const Setting<T>& what, const QString& of, const T& value)
    {
        m_file.setValue(nameFor(what.name, of), QVariant::fromValue(value));
        save();
    }

private:
    [[nodiscard]] static QString nameFor(const char* name, const QString& of);
    void save();

    Paths m_paths;
    QSettings m_file;
};

} // namespace storage
