#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <regex>
#include <set>
#include <sstream>

#include "core/base/file.h"
#include "tests/support/data.h"
#include "tests/support/fault_room.h"

using namespace mnerva;
using namespace mnerva::test;
namespace fs = std::filesystem;

namespace {

std::optional<fs::path> installed(const std::string& program) {
    for (const char* folder : {"/usr/bin", "/bin", "/usr/local/bin"})
        if (fs::exists(fs::path(folder) / program)) return fs::path(folder) / program;
    skip(program + " is not installed");
    return std::nullopt;
}

std::string completion(const std::string& shell) {
    const RunResult result = runProgram(cliProgram(), {"completion", shell});
    REQUIRE(result.status == 0);
    REQUIRE(result.err == "");
    return result.out;
}

/// A project's runs are all that a shell looks at.
struct Runs {
    TemporaryFolder folder;
    Runs() {
        for (const char* run : {"first", "second one", "没有空格"})
            writeFileAtomic(madeFolder(folder / "project/runs" / run) / "run.json", "{}");
        madeFolder(folder / "project/runs/unfinished");
        for (const char* shell : {"bash", "zsh", "fish"})
            writeFileAtomic(folder / ("completion." + std::string(shell)), completion(shell));
    }
    static fs::path madeFolder(const fs::path& path) {
        fs::create_directories(path);
        return path;
    }
    RunResult inside(const std::string& program, const std::string& script) const {
        writeFileAtomic(folder / "script", "cd '" + folder.path().string() + "'\n" + script);
        return runProgram(program, {(folder / "script").string()});
    }
    /// What bash offers for the last of the words.
    std::vector<std::string> bash(const std::string& words) const {
        const RunResult result =
            inside("/bin/bash", "source ./completion.bash\nCOMP_WORDS=(" + words +
                                    ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_mnerva_cli\n"
                                    "for word in \"${COMPREPLY[@]}\"; do printf '%s\\n' \"$word\"; done\n");
        REQUIRE(result.err == "");
        std::vector<std::string> offered;
        std::istringstream lines(result.out);
        for (std::string line; std::getline(lines, line);) offered.push_back(line);
        return offered;
    }
};
using Words = std::vector<std::string>;

std::set<std::string> matchesOf(const std::string& text, const char* pattern) {
    std::set<std::string> found;
    const std::regex expression(pattern);
    for (auto at = std::sregex_iterator(text.begin(), text.end(), expression); at != std::sregex_iterator(); ++at)
        found.insert((*at)[1]);
    return found;
}

std::set<std::string> commandNames() {
    const std::string help = runProgram(cliProgram(), {"--help"}).out;
    const std::set<std::string> names = matchesOf(help.substr(help.find("Subcommands:")), "\n  ([a-z-]+) ");
    REQUIRE(names.size() >= 15);
    return names;
}

}  // namespace

TEST_CASE("Completion.BashOffersCommandsOptionsAndWords") {
    const Runs runs;
    const Words commands = runs.bash("mnerva-cli ''");
    CHECK(std::set<std::string>(commands.begin(), commands.end()) == commandNames());
    CHECK(runs.bash("mnerva-cli pre") == Words{"predict"});
    CHECK(runs.bash("mnerva-cli export project --sp") == Words{"--split"});
    CHECK(runs.bash("mnerva-cli export project --split ''") == Words{"train", "valid", "test"});
    CHECK(runs.bash("mnerva-cli export project --split = va") == Words{"valid"});
    CHECK(runs.bash("mnerva-cli predict project --split t") == Words{"train", "test"});
    CHECK(runs.bash("mnerva-cli train project --system bert") == Words{"bert", "bert-crf"});
    CHECK(runs.bash("mnerva-cli completion ''") == Words{"bash", "zsh", "fish"});
    CHECK(runs.bash("mnerva-cli train project --set ''").empty());
}

TEST_CASE("Completion.BashOffersTheRunsOfTheProject") {
    const Runs runs;
    CHECK(runs.bash("mnerva-cli predict project --run ''") == Words{"first", "second\\ one", "没有空格"});
    CHECK(runs.bash("mnerva-cli predict --device cpu project --run f") == Words{"first"});
    CHECK(runs.bash("mnerva-cli predict \"./project\" --run 'second'") == Words{"second\\ one"});
    CHECK(runs.bash("mnerva-cli evaluate project --layer ''") ==
          Words{"corrected", "first", "second\\ one", "没有空格"});
    CHECK(runs.bash("mnerva-cli predict nowhere --run ''").empty());
    CHECK(runs.bash("mnerva-cli predict --run ''").empty());
}

TEST_CASE("Completion.BashOffersFilesAndFolders") {
    const Runs runs;
    CHECK(runs.bash("mnerva-cli stats p") == Words{"project"});
    CHECK(runs.bash("mnerva-cli stats comp").empty());
    CHECK(runs.bash("mnerva-cli score completion.b") == Words{"completion.bash"});
    CHECK(runs.bash("mnerva-cli import project a b completion.z") == Words{"completion.zsh"});
    CHECK(runs.bash("mnerva-cli train project --encoder ''") == Words{"tiny", "project"});
}

TEST_CASE("Completion.ZshOffersTheSame") {
    const auto zsh = installed("zsh");
    if (!zsh) return;
    const Runs runs;
    CHECK(runProgram(*zsh, {"-n", (runs.folder / "completion.zsh").string()}).err == "");
    // A shell with a terminal of its own: completion is done by its line editor alone.
    const RunResult result = runs.inside(zsh->string(), R"zsh(zmodload zsh/zpty
zpty shell zsh -f -i
heard() { local text all=; while zpty -r -t shell text; do all+=$text; done; print -r -- $all; }
zpty -w shell 'PS1=; mkdir f; cp completion.zsh f/_mnerva-cli; fpath=($PWD/f $fpath); autoload -U compinit; compinit -u -D; bindkey "^I" complete-word; print re""ady'
until [[ $(heard) == *ready* ]]; do sleep 0.1; done
for line in 'export project --split va' 'predict --device cpu project --run fi' 'predict project --run sec' 'compl'; do
    zpty -w -n shell "mnerva-cli $line"$'\t'
    sleep 1
    print -r -- "$line: $(heard)"
    zpty -w -n shell $'\C-u'
done
zpty -d shell
)zsh");
    INFO(result.out << result.err);
    CHECK(result.out.find("export project --split valid") != std::string::npos);
    CHECK(result.out.find("project --run first") != std::string::npos);
    CHECK(result.out.find("project --run second\\ one") != std::string::npos);
    CHECK(result.out.find("mnerva-cli completion") != std::string::npos);
}

TEST_CASE("Completion.FishOffersTheSame") {
    const auto fish = installed("fish");
    if (!fish) return;
    const Runs runs;
    CHECK(runProgram(*fish, {"-n", (runs.folder / "completion.fish").string()}).err == "");
    const auto offered = [&](const std::string& line) {
        const RunResult result = runs.inside(
            fish->string(), "source completion.fish\ncomplete -C'mnerva-cli " + line + "' | string split -f1 \\t\n");
        INFO(result.err);
        return result.out;
    };
    CHECK(offered("pre") == "predict\n");
    CHECK(offered("export project --split ") == "train\nvalid\ntest\n");
    CHECK(offered("predict --device cpu project --run f") == "first\n");
    CHECK(offered("predict project --run s") == "second one\n");
    CHECK(offered("completion ") == "bash\nzsh\nfish\n");
    CHECK(offered("score completion.b") == "completion.bash\n");
}

TEST_CASE("Completion.AnUnknownShellIsWrongUsage") {
    CHECK(runProgram(cliProgram(), {"completion", "tcsh"}).status == 2);
}

TEST_CASE("ManPage.TellsOfEveryCommandAndOption") {
    const RunResult page = runProgram(cliProgram(), {"man"});
    REQUIRE(page.status == 0);
    std::string text = page.out;
    for (std::size_t at = 0; (at = text.find("\\-", at)) != std::string::npos;) text.erase(at, 1);
    for (const std::string& command : commandNames()) {
        INFO(command);
        const std::size_t begin = text.find(".SS " + command + "\n");
        REQUIRE(begin != std::string::npos);
        const std::string told = text.substr(begin, text.find("\n.SS ", begin + 1) - begin);
        for (const std::string& option :
             matchesOf(runProgram(cliProgram(), {command, "--help"}).out, "\n  (--[a-z-]+)")) {
            INFO(option);
            CHECK(told.find("\\fB" + option + "\\fR") != std::string::npos);
        }
    }
}

TEST_CASE("ManPage.ReadsWithoutWarnings") {
    const TemporaryFolder folder;
    const fs::path window = cliProgram().parent_path() / "mnerva";
    std::vector<std::pair<std::string, RunResult>> pages{{"mnerva-cli", runProgram(cliProgram(), {"man"})}};
    if (fs::exists(window))
        pages.emplace_back("mnerva", runProgram(window, {"--describe", "man"}));
    else
        skip("mnerva was not built");
    for (const auto& [name, page] : pages) {
        INFO(name);
        CHECK(page.status == 0);
        const std::string file = (folder / (name + ".1")).string();
        writeFileAtomic(file, page.out);
        if (const auto man = installed("man")) {
            held();
            const RunResult shown =
                runProgram("/usr/bin/env", {"LC_ALL=C.UTF-8", "MANWIDTH=80", man->string(), "--warnings", "-l", file});
            CHECK(shown.err == "");
            CHECK(shown.out.find("SYNOPSIS") != std::string::npos);
        }
        if (const auto mandoc = installed("mandoc")) {
            held();
            const RunResult lint = runProgram(*mandoc, {"-T", "lint", "-W", "warning", file});
            CHECK(lint.out + lint.err == "");
        }
    }
}

TEST_CASE("CommandLog.HoldsAFailureWithoutWhatPostsSay") {
    const TemporaryFolder folder;
    const std::string state = "XDG_STATE_HOME=" + (folder / "state").string();
    const fs::path log = folder / "state/mnerva/mnerva.log";
    const auto fail = [&](const std::string& setting) {
        const RunResult result =
            runProgram("/usr/bin/env", {state, setting, cliProgram().string(), "train", (folder / "none").string(),
                                        "--run", "r", "--encoder", "tiny", "--set", "epochs=secret words"});
        CHECK(result.status == 1);
        CHECK(result.err.find("secret words") != std::string::npos);
    };
    CHECK(runProgram("/usr/bin/env", {state, cliProgram().string(), "systems"}).status == 0);
    fail("MNERVA_LOG=off");
    CHECK_FALSE(fs::exists(log));
    fail("MNERVA_LOG=");
    const std::string text = readFile(log);
    INFO(text);
    CHECK(text.find("start version=") != std::string::npos);
    CHECK(text.find("error code=\"option-invalid\" where=\"command\" 0=\"epochs\"") != std::string::npos);
    CHECK(text.find("secret") == std::string::npos);
    fail("MNERVA_LOG=debug");
    CHECK(readFile(log).find("secret words") != std::string::npos);
}
