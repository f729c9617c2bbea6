#include "tests/fuzz/target.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace mnerva::fuzz {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLongestSentence = 3000;  // a path may be long, an argument may not

[[noreturn]] void broken(const std::string& what) {
    std::fprintf(stderr, "broken promise: %s\n", what.c_str());
    std::abort();
}

/// In memory where the system has such a folder; gone with the program.
class Scratch {
public:
    Scratch() {
        std::error_code missing;
        const fs::path root = fs::is_directory("/dev/shm", missing) ? "/dev/shm" : fs::temp_directory_path();
        m_path = root / ("mnerva-fuzz-" + std::to_string(::getpid()));
        fs::create_directories(m_path);
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

}  // namespace

std::vector<Target>& targets() {
    static std::vector<Target> all;
    return all;
}

void read(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        const std::string sentence = error.what();
        if (error.code() == ErrorCode::Internal) broken("an internal error for bad input: " + sentence);
        if (sentence.empty() || sentence.size() > kLongestSentence)
            broken("a sentence of " + std::to_string(sentence.size()) + " bytes");
        if (!error.args().empty() && sentence.find(error.args().front()) == std::string::npos)
            broken("a sentence without " + error.args().front());
    }
}

fs::path fileWith(std::string_view content, const std::string& name) {
    static const Scratch scratch;
    const fs::path path = scratch.path() / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(content.data(), static_cast<std::streamsize>(content.size()));
    return path;
}

std::vector<std::string_view> parts(std::string_view input, std::size_t count) {
    static constexpr std::string_view kBetween = "\n====\n";
    std::vector<std::string_view> out;
    while (out.size() + 1 < count) {
        const std::size_t end = std::min(input.find(kBetween), input.size());
        out.push_back(input.substr(0, end));
        input.remove_prefix(std::min(input.size(), end + kBetween.size()));
    }
    out.push_back(input);
    return out;
}

}  // namespace mnerva::fuzz
