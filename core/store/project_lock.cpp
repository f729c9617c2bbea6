#include "core/store/project_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace mnerva::store {
namespace {

std::string hostName() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) return "localhost";
    return name.data();
}

LockOwner readOwner(int descriptor) {
    std::array<char, 4096> buffer{};
    const ssize_t size = ::pread(descriptor, buffer.data(), buffer.size(), 0);
    const auto body = nlohmann::json::parse(std::string(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0),
                                            nullptr, false);
    LockOwner owner;
    if (!body.is_object()) return owner;
    const auto text = [&](const char* key) {
        return body.contains(key) && body[key].is_string() ? body[key].get<std::string>() : std::string();
    };
    owner.program = text("program");
    owner.host = text("host");
    if (body.contains("pid") && body["pid"].is_number_integer()) owner.processId = body["pid"].get<int>();
    return owner;
}

bool wasTouchedLately(int descriptor) {
    struct stat state {};
    if (::fstat(descriptor, &state) != 0) return false;
    const auto touched = std::chrono::system_clock::from_time_t(state.st_mtim.tv_sec);
    return std::chrono::system_clock::now() - touched < ProjectLock::kStaleAfter;
}

bool isAlive(const LockOwner& owner) {
    if (owner.host != hostName() || owner.processId <= 0 || owner.processId == ::getpid()) return false;
    return ::kill(owner.processId, 0) == 0 || errno == EPERM;
}

void writeOwner(int descriptor, const std::string& program) {
    const nlohmann::json body{{"program", program}, {"host", hostName()}, {"pid", static_cast<int>(::getpid())}};
    const std::string text = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    // The name only helps a sentence; the lock itself holds even where a full disk keeps the name out.
    if (::ftruncate(descriptor, 0) == 0 && ::pwrite(descriptor, text.data(), text.size(), 0) < 0) return;
}

LockOwner named(LockOwner owner) {
    if (owner.program.empty()) owner.program = "another program";
    if (owner.host.empty()) owner.host = hostName();
    return owner;
}

}  // namespace

ProjectLock::Attempt ProjectLock::tryTake(const std::filesystem::path& folder, const std::string& program) {
    const std::filesystem::path file = folder / "lock";
    int descriptor = -1;
    do descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    while (descriptor < 0 && errno == EINTR);
    if (descriptor < 0) {
        if (errno == ENOSPC || errno == EDQUOT) throw Error(ErrorCode::DiskFull, {file.string()});
        throw Error(ErrorCode::FileUnwritable, {file.string(), std::strerror(errno)});
    }
    const int refused = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
    const LockOwner owner = readOwner(descriptor);
    // A file system without locks leaves only the name that is written there.
    const bool held = refused == EWOULDBLOCK || (refused != 0 && isAlive(owner));
    const bool heldElsewhere = !owner.host.empty() && owner.host != hostName() && wasTouchedLately(descriptor);
    if (held || heldElsewhere) {
        ::close(descriptor);
        return {nullptr, named(owner)};
    }
    writeOwner(descriptor, program);
    return {std::unique_ptr<ProjectLock>(new ProjectLock(descriptor)), {}};
}

ProjectLock::~ProjectLock() {
    // The file stays: removing it would let a third program lock a file that is no longer there.
    if (::ftruncate(m_descriptor, 0) != 0) touch();
    ::close(m_descriptor);
}

void ProjectLock::touch() const noexcept {
    ::futimens(m_descriptor, nullptr);
}

}  // namespace mnerva::store
