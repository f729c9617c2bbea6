#include "core/store/file_system.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <mutex>
#include <sstream>
#include <string_view>
#include <utility>

#include "core/base/file.h"

namespace mnerva::store {
namespace fs = std::filesystem;
namespace {

constexpr std::uint32_t kFuse = 0x65735546;

// Numbers of linux/magic.h and of the file systems' own sources: not every system's header has all of them.
constexpr std::array<std::pair<std::uint32_t, std::string_view>, 16> kNetworks{{
    {0x00006969, "nfs"},
    {0x0000517B, "smb"},
    {0xFF534D42, "cifs"},
    {0xFE534D42, "smb2"},
    {0x0000564C, "ncp"},
    {0x5346414F, "afs"},
    {0x6B414653, "kafs"},
    {0x73757245, "coda"},
    {0x00C36400, "ceph"},
    {0x0BD00BD0, "lustre"},
    {0x47504653, "gpfs"},
    {0x19830326, "beegfs"},
    {0xAAD7AAEA, "panfs"},
    {0x01021997, "9p"},
    {0x786F4256, "vboxsf"},
    {0x7C7C6673, "prl_fs"},
}};

struct Probe {
    std::mutex mutex;
    std::function<FileSystem(const fs::path&)> answer;
};

Probe& probe() {
    static Probe kept;
    return kept;
}

/// The kind of the mount with a device number, as the table of mounts calls it ("fuse.sshfs", "fuseblk").
std::string mountedAs(dev_t device) {
    std::ifstream table("/proc/self/mountinfo");
    const std::string wanted = std::to_string(major(device)) + ":" + std::to_string(minor(device));
    std::string found;
    for (std::string line; std::getline(table, line);) {
        std::istringstream fields(line);
        std::string id, parent, number;
        fields >> id >> parent >> number;
        const std::size_t dash = line.find(" - ");
        if (number != wanted || dash == line.npos) continue;
        std::istringstream(line.substr(dash + 3)) >> found;
    }
    return found;
}

FileSystem askSystem(const fs::path& folder) {
    struct statfs kind {};
    if (::statfs(folder.c_str(), &kind) != 0) return {};
    const auto number = static_cast<std::uint32_t>(kind.f_type);
    for (const auto& [known, name] : kNetworks)
        if (known == number) return {std::string(name), true};
    if (number != kFuse) return {};
    struct stat state {};
    const std::string name = ::stat(folder.c_str(), &state) == 0 ? mountedAs(state.st_dev) : std::string();
    if (name == "fuseblk") return {};  // NTFS and exFAT on a disk of this machine
    return {name.empty() ? "fuse" : name, true};
}

}  // namespace

FileSystem fileSystemOf(const fs::path& folder) {
    std::function<FileSystem(const fs::path&)> answer;
    {
        const std::lock_guard lock(probe().mutex);
        answer = probe().answer;
    }
    return answer ? answer(folder) : askSystem(folder);
}

bool isFullDisk(int systemError) {
    return systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG;
}

bool refusesMore(const fs::path& folder) {
    constexpr std::size_t kProbeBytes = 1 << 20;
    const int descriptor = retried([&] { return ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600); });
    if (descriptor < 0) return isFullDisk(errno);
    const std::string bytes(kProbeBytes, 'x');
    const ssize_t written = retried([&] { return ::write(descriptor, bytes.data(), bytes.size()); });
    const bool isFull = written < 0 ? isFullDisk(errno) : static_cast<std::size_t>(written) < bytes.size();
    ::close(descriptor);
    return isFull;
}

void setFileSystemProbe(std::function<FileSystem(const fs::path&)> answer) {
    const std::lock_guard lock(probe().mutex);
    probe().answer = std::move(answer);
}

}  // namespace mnerva::store
