#include "core/models/systems/mgcmt_internal.h"

#include <cmath>

#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

constexpr int kWidth = 6;  // of the vectors of like words
const std::vector<EncodedPost> kTwoPosts = twoPosts();

ModelShape mgcmtShape(const std::vector<std::string>& assignments = {}, double dropout = 0) {
    ModelShape shape = shapeFor("mgcmt", assignments, dropout);
    if (shape.options.at("augment").get<bool>()) shape.augmentationWidth = kWidth;
    return shape;
}

/// The second post sees two objects; both bring vectors of like words at the first pieces of their words.
Batch batchWith(const ModelShape& shape, std::vector<EncodedPost> posts, const std::vector<PostPictures>& pictures,
                const std::vector<std::vector<std::int64_t>>& objects) {
    for (std::size_t b = 0; b < posts.size(); ++b) posts[b].objects = objects[b];
    Batch batch = batchOf(shape, posts, pictures);
    if (shape.augmentationWidth > 0) {
        batch.text.augmentation = torch::zeros({batch.posts(), batch.text.ids.size(1), kWidth});
        for (std::size_t b = 0; b < posts.size(); ++b)
            for (const EncodedPost::Word& word : posts[b].words)
                batch.text.augmentation[static_cast<std::int64_t>(b)][word.first].copy_(formula(
                    "like " + std::to_string(batch.text.ids[static_cast<std::int64_t>(b)][word.first].item<int>()),
                    {kWidth}));
    }
    return batch;
}

Batch usualBatch(const ModelShape& shape) {
    return batchWith(shape, kTwoPosts, {picturesOf(1, 0), picturesOf(2, 0)}, {{3}, {17, 1}});
}

Tensor emissionsOf(const std::shared_ptr<SequenceTagger>& model, const Batch& batch) {
    return model->forward(batch, false).emissions;
}

}  // namespace

TEST_CASE("Mgcmt: emissions, loss, heat map and gradients are those of PyTorch, with every switch") {
    for (const nlohmann::json& wanted : goldenJson("mgcmt.json")) {
        INFO(wanted.at("options").dump());
        const auto model = modelOf(mgcmtShape(goldenOptions(wanted)));
        fillBert(*model);
        Batch batch;
        batch.text = goldenText(wanted);
        batch.grid = goldenGrid(wanted);
        batch.objects = idsOf(wanted.at("objects"));
        batch.text.augmentation = formula("like words", {3, 8, kWidth}) * idsOf(wanted.at("first")).unsqueeze(2);
        const Forward out = model->forward(batch, true);
        const auto compare = [&](const char* name, const Tensor& found) {
            requireClose(name, found, tensorOf(wanted.at(name), found.sizes()), 2e-5);
        };
        const Tensor used = batch.text.mask.unsqueeze(2);
        compare("emissions", out.emissions * used);
        if (wanted.contains("heat")) {
            compare("auxiliary", out.auxiliary * used);
            compare("heat", out.textToImage.at(0)[0].mean(0) * used[0]);
        }
        requireLoss(*model, model->loss(batch), wanted, 2e-5, Gradients::Listed);
        REQUIRE(wanted.at("gradients").size() >= 4);
    }
}

TEST_CASE("Mgcmt: units are positions in X mode, words with subtoken first; rows of the map sum to 1") {
    const ModelShape pieces = mgcmtShape(), words = mgcmtShape({"subtoken=first"});
    const Forward a = modelOf(pieces)->forward(usualBatch(pieces), true);
    CHECK(a.emissions.sizes() == at::IntArrayRef({2, 10, 9}));
    CHECK(a.auxiliary.sizes() == at::IntArrayRef({2, 10, 7}));
    REQUIRE(a.textToImage.size() == 1);
    CHECK(distance(a.textToImage[0].sum(-1), torch::ones({2, 2, 10})) < 1e-5);
    const Forward b = modelOf(words)->forward(usualBatch(words), true);
    CHECK(b.emissions.sizes() == at::IntArrayRef({2, 5, 5}));
    CHECK(b.textToImage.at(0).sizes() == at::IntArrayRef({2, 2, 5, 49}));
    CHECK(modelOf(words)->forward(usualBatch(words), false).textToImage.empty());
}

TEST_CASE("Mgcmt: a post alone gives what it gives in a batch of longer posts") {
    for (const char* mode : {"subtoken=x", "subtoken=first"}) {
        INFO(mode);
        const ModelShape shape = mgcmtShape({mode});
        const auto model = modelOf(shape);
        const Tensor both = emissionsOf(model, usualBatch(shape));
        const Tensor alone = emissionsOf(model, batchWith(shape, {kTwoPosts[0]}, {picturesOf(1, 0)}, {{3}}));
        CHECK(distance(alone[0], both[0].narrow(0, 0, alone.size(1))) < 1e-5);
    }
}

TEST_CASE("Mgcmt: without picture and objects the words alone decide, in finite numbers") {
    for (const char* fusion : {"fusion=gates", "fusion=concat", "fusion=attention"}) {
        INFO(fusion);
        const ModelShape shape = mgcmtShape({fusion});
        const auto model = modelOf(shape);
        const Batch batch = batchWith(shape, kTwoPosts, {PostPictures{}, picturesOf(2, 0)}, {{}, {5}});
        const Forward before = model->forward(batch, true);
        CHECK(before.emissions.isfinite().all().item<bool>());
        CHECK(before.textToImage[0][0].abs().max().item<float>() == 0.0f);
        {
            const torch::NoGradGuard noGradient;
            for (auto& item : model->named_parameters())
                for (const char* name : {"grid_", "object_embedding", "object_block", "t2o", "o2t", "i2t"})
                    if (item.key().starts_with(name)) item.value().add_(0.5);
        }
        const Tensor after = emissionsOf(model, batch);
        CHECK(distance(after[0], before.emissions[0]) == 0);
        CHECK(distance(after[1], before.emissions[1]) > 1e-6);
        model->loss(batchWith(shape, kTwoPosts, {PostPictures{}, PostPictures{}}, {{}, {}})).backward();
        for (const Tensor& parameter : model->parameters())
            if (parameter.grad().defined()) CHECK(parameter.grad().isfinite().all().item<bool>());
    }
}

TEST_CASE("Mgcmt: labels say what they are, not where they stand; more than object_labels are not read") {
    const ModelShape shape = mgcmtShape({"object_labels=2"});
    const auto model = modelOf(shape);
    const auto of = [&](const std::vector<std::int64_t>& objects) {
        return emissionsOf(model, batchWith(shape, {kTwoPosts[0]}, {picturesOf(1, 0)}, {objects}));
    };
    CHECK(distance(of({17, 3}), of({3, 17})) < 1e-6);
    CHECK(distance(of({17, 3}), of({17, 3, 44})) == 0);
    CHECK(distance(of({17, 3}), of({17, 4})) > 1e-7);
    CHECK(distance(of({17}), of({})) > 1e-7);
}

TEST_CASE("Mgcmt: each switch leaves out what it names") {
    const std::vector<std::pair<std::string, std::vector<std::string>>> gone{
        {"augment=false", {"augmentation."}},
        {"use_global=false", {"grid_", "t2i_", "image_gate"}},
        {"use_labels=false", {"object_", "t2o_", "o2t_", "t2t_object", "fusion."}},
        {"use_aux=false", {"aux_"}},
        {"fusion=concat", {"image_gate", "object_gate"}},
        {"fusion=attention", {"image_gate", "object_gate"}}};
    const auto whole = modelOf(mgcmtShape())->named_parameters();
    for (const auto& [assignment, prefixes] : gone) {
        INFO(assignment);
        const ModelShape shape = mgcmtShape({assignment});
        const auto model = modelOf(shape);
        for (const std::string& prefix : prefixes) {
            INFO(prefix);
            const auto has = [&](const auto& parameters) {
                const auto keys = parameters.keys();
                return std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return key.starts_with(prefix); });
            };
            CHECK(has(whole));
            CHECK_FALSE(has(model->named_parameters()));
        }
        CHECK(emissionsOf(model, usualBatch(shape)).sizes() == at::IntArrayRef({2, 10, 9}));
    }
    CHECK_FALSE(mgcmtShape({"use_global=false"}).pictures.use);
    CHECK(mgcmtShape({"use_labels=false"}).pictures.labels == 0);
    const ModelShape neither = mgcmtShape({"use_global=false", "use_labels=false"});
    CHECK(emissionsOf(modelOf(neither), usualBatch(neither)).isfinite().all().item<bool>());
}

TEST_CASE("Mgcmt: what a word brings reaches its emissions") {
    const ModelShape shape = mgcmtShape();
    const auto model = modelOf(shape);
    Batch batch = usualBatch(shape);
    const Tensor before = emissionsOf(model, batch);
    batch.text.augmentation = batch.text.augmentation.clone();
    batch.text.augmentation[1][1].add_(1);
    const Tensor after = emissionsOf(model, batch);
    CHECK(distance(after[0], before[0]) == 0);
    CHECK(distance(after[1][1], before[1][1]) > 1e-5);
}

TEST_CASE("Mgcmt: every parameter learns, in one of the three optimiser groups") {
    for (const char* mode : {"fusion=gates", "fusion=concat", "fusion=attention", "subtoken=first"}) {
        INFO(mode);
        const ModelShape shape = mgcmtShape({mode}, 0.1);
        const auto model = modelOf(shape);
        requireLearning(*model, usualBatch(shape));
        CHECK(model->groupOf("bert.encoder.layer.0.output.dense.weight") == "text");
        CHECK(model->groupOf("aux_crf.transitions") == "crf");
        CHECK(model->groupOf("object_embedding.weight") == "vision");
    }
}

TEST_CASE("Mgcmt: free matrices start uniform by 1/sqrt H, inherited layers as BERT's, added blocks as PyTorch's") {
    const auto parameters = modelOf(mgcmtShape())->named_parameters();
    for (const char* name : {"image_gate.weight", "object_gate.weight", "joint.weight", "joint.bias"}) {
        CHECK(parameters[name].abs().max().item<float>() <= 0.25f);
        CHECK(parameters[name].abs().max().item<float>() > 0.2f);
    }
    for (const char* name : {"t2i_1", "i2t_1", "t2t_1", "main_block", "aux_block"})
        CHECK(parameters[name + std::string(".output.dense.bias")].abs().max().item<float>() == 0.0f);
    for (const char* name : {"t2o_1", "grid_block_1", "object_block_2"})
        CHECK(parameters[name + std::string(".output.dense.bias")].abs().max().item<float>() > 0.01f);
    CHECK(parameters["object_embedding.weight"].sizes() == at::IntArrayRef({85, 16}));
    CHECK(parameters["object_embedding.weight"].std().item<float>() < 0.03f);
    CHECK(parameters["emission.bias"].abs().max().item<float>() == 0.0f);
}

TEST_CASE("Mgcmt: equal seeds give equal models, other seeds others") {
    const ModelShape shape = mgcmtShape();
    const Batch batch = usualBatch(shape);
    const Tensor a = emissionsOf(modelOf(shape, 4), batch);
    CHECK(distance(a, emissionsOf(modelOf(shape, 4), batch)) == 0);
    CHECK(distance(a, emissionsOf(modelOf(shape, 5), batch)) > 1e-6);
}
