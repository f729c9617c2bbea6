#include <catch2/catch.hpp>
#include <cmath>

#include "tests/unit/eval/random_posts.h"

// Against the libraries that define the rules: tests/reference/scores_golden.py.

using namespace mnerva;
using namespace mnerva::eval;
using namespace mnerva::test;
using nlohmann::json;

namespace {

void checkPrf(const Prf& ours, const json& theirs) {
    CHECK(ours.precision == Approx(theirs.at(0).get<double>()).margin(1e-12));
    CHECK(ours.recall == Approx(theirs.at(1).get<double>()).margin(1e-12));
    CHECK(ours.f1 == Approx(theirs.at(2).get<double>()).margin(1e-12));
    if (theirs.size() > 3) CHECK(ours.support == theirs.at(3).get<int>());
}

Score scoreOf(const std::vector<std::pair<Tags, Tags>>& posts, Rule rule, text::TagScheme scheme) {
    Scorer scorer(rule, scheme);
    for (const auto& [gold, predicted] : posts) scorer.add(gold, predicted);
    return scorer.score();
}

void checkReport(const Score& score, const json& report) {
    std::size_t types = 0;
    for (const auto& [name, row] : report.items()) {
        INFO(name);
        if (name == "micro avg") {
            checkPrf(score.micro, row);
        } else if (name == "macro avg") {
            checkPrf(score.macro, row);
        } else if (name == "weighted avg") {
            checkPrf(score.weighted, row);
        } else {
            ++types;
            REQUIRE(score.types.count(name) == 1);
            checkPrf(score.types.at(name), row);
        }
    }
    CHECK(types == score.types.size());
}

std::vector<int> listOf(const SchemaCounts& counts) {
    return {counts.correct, counts.incorrect, counts.partial, counts.missed, counts.spurious};
}

void checkSchemas(const Layers& layers, const json& wanted) {
    for (const auto& [name, one] : wanted.items()) {
        INFO(name);
        const auto rule = ruleFromName("nervaluate-" + name);
        REQUIRE(rule);
        const Score score = layers.score(*rule).score;
        REQUIRE(score.schema);
        CHECK(listOf(*score.schema) == one.at("all").get<std::vector<int>>());
        checkPrf(score.micro, one.at("prf"));
        for (const auto& [type, counts] : one.at("types").items()) {
            INFO(type);
            CHECK(listOf(score.schemaTypes.at(type)) == counts.get<std::vector<int>>());
        }
    }
}

}  // namespace

TEST_CASE("Rules.TheLenientOneIsSeqevalsDefault") {
    checkReport(scoreOf(tagPosts(1, "BIESM", true), Rule::SeqevalLenient, text::TagScheme::Bio),
                goldenScores("seqeval").at("lenient"));
}

TEST_CASE("Rules.TheStrictOneIsSeqevalsStrictMode") {
    const json wanted = goldenScores("seqeval");
    checkReport(scoreOf(tagPosts(2, "BI", false), Rule::ConllStrict, text::TagScheme::Bio), wanted.at("iob2"));
    checkReport(scoreOf(tagPosts(3, "BIES", false), Rule::ConllStrict, text::TagScheme::Bioes), wanted.at("iobes"));
}

TEST_CASE("Rules.DiscardAndTheLenientOneAreSeqscoresRepairs") {
    const json golden = goldenScores("seqscore");
    const auto posts = tagPosts(4, "BI", false);
    for (const auto& [name, rule] :
         {std::pair("discard", Rule::Discard), std::pair("conlleval", Rule::SeqevalLenient)}) {
        INFO(name);
        const Score score = scoreOf(posts, rule, text::TagScheme::Bio);
        const json& wanted = golden.at(name);
        const auto counts = [](const Prf& prf) {
            return std::vector<int>{prf.correct, prf.predicted - prf.correct, prf.support - prf.correct};
        };
        CHECK(counts(score.micro) == wanted.at("all").get<std::vector<int>>());
        for (const std::string& type : kTypes)
            CHECK(counts(score.types.at(type)) == wanted.at(type).get<std::vector<int>>());
        CHECK(score.micro.f1 == Approx(wanted.at("f1").get<double>()).margin(1e-12));
    }
}

TEST_CASE("Rules.TheFourSchemasAreNervaluates") {
    const json golden = goldenScores("nervaluate");
    checkSchemas(layersOf(entityPosts(6)), golden.at("random"));
    // The six examples of its README; its sums have the first one twice.
    Layers six;
    const auto add = [&](const Tags& gold, const Tags& predicted) { six.add(Tags(gold.size(), "w"), gold, predicted); };
    add({"B-ORG", "O"}, {"B-ORG", "O"});
    add({"O", "B-LOC", "I-LOC", "O"}, {"O", "B-LOC", "I-LOC", "O"});
    add({"O", "O", "O"}, {"O", "B-ORG", "I-ORG"});
    add({"O", "B-LOC", "I-LOC", "O"}, {"O", "O", "O", "O"});
    add({"O", "B-LOC", "I-LOC", "O"}, {"O", "B-ORG", "I-ORG", "O"});
    add({"O", "B-PER", "I-PER", "O"}, {"B-PER", "I-PER", "I-PER", "O"});
    add({"O", "B-PER", "I-PER", "O"}, {"B-ORG", "I-ORG", "I-ORG", "O"});
    checkSchemas(six, golden.at("six"));
    CHECK(listOf(*six.score(Rule::NervaluateStrict).score.schema) == std::vector<int>{2, 3, 0, 1, 1});
    CHECK(six.score(Rule::NervaluateStrict).score.micro.f1 == Approx(2.0 / 6));
    CHECK(six.score(Rule::NervaluatePartial).score.micro.f1 == Approx(4.0 / 6));
    CHECK(six.score(Rule::NervaluateType).score.micro.f1 == Approx(3.0 / 6));
}

TEST_CASE("Rules.StringsAreSetsOfTextAndType") {
    const Layers layers = layersOf(entityPosts(8));
    const json golden = goldenScores("strings");
    const auto counts = [](const Prf& prf) { return std::vector<int>{prf.support, prf.predicted, prf.correct}; };
    CHECK(counts(layers.score(Rule::StringsPost).score.micro) == golden.at("post").get<std::vector<int>>());
    CHECK(counts(layers.score(Rule::StringsDocument).score.micro) == golden.at("document").get<std::vector<int>>());
    CHECK(layers.score(Rule::StringsDocument).counts.empty());
}

TEST_CASE("Confusion.IsScikitLearnsOverSpans") {
    const Layers layers = layersOf(entityPosts(7));
    const json golden = goldenScores("confusion");
    const Confusion confusion(layers.units(), layers.table.types().size());
    const auto labels = golden.at("labels").get<std::vector<std::string>>();
    const auto number = [&](const std::string& label) {
        return label == "O" ? Unit::kNone : layers.table.types().find(label);
    };
    for (std::size_t row = 0; row < labels.size(); ++row)
        for (std::size_t column = 0; column < labels.size(); ++column) {
            INFO(labels[row] << " " << labels[column]);
            CHECK(confusion.at(number(labels[row]), number(labels[column])) ==
                  golden.at("matrix").at(row).at(column).get<int>());
        }
    CHECK(confusion.types().size() == 3);
}

TEST_CASE("Surfaces.AreSeqscoresExamples") {
    const Layers layers = layersOf(entityPosts(5));
    const json golden = goldenScores("seqscore");
    const auto rows = surfacesOf(layers.units(), layers.texts, layers.table.types());
    CHECK(rows.size() == golden.at("surfaceRows").get<std::size_t>());
    std::size_t at = 0;
    for (const json& wanted : golden.at("surfaces")) {
        const SurfaceRow& row = rows.at(at++);
        INFO(at << " " << row.text);
        CHECK(row.count == wanted.at(0).get<int>());
        CHECK(row.isMissed == (wanted.at(1) == "missed"));
        CHECK(layers.table.types().name(row.type) == wanted.at(2).get<std::string>());
        CHECK(row.text == wanted.at(3).get<std::string>());
        CHECK(static_cast<int>(row.posts.size()) <= row.count);
    }
}

namespace {

struct TwoSystems {
    std::vector<PostCounts> first, second;
};
TwoSystems resamplingPosts(std::uint64_t seed) {
    RandomNumbers random(seed);
    TwoSystems out;
    const auto right = [&](int gold, int percent) {
        int count = 0;
        for (int i = 0; i < gold; ++i) count += random.below(100) < percent;
        return count;
    };
    for (int i = 0; i < 600; ++i) {
        const int gold = random.below(4), a = right(gold, 80), b = right(gold, 76);
        const int extraA = random.below(10) == 0, extraB = random.below(7) == 0;
        out.first.push_back({gold, a + extraA, static_cast<double>(a)});
        out.second.push_back({gold, b + extraB, static_cast<double>(b)});
    }
    return out;
}

}  // namespace

TEST_CASE("Resampling.IntervalsAndPAreScipysWithinTheirError") {
    const auto [first, second] = resamplingPosts(9);
    const json golden = goldenScores("resampling");
    const auto number = [&](const char* name) { return golden.at(name).get<double>(); };
    const auto end = [&](const char* name, int at) { return golden.at(name).at(at).get<double>(); };
    ResamplingOptions options;
    options.resamples = 20000;
    CHECK(f1Of(first) == Approx(number("f1")).margin(1e-12));
    const auto interval = bootstrapF1(first, options);
    REQUIRE(interval);
    // An end of a 95 % interval from 20,000 resamples is known to about 0.0003 on both sides.
    CHECK(interval->low == Approx(end("interval", 0)).margin(0.0012));
    CHECK(interval->high == Approx(end("interval", 1)).margin(0.0012));
    const Comparison compared = compareF1(first, second, options);
    CHECK(compared.difference == Approx(number("difference")).margin(1e-12));
    CHECK(compared.interval.low == Approx(end("differenceInterval", 0)).margin(0.0015));
    CHECK(compared.interval.high == Approx(end("differenceInterval", 1)).margin(0.0015));
    // Shares of 20,000 and 10,000 draws: four standard errors of both.
    CHECK(compared.pBootstrap == Approx(2 * number("bootstrapBelowZero")).margin(0.005));
    CHECK(compared.pRandomisation == Approx(number("permutationP")).margin(0.005));
}

TEST_CASE("Resampling.SeveralSeedsHaveMeanAndSampleDeviation") {
    const json wanted = goldenScores("resampling").at("seeds");
    const auto values = wanted.at("values").get<std::vector<double>>();
    const MeanSd found = meanSd(values);
    CHECK(found.mean == Approx(wanted.at("mean").get<double>()).margin(1e-12));
    REQUIRE(found.sd);
    CHECK(*found.sd == Approx(wanted.at("sd").get<double>()).margin(1e-12));
    CHECK_FALSE(meanSd(std::vector<double>{0.5}).sd);
    CHECK(meanSd({}).count == 0);
}

TEST_CASE("Resampling.EqualSeedsGiveEqualFiguresAndOthersDoNot") {
    const auto [first, second] = resamplingPosts(9);
    ResamplingOptions other;
    other.seed = 2;
    const auto one = bootstrapF1(first), again = bootstrapF1(first), another = bootstrapF1(first, other);
    REQUIRE((one && again && another));
    CHECK((one->low == again->low && one->high == again->high));
    CHECK((one->low != another->low || one->high != another->high));
}

TEST_CASE("Resampling.ALayerAgainstItselfDiffersByNothing") {
    const auto posts = resamplingPosts(9).first;
    const Comparison same = compareF1(posts, posts);
    CHECK(same.difference == 0);
    CHECK(same.pBootstrap == 1);
    CHECK(same.pRandomisation == 1);
    CHECK((same.interval.low == 0 && same.interval.high == 0));
}

TEST_CASE("Resampling.OfNoPostsHasNoInterval") {
    CHECK_FALSE(bootstrapF1({}));
    CHECK(compareF1({}, {}).pRandomisation == 1);
    const auto zero = bootstrapF1(std::vector<PostCounts>(5));
    REQUIRE(zero);
    CHECK((zero->low == 0 && zero->high == 0));
}

TEST_CASE("Resampling.DrawsAreBinomial") {
    // One kind of 30 posts and one of 70: the share of right ones is a binomial draw with p = .3 (inversion and, with
    // more posts, rejection), whose deviation is known.
    for (const int scale : {1, 20}) {
        std::vector<PostCounts> posts(static_cast<std::size_t>(30 * scale), PostCounts{1, 1, 1});
        posts.resize(static_cast<std::size_t>(100 * scale), PostCounts{1, 1, 0});
        ResamplingOptions options;
        options.resamples = 20000;
        options.level = 0.6826894921;  // one deviation on both sides
        const auto interval = bootstrapF1(posts, options);
        REQUIRE(interval);
        const double deviation = std::sqrt(0.3 * 0.7 / (100 * scale));
        CHECK(interval->low == Approx(0.3 - deviation).margin(0.012 / scale));
        CHECK(interval->high == Approx(0.3 + deviation).margin(0.012 / scale));
    }
}
