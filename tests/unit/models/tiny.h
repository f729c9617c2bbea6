#pragma once

#include <torch/torch.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/models/mpcfn_internal.h"
#include "core/models/options.h"

namespace mnerva::models::test {

/// Default options of MPCFN with these assignments, as the command line takes them.
inline nlohmann::json options(const std::vector<std::string>& assignments = {}) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const std::string& text : assignments) pairs.push_back(splitAssignment(text));
    return resolveOptions(systemByName("mpcfn"), "", pairs);
}

/// H=16, two layers, picture levels of 2, 3, 4 and 5 channels, 5 tags.
inline ModelShape shapeOf(const std::vector<std::string>& assignments = {}, double dropout = 0) {
    ModelShape shape;
    shape.options = options(assignments);
    shape.encoder.vocabularySize = 20;
    shape.encoder.hidden = 16;
    shape.encoder.layers = 2;
    shape.encoder.heads = 2;
    shape.encoder.intermediate = 32;
    shape.encoder.maxPositions = 80;
    shape.encoder.hiddenDropout = shape.encoder.attentionDropout = dropout;
    shape.pictures = pictureLayoutOf(shape.options, {2, 3, 4, 5});
    shape.tags = 5;
    return shape;
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

/// A picture and this many crops, drawn from a seed.
inline PostPictures picturesOf(std::uint64_t seed, int crops, bool grid = true) {
    torch::manual_seed(seed);
    PostPictures out;
    if (grid) out.grid = torch::randn({49, 14});
    for (int k = 0; k < crops; ++k) out.crops.push_back(torch::randn({4, 14}));
    return out;
}

inline Batch batchOf(const ModelShape& shape, const std::vector<EncodedPost>& posts,
                     const std::vector<PostPictures>& pictures) {
    std::vector<const EncodedPost*> pointers;
    for (const EncodedPost& post : posts) pointers.push_back(&post);
    return makeBatch(pointers, pictures, shape.pictures, subtokenModeOf(shape.options), 0);
}

inline double distance(const torch::Tensor& a, const torch::Tensor& b) {
    return (a - b).abs().max().item<double>();
}

}  // namespace mnerva::models::test
