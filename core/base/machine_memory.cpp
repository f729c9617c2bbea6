#include "core/base/machine_memory.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>
#include <string>

namespace mnerva {
namespace fs = std::filesystem;
namespace {

constexpr double kMebibyte = 1 << 20;

std::optional<double> numberIn(const std::string& text) {
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end == text.data()) return std::nullopt;
    return value;
}

/// The number behind a name at the start of a line, "MemAvailable:  123 kB" or "inactive_file 123".
std::optional<double> valueOf(const fs::path& file, const std::string& name) {
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words(line);
        std::string first, second;
        words >> first >> second;
        if (first == name) return numberIn(second);
    }
    return std::nullopt;
}

/// A file of one number; "max" is none.
std::optional<double> numberOf(const fs::path& file) {
    std::ifstream stream(file);
    std::string word;
    stream >> word;
    return numberIn(word);
}

struct GroupFiles {
    const char *limit, *used, *droppable;
};
constexpr GroupFiles kSecond{"memory.max", "memory.current", "inactive_file"};
constexpr GroupFiles kFirst{"memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"};

/// Bytes left in a group and in those above it.
double roomIn(const fs::path& mount, const fs::path& group, const GroupFiles& files) {
    double room = std::numeric_limits<double>::infinity();
    fs::path folder = group.relative_path();
    while (true) {
        const fs::path at = mount / folder;
        const auto limit = numberOf(at / files.limit), used = numberOf(at / files.used);
        if (limit && used)
            room = std::min(room, *limit - *used + valueOf(at / "memory.stat", files.droppable).value_or(0));
        if (folder.empty()) return std::max(0.0, room);
        folder = folder.parent_path();
    }
}

/// By the lines "0::/path" (version 2) and "4:memory:/path" (version 1) of /proc/self/cgroup.
double roomInGroups(const fs::path& root) {
    double room = std::numeric_limits<double>::infinity();
    std::ifstream stream(root / "proc/self/cgroup");
    for (std::string line; std::getline(stream, line);) {
        const std::size_t first = line.find(':'), second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos) continue;
        const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
        const fs::path group = fs::path(line.substr(second + 1)).lexically_normal();
        if (controllers == ",,") room = std::min(room, roomIn(root / "sys/fs/cgroup", group, kSecond));
        if (controllers.find(",memory,") != std::string::npos)
            room = std::min(room, roomIn(root / "sys/fs/cgroup/memory", group, kFirst));
    }
    return room;
}

}  // namespace

double availableMebibytes(const fs::path& root) {
    const auto system = valueOf(root / "proc/meminfo", "MemAvailable:");
    const double room = std::min(roomInGroups(root), system ? *system * 1024 : std::numeric_limits<double>::infinity());
    return room == std::numeric_limits<double>::infinity() ? 0 : room / kMebibyte;
}

double peakMebibytes(const fs::path& root) {
    return valueOf(root / "proc/self/status", "VmHWM:").value_or(0) / 1024;
}

}  // namespace mnerva
