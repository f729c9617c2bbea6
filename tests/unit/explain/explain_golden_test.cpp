#include "core/models/explain/explainer_internal.h"
#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

/// A model with formula weights, and a post whose picture is one.
struct Subject {
    ModelShape shape;
    std::shared_ptr<NerModel> model;
    EncodedPost post;
    PostPictures pictures;
    PostInput input;
    TextLayout text;

    explicit Subject(const nlohmann::json& wanted) {
        const bool isMpcfn = wanted.at("system") == "mpcfn";
        shape = isMpcfn ? shapeOf({"objects=2", "fusion_layers=2", "pictures=1"})
                        : shapeFor("umt", {"t2i_layers=2", "i2t_layers=2", "t2t_layers=2"});
        model = modelOf<NerModel>(shape);
        fillBert(*model);
        post = postOf(wanted.at("pieces").get<std::vector<int>>());
        post.ids = wanted.at("ids").get<std::vector<std::int64_t>>();
        input.words.assign(post.words.size(), "word");
        pictures.grid = formula("grid", {1, 49, 14}, isMpcfn ? 2.0 : 1.0)[0];
        pictures.hasPicture = true;
        const Tensor crops = formula("crops", {2, 4, 14}, 2.0);
        if (isMpcfn) pictures.crops = {crops[0], crops[1]};
        text.mode = unitModeOf(shape.options);
        text.special = specialsOf(shape.classes);
    }
};

Tensor cellsOf(const Attribution& of) {
    REQUIRE(of.unavailable == "");
    return torch::tensor(of.cells);
}

void requireGolden(const nlohmann::json& wanted) {
    INFO(wanted.at("system").get<std::string>());
    const Subject subject(wanted);
    const ExplainedRun run{*subject.model, subject.shape, nullptr, subject.text, torch::kCPU, 1, {}, {}};
    PostExplainer explainer(run, subject.input, {}, subject.post, subject.pictures);
    AttributionQuery query;
    query.type = wanted.at("target")[0];
    query.first = wanted.at("target")[1];
    query.last = wanted.at("target")[2];
    explainer.aim(query);
    requireClose("y", explainer.target().logProbability, wanted.at("y").get<double>(), 1e-5);
    // One fusion layer in the answer's own sense (umt): nothing came before it.
    const auto layers = wanted.value("by_layer", std::vector<double>());
    REQUIRE(explainer.target().byLayer.size() == layers.size());
    for (std::size_t layer = 0; layer < layers.size(); ++layer)
        requireClose("y after a layer", explainer.target().byLayer[layer], layers[layer], 1e-5);
    const auto asked = [&](const char* id) { return explainer.attribution(*attributionMethod(id), query, {}, {}); };
    const auto requireMap = [&](const char* id, const char* name) {
        const Attribution found = asked(id);
        Tensor all = cellsOf(found);
        const auto numbers = wanted.at(name).get<std::vector<double>>();
        if (numbers.size() > 49) {  // crops: their rows as a sum
            const Tensor rows = tensorOf(wanted.at(name), {static_cast<std::int64_t>(numbers.size())});
            requireClose(std::string(name) + " of crops", torch::tensor(found.crops),
                         rows.narrow(0, 49, 8).view({2, 4}).sum(1), 1e-5);
            requireClose(name, all, rows.narrow(0, 0, 49), 1e-5);
        } else {
            requireClose(name, all, tensorOf(wanted.at(name), {49}), 1e-5);
        }
    };
    requireMap("rollout", "rollout");
    requireMap("relevancy", "relevancy");
    requireMap("gradient-input", "gradient_input");
    requireMap("grad-cam", "grad_cam");
    if (wanted.contains("gradient_input_crops"))
        requireClose("gradient-input of crops", torch::tensor(asked("gradient-input").crops),
                     tensorOf(wanted.at("gradient_input_crops"), {2}), 1e-5);
    for (const char* baseline : {"zeros", "own_mean"}) {
        query.baseline = std::string(baseline) == "zeros" ? "zeros" : "mean";
        const nlohmann::json& of = wanted.at(baseline);
        const Attribution integrated = asked("integrated-gradients"), occlusion = asked("occlusion");
        requireClose("integrated", cellsOf(integrated), tensorOf(of.at("integrated"), {49}), 1e-5);
        requireClose("change", *integrated.change, of.at("change").get<double>(), 1e-5);
        requireClose("gap", *integrated.gap, of.at("gap").get<double>(), 1e-5);
        requireClose("occlusion", cellsOf(occlusion), tensorOf(of.at("occlusion"), {49}), 1e-5);
        CHECK(occlusion.baseline == (query.baseline == "zeros" ? "zeros" : "own-mean"));
    }
}

}  // namespace

TEST_CASE("Explain.EveryMethodGivesPyTorchsNumbers") {
    const auto file = goldenJson("explain.json");
    REQUIRE(file.size() == 2);
    for (const auto& wanted : file) requireGolden(wanted);
}
