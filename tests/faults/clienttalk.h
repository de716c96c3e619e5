// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSignalSpy>

#include "api/client.h"
#include "support/eventually.h"

namespace faults {

/// The body of a reply to the quota request.
inline constexpr auto quota =
    R"({"success": true, "result": {"quota": 100, "quota_usage": 1, "reset_time": "2026-08-02T00:00:00Z"}})";

/// Waits for the end of the call, and returns the call.
template<class Call>
Call* ended(Call* call)
{
    QSignalSpy finished(call, &api::Call::finished);
    // A resolver without any reply can delay each attempt of a GET for an unlimited time.
    if (!support::nextSignal(finished))
        qFatal("no end");
    return call;
}

} // namespace faults
