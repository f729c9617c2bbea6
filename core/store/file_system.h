#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace mnerva::store {

/// What a folder lies on, as far as it matters to a database.
struct FileSystem {
    std::string name;        ///< "nfs", "cifs", "fuse.sshfs"; empty for one of this machine
    bool isNetwork = false;  ///< other machines may write to it, or its shared memory is not to be relied on
};

/// By the system's number of the kind (statfs), and for FUSE by the name in the table of mounts: FUSE counts as a
/// network unless it is known to drive a disk of this machine. What cannot be asked counts as local.
FileSystem fileSystemOf(const std::filesystem::path& folder);

/// True for the numbers by which the system says that there is no more room (disk, quota, size of a file).
bool isFullDisk(int systemError);
/// Tries to write a little in a folder: SQLite only tells a full disk apart where a plain write said ENOSPC, not for
/// quotas and size limits, and the error number of the system may be of a later call.
bool refusesMore(const std::filesystem::path& folder);

/// Test seam: answers in place of the system; empty takes it away.
void setFileSystemProbe(std::function<FileSystem(const std::filesystem::path& folder)> probe);

}  // namespace mnerva::store
