#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <ctime>
#include <iostream>
#include <random>

#include "core/base/file.h"
#include "core/project/entity_boxes.h"
#include "core/protocol/influence.h"
#include "core/workflow/scores/score_report.h"
#include "core/workflow/scores/score_table.h"
#include "core/workflow/scores/slices.h"
#include "tests/support/project_fixture.h"
#include "tests/support/raw_database.h"

namespace {

using namespace mnerva;
using namespace mnerva::workflow;
using namespace mnerva::test;

const std::string kPosts =
    "IMGID:1\nKevin\tB-PER\nDurant\tI-PER\nin\tO\nToronto\tB-LOC\n\n"
    "IMGID:2\nParis\tB-LOC\nloves\tO\nNBA\tB-ORG\n\n"
    "IMGID:3\nBible\tB-OTHER\nstudy\tO\n\n";

/// Two layers over the three posts: `full` is right but for NBA, `part` knows two posts only.
struct ScoresFixture : ProjectFixture {
    std::unique_ptr<Project> project;

    ScoresFixture() {
        project = filled(kPosts);
        const PostId a = postAt(*project, 0), b = postAt(*project, 1), c = postAt(*project, 2);
        project->storePredictions("full", {{a, {{"PER", 0, 1, 0.9}, {"LOC", 3, 3, 0.8}}},
                                           {b, {{"LOC", 0, 0, 0.7}, {"TEAM", 2, 2, 0.6}}},
                                           {c, {{"MISC", 0, 0, 0.5}}}});
        project->storePredictions("part", {{a, {{"PER", 0, 0, 0.9}}}, {b, {}}});
    }
    static ScoreQuestion ask(std::vector<std::string> layers) {
        ScoreQuestion question;
        question.layers = std::move(layers);
        return question;
    }
    static bool warns(const ScoreTable& table, ScoreWarning::Kind kind) {
        return std::any_of(table.warnings.begin(), table.warnings.end(),
                           [&](const ScoreWarning& warning) { return warning.kind == kind; });
    }
};

}  // namespace

TEST_CASE_METHOD(ScoresFixture, "Scores.AreThoseOfEvaluate") {
    const ScoreSource source = readScoreSource(*project);
    for (const eval::Rule rule : {eval::Rule::SeqevalLenient, eval::Rule::ConllStrict, eval::Rule::SpecialToO})
        for (const char* layer : {"full", "part", "corrected"}) {
            INFO(layer);
            ScoreQuestion question = ask({layer});
            question.rule = rule;
            const eval::Score ours = scoreTable(source, question).rows.at(0).score.score;
            const eval::Score theirs = evaluateLayer(*project, layer, "gold", std::nullopt, rule);
            CHECK(ours.micro.f1 == theirs.micro.f1);
            CHECK(ours.predicted == theirs.predicted);
            CHECK(ours.types.size() == theirs.types.size());
        }
}

TEST_CASE_METHOD(ScoresFixture, "Scores.SayWhichPostsAndTypesAreNotAlike") {
    const ScoreSource source = readScoreSource(*project);
    const ScoreTable table = scoreTable(source, ask({"full", "part"}));
    CHECK(table.posts == 3);
    CHECK(table.rows.at(1).score.posts.size() == 2);
    CHECK(warns(table, ScoreWarning::Kind::OtherPosts));
    CHECK(warns(table, ScoreWarning::Kind::PostsMissing));
    CHECK(warns(table, ScoreWarning::Kind::TypeNotInGold));
    CHECK_FALSE(warns(table, ScoreWarning::Kind::NoGold));
    CHECK(scoreTable(source, ask({"corrected"})).warnings.empty());
}

TEST_CASE_METHOD(ScoresFixture, "Scores.CarryTheFingerprintThatStatsPrints") {
    const ScoreSource source = readScoreSource(*project);
    ScoreQuestion question = ask({"full"});
    question.split = Split::Train;
    CHECK(scoreTable(source, question).fingerprint == layerFingerprint(*project, "gold", Split::Train));
    const std::string caption = captionOf(source, question);
    for (const char* part : {"seqeval-lenient", "full", "gold", "train", "seed 1"})
        CHECK(caption.find(part) != std::string::npos);
    CHECK(caption.find(layerFingerprint(*project, "gold", Split::Train).substr(0, 12)) != std::string::npos);
    question.split = Split::Test;
    CHECK(errorOf([&] { scoreTable(source, question); }) == "split-empty");
    CHECK(errorOf([&] { scoreTable(source, ask({"none"})); }) == "layer-unknown");
}

TEST_CASE_METHOD(ScoresFixture, "Scores.FollowACorrectionWhenTheLayerIsReadAgain") {
    ScoreSource source = readScoreSource(*project);
    ScoreQuestion question = ask({"full"});
    question.reference = "corrected";
    const double before = scoreTable(source, question).rows[0].score.score.micro.f1;
    label(*project, 1, 2, 2, "MISC");
    takeLayer(source, readLayer(*project, "corrected"));
    const ScoreTable after = scoreTable(source, question);
    CHECK(after.rows[0].score.score.micro.f1 == before);  // TEAM is still wrong
    CHECK(after.rows[0].score.score.types.count("ORG") == 0);
    CHECK(after.fingerprint == layerFingerprint(*project, "corrected", Split::Train));
}

TEST_CASE_METHOD(ScoresFixture, "Scores.LeaveOutPostsOfAnotherTokenisation") {
    // The words of the post became fewer behind the layer's back.
    project.reset();
    runSql(projectFolder / "project.mnerva",
           "UPDATE posts SET words = CAST('Paris' AS BLOB), word_count = 1, source_tags = CAST('B-LOC' AS BLOB) WHERE "
           "id = 2");
    const auto again = open(OpenMode::ReadOnly);
    const ScoreSource source = readScoreSource(*again);
    const ScoreTable table = scoreTable(source, ask({"full"}));
    CHECK(table.rows[0].score.posts == std::vector<int>{0, 2});
    CHECK(warns(table, ScoreWarning::Kind::WordCountDiffers));
}

TEST_CASE_METHOD(ScoresFixture, "Scores.ErrorsAddUpToTheScore") {
    const ScoreSource source = readScoreSource(*project);
    const ScoreQuestion question = ask({"full", "part"});
    for (const std::string& layer : question.layers) {
        const LayerErrors errors = layerErrors(source, question, layer);
        const std::vector<ErrorRow> rows = errorRows(source, errors);
        REQUIRE_FALSE(rows.empty());
        ErrorRow sum;
        for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
            sum.right += rows[i].right;
            for (int kind = 0; kind < 5; ++kind) sum.kinds[kind] += rows[i].kinds[kind];
        }
        CHECK(sum.right == rows.back().right);
        CHECK(sum.wrong() == rows.back().wrong());
    }
    const LayerErrors errors = layerErrors(source, question, "part");
    CHECK(errorRows(source, errors).back().kinds[static_cast<int>(eval::ErrorKind::Boundary)] == 1);
    const auto surfaces = surfacesOf(source, errors);
    CHECK(std::any_of(surfaces.begin(), surfaces.end(),
                      [](const eval::SurfaceRow& row) { return row.isMissed && row.text == "Kevin Durant"; }));
    CHECK(source.idsOf(errors.posts) == std::vector<PostId>{postAt(*project, 0), postAt(*project, 1)});
}

TEST_CASE_METHOD(ScoresFixture, "Scores.BucketsHaveTheSameBordersForAllLayers") {
    const ScoreSource source = readScoreSource(*project);
    const ScoreQuestion question = ask({"full", "part"});
    std::vector<LayerErrors> errors;
    for (const std::string& layer : question.layers) errors.push_back(layerErrors(source, question, layer));
    for (const eval::Property property : eval::allProperties()) {
        INFO(eval::propertyName(property));
        const BucketTable table = bucketTable(source, question, errors, property);
        REQUIRE(table.layers.size() == 2);
        if (eval::isOfRun(property)) {
            CHECK(table.leftOut > 0);  // the runs were not asked
            CHECK(table.ranges.empty());
            continue;
        }
        CHECK(table.leftOut == 0);
        CHECK_FALSE(table.ranges.empty());
        CHECK(table.layers[0].size() == table.ranges.size());
        CHECK(table.layers[1].size() == table.ranges.size());
        const eval::ReportTable report = bucketsReport(source, question, table, "caption");
        CHECK(report.rows.size() == table.ranges.size());
    }
}

TEST_CASE_METHOD(ScoresFixture, "Scores.WhatThePictureDoesIsKnownOfRunsThatWereAsked") {
    const auto post = [&](int at) { return std::to_string(postAt(*project, at).value); };
    std::filesystem::create_directories(projectFolder / "runs" / "full");
    writeFileAtomic(projectFolder / "runs" / "full" / "influence.json",
                    R"({"format":1,"run":"full","list":[{"id":"1","number":)" + post(0) +
                        R"(,"entities":[{"type":"PER","first":0,"last":1,"effect":"helped"},)"
                        R"({"type":"LOC","first":3,"last":3,"effect":"same-right"}]},{"id":"2","number":)" +
                        post(1) + R"(,"entities":[{"type":"ORG","first":2,"last":2,"effect":"<odd>"}]}]})");
    const ScoreSource source = readScoreSource(*project);
    const ScoreQuestion question = ask({"full", "part"});
    std::vector<LayerErrors> errors;
    for (const std::string& layer : question.layers) errors.push_back(layerErrors(source, question, layer));
    const BucketTable table = bucketTable(source, question, errors, eval::Property::PictureEffect);
    REQUIRE(table.ranges.size() == 2);
    const auto name = [&](std::size_t at) {
        return eval::bucketName(table.property, table.ranges[at], source.table->types());
    };
    CHECK(name(0) == "helped");
    CHECK(name(1) == "right either way");
    CHECK(table.layers[0][0].prf.f1 == 1);
    CHECK(table.layers[1][0].posts.empty());  // nobody asked this one
}

TEST_CASE_METHOD(ScoresFixture, "Scores.PostsStandInThirdsOfWhatTheGateLetsThrough") {
    std::filesystem::create_directories(projectFolder / "runs" / "full");
    protocol::Influence told;
    for (const auto& [at, relevance] : {std::pair{0, 0.9}, {1, 0.1}}) {
        protocol::PostInfluence post;
        post.number = postAt(*project, at).value;
        post.relevance = relevance;
        told.list.push_back(post);
    }
    writeFileAtomic(projectFolder / "runs" / "full" / protocol::kInfluenceFile, protocol::toJson(told).dump());
    const ScoreSource source = readScoreSource(*project);
    const ScoreQuestion question = ask({"full", "part"});
    std::vector<LayerErrors> errors;
    for (const std::string& layer : question.layers) errors.push_back(layerErrors(source, question, layer));
    const BucketTable table = bucketTable(source, question, errors, eval::Property::Relevance);
    REQUIRE(table.ranges.size() == 2);
    const auto name = [&](std::size_t at) {
        return eval::bucketName(table.property, table.ranges[at], source.table->types());
    };
    CHECK(name(0) == "lowest third");
    CHECK(table.layers[0][0].posts == std::vector<int>{1});
    CHECK(table.layers[0][1].posts == std::vector<int>{0});
    CHECK(table.layers[1][0].posts.empty());  // nobody asked this one
    CHECK(table.leftOut > 0);
}

TEST_CASE_METHOD(ScoresFixture, "Scores.ConfidencesAreHeldAgainstTheReference") {
    const ScoreSource source = readScoreSource(*project);
    const auto found = reliabilityOfLayer(source, ask({"full"}), "full");
    REQUIRE(found);
    CHECK(found->found.count == 5);  // TEAM for NBA is the one that is wrong
    int right = 0, posts = 0;
    for (std::size_t bin = 0; bin < found->found.bins.size(); ++bin) {
        const eval::ReliabilityBin& one = found->found.bins[bin];
        right += static_cast<int>(std::lround(one.right * one.count));
        posts += static_cast<int>(found->posts[bin].size());
        CHECK(found->wrongPosts[bin] == (one.from <= 0.6 && 0.6 < one.to ? std::vector<int>{1} : std::vector<int>{}));
    }
    CHECK(right == 4);
    CHECK(posts == 5);  // each entity has another confidence
    CHECK(reliabilityReport(found->found, "full", "caption").rows.size() == found->found.bins.size());
    CHECK_FALSE(reliabilityOfLayer(source, ask({"corrected"}), "corrected"));
}

TEST_CASE_METHOD(ScoresFixture, "Slices.AreKeptByTheProjectAndScoredOverTheirPosts") {
    const std::vector<Slice> slices{{"with a place", "label:LOC"}, {"", "Bible"}, {"broken", "disagree(gone,full)"}};
    storeSlices(*project, slices);
    const std::vector<Slice> kept = readSlices(*project);
    REQUIRE(kept.size() == 3);
    CHECK(kept[1].name == "Bible");  // one without a name is called by its query
    const std::vector<FoundSlice> found = findSlices(*project, kept);
    CHECK(found[0].posts.size() == 2);
    CHECK(found[1].posts == std::vector<PostId>{postAt(*project, 2)});
    CHECK(found[2].mistake);
    const ScoreSource source = readScoreSource(*project);
    for (const eval::Rule rule : eval::allRules()) {
        INFO(eval::ruleName(rule));
        ScoreQuestion question = ask({"full", "part"});
        question.rule = rule;
        const ScoreTable table = scoreTable(source, question);
        const std::vector<SliceRow> rows = sliceTable(source, table, found);
        REQUIRE(rows.size() == 3);
        for (std::size_t s = 0; s < 2; ++s) {
            REQUIRE(rows[0].systems[s].has_value() != eval::needsRegions(rule));  // no layer has any
            if (eval::needsRegions(rule)) continue;
            // As if there were no other posts.
            const auto& gold = source.layer("gold").tags;
            const auto alone = eval::scoreLayer(gold, source.layer(question.layers[s]).tags, *source.table,
                                                source.texts, rows[0].posts, rule);
            CHECK(rows[0].systems[s]->f1 == Approx(alone.score.micro.f1));
            CHECK(rows[0].systems[s]->precision == Approx(alone.score.micro.precision));
        }
        CHECK(rows[1].systems[0].has_value() != eval::needsRegions(rule));
        CHECK_FALSE(rows[1].systems[1]);  // part does not know the third post
        CHECK_FALSE(rows[2].systems[0]);
        const eval::ReportTable report = slicesReport(table, found, rows, 0, "caption");
        CHECK(report.head.size() == report.rows[0].size());
    }
}

namespace {

/// Gold says where Kevin Durant and Paris are; the other entities are not shown.
struct GroundingFixture : ScoresFixture {
    GroundingFixture() {
        const auto shown = [&](std::size_t index, const Entity& entity, int left) {
            Region region;
            region.left = left;
            region.width = region.height = 10;
            region.origin = RegionOrigin::Xml;
            return std::pair(postAt(*project, index), PostRegions{{region}, {{entity, RegionId{1}}}});
        };
        project.reset();  // the pictures of the posts came with no import here
        runSql(projectFolder / "project.mnerva", "UPDATE posts SET images = CAST('a.jpg' AS BLOB)");
        project = open();
        project->storeFileRegions("xml", {shown(0, {"PER", 0, 1, {}}, 0), shown(1, {"LOC", 0, 0, {}}, 40)});
    }
    /// As a grounded run stores its answers. Bible of the third post is left to be not shown.
    void ground(const std::string& run, int leftOfDurant, std::vector<EntityBox> ofSecond) {
        storeEntityBoxes(
            *project, run,
            {{postAt(*project, 0), {{0, 1, leftOfDurant, 0, 10, 10}}}, {postAt(*project, 1), std::move(ofSecond)}});
    }
    ScoreQuestion asked(std::vector<std::string> layers) const {
        ScoreQuestion question = ask(std::move(layers));
        question.rule = eval::Rule::Grounding;
        return question;
    }
};

}  // namespace

TEST_CASE_METHOD(GroundingFixture, "Grounding.CountsAnEntityOnlyWithItsRegion") {
    ground("full", 1, {{0, 0, 80, 0, 10, 10}});  // Durant within half, Paris elsewhere
    const ScoreSource source = readScoreSource(*project);
    const SystemScore row = scoreTable(source, asked({"full"})).rows.at(0);
    REQUIRE(row.score.isScored);
    // Five in gold and predicted: Durant, Toronto and Bible are right, Paris is misplaced, NBA has another type.
    CHECK(row.score.score.micro.correct == 3);
    CHECK(row.score.score.micro.f1 == Approx(0.6));
    CHECK(row.score.score.types.at("PER").f1 == 1.0);
    CHECK(row.score.score.types.at("LOC").correct == 1);
    REQUIRE(row.score.grounding);
    CHECK(row.score.grounding->mner.correct == 4);
    CHECK(row.score.grounding->eeg.correct == 4);  // NBA is not shown, and nobody says it is
    CHECK(row.score.grounding->gmner.correct == 3);
    CHECK(row.interval);
    CHECK(row.score.counts == std::vector<eval::PostCounts>{{2, 2, 2}, {2, 2, 0}, {1, 1, 1}});
    const LayerErrors errors = layerErrors(source, asked({"full"}), "full");
    const ErrorRow all = errorRows(source, errors).back();
    CHECK(all.right == 3);
    CHECK(all.region == 1);
    CHECK(all.kinds[static_cast<int>(eval::ErrorKind::Type)] == 1);
    const eval::ReportTable report = errorsReport(source, errors, "full", "caption");
    CHECK(report.head.back() == "region");
    CHECK(report.rows.back().back() == "1");
    const eval::ReportTable types = typesReport(scoreTable(source, asked({"full"})), "caption");
    CHECK(types.rows.back().at(1) == "without region (MNER)");
    CHECK(types.rows.back().at(4) == "0.8000");
}

TEST_CASE_METHOD(GroundingFixture, "Grounding.OfALayerWithoutRegionsIsNoNumber") {
    ground("full", 0, {{0, 0, 40, 0, 10, 10}});
    const ScoreSource source = readScoreSource(*project);
    const ScoreTable table = scoreTable(source, asked({"full", "part", "corrected"}));
    CHECK(table.rows[0].score.score.micro.correct == 4);
    CHECK_FALSE(table.rows[1].score.isScored);
    CHECK_FALSE(table.rows[1].interval);
    CHECK(table.rows[2].score.score.micro.f1 == 1.0);  // the boxes of gold show through
    CHECK(table.warnings == std::vector<ScoreWarning>{{ScoreWarning::Kind::TypeNotInGold, {"full", "TEAM"}},
                                                      {ScoreWarning::Kind::NoRegions, {"part"}}});
    CHECK(systemsReport(table, "caption").rows.at(1).at(1) == noRegionsText());
    CHECK(typesReport(table, "caption").rows.size() > 3);
    CHECK_FALSE(compareLayers(source, asked({"full", "part"}), "full", "part"));
    CHECK(layerErrors(source, asked({"part"}), "part").units.empty());
    ScoreQuestion other = asked({"full"});
    other.reference = "part";
    const ScoreTable against = scoreTable(source, other);
    CHECK_FALSE(against.rows[0].score.isScored);
    CHECK(against.warnings == std::vector<ScoreWarning>{{ScoreWarning::Kind::NoRegions, {"part"}}});
}

TEST_CASE_METHOD(GroundingFixture, "Grounding.FollowsACorrectionAndEndsWithNewPredictions") {
    ground("full", 0, {});
    ScoreSource source = readScoreSource(*project);
    ScoreQuestion question = asked({"full"});
    question.reference = "corrected";
    CHECK(scoreTable(source, question).rows[0].score.score.micro.correct == 3);  // Paris is shown, and full says not
    label(*project, 0, 0, 1, "ORG");
    takeLayer(source, readLayer(*project, "corrected"));
    const SystemScore after = scoreTable(source, question).rows[0];
    CHECK(after.score.score.micro.correct == 2);
    CHECK(after.score.grounding->eeg.correct == 4);  // the box is found by its words, whatever their type
    project->storePredictions("full", {{postAt(*project, 0), {{"PER", 0, 1, 0.9}}}});
    CHECK_FALSE(entityBoxesOf(*project, "full"));
    CHECK_FALSE(scoreTable(readScoreSource(*project), question).rows[0].score.isScored);
}

TEST_CASE_METHOD(GroundingFixture, "Grounding.BoxesOfARunOutliveTheRegionsOfTheProject") {
    ground("full", 7, {});
    project->storeFileRegions("xml", {{postAt(*project, 0), {}}, {postAt(*project, 1), {}}});
    const auto boxes = entityBoxesOf(*project, "full");
    REQUIRE(boxes);
    CHECK(boxes->at(postAt(*project, 0)) == std::vector<EntityBox>{{0, 1, 7, 0, 10, 10}});
    CHECK_FALSE(entityBoxesOf(*project, "gold"));
    CHECK(errorOf([&] { entityBoxesOf(*project, "none"); }) == "layer-unknown");
    CHECK(errorOf([&] { storeEntityBoxes(*project, "none", {}); }) == "layer-unknown");
    for (const char* odd : {"boxes 2\n", "boxes 1\n1 0 1 0 0 10\n", "boxes 1\nx\n", "boxes 1\n1 2 1 0 0 10 10\n"}) {
        project->setSetting(entityBoxesKey("full"), odd);
        CHECK_FALSE(entityBoxesOf(*project, "full"));
    }
}

TEST_CASE_METHOD(ScoresFixture, "Slices.ThatAreNoneAreLeftOut") {
    for (const char* odd : {"", "no json", "{}", "[1, {\"name\": \"x\"}, {\"query\": 7}]"}) {
        INFO(odd);
        project->setSetting("slices", odd);
        CHECK(readSlices(*project).empty());
    }
}

TEST_CASE_METHOD(ScoresFixture, "Scores.ALayerWithoutPostsIsARowOfZeros") {
    project->storePredictions("empty", {});
    const ScoreSource source = readScoreSource(*project);
    const ScoreTable table = scoreTable(source, ask({"empty", "full"}));
    CHECK(table.rows[0].score.posts.empty());
    CHECK(table.rows[0].score.score.micro.f1 == 0);
    CHECK_FALSE(table.rows[0].interval);
    const auto compared = compareLayers(source, ask({}), "empty", "full");
    REQUIRE(compared);
    CHECK(compared->posts == 0);
}

TEST_CASE("Scores.WithoutGoldSayThatEveryScoreIsZero") {
    const ProjectFixture f;
    const auto project = f.filled("IMGID:1\nno\tO\nname\tO\n\n");
    project->storePredictions("run", {{postAt(*project, 0), {{"PER", 0, 0, 0.9}}}});
    const ScoreSource source = readScoreSource(*project);
    ScoreQuestion question;
    question.layers = {"run"};
    const ScoreTable table = scoreTable(source, question);
    REQUIRE_FALSE(table.warnings.empty());
    CHECK(table.warnings.front().kind == ScoreWarning::Kind::NoGold);
    CHECK(table.rows[0].score.score.predicted == 1);
}

TEST_CASE("Scores.OfPredictionFilesAreReadWithTheirWords") {
    formats::PredictionFile one, other;
    one.blocks.push_back({1, "1.jpg", "Kevin Durant wins", {"B-PER", "I-PER", "O"}, {"B-PER", "I-PER", "O"}});
    one.blocks.push_back({5, "2.jpg", "no words known", {"B-LOC"}, {"B-ORG"}});
    other.blocks.push_back({1, "1.jpg", "Kevin Durant wins", {"O", "O", "O"}, {"B-PER", "I-PER", "O"}});
    other.blocks.push_back({5, "2.jpg", "no words known", {"B-ORG"}, {"B-LOC"}});
    ScoreSource source = scoreSourceOf(one, "a.txt");
    addPredictions(source, other, "b.txt");
    ScoreQuestion question;
    question.layers = {"a.txt", "b.txt"};
    const ScoreTable table = scoreTable(source, question);
    CHECK(table.rows[0].score.score.micro.f1 == 0.5);
    CHECK(table.rows[1].score.posts == std::vector<int>{0});  // its second gold is another
    CHECK(ScoresFixture::warns(table, ScoreWarning::Kind::GoldDiffers));
    question.rule = eval::Rule::StringsPost;
    CHECK(scoreTable(source, question).posts == 1);
    CHECK(ScoresFixture::warns(scoreTable(source, question), ScoreWarning::Kind::WordsUnknown));
}

TEST_CASE("Scores.RunsThatDifferInTheirSeedAloneAreAGroup") {
    ScoreSource source;
    const auto add = [&](const std::string& name, const std::string& system, int seed, int epochs) {
        SourceLayer layer{name, "run", eval::Layer({}, *source.table), {}, {}, protocol::RunRecord{}};
        layer.record->system = system;
        layer.record->options = {{"seed", seed}, {"epochs", epochs}};
        source.layers.push_back(std::move(layer));
    };
    add("a1", "umt", 1, 5);
    add("b1", "mpcfn", 1, 5);
    add("a2", "umt", 2, 5);
    add("a3", "umt", 3, 9);
    CHECK(seedGroups(source) == std::vector<std::vector<std::string>>{{"a1", "a2"}});
    ScoreTable table;
    for (const auto& [name, f1] : {std::pair("a1", 0.5), std::pair("b1", 0.9), std::pair("a2", 0.7)}) {
        SystemScore row;
        row.layer = name;
        row.score.score.micro.f1 = f1;
        table.rows.push_back(row);
    }
    const auto groups = seedScores(source, table);
    REQUIRE(groups.size() == 1);
    CHECK(groups[0].layers == std::vector<std::string>{"a1", "a2"});
    CHECK(groups[0].f1.mean == Approx(0.6));
    CHECK(groups[0].f1.sd.value_or(0) == Approx(0.1414213562));
    CHECK(groups[0].least == 0.5);
    CHECK(groups[0].most == 0.7);
    CHECK(seedsReport(groups, "caption").rows.size() == 1);
}

TEST_CASE("ReportTable.QuotesForCsvAndEscapesForLatex") {
    const eval::ReportTable table{"t", "50 % of #a_b", {"text", "n"}, {{"a, \"b\"", "1"}, {"[x] \\ {y} ~ ^ & $", "2"}}};
    CHECK(eval::toCsv(table) == "text,n\n\"a, \"\"b\"\"\",1\n[x] \\ {y} ~ ^ & $,2\n");
    const eval::ReportTable below{"u", "c", {"x"}, {{"-0.0123"}, {"-- `a'"}}};
    CHECK(eval::toLatex(below).find("$-$0.0123 ") != std::string::npos);
    CHECK(eval::toLatex(below).find("{-}{-} \\textasciigrave{}a\\textquotesingle{}") != std::string::npos);
    const std::string latex = eval::toLatex(table);
    for (const char* part : {"\\toprule", "{lr}", "50 \\% of \\#a\\_b", "\\textbackslash{}", "{[}x{]} ", "\\{y\\}",
                             "\\textasciitilde{}", "\\textasciicircum{}", "\\&", "\\$", "\\label{tab:t}"}) {
        INFO(part);
        CHECK(latex.find(part) != std::string::npos);
    }
}

// Hidden from the usual run: `unit_workflow [scores-speed]` prints what tests/bench/RESULTS.md holds.
TEST_CASE("Scores.SpeedOfTenThousandPosts", "[.][scores-speed]") {
    using Clock = std::chrono::steady_clock;
    struct Watch {
        Clock::time_point begun = Clock::now();
        std::clock_t used = std::clock();
        /// Of a loaded machine the time of the processor tells more.
        std::string text() const {
            const double wall = std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
            const double cpu = 1000.0 * static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC;
            return fmt::format("{:.1f} ms ({:.1f} ms of the processor)", wall, cpu);
        }
    };
    constexpr int kPostCount = 10000, kLayers = 9;
    std::mt19937 random(1);
    std::string text;
    const char* types[] = {"PER", "LOC", "ORG", "MISC"};
    for (int i = 0; i < kPostCount; ++i) {
        text += "IMGID:" + std::to_string(i) + "\n";
        for (int w = 0; w < 16; ++w) {
            const bool isEntity = random() % 8 == 0;
            text += (isEntity ? "Name" : "word") + std::to_string(random() % 5000) +
                    (isEntity ? std::string("\tB-") + types[random() % 4] : "\tO") + "\n";
        }
        text += "\n";
    }
    const ProjectFixture f;
    const auto project = f.filled(text);
    const auto gold = project->entities("gold", std::nullopt);
    const auto posts = project->posts(std::nullopt);
    ScoreQuestion question;
    for (int layer = 0; layer < kLayers; ++layer) {
        std::vector<std::pair<PostId, std::vector<Entity>>> predictions;
        for (std::size_t i = 0; i < posts.size(); ++i) {
            std::vector<Entity> found;
            for (Entity entity : gold[i]) {
                if (random() % 10 == 0) continue;
                if (random() % 8 == 0) entity.type = types[random() % 4];
                found.push_back(entity);
            }
            predictions.emplace_back(posts[i].id, found);
        }
        question.layers.push_back("run" + std::to_string(layer));
        project->storePredictions(question.layers.back(), predictions);
    }
    Watch start;
    ScoreSource source = readScoreSource(*project);
    std::cout << "posts and " << kLayers << " layers read: " << start.text() << "\n";
    start = {};
    takeLayer(source, readLayer(*project, "corrected"));
    std::cout << "corrected layer read again: " << start.text() << "\n";

    ScoreQuestion one = question;
    one.layers = {"run0"};
    one.withIntervals = false;
    start = {};
    double sum = 0;
    for (const eval::Rule rule : eval::allRules()) {
        one.rule = rule;
        sum += scoreTable(source, one).rows[0].score.score.micro.f1;
    }
    std::cout << "all rules, one layer: " << start.text() << "\n";
    CHECK(sum > 0);

    start = {};
    std::vector<LayerErrors> errors;
    for (const std::string& layer : question.layers) {
        errors.push_back(layerErrors(source, question, layer));
        CHECK(confusionOf(source, errors.back()).types().size() == 4);
        CHECK_FALSE(errorRows(source, errors.back()).empty());
    }
    const std::string withoutBuckets = start.text();
    const BucketTable buckets = bucketTable(source, question, errors, eval::Property::SpanCharacters);
    std::cout << "confusion and error kinds, nine layers: " << withoutBuckets
              << "; with buckets and intervals: " << start.text() << "\n";
    CHECK(buckets.layers.size() == kLayers);
    start = {};
    bucketTable(source, question, errors, eval::Property::Consistency);
    std::cout << "buckets by consistency, nine layers: " << start.text() << "\n";
    start = {};
    for (const LayerErrors& wrong : errors) CHECK_FALSE(surfacesOf(source, wrong).empty());
    std::cout << "surfaces, nine layers: " << start.text() << "\n";
    start = {};
    scoreTable(source, question);
    std::cout << "score table with intervals, nine layers: " << start.text() << "\n";
    start = {};
    const auto compared = compareLayers(source, question, "run0", "run1");
    std::cout << "two layers compared, 1,000 resamples and 10,000 swaps: " << start.text() << "\n";
    CHECK(compared);
}
