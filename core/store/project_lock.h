#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

namespace mnerva::store {

/// Who holds a lock, as written in the lock file.
struct LockOwner {
    std::string program, host;
    int processId = 0;
};

/// The right to write a project: an operating-system lock (flock) on the file `lock` of its folder, which also holds
/// the holder's name as JSON. The kernel lets go when the holder dies, whatever number its process had, so a dead
/// holder is taken over and a process that got the same number later does not matter. Where the file was left by
/// another host (a crash on a network folder whose locks do not travel), it counts as held until it was not touched for
/// kStaleAfter.
class ProjectLock {
public:
    static constexpr std::chrono::minutes kStaleAfter{10};

    struct Attempt {
        std::unique_ptr<ProjectLock> lock;
        LockOwner holder;  ///< filled when `lock` is null; the program is "another program" when it left no name
    };
    /// Throws FileUnwritable when the lock file cannot be made.
    static Attempt tryTake(const std::filesystem::path& folder, const std::string& program);

    ~ProjectLock();
    ProjectLock(const ProjectLock&) = delete;
    ProjectLock& operator=(const ProjectLock&) = delete;

    /// Says to other hosts that the holder is alive; called with every write.
    void touch() const noexcept;

private:
    explicit ProjectLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

}  // namespace mnerva::store
