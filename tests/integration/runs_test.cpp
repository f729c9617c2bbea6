#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/base/json.h"
#include "tests/integration/cli.h"

// Runs from outside: who may train, what ends them, what commands say of them.

using namespace mnerva;
using namespace mnerva::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

std::string codeOf(std::vector<std::string> arguments) {
    return jsonOf(std::move(arguments), 1).at("error").at("code");
}

/// A program whose input is a pipe of ours and whose output is read line by line.
class Driven {
public:
    explicit Driven(const std::vector<std::string>& arguments) {
        int in[2], out[2];
        REQUIRE(::pipe2(in, O_CLOEXEC) == 0);
        REQUIRE(::pipe2(out, O_CLOEXEC) == 0);
        ::signal(SIGPIPE, SIG_IGN);
        m_child = startProgram(kProgram, arguments, {in[0], out[1], -1});
        ::close(in[0]);
        ::close(out[1]);
        m_in = in[1];
        m_out = ::fdopen(out[0], "r");
    }
    ~Driven() {
        closeInput();
        if (m_child > 0) {
            ::kill(m_child, SIGKILL);
            ::waitpid(m_child, nullptr, 0);
        }
        ::fclose(m_out);
        ::free(m_line);
    }
    Driven(const Driven&) = delete;
    Driven& operator=(const Driven&) = delete;

    void say(const std::string& word) { REQUIRE(::write(m_in, word.data(), word.size()) > 0); }
    void closeInput() {
        if (m_in >= 0) ::close(m_in);
        m_in = -1;
    }
    void signal(int number) { ::kill(m_child, number); }
    pid_t process() const { return m_child; }
    /// Until the program (no copy of this one before its exec) has a handler for the signal: before, in its libraries'
    /// start, the system ends it.
    void waitUntilItCatches(int number) const {
        const fs::path process = "/proc/" + std::to_string(m_child);
        for (int i = 0; i < 2000; ++i) {
            std::error_code failed;
            const fs::path program = fs::read_symlink(process / "exe", failed).filename();
            const bool started = program == kProgram.filename() || program == "mnerva-engine";
            const std::string text = started ? readFile(process / "status") : std::string();
            const std::size_t at = text.find("SigCgt:");
            if (at != std::string::npos && std::stoull(text.substr(at + 7, 17), nullptr, 16) >> (number - 1) & 1)
                return;
            ::usleep(5'000);
        }
        FAIL("the signal is never caught");
    }
    /// The next event of this kind (and epoch); null when the output ends before.
    json waitFor(const std::string& kind, int epoch = 0) {
        while (::getline(&m_line, &m_room, m_out) > 0) {
            json event = json::parse(m_line, nullptr, false);
            if (event.is_object() && event.value("event", "") == kind &&
                (epoch == 0 || event.value("epoch", 0) == epoch))
                return event;
        }
        return {};
    }
    /// Exit status, or 128 + signal.
    int wait() {
        while (::getline(&m_line, &m_room, m_out) > 0) continue;
        int state = 0;
        ::waitpid(m_child, &state, 0);
        m_child = -1;
        return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
    }

private:
    pid_t m_child = -1;
    int m_in = -1;
    FILE* m_out = nullptr;
    char* m_line = nullptr;
    std::size_t m_room = 0;
};

/// A project of text alone with ids, long posts and three splits; made once.
struct TextProject {
    TemporaryFolder folder;
    std::string project = (folder / "project").string();

    TextProject() {
        REQUIRE(cli({"init", project}).status == 0);
        for (const auto& [split, count] : {std::pair{"train", 24}, std::pair{"valid", 6}, std::pair{"test", 5}})
            write(split, postsOf(split, count));
        import({"train.txt", "valid.txt", "test.txt"});
    }
    static std::string postsOf(const std::string& prefix, int count) {
        std::string text;
        for (int i = 0; i < count; ++i)
            text += "IMGID:" + prefix + std::to_string(i) +
                    "\nsee\tO\nParis\tB-LOC\nwith\tO\nAnna\tB-PER\nLee\tI-PER\n" + (i % 2 ? "today\tO\n" : "") + "\n";
        return text;
    }
    void write(const std::string& name, const std::string& text) const {
        writeFileAtomic(folder / (name + ".txt"), text);
    }
    void import(const std::vector<std::string>& files) const {
        std::vector<std::string> arguments{"import", project};
        for (const std::string& file : files) arguments.push_back((folder / file).string());
        REQUIRE(cli(arguments).status == 0);
    }
    std::vector<std::string> train(const std::string& run, const std::string& epochs,
                                   std::vector<std::string> more = {}) const {
        more.insert(more.end(), {"--overrule", "all", "--set", "text_only=true"});
        return tinyTraining(project, run, epochs, more);
    }
    fs::path run(const std::string& name) const { return fs::path(project) / "runs" / name; }
};

const TextProject& shared() {
    static const TextProject once;
    return once;
}

/// A finished run of one epoch, made once.
const std::string& finished() {
    static const std::string name = [] {
        const auto result = cli(shared().train("done", "1"));
        INFO(result.err);
        REQUIRE(result.status == 0);
        return std::string("done");
    }();
    return name;
}

bool isPlainTerminalText(const std::string& text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) return false;
        if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return false;  // C1
        if (text.compare(i, 3, "\u202E") == 0) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("Runs.TheEndOfTheInputStopsADrivenRunAndKeepsItsCheckpoint") {
    const TextProject& p = shared();
    for (const bool paused : {true, false}) {
        const std::string run = paused ? "left-paused" : "left-running";
        Driven driven(p.train(run, "10000", {"--until-input-ends"}));
        REQUIRE_FALSE(driven.waitFor("checkpoint", 1).is_null());
        if (paused) {
            driven.say("pause\n");
            REQUIRE_FALSE(driven.waitFor("paused").is_null());
            CHECK_FALSE(driven.waitFor("alive").is_null());  // a pause is no death
        }
        driven.closeInput();
        CHECK(driven.wait() == 130);
        CHECK(fs::exists(p.run(run) / "state.safetensors"));
        CHECK(readJson(p.run(run) / "run.json").at("outcome") == "cancelled");
    }
}

TEST_CASE("Runs.WithoutADriverTheEndOfTheInputSaysNothing") {
    Driven closed(shared().train("alone", "3"));
    closed.closeInput();
    CHECK(closed.wait() == 0);
    CHECK(cli(shared().train("null", "2")).status == 0);  // its input is /dev/null
}

TEST_CASE("Runs.TwoTrainersNeverShareAFolder") {
    const TextProject& p = shared();
    Driven first(p.train("shared", "10000"));
    REQUIRE_FALSE(first.waitFor("checkpoint", 1).is_null());
    const auto second = cli({"train", p.project, "--run", "shared", "--resume"});
    CHECK(second.status == 1);
    CHECK(second.err.find("shared is being trained by another process (" + std::to_string(first.process())) !=
          std::string::npos);
    CHECK(codeOf(p.train("shared", "1")) == "run-busy");
    first.signal(SIGKILL);
    first.wait();
    Driven third({"train", p.project, "--run", "shared", "--resume", "--events"});
    CHECK_FALSE(third.waitFor("checkpoint").is_null());  // the lock went with its process
}

// Which names these are is a unit test; here each command is asked one of them, as a start of the engine costs.
TEST_CASE("Runs.NamesThatCannotBeRunsAreRefusedByEveryCommand") {
    const TextProject& p = shared();
    const std::string outside = (p.folder / "x").string(), model = p.run(finished()).string();
    for (const auto& [name, command] : std::vector<std::pair<std::string, std::vector<std::string>>>{
             {"../../x", {"train", p.project, "--encoder", "tiny", "--resnet", "random18"}},
             {"a\x1b[2Jb", {"train", p.project, "--resume"}},
             {"..", {"predict", p.project}},
             {"Corrected", {"predict", p.project, "--model", model}},
             {"a/b", {"explain", p.project, "--index", "0", "--out", outside}}}) {
        INFO(command.front() << " " << name);
        std::vector<std::string> asked = command;
        asked.push_back("--run=" + name);
        CHECK(codeOf(asked) == "run-name-invalid");
    }
    for (const std::string& name : {std::string(), std::string(65, 'x')})
        CHECK(codeOf(p.train(name, "1")) == "run-name-invalid");
    CHECK_FALSE(fs::exists(outside));
    CHECK_FALSE(fs::exists(p.folder / "runs"));
}

TEST_CASE("Runs.AFailedStartDoesNotTakeTheName") {
    const TextProject& p = shared();
    auto wrong = p.train("second-try", "1");
    wrong[5] = p.folder.path().string();  // no encoder
    CHECK(cli(wrong).status == 1);
    CHECK_FALSE(fs::exists(p.run("second-try")));
    CHECK(cli(p.train("second-try", "1")).status == 0);
}

TEST_CASE("Runs.AnUnpredictedRunIsToldFromAnUnknownLayerByEveryCommandThatReadsLayers") {
    const TextProject& p = shared();
    REQUIRE(cli(p.train("unpredicted", "1")).status == 0);
    const std::string out = (p.folder / "out.txt").string();
    for (const std::vector<std::string>& command :
         std::vector<std::vector<std::string>>{{"evaluate", p.project, "--layer", "unpredicted"},
                                               {"stats", p.project, "--layer", "unpredicted"},
                                               {"export", p.project, out, "--layer", "unpredicted"}}) {
        CHECK(codeOf(command) == "layer-not-stored");
        CHECK(cli(command).err.find("predict PROJECT --run unpredicted") != std::string::npos);
    }
    CHECK(codeOf({"evaluate", p.project, "--layer", "never"}) == "layer-unknown");
}

TEST_CASE("Runs.EvaluateSaysHowManyPostsItLeftOutAndWhy") {
    const TextProject& p = shared();
    REQUIRE(cli({"predict", p.project, "--run", finished(), "--split", "test"}).status == 0);
    const json part = jsonOf({"evaluate", p.project, "--layer", finished()});
    CHECK(part.at("posts") == 5);
    CHECK(part.at("leftOut") == 30);
    CHECK(part.at("findingCounts").at("not-in-layer") == 30);
    const std::string text = cli({"evaluate", p.project, "--layer", finished()}).out;
    CHECK(text.find("5 of 35 posts scored") != std::string::npos);
    CHECK(text.find("predict without --split") != std::string::npos);
    const json whole = jsonOf({"evaluate", p.project, "--layer", finished(), "--split", "test"});
    CHECK(whole.at("leftOut") == 0);
}

TEST_CASE("Runs.StatsAndTheRunsRecordGiveOneFingerprint") {
    const TextProject& p = shared();
    const json stats = jsonOf({"stats", p.project}).at("splits"),
               data = readJson(p.run(finished()) / "run.json").at("data");
    for (const char* split : {"train", "valid", "test"})
        CHECK(data.at(split).at("fingerprint") == stats.at(split).at("fingerprint"));
    CHECK(data.at("train").at("fingerprint") == sha256(TextProject::postsOf("train", 24)));
}

TEST_CASE("Runs.AReportIsOnePageAndReplacesNothingUnasked") {
    const SampleProject sample(12, 3);
    const fs::path page = sample.folder / "report.html";
    const std::vector<std::string> report{"report", sample.project, "--run", "bare", "--out", page.string()};
    CHECK(codeOf(report) == "run-missing");
    fs::create_directories(sample.run("bare"));
    writeFileAtomic(sample.run("bare") / "run.json",
                    R"({"run":"bare","system":"mpcfn","preset":"sample","options":{"epochs":77},"seed":5})");
    CHECK(jsonOf(report).at("run") == "bare");
    const std::string html = readFile(page);
    CHECK(html.find("<tr class=\"bold\"><td><bdi>epochs</bdi></td><td><bdi>77</bdi></td>") != std::string::npos);
    CHECK(html.find("holds no predictions of this run") != std::string::npos);
    CHECK(codeOf(report) == "file-exists");
    std::vector<std::string> again = report;
    again.push_back("--force");
    CHECK(jsonOf(again).at("bytes") == html.size());
    again[5] = (sample.run("bare") / "run.json").string();
    CHECK(codeOf(again) == "file-protected");
}

TEST_CASE("Runs.ARunOfAnotherProjectPredictsByItsFolder") {
    const TextProject& p = shared();
    const std::string other = (p.folder / "other").string();
    REQUIRE(cli({"init", other, "--labels", "PER,LOC"}).status == 0);
    p.write("few", TextProject::postsOf("few", 3));
    REQUIRE(cli({"import", other, (p.folder / "few.txt").string(), "--split", "test"}).status == 0);
    const std::string model = p.run(finished()).string() + "/";
    CHECK(jsonOf({"predict", other, "--model", model}).at("run") == finished());
    CHECK(jsonOf({"predict", other, "--model", model, "--run", "theirs"}).at("posts") == 3);
    CHECK(jsonOf({"evaluate", other, "--layer", "theirs"}).at("posts") == 3);
    CHECK_FALSE(fs::exists(fs::path(other) / "runs"));
    CHECK(codeOf({"predict", other, "--model", other}) == "format-invalid");
    CHECK(codeOf({"predict", other}) == "option-invalid");
    // The name of the project's own run is not given to another one's predictions.
    REQUIRE(cli(p.train("taken", "1")).status == 0);
    CHECK(codeOf({"predict", p.project, "--model", model, "--run", "taken"}) == "run-exists");
    CHECK(jsonOf({"predict", p.project, "--model", model}).at("run") == finished());
}

TEST_CASE("Runs.PredictTellsOfWordsThatTheEncoderCannotHold") {
    const TextProject& p = shared();
    const std::string other = (p.folder / "long").string();
    std::string post = "IMGID:endless\n";
    for (int i = 0; i < 400; ++i) post += "word" + std::to_string(i) + "\tO\n";
    p.write("long", post + "\n");
    REQUIRE(cli({"init", other, "--labels", "PER,LOC"}).status == 0);
    REQUIRE(cli({"import", other, (p.folder / "long.txt").string(), "--split", "test"}).status == 0);
    const auto said = cli({"predict", other, "--model", p.run(finished()).string()});
    REQUIRE(said.status == 0);
    CHECK(said.err.find("[words-cut]") != std::string::npos);
    CHECK(said.err.find("endless") != std::string::npos);
    CHECK(said.err.find("of 400 words") != std::string::npos);
    const json body = jsonOf({"predict", other, "--model", p.run(finished()).string()});
    CHECK(body.at("findings").at("words-cut") == 1);
    CHECK(body.at("cutWords").get<int>() > 200);
}

TEST_CASE("Runs.PredictionFilesCallPostsByTheirId") {
    const TextProject& p = shared();
    const std::string output = (p.folder / "p.jsonl").string(), details = (p.folder / "d.jsonl").string();
    REQUIRE(
        cli({"predict", p.project, "--run", finished(), "--split", "test", "--output", output, "--details", details})
            .status == 0);
    for (const fs::path& file : {fs::path(output), fs::path(details), p.run(finished()) / "predictions-test.jsonl"}) {
        INFO(file);
        const std::string text = readFile(file);
        CHECK(json::parse(text.substr(0, text.find('\n'))).at("id") == "test0");
    }
}

TEST_CASE("Runs.TheWindowsPredictionFileIsNotWrittenThroughALink") {
    const TextProject& p = shared();
    REQUIRE(cli(p.train("linked", "1")).status == 0);
    const fs::path home = p.folder / "home";
    fs::create_directories(home);
    fs::rename(p.run("linked"), p.folder / "moved");
    fs::create_directory_symlink(p.folder / "moved", p.run("linked"));
    const std::string file = (p.run("linked") / "predictions-project.jsonl").string();
    CHECK(codeOf({"predict", p.project, "--run", "linked", "--output", file}) == "unsafe-target");
    CHECK_FALSE(fs::exists(p.folder / "moved" / "predictions-project.jsonl"));
    CHECK(codeOf({"train", p.project, "--run", "linked", "--resume"}) == "unsafe-target");
}

TEST_CASE("Score.AFileOfAnotherFormatIsRefusedAndTheRightOneIsRecognised") {
    const TemporaryFolder folder;
    std::string pre, mtmner;
    for (int i = 0; i < 6; ++i) {
        const std::string lines = "Anna sees Paris\nB-PER O O\nB-PER O B-LOC\n\n";
        pre += lines;
        mtmner += std::to_string(i) + ".jpg\n" + lines;
    }
    writeFileAtomic(folder / "pre.txt", pre);
    writeFileAtomic(folder / "mtmner.txt", mtmner);
    writeFileAtomic(folder / "mner.txt", TextProject::postsOf("a", 5));
    writeFileAtomic(folder / "empty.txt", "");
    const auto path = [&](const char* name) { return (folder / name).string(); };
    for (const char* name : {"pre", "mtmner"}) {
        const std::string file = path((std::string(name) + ".txt").c_str()), other = name[0] == 'p' ? "mtmner" : "pre";
        CHECK(jsonOf({"score", file}).at("micro").at("r") == 0.5);
        CHECK(jsonOf({"score", file, "--format", name}).at("posts") == 6);
        const json error = jsonOf({"score", file, "--format", other}, 1).at("error");
        CHECK(error.at("code") == "format-invalid");
        CHECK(error.at("args").at(1).get<std::string>().find(name) != std::string::npos);
    }
    for (const char* name : {"mner.txt", "empty.txt"}) {
        CHECK(codeOf({"score", path(name)}) == "format-invalid");
        CHECK(codeOf({"score", path(name), "--format", "pre"}) == "format-invalid");
        CHECK(codeOf({"score", path(name), "--format", "mtmner"}) == "format-invalid");
    }
}

TEST_CASE("Cli.NothingFromAFileMovesTheCursorOfATerminal") {
    const TextProject& p = shared();
    const std::string other = (p.folder / "bad\x1b[31m").string(), file = (p.folder / "bad.txt").string();
    const std::string evil = "e\x1b]0;owned\x07\u009b2J\u202Egpj\x7f";
    writeFileAtomic(file, "IMGID:" + evil + "\n" + evil + "\tB-" + "PER\nx\tI-" + evil + "\nno tab " + evil +
                              "\n\nIMGID:" + evil + "\nw\tO\n\n");
    const std::vector<std::vector<std::string>> commands{
        {"init", other},
        {"import", other, file, "--split", "test"},
        {"stats", other},
        {"check", other},
        {"evaluate", other, "--layer", "corrected"},
        {"evaluate", other, "--layer", evil},
        {"predict", other, "--model", p.run(finished()).string(), "--run", "r"},
        {"export", other, (p.folder / "out\x1b[5m.txt").string(), "--preview"},
        {"explain", other, "--model", p.run(finished()).string(), "--index", "0", "--out", file + ".png"},
        {"score", file},
        {"train", other, "--encoder", evil, "--run", "r2", "--overrule", "all", "--resnet", "random18"}};
    for (std::vector<std::string> command : commands) {
        INFO(command[0]);
        const auto result = cli(command);
        CHECK(isPlainTerminalText(result.out));
        CHECK(isPlainTerminalText(result.err));
        if (command[0] == "init" || command[0] == "import" || command[0] == "train") continue;
        command.push_back("--json");
        const auto asJson = cli(command);
        CHECK(isPlainTerminalText(asJson.out));
        CHECK(isPlainTerminalText(asJson.err));
        CHECK_FALSE(json::parse(asJson.out, nullptr, false).is_discarded());
    }
}

TEST_CASE("Cli.TheFirstSignalEndsEveryCommand") {
    const TemporaryFolder folder;
    const std::string project = (folder / "p").string(), file = (folder / "train.txt").string(),
                      predictions = (folder / "pre.txt").string();
    std::string posts, blocks;
    constexpr int kPosts = 30'000;
    for (int i = 0; i < kPosts; ++i) {
        posts += "IMGID:" + std::to_string(i) + "\n";
        for (int w = 0; w < 12; ++w) posts += "word" + std::to_string(i + w) + (w == 3 ? "\tB-PER\n" : "\tO\n");
        posts += "\n";
    }
    for (int i = 0; i < 8 * kPosts; ++i) blocks += "Anna sees Paris\nB-PER O O\nB-PER O B-LOC\n\n";
    writeFileAtomic(file, posts);
    writeFileAtomic(predictions, blocks);
    REQUIRE(cli({"init", project}).status == 0);
    REQUIRE(cli({"import", project, file}).status == 0);
    const std::string model = shared().run(finished()).string();
    const std::vector<std::vector<std::string>> commands{
        {"import", project, file, "--again"},
        {"stats", project},
        {"evaluate", project, "--layer", "corrected"},
        {"check", project},
        {"export", project, (folder / "out.txt").string()},
        {"predict", project, "--model", model, "--run", "r", "--output", (folder / "o.jsonl").string()},
        {"score", predictions},
        {"explain", project, "--model", model, "--index", "0", "--out", (folder / "o.png").string()},
        {"train", project, "--encoder", "tiny", "--resnet", "random18", "--set", "text_only=true", "--overrule", "all",
         "--run", "t", "--until-input-ends"},
        {"doctor"},
        {"sample", (folder / "sample").string(), "--posts", "100000"},
        {"serve"}};
    int stopped = 0;
    for (std::vector<std::string> command : commands)
        for (const int number : {SIGTERM, SIGINT}) {
            INFO(command[0] << ", signal " << number);
            if (command[0] == "sample") command[1] += std::to_string(number);  // a folder of its own
            Driven driven(command);
            driven.waitUntilItCatches(number);
            ::usleep(50'000);  // into its work; some are done before
            driven.signal(number);
            const auto begin = std::chrono::steady_clock::now();
            const int status = driven.wait();
            const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
            CHECK(seconds < 8);
            CHECK((status == 130 || status == 0 || (command[0] == "explain" && status == 1)));
            stopped += status == 130 ? 1 : 0;
        }
    CHECK(stopped >= 14);
    CHECK(jsonOf({"check", project}).at("clean") == true);
}
