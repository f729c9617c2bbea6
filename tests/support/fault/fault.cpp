// A file system that fails, for tests: loaded with LD_PRELOAD, makes the n-th write, sync, rename, open for writing or
// truncation below a folder fail. Told by the environment, since the program under test knows nothing of it:
//
//   MNERVA_FAULT_UNDER   the folder; nothing outside of it ever fails (output, locks of the system, shared memory)
//   MNERVA_FAULT_CALLS   what counts: write,sync,rename,open,truncate; default all of them
//   MNERVA_FAULT_AT      the number of the call that fails, from 1; 0: none, only count
//   MNERVA_FAULT_ERROR   ENOSPC, EIO or EINTR
//   MNERVA_FAULT_LASTS   1: every later call fails too, and the first failing write writes half: a disk that stays full
//   MNERVA_FAULT_COUNTS  a file of 16 bytes: calls that counted, calls that failed (two 64-bit numbers)
//
// EINTR is not given by syncs of a database: SQLite does not take them up again, and no file system of Linux gives it.

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

enum Kind : unsigned { Write = 1, Sync = 2, Rename = 4, Open = 8, Truncate = 16 };

struct Counts {
    std::atomic<std::uint64_t> calls, failed;
};

struct State {
    bool on = false, lasts = false;
    unsigned kinds = 0;
    std::uint64_t at = 0;
    int error = EIO;
    char under[4096] = "";
    std::size_t underLength = 0;
    Counts own{}, *counts = &own;
};
State g_state;

template <class Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}
#define NEXT(name) static auto* const real = next<decltype(name)>(#name)

__attribute__((constructor)) void start() {
    const char* under = std::getenv("MNERVA_FAULT_UNDER");
    if (!under || !*under || std::strlen(under) >= sizeof g_state.under) return;
    std::strcpy(g_state.under, under);
    g_state.underLength = std::strlen(under);
    const char* calls = std::getenv("MNERVA_FAULT_CALLS");
    const auto counts = [&](const char* name) { return !calls || !*calls || std::strstr(calls, name) != nullptr; };
    if (counts("write")) g_state.kinds |= Write;
    if (counts("sync")) g_state.kinds |= Sync;
    if (counts("rename")) g_state.kinds |= Rename;
    if (counts("open")) g_state.kinds |= Open;
    if (counts("truncate")) g_state.kinds |= Truncate;
    if (const char* at = std::getenv("MNERVA_FAULT_AT")) g_state.at = std::strtoull(at, nullptr, 10);
    if (const char* error = std::getenv("MNERVA_FAULT_ERROR")) {
        g_state.error = std::strcmp(error, "ENOSPC") == 0 ? ENOSPC : std::strcmp(error, "EINTR") == 0 ? EINTR : EIO;
    }
    const char* lasts = std::getenv("MNERVA_FAULT_LASTS");
    g_state.lasts = lasts && *lasts == '1';
    if (const char* file = std::getenv("MNERVA_FAULT_COUNTS")) {
        NEXT(open);
        const int descriptor = real(file, O_RDWR | O_CLOEXEC);
        if (descriptor >= 0) {
            void* shared = ::mmap(nullptr, sizeof(Counts), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
            if (shared != MAP_FAILED) g_state.counts = static_cast<Counts*>(shared);
            ::close(descriptor);
        }
    }
    g_state.on = true;
}

bool isUnder(const char* path) {
    char whole[8192];
    if (path[0] != '/') {
        if (!::getcwd(whole, 4096) || std::strlen(whole) + std::strlen(path) + 2 > sizeof whole) return false;
        std::strcat(std::strcat(whole, "/"), path);
        path = whole;
    }
    return std::strncmp(path, g_state.under, g_state.underLength) == 0 && path[g_state.underLength] == '/';
}

/// Counts the call; true, with errno set, when it is to fail.
bool fails(Kind kind, const char* path) {
    if (!g_state.on || !(g_state.kinds & kind) || !isUnder(path)) return false;
    const bool database = std::strstr(path, "project.mnerva") != nullptr;
    if (g_state.error == EINTR && (kind == Rename || (kind == Sync && database))) return false;
    const std::uint64_t number = ++g_state.counts->calls;
    if (g_state.at == 0 || (g_state.lasts ? number < g_state.at : number != g_state.at)) return false;
    ++g_state.counts->failed;
    errno = g_state.error;
    return true;
}

bool fails(Kind kind, int descriptor) {
    if (!g_state.on || !(g_state.kinds & kind)) return false;
    char link[64], path[4096];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    const ssize_t length = ::readlink(link, path, sizeof path - 1);
    if (length <= 0) return false;
    path[length] = '\0';
    return fails(kind, path);
}

/// The first write that a full disk refuses takes half of what is given.
bool takesHalf(std::size_t count) {
    return g_state.lasts && g_state.counts->failed.load() == 1 && count > 1;
}

bool writes(int flags) {
    return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0;
}

mode_t modeOf(int flags, va_list arguments) {
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(arguments, mode_t) : 0;
}

}  // namespace

#define MODE_OF_REST                              \
    va_list arguments;                            \
    va_start(arguments, flags);                   \
    const mode_t mode = modeOf(flags, arguments); \
    va_end(arguments)

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t count) {
    NEXT(write);
    if (fails(Write, descriptor)) return takesHalf(count) ? real(descriptor, bytes, count / 2) : -1;
    return real(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t at) {
    NEXT(pwrite);
    if (fails(Write, descriptor)) return takesHalf(count) ? real(descriptor, bytes, count / 2, at) : -1;
    return real(descriptor, bytes, count, at);
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t count, off64_t at) {
    NEXT(pwrite64);
    if (fails(Write, descriptor)) return takesHalf(count) ? real(descriptor, bytes, count / 2, at) : -1;
    return real(descriptor, bytes, count, at);
}

ssize_t writev(int descriptor, const iovec* parts, int count) {
    NEXT(writev);
    return fails(Write, descriptor) ? -1 : real(descriptor, parts, count);
}

int fsync(int descriptor) {
    NEXT(fsync);
    return fails(Sync, descriptor) ? -1 : real(descriptor);
}

int fdatasync(int descriptor) {
    NEXT(fdatasync);
    return fails(Sync, descriptor) ? -1 : real(descriptor);
}

int rename(const char* from, const char* to) {
    NEXT(rename);
    return fails(Rename, to) ? -1 : real(from, to);
}

int renameat(int fromFolder, const char* from, int toFolder, const char* to) {
    NEXT(renameat);
    return fails(Rename, to) ? -1 : real(fromFolder, from, toFolder, to);
}

int ftruncate(int descriptor, off_t length) noexcept {
    NEXT(ftruncate);
    return fails(Truncate, descriptor) ? -1 : real(descriptor, length);
}

int ftruncate64(int descriptor, off64_t length) noexcept {
    NEXT(ftruncate64);
    return fails(Truncate, descriptor) ? -1 : real(descriptor, length);
}

int open(const char* path, int flags, ...) {
    NEXT(open);
    MODE_OF_REST;
    return writes(flags) && fails(Open, path) ? -1 : real(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    NEXT(open64);
    MODE_OF_REST;
    return writes(flags) && fails(Open, path) ? -1 : real(path, flags, mode);
}

int openat(int folder, const char* path, int flags, ...) {
    NEXT(openat);
    MODE_OF_REST;
    return writes(flags) && fails(Open, path) ? -1 : real(folder, path, flags, mode);
}

FILE* fopen(const char* path, const char* mode) {
    NEXT(fopen);
    return std::strpbrk(mode, "wa+") && fails(Open, path) ? nullptr : real(path, mode);
}

FILE* fopen64(const char* path, const char* mode) {
    NEXT(fopen64);
    return std::strpbrk(mode, "wa+") && fails(Open, path) ? nullptr : real(path, mode);
}

}  // extern "C"
