#include "core/workflow/quality/statistics.h"

#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "core/store/connection.h"
#include "tests/support/project_fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;

/// Something done to the database behind the program's back, then what check says.
Findings checkedAfter(const ProjectFixture& f, const std::string& sql) {
    {
        store::Connection connection(f.projectFolder / "project.mnerva", store::Access::ReadWrite);
        connection.execute("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
        connection.execute(sql);
    }
    return checkProject(*f.open(OpenMode::ReadOnly));
}
}  // namespace

TEST_CASE("Statistics.AnEntityBeginsWithBOrSAndWithNothingElse") {
    const ProjectFixture f;
    // The lenient rule lets an entity begin at a prefix of no scheme that follows another type.
    const auto project = f.filled("IMGID:1\na\tB-LOC\nb\tQ-PER\nc\tI-PER\nd\tO\ne\tI-LOC\n\n");
    const SplitStatistics s = statistics(*project).at(Split::Train);
    CHECK(s.entitiesBeginOnly == 1);
    CHECK(s.orphanInside == s.entities - 1);
    CHECK(s.orphanInside == 2);
}

TEST_CASE("Statistics.CountsLenientAndBeginOnly") {
    const ProjectFixture f;
    const SplitStatistics s = statistics(*f.filled()).at(Split::Train);
    CHECK(s.posts == 2);
    CHECK(s.words == 10);
    CHECK(s.maxWords == 5);
    CHECK(s.entities == 4);
    CHECK(s.entitiesBeginOnly == 3);
    CHECK(s.orphanInside == 1);
    CHECK(s.types.at("ORG") == 1);
    CHECK(s.typesBeginOnly.count("ORG") == 0);
    CHECK(s.types.at("MISC") == 1);
}

TEST_CASE("Statistics.CountsRepeatedIdsAndPostsWithoutEntity") {
    const ProjectFixture f;
    const auto project = f.filled("IMGID:1\nA\tO\n\nIMGID:1\nB\tB-PER\n\nIMGID:1\nC\tO\n\n");
    const SplitStatistics s = statistics(*project).at(Split::Train);
    CHECK(s.repeatedImageIds == 2);
    CHECK(s.postsWithoutEntity == 2);
}

TEST_CASE("Statistics.AnInsideTagThatOpensIsNoOrphanInIob1") {
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.files = {f.write("train.txt",
                             "IMGID:1\nAda\tI-PER\nBea\tB-PER\nin\tO\nBern\tI-LOC\n\n"
                             "IMGID:2\nin\tO\nRome\tI-LOC\n\n")};
    importFiles(project.get(), options);
    REQUIRE(project->labels().scheme == text::TagScheme::Iob1);
    const SplitStatistics s = statistics(*project).at(Split::Train);
    CHECK(s.entities == 4);
    CHECK(s.entitiesBeginOnly == 4);
    CHECK(s.orphanInside == 0);
}

TEST_CASE("Statistics.TheFingerprintIsTheDigestOfTheFileAsItIsWritten") {
    const ProjectFixture f;
    const auto project = f.filled();
    CHECK(statistics(*project).at(Split::Train).fingerprint == sha256(kTweets));
    label(*project, 0, 2, 2, "ORG");
    CHECK(statistics(*project).at(Split::Train).fingerprint == sha256(kTweets));
    CHECK(statistics(*project, "corrected").at(Split::Train).fingerprint != sha256(kTweets));
}

TEST_CASE("Statistics.OfACorrectedLayerCountTheEdits") {
    const ProjectFixture f;
    const auto project = f.filled();
    label(*project, 1, 3, 3, "PER");
    const SplitStatistics s = statistics(*project, "corrected").at(Split::Train);
    CHECK(s.entities == 5);
    CHECK(s.orphanInside == 0);
}

TEST_CASE("Evaluate.ALayerAgainstGoldReadsOtherAsMisc") {
    const ProjectFixture f;
    const auto project = f.filled();
    project->storePredictions("run", {{postAt(*project, 0), {{"PER", 0, 1, {}}}},
                                      {postAt(*project, 1), {{"MISC", 4, 4, {}}, {"LOC", 0, 2, {}}}}});
    const eval::Score score = evaluateLayer(*project, "run", "gold", Split::Train, eval::Rule::SeqevalLenient);
    CHECK(score.gold == 4);
    CHECK(score.predicted == 3);
    CHECK(score.micro.correct == 2);
    CHECK(score.types.at("MISC").f1 == 1.0);
}

TEST_CASE("Evaluate.PostsThatARunDidNotPredictAreLeftOut") {
    const ProjectFixture f;
    const auto project = f.filled();
    project->storePredictions("run", {{postAt(*project, 0), {{"PER", 0, 1, {}}, {"LOC", 4, 4, {}}}}});
    const eval::Score score = evaluateLayer(*project, "run", "gold", std::nullopt, eval::Rule::SeqevalLenient);
    CHECK(score.micro.f1 == 1.0);
    CHECK(errorOf([&] { evaluateLayer(*project, "run", "gold", Split::Test, eval::Rule::SeqevalLenient); }) ==
          "split-empty");
    CHECK(errorOf([&] { evaluateLayer(*project, "none", "gold", {}, eval::Rule::SeqevalLenient); }) == "layer-unknown");
}

TEST_CASE("Evaluate.CoverageTellsTheLeftOutPostsByTheirIds") {
    const ProjectFixture f;
    const auto project = f.filled();
    project->storePredictions("run", {{postAt(*project, 0), {}}});
    const LayerCoverage part = layerCoverage(*project, "run", Split::Train);
    CHECK(part.posts == 2);
    CHECK(part.covered == 1);
    CHECK(part.leftOut.count("not-in-layer") == 1);
    CHECK(part.leftOut.list().at(0).text == "2");
    const LayerCoverage gold = layerCoverage(*project, "corrected", {});
    CHECK(gold.covered == gold.posts);
    CHECK(gold.leftOut.isEmpty());
}

TEST_CASE("Statistics.TheFingerprintOfALayerIsTheOneThatStatisticsTell") {
    const ProjectFixture f;
    const auto project = f.filled();
    for (const char* layer : {"gold", "corrected"})
        CHECK(layerFingerprint(*project, layer, Split::Train) ==
              statistics(*project, layer).at(Split::Train).fingerprint);
    CHECK(layerFingerprint(*project, "gold", Split::Train) == sha256(kTweets));
}

TEST_CASE("Statistics.AStopEndsThemAll") {
    const ProjectFixture f;
    const auto project = f.filled();
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(statistics(*project, "gold", stop.get_token()), Cancelled);
    CHECK_THROWS_AS(layerCoverage(*project, "gold", {}, stop.get_token()), Cancelled);
    CHECK_THROWS_AS(layerFingerprint(*project, "gold", Split::Train, stop.get_token()), Cancelled);
    CHECK_THROWS_AS(evaluateLayer(*project, "corrected", "gold", {}, eval::Rule::SeqevalLenient, stop.get_token()),
                    Cancelled);
}

TEST_CASE("Evaluate.GoldAgainstItselfIsPerfect") {
    const ProjectFixture f;
    const auto project = f.filled();
    CHECK(evaluateLayer(*project, "corrected", "gold", {}, eval::Rule::SeqevalLenient).micro.f1 == 1.0);
}

TEST_CASE("Check.AWorkedOnProjectIsClean") {
    const ProjectFixture f;
    const auto project = f.filled();
    f.import(*project, kChinese, "valid.txt");
    project->storePredictions("run", {{postAt(*project, 0), {{"ORG", 1, 2, 0.5}}}});
    label(*project, 0, 2, 2, "MISC");
    label(*project, 2, 3, 3, "PER");
    const PostState state = project->view(postAt(*project, 0), "run").state;
    project->apply(changeOf(rejectSuggestion(state, state.suggestions.at(0))));
    project->apply(changeOf(setStatus(stateAt(*project, 1), PostStatus::Done)));
    project->undo();
    project->undo();
    CHECK(checkProject(*project).isEmpty());
}

TEST_CASE("Check.FindsAnEntityThatTheJournalDoesNotKnow") {
    const ProjectFixture f;
    label(*f.filled(), 0, 2, 2, "MISC");
    CHECK(checkedAfter(f, "INSERT INTO entities VALUES (2, 1, 3, 3, 'PER', NULL)").count("replay-differs") == 1);
}

TEST_CASE("Check.FindsALostCorrection") {
    const ProjectFixture f;
    label(*f.filled(), 0, 2, 2, "MISC");
    CHECK(checkedAfter(f, "DELETE FROM entities; DELETE FROM layer_posts").count("replay-differs") == 1);
}

TEST_CASE("Check.FindsAStatusThatNobodySet") {
    const ProjectFixture f;
    f.filled();
    CHECK(checkedAfter(f, "UPDATE posts SET status = 'done' WHERE id = 2").count("status-differs") == 1);
}

TEST_CASE("Check.FindsAReviewAndACommentThatNobodyWrote") {
    const ProjectFixture f;
    f.filled();
    const Findings findings = checkedAfter(f,
                                           "UPDATE posts SET review = 'accepted' WHERE id = 2;"
                                           "INSERT INTO comments (id, post, author, created_at, text) "
                                           "VALUES (1, 1, 'x', 0, 'forged')");
    CHECK(findings.count("review-differs") == 1);
    CHECK(findings.count("comments-differ") == 1);
}

TEST_CASE("Check.FindsEntitiesThatOverlapOrLeaveThePost") {
    const ProjectFixture f;
    f.filled()->storePredictions("run", {{PostId{1}, {{"PER", 0, 1, 0.5}}}});
    const Findings findings = checkedAfter(f,
                                           "INSERT INTO entities VALUES (3, 1, 1, 2, 'ORG', NULL);"
                                           "INSERT INTO entities VALUES (3, 1, 4, 9, 'ORG', NULL)");
    CHECK(findings.count("entities-overlap") == 1);
    CHECK(findings.count("entity-outside") == 1);
}

TEST_CASE("Check.FindsRowsWhosePartnerIsMissing") {
    const ProjectFixture f;
    label(*f.filled(), 0, 2, 2, "MISC");
    CHECK(checkedAfter(f, "DELETE FROM posts WHERE id = 1").count("reference-broken") > 0);
}

TEST_CASE("Check.FindsAJournalRowThatCannotBeRead") {
    const ProjectFixture f;
    label(*f.filled(), 0, 2, 2, "MISC");
    const Findings findings = checkedAfter(f, "UPDATE journal SET change = '{' WHERE kind = 'do'");
    CHECK(findings.count("journal-unreadable") == 1);
}

TEST_CASE("Check.FindsTagsThatDoNotMatchTheWords") {
    const ProjectFixture f;
    f.filled();
    CHECK(checkedAfter(f, "UPDATE posts SET source_tags = CAST('O' AS BLOB) WHERE id = 1").count("tag-count-differs") ==
          1);
}

TEST_CASE("Check.AStopIsHeard") {
    const ProjectFixture f;
    std::stop_source stop;
    stop.request_stop();
    const auto project = f.filled();
    CHECK_THROWS_AS(checkProject(*project, {}, stop.get_token()), Cancelled);
}

TEST_CASE("Statistics.ARunsConfidencesAreHeldAgainstTheGoldLayer") {
    const ProjectFixture f;
    const auto project = f.filled();
    const auto gold = stateAt(*project, 0).entities;
    REQUIRE(!gold.empty());
    Entity right = gold.front(), wrong = right;
    right.confidence = 0.9;
    wrong.type = "MISC";
    wrong.first = wrong.last = 2;
    wrong.confidence = 0.6;
    project->storePredictions("run", {{postAt(*project, 0), {right, wrong}}});
    const auto found = layerReliability(*project, "run", "gold", std::nullopt);
    REQUIRE(found);
    CHECK(found->count == 2);
    CHECK(found->bins[9].count + found->bins[8].count == 1);
    CHECK(found->ece == Approx((0.1 + 0.6) / 2));
    CHECK_FALSE(layerReliability(*project, "corrected", "gold", std::nullopt));
}
