#include "core/base/machine_limits.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>
#include <vector>

namespace mnerva {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kNoLimit = std::uint64_t{1} << 60;  // version 1 writes the largest page count for "none"

std::optional<std::string> firstLine(const fs::path& path) {
    std::ifstream stream(path);
    std::string line;
    if (!std::getline(stream, line)) return std::nullopt;
    return line;
}

std::optional<double> numberIn(const fs::path& path) {
    const auto line = firstLine(path);
    if (!line) return std::nullopt;
    std::istringstream stream(*line);
    double value = 0;
    if (!(stream >> value)) return std::nullopt;
    return value;
}

/// Of lines "name value" or "name: value".
std::optional<std::uint64_t> field(const fs::path& path, const std::string& name) {
    std::ifstream stream(path);
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words(line);
        std::string key;
        std::uint64_t value = 0;
        words >> key;
        if (!key.empty() && key.back() == ':') key.pop_back();
        if (key == name && words >> value) return value;
    }
    return std::nullopt;
}

/// A group's folder and those above it: the narrowest of their limits counts. In a container the path that the process
/// reads is that outside, so what is not there is passed over up to the mount itself.
std::vector<fs::path> foldersUp(const fs::path& mount, const std::string& group) {
    std::vector<fs::path> out;
    fs::path below = fs::path(group).relative_path().lexically_normal();
    while (!below.empty() && below != "." && *below.begin() != "..") {
        out.push_back(mount / below);
        below = below.parent_path();
    }
    out.push_back(mount);
    return out;
}

template <class T>
void lower(std::optional<T>& to, std::optional<T> value) {
    if (value && (!to || *value < *to)) to = value;
}

struct Group {
    std::optional<double> cores;
    std::optional<std::uint64_t> memory, left;
};

void addMemory(Group& group, std::optional<double> limit, std::optional<double> used,
               std::optional<std::uint64_t> droppable) {
    if (!limit || *limit < 0 || *limit >= static_cast<double>(kNoLimit)) return;
    const auto bytes = static_cast<std::uint64_t>(*limit);
    lower(group.memory, std::optional(bytes));
    if (!used) return;
    const auto held = static_cast<std::uint64_t>(std::max(0.0, *used));
    const std::uint64_t kept = held - std::min(held, droppable.value_or(0));
    lower(group.left, std::optional(bytes - std::min(bytes, kept)));
}

void addVersion2(Group& group, const fs::path& folder) {
    if (const auto line = firstLine(folder / "cpu.max")) {
        std::istringstream words(*line);
        double quota = 0, period = 0;
        if (words >> quota >> period && quota > 0 && period > 0) lower(group.cores, std::optional(quota / period));
    }
    addMemory(group, numberIn(folder / "memory.max"), numberIn(folder / "memory.current"),
              field(folder / "memory.stat", "inactive_file"));
}

void addCores1(Group& group, const fs::path& folder) {
    const auto quota = numberIn(folder / "cpu.cfs_quota_us"), period = numberIn(folder / "cpu.cfs_period_us");
    if (quota && period && *quota > 0 && *period > 0) lower(group.cores, std::optional(*quota / *period));
}

void addMemory1(Group& group, const fs::path& folder) {
    addMemory(group, numberIn(folder / "memory.limit_in_bytes"), numberIn(folder / "memory.usage_in_bytes"),
              field(folder / "memory.stat", "total_inactive_file"));
}

bool lists(const std::string& controllers, const std::string& name) {
    std::istringstream stream(controllers);
    for (std::string one; std::getline(stream, one, ',');)
        if (one == name) return true;
    return false;
}

/// proc/self/cgroup has lines "number:controllers:path"; version 2 is the one without controllers.
void addGroups(MachineLimits& limits, std::optional<std::uint64_t>& left, const fs::path& root) {
    const fs::path mounts = root / "sys" / "fs" / "cgroup";
    std::ifstream stream(root / "proc" / "self" / "cgroup");
    for (std::string line; std::getline(stream, line);) {
        const std::size_t first = line.find(':'), second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos) continue;
        const std::string controllers = line.substr(first + 1, second - first - 1), path = line.substr(second + 1);
        Group group;
        if (controllers.empty()) {
            for (const fs::path& folder : foldersUp(mounts, path)) addVersion2(group, folder);
        } else {
            if (lists(controllers, "cpu"))
                for (const fs::path& folder : foldersUp(mounts / "cpu", path)) addCores1(group, folder);
            if (lists(controllers, "memory"))
                for (const fs::path& folder : foldersUp(mounts / "memory", path)) addMemory1(group, folder);
        }
        if (!group.cores && !group.memory) continue;
        limits.controlGroup = controllers.empty() ? "v2" : "v1";
        lower(limits.quotaCores, group.cores);
        lower(limits.memoryLimit, group.memory);
        lower(left, group.left);
    }
}

}  // namespace

int MachineLimits::usableCores() const {
    int cores = std::min(affinityCores, machineCores);
    if (quotaCores) cores = std::min(cores, static_cast<int>(std::min(std::floor(*quotaCores), 1e6)));
    return std::max(1, cores);
}

MachineLimits readMachineLimits(const fs::path& root) {
    MachineLimits out;
    out.machineCores = std::max(1, static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN)));
    cpu_set_t set;
    CPU_ZERO(&set);
    out.affinityCores = ::sched_getaffinity(0, sizeof set, &set) == 0 ? std::max(1, CPU_COUNT(&set)) : out.machineCores;
    const fs::path memory = root / "proc" / "meminfo";  // in KiB
    constexpr std::uint64_t kKibi = 1024;
    out.machineMemory = field(memory, "MemTotal").value_or(0) * kKibi;
    out.availableMemory = field(memory, "MemAvailable").value_or(0) * kKibi;
    std::optional<std::uint64_t> left;
    addGroups(out, left, root);
    if (out.memoryLimit && out.machineMemory > 0 && *out.memoryLimit >= out.machineMemory) out.memoryLimit.reset();
    if (left) out.availableMemory = out.availableMemory > 0 ? std::min(out.availableMemory, *left) : *left;
    if (!out.quotaCores && !out.memoryLimit) out.controlGroup.clear();
    return out;
}

double availableMebibytes(const fs::path& root) {
    return static_cast<double>(readMachineLimits(root).availableMemory) / (1 << 20);
}

double peakMebibytes(const fs::path& root) {
    return static_cast<double>(field(root / "proc" / "self" / "status", "VmHWM").value_or(0)) / 1024;
}

}  // namespace mnerva
