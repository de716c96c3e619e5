// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>

#include <httplib.h>

namespace sandbox {

class Wire;

/// \brief The HTTP library's server with its own connections, so that it can stop at once in any state of a
/// connection, and can close a connection without a reply.
///
/// Only server.cpp includes this header, so that the library's header stays out of all other files.
class Listener : public httplib::Server {
public:
    Listener();

    /// Ends waits and connections. The listener has stopped when the listening thread returns.
    void end();
    /// Sleeps; returns false as soon as the listener ends.
    [[nodiscard]] bool wait(std::chrono::milliseconds time);
    [[nodiscard]] int connections(); ///< number of open connections
    /// Sends nothing more on the connection from this client port, and closes it.
    void drop(int remotePort);

private:
    bool process_and_close_socket(socket_t socket) override;
    void serve(Wire& wire);

    std::mutex m_mutex;
    std::condition_variable m_ends;
    bool m_ending = false;
    std::map<int, Wire*> m_wires; ///< by the client's port
};

} // namespace sandbox
