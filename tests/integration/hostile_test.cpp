#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>

#include "core/base/file.h"
#include "tests/integration/cli.h"

using namespace mnerva;
using namespace mnerva::test;
namespace fs = std::filesystem;

// Files that were crafted to harm, through the whole program: each must end in a sentence that names the file, soon,
// and with little memory. The readers' own tests say what is wrong with each.

namespace {

struct Ended {
    int status = -1;  ///< exit status, or 128 + signal
    long memoryKiB = 0;
    double seconds = 0;
    std::string err;
};

Ended measured(const std::vector<std::string>& arguments, const std::string& errors) {
    const auto begin = std::chrono::steady_clock::now();
    const int err = ::open(errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const pid_t child = startProgram(kProgram, arguments, {-1, -1, err});
    ::close(err);
    int state = 0;
    struct rusage used {};
    ::wait4(child, &state, 0, &used);
    Ended ended;
    ended.status = statusOf(state);
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

struct Target : SampleProject {
    Target() : SampleProject(12, 3, /*crops=*/false) {}
    Ended run(const std::vector<std::string>& arguments) const {
        return measured(arguments, (folder / "errors").string());
    }
    std::string put(const std::string& name, const std::string& content) const {
        fs::create_directories((folder / name).parent_path());
        writeFileAtomic(folder / name, content);
        return (folder / name).string();
    }
    /// What a refusal costs at least: the same command with a file that is simply missing.
    long base() const {
        return run({"train", project, "--system", "mpcfn", "--encoder", "tiny", "--resnet", "nothing.pth", "--preset",
                    "sample", "--run", "base"})
            .memoryKiB;
    }
};

const Target& target() {
    static const Target once;
    return once;
}

void checkRefused(const std::vector<std::string>& arguments, const std::string& file) {
    constexpr long kMoreKiB = 300 << 10;
    constexpr double kSeconds = 10;  // of a whole command on a busy machine; reading is to take less than one
    static const long base = target().base();
    const Ended ended = target().run(arguments);
    INFO(file << ": " << ended.err);
    CHECK(ended.status > 0);
    CHECK(ended.status < 128);
    CHECK(ended.err.find(fs::path(file).filename().string()) != std::string::npos);
    CHECK(ended.err.find("Something went wrong inside") == std::string::npos);
    CHECK(ended.memoryKiB < base + kMoreKiB);
    CHECK(ended.seconds < kSeconds);
}

std::vector<std::string> trainOn(const std::string& encoder, const std::string& resnet) {
    return {"train",    target().project, "--system", "mpcfn",  "--encoder", encoder,
            "--resnet", resnet,           "--preset", "sample", "--run",     "hostile"};
}

const std::string kDeep = std::string(200000, '[') + std::string(200000, ']');

}  // namespace

TEST_CASE("Hostile.WeightsEndInASentenceThatNamesThem") {
    const std::string header = R"({"a":{"dtype":"F32","shape":)" + kDeep + R"(,"data_offsets":[0,0]}})";
    for (const std::string& file :
         {found("torch_zip", "overflow.pth").string(), found("torch_legacy", "two_types.pth").string(),
          found("torch_zip", "bomb.pth").string(), target().put("empty.safetensors", number(2, 8) + "{}"),
          target().put("deep.safetensors", number(header.size(), 8) + header)})
        checkRefused(trainOn("tiny", file), file);
}

TEST_CASE("Hostile.EncodersEndInASentenceThatNamesTheFile") {
    const std::string sizes =
        R"("vocab_size":100,"hidden_size":8,"num_attention_heads":1,"intermediate_size":8,"max_position_embeddings":16,)"
        R"("type_vocab_size":1,"num_hidden_layers":)";
    target().put("deep/vocab.txt", "[PAD]\n");
    target().put("large/vocab.txt", "[PAD]\n");
    for (const std::string& config :
         {target().put("deep/config.json", R"({"model_type":"bert","hidden_size":)" + kDeep + "}"),
          target().put("large/config.json", R"({"model_type":"bert",)" + sizes + "16777216}")})
        checkRefused(trainOn(fs::path(config).parent_path().string(), "random18"), config);
    // A tokenizer is read when the weights are there; unit_text reads the deep one.
    target().put("tokenizer/config.json", R"({"model_type":"roberta",)" + sizes + "1}");
    target().put("tokenizer/tokenizer.json",
                 R"({"model":{"type":"BPE","vocab":{},"merges":[]},"pre_tokenizer":)" + kDeep + "}");
    const std::string folder = (target().folder / "tokenizer").string();
    checkRefused(trainOn(folder, "random18"), folder);
}

TEST_CASE("Hostile.CropDictionariesEndInASentenceThatNamesThem") {
    std::string pickle = "\x80\x02}" + text("1") + "](" + text(std::string(100000, 'x')) + std::string("q\0", 2);
    for (int i = 0; i < 1000000; ++i) pickle += std::string("h\0", 2);
    const std::string crops = target().put("crops.pth", pickle + "es.");
    checkRefused({"import", target().project, target().data + "/train.txt", "--crops", crops, "--images",
                  target().data + "/images"},
                 crops);
}

TEST_CASE("Hostile.RunFoldersEndInASentenceThatNamesTheFile") {
    const fs::path run = fs::path(target().project) / "runs" / "deep";
    fs::create_directories(run);
    writeFileAtomic(run / "run.json", R"({"options":)" + kDeep + "}");
    writeFileAtomic(run / "config.json", R"({"options":)" + kDeep + "}");
    writeFileAtomic(run / "labels.json", R"({"tags":["O"]})");
    checkRefused({"predict", target().project, "--run", "deep"}, "deep");
    checkRefused({"train", target().project, "--run", "deep", "--resume"}, "run.json");
}
