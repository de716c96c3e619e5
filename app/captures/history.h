// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QObject>
#include <QSet>

#include "api/client.h"
#include "captures/listing.h"

namespace captures {

/// \brief The account's commands, by anyone, as far as they were read; and the reading of them, page after
/// page.
///
/// A service that lists the newest first need not be read to its end for what is new, or still at work.
/// Where that order is not seen each reading goes to the end.
class History : public QObject {
    Q_OBJECT

public:
    enum class Extent {
        News,      ///< until what was known before; the first time, until what cannot be at work any more
        Wanted,    ///< and until all that are wanted were seen
        Everything ///< to the end of the list
    };

    History(api::Client* client, Clock clock, QObject* parent = nullptr);

    /// \param wanted IDs
    /// \pre `!isReading()`
    void read(Extent extent, const QSet<QString>& wanted = {});
    [[nodiscard]] bool isReading() const { return m_reading; }
    /// The last reading.
    [[nodiscard]] const std::expected<Listing, api::Error>& listing() const { return m_listing; }
    [[nodiscard]] int pages() const { return m_page; } ///< of the last reading

    /// What the account has, with a request for these devices in mind.
    [[nodiscard]] Before before(const QSet<QString>& devices) const;
    /// Those at work, as far as is known: not ended, and not older than the service lets them be.
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
    QHash<QString, QString> m_known;   ///< the devices of all that were ever seen, by the command's ID
    QSet<QString> m_odd;               ///< IDs of rows that could not be read, ever
    std::optional<QDateTime> m_newest; ///< of them, by the service's clock

    bool m_reading = false;
    Extent m_extent = Extent::News;
    int m_page = 0;
    QSet<QString> m_wanted; ///< not seen yet
    QSet<QString> m_former; ///< known before this reading
    QSet<QString> m_seen;
    bool m_steady = true;    ///< the list did not grow or shrink
    bool m_shrank = false;   ///< then a row may have moved up, past what was being read
    bool m_descends = false; ///< the newest first: seen so at least once,
    bool m_ascends = false;  ///< and never the other way round
    std::optional<qint64> m_total;
    std::optional<QDateTime> m_oldest;
    Listing m_now;
    std::expected<Listing, api::Error> m_listing;
};

} // namespace captures
