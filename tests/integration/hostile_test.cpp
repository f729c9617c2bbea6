#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>

#include "core/base/file.h"
#include "tests/support/data.h"

using namespace mnerva;
namespace fs = std::filesystem;

// Files that were crafted to harm, through the whole program: each must end in a sentence that names the file, soon,
// and with little memory. The readers' own tests say what is wrong with each.

namespace {

const fs::path kProgram = fs::path(MNERVA_BIN_DIR) / "mnerva-cli";

struct Ended {
    int status = -1;  ///< exit status, or 128 + signal
    long memoryKiB = 0;
    double seconds = 0;
    std::string err;
};

Ended cli(const std::vector<std::string>& arguments, const std::string& errors) {
    std::vector<char*> argv{const_cast<char*>(kProgram.c_str())};
    for (const std::string& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
    argv.push_back(nullptr);
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
        const int null = ::open("/dev/null", O_RDWR);
        const int err = ::open(errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(null, 0);
        ::dup2(null, 1);
        ::dup2(err, 2);
        ::execv(kProgram.c_str(), argv.data());
        ::_exit(127);
    }
    int state = 0;
    struct rusage used {};
    ::wait4(child, &state, 0, &used);
    Ended ended;
    ended.status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
    ended.memoryKiB = used.ru_maxrss;
    ended.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    ended.err = readFile(errors);
    return ended;
}

std::string number(std::uint64_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
    return out;
}

std::string text(const std::string& value) {
    return "X" + number(value.size(), 4) + value;
}

/// An input of the fuzzing programs that was found once.
fs::path found(const std::string& target, const std::string& name) {
    return fs::path(MNERVA_SOURCE_DIR) / "tests" / "fuzz" / "found" / target / name;
}

struct Project {
    test::TemporaryFolder folder;
    std::string data = (folder / "data").string(), path = (folder / "project").string();

    Project() {
        REQUIRE(run({"sample", data, "--posts", "12", "--seed", "3"}).status == 0);
        REQUIRE(run({"init", path}).status == 0);
        const Ended imported = run({"import", path, data + "/train.txt", data + "/valid.txt", data + "/test.txt",
                                    "--images", data + "/images"});
        INFO(imported.err);
        REQUIRE(imported.status == 0);
    }
    Ended run(const std::vector<std::string>& arguments) const { return cli(arguments, (folder / "errors").string()); }
    std::string put(const std::string& name, const std::string& content) const {
        fs::create_directories((folder / name).parent_path());
        writeFileAtomic(folder / name, content);
        return (folder / name).string();
    }
    /// What a refusal costs at least: the same command with a file that is simply missing.
    long base() const {
        return run({"train", path, "--system", "mpcfn", "--encoder", "tiny", "--resnet", "nothing.pth", "--preset",
                    "sample", "--run", "base"})
            .memoryKiB;
    }
};

const Project& project() {
    static const Project once;
    return once;
}

void checkRefused(const std::vector<std::string>& arguments, const std::string& file) {
    constexpr long kMoreKiB = 300 << 10;
    constexpr double kSeconds = 10;  // of a whole command on a busy machine; reading is to take less than one
    static const long base = project().base();
    const Ended ended = project().run(arguments);
    INFO(file << ": " << ended.err);
    CHECK(ended.status > 0);
    CHECK(ended.status < 128);
    CHECK(ended.err.find(fs::path(file).filename().string()) != std::string::npos);
    CHECK(ended.err.find("Something went wrong inside") == std::string::npos);
    CHECK(ended.memoryKiB < base + kMoreKiB);
    CHECK(ended.seconds < kSeconds);
}

std::vector<std::string> trainOn(const std::string& encoder, const std::string& resnet) {
    return {"train",    project().path, "--system", "mpcfn",  "--encoder", encoder,
            "--resnet", resnet,         "--preset", "sample", "--run",     "hostile"};
}

const std::string kDeep = std::string(200000, '[') + std::string(200000, ']');

}  // namespace

TEST_CASE("Hostile.WeightsEndInASentenceThatNamesThem") {
    const std::string header = R"({"a":{"dtype":"F32","shape":)" + kDeep + R"(,"data_offsets":[0,0]}})";
    for (const std::string& file :
         {found("torch_zip", "overflow.pth").string(), found("torch_legacy", "two_types.pth").string(),
          found("torch_zip", "bomb.pth").string(), project().put("empty.safetensors", number(2, 8) + "{}"),
          project().put("deep.safetensors", number(header.size(), 8) + header)})
        checkRefused(trainOn("tiny", file), file);
}

TEST_CASE("Hostile.EncodersEndInASentenceThatNamesTheFile") {
    const std::string sizes =
        R"("vocab_size":100,"hidden_size":8,"num_attention_heads":1,"intermediate_size":8,"max_position_embeddings":16,)"
        R"("type_vocab_size":1,"num_hidden_layers":)";
    project().put("deep/vocab.txt", "[PAD]\n");
    project().put("large/vocab.txt", "[PAD]\n");
    for (const std::string& config :
         {project().put("deep/config.json", R"({"model_type":"bert","hidden_size":)" + kDeep + "}"),
          project().put("large/config.json", R"({"model_type":"bert",)" + sizes + "16777216}")})
        checkRefused(trainOn(fs::path(config).parent_path().string(), "random18"), config);
    // A tokenizer is read when the weights are there; unit_text reads the deep one.
    project().put("tokenizer/config.json", R"({"model_type":"roberta",)" + sizes + "1}");
    project().put("tokenizer/tokenizer.json",
                  R"({"model":{"type":"BPE","vocab":{},"merges":[]},"pre_tokenizer":)" + kDeep + "}");
    const std::string folder = (project().folder / "tokenizer").string();
    checkRefused(trainOn(folder, "random18"), folder);
}

TEST_CASE("Hostile.CropDictionariesEndInASentenceThatNamesThem") {
    std::string pickle = "\x80\x02}" + text("1") + "](" + text(std::string(100000, 'x')) + std::string("q\0", 2);
    for (int i = 0; i < 1000000; ++i) pickle += std::string("h\0", 2);
    const std::string crops = project().put("crops.pth", pickle + "es.");
    checkRefused({"import", project().path, project().data + "/train.txt", "--crops", crops, "--images",
                  project().data + "/images"},
                 crops);
}

TEST_CASE("Hostile.RunFoldersEndInASentenceThatNamesTheFile") {
    const fs::path run = fs::path(project().path) / "runs" / "deep";
    fs::create_directories(run);
    writeFileAtomic(run / "run.json", R"({"options":)" + kDeep + "}");
    writeFileAtomic(run / "config.json", R"({"options":)" + kDeep + "}");
    writeFileAtomic(run / "labels.json", R"({"tags":["O"]})");
    checkRefused({"predict", project().path, "--run", "deep"}, "deep");
    checkRefused({"train", project().path, "--run", "deep", "--resume"}, "run.json");
}
