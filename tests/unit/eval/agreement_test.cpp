#include "core/eval/agreement.h"

#include <catch2/catch.hpp>

#include "tests/unit/eval/golden.h"

using namespace mnerva;
using namespace mnerva::eval;
using mnerva::eval::test::goldenJson;
using mnerva::eval::test::requireClose;
using nlohmann::json;

namespace {

std::vector<AgreementPost> postsOf(const json& body) {
    std::vector<AgreementPost> posts;
    for (const json& post : body.at("posts")) {
        AgreementPost& out = posts.emplace_back();
        out.words = post.at("words").get<int>();
        for (const json& layer : post.at("layers")) {
            auto& entities = out.layers.emplace_back();
            if (layer.is_null()) continue;
            entities.emplace();
            for (const json& e : layer)
                entities->push_back({e[0].get<std::string>(), e[1].get<int>(), e[2].get<int>(), {}});
        }
    }
    return posts;
}

void requireSame(const std::string& name, const std::optional<double>& actual, const json& wanted) {
    INFO(name);
    REQUIRE(actual.has_value() == !wanted.is_null());
    if (actual) requireClose(name, *actual, wanted.get<double>());
}

void requireLabel(const LabelAgreement& actual, const json& wanted) {
    REQUIRE(actual.pairs.size() == wanted.at("pairs").size());
    for (std::size_t i = 0; i < actual.pairs.size(); ++i) {
        const json& pair = wanted.at("pairs").at(i);
        CHECK(actual.pairs[i].posts == pair.at("posts").get<int>());
        requireClose("span F1", actual.pairs[i].spans.f1, pair.at("f1").get<double>());
        requireSame("kappa", actual.pairs[i].kappa, pair.at("kappa"));
    }
    requireSame("alpha", actual.alpha, wanted.at("alpha"));
}

}  // namespace

TEST_CASE("Agreement.NumbersAreThoseOfScikitLearnKrippendorffAndDkpro") {
    const json file = goldenJson("agreement.json");  // outlives the loop
    REQUIRE_FALSE(file.at("cases").empty());
    for (const json& body : file.at("cases")) {
        const Agreement out = agreementOf(postsOf(body));
        requireLabel(out.all, body.at("labels").at(""));
        requireSame("unitised alpha", out.all.unitisedAlpha, body.at("unitisedAlpha").at(""));
        REQUIRE(out.labels.size() == 3);
        for (const auto& [label, of] : out.labels) {
            requireLabel(of, body.at("labels").at(label));
            requireSame("unitised alpha of " + label, of.unitisedAlpha, body.at("unitisedAlpha").at(label));
        }
        REQUIRE(out.posts.size() == body.at("alphaOfPosts").size());
        for (std::size_t p = 0; p < out.posts.size(); ++p)
            requireSame("alpha of a post", out.posts[p].alpha, body.at("alphaOfPosts").at(p));
    }
}

TEST_CASE("Agreement.OneCategoryHasNoKappaAndNoAlpha") {
    const std::vector<int> same{1, 1, 1};
    CHECK_FALSE(cohensKappa(same, same));
    CHECK_FALSE(cohensKappa({}, {}));
    CHECK_FALSE(krippendorffAlpha({same, same}));
    CHECK_FALSE(krippendorffAlpha({}));
}

TEST_CASE("Agreement.AUnitThatOneCoderLeftOutDoesNotCount") {
    CHECK(krippendorffAlpha({{0, 1, 0, -1}, {0, 1, -1, 1}}) == krippendorffAlpha({{0, 1}, {0, 1}}));
}

TEST_CASE("Agreement.NobodyMarkedAnythingIsNoUnitisedAlpha") {
    CHECK_FALSE(unitisedDisagreement({{}, {}}, 10).alpha());
    CHECK_FALSE(unitisedDisagreement({{}, {}}, 0).alpha());
    CHECK(unitisedDisagreement({{{2, 4}}, {{2, 4}}}, 10).alpha() == 1.0);
}

TEST_CASE("Agreement.PostsOfOneLayerAreNotCompared") {
    const std::vector<Entity> anna{{"PER", 0, 1, {}}};
    const Agreement out =
        agreementOf({{3, {anna, std::nullopt}}, {3, {anna, anna}}, {2, {std::vector<Entity>{}, anna}}});
    CHECK(out.commonPosts == 2);
    CHECK(out.all.pairs.front().posts == 2);
    CHECK_FALSE(out.posts[0].meanF1);
    CHECK_FALSE(out.posts[0].isUnanimous);
    CHECK(out.posts[1].isUnanimous);
    CHECK(out.posts[2].meanF1 == 0.0);
    CHECK_FALSE(out.posts[2].isUnanimous);
}

TEST_CASE("Agreement.NoPostsIsNoAgreement") {
    CHECK(agreementOf({}).posts.empty());
}
