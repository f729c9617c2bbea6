#include "tests/support/fault_room.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <random>
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

FaultTally underFaults(const FaultRoom& room, const fs::path& before, const fs::path& program,
                       const std::vector<std::string>& arguments, std::uint64_t few,
                       const std::function<void(const FaultResult&)>& verify) {
    room.reset(before);
    const FaultResult whole = room.run(program, arguments, Fault{});
    INFO(whole.err);
    REQUIRE(whole.status == 0);
    REQUIRE(whole.calls > 0);
    const auto outside = contentsOf(room.outside());
    FaultTally tally;
    tally.calls = whole.calls;
    for (const char* error : {"ENOSPC", "EIO", "EINTR"}) {
        Fault fault;
        fault.error = error;
        fault.lasts = fault.error == "ENOSPC";
        for (const std::uint64_t at : chosen(whole.calls, few)) {
            fault.at = at;
            room.reset(before);
            const FaultResult result = room.run(program, arguments, fault);
            CAPTURE(fault.text(), arguments.front(), result.status, result.out, result.err);
            if (result.failed == 0) continue;  // an interrupted call that does not count left fewer than `at`
            ++tally.faults;
            CHECK(result.status < 2);  // no signal, no other way out
            if (fault.error == "EINTR") CHECK(result.status == 0);
            ++(result.status == 0 ? tally.survived : tally.refused);
            verify(result);
            CHECK(contentsOf(room.outside()) == outside);
        }
    }
    std::cout << "faults: " << program.filename().string() << ' ' << arguments.front() << ": " << tally.faults
              << " faults of " << tally.calls << " calls, " << tally.refused << " refused with a sentence, "
              << tally.survived << " survived\n";
    return tally;
}

int killsOf(int few, int share) {
    const char* wanted = std::getenv("MNERVA_KILLS");
    return wanted && *wanted ? std::max(1, std::atoi(wanted) / share) : few;
}

void underKills(const FaultRoom& room, const fs::path& before, const fs::path& program,
                const std::vector<std::string>& arguments, int kills, double start,
                const std::function<void(const std::string&)>& verify) {
    static std::mt19937 random(20);
    room.reset(before);
    const auto begin = std::chrono::steady_clock::now();
    const RunResult undisturbed = runProgram(program, arguments);
    const double whole = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    INFO(undisturbed.err);
    REQUIRE(undisturbed.status == 0);
    const auto outside = contentsOf(room.outside());
    std::uniform_int_distribution<int> moment(static_cast<int>(start * whole), static_cast<int>(whole));
    int alive = 0;
    for (int i = 0; i < kills; ++i) {
        room.reset(before);
        const int after = moment(random);
        std::string output;
        alive += runAndKill(program, arguments, after, &output);
        CAPTURE(arguments.front(), after);
        verify(output);
        CHECK(contentsOf(room.outside()) == outside);
    }
    std::cout << "kills: " << program.filename().string() << ' ' << arguments.front() << ": " << kills << ", " << alive
              << " of them before the end, " << static_cast<int>(whole) << " ms whole\n";
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
