#pragma once

#include <torch/torch.h>

#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "core/models/model/sequence_tagger_internal.h"
#include "core/models/options.h"
#include "core/models/registry_internal.h"
#include "core/models/text/classes_internal.h"
#include "tests/unit/nn/nn_test.h"

namespace mnerva::models::test {

using mnerva::test::errorOf;
using mnerva::test::fillBert;
using mnerva::test::formula;
using mnerva::test::goldenJson;
using mnerva::test::Gradients;
using mnerva::test::idsOf;
using mnerva::test::maskOf;
using mnerva::test::requireClose;
using mnerva::test::requireGradients;
using mnerva::test::tensorOf;
using torch::Tensor;

/// Default options of a system with these assignments, as the command line takes them.
inline nlohmann::json optionsOf(const std::string& system, const std::vector<std::string>& assignments = {},
                                const std::string& variant = "") {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const std::string& text : assignments) pairs.push_back(splitAssignment(text));
    return resolveOptions(variantInfo(systemByName(system), variant), "", pairs);
}

inline nlohmann::json options(const std::vector<std::string>& assignments = {}) {
    return optionsOf("mpcfn", assignments);
}

/// H=16, two layers, picture levels of 2, 3, 4 and 5 channels, 5 word tags.
inline ModelShape shapeFor(const std::string& system, const std::vector<std::string>& assignments = {},
                           double dropout = 0, const std::string& variant = "") {
    ModelShape shape;
    shape.system = system;
    shape.variant = variantOf(systemByName(system), variant);
    shape.options = optionsOf(system, assignments, shape.variant);
    shape.encoder.vocabularySize = 20;
    shape.encoder.hidden = 16;
    shape.encoder.layers = 2;
    shape.encoder.heads = 2;
    shape.encoder.intermediate = 32;
    shape.encoder.maxPositions = 80;
    shape.encoder.hiddenDropout = shape.encoder.attentionDropout = dropout;
    shape.pictures = systemCode(system, shape.variant).pictures(shape.options, {2, 3, 4, 5});
    shape.pictures.promptWidths = {2, 3, 4, 5};
    shape.classes = classesFor({"O", "B-PER", "I-PER", "B-LOC", "I-LOC"}, unitModeOf(shape.options));
    return shape;
}

inline ModelShape shapeOf(const std::vector<std::string>& assignments = {}, double dropout = 0) {
    return shapeFor("mpcfn", assignments, dropout);
}

/// In evaluation mode, ready to be asked. `Model` says as what: a tagger, or the system itself.
template <class Model = SequenceTagger>
std::shared_ptr<Model> modelOf(const ModelShape& shape, std::uint64_t seed = 1) {
    torch::manual_seed(seed);
    auto model = std::dynamic_pointer_cast<Model>(makeModel(shape));
    REQUIRE(model);
    model->startFromEncoder();
    model->eval();
    return model;
}

/// A post whose words have these numbers of pieces; ids follow from `salt`.
inline EncodedPost postOf(const std::vector<int>& pieces, int salt = 0) {
    EncodedPost post;
    post.ids.push_back(2);
    for (std::size_t w = 0; w < pieces.size(); ++w) {
        post.words.push_back({static_cast<int>(post.ids.size()), pieces[w]});
        for (int p = 0; p < pieces[w]; ++p) post.ids.push_back(4 + (static_cast<int>(w) * 3 + p + salt) % 16);
        post.tags.push_back((static_cast<int>(w) + salt) % 5);
    }
    post.ids.push_back(3);
    return post;
}

/// A picture, this many crops of `rows` rows, and prompts of the picture and three crops, drawn from a seed.
inline PostPictures picturesOf(std::uint64_t seed, int crops, bool grid = true, int rows = 4) {
    torch::manual_seed(seed);
    PostPictures out;
    if (grid) out.grid = torch::randn({49, 14});
    for (int k = 0; k < crops; ++k) out.crops.push_back(torch::randn({rows, 14}));
    out.hasPicture = grid;
    for (int k = 0; k < 4; ++k) out.prompts.push_back(torch::randn({4, 14}));
    return out;
}

/// Word tags of the posts count from the first word tag, whatever stands before it.
inline Batch batchOf(const ModelShape& shape, std::vector<EncodedPost> posts,
                     const std::vector<PostPictures>& pictures) {
    std::vector<const EncodedPost*> pointers;
    TextLayout text;
    text.mode = unitModeOf(shape.options);
    text.special = specialsOf(shape.classes);
    for (EncodedPost& post : posts) {
        for (auto& tag : post.tags) tag += text.mode == UnitMode::Pieces ? 1 : 0;
        pointers.push_back(&post);
    }
    return makeBatch(pointers, pictures, shape.pictures, text);
}

/// Two posts of different length, with words of one, two and three pieces.
inline std::vector<EncodedPost> twoPosts() {
    return {postOf({1, 2, 1}), postOf({1, 1, 3, 1, 2}, 5)};
}

/// The texts of a golden file in which units are positions: ids, mask and tags.
inline TextBatch goldenText(const nlohmann::json& wanted) {
    TextBatch text;
    text.ids = idsOf(wanted.at("ids"));
    text.mask = text.unitMask = maskOf(wanted.at("mask"));
    text.tags = idsOf(wanted.at("tags"));
    return text;
}

/// The cells of a golden file: a formula where a post has a picture.
inline GridRows goldenGrid(const nlohmann::json& wanted) {
    const Tensor mask = maskOf(nlohmann::json::array({wanted.at("has_picture")}))[0];
    return {formula("grid", {mask.size(0), 49, 14}) * mask.view({-1, 1, 1}), mask};
}

/// The options of a golden file as the command line takes them.
inline std::vector<std::string> goldenOptions(const nlohmann::json& wanted) {
    std::vector<std::string> out;
    for (const auto& [name, value] : wanted.at("options").items())
        out.push_back(name + "=" + (value.is_string() ? value.get<std::string>() : value.dump()));
    return out;
}

/// The loss of a golden file and all its gradients; `loss` is what the model computes.
inline void requireLoss(torch::nn::Module& model, const Tensor& loss, const nlohmann::json& wanted, double tolerance,
                        Gradients which = Gradients::All) {
    const auto& number = wanted.at("loss");
    const double value = number.is_array() ? number.at(0).get<double>() : number.get<double>();
    requireClose("loss", loss.item<double>(), value, tolerance);
    loss.backward();
    requireGradients(model, wanted.at("gradients"), tolerance, which);
    if (which == Gradients::Listed) return;
    std::size_t learning = 0;
    for (const Tensor& parameter : model.parameters()) learning += parameter.requires_grad() ? 1 : 0;
    CHECK(wanted.at("gradients").size() == learning);
}

/// In training, the loss of a batch gives every parameter a gradient, but for those that nothing reads; each is of one
/// of the three optimiser groups.
inline void requireLearning(NerModel& model, const Batch& batch,
                            const std::function<bool(const std::string& name)>& isUnread = {}) {
    model.train();
    model.loss(batch).backward();
    for (const auto& item : model.named_parameters()) {
        INFO(item.key());
        CHECK(item.value().grad().defined() == !(isUnread && isUnread(item.key())));
        const std::string group = model.groupOf(item.key());
        CHECK((group == "text" || group == "vision" || group == "crf"));
    }
}

inline double distance(const torch::Tensor& a, const torch::Tensor& b) {
    return (a - b).abs().max().item<double>();
}

}  // namespace mnerva::models::test
