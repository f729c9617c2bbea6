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
constexpr int kStopped = 130;

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
    ::_exit(kStopped);
}

}  // namespace

void StopOnSignal::watch(std::stop_source stop) {
    const sigset_t set = stopSignals();
    ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    int patienceMs = -1;  // for ever, until a signal came
    for (;;) {
        pollfd input{g_pipe[0], POLLIN, 0};
        const int ready = ::poll(&input, 1, patienceMs);
        if (ready < 0 && errno == EINTR) continue;
        if (ready == 0) endNow();  // whatever it does cannot be asked to stop
        char word = 0;
        const ssize_t count = ::read(g_pipe[0], &word, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0 || word == kEnd) return;
        if (!stop.request_stop()) endNow();  // asked twice: somebody is in a hurry
        patienceMs = static_cast<int>(m_patience.load().count());
    }
}

StopOnSignal::StopOnSignal(std::stop_source stop) {
    MNERVA_CHECK(::pipe(g_pipe) == 0);
    const sigset_t set = stopSignals();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    // Threads that a library made before main are not masked: the handler makes them harmless.
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    m_watcher = std::thread(&StopOnSignal::watch, this, std::move(stop));
}

StopOnSignal::~StopOnSignal() {
    tell(kEnd);
    m_watcher.join();
}

}  // namespace mnerva::app
