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

/// \brief The operator's settings, in a JSON file readable by its owner alone.
///
/// What is set is saved with the next turn of the event loop, at the latest with the end of this.  What could
/// not be saved stays in effect, and is tried again.
class Settings : public QObject {
    Q_OBJECT

public:
    explicit Settings(const Paths& paths, QObject* parent = nullptr);
    ~Settings() override;

    /// What became of a file that was damaged, in sentences; empty: nothing happened.
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

    /// What was chosen for one of many.  \param of whose it is: an account; anything, as long as it stays the
    /// same.  \returns where nothing was chosen for it what is set for all
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
    void failed(const QString& sentence); ///< they were not saved
    void saved();                         ///< after a failure

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
