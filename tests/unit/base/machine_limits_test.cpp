#include "core/base/machine_limits.h"

#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "tests/support/data.h"

using namespace mnerva;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMebi = 1 << 20;

/// Files of proc and sys below a folder.
struct Machine {
    mnerva::test::TemporaryFolder root;
    Machine() { file("proc/meminfo", "MemTotal: 8388608 kB\nMemFree: 1 kB\nMemAvailable: 4194304 kB\n"); }
    void file(const std::string& path, const std::string& text) const {
        fs::create_directories((root / path).parent_path());
        writeFileAtomic(root / path, text);
    }
    MachineLimits limits() const { return readMachineLimits(root.path()); }
};

}  // namespace

TEST_CASE("MachineLimits.WithoutAGroupTheMachineIsTheLimit") {
    const Machine machine;
    const MachineLimits limits = machine.limits();
    CHECK(limits.controlGroup.empty());
    CHECK_FALSE(limits.quotaCores);
    CHECK_FALSE(limits.memoryLimit);
    CHECK(limits.machineMemory == 8192 * kMebi);
    CHECK(limits.availableMemory == 4096 * kMebi);
    CHECK(limits.usableCores() >= 1);
}

TEST_CASE("MachineLimits.Version2TakesTheNarrowestOfTheGroupAndThoseAboveIt") {
    const Machine machine;
    machine.file("proc/self/cgroup", "0::/user.slice/job\n");
    machine.file("sys/fs/cgroup/user.slice/job/cpu.max", "max 100000\n");
    machine.file("sys/fs/cgroup/user.slice/cpu.max", "150000 100000\n");
    machine.file("sys/fs/cgroup/user.slice/job/memory.max", "1073741824\n");
    machine.file("sys/fs/cgroup/user.slice/memory.max", "max\n");
    machine.file("sys/fs/cgroup/user.slice/job/memory.current", "838860800\n");
    machine.file("sys/fs/cgroup/user.slice/job/memory.stat", "anon 1\ninactive_file 104857600\n");
    const MachineLimits limits = machine.limits();
    CHECK(limits.controlGroup == "v2");
    CHECK(limits.quotaCores.value_or(0) == Approx(1.5));
    CHECK(limits.usableCores() == 1);
    CHECK(limits.memoryLimit.value_or(0) == 1024 * kMebi);
    CHECK(limits.availableMemory == (1024 - 800 + 100) * kMebi);
}

TEST_CASE("MachineLimits.AGroupOfWhichThePathIsThatOutsideIsReadAtTheMount") {
    const Machine machine;
    machine.file("proc/self/cgroup", "0::/docker/abcdef/../x\n");
    machine.file("sys/fs/cgroup/cpu.max", "100000 100000\n");
    CHECK(machine.limits().quotaCores.value_or(0) == Approx(1));
}

TEST_CASE("MachineLimits.Version1HasAFolderForEachController") {
    const Machine machine;
    machine.file("proc/self/cgroup", "11:memory:/job\n4:cpu,cpuacct:/job\n1:name=systemd:/job\n");
    machine.file("sys/fs/cgroup/cpu/job/cpu.cfs_quota_us", "250000\n");
    machine.file("sys/fs/cgroup/cpu/job/cpu.cfs_period_us", "100000\n");
    machine.file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    machine.file("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "2147483648\n");
    machine.file("sys/fs/cgroup/memory/job/memory.usage_in_bytes", "1073741824\n");
    machine.file("sys/fs/cgroup/memory/job/memory.stat", "total_inactive_file 0\n");
    const MachineLimits limits = machine.limits();
    CHECK(limits.controlGroup == "v1");
    CHECK(limits.quotaCores.value_or(0) == Approx(2.5));
    CHECK(limits.memoryLimit.value_or(0) == 2048 * kMebi);
    CHECK(limits.availableMemory == 1024 * kMebi);
}

TEST_CASE("MachineLimits.OddFilesLimitNothing") {
    const Machine machine;
    machine.file("proc/self/cgroup", "nonsense\n0::/../..\n3:cpu\n");
    machine.file("sys/fs/cgroup/cpu.max", "a lot\n");
    machine.file("sys/fs/cgroup/memory.max", "-1\n");
    const MachineLimits limits = machine.limits();
    CHECK_FALSE(limits.quotaCores);
    CHECK_FALSE(limits.memoryLimit);
    CHECK(limits.availableMemory == 4096 * kMebi);
}

TEST_CASE("MachineLimits.LessThanOneCoreIsOne") {
    MachineLimits limits;
    limits.machineCores = limits.affinityCores = 8;
    CHECK(limits.usableCores() == 8);
    limits.quotaCores = 0.3;
    CHECK(limits.usableCores() == 1);
    limits.quotaCores = 3.9;
    CHECK(limits.usableCores() == 3);
    limits.affinityCores = 2;
    CHECK(limits.usableCores() == 2);
}

TEST_CASE("MachineLimits.MemoryIsWhatTheSystemHasAvailable") {
    const Machine machine;
    machine.file("proc/meminfo", "MemTotal:  8388608 kB\nMemFree:  1024 kB\nMemAvailable:  2097152 kB\n");
    CHECK(availableMebibytes(machine.root.path()) == 2048);
    machine.file("proc/meminfo", "MemAvailable:  odd kB\n");
    CHECK(availableMebibytes(machine.root.path()) == 0);
    CHECK(availableMebibytes("/nowhere") == 0);
}

TEST_CASE("MachineLimits.MemoryIsLessWhereAGroupOrOneAboveItAllowsLess") {
    const Machine machine;
    const auto available = [&] { return availableMebibytes(machine.root.path()); };
    machine.file("proc/meminfo", "MemAvailable:  2097152 kB\n");
    machine.file("proc/self/cgroup", "0::/lab/user\n");
    machine.file("sys/fs/cgroup/lab/user/memory.max", "max\n");
    machine.file("sys/fs/cgroup/lab/user/memory.current", "1048576\n");
    CHECK(available() == 2048);
    machine.file("sys/fs/cgroup/lab/memory.max", "1073741824\n");
    machine.file("sys/fs/cgroup/lab/memory.current", "536870912\n");
    machine.file("sys/fs/cgroup/lab/memory.stat", "anon 1\ninactive_file 104857600\n");
    CHECK(available() == 612);
    machine.file("sys/fs/cgroup/lab/user/memory.max", "2097152\n");
    CHECK(available() == 1);
    machine.file("sys/fs/cgroup/lab/user/memory.current", "9097152\n");
    CHECK(available() == 0);
}

TEST_CASE("MachineLimits.MemoryKnowsGroupsOfTheFirstVersion") {
    const Machine machine;
    machine.file("proc/meminfo", "MemAvailable:  2097152 kB\n");
    machine.file("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/job\n1:name=systemd:/y\n");
    machine.file("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "104857600\n");
    machine.file("sys/fs/cgroup/memory/job/memory.usage_in_bytes", "52428800\n");
    CHECK(availableMebibytes(machine.root.path()) == 50);
}

TEST_CASE("MachineLimits.MemoryOfThisProcessIsKnown") {
    CHECK(peakMebibytes() > 1);
    CHECK(availableMebibytes() > 1);
    CHECK(peakMebibytes("/nowhere") == 0);
}
