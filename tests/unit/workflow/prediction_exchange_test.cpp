#include "core/workflow/exchange/prediction_exchange.h"

#include <catch2/catch.hpp>

#include "core/eval/score.h"
#include "core/formats/all.h"
#include "tests/support/project_fixture.h"

namespace {

using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;

const formats::Format& kPre = *formats::find("pre");
const formats::Format& kMtmner = *formats::find("mtmner");

const Entity kDurant{"PER", 0, 1, {}}, kToronto{"LOC", 4, 4, {}}, kBible{"MISC", 4, 4, {}};

/// The two posts with the predictions of a run "r": the first right, of the second only the last word.
std::unique_ptr<Project> predicted(const ProjectFixture& f) {
    auto project = f.filled();
    project->storePredictions("r", {{postAt(*project, 0), {kDurant, kToronto}}, {postAt(*project, 1), {kBible}}});
    return project;
}
}  // namespace

TEST_CASE("PredictionExchange.WhatWasWrittenReadsBackAsTheSameLayerAndScoresTheSame") {
    for (const formats::Format* format : {&kPre, &kMtmner}) {
        const ProjectFixture f;
        const auto project = predicted(f);
        const auto written = exportPredictions(*project, "r", Split::Train, *format, f.folder / "out.txt");
        CHECK(written.posts == 2);
        CHECK(written.entities == 3);
        const auto read = importPredictions(*project, f.folder / "out.txt", *format, Split::Train, "back");
        CHECK(read.posts == 2);
        CHECK(read.findings.isEmpty());
        CHECK(project->entities("back", Split::Train) == project->entities("r", Split::Train));
        const auto rule = eval::Rule::SeqevalLenient;
        const auto inside = evaluateLayer(*project, "r", "gold", Split::Train, rule);
        const auto outside = evaluateLayer(*project, "back", "gold", Split::Train, rule);
        CHECK(inside.micro.f1 == outside.micro.f1);
        CHECK(inside.micro.f1 == Approx(6.0 / 7));  // 3 of 3 predicted, 3 of 4 gold
    }
}

TEST_CASE("PredictionExchange.PreHasTextPredictedAndGoldTags") {
    const ProjectFixture f;
    const auto project = predicted(f);
    exportPredictions(*project, "r", Split::Train, kPre, f.folder / "out.txt");
    CHECK(readFile(f.folder / "out.txt") ==
          "Kevin Durant flies to Toronto\nB-PER I-PER O O B-LOC\nB-PER I-PER O O B-LOC\n\n"
          "New York Times reads Bible\nO O O O B-MISC\nI-ORG I-ORG I-ORG O B-MISC\n\n");
}

TEST_CASE("PredictionExchange.PostsThatTheRunDidNotPredictAreLeftOutAndTold") {
    const ProjectFixture f;
    const auto project = f.filled();
    project->storePredictions("r", {{postAt(*project, 1), {}}});
    const auto written = exportPredictions(*project, "r", Split::Train, kMtmner, f.folder / "o");
    CHECK(written.posts == 1);
    CHECK(written.findings.count("not-in-layer") == 1);
}

TEST_CASE("PredictionExchange.BlocksThatDoNotFitAreLeftOutWithTheirLine") {
    const ProjectFixture f;
    const auto project = f.filled();
    const auto path = f.write("p.txt",
                              "1.jpg\nKevin Durant flies\nB-PER I-PER O\nB-PER I-PER O\n\n"
                              "9.jpg\nx\nO O O O O\nO O O O O\n\n"
                              "3.jpg\ny\nO\nO\n\n");
    f.import(*project, "IMGID:4\nMira\tB-PER\n\n", "more_train.txt");
    const auto more = f.write("q.txt", readFile(path).substr(0, readFile(path).rfind("3.jpg")) +
                                           "4.jpg\nMira\nB-PER\nB-PER\n\n3.jpg\ny\nO\nO\n\n");
    const auto read = importPredictions(*project, more, kMtmner, Split::Train, "r");
    CHECK(read.posts == 1);
    CHECK(read.findings.count("word-count-differs") == 1);
    CHECK(read.findings.list()[0].line == 1);
    CHECK(read.findings.count("picture-differs") == 1);
    CHECK(read.findings.count("blocks-left-over") == 1);
    CHECK(errorOf([&] {
              importPredictions(*project, more, kMtmner, Split::Train, "s", {1, true});
          }) == "import-too-lossy");
}

TEST_CASE("PredictionExchange.WhereNothingFitsTheLayerStaysAsItWas") {
    const ProjectFixture f;
    const auto project = predicted(f);
    const auto path = f.write("p.txt", "kevin\nB-PER\nO\n\nx\nO\nO\n\n");
    try {
        importPredictions(*project, path, kPre, Split::Train, "r");
        FAIL("imported");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::NothingImported);
        CHECK(error.args().at(1).find("word-count-differs") != std::string::npos);
    }
    CHECK(project->entities("r", Split::Train)[0].size() == 2);
}

TEST_CASE("PredictionExchange.OtherGoldIsToldAndAShortFileLeavesPostsOver") {
    const ProjectFixture f;
    const auto project = f.filled();
    const auto path = f.write("p.txt", "kevin\nB-PER O O O O\nO O O O O\n\n");
    const auto read = importPredictions(*project, path, kPre, Split::Train, "r");
    CHECK(read.posts == 1);
    CHECK(read.findings.count("gold-differs") == 1);
    CHECK(read.findings.count("posts-left-over") == 1);
    CHECK(project->entities("r", Split::Train)[0] == std::vector<Entity>{{"PER", 0, 0, {}}});
}

TEST_CASE("PredictionExchange.AFileOfTheOtherFormatIsRefusedAndMakesNoLayer") {
    const ProjectFixture f;
    const auto project = predicted(f);
    exportPredictions(*project, "r", Split::Train, kPre, f.folder / "out.txt");
    CHECK(errorOf([&] { importPredictions(*project, f.folder / "out.txt", kMtmner, Split::Train, "wrong"); }) ==
          "format-invalid");
    CHECK(errorOf([&] { project->tags("wrong", {}); }) == "layer-unknown");
}

TEST_CASE("PredictionExchange.WordsSplitOtherwiseArePlacedByTheirCharactersAndSaidSo") {
    const ProjectFixture f;
    const auto project = f.filled("IMGID:1\nKevin\tB-PER\nDurant's\tI-PER\n多\tB-LOC\n伦\tI-LOC\n🔥\tO\n\n");
    const auto path = f.write("p.txt", "Kevin Durant 's 多伦 🔥\nB-PER I-PER O B-ORG B-MISC\nB-PER I-PER O B-LOC O\n\n");
    const auto read = importPredictions(*project, path, kPre, Split::Train, "r");
    CHECK(read.posts == 1);
    CHECK(read.findings.count("aligned-by-characters") == 1);
    CHECK(read.findings.count("entity-widened") == 1);
    CHECK(read.findings.count("gold-differs") == 0);
    CHECK(project->entities("r", Split::Train)[0] ==
          std::vector<Entity>{{"PER", 0, 1, {}}, {"ORG", 2, 3, {}}, {"MISC", 4, 4, {}}});
    CHECK(project->alignedPosts("r") == std::vector<PostId>{postAt(*project, 0)});
    // A later reading of another file forgets it.
    project->storePredictions("r", {{postAt(*project, 0), {}}});
    CHECK(project->alignedPosts("r").empty());
}

TEST_CASE("PredictionExchange.TwoEntitiesInOneWordLeaveOneOver") {
    const ProjectFixture f;
    const auto project = f.filled("IMGID:1\nParis-London\tB-LOC\n\n");
    const auto path = f.write("p.txt", "Paris - London\nB-LOC O B-ORG\nB-LOC O O\n\n");
    const auto read = importPredictions(*project, path, kPre, Split::Train, "r");
    CHECK(read.findings.count("entity-unplaced") == 1);
    CHECK(project->entities("r", Split::Train)[0] == std::vector<Entity>{{"LOC", 0, 0, {}}});
}

TEST_CASE("PredictionExchange.ATableOfSystemsFindsItsPostsByPictureAndGivesTheSystemAskedFor") {
    const ProjectFixture f;
    const auto project = f.filled();
    const auto path =
        f.write("t.json", R"({"2.jpg": ["2.jpg", "New York Times reads Bible", "I-ORG I-ORG I-ORG O B-OTHER",
        "B-ORG I-ORG I-ORG O O", "O O O O B-PER"], "9.jpg": ["9.jpg", "x", "O", "O", "O"]})");
    const formats::Format& table = *formats::find("systems");
    const auto read = importPredictions(*project, path, table, Split::Train, "a");
    CHECK(read.posts == 1);
    CHECK(read.findings.count("blocks-left-over") == 1);
    CHECK(read.findings.count("posts-left-over") == 0);
    CHECK(read.findings.count("gold-differs") == 0);
    importPredictions(*project, path, table, Split::Train, "b", {2, false});
    CHECK(project->entities("a", Split::Train)[1] == std::vector<Entity>{{"ORG", 0, 2, {}}});
    CHECK(project->entities("b", Split::Train)[1] == std::vector<Entity>{{"PER", 4, 4, {}}});
    CHECK(errorOf([&] {
              importPredictions(*project, path, table, Split::Train, "c", {3, false});
          }) == "option-invalid");
    CHECK(errorOf([&] {
              importPredictions(*project, f.write("p", "a\nO\nO\n\n"), kPre, Split::Train, "c", {2, false});
          }) == "option-invalid");
}

TEST_CASE("PredictionExchange.GoldIsNoNameForPredictionsAndAnEmptySplitIsRefused") {
    const ProjectFixture f;
    const auto project = predicted(f);
    exportPredictions(*project, "r", Split::Train, kPre, f.folder / "out.txt");
    const auto into = [&](Split split, const std::string& layer) {
        return [&project, &f, split, layer] { importPredictions(*project, f.folder / "out.txt", kPre, split, layer); };
    };
    CHECK_THROWS_AS(into(Split::Train, "gold")(), Error);
    CHECK_THROWS_AS(into(Split::Test, "x")(), Error);
}

namespace {

eval::Score scored(const Project& project, const std::string& layer, eval::Rule rule) {
    return evaluateLayer(project, layer, "gold", Split::Train, rule);
}

/// What a run in X mode may say of the two posts: its X is no entity, and differs from O by the rule.
RawTags oddTags(const Project& project) {
    return {{postAt(project, 0), {"B-PER", "I-PER", "O", "X", "B-LOC"}},
            {postAt(project, 1), {"O", "O", "O", "O", "I-MISC"}}};
}

std::unique_ptr<Project> predictedOddly(const ProjectFixture& f) {
    auto project = f.filled();
    project->storePredictions("r", {{postAt(*project, 0), {kDurant, kToronto}}, {postAt(*project, 1), {kBible}}},
                              oddTags(*project));
    return project;
}

}  // namespace

TEST_CASE("RawTags.RulesThatDifferOnSpecialTagsDifferOnALayerToo") {
    const ProjectFixture f;
    const auto project = predictedOddly(f);
    const eval::Score lenient = scored(*project, "r", eval::Rule::SeqevalLenient);
    CHECK(lenient.types.at("_").predicted == 1);  // the X run before an entity is a chunk
    CHECK(lenient.predicted == 4);
    CHECK(scored(*project, "r", eval::Rule::SpecialToO).predicted == 3);
    CHECK(scored(*project, "r", eval::Rule::SpecialToO).types.count("_") == 0);
    // The strict rule finds no entity that only I- opens.
    CHECK(scored(*project, "r", eval::Rule::ConllStrict).predicted == 2);
}

TEST_CASE("RawTags.ALayerScoresAsTheFileThatItWasWrittenTo") {
    for (const formats::Format* format : {&kPre, &kMtmner}) {
        const ProjectFixture f;
        const auto project = predictedOddly(f);
        exportPredictions(*project, "r", Split::Train, *format, f.folder / "out.txt");
        CHECK(readFile(f.folder / "out.txt").find("B-PER I-PER O X B-LOC") != std::string::npos);
        importPredictions(*project, f.folder / "out.txt", *format, Split::Train, "back");
        CHECK(project->entities("back", Split::Train) == project->entities("r", Split::Train));
        for (const eval::Rule rule : {eval::Rule::SeqevalLenient, eval::Rule::ConllStrict, eval::Rule::SpecialToO}) {
            eval::Scorer ofFile(rule);
            for (const auto& block : format->as<formats::PredictionKind>()->read(f.folder / "out.txt").blocks)
                ofFile.add(block.gold, block.predicted);
            INFO(eval::ruleName(rule));
            CHECK(scored(*project, "r", rule).micro.f1 == ofFile.score().micro.f1);
            CHECK(scored(*project, "back", rule).micro.f1 == ofFile.score().micro.f1);
        }
    }
}

TEST_CASE("RawTags.AreUsedOnlyWhereTheySpeakOfTheStoredEntities") {
    const ProjectFixture f;
    const auto project = f.filled();
    RawTags other = oddTags(*project);
    other[postAt(*project, 0)][4] = "O";  // no Toronto
    project->storePredictions("r", {{postAt(*project, 0), {kDurant, kToronto}}, {postAt(*project, 1), {}}}, other);
    const eval::Score score = scored(*project, "r", eval::Rule::SeqevalLenient);
    CHECK(score.predicted == 2);
    CHECK(score.types.count("_") == 0);
    // Stored again without any, none are left.
    project->storePredictions("r", {{postAt(*project, 0), {kDurant, kToronto}}});
    CHECK(scored(*project, "r", eval::Rule::SeqevalLenient).predicted == 2);
}

TEST_CASE("RawTags.OfAnotherNumberOfWordsAreRefusedAndNothingIsStored") {
    const ProjectFixture f;
    const auto project = predicted(f);
    CHECK(errorOf([&] {
              project->storePredictions("r", {{postAt(*project, 0), {}}}, {{postAt(*project, 0), {"O", "X"}}});
          }) == "span-invalid");
    CHECK(project->entities("r", Split::Train)[0].size() == 2);
}

TEST_CASE("RawTags.ARunOfAnotherSchemeIsReadByItsOwn") {
    const ProjectFixture f;
    const auto project = f.filled();
    REQUIRE(project->labels().scheme == text::TagScheme::Bio);
    project->storePredictions("r", {{postAt(*project, 0), {kDurant, kToronto}}, {postAt(*project, 1), {}}},
                              {{postAt(*project, 0), {"B-PER", "E-PER", "O", "O", "S-LOC"}}});
    const eval::Score strict = scored(*project, "r", eval::Rule::ConllStrict);
    CHECK(strict.predicted == 2);
    CHECK(strict.micro.correct == 2);
}

TEST_CASE("RawTags.StayThroughReopening") {
    const ProjectFixture f;
    predictedOddly(f).reset();
    CHECK(scored(*f.open(OpenMode::ReadOnly), "r", eval::Rule::SeqevalLenient).predicted == 4);
}
