#include "core/models/systems/bert_tagger_internal.h"

#include <cmath>

#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

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
    int cases = 0;
    for (const nlohmann::json& wanted : goldenJson("bert_tagger.json")) {
        const std::string system = wanted.at("system"), mode = wanted.at("subtoken");
        INFO(system << " " << mode);
        const ModelShape shape = shapeFor(system, {"subtoken=" + mode});
        const auto model = modelOf(shape);
        fillBert(*model);
        const Batch batch = batchOf(shape, goldenPosts(wanted), {});
        const Tensor emissions = model->forward(batch, false).emissions;
        const Tensor used = emissions.masked_select(batch.text.unitMask.unsqueeze(2));
        requireClose("emissions", used, tensorOf(wanted.at("emissions"), used.sizes()), 2e-5);
        CHECK(model->decoder().bestTags(emissions, batch.text.unitMask) ==
              wanted.at("best").get<std::vector<std::vector<int>>>());
        requireLoss(*model, model->loss(batch), wanted, 2e-5);
        ++cases;
    }
    CHECK(cases == 4);
}

TEST_CASE("BertTagger: the text-only recipe of MPCFN has one learning rate; the fast CRF is a preset of its own") {
    // models.md 4.2: the public code takes its `bert_before_train` path when prompts are off.
    const SystemInfo& info = systemByName("bert-crf");
    for (const char* data : {"twitter2015", "twitter2017", "wukong"}) {
        const nlohmann::json one = resolveOptions(info, std::string("mpcfn-") + data, {});
        const nlohmann::json fast = resolveOptions(info, std::string("fast-crf-") + data, {});
        CHECK(one.at("crf_lr") == one.at("lr"));
        for (const char* decay : {"wd_text", "wd_vision", "wd_crf"}) CHECK(one.at(decay) == 1e-2);
        CHECK(fast.at("crf_lr") == 5e-2);
        for (const auto& [name, value] : one.items())
            if (name != "crf_lr") CHECK(fast.at(name) == value);
    }
}
