#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mnerva::test {

/// Says that the running test cannot hold what it is for on this machine. A test that skips and finds nothing else of
/// what it looks for (held()) is reported as skipped, not as passed: `SKIPPED: test: reason`, which
/// packaging/count_tests.awk counts.
void skip(const std::string& reason);
/// Says that something was there that the running test can hold against what is wanted.
void held();

/// What the running test said of these two.
struct SkipNotes {
    std::string reason;  ///< the first; empty: nothing was skipped
    int skips = 0, helds = 0;
    bool isSkipped() const { return skips > 0 && helds == 0; }
};
/// Gives them and forgets them; for the runner.
SkipNotes takeSkipNotes();

/// A file or folder of the real data sets, or nothing, and then skip(): the tweets are not ours to ship. Looked for
/// under the environment variable MNERVA_DATA, else in ../shared/data beside the checkout.
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

/// Where a program's input, output and errors go; -1: /dev/null. Borrowed: whoever opened them closes them.
struct Streams {
    int in = -1, out = -1, err = -1;
};
/// Starts a program with arguments (no shell). Files that it must not inherit need O_CLOEXEC.
pid_t startProgram(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                   const Streams& streams = {});
/// What wait() said of a child: its exit status, or 128 + signal.
int statusOf(int waitState);

/// Result of a program run to its end.
struct RunResult {
    int status = -1;  ///< exit status, or 128 + signal
    std::string out, err;
};
/// Runs a program with arguments (no shell), waits for it.
RunResult runProgram(const std::filesystem::path& program, const std::vector<std::string>& arguments);

}  // namespace mnerva::test
