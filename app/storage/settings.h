// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <type_traits>

#include <QByteArray>
#include <QJsonObject>
#include <QLatin1StringView>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QVariant>

#include "storage/keptfile.h"
#include "storage/paths.h"

namespace storage {

/// \brief One setting: its name in the file, its type, and its default value.
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
inline const Setting<QString> csvSeparator{"export/separator", {}}; ///< empty: the locale's separator
inline const Setting<QString> operatorName{"operator/name", {}};
inline const Setting<QStringList> operatorNames{"operator/names", {}};
inline const Setting<bool> askOperator{"operator/ask", false};
inline const Setting<int> reserve{"captures/reserve", 0}; ///< captures of an account's daily quota that are
                                                          ///< reserved for colleagues
inline const Setting<QString> requestFormat{"connections/format", {}}; ///< the last accepted one
} // namespace setting

/// \brief The operator's settings, in a JSON file readable by its owner alone.
///
/// A change is saved in the next iteration of the event loop, at the latest by the destructor.  Values that
/// could not be saved stay in effect, and saving is retried.
class Settings : public QObject {
    Q_OBJECT

public:
    explicit Settings(const Paths& paths, QObject* parent = nullptr);
    ~Settings() override;

    /// How a damaged file was handled, in sentences; empty: it was not damaged.
    [[nodiscard]] const QString& notice() const { return m_notice; }

    template<class T>
    [[nodiscard]] T get(const Setting<T>& what) const
    {
        return read<T>(QLatin1StringView(what.name)).value_or(what.initial);
    }

    template<class T>
    void set(const Setting<T>& what, const T& value)
    {
        write(QLatin1StringView(what.name), value);
    }

    /// The value for one scope, such as an account.  \param of identifies the scope; any text that stays the
    /// same.  \returns the global value if none is set for this scope
    template<class T>
    [[nodiscard]] T get(const Setting<T>& what, const QString& of) const
    {
        const auto value = read<T>(nameFor(what.name, of));
        return value ? *value : get(what);
    }

    template<class T>
    void set(const Setting<T>& what, const QString& of, const T& value)
    {
        write(nameFor(what.name, of), value);
    }

Q_SIGNALS:
    void failed(const QString& sentence); ///< the settings were not saved
    void saved();                         ///< the settings were saved after a failure

private:
    [[nodiscard]] static QString nameFor(const char* name, const QString& of);
    void read();
    void importFormer(const QString& path);
    void change(const QString& name, const QJsonValue& value);
    void save();

    template<class T>
    [[nodiscard]] std::optional<T> read(const QString& name) const
    {
        const auto value = m_values.value(name);
        if (value.isUndefined())
            return std::nullopt;
        if constexpr (std::is_same_v<T, QByteArray>)
            return QByteArray::fromBase64(value.toString().toLatin1());
        else if (auto variant = value.toVariant(); variant.convert(QMetaType::fromType<T>()))
            return variant.value<T>();
        else
            return std::nullopt;
    }

    template<class T>
    void write(const QString& name, const T& value)
    {
        if constexpr (std::is_same_v<T, QByteArray>)
            change(name, QString::fromLatin1(value.toBase64()));
        else
            change(name, QJsonValue::fromVariant(QVariant::fromValue(value)));
    }

    KeptFile m_file;
    QJsonObject m_values;
    QString m_notice;
    QTimer m_soon;
    bool m_mayWrite = true;
    bool m_changed = false;
    bool m_failed = false;
};

} // namespace storage
