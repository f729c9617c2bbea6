#include <catch2/catch.hpp>
#include <chrono>
#include <iostream>
#include <random>

#include "core/project/find.h"
#include "core/workflow/cases/case.h"
#include "core/workflow/cases/case_order.h"
#include "core/workflow/cases/case_sentence.h"
#include "core/workflow/cases/case_table.h"
#include "core/workflow/cases/lane_layout.h"
#include "tests/support/project_fixture.h"

namespace {

using namespace mnerva;
using namespace mnerva::test;
using eval::ErrorKind;
using Rows = std::vector<std::uint32_t>;

const Entity kDurant{"PER", 0, 1, {}}, kToronto{"LOC", 4, 4, {}}, kTimes{"ORG", 0, 2, {}}, kBible{"MISC", 4, 4, {}};

Entity sure(Entity entity, double confidence) {
    entity.confidence = confidence;
    return entity;
}

Post post(int words, bool hasGold = true) {
    Post made;
    made.id = PostId{1};
    for (int w = 0; w < words; ++w) made.words.push_back("w" + std::to_string(w));
    if (hasGold) made.sourceTags.assign(made.words.size(), "O");
    return made;
}
LaneReading gold(std::vector<Entity> entities, bool isCovered = true) {
    return {"gold", LayerKind::Gold, isCovered, false, std::move(entities)};
}
LaneReading system(const std::string& name, std::vector<Entity> entities) {
    return {name, LayerKind::Run, true, false, std::move(entities)};
}

/// kTweets with systems: "a" is right in both posts, "b" has a boundary in the first, "c" speaks of the second alone.
struct Compared {
    ProjectFixture f;
    std::unique_ptr<Project> project = f.filled();
    Compared() {
        const PostId one = postAt(*project, 0), two = postAt(*project, 1);
        project->storePredictions("a", {{one, {sure(kDurant, .9), sure(kToronto, .8)}}, {two, {kTimes, kBible}}});
        project->storePredictions("b",
                                  {{one, {sure({"PER", 0, 0, {}}, .6), sure(kToronto, .7)}}, {two, {kTimes, kBible}}});
        project->storePredictions("c", {{two, {{"LOC", 0, 2, {}}, kBible}}});
    }
    CaseTable table(const std::string& reference = "gold") const {
        return loadCases(*project, {{"gold", "a", "b", "c"}, reference}, {});
    }
};

}  // namespace

TEST_CASE("Case.EachEntityHasItsDifferenceFromTheReference") {
    const Case made =
        makeCase(post(8),
                 {gold({{"PER", 0, 1, {}}, {"ORG", 3, 3, {}}}),
                  system("a", {{"PER", 0, 0, {}}, {"LOC", 3, 3, {}}, {"MISC", 6, 7, {}}}), system("b", {})},
                 "gold");
    REQUIRE(made.hasReference);
    REQUIRE(made.lanes.size() == 3);
    CHECK(made.lanes[0].isReference);
    CHECK_FALSE(made.lanes[0].hasError());
    REQUIRE(made.lanes[1].entities.size() == 3);
    CHECK(made.lanes[1].entities[0].error == ErrorKind::Boundary);
    CHECK(made.lanes[1].entities[1].error == ErrorKind::Type);
    CHECK(made.lanes[1].entities[2].error == ErrorKind::Spurious);
    REQUIRE(made.lanes[2].entities.size() == 2);
    CHECK(made.lanes[2].entities[0].isMissed());
    CHECK(made.lanes[2].entities[1].entity.type == "ORG");
    CHECK(made.places == std::vector<Place>{{0, 1, true}, {3, 3, true}, {6, 7, true}});
    CHECK(made.disagreements() == 3);
}
TEST_CASE("Case.WithoutReferenceNothingIsWrongButSystemsDiffer") {
    const Case made = makeCase(post(4, false),
                               {gold({}, false), system("a", {{"PER", 0, 0, {}}, {"LOC", 2, 2, {}}}),
                                system("b", {{"PER", 0, 0, {}}, {"LOC", 2, 3, {}}})},
                               "gold");
    CHECK_FALSE(made.hasReference);
    CHECK_FALSE(made.lanes[1].isJudged);
    CHECK(made.places == std::vector<Place>{{0, 0, false}, {2, 3, true}});
}
TEST_CASE("Case.AChangeByHandIsNoDisagreementOfSystems") {
    LaneReading corrected{"corrected", LayerKind::Corrected, true, false, {}};
    const Case made =
        makeCase(post(3), {gold({{"PER", 1, 1, {}}}), corrected, system("a", {{"PER", 1, 1, {}}})}, "gold");
    CHECK(made.lanes[1].hasError());
    CHECK(made.places == std::vector<Place>{{1, 1, false}});
}
TEST_CASE("Case.DisagreementsAreWalkedInBothDirections") {
    const Case made = makeCase(post(9),
                               {gold({{"PER", 0, 1, {}}, {"LOC", 4, 4, {}}}),
                                system("a", {{"PER", 1, 1, {}}, {"LOC", 4, 4, {}}, {"ORG", 7, 8, {}}})},
                               "gold");
    REQUIRE(nextDisagreement(made, -1, 1));
    CHECK(nextDisagreement(made, -1, 1)->first == 0);
    CHECK(nextDisagreement(made, 0, 1)->first == 7);
    CHECK(nextDisagreement(made, 7, 1) == nullptr);
    CHECK(nextDisagreement(made, 9, -1)->first == 7);
    CHECK(nextDisagreement(made, 7, -1)->first == 0);
    CHECK(nextDisagreement(made, 0, -1) == nullptr);
}
TEST_CASE("Case.EntitiesAtWordsAreTheLanesOwn") {
    const Case made = makeCase(post(5), {gold({{"PER", 0, 1, {}}}), system("a", {{"LOC", 3, 4, {}}})}, "gold");
    CHECK(entitiesAt(made.lanes[1], 4, 4) == std::vector<Entity>{{"LOC", 3, 4, {}}});
    CHECK(entitiesAt(made.lanes[1], 0, 1).empty());  // missed there
}

TEST_CASE("CaseTable.ReadsLayersWithTheirStanding") {
    const Compared c;
    const CaseTable table = c.table();
    REQUIRE(table.rows() == 2);
    REQUIRE(table.layers().size() == 4);
    CHECK(table.standing(1, 0).right == 2);
    CHECK(table.standing(1, 0).wrong() == 0);
    CHECK(table.standing(2, 0).of(ErrorKind::Boundary) == 1);
    CHECK_FALSE(table.isCovered(3, 0));
    CHECK_FALSE(table.isJudged(3, 0));
    CHECK(table.standing(3, 1).of(ErrorKind::Type) == 1);
    CHECK(table.layers()[3].covered == 1);
    CHECK(table.disagreeing(0) == 1);
    CHECK(table.sumOf(2).right == 3);
    CHECK(table.sumOf(3).posts == 1);
    CHECK(table.rowOf(table.post(1)) == std::optional<std::size_t>(1));
    CHECK_FALSE(table.rowOf(PostId{77}));
    CHECK(table.readings(0)[1].entities[0].confidence == .9);
}
TEST_CASE("CaseTable.TheReferenceComesInWhereItWasNotAskedFor") {
    const Compared c;
    const CaseTable table = loadCases(*c.project, {{"a"}, "corrected"}, {});
    REQUIRE(table.layers().size() == 2);
    CHECK(table.layers()[table.reference()].name == "corrected");
    CHECK(table.standing(0, 0).right == 2);  // untouched posts show gold
    CHECK(errorOf([&] { loadCases(*c.project, {{"nobody"}, "gold"}, {}); }) == "layer-unknown");
    CHECK(errorOf([&] { loadCases(*c.project, {{"a"}, "b"}, {}); }) == "option-invalid");
}
TEST_CASE("CaseTable.WithoutAnyGoldNothingIsJudged") {
    const ProjectFixture f;
    const auto project = f.filled("IMGID:1\nAda\tO\n\n");
    project->storePredictions("a", {{postAt(*project, 0), {{"PER", 0, 0, {}}}}});
    project->storePredictions("b", {{postAt(*project, 0), {}}});
    const CaseTable table = loadCases(*project, {{"a", "b"}, "gold"}, {});
    CHECK_FALSE(table.isJudged(0, 0));
    CHECK(table.layers()[table.reference()].covered == 0);
    CHECK_FALSE(caseOf(*project, table, 0).hasReference);
    CHECK(table.disagreeing(0) == 1);
    CHECK_FALSE(table.areSystemsEqual(0));
}
TEST_CASE("CaseTable.AnEditIsJudgedAnew") {
    const Compared c;
    CaseTable table = c.table("corrected");
    const std::size_t corrected = table.reference();
    CHECK(table.standing(2, 0).wrong() == 1);
    table.replace(corrected, 0, std::vector<Entity>{{"PER", 0, 0, {}}, kToronto}, true);
    CHECK(table.standing(2, 0).wrong() == 0);
    CHECK(table.standing(1, 0).of(ErrorKind::Boundary) == 1);
    CHECK(table.readings(0)[corrected].entities[0].last == 0);
}
TEST_CASE("CaseTable.GapIsTheWidestDifferenceOfConfidenceWhereSystemsDiffer") {
    const ProjectFixture f;
    const auto project = f.filled();
    const PostId one = postAt(*project, 0), two = postAt(*project, 1);
    project->storePredictions("a", {{one, {sure(kDurant, .9), sure(kToronto, .2)}}, {two, {sure(kBible, .75)}}});
    project->storePredictions("b", {{one, {sure({"PER", 0, 0, {}}, .5), sure(kToronto, .9)}}, {two, {}}});
    project->storePredictions("silent", {{one, {kDurant}}});  // no confidences: not counted
    const CaseTable table = loadCases(*project, {{"a", "b", "silent"}, "gold"}, {});
    REQUIRE(table.confidenceGap(0));
    CHECK(*table.confidenceGap(0) == Approx(.4));  // both say Toronto: no difference
    CHECK(*table.confidenceGap(1) == Approx(.75));
    CHECK_FALSE(loadCases(*project, {{"silent"}, "gold"}, {}).confidenceGap(0));
}

TEST_CASE("CaseSentence.PartsBecomeConditionsOfTheQueryLine") {
    using Wanted = CaseSentence::Wanted;
    const Compared c;
    const CaseScope scope{{"a", "b", "c"}, "gold"};
    const auto found = [&](const CaseSentence& sentence) {
        return rowsOf(c.table(), find(*c.project, queryOf(sentence, scope)));
    };
    CaseSentence said;
    CHECK(queryOf(said, scope).empty());
    said.layers = {{"a", Wanted::Right}, {"b", Wanted::Wrong}};
    CHECK(queryOf(said, scope) == "right(a,gold) wrong(b,gold)");
    CHECK(found(said) == Rows{0});
    said.kinds = {ErrorKind::Boundary};
    CHECK(found(said) == Rows{0});
    said.kinds = {ErrorKind::Type, ErrorKind::Missed};
    CHECK(queryOf(said, scope) == "right(a,gold) (error(b,gold):type or error(b,gold):missed)");
    CHECK(found(said).empty());
    said.layers.clear();
    CHECK(found(said) == Rows{1});  // any system: c
    said.layers = {{"c", Wanted::Right}};
    said.kinds.clear();
    CHECK(found(said).empty());  // it says nothing of the first post, which is not right
}
TEST_CASE("CaseSentence.AgreementIsOfTheSystems") {
    const ProjectFixture f;
    const auto project = f.filled(kTweets + "IMGID:3\nAda\tB-PER\n\n");
    const Entity ada{"PER", 0, 0, {}}, wrong{"ORG", 0, 0, {}};
    const PostId one = postAt(*project, 0), two = postAt(*project, 1), three = postAt(*project, 2);
    project->storePredictions("a", {{one, {kDurant, kToronto}}, {two, {kTimes}}, {three, {wrong}}});
    project->storePredictions("b", {{one, {kDurant, kToronto}}, {two, {}}, {three, {wrong}}});
    const CaseTable table = loadCases(*project, {{"a", "b"}, "gold"}, {});
    using Agreement = CaseSentence::Agreement;
    const auto kept = [&](Agreement agreement) {
        CaseSentence said;
        said.agreement = agreement;
        return rowsOf(table, find(*project, queryOf(said, {{"a", "b"}, "gold"})));
    };
    CHECK(kept(Agreement::SomeWrong) == Rows{1, 2});
    CHECK(kept(Agreement::Differ) == Rows{1});
    CHECK(kept(Agreement::AllAgainst) == Rows{2});
    CHECK(kept(Agreement::AllRight) == Rows{0});
}
TEST_CASE("CaseSentence.OfLayersThatDifferThoseThatSpeakCount") {
    const Compared c;  // c says nothing of the first post
    CaseSentence said;
    said.agreement = CaseSentence::Agreement::Differ;
    CHECK(rowsOf(c.table(), find(*c.project, queryOf(said, {{"a", "b", "c"}, "gold"}))) == Rows{0, 1});
}
TEST_CASE("CaseSentence.IsReadFromTheQueryThatItWrites") {
    const CaseScope scope{{"a", "my run", "c(1)"}, "corrected"};
    using S = CaseSentence;
    std::vector<CaseSentence> all(9);
    all[0].agreement = S::Agreement::SomeWrong;
    all[0].kinds = {ErrorKind::Boundary, ErrorKind::Spurious};
    all[1].agreement = S::Agreement::Differ;
    all[1].picture = query::ImageState::Yes;
    all[2].agreement = S::Agreement::AllAgainst;
    all[2].kinds = {ErrorKind::Type, ErrorKind::Missed};
    all[3].agreement = S::Agreement::AllRight;
    all[3].posts = {"587868", "7 and (8)"};
    all[4].layers = {{"a", S::Wanted::Right}, {"c(1)", S::Wanted::Wrong}};
    all[4].kinds = {ErrorKind::BoundaryAndType};
    all[5].layers = {{"my run", S::Wanted::Wrong}};
    all[5].effect = {"my run", query::Influence::Hurt};
    all[6].rest = "kevin not split:test (label:PER or len>3)";
    all[6].picture = query::ImageState::Missing;
    all[7].posts = {"1"};
    for (const CaseSentence& said : all) {
        const std::string line = queryOf(said, scope);
        CAPTURE(line);
        CHECK(sentenceOf(line, scope) == said);
    }
}
TEST_CASE("CaseSentence.WhatNoMenuSaysIsKept") {
    const CaseScope scope{{"a", "b"}, "gold"};
    const auto rest = [&](const char* line) { return sentenceOf(line, scope).rest; };
    CHECK(rest("Kevin or \"New York\"") == "(Kevin or \"New York\")");
    CHECK(rest("wrong(a)") == "wrong(a)");  // against the corrected layer
    CHECK(rest("wrong(z,gold) right(a,gold)") == "wrong(z,gold)");
    CHECK(rest("right(a,gold) wrong(a,gold)") == "wrong(a,gold)");
    CHECK(rest("error(a,gold):type error(b,gold):missed") == "error(b,gold):missed");  // kinds are of all parts
    CHECK(rest("(error(a,gold):type or error(b,gold):missed)") == "(error(a,gold):type or error(b,gold):missed)");
    CHECK(rest("not disagree(a,b) wrong(a,gold)") == "not disagree(a,b)");
    CHECK(rest("disagree(a,gold) img:yes img:no") == "disagree(a,gold) img:no");
    CHECK(rest("id:58 (id=1 or kevin)") == "id:58 (id=1 or kevin)");
    CHECK(rest("(img:yes right(a,gold))") == "(img:yes right(a,gold))");
    CHECK(sentenceOf("label: (", scope) == CaseSentence{});
    CaseSentence said = sentenceOf("not (a b) error(A,GOLD):type|missed", scope);
    CHECK(said.layers.size() == 1);
    CHECK(said.kinds == std::vector{ErrorKind::Type, ErrorKind::Missed});
    said.layers.clear();
    said.kinds.clear();
    CHECK(queryOf(said, scope) == "not (a b)");
}
TEST_CASE("CaseTable.StopsWhenAsked") {
    const Compared c;
    std::stop_source stop;
    stop.request_stop();
    const std::vector<PostId> all{postAt(*c.project, 0)};
    CHECK_THROWS_AS(rowsOf(c.table(), all, stop.get_token()), Cancelled);
    CHECK_THROWS_AS(loadCases(*c.project, {{"a"}, "gold"}, {}, stop.get_token()), Cancelled);
}

TEST_CASE("CaseOrder.MostDisagreeingAndWidestGapComeFirst") {
    const ProjectFixture f;
    const auto project = f.filled(kTweets + "IMGID:3\nAda\tB-PER\n\n");
    const PostId one = postAt(*project, 0), two = postAt(*project, 1), three = postAt(*project, 2);
    project->storePredictions("a", {{one, {}}, {two, {}}, {three, {sure({"PER", 0, 0, {}}, .9)}}});
    project->storePredictions("b", {{one, {kDurant, kToronto}}, {two, {}}, {three, {}}});
    const CaseTable table = loadCases(*project, {{"a", "b"}, "gold"}, {});
    Rows rows{2, 1, 0};
    sortRows(rows, table, CaseOrder::Disagreeing);
    CHECK(rows == Rows{1, 0, 2});
    sortRows(rows, table, CaseOrder::Gap);
    CHECK(rows == Rows{2, 0, 1});
    sortRows(rows, table, CaseOrder::Project);
    CHECK(rows == Rows{0, 1, 2});
    sortByName(rows, table, {"3", "1"});
    CHECK(rows == Rows{2, 0, 1});
}
TEST_CASE("SavedView.IsOfferedOnlyWhereAllItsPostsAre") {
    const ProjectFixture f;
    std::string all;
    for (const std::string& id : builtInViews().front().posts) all += "IMGID:" + id + "\nAda\tB-PER\n\n";
    CHECK(viewsOf(loadCases(*f.filled(all), {{}, "gold"}, {})).size() == 1);
    const ProjectFixture g;
    CHECK(viewsOf(loadCases(*g.filled(all.substr(all.find("IMGID:7"))), {{}, "gold"}, {})).empty());
}

TEST_CASE("LaneLayout.MarksStandUnderTheirWords") {
    const std::vector<double> widths{30, 20, 40};
    const std::vector<LaneMark> marks{{0, 0, 1, 10, 0}, {1, 2, 2, 10, 0}};
    const LaneLayout layout = layLanes(widths, marks, {200, 5, 4});
    REQUIRE(layout.lines.size() == 1);
    CHECK(layout.words[1].left == 35);
    REQUIRE(layout.segments.size() == 2);
    CHECK(layout.segments[0].left == 0);
    CHECK(layout.segments[0].right == 55);
    CHECK(layout.segments[1].left == 60);
    CHECK(layout.segments[1].right == 100);
}
TEST_CASE("LaneLayout.ANoteMovesOnlyTheNextMarkOfItsLane") {
    const std::vector<double> widths{10, 10, 10};
    const std::vector<LaneMark> marks{{0, 0, 0, 10, 50}, {1, 1, 1, 10, 0}, {0, 2, 2, 10, 0}};
    const LaneLayout layout = layLanes(widths, marks, {200, 5, 4});
    CHECK(layout.words[1].left == 15);
    CHECK(layout.words[2].left == 64);
}
TEST_CASE("LaneLayout.TheNextWordStandsBehindAMarkThatIsWiderThanItsWord") {
    const std::vector<double> widths{10, 10};
    const std::vector<LaneMark> marks{{0, 0, 0, 30, 0}};
    const LaneLayout layout = layLanes(widths, marks, {200, 5, 4});
    CHECK(layout.segments[0].right == 30);
    CHECK(layout.words[1].left == 35);
}
TEST_CASE("LaneLayout.LinesBreakBeforeWhatDoesNotFitAndMarksGoOn") {
    const std::vector<double> widths{40, 40, 40, 300, 10};
    const std::vector<LaneMark> marks{{0, 1, 2, 10, 0}, {0, 4, 4, 10, 0}, {0, 3, 99, 1, 0}, {0, -1, 0, 1, 0}};
    const LaneLayout layout = layLanes(widths, marks, {100, 5, 4});
    REQUIRE(layout.lines.size() == 4);
    CHECK(layout.lines[0].lastWord == 1);
    CHECK(layout.lines[1].hasMarks);
    CHECK_FALSE(layout.lines[2].hasMarks);
    REQUIRE(layout.segments.size() == 3);  // marks outside the post are left out
    CHECK(layout.segments[0].begins);
    CHECK_FALSE(layout.segments[0].ends);
    CHECK(layout.segments[1].ends);
    CHECK(layout.segments[1].left == 0);
    CHECK(layout.segments[1].line == 1);
}
TEST_CASE("LaneLayout.EveryPartOfAMarkThatIsCutHasRoomForItsName") {
    const std::vector<double> widths{40, 40, 20, 10};
    const std::vector<LaneMark> marks{{0, 1, 2, 10, 30, 60}, {1, 3, 3, 10, 0, 0}};
    const LaneLayout layout = layLanes(widths, marks, {100, 5, 4});
    REQUIRE(layout.segments.size() == 3);
    CHECK(layout.segments[1].line == 1);
    CHECK(layout.segments[1].right == 60);  // the words alone would take 20
    CHECK(layout.words[3].line == 1);
    CHECK(layout.words[3].left == 65);  // behind the name, as on the first line
    // A name that would stick out of the line takes its first word to the next one.
    const std::vector<double> narrow{70, 20, 20};
    const std::vector<LaneMark> wide{{0, 1, 2, 40, 0, 40}};
    CHECK(layLanes(narrow, wide, {100, 5, 4}).words[1].line == 1);
}
TEST_CASE("LaneLayout.AnEmptyPostHasNoLines") {
    CHECK(layLanes({}, {}, {100, 5, 4}).lines.empty());
}

TEST_CASE("Speed.NineLayersOfTenThousandPostsAreJudgedAndFiltered", "[.][speed]") {
    constexpr int kPosts = 10000, kLayers = 9;
    std::vector<CaseTable::Layer> layers{{"gold", LayerKind::Gold, 0}};
    for (int l = 0; l < kLayers; ++l) layers.push_back({"s" + std::to_string(l), LayerKind::Run, 0});
    CaseTable table(layers, "gold");
    std::mt19937 random(1);
    const std::vector<std::string> types{"PER", "LOC", "ORG", "MISC"};
    for (int p = 0; p < kPosts; ++p) {
        table.addPost(PostId{p + 1}, std::to_string(p), true);
        std::vector<Entity> truth;
        for (int w = 0; w < 16; w += 4)
            if (random() % 2) truth.push_back({types[random() % 4], w, w + static_cast<int>(random() % 3), {}});
        table.addReading(truth, true, false);
        for (int l = 0; l < kLayers; ++l) {
            std::vector<Entity> said;
            for (Entity e : truth) {  // four in ten are wrong
                if (random() % 10 == 0) continue;
                if (random() % 10 == 0) e.type = types[random() % 4];
                if (random() % 10 == 0) e.last = e.first;
                e.confidence = 0.5;
                said.push_back(e);
            }
            if (random() % 10 == 0) said.push_back({"PER", 17, 18, 0.9});
            table.addReading(said, true, false);
        }
    }
    const auto now = [] { return std::chrono::steady_clock::now(); };
    const auto ms = [](auto from, auto to) { return std::chrono::duration<double, std::milli>(to - from).count(); };
    const auto start = now();
    table.judge();
    const auto judged = now();
    std::vector<PostId> all;
    for (int p = 0; p < kPosts; ++p) all.push_back(PostId{p + 1});
    Rows rows = rowsOf(table, all);
    const auto against = now();
    sortRows(rows, table, CaseOrder::Gap);
    const auto sorted = now();
    CHECK(!rows.empty());
    std::cout << "judged: " << ms(start, judged) << " ms; rows: " << ms(judged, against)
              << " ms; sorted by gap: " << ms(against, sorted) << " ms\n";
}
