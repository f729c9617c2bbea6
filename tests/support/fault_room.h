#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/support/data.h"

namespace mnerva::test {

/// One fault of the file system (tests/support/fault/fault.cpp).
struct Fault {
    std::string error = "EIO";  ///< ENOSPC, EIO or EINTR
    std::uint64_t at = 0;       ///< the call that fails, from 1
    bool lasts = false;         ///< all later ones too
    std::string calls;          ///< what counts; empty: all
    std::string text() const;
};

struct FaultResult : RunResult {
    std::uint64_t calls = 0, failed = 0;
};

/// A folder with a part where faults happen ("inside": project, output) and one that nothing may touch ("outside").
class FaultRoom {
public:
    FaultRoom();
    std::filesystem::path inside() const { return m_folder / "inside"; }
    std::filesystem::path outside() const { return m_folder / "outside"; }
    std::string project() const { return (inside() / "project").string(); }
    /// Runs a program with the fault in `inside`.
    FaultResult run(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                    const Fault& fault) const;
    /// `inside` becomes a copy of this folder.
    void reset(const std::filesystem::path& from) const;

private:
    TemporaryFolder m_folder;
};

/// Relative path and digest of every file below a folder.
std::map<std::string, std::string> contentsOf(const std::filesystem::path& folder);

/// What is tried in the normal run out of `all` numbers (1 to all): `few` of them spread evenly; all of them with
/// MNERVA_FAULTS=all, or as many as MNERVA_FAULTS says.
std::vector<std::uint64_t> chosen(std::uint64_t all, std::uint64_t few);

/// Runs a program, kills it (SIGKILL) after so many milliseconds; true when it was still alive then.
bool runAndKill(const std::filesystem::path& program, const std::vector<std::string>& arguments, int afterMs,
                std::string* output = nullptr);

std::filesystem::path workProgram();
std::filesystem::path cliProgram();
RunResult work(const std::vector<std::string>& arguments);

}  // namespace mnerva::test
