#include "core/store/project_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/json.h"

namespace mnerva::store {
namespace {

constexpr const char* kName = "lock";

std::string hostName() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) return "localhost";
    return name.data();
}

constexpr std::size_t kLongestOwner = 4096;

std::string contentOf(int descriptor) {
    std::array<char, kLongestOwner> buffer{};
    const ssize_t size = retried([&] { return ::pread(descriptor, buffer.data(), buffer.size(), 0); });
    return std::string(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
}

LockOwner ownerOf(const std::string& content) {
    const auto body = tryParseJson(content, {kLongestOwner, 4, 64});
    LockOwner owner;
    if (!body.is_object()) return owner;
    const auto text = [&](const char* key) {
        return body.contains(key) && body[key].is_string() ? body[key].get<std::string>() : std::string();
    };
    owner.program = text("program");
    owner.host = text("host");
    owner.processId = std::max(0, wholeNumberOr(body, "pid", 0));
    return owner;
}

bool wasTouchedLately(int descriptor) {
    struct stat state {};
    if (::fstat(descriptor, &state) != 0) return false;
    const auto touched = std::chrono::system_clock::from_time_t(state.st_mtim.tv_sec);
    const auto age = std::chrono::system_clock::now() - touched;
    // A clock that was wrong, or a file copied with its time: it would hold for ever.
    return age < ProjectLock::kStaleAfter && age > -ProjectLock::kClocksDisagree;
}

bool isAlive(const LockOwner& owner) {
    if (owner.host != hostName() || owner.processId <= 0 || owner.processId == ::getpid()) return false;
    return ::kill(owner.processId, 0) == 0 || errno == EPERM;
}

/// Returns what is in the file afterwards.
std::string writeOwner(int descriptor, const std::string& program) {
    const nlohmann::json body{{"program", program}, {"host", hostName()}, {"pid", static_cast<int>(::getpid())}};
    const std::string text = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    // The name only helps a sentence; the lock itself holds even where a full disk keeps the name out.
    if (retried([&] { return ::ftruncate(descriptor, 0); }) == 0 &&
        retried([&] { return ::pwrite(descriptor, text.data(), text.size(), 0); }) < 0)
        return {};
    return contentOf(descriptor);
}

LockOwner named(LockOwner owner) {
    if (owner.program.empty()) owner.program = "another program";
    if (owner.host.empty()) owner.host = hostName();
    return owner;
}

}  // namespace

ProjectLock::Attempt ProjectLock::tryTake(const std::filesystem::path& folder, const std::string& program,
                                          std::chrono::milliseconds heartbeat) {
    const std::filesystem::path path = folder / kName;
    Descriptor file = openForWriting(path, O_RDWR);
    const int refused = retried([&] { return ::flock(file.get(), LOCK_EX | LOCK_NB); }) == 0 ? 0 : errno;
    const LockOwner owner = ownerOf(contentOf(file.get()));
    // A file system without locks leaves only the name that is written there.
    const bool held = refused == EWOULDBLOCK || (refused != 0 && isAlive(owner));
    const bool heldElsewhere = !owner.host.empty() && owner.host != hostName() && wasTouchedLately(file.get());
    if (held || heldElsewhere) return {nullptr, named(owner)};
    std::string written = writeOwner(file.get(), program);
    return {std::unique_ptr<ProjectLock>(new ProjectLock(std::move(file), path, std::move(written), heartbeat)), {}};
}

bool ProjectLock::isForeignFile(const std::filesystem::path& folder) {
    std::error_code failed;
    const std::filesystem::path path = folder / kName;
    if (!std::filesystem::exists(std::filesystem::symlink_status(path, failed))) return false;
    const std::string content = contentOf(openForReading(path).get());
    return !content.empty() && ownerOf(content).program.empty();
}

ProjectLock::ProjectLock(Descriptor file, std::filesystem::path path, std::string written,
                         std::chrono::milliseconds heartbeat)
    : m_file(std::move(file)), m_path(std::move(path)), m_written(std::move(written)) {
    touch();
    m_heart = std::jthread([this, heartbeat](const std::stop_token& stop) { beat(stop, heartbeat); });
}

ProjectLock::~ProjectLock() {
    m_heart.request_stop();
    m_heart.join();
    // The file stays: removing it would let a third program lock a file that is no longer there.
    if (!lostTo() && retried([&] { return ::ftruncate(m_file.get(), 0); }) != 0) touch();
}

void ProjectLock::beat(const std::stop_token& stop, std::chrono::milliseconds every) {
    std::unique_lock hold(m_mutex);
    while (!stop.stop_requested()) {
        m_wake.wait_for(hold, stop, every, [] { return false; });
        if (!stop.stop_requested() && !lostTo()) touch();
    }
}

void ProjectLock::touch() const noexcept {
    ::futimens(m_file.get(), nullptr);
}

std::optional<LockOwner> ProjectLock::lostTo() const noexcept try {
    struct stat ours {
    }, there{};
    if (::fstat(m_file.get(), &ours) != 0) return std::nullopt;  // a network that is away for a while takes nothing
    const bool isThere = ::lstat(m_path.c_str(), &there) == 0;
    if (!isThere && errno != ENOENT) return std::nullopt;
    if (!isThere || ours.st_ino != there.st_ino || ours.st_dev != there.st_dev) {
        // Removed or replaced by hand: whoever opens the project now gets a lock of its own.
        LockOwner other;
        if (isThere && S_ISREG(there.st_mode)) other = ownerOf(contentOf(openForReading(m_path).get()));
        return named(other);
    }
    const std::string content = contentOf(m_file.get());
    const LockOwner owner = ownerOf(content);
    if (content == m_written || owner.program.empty()) return std::nullopt;
    return named(owner);
} catch (...) {
    return std::nullopt;
}

}  // namespace mnerva::store
