// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "api/headers.h"

#include <algorithm>

#include <QLocale>

namespace api {

namespace {

std::optional<qint64> parseCount(const QByteArray& text)
{
    const bool digits =
        !text.isEmpty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    bool ok = false;
    const auto value = text.toLongLong(&ok);
    return digits && ok ? std::optional(value) : std::nullopt;
}

} // namespace

QByteArray mediaType(const QByteArray& contentType)
{
    return contentType.split(';').first().trimmed().toLower();
}

bool isJson(const QByteArray& contentType)
{
    const auto type = mediaType(contentType);
    return type == "application/json" || type.endsWith("+json");
}

bool isWebPage(const QByteArray& contentType, const QByteArray& body)
{
    const auto type = mediaType(contentType);
    if (type == "text/html" || type == "application/xhtml+xml")
        return true;
    auto start = body.left(1024);
    if (start.startsWith("\xEF\xBB\xBF"))
        start.remove(0, 3);
    start = start.trimmed().toLower();
    while (start.startsWith("<!--")) {
        const auto end = start.indexOf("-->");
        start = end < 0 ? QByteArray() : start.mid(end + 3).trimmed();
    }
    const auto begins = [&start](const char* tag) { return start.startsWith(tag); };
    return begins("<!doctype html") || begins("<html") || begins("<head") || begins("<body") ||
           begins("<script") || begins("<meta");
}

std::optional<ContentRange> parseContentRange(const QByteArray& header)
{
    const auto value = header.trimmed();
    if (!value.toLower().startsWith("bytes "))
        return {};
    const auto parts = value.mid(6).split('/');
    const auto range = parts.first().split('-');
    if (parts.size() != 2 || range.size() != 2)
        return {};
    const auto first = parseCount(range[0].trimmed());
    const auto last = parseCount(range[1].trimmed());
    const auto total = parseCount(parts[1].trimmed());
    const bool known = parts[1].trimmed() != "*";
    if (!first || !last || *last < *first || (known && (!total || *last >= *total)))
        return {};
    return ContentRange{.first = *first, .last = *last, .total = total};
}

std::optional<std::chrono::seconds> parseRetryAfter(const QByteArray& header)
{
    constexpr qint64 day = 86'400; // prevents overflow when times are added
    const auto count = parseCount(header.trimmed());
    return count ? std::optional(std::chrono::seconds(std::min(*count, day))) : std::nullopt;
}

std::optional<QDateTime> parseDate(const QByteArray& header)
{
    auto time = QLocale::c().toDateTime(QString::fromLatin1(header.trimmed()),
                                        QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    time.setTimeSpec(Qt::UTC);
    return time.isValid() ? std::optional(time) : std::nullopt;
}

std::optional<qint64> parameter(const QByteArray& header, char name)
{
    const auto parts = header.split(',').first().split(';');
    for (const auto& part : parts) {
        const auto trimmed = part.trimmed();
        if (trimmed.size() > 2 && trimmed[0] == name && trimmed[1] == '=')
            return parseCount(trimmed.mid(2));
    }
    return std::nullopt;
}

} // namespace api
