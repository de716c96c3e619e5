// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "devices/loader.h"

#include <algorithm>

#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QPointer>
#include <QSet>
#include <utility>

#include "api/requests.h"
#include "api/trace.h"
#include "devices/fleet.h"

namespace devices {

namespace {

Q_LOGGING_CATEGORY(deviceLog, "capturedesk.devices", QtInfoMsg)

constexpr int sideBySide = 5;      ///< requests; leaves one of six connections to the operator
constexpr int mostSearchPages = 4; ///< with 200 results, the operator refines the search
constexpr int mostPasses = 3;      ///< over a list that changes while it is read
constexpr int showEvery = 150;     ///< ms, because showing sorts and filters again, …
constexpr int showShare = 10;      ///< … and at most a tenth of the time

} // namespace

class Loader::Private {
public:
    using PageReply = api::Reply<api::ListDevices::Value>;

    Private(Loader* loader, api::Client* wire, Fleet* devices)
        : q(loader)
        , client(wire)
        , fleet(devices)
    {
    }

    void begin()
    {
        running = true;
        unreadable = 0;
        expected = -1;
        pass = 0;
        tooLarge = false;
        fleet->beginRefresh();
        sinceShown.start();
        beginPass();
    }

    void beginPass()
    {
        ++pass;
        nextPage = 1;
        lastPage = -1;
        loaded = 0;
        seen.clear();
        moved = 0;
        unreadable = 0;
        ask();
    }

    void ask()
    {
        // The first page is requested alone: most accounts fit into it, and its total says how many pages to
        // request in parallel. Rows may come and go, so the total does not end the load: pages beyond it are
        // requested one by one.
        const auto most =
            nextPage == 1 || (nextPage - 1) * qsizetype(api::maxPerPage) >= expected ? 1 : sideBySide;
        while (running && lastPage < 0 && replies.size() < most) {
            const int page = nextPage++;
            auto* reply = client->send(api::ListDevices{.page = page});
            replies << reply;
            QObject::connect(reply, &api::Call::finished, q, [this, reply, page] { answered(reply, page); });
        }
    }

    void answered(PageReply* reply, int page)
    {
        replies.removeAll(reply);
        if (!running)
            return; // a late reply of a load that has ended
        if (!reply->result()) {
            end(reply->result().error());
            return;
        }
        const auto& got = *reply->result();
        QList<Device> rows;
        rows.reserve(got.rows.size());
        for (const auto& row : got.rows)
            rows << fromRow(row);
        if (page == 1)
            expect(got.totalCount.value_or(0));
        const auto before = seen.size();
        for (const auto& row : std::as_const(rows))
            seen.insert(qHash(row.key()));
        const auto again = rows.size() - (seen.size() - before);
        if (pass == 1)
            moved += again;
        fleet->add(rows);
        loaded += got.received();
        unreadable += int(got.unreadable.size());
        expected = std::max<qsizetype>(got.totalCount.value_or(0), loaded);
        // A page without a new row also ends the pass: a server that ignores the page number would never send
        // a short page.
        if (got.received() < api::maxPerPage || seen.size() == before)
            lastPage = lastPage < 0 ? page : std::min(lastPage, page);
        if (lastPage >= 0 && replies.isEmpty()) {
            show();
            // A duplicate row means that rows moved between pages and others may have been missed: read all
            // pages again.
            if (moved > 0 && pass < mostPasses)
                beginPass();
            else
                end({});
            return;
        }
        if (loaded >= mostDevices) {
            tooLarge = true;
            end({});
            return;
        }
        if (sinceShown.hasExpired(std::max(showEvery, lastShown * showShare)))
            show();
        Q_EMIT q->progress(loaded, expected);
        ask();
    }

    /// The service's total is only a hint.
    void expect(qint64 total)
    {
        const auto count = std::clamp<qsizetype>(total, 0, mostDevices);
        fleet->expect(count);
        seen.reserve(count);
    }

    void show()
    {
        sinceShown.restart();
        fleet->showAdded();
        lastShown = int(sinceShown.restart());
    }

    void end(const std::optional<api::Error>& failure)
    {
        running = false;
        const auto open = std::exchange(replies, {});
        for (auto* reply : open)
            reply->cancel();
        fleet->showAdded();
        whole = !failure && !tooLarge;
        fleet->endRefresh(whole);
        qCInfo(deviceLog).noquote() << loaded << "devices read," << unreadable << "unreadable,"
                                    << (whole     ? QStringLiteral("complete")
                                        : failure ? api::brief(*failure)
                                                  : QStringLiteral("too many"));
        Q_EMIT q->finished(failure);
    }

    void searchPage(const QString& text, int page)
    {
        auto* reply = client->send(api::ListDevices{.page = page, .search = text});
        found = reply;
        QObject::connect(reply, &api::Call::finished, q, [this, reply, text, page] {
            if (found != reply || !reply->result())
                return; // superseded by another search; or failed, in which case the load reports the error
            QList<Device> rows;
            for (const auto& row : reply->result()->rows)
                rows << fromRow(row);
            fleet->merge(rows);
            if (reply->result()->received() == api::maxPerPage && page < mostSearchPages)
                searchPage(text, page + 1);
        });
    }

    Loader* q;
    api::Client* client;
    Fleet* fleet;
    bool running = false;
    bool whole = false;
    bool tooLarge = false;
    QPointer<PageReply> found; ///< reply of the current search
    int nextPage = 1;
    int lastPage = -1; ///< the first short page; -1: not seen yet
    int pass = 0;
    qsizetype loaded = 0;
    qsizetype expected = -1;
    qsizetype moved = 0;
    int unreadable = 0;
    QList<PageReply*> replies;
    QSet<size_t> seen; ///< hashes of the rows of this pass
    QElapsedTimer sinceShown;
    int lastShown = 0; ///< duration of the last show(), ms
};

Loader::Loader(api::Client* client, Fleet* fleet, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, client, fleet))
{
}

Loader::~Loader() = default;

void Loader::start()
{
    if (!d->running)
        d->begin();
}

void Loader::cancel()
{
    if (d->running)
        d->end(api::Cancelled{});
}

void Loader::search(const QString& text)
{
    if (d->found)
        d->found->cancel();
    d->searchPage(text, 1);
}

bool Loader::isWhole() const
{
    return d->whole;
}

bool Loader::isTooLarge() const
{
    return d->tooLarge;
}

bool Loader::isRunning() const
{
    return d->running;
}

int Loader::unreadable() const
{
    return d->unreadable;
}

} // namespace devices
