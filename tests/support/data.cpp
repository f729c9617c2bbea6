#include "tests/support/data.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "core/base/file.h"

namespace mnerva::test {
namespace fs = std::filesystem;

namespace {

SkipNotes& notes() {
    static SkipNotes ofRunningTest;
    return ofRunningTest;
}

}  // namespace

void skip(const std::string& reason) {
    if (notes().skips++ == 0) notes().reason = reason;
}

void held() {
    ++notes().helds;
}

SkipNotes takeSkipNotes() {
    return std::exchange(notes(), SkipNotes{});
}

std::optional<fs::path> realData(const std::string& relative) {
    const char* given = std::getenv("MNERVA_DATA");
    const fs::path root = given ? fs::path(given) : fs::path(MNERVA_SOURCE_DIR) / ".." / "shared" / "data";
    const fs::path path = root / relative;
    if (fs::exists(path)) {
        held();
        return path;
    }
    skip("the real data set file " + relative + " is not here (set MNERVA_DATA)");
    return std::nullopt;
}

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "mnerva-test-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    m_path = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

pid_t startProgram(const fs::path& program, const std::vector<std::string>& arguments, const Streams& streams) {
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
    argv.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0) return child;
    const int null = ::open("/dev/null", O_RDWR);
    const int wanted[] = {streams.in, streams.out, streams.err};
    for (int stream = 0; stream < 3; ++stream) ::dup2(wanted[stream] < 0 ? null : wanted[stream], stream);
    if (null > 2) ::close(null);
    ::execv(program.c_str(), argv.data());
    ::_exit(127);
}

int statusOf(int waitState) {
    return WIFEXITED(waitState) ? WEXITSTATUS(waitState) : 128 + WTERMSIG(waitState);
}

RunResult runProgram(const fs::path& program, const std::vector<std::string>& arguments) {
    const TemporaryFolder folder;
    const std::string outPath = (folder / "out").string(), errPath = (folder / "err").string();
    const int out = ::open(outPath.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600),
              err = ::open(errPath.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const pid_t child = startProgram(program, arguments, {-1, out, err});
    ::close(out);
    ::close(err);
    int state = 0;
    ::waitpid(child, &state, 0);
    return {statusOf(state), readFile(outPath), readFile(errPath)};
}

}  // namespace mnerva::test
