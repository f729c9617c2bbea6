#include "core/models/systems/bert_tagger_internal.h"

#include <cmath>

#include "tests/unit/models/tiny.h"
#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;
using torch::Tensor;

namespace {

/// The posts of tests/reference/bert_tagger_golden.py: pieces of each word, and its tag.
std::vector<EncodedPost> goldenPosts(const nlohmann::json& wanted) {
    std::vector<EncodedPost> posts;
    for (std::size_t b = 0; b < wanted.at("words").size(); ++b) {
        EncodedPost post;
        post.ids.push_back(2);
        for (const nlohmann::json& word : wanted.at("words")[b]) {
            const auto pieces = word.get<std::vector<std::int64_t>>();
            post.words.push_back({static_cast<int>(post.ids.size()), static_cast<int>(pieces.size())});
            post.ids.insert(post.ids.end(), pieces.begin(), pieces.end());
        }
        post.ids.push_back(3);
        post.tags = wanted.at("tags")[b].get<std::vector<std::int64_t>>();
        posts.push_back(post);
    }
    return posts;
}

}  // namespace

TEST_CASE("BertTagger: emissions, best tags, loss and every gradient are those of PyTorch, by pieces and by words") {
    double worst = 0;
    int cases = 0;
    for (const nlohmann::json& wanted : mnerva::test::goldenJson("bert_tagger.json")) {
        const std::string system = wanted.at("system"), mode = wanted.at("subtoken");
        INFO(system << " " << mode);
        const ModelShape shape = shapeFor(system, {"subtoken=" + mode});
        const auto model = anyModelOf(shape);
        mnerva::test::fillBert(*model);
        const Batch batch = batchOf(shape, goldenPosts(wanted), {});
        const Tensor emissions = model->forward(batch, false).emissions;
        const Tensor used = emissions.masked_select(batch.unitMask.unsqueeze(2));
        worst = std::max(worst, distance(used, mnerva::test::tensorOf(wanted.at("emissions"), used.sizes())));
        CHECK(model->decoder().bestTags(emissions, batch.unitMask) ==
              wanted.at("best").get<std::vector<std::vector<int>>>());
        const Tensor loss = model->loss(batch);
        worst = std::max(worst, std::abs(loss.item<double>() - wanted.at("loss").get<double>()));
        loss.backward();
        worst = std::max(worst, mnerva::test::gradientDifference(*model, wanted.at("gradients")));
        ++cases;
    }
    CHECK(cases == 4);
    INFO("largest error " << worst);
    CHECK(worst < 2e-5);
}
