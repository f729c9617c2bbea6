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

/// What became of a program under faults.
struct FaultTally {
    std::uint64_t calls = 0;  ///< that could fail, in a run without a fault
    int faults = 0, refused = 0, survived = 0;
};

/// Runs a program with every fault (`few` of each kind in the normal run), each time on a copy of `before`. It must end
/// by itself with 0 or 1, pass over an interrupted call, and touch nothing outside; `verify` looks at what it promised.
FaultTally underFaults(const FaultRoom& room, const std::filesystem::path& before, const std::filesystem::path& program,
                       const std::vector<std::string>& arguments, std::uint64_t few,
                       const std::function<void(const FaultResult&)>& verify);

/// How often a program is killed in one test: `few` times in the normal run, MNERVA_KILLS / `share` in the campaign.
int killsOf(int few, int share);

/// Kills a program `kills` times on copies of `before`, at any moment behind `start` of the time that it takes when it
/// is let be. It must touch nothing outside; `verify` gets what it had said, and looks at the ruin.
void underKills(const FaultRoom& room, const std::filesystem::path& before, const std::filesystem::path& program,
                const std::vector<std::string>& arguments, int kills, double start,
                const std::function<void(const std::string& output)>& verify);

std::filesystem::path workProgram();
std::filesystem::path cliProgram();
RunResult work(const std::vector<std::string>& arguments);

}  // namespace mnerva::test
