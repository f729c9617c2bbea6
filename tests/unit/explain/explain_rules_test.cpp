#include <cmath>
#include <tuple>

#include "core/base/error.h"
#include "core/models/explain/covering_internal.h"
#include "core/models/explain/explainer_internal.h"
#include "core/vision/geometry.h"
#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

/// A post of four words with a picture, before a system with start values.
struct Asked {
    ModelShape shape;
    std::shared_ptr<NerModel> model;
    EncodedPost post = postOf({1, 2, 1, 0});
    PostInput input;
    PostPictures pictures = picturesOf(3, 0);
    TextLayout text;

    explicit Asked(const std::string& system, const std::vector<std::string>& options = {})
        : shape(shapeFor(system, options)), model(modelOf<NerModel>(shape)) {
        input.words = {"a", "b", "c", "d"};
        text.mode = unitModeOf(shape.options);
        text.special = specialsOf(shape.classes);
    }
    ExplainedRun run() const { return {*model, shape, nullptr, text, torch::kCPU, 1, {}, {}}; }
};

AttributionQuery queryOf(int first, int last, const std::string& type) {
    AttributionQuery query;
    query.first = first;
    query.last = last;
    query.type = type;
    return query;
}

}  // namespace

TEST_CASE("Explain.ATargetThatIsNotThereIsRefused") {
    const Asked asked("mpcfn", {"objects=0", "pictures=1"});
    PostExplainer explainer(asked.run(), asked.input, {}, asked.post, asked.pictures);
    for (const AttributionQuery& query : {queryOf(0, 9, "PER"), queryOf(0, 0, "ORG"), queryOf(3, 3, "PER")})
        CHECK(errorOf([&] { explainer.aim(query); }).code() == ErrorCode::OptionInvalid);
    explainer.aim(queryOf(0, 1, "LOC"));
    CHECK(explainer.target().type == "LOC");
    CHECK(explainer.target().form == "span");
    CHECK(explainer.target().logProbability < 0);
}

TEST_CASE("Explain.AfterALayerYIsThatOfARunThatEndsThere") {
    for (const auto& [system, option, more] :
         {std::tuple("mpcfn", "fusion_layers", std::vector<std::string>{"objects=0", "pictures=1"}),
          std::tuple("umgf", "graph_layers", std::vector<std::string>{"graph_dim=12", "graph_heads=3"})}) {
        INFO(system);
        const auto yOf = [&, of = system, name = option, given = more](int layers) {
            std::vector<std::string> options = given;
            options.push_back(std::string(name) + "=" + std::to_string(layers));
            const Asked asked(of, options);
            fillBert(*asked.model);
            PostExplainer explainer(asked.run(), asked.input, {}, asked.post, asked.pictures);
            explainer.aim(queryOf(0, 1, "LOC"));
            return explainer.target();
        };
        const Target one = yOf(1), two = yOf(2);
        CHECK(one.byLayer.empty());
        REQUIRE(two.byLayer.size() == 2);
        CHECK(two.byLayer[1] == two.logProbability);
        CHECK(std::abs(two.byLayer[0] - one.logProbability) < 1e-6);
        CHECK(std::abs(two.byLayer[0] - two.byLayer[1]) > 1e-4);
    }
}

TEST_CASE("Explain.WithoutATypeItIsTheLikeliestThatIsNotO") {
    const Asked asked("mpcfn", {"objects=0", "pictures=1"});
    Prediction prediction;
    prediction.marginals = {
        {4, 5}, {.9F, .01F, .01F, .07F, .01F, .9F, .05F, .02F, .02F, .01F, .9F, .05F, .02F, .02F, .01F, 1, 0, 0, 0, 0}};
    PostExplainer explainer(asked.run(), asked.input, prediction, asked.post, asked.pictures);
    explainer.aim(queryOf(0, 0, ""));
    CHECK(explainer.target().type == "LOC");
    prediction.entities = {{"PER", 1, 2, {}}};
    PostExplainer found(asked.run(), asked.input, prediction, asked.post, asked.pictures);
    found.aim({});
    CHECK(found.target().first == 1);
    CHECK(found.target().type == "PER");
    found.aim(queryOf(2, 2, ""));  // a word of an entity stands for it
    CHECK(found.target().first == 1);
    CHECK(found.target().last == 2);
}

TEST_CASE("Explain.StopsWhenItIsAsked") {
    const Asked asked("mpcfn", {"objects=0", "pictures=1"});
    PostExplainer explainer(asked.run(), asked.input, {}, asked.post, asked.pictures);
    const AttributionQuery query = queryOf(0, 0, "PER");
    explainer.aim(query);
    for (const char* id : {"occlusion", "integrated-gradients", "word-out"}) {
        std::stop_source stop;
        int steps = 0;
        const ProgressSink progress = [&](const Progress&) {
            if (++steps == 1) stop.request_stop();
        };
        if (std::string(id) == "word-out") stop.request_stop();  // four words are one step
        CHECK_THROWS_AS(explainer.attribution(*attributionMethod(id), query, progress, stop.get_token()), Cancelled);
        CHECK(steps <= 1);
    }
}

TEST_CASE("Explain.WhatASystemCannotServeIsSaid") {
    const Asked text("bert");
    PostExplainer blind(text.run(), text.input, {}, text.post, {});
    blind.aim(queryOf(0, 1, "PER"));
    CHECK(blind.target().form == "tags");
    const Asked cells("mpcfn", {"objects=0", "pictures=1", "cf=false"});
    PostExplainer mean(cells.run(), cells.input, {}, cells.post, cells.pictures);
    mean.aim(queryOf(0, 1, "PER"));
    for (const AttributionMethod& method : attributionMethods()) {
        INFO(method.id);
        const Attribution none = blind.attribution(method, queryOf(0, 1, "PER"), {}, {});
        CHECK(none.isServed() == !method.isOfCells);
        const Attribution some = mean.attribution(method, queryOf(0, 1, "PER"), {}, {});
        const bool reads = method.id == "attention" || method.id == "rollout" || method.id == "relevancy";
        CHECK(some.isServed() == !reads);  // without cross fusion no attention of the words goes to cells
    }
}

TEST_CASE("Explain.WordsLeftOutAreThoseOfThePostAndNamesAreAnswered") {
    const Asked asked("mpcfn", {"objects=0", "pictures=1"});
    ExplainedRun run = asked.run();
    run.encode = [](const PostInput& post) { return postOf(std::vector<int>(post.words.size(), 1)); };
    PostExplainer explainer(run, asked.input, {}, asked.post, asked.pictures);
    AttributionQuery query = queryOf(0, 1, "PER");
    query.exchanges = {{"LOC", {"New", "York", "City"}, 0}, {"PER", {}, 0}};
    explainer.aim(query);
    const Attribution found = explainer.attribution(*attributionMethod("word-out"), query, {}, {});
    REQUIRE(found.words.size() == 4);
    CHECK(found.words[1] != 0);
    CHECK(found.words[3] == 0);  // it has no piece
    REQUIRE(found.exchanges.size() == 1);
    CHECK(found.exchanges[0].words.size() == 3);
    CHECK(std::isfinite(found.exchanges[0].change));
}

TEST_CASE("Cover.PaintsItsCellsAlone") {
    vision::Picture picture = vision::filledPicture(256, 256, 10, 20, 30);
    const vision::Picture covered = coveredPicture(picture, {0, 48});
    const vision::Rect first = vision::cellRect(0, 256, 256), second = vision::cellRect(1, 256, 256);
    CHECK(covered.at(static_cast<int>(first.x) + 1, static_cast<int>(first.y) + 1)[0] == 124);
    CHECK(covered.at(static_cast<int>(second.x) + 1, static_cast<int>(second.y) + 1)[0] == 10);
    CHECK(coveredPicture(picture, {}) == picture);
    int changed = 0;
    for (std::size_t i = 0; i < picture.rgb.size(); i += 3) changed += picture.rgb[i] != covered.rgb[i];
    CHECK(changed == 2 * 32 * 32);
}
