#include "tests/support/fault_room.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <set>
#include <thread>

#include "core/base/file.h"

namespace mnerva::test {
namespace fs = std::filesystem;

namespace {

const fs::path kBin = MNERVA_BIN_DIR;

}  // namespace

std::string Fault::text() const {
    return error + (lasts ? " from call " : " at call ") + std::to_string(at) + (calls.empty() ? "" : " of " + calls);
}

FaultRoom::FaultRoom() {
    fs::create_directories(inside());
    fs::create_directories(outside());
    writeFileAtomic(outside() / "precious", "not ours");
}

FaultResult FaultRoom::run(const fs::path& program, const std::vector<std::string>& arguments,
                           const Fault& fault) const {
    const fs::path counts = m_folder / "counts";
    writeFileAtomic(counts, std::string(16, '\0'));
    std::vector<std::string> words{"LD_PRELOAD=" + (kBin / "libmnerva-fault.so").string(),
                                   "ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0",
                                   "MNERVA_FAULT_UNDER=" + inside().string(),
                                   "MNERVA_FAULT_CALLS=" + fault.calls,
                                   "MNERVA_FAULT_AT=" + std::to_string(fault.at),
                                   "MNERVA_FAULT_ERROR=" + fault.error,
                                   std::string("MNERVA_FAULT_LASTS=") + (fault.lasts ? "1" : "0"),
                                   "MNERVA_FAULT_COUNTS=" + counts.string(),
                                   program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    FaultResult result;
    static_cast<RunResult&>(result) = runProgram("/usr/bin/env", words);
    const std::string numbers = readFile(counts);
    std::memcpy(&result.calls, numbers.data(), 8);
    std::memcpy(&result.failed, numbers.data() + 8, 8);
    return result;
}

void FaultRoom::reset(const fs::path& from) const {
    fs::remove_all(inside());
    fs::copy(from, inside(), fs::copy_options::recursive);
}

std::map<std::string, std::string> contentsOf(const fs::path& folder) {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) all[entry.path().lexically_relative(folder).string()] = sha256OfFile(entry.path());
    return all;
}

std::vector<std::uint64_t> chosen(std::uint64_t all, std::uint64_t few) {
    const char* wanted = std::getenv("MNERVA_FAULTS");
    if (wanted && std::string(wanted) == "all")
        few = all;
    else if (wanted && *wanted)
        few = std::strtoull(wanted, nullptr, 10);
    few = std::min(std::max<std::uint64_t>(few, 1), all);
    std::set<std::uint64_t> numbers;
    for (std::uint64_t i = 0; i < few; ++i) numbers.insert(1 + (few == 1 ? 0 : i * (all - 1) / (few - 1)));
    return {numbers.begin(), numbers.end()};
}

bool runAndKill(const fs::path& program, const std::vector<std::string>& arguments, int afterMs, std::string* output) {
    const TemporaryFolder folder;
    const std::string outPath = (folder / "out").string();
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
    argv.push_back(nullptr);
    writeFileAtomic(outPath, "");  // a kill may come before the program has its output
    const pid_t child = ::fork();
    if (child == 0) {
        const int out = ::open(outPath.c_str(), O_WRONLY | O_CREAT, 0600), null = ::open("/dev/null", O_RDWR);
        ::dup2(null, 0);
        ::dup2(out, 1);
        ::dup2(null, 2);
        ::execv(program.c_str(), argv.data());
        ::_exit(127);
    }
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(afterMs);
    int state = 0;
    bool ended = false;
    while (!ended && std::chrono::steady_clock::now() < end) {
        ended = ::waitpid(child, &state, WNOHANG) == child;
        if (!ended) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (!ended) {
        ::kill(child, SIGKILL);
        ::waitpid(child, &state, 0);
    }
    if (output) *output = readFile(outPath);
    return WIFSIGNALED(state) && WTERMSIG(state) == SIGKILL;
}

fs::path workProgram() {
    return kBin / "mnerva-test-work";
}

fs::path cliProgram() {
    return kBin / "mnerva-cli";
}

RunResult work(const std::vector<std::string>& arguments) {
    return runProgram(workProgram(), arguments);
}

}  // namespace mnerva::test
