#include "core/domain/finding_text.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <regex>
#include <set>

#include "core/base/file.h"

using namespace mnerva;
namespace fs = std::filesystem;

namespace {

/// Codes of findings that the sources make, by the forms in which they are written there.
std::set<std::string> codesInSources() {
    static const std::regex pattern(
        R"re((?:findings?\w*\.add\(\{|\bfind\(|\bfindOnce\([^,]*, |\bnote\(|\bnoteOdd\(|\badd\(|Findings?\(?\.add\(\{|m_findings\.add\(\{)"([a-z0-9]+(?:-[a-z0-9]+)+)")re");
    std::set<std::string> codes;
    const fs::path root(MNERVA_SOURCE_DIR);
    for (const char* folder : {"core", "app/commands"})
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            if (entry.path().extension() != ".cpp" || entry.path().filename() == "training_check.cpp") continue;
            const std::string text = readFile(entry.path());
            for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at)
                codes.insert((*at)[1].str());
        }
    return codes;
}

}  // namespace

TEST_CASE("Findings.EveryCodeThatIsMadeHasASentenceAndAnAdvice") {
    const std::set<std::string> made = codesInSources();
    CHECK(made.size() > 40);
    for (const std::string& code : made) {
        if (code == "min-score" || code.rfind("freeze-", 0) == 0) continue;
        INFO(code);
        CHECK(findingSentence(code) != code);
        CHECK_FALSE(findingAdvice(code).empty());
    }
}

TEST_CASE("Findings.AnUnknownCodeIsItsOwnSentence") {
    CHECK(findingSentence("of-a-newer-version") == "of-a-newer-version");
    CHECK(findingAdvice("of-a-newer-version").empty());
}

TEST_CASE("Findings.SeveralAreToldWithTheirNumber") {
    CHECK(countedFinding("picture-missing", 1) == "A picture whose file does not exist");
    CHECK(countedFinding("picture-missing", 16) == "16 pictures are missing; their posts are read without");
    CHECK(countedFinding("orphan-inside-tag", 3) == "3 x " + std::string(findingSentence("orphan-inside-tag")));
    CHECK(countedFinding("of-a-newer-version", 2) == "2 x of-a-newer-version");
    // What training counts by the hundred.
    for (const char* code : {"words-cut", "auxiliary-cut", "object-unknown", "tag-unknown", "picture-missing",
                             "picture-unreadable", "region-outside", "relation-line-invalid"}) {
        INFO(code);
        CHECK(findingSentenceOfMany(code).find("{0}") != std::string_view::npos);
    }
    CHECK(findingSentenceOfMany("orphan-inside-tag").empty());
    CHECK(findingSentenceOfMany("of-a-newer-version").empty());
}

TEST_CASE("Findings.CodesStandOnceInTheTable") {
    CHECK(std::set<std::string>(findingCodes().begin(), findingCodes().end()).size() == findingCodes().size());
}
