#include "app/stop_on_signal.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <string_view>

#include "core/base/check.h"

namespace mnerva::app {
namespace {

int g_pipe[2] = {-1, -1};  // written from the handler, which can get nothing passed in
constexpr char kSignal = 's', kEnd = 'e';

void tell(char word) {
    const int before = errno;
    [[maybe_unused]] const ssize_t written = ::write(g_pipe[1], &word, 1);
    errno = before;
}

void onSignal(int) {
    tell(kSignal);
}

sigset_t stopSignals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

[[noreturn]] void endNow() {
    constexpr std::string_view kWord = "mnerva-cli: cancelled\n";
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, kWord.data(), kWord.size());
    ::_exit(130);
}

/// False: nothing came in time.
bool waitForWord(std::chrono::milliseconds longest) {
    pollfd ready{g_pipe[0], POLLIN, 0};
    const auto end = std::chrono::steady_clock::now() + longest;
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        const int count = ::poll(&ready, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
        if (count >= 0) return count > 0;
        if (errno != EINTR) return true;  // the read says what is wrong
    }
}

}  // namespace

StopOnSignal::StopOnSignal(std::stop_source stop) {
    MNERVA_CHECK(::pipe(g_pipe) == 0);
    const sigset_t set = stopSignals();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    // Threads that a library made before main are not masked: the handler makes them harmless.
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    m_watcher = std::thread([this, stop = std::move(stop)] { watch(stop); });
}

void StopOnSignal::watch(std::stop_source stop) {
    const sigset_t set = stopSignals();
    ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    for (;;) {
        if (stop.stop_requested() && !m_waits && !waitForWord(kGrace)) endNow();
        char word = 0;
        const ssize_t count = ::read(g_pipe[0], &word, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0 || word == kEnd) return;
        if (!stop.request_stop()) endNow();  // asked twice: somebody is in a hurry
    }
}

StopOnSignal::~StopOnSignal() {
    tell(kEnd);
    m_watcher.join();
}

}  // namespace mnerva::app
