#include <catch2/catch.hpp>
#include <map>
#include <regex>

#include "tests/checks/source_tree.h"

// What the recipes of HACKING.md have a newcomer write in a second place. Left out there, a file compiles, links and is
// never used.

using namespace mnerva::checks;

namespace {

/// Name of each function "kind nameSuffix() {" of a folder, and the file that has it.
std::map<std::string, std::string> made(const std::vector<SourceFile>& files, const std::string& kind,
                                        const std::string& suffix) {
    const std::regex maker("(^|\\n)" + kind + " (\\w+)" + suffix + "\\(\\) \\{");
    std::map<std::string, std::string> found;
    for (const SourceFile& file : files)
        for (auto at = std::sregex_iterator(file.text.begin(), file.text.end(), maker); at != std::sregex_iterator();
             ++at)
            found.emplace(at->str(2), file.path);
    return found;
}

std::map<std::string, std::string> madeIn(const std::string& folder, const std::string& kind,
                                          const std::string& suffix) {
    return made(sourcesIn({folder}, {".cpp"}), kind, suffix);
}

/// What of a file is not said where it has to be: "core/formats/x.cpp: no one(x) in core/formats/all.cpp".
std::string unless(const std::string& place, const std::string& words, const std::string& file) {
    return sourceText(place).find(words) != std::string::npos ? "" : file + ": no " + words + " in " + place + "\n";
}

}  // namespace

TEST_CASE("Recipes.EveryFormatIsListed") {
    const auto formats = madeIn("core/formats", "Format", "Format");
    CHECK(formats.size() >= 7);
    std::string missing;
    for (const auto& [name, file] : formats) missing += unless("core/formats/all.cpp", "one(" + name + ")", file);
    CHECK(missing == "");
}

TEST_CASE("Recipes.EverySystemIsListedAndDescribed") {
    const auto systems = madeIn("core/models/systems", "System", "System");
    CHECK(systems.size() >= 10);
    std::string missing;
    for (const auto& [name, file] : systems) {
        missing += unless("core/models/registry.cpp", "one(" + name + ")", file);
        // A system's options may stand in a file of their own.
        const std::string source = std::regex_replace(file, std::regex("^core/models/|(_options)?\\.cpp$"), "");
        missing += unless("core/models/README.md", "`" + source + ".cpp`", file);
    }
    CHECK(missing == "");
}

TEST_CASE("Recipes.EveryPageIsListed") {
    const auto pages = madeIn("ui/pages", "PageSpec", "Page");
    CHECK(pages.size() >= 5);
    std::string missing;
    for (const auto& [name, file] : pages) missing += unless("app/pages.cpp", "ui::" + name + "Page()", file);
    CHECK(missing == "");
}

TEST_CASE("Recipes.AMakerIsFoundByItsForm") {
    const std::vector<SourceFile> files{{"a.cpp", "Format mineFormat() {\n}\n\nFormat otherFormat() {\n"},
                                        {"b.cpp", "    Format innerFormat() {\nFormat saidFormat();\n"}};
    CHECK(made(files, "Format", "Format") == std::map<std::string, std::string>{{"mine", "a.cpp"}, {"other", "a.cpp"}});
    CHECK(unless("app/pages.cpp", "ui::noPage()", "x.cpp") == "x.cpp: no ui::noPage() in app/pages.cpp\n");
}
