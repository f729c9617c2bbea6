#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <random>

#include "core/project/backup.h"
#include "core/project/project_internal.h"
#include "core/project/repair.h"
#include "tests/support/project_fixture.h"
#include "tests/support/raw_database.h"

// Damaged projects made sound again: what can be read is kept, the damaged file stays as it is to the last byte, and
// what comes out passes `check`. MNERVA_DAMAGES=1000 damages that many.

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;
namespace fs = std::filesystem;

constexpr std::size_t kPage = 4096;
constexpr int kPosts = 300;

int damages(int usual) {
    const char* given = std::getenv("MNERVA_DAMAGES");
    return given ? std::max(1, std::atoi(given)) : usual;
}

std::string posts() {
    std::string text;
    for (int i = 0; i < kPosts; ++i) {
        text += "IMGID:" + std::to_string(i) + "\nKevin\tB-PER\nDurant\tI-PER\nflies\tO\nto\tO\nToronto\tB-LOC\n";
        for (int w = 0; w < 10; ++w) text += "word" + std::to_string(i * 10 + w) + "\tO\n";
        text += "\n";
    }
    return text;
}

/// Labels, status, answers and decisions on many posts, some taken back; a layer of an annotator; a run.
void work(Project& project) {
    project.addAnnotator("anna", false);
    std::vector<std::pair<PostId, std::vector<Entity>>> predictions;
    const auto rows = project.summaries({}, 1000);
    for (const PostSummary& row : rows) predictions.push_back({row.id, {{"LOC", 6, 7, 0.5}}});
    project.storePredictions("run", predictions);
    std::mt19937 random(5);
    const auto below = [&](std::size_t n) { return static_cast<int>(random() % n); };
    for (int i = 0; i < 200; ++i) {
        const PostId post = rows[static_cast<std::size_t>(below(rows.size()))].id;
        const std::string layer = i % 5 == 0 ? "anna" : "";
        const PostState state = project.view(post, layer.empty() ? "run" : "", layer).state;
        Edit edit = labelSpan(state, 5 + below(9), 5 + below(9), i % 2 == 0 ? "ORG" : "PER");
        if (i % 7 == 1) edit = setStatus(state, static_cast<PostStatus>(below(6)));
        if (i % 7 == 3) edit = setReview(state, static_cast<Review>(below(4)));
        if (i % 7 == 4) edit = addComment(state, {i + 1, "anna", 1000 - i, "comment " + std::to_string(i)});
        if (i % 7 == 4 && !state.comments.empty())
            edit = i % 2 == 0 ? editComment(state, state.comments[0].id, "changed")
                              : removeComment(state, state.comments[0].id);
        if (i % 7 == 2 && layer.empty() && !state.suggestions.empty())
            edit = rejectSuggestion(state, state.suggestions.front());
        if (i % 11 == 3 && layer.empty()) edit = dismissDoubt(state, {"no-entity", 3, 3, ""}, {});
        if (i % 13 == 4 && project.canUndo(layer)) {
            project.undo(layer);
            continue;
        }
        if (!std::holds_alternative<Change>(edit)) continue;
        Change change = std::get<Change>(edit);
        change.layer = layer;
        if (!layer.empty())
            for (PostChange& part : change.posts)
                part.correctedAfter =
                    part.correctedAfter || part.statusAfter != PostStatus::Open || part.reviewAfter != Review::None;
        try {
            if (!change.isEmpty()) project.apply(change);
        } catch (const Error&) {  // a doubt that was answered already
        }
    }
}

/// Everything a person has done, by post: what repair is about.
std::map<std::string, std::string> statesOf(const Project& project) {
    std::map<std::string, std::string> states;
    for (const std::string layer : {"", "anna"})
        for (const PostSummary& row : project.summaries({}, 1000)) {
            const PostState state = project.view(row.id, layer.empty() ? "run" : "", layer).state;
            std::string text = std::string(statusName(state.status)) + (state.corrected ? " c" : " g");
            text.append(" ").append(reviewName(state.review));
            for (const Comment& c : state.comments)
                text += " [" + std::to_string(c.id) + " " + c.author + " " + std::to_string(c.writtenAtMs) + " " +
                        c.text + "]";
            for (const auto* list : {&state.entities, &state.suggestions}) {
                for (const Entity& e : *list)
                    text += " " + e.type + std::to_string(e.first) + "-" + std::to_string(e.last);
                text += " /";
            }
            states[layer + ":" + row.externalId] = text;
        }
    for (const auto& [post, verdicts] : project.verdicts())
        states["verdicts " + std::to_string(post.value)] = std::to_string(verdicts.size());
    return states;
}

/// A closed project with something in every table that people fill, and what it held.
struct Damaged {
    ProjectFixture f;
    fs::path file = f.projectFolder / kProjectFile;
    std::string whole;
    std::map<std::string, std::string> states;

    Damaged() {
        {
            const auto project = f.filled(posts());
            project->setLabels({{"PER", "LOC", "ORG", "MISC"}, text::TagScheme::Bio});
            work(*project);
            states = statesOf(*project);
            REQUIRE(checkProject(*project).isEmpty());
        }
        whole = readFile(file);
    }
    void put(const std::string& bytes) const {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
        for (const char* ending : {"-wal", "-shm", "-journal"}) fs::remove(file.string() + ending);
    }
    /// Where a table begins in the file.
    std::size_t rootOf(const std::string& table) const {
        put(whole);
        const auto page = numberBySql(file, "SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'");
        REQUIRE(page > 1);
        for (const char* ending : {"-wal", "-shm"}) fs::remove(file.string() + ending);
        return static_cast<std::size_t>(page - 1) * kPage;
    }
    std::string without(const std::string& table) const {
        std::string bytes = whole;
        return bytes.replace(rootOf(table), kPage, std::string(kPage, '\0'));
    }
    /// Repairs, looks that the damaged file is untouched and the new one sound, and puts it in place.
    RepairReport repaired(const std::string& bytes) const {
        put(bytes);
        const fs::path made = f.folder / "made.mnerva";
        fs::remove(made);
        const RepairReport report = repair(f.projectFolder, made, "test");
        CHECK(readFile(file) == bytes);
        CHECK(report.file == made);
        for (const auto& entry : fs::directory_iterator(f.folder.path()))
            CHECK(entry.path().filename().string().rfind(".repair", 0) != 0);
        replaceDatabase(f.projectFolder, made, "test");
        const Findings findings = checkProject(*f.open());
        for (const Finding& finding : findings.list()) UNSCOPED_INFO(finding.code << ": " << finding.text);
        CHECK(findings.isEmpty());
        return report;
    }
    std::map<std::string, std::string> statesNow() const { return statesOf(*f.open(OpenMode::ReadOnly)); }
};

}  // namespace

TEST_CASE("Repair.OfASoundProjectKeepsEverything") {
    const Damaged d;
    const RepairReport report = d.repaired(d.whole);
    CHECK(report.isWhole());
    CHECK(report.posts == kPosts);
    CHECK(report.replayedPosts == 0);
    CHECK(d.statesNow() == d.states);
    const auto project = d.f.open();
    CHECK(project->canUndo());
    while (project->canUndo()) project->undo();
    CHECK(checkProject(*project).isEmpty());
}

TEST_CASE("Repair.ReadsWhatStandsInTheLogOfAKilledProgram") {
    const Damaged d;
    std::string bytes, log;
    std::map<std::string, std::string> states;
    {
        const auto project = d.f.open();
        label(*project, 1, 12, 13, "MISC");
        states = statesOf(*project);
        bytes = readFile(d.file);
        log = readFile(d.file.string() + "-wal");
    }
    d.put(bytes);
    writeFileAtomic(d.file.string() + "-wal", log);
    const RepairReport report = repair(d.f.projectFolder, d.f.folder / "made.mnerva", "test");
    CHECK(report.isWhole());
    CHECK(readFile(d.file.string() + "-wal") == log);
    replaceDatabase(d.f.projectFolder, report.file, "test");
    CHECK(d.statesNow() == states);
}

TEST_CASE("Repair.AnEmptyFileComesBackFromTheBackupOrSaysThatThereIsNone") {
    const Damaged d;
    SECTION("no backup") {
        const std::string bytes = GENERATE(std::string(), std::string(10, '\0'), std::string(20000, 'x'));
        d.put(bytes);
        CHECK(errorOf([&] { repair(d.f.projectFolder, {}, "test"); }) == "project-corrupt");
        CHECK(readFile(d.file) == bytes);
        for (const auto& entry : fs::directory_iterator(d.f.projectFolder))
            CHECK((entry.path() == d.file || entry.path().filename() == "lock"));
    }
    SECTION("a backup") {
        REQUIRE(backUp(d.f.projectFolder));
        const RepairReport report = d.repaired({});
        CHECK(report.backup == backupsOf(d.f.projectFolder).front().file);
        CHECK(report.isDamaged);
        CHECK(d.statesNow() == d.states);
    }
    SECTION("no file at all") {
        REQUIRE(backUp(d.f.projectFolder));
        fs::remove(d.file);
        const RepairReport report = repair(d.f.projectFolder, {}, "test");
        replaceDatabase(d.f.projectFolder, report.file, "test");
        CHECK(d.statesNow() == d.states);
    }
    SECTION("not a project") {
        CHECK(errorOf([&] { repair(d.f.folder.path(), {}, "test"); }) == "project-missing");
    }
}

TEST_CASE("Repair.ABrokenHeaderIsMadeAnewAndNothingIsLost") {
    const Damaged d;
    std::string bytes = d.whole;
    std::mt19937 random(3);
    for (std::size_t i = 0; i < 100; ++i) bytes[i] = static_cast<char>(random() % 256);
    const RepairReport report = d.repaired(bytes);
    CHECK(report.isFirstPageMended);
    CHECK(report.isWhole());
    CHECK(d.statesNow() == d.states);
}

TEST_CASE("Repair.ALostFirstPageIsTakenFromABackup") {
    const Damaged d;
    REQUIRE(backUp(d.f.projectFolder));
    label(*d.f.open(), 2, 12, 13, "MISC");
    const auto states = d.statesNow();
    const RepairReport report = d.repaired(readFile(d.file).replace(0, kPage, std::string(kPage, '\0')));
    CHECK(report.isFirstPageMended);
    CHECK(d.statesNow() == states);  // with what was done after the backup
}

TEST_CASE("Repair.LabelsOfALostTableAreMadeAgainFromTheHistory") {
    const Damaged d;
    const std::string table = GENERATE(std::string("entities"), std::string("layer_posts"), std::string("rejections"),
                                       std::string("verdicts"));
    INFO(table);
    const RepairReport report = d.repaired(d.without(table));
    CHECK(report.tables.at(table).isDamaged);
    CHECK(report.isHistoryWhole);
    CHECK(report.replayedPosts > 0);
    CHECK(report.lostPosts == 0);
    auto now = d.statesNow(), before = d.states;
    // What a run had said is not in the history: it is predicted again.
    for (auto* states : {&now, &before})
        for (auto& [name, state] : *states)
            if (table != "verdicts") state = state.substr(0, state.find(" /"));
    CHECK(now == before);
}

TEST_CASE("Repair.WithoutItsHistoryAProjectKeepsItsLabelsAndBeginsAnew") {
    const Damaged d;
    const RepairReport report = d.repaired(d.without("journal"));
    CHECK_FALSE(report.isHistoryWhole);
    CHECK_FALSE(report.isWhole());
    CHECK(d.statesNow() == d.states);
    const auto project = d.f.open();
    CHECK_FALSE(project->canUndo());  // nobody takes back all labels by one key
    label(*project, 3, 9, 9, "MISC");
    project->undo();
    CHECK_FALSE(project->canUndo());
    CHECK(statesOf(*project) == d.states);
    CHECK(checkProject(*project).isEmpty());
}

TEST_CASE("Repair.WhatIsLostInTheMiddleComesFromTheBackup") {
    const Damaged d;
    REQUIRE(backUp(d.f.projectFolder));
    label(*d.f.open(), 4, 12, 13, "MISC");
    const auto states = d.statesNow();
    d.f.open();
    std::string bytes = readFile(d.file);
    // Pages with words of posts.
    int emptied = 0;
    for (std::size_t at = kPage; at + kPage <= bytes.size() && emptied < 3; at += kPage)
        if (bytes[at] == 0x0d && bytes.substr(at, kPage).find("Kevin\nDurant") != std::string::npos) {
            bytes.replace(at, kPage, std::string(kPage, '\xff'));
            ++emptied;
        }
    REQUIRE(emptied == 3);
    const RepairReport report = d.repaired(bytes);
    CHECK(report.posts == kPosts);
    CHECK(report.lostPosts == 0);
    CHECK(report.tables.at("posts").fromBackup > 0);
    CHECK(d.statesNow() == states);
}

TEST_CASE("Repair.WhatIsLostWithoutABackupIsCountedAndTheRestIsKept") {
    const Damaged d;
    std::string bytes = d.whole;
    for (std::size_t at = kPage; at + kPage <= bytes.size(); at += kPage)
        if (bytes[at] == 0x0d && bytes.substr(at, kPage).find("Kevin\nDurant") != std::string::npos) {
            bytes.replace(at, kPage, std::string(kPage, '\xff'));
            break;
        }
    REQUIRE(bytes != d.whole);
    const RepairReport report = d.repaired(bytes);
    CHECK(report.lostPosts > 0);
    CHECK(report.lostPosts < 40);
    CHECK(report.posts + report.lostPosts == kPosts);
    CHECK_FALSE(report.isWhole());
    for (const auto& [name, state] : d.statesNow()) {
        if (name.rfind("verdicts", 0) == 0) continue;
        INFO(name);
        CHECK(state == d.states.at(name));
    }
}

TEST_CASE("Repair.OfATruncatedFileKeepsWhatIsThere") {
    const Damaged d;
    const int tenths = GENERATE(2, 5, 7, 9);
    const std::string bytes = d.whole.substr(0, d.whole.size() * static_cast<std::size_t>(tenths) / 10 + 17);
    INFO(tenths << " tenths");
    std::optional<RepairReport> report;
    try {
        report = d.repaired(bytes);
    } catch (const Error& error) {
        INFO(error.what());
        CHECK(error.code() == ErrorCode::ProjectCorrupt);
    }
    CHECK(report.has_value() == (tenths > 2));  // the first fifth holds the list of tables
    CHECK((!report || (report->posts > 0 && !report->isWhole())));
}

TEST_CASE("Repair.RandomDamageIsMendedOrRefusedAndNeverMore") {
    const Damaged d;
    const fs::path made = d.f.folder / "made.mnerva";
    std::mt19937 random(31);
    int mended = 0, whole = 0, refused = 0, unsound = 0;
    const int count = damages(40);
    for (int i = 0; i < count; ++i) {
        INFO("damage " << i);
        std::string bytes = d.whole;
        const std::size_t pages = bytes.size() / kPage;
        for (unsigned times = 1 + random() % 4; times > 0; --times) {
            const std::size_t at = (random() % pages) * kPage;
            switch (random() % 5) {
                case 0:
                    for (unsigned n = 1 + random() % 16; n > 0; --n)
                        bytes[at + random() % kPage] = static_cast<char>(random() % 256);
                    break;
                case 1:
                    bytes.replace(at, kPage, std::string(kPage, static_cast<char>(random() % 2 == 0 ? 0 : 255)));
                    break;
                case 2:
                    bytes.replace(at, kPage, d.whole.substr((random() % pages) * kPage, kPage));
                    break;
                case 3:
                    bytes[random() % bytes.size()] ^= static_cast<char>(1U << (random() % 8));
                    break;
                default:
                    if (random() % 4 == 0) bytes.resize(std::max<std::size_t>(kPage * 2, random() % bytes.size()));
                    bytes.resize(pages * kPage, '\0');
                    break;
            }
        }
        d.put(bytes);
        fs::remove(made);
        try {
            const RepairReport report = repair(d.f.projectFolder, made, "test");
            CHECK(readFile(d.file) == bytes);
            d.put(readFile(made));
            const Findings findings = checkProject(*d.f.open());
            for (const Finding& one : findings.list()) UNSCOPED_INFO(one.code << ": " << one.text);
            UNSCOPED_INFO("history whole: " << report.isHistoryWhole);
            // A bit that was turned within a word or a prediction is seen by nobody or said where it is read.
            const bool isSound = findings.count("database-damaged") + findings.count("reference-broken") == 0 &&
                                 findings.count("replay-differs") + findings.count("journal-not-replayable") == 0;
            CHECK(isSound);
            unsound += !findings.isEmpty();
            ++mended;
            whole += report.isWhole();
        } catch (const Error& error) {
            INFO(error.what());
            CHECK(error.code() == ErrorCode::ProjectCorrupt);
            ++refused;
        }
    }
    WARN(count << " damages: " << mended << " mended (" << whole << " without loss, " << unsound
               << " with findings left), " << refused << " refused");
    CHECK(mended > count / 2);
}

TEST_CASE("Repair.IsRefusedWhileAProgramWorksAndCanBeCancelled") {
    const Damaged d;
    {
        const auto project = d.f.open();
        CHECK(errorOf([&] { repair(d.f.projectFolder, {}, "test"); }) == "project-locked");
    }
    writeFileAtomic(d.f.folder / "there", "mine");
    CHECK(errorOf([&] { repair(d.f.projectFolder, d.f.folder / "there", "test"); }) == "file-exists");
    CHECK(readFile(d.f.folder / "there") == "mine");
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(repair(d.f.projectFolder, {}, "test", {}, stop.get_token()), Cancelled);
    for (const auto& entry : fs::directory_iterator(d.f.projectFolder))
        CHECK(entry.path().filename().string().find("repair") == std::string::npos);
}
