#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mnerva::test {

/// A file or folder of the real data sets, or nothing (then the reason is printed once): the tweets are not ours to ship.
/// Looked for under the environment variable MNERVA_DATA, else in ../shared/data beside the checkout.
std::optional<std::filesystem::path> realData(const std::string& relative);

/// A fresh empty folder that goes away with the object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

/// Result of a program run to its end.
struct RunResult {
    int status = -1;       ///< exit status, or 128 + signal
    std::string out, err;
};
/// Runs a program with arguments (no shell), waits for it.
RunResult runProgram(const std::filesystem::path& program, const std::vector<std::string>& arguments);

}  // namespace mnerva::test
