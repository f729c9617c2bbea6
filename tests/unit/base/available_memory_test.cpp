#include "core/base/machine_limits.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/data.h"

namespace {
using namespace mnerva;
namespace fs = std::filesystem;

/// A /proc and /sys of its own.
struct Machine {
    mnerva::test::TemporaryFolder root;
    void write(const std::string& file, const std::string& text) const {
        fs::create_directories((root / file).parent_path());
        std::ofstream(root / file) << text;
    }
    double available() const { return availableMebibytes(root.path()); }
};
}  // namespace

TEST_CASE("MachineMemory.IsWhatTheSystemHasAvailable") {
    const Machine m;
    CHECK(m.available() == 0);
    m.write("proc/meminfo", "MemTotal:  8388608 kB\nMemFree:  1024 kB\nMemAvailable:  2097152 kB\n");
    CHECK(m.available() == 2048);
    m.write("proc/meminfo", "MemAvailable:  odd kB\n");
    CHECK(m.available() == 0);
}

TEST_CASE("MachineMemory.IsLessWhereAGroupOrOneAboveItAllowsLess") {
    const Machine m;
    m.write("proc/meminfo", "MemAvailable:  2097152 kB\n");
    m.write("proc/self/cgroup", "0::/lab/user\n");
    m.write("sys/fs/cgroup/lab/user/memory.max", "max\n");
    m.write("sys/fs/cgroup/lab/user/memory.current", "1048576\n");
    CHECK(m.available() == 2048);
    m.write("sys/fs/cgroup/lab/memory.max", "1073741824\n");
    m.write("sys/fs/cgroup/lab/memory.current", "536870912\n");
    m.write("sys/fs/cgroup/lab/memory.stat", "anon 1\ninactive_file 104857600\n");
    CHECK(m.available() == 612);
    m.write("sys/fs/cgroup/lab/user/memory.max", "2097152\n");
    CHECK(m.available() == 1);
    m.write("sys/fs/cgroup/lab/user/memory.current", "9097152\n");
    CHECK(m.available() == 0);
}

TEST_CASE("MachineMemory.KnowsGroupsOfTheFirstVersion") {
    const Machine m;
    m.write("proc/meminfo", "MemAvailable:  2097152 kB\n");
    m.write("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/job\n1:name=systemd:/y\n");
    m.write("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "104857600\n");
    m.write("sys/fs/cgroup/memory/job/memory.usage_in_bytes", "52428800\n");
    CHECK(m.available() == 50);
}

TEST_CASE("MachineMemory.OfThisProcessIsKnown") {
    CHECK(peakMebibytes() > 1);
    CHECK(availableMebibytes() > 1);
    CHECK(peakMebibytes("/nowhere") == 0);
}
