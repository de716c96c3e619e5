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

/// \brief The HTTP library's server with connections of its own, so that it can be stopped at once whatever
/// they do, and can close one without a reply.
///
/// Only server.cpp includes this: the library's header stays out of everybody else.
class Listener : public httplib::Server {
public:
    Listener();

    /// Ends waits and connections; listening has ended when the thread that listens returns.
    void end();
    /// Waits; false as soon as the listener ends.
    [[nodiscard]] bool wait(std::chrono::milliseconds time);
    [[nodiscard]] int connections(); ///< that are open
    /// The connection from this port of the client gets no byte more and is closed.
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
