// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSignalSpy>

#include "api/client.h"
#include "support/eventually.h"

namespace faults {

/// The body of a reply to the question for the quota.
inline constexpr auto quota =
    R"({"success": true, "result": {"quota": 100, "quota_usage": 1, "reset_time": "2026-08-02T00:00:00Z"}})";

/// The same call, once it has ended.
template<class Call>
Call* ended(Call* call)
{
    QSignalSpy finished(call, &api::Call::finished);
    // A resolver that answers nobody holds each of a GET's attempts for as long as it likes.
    if (!support::nextSignal(finished))
        qFatal("no end");
    return call;
}

} // namespace faults
