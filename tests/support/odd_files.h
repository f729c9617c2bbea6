#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mnerva::test {

/// Things that may lie where a file of ours belongs.
enum class OddKind { SymbolicLink, HardLink, NamedPipe, Device };
const std::vector<OddKind>& oddKinds();
std::string nameOf(OddKind kind);

/// Puts one at `place` (what is there goes away). Links lead to `victim`, which is made with content of its own where
/// it is missing. False where this system does not let us (a device needs root).
bool putOdd(OddKind kind, const std::filesystem::path& place, const std::filesystem::path& victim);

}  // namespace mnerva::test
