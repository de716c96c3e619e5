// SPDX-FileCopyrightText: 2026 The Capture Desk authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/faultyfiles.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

std::mutex faultMutex;
std::vector<support::Fault> faults;
std::atomic<bool> isFaulty = false;
const char* const faultFile = std::getenv("CAPTUREDESK_FAULTS");

template<class Function>
Function* next(const char* name)
{
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

std::string absolute(int folder, const char* path)
{
    char at[PATH_MAX];
    if (path[0] == '/')
        return path;
    ssize_t size = 0;
    if (folder == AT_FDCWD)
        size = ::getcwd(at, sizeof at) ? ssize_t(std::strlen(at)) : 0;
    else
        size = ::readlink(("/proc/self/fd/" + std::to_string(folder)).c_str(), at, sizeof at);
    return std::string(at, size > 0 ? size_t(size) : 0) + '/' + path;
}

std::string nameOf(int file)
{
    char at[PATH_MAX];
    const auto size = ::readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), at, sizeof at);
    return {at, size > 0 ? size_t(size) : 0};
}

/// Reads the faults of a preloaded program.  Uses raw system calls, which bypass the functions below.
void readFaults()
{
    if (!faultFile)
        return;
    faults.clear();
    const int file = int(::syscall(SYS_openat, AT_FDCWD, faultFile, O_RDONLY | O_CLOEXEC));
    if (file < 0)
        return;
    char text[8192];
    const auto size = ::syscall(SYS_read, file, text, sizeof text - 1);
    ::syscall(SYS_close, file);
    text[size > 0 ? size : 0] = 0;
    char* rest = nullptr;
    for (char* line = ::strtok_r(text, "\n", &rest); line; line = ::strtok_r(nullptr, "\n", &rest)) {
        char call[32], path[4096];
        int code = 0;
        if (std::sscanf(line, "%31s %d %4095[^\n]", call, &code, path) == 3)
            faults.push_back({.call = call, .under = path, .code = code});
    }
}

/// Whether this call has to fail.  Sets errno.
bool failsNow(const char* call, const std::string& path)
{
    if (!isFaulty && !faultFile)
        return false;
    const std::lock_guard guard(faultMutex);
    readFaults();
    for (auto& fault : faults) {
        if (fault.call != call || path.compare(0, fault.under.size(), fault.under) != 0 || fault.times == 0)
            continue;
        if (fault.after > 0) {
            --fault.after;
            continue;
        }
        if (fault.times > 0)
            --fault.times;
        if (fault.code < 0)
            ::kill(::getpid(), SIGKILL);
        errno = fault.code;
        return true;
    }
    return false;
}

bool openFails(int folder, const char* path, int flags)
{
    if (!isFaulty && !faultFile)
        return false;
    if ((flags & O_TMPFILE) == O_TMPFILE)
        return failsNow("tmpfile", absolute(folder, path) + '/') ||
               failsNow("open", absolute(folder, path) + '/');
    return (flags & (O_WRONLY | O_RDWR)) != 0 && failsNow("open", absolute(folder, path));
}

bool fileFails(const char* call, int file)
{
    return (isFaulty || faultFile) && failsNow(call, nameOf(file));
}

} // namespace

namespace support {

FaultyFiles::FaultyFiles(std::vector<Fault> all)
{
    const std::lock_guard guard(faultMutex);
    faults = std::move(all);
    isFaulty = true;
}

FaultyFiles::~FaultyFiles()
{
    const std::lock_guard guard(faultMutex);
    faults.clear();
    isFaulty = false;
}

} // namespace support

#define CAPTUREDESK_OPEN(name)                                                                               \
    int name(const char* path, int flags, ...)                                                               \
    {                                                                                                        \
        va_list rest;                                                                                        \
        va_start(rest, flags);                                                                               \
        const auto mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, ::mode_t) : 0;                 \
        va_end(rest);                                                                                        \
        static auto* const real = next<int(const char*, int, ...)>(#name);                                   \
        return openFails(AT_FDCWD, path, flags) ? -1 : real(path, flags, mode);                              \
    }
#define CAPTUREDESK_OPENAT(name)                                                                             \
    int name(int folder, const char* path, int flags, ...)                                                   \
    {                                                                                                        \
        va_list rest;                                                                                        \
        va_start(rest, flags);                                                                               \
        const auto mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, ::mode_t) : 0;                 \
        va_end(rest);                                                                                        \
        static auto* const real = next<int(int, const char*, int, ...)>(#name);                              \
        return openFails(folder, path, flags) ? -1 : real(folder, path, flags, mode);                        \
    }
#define CAPTUREDESK_LOCK(name)                                                                               \
    int name(int file, int what, ...)                                                                        \
    {                                                                                                        \
        va_list rest;                                                                                        \
        va_start(rest, what);                                                                                \
        void* argument = va_arg(rest, void*);                                                                \
        va_end(rest);                                                                                        \
        static auto* const real = next<int(int, int, ...)>(#name);                                           \
        const bool locks =                                                                                   \
            what == F_SETLK || what == F_SETLKW || what == F_OFD_SETLK || what == F_OFD_SETLKW;              \
        return locks && fileFails("lock", file) ? -1 : real(file, what, argument);                           \
    }
#define CAPTUREDESK_OF_FILE(result, name, call, parameters, arguments)                                       \
    result name parameters                                                                                   \
    {                                                                                                        \
        static auto* const real = next<result parameters>(#name);                                            \
        return fileFails(call, file) ? -1 : real arguments;                                                  \
    }
#define CAPTUREDESK_OF_PATH(result, name, call, parameters, arguments, folder, path)                         \
    result name parameters                                                                                   \
    {                                                                                                        \
        static auto* const real = next<result parameters>(#name);                                            \
        return (isFaulty || faultFile) && failsNow(call, absolute(folder, path)) ? -1 : real arguments;      \
    }

#pragma GCC diagnostic ignored "-Wpedantic"
extern "C" {

CAPTUREDESK_OPEN(open)
CAPTUREDESK_OPEN(open64)
CAPTUREDESK_OPENAT(openat)
CAPTUREDESK_OPENAT(openat64)
CAPTUREDESK_LOCK(fcntl)
CAPTUREDESK_LOCK(fcntl64)
CAPTUREDESK_OF_FILE(ssize_t, write, "write", (int file, const void* bytes, size_t size), (file, bytes, size))
CAPTUREDESK_OF_FILE(ssize_t, pwrite, "write", (int file, const void* bytes, size_t size, off_t at),
                    (file, bytes, size, at))
CAPTUREDESK_OF_FILE(ssize_t, pwrite64, "write", (int file, const void* bytes, size_t size, off64_t at),
                    (file, bytes, size, at))
CAPTUREDESK_OF_FILE(int, fsync, "sync", (int file), (file))
CAPTUREDESK_OF_FILE(int, fdatasync, "sync", (int file), (file))
CAPTUREDESK_OF_FILE(int, ftruncate, "truncate", (int file, off_t size), (file, size))
CAPTUREDESK_OF_FILE(int, ftruncate64, "truncate", (int file, off64_t size), (file, size))
CAPTUREDESK_OF_FILE(int, fchmod, "chmod", (int file, ::mode_t mode), (file, mode))
CAPTUREDESK_OF_FILE(int, fchown, "chown", (int file, ::uid_t user, ::gid_t group), (file, user, group))
CAPTUREDESK_OF_PATH(int, rename, "rename", (const char* from, const char* to), (from, to), AT_FDCWD, to)
CAPTUREDESK_OF_PATH(int, renameat2, "rename",
                    (int folder, const char* from, int toFolder, const char* to, unsigned int flags),
                    (folder, from, toFolder, to, flags), toFolder, to)
CAPTUREDESK_OF_PATH(int, link, "link", (const char* from, const char* to), (from, to), AT_FDCWD, to)
CAPTUREDESK_OF_PATH(int, linkat, "link",
                    (int folder, const char* from, int toFolder, const char* to, int flags),
                    (folder, from, toFolder, to, flags), toFolder, to)
CAPTUREDESK_OF_PATH(int, faccessat, "access", (int folder, const char* path, int mode, int flags),
                    (folder, path, mode, flags), folder, path)
}
