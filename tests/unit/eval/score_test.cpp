#include "core/eval/score.h"

#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/eval/errors.h"
#include "core/eval/report.h"

using namespace mnerva;
using namespace mnerva::eval;

namespace {

using Tags = std::vector<std::string>;

Score scoreOf(Rule rule, const Tags& gold, const Tags& predicted, text::TagScheme scheme = text::TagScheme::Bio) {
    Scorer scorer(rule, scheme);
    scorer.add(gold, predicted);
    return scorer.score();
}

Entity entity(const char* type, int first, int last) {
    return {type, first, last, {}};
}

ErrorKind onlyKind(const std::vector<Entity>& gold, const std::vector<Entity>& predicted) {
    const auto found = differences(gold, predicted);
    REQUIRE(found.size() == 1);
    return found[0].kind;
}

}  // namespace

TEST_CASE("Score.ExactMatchCountsOnce") {
    const Score score = scoreOf(Rule::SeqevalLenient, {"B-PER", "I-PER", "O"}, {"B-PER", "I-PER", "O"});
    CHECK(score.micro.f1 == 1);
    CHECK(score.gold == 1);
    CHECK(score.predicted == 1);
}
TEST_CASE("Score.OtherBorderIsWrong") {
    const Score score = scoreOf(Rule::SeqevalLenient, {"B-PER", "I-PER"}, {"B-PER", "O"});
    CHECK(score.micro.f1 == 0);
    CHECK(score.micro.correct == 0);
}
TEST_CASE("Score.OtherTypeIsWrongForBothTypes") {
    const Score score = scoreOf(Rule::SeqevalLenient, {"B-PER"}, {"B-LOC"});
    CHECK(score.types.at("PER").recall == 0);
    CHECK(score.types.at("PER").support == 1);
    CHECK(score.types.at("LOC").precision == 0);
    CHECK(score.types.at("LOC").support == 0);
}
TEST_CASE("Score.MicroCountsEntitiesMacroCountsTypes") {
    Scorer scorer(Rule::SeqevalLenient);
    scorer.add(Tags{"B-PER", "O", "B-PER", "O", "B-LOC"}, Tags{"B-PER", "O", "B-PER", "O", "O"});
    const Score score = scorer.score();
    CHECK(score.micro.precision == 1);
    CHECK(score.micro.recall == Approx(2.0 / 3));
    CHECK(score.macro.recall == Approx(.5));
    CHECK(score.weighted.recall == Approx(2.0 / 3));
}
TEST_CASE("Score.PostsAreApart") {
    Scorer scorer(Rule::SeqevalLenient);
    scorer.add(Tags{"B-PER"}, Tags{"B-PER"});
    scorer.add(Tags{"I-PER"}, Tags{"I-PER"});
    CHECK(scorer.score().gold == 2);
    CHECK(scorer.score().micro.f1 == 1);
}
TEST_CASE("Score.NothingAtAllIsZero") {
    Scorer scorer(Rule::SeqevalLenient);
    scorer.add(Tags{}, Tags{});
    const Score score = scorer.score();
    CHECK(score.micro.f1 == 0);
    CHECK(score.types.empty());
    CHECK(score.macro.f1 == 0);
}
TEST_CASE("Score.TagListsMustBeEquallyLong") {
    Scorer scorer(Rule::SeqevalLenient);
    CHECK_THROWS_AS(scorer.add(Tags{"O"}, Tags{"O", "O"}), Error);
}
TEST_CASE("Score.LenientCountsPhantomChunksAsPredicted") {
    const Score score = scoreOf(Rule::SeqevalLenient, {"B-PER", "O", "B-LOC"}, {"B-PER", "X", "B-LOC"});
    CHECK(score.predicted == 3);
    CHECK(score.types.at("_").predicted == 1);
    CHECK(score.micro.precision == Approx(2.0 / 3));
    CHECK(score.micro.recall == 1);
    CHECK(score.macro.f1 == Approx(2.0 / 3));
}
TEST_CASE("Score.LenientSeparatorIsAFalsePositive") {
    const Score score = scoreOf(Rule::SeqevalLenient, {"O", "O"}, {"O", "[SEP]"});
    CHECK(score.types.at("SEP]").predicted == 1);
}
TEST_CASE("Score.SpecialToOMapsAllFourBeforeScoring") {
    const Score score =
        scoreOf(Rule::SpecialToO, {"O", "O", "O", "O", "B-LOC"}, {"X", "[CLS]", "[SEP]", "PAD", "B-LOC"});
    CHECK(score.predicted == 1);
    CHECK(score.micro.f1 == 1);
}
TEST_CASE("Score.SpecialToOStaysLenient") {
    CHECK(scoreOf(Rule::SpecialToO, {"I-PER", "O"}, {"I-PER", "X"}).micro.f1 == 1);
}
TEST_CASE("Score.SpecialToOEndsARunningEntity") {
    const Score score = scoreOf(Rule::SpecialToO, {"B-PER", "I-PER", "I-PER"}, {"B-PER", "X", "I-PER"});
    CHECK(score.predicted == 2);
    CHECK(score.micro.correct == 0);
}
TEST_CASE("Score.StrictDropsOrphans") {
    const Score score = scoreOf(Rule::ConllStrict, {"I-PER", "O", "B-LOC"}, {"I-PER", "O", "B-LOC"});
    CHECK(score.gold == 1);
    CHECK(score.predicted == 1);
}
TEST_CASE("Score.StrictSurvivesSpecialTags") {
    CHECK(scoreOf(Rule::ConllStrict, {"B-PER", "O"}, {"B-PER", "X"}).micro.f1 == 1);
}
TEST_CASE("Score.StrictBmesNeedsWholeChunks") {
    const Score score =
        scoreOf(Rule::ConllStrict, {"B-PER", "E-PER", "S-LOC"}, {"B-PER", "M-PER", "S-LOC"}, text::TagScheme::Bmes);
    CHECK(score.gold == 2);
    CHECK(score.predicted == 1);
}
TEST_CASE("Rule.NamesGoBothWays") {
    for (const Rule rule : {Rule::SeqevalLenient, Rule::ConllStrict, Rule::SpecialToO})
        CHECK(ruleFromName(ruleName(rule)) == rule);
    CHECK_FALSE(ruleFromName("seqeval"));
}
TEST_CASE("Table.HasFourDecimalsAndAllMeans") {
    const std::string table = scoreTable(scoreOf(Rule::SeqevalLenient, {"B-PER", "O", "B-LOC"}, {"B-PER", "O", "O"}));
    for (const char* part : {"PER", "LOC", "1.0000", "0.5000", "0.6667", "micro avg", "macro avg", "weighted avg",
                             "seqeval-lenient", "1 predicted, 2 gold"})
        CHECK(table.find(part) != std::string::npos);
}
TEST_CASE("Table.LongTypeNamesKeepTheColumns") {
    const std::string table = scoreTable(scoreOf(Rule::SeqevalLenient, {"B-AVERYLONGTYPENAME"}, {"O"}));
    std::size_t width = table.find('\n');
    CHECK(table.find('\n', width + 1) == 2 * width + 1);
}

TEST_CASE("Errors.EqualEntitiesAreNoDifference") {
    CHECK(differences(std::vector{entity("PER", 0, 1)}, std::vector{entity("PER", 0, 1)}).empty());
}
TEST_CASE("Errors.OtherBorderOfTheSameType") {
    CHECK(onlyKind({entity("PER", 0, 1)}, {entity("PER", 1, 1)}) == ErrorKind::Boundary);
}
TEST_CASE("Errors.OtherTypeAtTheSameBorders") {
    CHECK(onlyKind({entity("PER", 0, 1)}, {entity("LOC", 0, 1)}) == ErrorKind::Type);
}
TEST_CASE("Errors.OtherTypeAndBorder") {
    CHECK(onlyKind({entity("PER", 0, 1)}, {entity("LOC", 1, 2)}) == ErrorKind::BoundaryAndType);
}
TEST_CASE("Errors.MissedAndSpurious") {
    CHECK(onlyKind({entity("PER", 0, 1)}, {}) == ErrorKind::Missed);
    CHECK(onlyKind({}, {entity("PER", 0, 1)}) == ErrorKind::Spurious);
}
TEST_CASE("Errors.OneEntityTakesPartOnce") {
    const auto found =
        differences(std::vector{entity("PER", 0, 3)}, std::vector{entity("PER", 0, 0), entity("PER", 2, 3)});
    REQUIRE(found.size() == 2);
    CHECK(found[1].kind == ErrorKind::Spurious);
    CHECK(found[0].kind == ErrorKind::Boundary);
    CHECK(found[0].predicted->first == 2);
}
TEST_CASE("Errors.EqualPairIsSetAsideBeforeOverlaps") {
    const auto found =
        differences(std::vector{entity("PER", 0, 1)}, std::vector{entity("PER", 0, 1), entity("LOC", 1, 1)});
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == ErrorKind::Spurious);
}
TEST_CASE("Errors.ComeInTextOrder") {
    const auto found =
        differences(std::vector{entity("PER", 4, 4), entity("LOC", 0, 0)}, std::vector{entity("ORG", 2, 2)});
    REQUIRE(found.size() == 3);
    CHECK(found[0].gold->type == "LOC");
    CHECK(found[1].predicted->type == "ORG");
    CHECK(found[2].gold->type == "PER");
}
TEST_CASE("Errors.RightEntitiesAreMatchedToo") {
    const auto found = matches(std::vector{entity("PER", 0, 1), entity("LOC", 4, 4)},
                               std::vector{entity("PER", 0, 1), entity("LOC", 4, 5), entity("ORG", 7, 7)});
    const std::vector<Match> wanted{{0, 0, {}}, {1, 1, ErrorKind::Boundary}, {-1, 2, ErrorKind::Spurious}};
    CHECK(found == wanted);
}
TEST_CASE("Errors.OverlappingPredictionsAreSeenTwoByTwo") {
    // The long one begins first, so no order of ends can be relied on.
    const auto found = differences(std::vector{entity("PER", 5, 5)},
                                   std::vector{entity("ORG", 0, 9), entity("LOC", 1, 2), entity("PER", 5, 5)});
    REQUIRE(found.size() == 2);
    CHECK(found[0].kind == ErrorKind::Spurious);
    CHECK(found[1].kind == ErrorKind::Spurious);
}
TEST_CASE("Errors.EveryKindIsCountedAndNamed") {
    const auto counts = countKinds(differences(std::vector{entity("PER", 0, 1)}, {}));
    CHECK(counts.size() == 5);
    CHECK(counts.at(ErrorKind::Missed) == 1);
    CHECK(errorKindName(ErrorKind::BoundaryAndType) == "boundary-and-type");
    for (const auto& [kind, count] : counts) CHECK(errorKindFromName(errorKindName(kind)) == kind);
    CHECK_FALSE(errorKindFromName("borders"));
}

TEST_CASE("Score.EmptySetsGiveZerosAndNoNaN") {
    const auto isZero = [](const Score& score) {
        for (const Prf& prf : {score.micro, score.macro, score.weighted})
            if (!(prf.precision == 0 && prf.recall == 0 && prf.f1 == 0)) return false;
        return true;
    };
    for (const Rule rule : {Rule::SeqevalLenient, Rule::ConllStrict, Rule::SpecialToO}) {
        INFO(ruleName(rule));
        CHECK(isZero(Scorer(rule).score()));                           // no post
        CHECK(isZero(scoreOf(rule, {}, {})));                          // no word
        CHECK(isZero(scoreOf(rule, {"O", "O"}, {"O", "O"})));          // no entity on either side
        CHECK(isZero(scoreOf(rule, {"B-PER"}, {"O"})));                // none predicted
        CHECK(isZero(scoreOf(rule, {"O", "O"}, {"B-PER", "I-PER"})));  // none to find
        CHECK(scoreTable(scoreOf(rule, {"O"}, {"B-PER"})).find("nan") == std::string::npos);
    }
}

TEST_CASE("Score.StrictReadsEachSideByItsOwnScheme") {
    // Gold in BMES, predictions in BIO: the same three entities.
    const Tags gold{"B-PER", "E-PER", "S-LOC", "B-ORG", "M-ORG", "E-ORG"};
    const Tags predicted{"B-PER", "I-PER", "B-LOC", "B-ORG", "I-ORG", "I-ORG"};
    Scorer both(Rule::ConllStrict, text::TagScheme::Bmes, text::TagScheme::Bio);
    both.add(gold, predicted);
    CHECK(both.score().micro.f1 == 1.0);
    // By gold's scheme alone they were nothing at all.
    CHECK(scoreOf(Rule::ConllStrict, gold, predicted, text::TagScheme::Bmes).micro.f1 < 1.0);
}
