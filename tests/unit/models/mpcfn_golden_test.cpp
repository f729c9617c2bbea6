#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

/// A post of the golden file: ids and tags follow from the place of the post.
EncodedPost goldenPost(const std::vector<int>& pieces, int b) {
    EncodedPost post = postOf(pieces);
    for (std::size_t i = 1; i + 1 < post.ids.size(); ++i)
        post.ids[i] = 4 + (3 * (static_cast<int>(i) - 1) + 5 * b) % 16;
    for (std::size_t w = 0; w < post.tags.size(); ++w) post.tags[w] = (static_cast<int>(w) + 2 * b) % 5;
    return post;
}

void requireGolden(const nlohmann::json& wanted) {
    const std::string places = wanted["cell_positions"];
    INFO("cells behind the " << places);
    const ModelShape shape = shapeOf({"objects=2", "fusion_layers=2", "pictures=1", "cell_positions=" + places});
    const auto model = modelOf(shape);
    fillBert(*model);
    std::vector<EncodedPost> posts;
    for (int b = 0; b < 2; ++b)
        posts.push_back(goldenPost(wanted["pieces"][static_cast<std::size_t>(b)].get<std::vector<int>>(), b));
    const Tensor grid = formula("grid", {2, 49, 14}, 2.0), crops = formula("crops", {2, 2, 4, 14}, 2.0);
    std::vector<PostPictures> pictures(2);
    for (int b = 0; b < 2; ++b) {
        PostPictures& of = pictures[static_cast<std::size_t>(b)];
        of.grid = grid[b];
        of.crops = {crops[b][0], crops[b][1]};
        of.hasPicture = true;
    }
    const Batch batch = batchOf(shape, posts, pictures);
    CHECK(torch::equal(batch.text.ids, idsOf(wanted["ids"])));
    CHECK(torch::equal(batch.text.tags, idsOf(wanted["tags"])));
    const Forward out = model->forward(batch, true);
    const Tensor attention = out.textToImage.back().narrow(0, 0, 1);
    requireClose("emissions", out.emissions, tensorOf(wanted["emissions"], {2, 5, 5}), 5e-5);
    requireClose("relevance", out.relevance, tensorOf(wanted["relevance"], {2, 3}), 5e-5);
    requireClose("attention", attention, tensorOf(wanted["attention"], {1, 2, 5, 57}), 5e-5);
    requireLoss(*model, model->loss(batch), wanted, 5e-5);
    for (std::size_t f = 0; f < 2; ++f)
        requireClose("gates of layer " + std::to_string(f + 1), out.levelGates[f], tensorOf(wanted["gates"][f], {2, 4}),
                     5e-5);
}

}  // namespace

TEST_CASE("Mpcfn: emissions, relevance, gates, attention, loss and all gradients equal PyTorch's") {
    // The cells behind each post's own sub-tokens, and behind the longest post as in runs of version 0.1.
    const auto file = goldenJson("mpcfn.json");
    REQUIRE(file.size() == 2);
    for (const auto& wanted : file) requireGolden(wanted);
}
