#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <regex>
#include <set>

#include "core/base/error.h"
#include "core/domain/finding_text.h"
#include "core/project/refusal_text.h"
#include "core/workflow/quality/training_check.h"
#include "tests/checks/source_tree.h"

using namespace mnerva;
using namespace mnerva::checks;

namespace {

constexpr int kLongestFile = 800;

std::vector<SourceFile> everyText() {
    return sourcesIn({"core", "ui", "app", "tests", "packaging", "resources", "translations"},
                     {".h", ".cpp", ".txt", ".cmake", ".sh", ".py", ".md", ".qss", ".qrc", ".sql", ".desktop"});
}

/// "path:line what" of every match in a program's sources below `folders`.
std::string matches(const std::vector<std::string>& folders, const std::regex& pattern,
                    const std::function<bool(const SourceFile&, const std::string& text, std::size_t at)>& isFine) {
    std::string found;
    for (const SourceFile& file : sourcesIn(folders, {".h", ".cpp"})) {
        const std::string text = withoutCommentsAndLiterals(file.text);
        for (auto at = std::sregex_iterator(text.begin(), text.end(), pattern); at != std::sregex_iterator(); ++at) {
            const auto place = static_cast<std::size_t>(at->position());
            if (!isFine(file, text, place))
                found += file.path + ":" + std::to_string(lineAt(text, place)) + " " + at->str() + "\n";
        }
    }
    return found;
}

}  // namespace

TEST_CASE("Tree.NoFileIsLongerThan800Lines") {
    std::string tooLong;
    for (const SourceFile& file : sourcesIn({"core", "ui", "app", "tests"}, {".h", ".cpp"})) {
        const auto lines = std::count(file.text.begin(), file.text.end(), '\n');
        if (lines > kLongestFile) tooLong += file.path + " " + std::to_string(lines) + "\n";
    }
    CHECK(tooLong == "");
}

TEST_CASE("Tree.EveryHeaderIsIncludedOnce") {
    std::string without;
    for (const SourceFile& file : sourcesIn({"core", "ui", "app", "tests"}, {".h"}))
        if (file.text.find("#pragma once") == std::string::npos) without += file.path + "\n";
    CHECK(without == "");
}

TEST_CASE("Tree.EveryModuleSaysWhatItIs") {
    std::set<std::string> modules;
    for (const SourceFile& file : sourcesIn({"core"}, {".h"}))
        modules.insert(file.path.substr(0, file.path.find('/', std::string("core/").size())));
    CHECK(modules.size() > 10);
    for (const SourceFile& file : sourcesIn({"ui"}, {".h"})) modules.insert(file.path.substr(0, file.path.rfind('/')));
    CHECK(modules.size() > 20);
    for (const std::string& module : modules) {
        INFO(module << "/README.md");
        CHECK(sourceText(module + "/README.md").size() > 40);
    }
}

TEST_CASE("Tree.NothingIsLeftToDoWithoutAnIssueNumber") {
    static const std::regex kOpen(R"re(\b(TO)(DO)\b(?! ?\(#\d+\))|\bFIX(ME)\b|\bX(XX)\b)re");
    std::string open;
    for (const SourceFile& file : sourcesIn({"core", "ui", "app"}, {".h", ".cpp"}))
        for (const char* part : {"TO"
                                 "DO",
                                 "FIX"
                                 "ME",
                                 "X"
                                 "XX"})  // std::regex is slow
            if (file.text.find(part) != std::string::npos && std::regex_search(file.text, kOpen)) {
                open += file.path + "\n";
                break;
            }
    CHECK(open == "");
}

TEST_CASE("Tree.NoPathOfOneMachineIsWrittenDown") {
    const std::vector<std::string> places{std::string("/wor") + "k/", std::string("/roo") + "t/",
                                          std::string("/hom") + "e/"};
    std::string found;
    for (const SourceFile& file : everyText())
        for (const std::string& place : places) {
            static const std::string kBefore = " \"'=(<\n\t";
            for (std::size_t at = file.text.find(place); at != std::string::npos; at = file.text.find(place, at + 1))
                if (at == 0 || kBefore.find(file.text[at - 1]) != std::string::npos)
                    found += file.path + ":" + std::to_string(lineAt(file.text, at)) + "\n";
        }
    CHECK(found == "");
}

TEST_CASE("Tree.ReadmeNamesBothCommands") {
    const std::string readme = sourceText("README.md");
    CHECK(readme.find("bash packaging/run.sh") != std::string::npos);
    CHECK(readme.find("bash packaging/test.sh") != std::string::npos);
}

TEST_CASE("Tree.EverySentenceOfCoreIsTranslated") {
    const std::string texts = sourceText("translations/mnerva_zh_CN.ts");
    std::string missing;
    const auto look = [&](std::string_view name, std::string_view sentence) {
        std::string escaped;  // as it stands in XML
        for (char c : sentence)
            escaped += c == '&' ? "&amp;" : c == '"' ? "&quot;" : c == '\'' ? "&apos;" : std::string(1, c);
        if (texts.find("<source>" + escaped + "</source>") == std::string::npos) missing += std::string(name) + "\n";
    };
    for (ErrorCode code : allErrorCodes()) look(errorName(code), errorTemplate(code));
    for (const std::string& code : findingCodes()) {
        look(code, findingSentence(code));
        if (!findingSentenceOfMany(code).empty()) look(code, findingSentenceOfMany(code));
    }
    for (const std::string& code : project::refusalCodes()) look(code, project::refusalSentence(code));
    for (const std::string& code : workflow::trainingCheckCodes())
        for (const std::int64_t count : {1, 2}) look(code, workflow::trainingCheckText(code, count));
    CHECK(findingCodes().size() > 100);
    CHECK(missing == "");
}

TEST_CASE("Tree.EveryErrorCodeHasItsOwnNameAndPlacesInOrder") {
    std::set<std::string_view> names;
    for (ErrorCode code : allErrorCodes()) {
        INFO(errorName(code));
        CHECK(names.insert(errorName(code)).second);
        CHECK(errorFromName(errorName(code)) == code);
        const std::string_view sentence = errorTemplate(code);
        for (char place = '1'; place <= '9'; ++place)
            if (sentence.find(std::string("{") + place + "}") != std::string_view::npos)
                CHECK(sentence.find(std::string("{") + static_cast<char>(place - 1) + "}") != std::string_view::npos);
    }
}

TEST_CASE("Tree.TranslationsAreFinished") {
    static const std::regex kOpen(
        R"re(type="unfinished"|<translation></translation>|<translation/>|<numerusform></numerusform>)re");
    std::string open;
    for (const SourceFile& file : sourcesIn({"translations"}, {".ts"})) {
        const auto begin = std::sregex_iterator(file.text.begin(), file.text.end(), kOpen);
        const auto count = std::distance(begin, std::sregex_iterator());
        if (count > 0) open += file.path + ": " + std::to_string(count) + "\n";
    }
    CHECK(open == "");
}

TEST_CASE("Tree.BothTranslationsAreThere") {
    for (const char* file : {"translations/mnerva_en.ts", "translations/mnerva_zh_CN.ts"}) {
        INFO(file);
        CHECK(sourceText(file).find("<TS") != std::string::npos);
    }
}

TEST_CASE("Tree.ScriptsStopAtTheFirstFailure") {
    for (const SourceFile& file : sourcesIn({"packaging"}, {".sh"})) {
        INFO(file.path);
        CHECK(file.text.find("set -euo pipefail") != std::string::npos);
    }
    CHECK(sourceText(".ci/run").find("packaging/test.sh") != std::string::npos);
}

TEST_CASE("Tree.SetupInstallsTheFastBlas") {
    CHECK(sourceText("packaging/setup.sh").find("libopenblas0-pthread") != std::string::npos);
}

TEST_CASE("Tree.NothingInTheWindowReadsTextAsMarkup") {
    // Labels and tooltips are plain text by the style (ui/base/plain_text.h); these would go past it.
    static const std::regex kMarkup(
        R"re(\bQt::(RichText|AutoText|MarkdownText)\b|\bset(Html|Markdown)\(|\b(insert|append)Html\(|\bQ(TextBrowser|TextEdit|TextDocument|StaticText|GraphicsTextItem|ErrorMessage)\b|convertFromPlainText|\bQMessageBox::(information|warning|critical|question|about)\()re");
    CHECK(matches({"ui"}, kMarkup, [](const SourceFile& file, const std::string&, std::size_t) {
              return file.path.rfind("ui/pages/data/post_preview.", 0) == 0;  // escapes each word itself, loads nothing
          }) == "");
}

TEST_CASE("Tree.ACallThatASignalMayCutShortIsMadeAgain") {
    // read and write stand in loops of their own, which a look at one line does not see.
    const std::regex call(R"re((^|[^\w>])::(open|openat|flock|ftruncate|fsync|fdatasync|pread|pwrite)\()re");
    REQUIRE(std::regex_search(std::string("if (::ftruncate(file, 0) != 0)"), call));
    CHECK(matches({"core", "app"}, call, [](const SourceFile&, const std::string& text, std::size_t at) {
              const std::size_t from = at > 60 ? at - 60 : 0;
              return text.substr(from, at - from).find("retried(") != std::string::npos;
          }) == "");
}

TEST_CASE("Tree.WholeNumbersOfFilesAreTakenByTheRuleThatLosesNone") {
    // core/base/json.h: wholeNumber(); get<int>() makes another number of one that does not fit.
    const std::regex get(R"re(\bget<(int|long|unsigned|std::size_t|std::u?int(8|16|32|64|max)_t)>\(\))re");
    REQUIRE(std::regex_search(std::string("body.at(\"image\").get<std::int64_t>()"), get));
    CHECK(matches({"ui", "core/store", "core/eval"}, get,
                  [](const SourceFile&, const std::string&, std::size_t) { return false; }) == "");
}

TEST_CASE("Tree.ThreadsOfTheWindowHandOverInOnePlace") {
    const std::regex pool(R"re(\b(QThreadPool|QtConcurrent|QRunnable|QFutureWatcher)\b)re");
    CHECK(matches({"ui"}, pool, [](const SourceFile& file, const std::string&, std::size_t) {
              return file.path == "ui/base/gui_thread.cpp";
          }) == "");
}

TEST_CASE("Tree.TextOfFilesInButtonsAndMenusKeepsItsAmpersands") {
    static const std::regex kPlace(
        R"re((addAction|addMenu|new Q(Push|Tool|Radio)Button|new QCheckBox|setWindowTitle)\()re");
    static const std::regex kFromFile(R"re(\b(fromUtf8|fromPath|toNativeSeparators|fileName)\()re");
    std::string found;
    for (const SourceFile& file : sourcesIn({"ui"}, {".h", ".cpp"})) {
        const std::string text = withoutCommentsAndLiterals(file.text);
        for (auto at = std::sregex_iterator(text.begin(), text.end(), kPlace); at != std::sregex_iterator(); ++at) {
            const auto begin = static_cast<std::size_t>(at->position());
            const std::string statement = text.substr(begin, text.find(';', begin) - begin);
            const bool kept = statement.find("withoutMnemonic(") != std::string::npos ||
                              statement.find("asWindowTitle(") != std::string::npos;
            if (!kept && std::regex_search(statement, kFromFile))
                found += file.path + ":" + std::to_string(lineAt(text, begin)) + "\n";
        }
    }
    CHECK(found == "");
}
