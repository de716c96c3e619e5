// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ctime>

#include <QByteArray>
#include <QtGlobal>

namespace support {

/// \brief Sets the computer's time zone for its lifetime.
class Zone {
public:
    /// \param rule in POSIX notation, which needs no time zone database
    explicit Zone(const QByteArray& rule)
        : m_former(qgetenv("TZ"))
        , m_wasSet(qEnvironmentVariableIsSet("TZ"))
    {
        qputenv("TZ", rule);
        ::tzset();
    }
    ~Zone()
    {
        if (m_wasSet)
            qputenv("TZ", m_former);
        else
            qunsetenv("TZ");
        ::tzset();
    }
    Q_DISABLE_COPY_MOVE(Zone)

private:
    QByteArray m_former;
    bool m_wasSet;
};

inline constexpr auto utcZone = "UTC0";
inline constexpr auto berlin = "CET-1CEST,M3.5.0,M10.5.0/3"; ///< summer time from 2026-03-29 to 2026-10-25
inline constexpr auto newYork = "EST5EDT,M3.2.0,M11.1.0";    ///< summer time from 2026-03-08 to 2026-11-01
inline constexpr auto kolkata = "IST-5:30";                  ///< no summer time; a half-hour offset
inline constexpr auto lordHowe = "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"; ///< summer time adds half an hour

} // namespace support
