#include <cmath>

#include "core/models/model/span_paths_internal.h"
#include "core/nn/blocks/crf.h"
#include "core/text/tag_scheme.h"
#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

const std::vector<std::string> kBio{"O", "B-PER", "I-PER", "B-LOC", "I-LOC"};
const std::vector<std::string> kBmes{"O", "B-PER", "M-PER", "E-PER", "S-PER", "S-LOC"};

/// Tags of the words on a path: of first pieces, O where a word has none or its tag is a special one.
std::vector<std::string> tagsOf(const EncodedPost& post, const std::vector<int>& path,
                                const std::vector<std::string>& classes, UnitMode mode) {
    std::vector<std::string> tags;
    for (std::size_t w = 0; w < post.words.size(); ++w) {
        std::string tag = "O";
        if (post.words[w].pieces > 0) {
            const int unit = unitsOfWord(post, static_cast<int>(w), mode).first;
            tag = classes[static_cast<std::size_t>(path[static_cast<std::size_t>(unit)])];
        }
        tags.push_back(isSpecialTag(tag) ? "O" : tag);
    }
    return tags;
}

/// log of the summed weight of the paths with the entity over that of all, path by path.
double byEnumeration(nn::CrfImpl& crf, const Tensor& E, const Tensor& mask, const EncodedPost& post,
                     const Entity& entity, const std::vector<std::string>& classes, UnitMode mode) {
    const auto C = static_cast<int>(classes.size());
    const auto used = static_cast<std::size_t>(mask[0].sum().item<std::int64_t>());
    std::vector<int> path(used, 0);
    std::vector<double> probabilities;
    double sum = 0, all = 0;
    for (;;) {
        const double p = crf.pathProbabilities(E, mask, {path}).front();
        all += p;
        const auto found = entitiesFromTags(tagsOf(post, path, classes, mode));
        if (std::find(found.begin(), found.end(), entity) != found.end()) sum += p;
        std::size_t at = 0;
        while (at < used && ++path[at] == C) path[at++] = 0;
        if (at == used) break;
    }
    requireClose("all paths", all, 1, 1e-5);
    return std::log(sum);
}

struct Chain {
    EncodedPost post;
    std::vector<std::string> classes;
    UnitMode mode;
    Tensor E, mask;
    nn::Crf crf{nullptr};

    Chain(const std::vector<int>& pieces, const std::vector<std::string>& tags, UnitMode unitMode, int seed)
        : post(postOf(pieces)), classes(classesFor(tags, unitMode)), mode(unitMode) {
        torch::manual_seed(seed);
        post.tags.clear();
        const auto C = static_cast<std::int64_t>(classes.size());
        TextLayout layout;
        layout.mode = mode;
        layout.special = specialsOf(classes);
        mask = makeText({&post}, layout).unitMask;
        E = torch::randn({1, mask.size(1), C}) * 2;
        crf = nn::Crf(C);
        const torch::NoGradGuard noGradient;
        for (Tensor& parameter : crf->parameters()) parameter.copy_(torch::randn(parameter.sizes()));
    }
    double y(const Entity& entity) {
        const auto paths = spanPathsOf(post, entity, classes, mode);
        REQUIRE(paths);
        return crf->spanLogProbability(E, mask, *paths).item<double>();
    }
    void requireEnumerated(const Entity& entity) {
        INFO(entity.type << " " << entity.first << "-" << entity.last);
        requireClose("y", y(entity), byEnumeration(*crf, E, mask, post, entity, classes, mode), 1e-4);
    }
};

}  // namespace

TEST_CASE("SpanProbability.IsThatOfAllPathsWithJustThisSpan") {
    Chain words({1, 1, 1, 1}, kBio, UnitMode::Sum, 1);
    for (const Entity& entity : {Entity{"PER", 0, 0, {}}, Entity{"PER", 1, 2, {}}, Entity{"LOC", 3, 3, {}},
                                 Entity{"LOC", 0, 3, {}}, Entity{"PER", 2, 3, {}}})
        words.requireEnumerated(entity);
    Chain bmes({1, 2, 1, 1}, kBmes, UnitMode::First, 2);
    for (const Entity& entity : {Entity{"PER", 0, 0, {}}, Entity{"PER", 1, 3, {}}, Entity{"LOC", 2, 2, {}}})
        bmes.requireEnumerated(entity);
}

TEST_CASE("SpanProbability.WordsWithoutAPieceAreOutside") {
    Chain words({1, 0, 1, 1, 0}, kBio, UnitMode::Sum, 3);
    for (const Entity& entity : {Entity{"PER", 0, 0, {}}, Entity{"PER", 2, 3, {}}, Entity{"LOC", 2, 2, {}}})
        words.requireEnumerated(entity);
    CHECK_FALSE(spanPathsOf(words.post, {"PER", 0, 2, {}}, words.classes, words.mode));
    CHECK_FALSE(spanPathsOf(words.post, {"PER", 4, 4, {}}, words.classes, words.mode));
    CHECK_FALSE(spanPathsOf(words.post, {"ORG", 0, 0, {}}, words.classes, words.mode));
}

TEST_CASE("SpanProbability.InXModeFirstPiecesAreRead") {
    Chain pieces({2, 1}, {"O", "B-PER", "I-PER"}, UnitMode::Pieces, 4);  // [CLS] a ##a b [SEP], seven classes
    for (const Entity& entity : {Entity{"PER", 0, 0, {}}, Entity{"PER", 0, 1, {}}, Entity{"PER", 1, 1, {}}})
        pieces.requireEnumerated(entity);
}

TEST_CASE("SpanProbability.HasTheGradientOfItsDifferences") {
    Chain words({1, 1, 1}, kBio, UnitMode::Sum, 5);
    const auto paths = spanPathsOf(words.post, {"PER", 0, 1, {}}, words.classes, words.mode);
    REQUIRE(paths);
    const Tensor at = words.E.clone().requires_grad_();
    const double error = mnerva::test::numericGradientError(
        [&] { return words.crf->spanLogProbability(at, words.mask, *paths).sum(); }, at);
    CHECK(error < 1e-3);
}

TEST_CASE("SpanProbability.OfASoftmaxIsTheSumOfItsTags") {
    const EncodedPost post = postOf({1, 1, 1});
    const Tensor E = torch::randn({2, 3, 5});
    const auto paths = spanPathsOf(post, {"LOC", 1, 2, {}}, kBio, UnitMode::Sum);
    REQUIRE(paths);
    nn::SoftmaxDecoder softmax;
    const Tensor logs = E.to(torch::kFloat64).log_softmax(-1);
    const Tensor wanted = logs.select(1, 1).select(1, 3) + logs.select(1, 2).select(1, 4);
    requireClose("y", softmax.spanLogProbability(E, Tensor(), *paths), wanted, 1e-9);
}
