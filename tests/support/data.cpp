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

RunResult runProgram(const fs::path& program, const std::vector<std::string>& arguments) {
    const TemporaryFolder folder;
    const std::string outPath = (folder / "out").string(), errPath = (folder / "err").string();
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
    argv.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        const int out = ::open(outPath.c_str(), O_WRONLY | O_CREAT, 0600),
                  err = ::open(errPath.c_str(), O_WRONLY | O_CREAT, 0600);
        const int in = ::open("/dev/null", O_RDONLY);
        ::dup2(in, 0);
        ::dup2(out, 1);
        ::dup2(err, 2);
        ::execv(program.c_str(), argv.data());
        ::_exit(127);
    }
    int state = 0;
    ::waitpid(child, &state, 0);
    RunResult result;
    result.status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
    result.out = readFile(outPath);
    result.err = readFile(errPath);
    return result;
}

}  // namespace mnerva::test
