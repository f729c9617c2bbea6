#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace mnerva {

/// What this process may use of the machine: less than the machine has, where a control group (version 1 or 2:
/// containers, systemd units, batch systems) or an affinity says so.
struct MachineLimits {
    int machineCores = 1;              ///< online
    int affinityCores = 1;             ///< on which the process may run
    std::optional<double> quotaCores;  ///< processor time that the control group allows, in cores
    std::uint64_t machineMemory = 0;   ///< bytes; 0: not known
    std::uint64_t availableMemory =
        0;  ///< bytes that can be had without swapping, within the group's limit; 0: not known
    std::optional<std::uint64_t> memoryLimit;  ///< bytes that the control group allows
    std::string controlGroup;                  ///< "v1", "v2"; empty: none that limits

    /// Threads that compute at the same time without waiting for each other: at least 1; a part of a core counts for
    /// none, as threads over the quota are stopped all together.
    int usableCores() const;
};

/// Reads proc and sys below `root`. What cannot be read limits nothing. `affinityCores` is that of this process,
/// whatever the root.
MachineLimits readMachineLimits(const std::filesystem::path& root = "/");

/// Their availableMemory in MiB.
double availableMebibytes(const std::filesystem::path& root = "/");
/// The most memory that this process has held at a time, in MiB; 0: not known.
double peakMebibytes(const std::filesystem::path& root = "/");

}  // namespace mnerva
