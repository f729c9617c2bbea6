#include "core/eval/schema.h"

#include <catch2/catch.hpp>
#include <set>

#include "tests/unit/eval/random_posts.h"

using namespace mnerva;
using namespace mnerva::eval;
using namespace mnerva::test;

namespace {

/// Words that paired chunks have in common, by trying every pairing.
int mostCommon(const std::vector<Chunk>& gold, const std::vector<Chunk>& predicted, std::size_t at, unsigned taken) {
    if (at == predicted.size()) return 0;
    int best = mostCommon(gold, predicted, at + 1, taken);
    for (std::size_t g = 0; g < gold.size(); ++g) {
        if (taken & (1u << g)) continue;
        const int common =
            std::min(gold[g].last, predicted[at].last) - std::max(gold[g].first, predicted[at].first) + 1;
        if (common > 0) best = std::max(best, common + mostCommon(gold, predicted, at + 1, taken | (1u << g)));
    }
    return best;
}

int commonOf(const std::vector<Chunk>& gold, const std::vector<Chunk>& predicted, const std::vector<int>& partners) {
    int common = 0;
    for (std::size_t p = 0; p < predicted.size(); ++p) {
        if (partners[p] < 0) continue;
        const Chunk& g = gold[static_cast<std::size_t>(partners[p])];
        common += std::min(g.last, predicted[p].last) - std::max(g.first, predicted[p].first) + 1;
    }
    return common;
}

}  // namespace

TEST_CASE("Schema.TheOrderOfTheLibraryMayPairBadlyAndOursDoesNot") {
    // Predicted 0-4 takes gold 0-0 first, and gold 1-4, which it nearly is, is left over.
    const std::vector<Chunk> gold{{0, 0, 1}, {1, 4, 2}}, predicted{{0, 4, 2}};
    const SchemaCounts theirs = countSchema(gold, predicted, {Schema::Type, Pairing::LibraryOrder});
    CHECK((theirs.correct == 0 && theirs.incorrect == 1 && theirs.missed == 1));
    const SchemaCounts ours = countSchema(gold, predicted, {Schema::Type, Pairing::MaximumOverlap});
    CHECK((ours.correct == 1 && ours.incorrect == 0 && ours.missed == 1));
}

TEST_CASE("Schema.NoPairingHasMoreWordsInCommonThanOurs") {
    int looked = 0;
    for (const EntityPost& post : entityPosts(11, 400)) {
        const auto chunks = [](const std::vector<Entity>& entities) {
            std::vector<Chunk> out;
            for (const Entity& e : entities) out.push_back({e.first, e.last, e.type == "PER" ? 1 : 2});
            return out;
        };
        const auto gold = chunks(post.gold), predicted = chunks(post.predicted);
        CHECK(commonOf(gold, predicted, partnersByOverlap(gold, predicted)) == mostCommon(gold, predicted, 0, 0));
        ++looked;
    }
    CHECK(looked == 400);
}

TEST_CASE("Schema.AnEqualOverlapGoesToTheSameType") {
    const std::vector<Chunk> gold{{0, 1, 1}, {2, 3, 2}}, predicted{{1, 2, 2}};
    CHECK(partnersByOverlap(gold, predicted) == std::vector<int>{1});
}

TEST_CASE("Schema.LessThanOnePercentOfTheGoldWordsIsNoOverlap") {
    const std::vector<Chunk> gold{{0, 149, 1}}, predicted{{149, 151, 1}};
    for (const Pairing pairing : {Pairing::LibraryOrder, Pairing::MaximumOverlap}) {
        const SchemaCounts counts = countSchema(gold, predicted, {Schema::Type, pairing});
        CHECK((counts.missed == 1 && counts.spurious == 1 && counts.correct == 0));
    }
}

TEST_CASE("Rules.AllHaveNameTitleAndSentenceOfTheirOwn") {
    std::set<std::string_view> names, titles, sentences;
    for (const Rule rule : allRules()) {
        CHECK(ruleFromName(ruleName(rule)) == rule);
        names.insert(ruleName(rule));
        titles.insert(ruleTitle(rule));
        sentences.insert(ruleSentence(rule));
    }
    CHECK(names.size() == allRules().size());
    CHECK(titles.size() == allRules().size());
    CHECK(sentences.size() == allRules().size());
}

TEST_CASE("LayerScore.APostThatALayerDoesNotCoverIsLeftOut") {
    Layers layers;
    layers.add({"a"}, {"B-PER"}, {"B-PER"});
    layers.texts.add({"b"}, JoinRule::Space);
    layers.gold.add(layers.numbers({"B-PER"}));
    layers.predicted.addUncovered();
    layers.posts.push_back(1);
    const LayerScore score = layers.score(Rule::SeqevalLenient);
    CHECK(score.posts == std::vector<int>{0});
    CHECK(score.score.gold == 1);
    CHECK(score.counts == std::vector<PostCounts>{{1, 1, 1}});
}

TEST_CASE("LayerScore.CountsOfPostsAddUpToTheScoreByEveryRule") {
    const Layers layers = layersOf(entityPosts(12, 300));
    for (const Rule rule : allRules()) {
        if (!isSumOverPosts(rule)) continue;
        INFO(ruleName(rule));
        const LayerScore score = layers.score(rule);
        CHECK(f1Of(score.counts) == Approx(score.score.micro.f1).margin(1e-12));
        CHECK(score.counts.size() == score.posts.size());
    }
}

TEST_CASE("LayerScore.StringsOfAChinesePostHaveNoSpaces") {
    Layers layers;
    layers.texts.add({"多", "伦", "多"}, JoinRule::Nothing);
    CHECK(layers.texts.text(0, 0, 2) == "多伦多");
    CHECK(layers.texts.text(0, 1, 1) == "伦");
}

TEST_CASE("Discard.AnOrphanChunkIsNothingAndSpecialTagsAreO") {
    TagTable table;
    const auto chunks = [&](const Tags& tags, text::TagScheme scheme) {
        std::vector<int> numbers;
        for (const std::string& tag : tags) numbers.push_back(table.idOf(tag));
        return chunksOf(numbers, table, Reading::Discard, scheme).size();
    };
    CHECK(chunks({"I-PER", "I-PER", "O"}, text::TagScheme::Bio) == 0);
    CHECK(chunks({"B-PER", "I-LOC", "I-LOC"}, text::TagScheme::Bio) == 1);
    CHECK(chunks({"B-PER", "X", "B-LOC"}, text::TagScheme::Bio) == 2);
    CHECK(chunks({"B-PER", "M-PER", "O"}, text::TagScheme::Bmes) == 1);
    CHECK(chunks({"I-PER", "O"}, text::TagScheme::Iob1) == 1);
}
