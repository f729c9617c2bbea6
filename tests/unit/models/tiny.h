#pragma once

#include <torch/torch.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/models/classes_internal.h"
#include "core/models/options.h"
#include "core/models/system_internal.h"
#include "core/models/systems/mpcfn_internal.h"

namespace mnerva::models::test {

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

/// In evaluation mode, ready to be asked.
inline std::shared_ptr<NerModel> anyModelOf(const ModelShape& shape, std::uint64_t seed = 1) {
    torch::manual_seed(seed);
    auto model = makeModel(shape);
    model->startFromEncoder();
    model->eval();
    return model;
}

inline std::shared_ptr<Mpcfn> modelOf(const ModelShape& shape, std::uint64_t seed = 1) {
    torch::manual_seed(seed);
    auto model = std::dynamic_pointer_cast<Mpcfn>(makeModel(shape));
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

inline double distance(const torch::Tensor& a, const torch::Tensor& b) {
    return (a - b).abs().max().item<double>();
}

}  // namespace mnerva::models::test
