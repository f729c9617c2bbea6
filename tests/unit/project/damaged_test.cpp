#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <random>

#include "core/project/find.h"
#include "core/project/project_internal.h"
#include "tests/support/project_fixture.h"
#include "tests/support/raw_database.h"

// Damaged databases through everything that is done with a project: a sentence or an answer, never a crash, never a
// wait without an end, never "something went wrong inside". MNERVA_DAMAGES=10000 damages that many.

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;
namespace fs = std::filesystem;

constexpr std::size_t kPage = 4096;
constexpr std::chrono::seconds kLongest{20};

int damages(int usual) {
    const char* given = std::getenv("MNERVA_DAMAGES");
    return given ? std::max(1, std::atoi(given)) : usual;
}

/// A closed project with something in every table.
void prepare(const ProjectFixture& f) {
    std::string text;
    for (int i = 0; i < 60; ++i)
        text += "IMGID:" + std::to_string(i) + "\nKevin\tB-PER\nDurant\tI-PER\nflies\tO\nto\tO\nToronto\tB-LOC\n\n";
    const auto project = f.filled(text);
    std::vector<std::pair<PostId, std::vector<Entity>>> predictions;
    std::vector<std::pair<PostId, std::vector<Region>>> found;
    for (std::size_t i = 0; i < 60; ++i) {
        predictions.push_back({postAt(*project, i), {{"PER", 2, 3, 0.5}, {"LOC", 4, 4, 0.25}}});
        Region region;
        region.left = static_cast<int>(i);
        region.width = region.height = 10;
        region.label = "person";
        region.score = 0.5;
        region.origin = RegionOrigin::Detector;
        region.detector = "yolo";
        found.push_back({postAt(*project, i), {region}});
    }
    project->storePredictions("run", predictions);
    project->storeDetections("yolo", "{}", found);
    for (std::size_t i = 0; i < 20; ++i) {
        label(*project, i, 2, 2, i % 2 == 0 ? "PER" : "LOC");
        if (i % 3 == 0) project->apply(changeOf(setStatus(stateAt(*project, i), PostStatus::Done)));
    }
    project->undo();
    const PostState state = project->view(postAt(*project, 30), "run").state;
    project->apply(changeOf(rejectSuggestion(state, state.suggestions.at(0))));
}

/// The codes of the errors that one step after the other gives; a step that fails does not keep the next from its turn.
class Steps {
public:
    template <class Step>
    void run(const char* name, const Step& step) {
        const auto begun = std::chrono::steady_clock::now();
        std::string code = "no error";
        try {
            step();
        } catch (const Error& error) {
            code = errorName(error.code());
            INFO(name << ": " << error.what());
            CHECK(error.code() != ErrorCode::Internal);
        }
        INFO(name);
        CHECK(std::chrono::steady_clock::now() - begun < kLongest);
        failed += code != "no error";
    }
    int failed = 0;
};

/// Open, view, search, score, check, export, edit.
int useAll(const fs::path& folder, const fs::path& out) {
    Steps steps;
    std::unique_ptr<Project> project;
    steps.run("open", [&] { project = Project::open(folder, OpenMode::ReadOnly, "test"); });
    if (project) {
        std::vector<PostSummary> rows;
        steps.run("summaries", [&] { rows = project->summaries({}, 1000); });
        steps.run("info", [&] { project->info(); });
        for (const PostSummary& row : rows) steps.run("view", [&] { project->view(row.id, "run"); });
        steps.run("search", [&] { find(*project, "toronto label:PER or conf<0.5 or status:done or len>3"); });
        steps.run("layers", [&] { project->layers(); });
        for (const char* layer : {"gold", "corrected", "run"})
            steps.run("tags", [&] { project->tags(layer, std::nullopt); });
        steps.run("stats", [&] { statistics(*project, "corrected"); });
        steps.run("evaluate",
                  [&] { evaluateLayer(*project, "run", "gold", std::nullopt, eval::Rule::SeqevalLenient); });
        steps.run("check", [&] { checkProject(*project); });
        ExportOptions options;
        options.target = out;
        steps.run("preview", [&] { previewExport(*project, options); });
        fs::remove_all(out);
        steps.run("export", [&] { exportProject(*project, options); });
        project.reset();
    }
    steps.run("open for writing", [&] { project = Project::openOrReadOnly(folder, "test"); });
    if (project && !project->isReadOnly()) {
        std::vector<PostSummary> rows;
        steps.run("rows", [&] { rows = project->summaries({}, 3); });
        for (const PostSummary& row : rows)
            steps.run("edit", [&] {
                const Edit edit = labelSpan(project->view(row.id).state, 3, 3, "PER");
                if (std::holds_alternative<Change>(edit)) project->apply(std::get<Change>(edit));
            });
        steps.run("undo", [&] {
            if (project->canUndo()) project->undo();
        });
        steps.run("labels", [&] { project->setLabels(project->labels()); });
    }
    steps.run("closing", [&] { project.reset(); });
    return steps.failed;
}

/// One or more pages flipped, emptied, exchanged, or the file cut.
std::string damaged(std::string bytes, std::mt19937& random) {
    const std::size_t pages = bytes.size() / kPage;
    const auto page = [&] { return (random() % pages) * kPage; };
    for (unsigned times = 1 + random() % 3; times > 0; --times) {
        switch (random() % 6) {
            case 0:
            case 1:
                for (unsigned i = 1 + random() % 16; i > 0; --i)
                    bytes[page() + random() % kPage] = static_cast<char>(random() % 256);
                break;
            case 2: {  // where the cells of a page are said to lie
                const std::size_t at = page();
                for (unsigned i = 1 + random() % 4; i > 0; --i)
                    bytes[at + random() % 24] = static_cast<char>(random() % 256);
                break;
            }
            case 3:
                bytes.replace(page(), kPage, std::string(kPage, static_cast<char>(random() % 2 == 0 ? 0 : 255)));
                break;
            case 4: {
                const std::string other = bytes.substr(page(), kPage);
                bytes.replace(page(), kPage, other);
                break;
            }
            default:
                bytes[random() % bytes.size()] ^= static_cast<char>(1U << (random() % 8));
                break;
        }
    }
    if (random() % 20 == 0) bytes.resize(random() % bytes.size());
    return bytes;
}

void put(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}
}  // namespace

TEST_CASE("Damaged.PagesInRandomPlacesNeverCrashHangOrEndInAnInternalError") {
    const ProjectFixture f;
    prepare(f);
    const fs::path file = f.projectFolder / "project.mnerva";
    const std::string whole = readFile(file);
    std::mt19937 random(10);
    int refused = 0;
    const int count = damages(100);
    for (int i = 0; i < count; ++i) {
        INFO("damage " << i);
        put(file, damaged(whole, random));
        for (const char* ending : {"-wal", "-shm", "-journal"}) fs::remove(file.string() + ending);
        refused += useAll(f.projectFolder, f.folder / "out.txt") > 0;
    }
    CHECK(refused > count / 20);  // the damage reaches something
    put(file, whole);
    for (const char* ending : {"-wal", "-shm", "-journal"}) fs::remove(file.string() + ending);
    CHECK(useAll(f.projectFolder, f.folder / "out.txt") == 0);
}

TEST_CASE("Damaged.LogsAndJournalsOfAnybodyNeverCrashHangOrEndInAnInternalError") {
    const ProjectFixture f;
    prepare(f);
    const fs::path file = f.projectFolder / "project.mnerva";
    const std::string whole = readFile(file);
    // A log as a killed program leaves it.
    std::string log;
    {
        const auto project = f.open();
        label(*project, 0, 3, 3, "PER");
        log = readFile(file.string() + "-wal");
    }
    REQUIRE(log.size() > kPage);
    std::mt19937 random(11);
    for (int i = 0; i < damages(30); ++i) {
        INFO("damage " << i);
        put(file, whole);
        for (const char* ending : {"-wal", "-shm", "-journal"}) fs::remove(file.string() + ending);
        std::string other = random() % 2 == 0 ? damaged(log, random) : log;
        if (random() % 4 == 0)
            for (char& c : other) c = static_cast<char>(random() % 256);
        put(file.string() + (random() % 3 == 0 ? "-journal" : "-wal"), other);
        if (random() % 3 == 0) put(file.string() + "-shm", damaged(std::string(32768, 'x'), random));
        useAll(f.projectFolder, f.folder / "out.txt");
    }
}

TEST_CASE("Damaged.RowsThatBreakInvariantsNeverCrashHangOrEndInAnInternalError") {
    const ProjectFixture f;
    prepare(f);
    const fs::path file = f.projectFolder / "project.mnerva";
    const std::string whole = readFile(file);
    const std::array<const char*, 12> values{"0",
                                             "-1",
                                             "2147483648",
                                             "-9223372036854775808",
                                             "9223372036854775807",
                                             "''",
                                             "'x'",
                                             "char(10)",
                                             "x'ff0aff'",
                                             "replace(hex(zeroblob(1000)), '0', char(10))",
                                             "CAST('a' || char(10) || 'b' AS BLOB)",
                                             "1e999"};
    const std::array<std::pair<const char*, const char*>, 24> columns{{
        {"posts", "id"},          {"posts", "source"},        {"posts", "word_count"},     {"posts", "gold_entities"},
        {"posts", "words"},       {"posts", "source_tags"},   {"posts", "images"},         {"posts", "crops"},
        {"posts", "external_id"}, {"posts", "status"},        {"entities", "first_word"},  {"entities", "last_word"},
        {"entities", "type"},     {"entities", "confidence"}, {"rejections", "last_word"}, {"regions", "image"},
        {"regions", "left"},      {"regions", "width"},       {"regions", "score"},        {"regions", "post"},
        {"journal", "change"},    {"journal", "target"},      {"layers", "kind"},          {"settings", "value"},
    }};
    std::mt19937 random(12);
    const unsigned share = std::getenv("MNERVA_DAMAGES") ? 100 : 30;  // per cent of the pairs
    int changed = 0;
    for (const auto& [table, column] : columns)
        for (const char* value : values) {
            if (random() % 100 >= share) continue;
            put(file, whole);
            for (const char* ending : {"-wal", "-shm"}) fs::remove(file.string() + ending);
            const std::string sql =
                std::string("PRAGMA ignore_check_constraints = 1; UPDATE OR IGNORE ") + table + " SET " + column +
                " = " + value + " WHERE " + (std::string(table) == "settings" ? "key" : column) + " IN (SELECT " +
                (std::string(table) == "settings" ? "key" : column) + " FROM " + table + " LIMIT 3)";
            INFO(sql);
            try {
                mnerva::test::runSql(file, sql);
            } catch (const std::exception&) {
                continue;  // a column that is STRICT about its type
            }
            ++changed;
            useAll(f.projectFolder, f.folder / "out.txt");
        }
    CHECK(changed > static_cast<int>(share));
}
