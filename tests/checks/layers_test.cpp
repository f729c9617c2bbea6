#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tests/checks/source_tree.h"

using namespace mnerva::checks;

namespace {

/// A right to include: from everywhere in a folder, or only from .cpp files and *_internal.h.
struct Rights {
    std::set<std::string> always, hidden;
};

struct Table {
    std::map<std::string, Rights> folders;    ///< folder -> folders it may include
    std::map<std::string, Rights> libraries;  ///< start of the name -> folders that may include it
};

/// Puts the folders of the table that begin like a name with a star at its end in the place of that name.
void expandStars(const Table& table, std::set<std::string>& names) {
    std::set<std::string> found;
    for (const std::string& name : names) {
        if (!name.ends_with('*')) {
            found.insert(name);
            continue;
        }
        for (const auto& [folder, rights] : table.folders)
            if (folder.starts_with(std::string_view(name).substr(0, name.size() - 1))) found.insert(folder);
    }
    names = std::move(found);
}

Table tableOf(const std::string& text) {
    Table table;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t colon = line.find(':');
        if (line.empty() || line[0] == '#' || colon == std::string::npos) continue;
        Rights& rights =
            line[0] == '@' ? table.libraries[line.substr(1, colon - 1)] : table.folders[line.substr(0, colon)];
        std::istringstream names(line.substr(colon + 1));
        for (std::string name; names >> name;)
            if (name[0] == '~')
                rights.hidden.insert(name.substr(1));
            else
                rights.always.insert(name);
    }
    for (auto* rows : {&table.folders, &table.libraries})
        for (auto& [name, rights] : *rows)
            for (auto* names : {&rights.always, &rights.hidden}) expandStars(table, *names);
    return table;
}

Table readTable() {
    return tableOf(sourceText("tests/checks/layers.txt"));
}

/// The longest folder of the table that holds the path.
std::string folderOf(const Table& table, const std::string& path) {
    std::string best;
    for (const auto& [folder, rights] : table.folders)
        if (path.rfind(folder + "/", 0) == 0 && folder.size() > best.size()) best = folder;
    return best;
}

struct Include {
    std::string name;
    bool ours = false;
};

std::vector<Include> includesOf(const SourceFile& file) {
    static const std::regex kInclude(R"re(^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">])re", std::regex::multiline);
    std::vector<Include> out;
    for (auto it = std::sregex_iterator(file.text.begin(), file.text.end(), kInclude); it != std::sregex_iterator();
         ++it)
        out.push_back({(*it)[2], (*it)[1] == "\""});
    return out;
}

bool hidesIncludes(const std::string& path) {
    const auto endsIn = [&](const std::string& end) {
        return path.size() >= end.size() && path.compare(path.size() - end.size(), end.size(), end) == 0;
    };
    return endsIn(".cpp") || endsIn("_internal.h");
}

bool allowed(const Rights& rights, const std::string& folder, const std::string& path) {
    return rights.always.contains(folder) || (rights.hidden.contains(folder) && hidesIncludes(path));
}

/// Every include of ours that the table forbids, "path includes name".
std::vector<std::string> forbiddenArrows(const Table& table, const std::vector<SourceFile>& files) {
    std::vector<std::string> out;
    for (const SourceFile& file : files)
        for (const Include& include : includesOf(file)) {
            const std::string from = folderOf(table, file.path), to = folderOf(table, include.name);
            if (!include.ours || to.empty() || from == to) continue;
            if (from.empty() || !allowed(table.folders.at(from), to, file.path))
                out.push_back(file.path + " includes " + include.name);
        }
    return out;
}

std::vector<std::string> forbiddenLibraries(const Table& table, const std::vector<SourceFile>& files) {
    std::vector<std::string> out;
    for (const SourceFile& file : files)
        for (const Include& include : includesOf(file))
            for (const auto& [start, rights] : table.libraries) {
                if (include.name.rfind(start, 0) != 0) continue;
                if (start == "Q" &&
                    (include.name.size() < 2 || !std::isupper(static_cast<unsigned char>(include.name[1]))))
                    continue;
                if (!allowed(rights, folderOf(table, file.path), file.path))
                    out.push_back(file.path + " includes <" + include.name + ">");
            }
    return out;
}

/// Files of ours that a file reaches through its includes.
void reach(const std::map<std::string, const SourceFile*>& files, const std::string& path,
           std::set<std::string>& seen) {
    const auto found = files.find(path);
    if (found == files.end() || !seen.insert(path).second) return;
    for (const Include& include : includesOf(*found->second)) reach(files, include.name, seen);
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += line + "\n";
    return out;
}

const std::vector<SourceFile>& files() {
    static const std::vector<SourceFile> all = programSources();
    return all;
}

}  // namespace

TEST_CASE("Layers.TheTableCoversEveryFolder") {
    const Table table = readTable();
    REQUIRE(table.folders.size() > 10);
    for (const SourceFile& file : files()) {
        INFO(file.path);
        CHECK_FALSE(folderOf(table, file.path).empty());
    }
}

TEST_CASE("Layers.TheTableHasNoCircle") {
    const Table table = readTable();
    std::function<void(const std::string&, std::set<std::string>&)> reach = [&](const std::string& from,
                                                                                std::set<std::string>& seen) {
        REQUIRE(table.folders.contains(from));
        const Rights& rights = table.folders.at(from);
        for (const auto* set : {&rights.always, &rights.hidden})
            for (const std::string& next : *set)
                if (seen.insert(next).second) reach(next, seen);
    };
    for (const auto& [folder, rights] : table.folders) {
        INFO(folder);
        std::set<std::string> seen;
        reach(folder, seen);
        CHECK_FALSE(seen.contains(folder));
    }
}

TEST_CASE("Layers.ArrowsPointDownOnly") {
    CHECK(joined(forbiddenArrows(readTable(), files())) == "");
}

TEST_CASE("Layers.LibrariesStayInTheirFolders") {
    CHECK(joined(forbiddenLibraries(readTable(), files())) == "");
}

TEST_CASE("Layers.IncludesOfOursGiveTheFullPath") {
    std::vector<std::string> odd;
    for (const SourceFile& file : files())
        for (const Include& include : includesOf(file)) {
            const bool generated = include.name.find(".moc") != std::string::npos;
            if (include.ours && !generated && sourceText(include.name).empty())
                odd.push_back(file.path + " includes " + include.name);
        }
    CHECK(joined(odd) == "");
}

TEST_CASE("Layers.TheWindowReachesNeitherModelsNorDecoding") {
    std::map<std::string, const SourceFile*> byPath;
    for (const SourceFile& file : files()) byPath[file.path] = &file;
    std::set<std::string> seen;
    for (const SourceFile& file : files())
        if (file.path.rfind("ui/", 0) == 0 || file.path == "app/gui_main.cpp") reach(byPath, file.path, seen);
    REQUIRE(seen.size() > 1);
    for (const std::string& path : seen)
        for (const char* above : {"core/nn/", "core/models/", "core/train/", "core/vision/decode/"}) {
            INFO(path);
            CHECK(path.rfind(above, 0) != 0);
        }
}

TEST_CASE("Layers.PublicHeadersOfModelsAndTrainReachNoTorch") {
    std::map<std::string, const SourceFile*> byPath;
    for (const SourceFile& file : files()) byPath[file.path] = &file;
    for (const SourceFile& file : files()) {
        const bool ofThem = file.path.rfind("core/models/", 0) == 0 || file.path.rfind("core/train/", 0) == 0;
        if (!ofThem || hidesIncludes(file.path)) continue;
        std::set<std::string> seen;
        reach(byPath, file.path, seen);
        for (const std::string& path : seen) {
            INFO(file.path << " reaches " << path);
            CHECK(path.rfind("core/nn/", 0) != 0);
        }
    }
    CHECK(byPath.contains("core/models/system.h"));
}

TEST_CASE("Layers.JsonIsParsedWithBoundsOnly") {
    // The library reads nested values by recursion: 200,000 brackets end the stack. core/base/json.h counts first, and
    // frames are walked by cbor_shape before they are read; the journal's own rows are the store's.
    static const std::set<std::string> kMay{"core/base/json.cpp", "core/protocol/frames.cpp"};
    static const std::regex kParse(R"re(\bjson::(parse|from_cbor|from_msgpack|from_bson|from_ubjson|sax_parse)\b)re");
    std::vector<std::string> odd;
    for (const SourceFile& file : files()) {
        if (kMay.contains(file.path) || file.path.starts_with("core/store/")) continue;
        const std::string text = withoutCommentsAndLiterals(file.text);
        if (std::smatch found; std::regex_search(text, found, kParse))
            odd.push_back(file.path + ":" + std::to_string(lineAt(text, static_cast<std::size_t>(found.position()))));
    }
    CHECK(joined(odd) == "");
}

TEST_CASE("Layers.SqlStaysInTheStore") {
    static const std::regex kSql(R"re("\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|PRAGMA) )re");
    std::vector<std::string> odd;
    for (const SourceFile& file : files())
        if (file.path.rfind("core/store/", 0) != 0 && std::regex_search(file.text, kSql)) odd.push_back(file.path);
    CHECK(joined(odd) == "");
}

TEST_CASE("Layers.AStarStandsForTheFoldersThatBeginSo") {
    const Table table = tableOf("a/x:\na/y: a/x\nab:\nb: a/* ~ab\n@Q: a/*\n");
    CHECK(table.folders.at("b").always == std::set<std::string>{"a/x", "a/y"});
    CHECK(table.folders.at("b").hidden == std::set<std::string>{"ab"});
    CHECK(table.libraries.at("Q").always == std::set<std::string>{"a/x", "a/y"});
}

TEST_CASE("Layers.ForbiddenIncludesAreFound") {
    // The check itself: a table and files that break it.
    const Table table = readTable();
    const std::vector<SourceFile> broken{{"core/text/x.cpp", "#include \"core/domain/post.h\"\n"},
                                         {"core/models/x.h", "#include \"core/nn/blocks/crf.h\"\n"},
                                         {"core/models/x_internal.h", "#include \"core/nn/blocks/crf.h\"\n"},
                                         {"core/formats/x.cpp", "  #  include <sqlite3.h>\n"},
                                         {"core/eval/x.h", "#include <QString>\n"},
                                         {"core/workflow/x.cpp", "#include \"core/vision/decode/picture.h\"\n"},
                                         {"ui/pages/tag/x.cpp", "#include \"ui/pages/data/data_page.h\"\n"},
                                         {"ui/shell/x.cpp", "#include \"ui/pages/tag/tag_page.h\"\n"}};
    CHECK(forbiddenArrows(table, broken) ==
          std::vector<std::string>{"core/text/x.cpp includes core/domain/post.h",
                                   "core/models/x.h includes core/nn/blocks/crf.h",
                                   "core/workflow/x.cpp includes core/vision/decode/picture.h",
                                   "ui/pages/tag/x.cpp includes ui/pages/data/data_page.h",
                                   "ui/shell/x.cpp includes ui/pages/tag/tag_page.h"});
    CHECK(forbiddenLibraries(table, broken) ==
          std::vector<std::string>{"core/formats/x.cpp includes <sqlite3.h>", "core/eval/x.h includes <QString>"});
}
