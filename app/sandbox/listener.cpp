// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sandbox/listener.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QtGlobal>

namespace sandbox {

namespace {

constexpr int readMs = 60'000; // a client on a busy machine may be slow
constexpr int writeMs = 60'000;
constexpr int idleSeconds = 20;

} // namespace

/// One connection. Unlike the library's stream, it outlives a request, so that bytes read ahead are not lost.
class Wire final : public httplib::Stream {
public:
    explicit Wire(socket_t socket)
        : m_socket(socket)
    {
        get_remote_ip_and_port(m_address, m_port);
    }

    ~Wire() override { ::close(m_socket); }
    Q_DISABLE_COPY_MOVE(Wire)

    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] bool isCut() const { return m_cut; }

    /// Thread-safe. Stops all reading and writing.
    void cut()
    {
        m_cut = true;
        ::shutdown(m_socket, SHUT_RDWR);
    }

    /// Stops writing; the client's data is still read.
    void silence() { m_cut = true; }

    [[nodiscard]] bool waitForRequest() const { return m_at < m_end || ready(POLLIN, idleSeconds * 1000); }

    bool is_readable() const override { return m_at < m_end || ready(POLLIN, readMs); }
    bool is_writable() const override { return !m_cut && ready(POLLOUT, writeMs); }

    ssize_t read(char* to, size_t size) override
    {
        if (m_at == m_end) {
            if (!is_readable())
                return -1;
            const auto got = ::recv(m_socket, m_buffer.data(), m_buffer.size(), 0);
            if (got <= 0)
                return got;
            m_at = 0;
            m_end = size_t(got);
        }
        const auto taken = std::min(size, m_end - m_at);
        std::memcpy(to, m_buffer.data() + m_at, taken);
        m_at += taken;
        return ssize_t(taken);
    }

    ssize_t write(const char* from, size_t size) override
    {
        return is_writable() ? ::send(m_socket, from, size, MSG_NOSIGNAL) : -1;
    }

    void get_remote_ip_and_port(std::string& ip, int& port) const override { name(::getpeername, ip, port); }
    void get_local_ip_and_port(std::string& ip, int& port) const override { name(::getsockname, ip, port); }
    socket_t socket() const override { return m_socket; }

private:
    [[nodiscard]] bool ready(short what, int timeoutMs) const
    {
        pollfd one{.fd = m_socket, .events = what, .revents = 0};
        return ::poll(&one, 1, timeoutMs) > 0;
    }

    template<class Ask>
    void name(Ask ask, std::string& ip, int& port) const
    {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        std::array<char, INET_ADDRSTRLEN> text{};
        if (ask(m_socket, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            return;
        ip = ::inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size());
        port = ntohs(address.sin_port);
    }

    socket_t m_socket;
    std::string m_address;
    int m_port = 0;
    std::atomic<bool> m_cut = false;
    std::array<char, 16 * 1024> m_buffer;
    size_t m_at = 0;
    size_t m_end = 0;
};

Listener::Listener()
{
    set_tcp_nodelay(true);
    set_keep_alive_max_count(1'000'000); // only sent in the headers; not enforced here
    set_keep_alive_timeout(idleSeconds);
    // The library's default, SO_REUSEPORT, lets two programs share a port; each would receive some of the
    // requests.
    set_socket_options([](socket_t socket) {
        const int yes = 1;
        ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
}

void Listener::end()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        for (const auto& [port, wire] : m_wires)
            wire->cut();
    }
    m_ends.notify_all();
    stop();
}

bool Listener::wait(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    return !m_ends.wait_for(lock, time, [this] { return m_ending; });
}

int Listener::connections()
{
    const std::lock_guard lock(m_mutex);
    return int(m_wires.size());
}

void Listener::drop(int remotePort)
{
    const std::lock_guard lock(m_mutex);
    if (const auto wire = m_wires.find(remotePort); wire != m_wires.end())
        wire->second->silence();
}

bool Listener::process_and_close_socket(socket_t socket)
{
    Wire wire(socket);
    {
        const std::lock_guard lock(m_mutex);
        if (m_ending)
            return false;
        m_wires[wire.port()] = &wire;
    }
    serve(wire);
    {
        // Before the socket closes, because the next connection may get the same port at once.
        const std::lock_guard lock(m_mutex);
        m_wires.erase(wire.port());
    }
    ::shutdown(socket, SHUT_RDWR);
    return true;
}

void Listener::serve(Wire& wire)
{
    const auto prepare = [](httplib::Request& request) {
        // The library would cut the body to the requested range; server.cpp selects the bytes after it has
        // checked the validators.
        request.ranges.clear();
        // A request with neither header has no body (RFC 9112, 6.3); the library would wait for one.
        if (!request.has_header("Content-Length") && !request.has_header("Transfer-Encoding"))
            request.set_header("Content-Length", "0");
    };
    bool closed = false;
    while (!wire.isCut() && !closed && wire.waitForRequest()) {
        if (!process_request(wire, false, closed, prepare))
            break;
    }
}

} // namespace sandbox
