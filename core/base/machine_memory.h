#pragma once

#include <filesystem>

namespace mnerva {

/// Memory that this process may still take, in MiB: what the system has available, or less where a control group
/// (version 1 or 2, or one above it) allows less; pages of files that can be dropped count as free. 0 where the system
/// does not tell. `root`: where /proc and /sys are, for tests.
double availableMebibytes(const std::filesystem::path& root = "/");

/// The most memory this process has held at a time, in MiB; 0 where the system does not tell.
double peakMebibytes(const std::filesystem::path& root = "/");

}  // namespace mnerva
