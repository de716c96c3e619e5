// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QObject>
#include <QSet>

#include "api/client.h"
#include "captures/listing.h"

namespace captures {

/// \brief The account's commands, started by anyone, as far as they were read page by page.
///
/// If the service lists the newest commands first, a read stops once it has what it needs. If that order is
/// not observed, each read goes to the end of the list.
class History : public QObject {
    Q_OBJECT

public:
    enum class Extent {
        News,      ///< until known commands; the first time, until commands too old to be in progress
        Wanted,    ///< as News, and until all wanted commands were seen
        Everything ///< to the end of the list
    };

    History(api::Client* client, Clock clock, QObject* parent = nullptr);

    /// \param wanted command IDs
    /// \pre `!isReading()`
    void read(Extent extent, const QSet<QString>& wanted = {});
    [[nodiscard]] bool isReading() const { return m_reading; }
    /// The result of the last read.
    [[nodiscard]] const std::expected<Listing, api::Error>& listing() const { return m_listing; }
    [[nodiscard]] int pages() const { return m_page; } ///< of the last read

    /// The baseline of a request to these devices: what the account has before it.
    [[nodiscard]] Before before(const QSet<QString>& devices) const;
    /// The commands in progress, as far as known: not ended, and not too old to be running.
    [[nodiscard]] QList<api::Command> running() const;

Q_SIGNALS:
    void finished(); ///< see `listing()`

private:
    void readPage();
    [[nodiscard]] bool isLast(const api::ListCommands::Value& page);
    [[nodiscard]] bool take(const api::ListCommands::Value& page, bool& former);
    void end(std::expected<Listing, api::Error> listing);

    api::Client* m_client;
    Clock m_clock;
    QHash<QString, api::Command> m_commands;
    QHash<QString, QString> m_known;   ///< device ID of every command ever seen, by command ID
    QSet<QString> m_odd;               ///< IDs of all rows that ever failed to decode
    std::optional<QDateTime> m_newest; ///< newest creation time ever seen, by the service's clock

    bool m_reading = false;
    Extent m_extent = Extent::News;
    int m_page = 0;
    QSet<QString> m_wanted; ///< IDs not seen yet
    QSet<QString> m_former; ///< IDs known before this read
    QSet<QString> m_seen;
    bool m_steady = true;    ///< the list's total count has not changed
    bool m_shrank = false;   ///< the total count fell: an unread row may be on a page already read
    bool m_descends = false; ///< a newer row was seen before an older one,
    bool m_ascends = false;  ///< an older row before a newer one, or a row without a time
    std::optional<qint64> m_total;
    std::optional<QDateTime> m_oldest;
    Listing m_now;
    std::expected<Listing, api::Error> m_listing;
};

} // namespace captures
