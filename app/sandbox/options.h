// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <memory>
#include <optional>

#include <QString>
#include <QStringList>

#include "sandbox/clock.h"

namespace sandbox {

/// Which generation of field names the POST accepts.
enum class Schema { Both, Documented, Current };

/// \brief Configuration of a sandbox account.
struct Options {
    quint16 port = 0; ///< 0: any
    int devices = 200;
    int latencyMs = 0;
    quint32 seed = 1;        ///< same seed: same account, devices and outcomes
    double timeScale = 1;    ///< 600: ten minutes of a command take one second
    int quota = 800;         ///< commands for each quota period
    int daySeconds = 86'400; ///< length of a quota period; 86,400: it begins at midnight UTC
    int rateLimit = 1200;    ///< requests in five minutes for each key; 0: no limit
    Schema schema = Schema::Both;
    QStringList faults;
    /// Stores the account's commands and identity across restarts; the seed in the file overrides `seed`.
    std::optional<QString> stateFile;
    /// Clock for the account's times, limits and delays; null: the system clock.
    std::shared_ptr<ManualClock> clock;
};

/// \brief A named misbehaviour of the simulated service.
struct Fault {
    const char* name;
    const char* what;
};

inline constexpr Fault faults[] = {
    {"read-only", "no key may create commands"},
    {"quota-used-up", "no command is left today"},
    {"no-devices", "the list of devices is empty"},
    {"late-devices",
     "KIOSK-17 and every fifth other machine connect only ten minutes after the start, in the "
     "account's own time"},
    {"unreadable-row", "one row of each page is malformed"},
    {"notices", "successful replies carry notices with the code 10000"},
    {"unknown-status",
     "every other command, from the first, is in a status that no client knows before it ends"},
    {"filename-url", "every filename is a URL on another host"},
    {"filename-odd", "every filename ends in a slash, so that it names nothing"},
    {"filename-missing", "no filename is listed, though the files are there"},
    {"other-address", "files are at the address of the service's own tools alone"},
    {"gzip-files", "files are sent in gzip, whatever the client takes"},
    {"part-files", "files are sent in parts of 4,000 bytes, asked for or not"},
    {"page-files", "for each file comes a sign-in page, under the type of a zip"},
    {"reply-args", "the POST's reply has arguments as numbers, truth values and null"},
    {"reply-order", "the POST's reply names the commands in another order"},
    {"reply-fewer", "the POST's reply leaves out the last of several commands"},
    {"reply-more", "the POST's reply names a command of another device as well"},
    {"reply-twice", "the POST's reply names its first command twice"},
    {"trouble", "each GET is answered with HTTP 500 and code 10001"},
    {"lose-reply", "three of ten POSTs create, and then the connection closes without a reply"},
    {"lose-request", "three of ten POSTs create nothing, and the connection closes without a reply"},
    {"slow-reply", "each POST is answered half a second after its commands are created"},
    {"server-error", "every third GET is answered with a 503 page"},
    {"slow-page", "the second page of each list takes two seconds more"},
};

/// The clock of an account with these options.
[[nodiscard]] Clock clockOf(const Options& options);

/// Returns the first name that is not in `faults`.
[[nodiscard]] std::optional<QString> unknownFault(const QStringList& names);

} // namespace sandbox
