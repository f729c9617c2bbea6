#include "core/models/systems/umgf_internal.h"

#include <cmath>

#include "core/base/error.h"
#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

const std::vector<EncodedPost> kTwoPosts = twoPosts();

ModelShape umgfShape(std::vector<std::string> assignments = {}, double dropout = 0) {
    for (const char* small : {"graph_layers=2", "graph_dim=12", "graph_heads=3", "unit_width=10"})
        assignments.insert(assignments.begin(), small);
    return shapeFor("umgf", assignments, dropout);
}

PostPictures seen(std::uint64_t seed, int crops, bool grid = true) {
    return picturesOf(seed, crops, grid, 1);
}

/// The first post has two crops, the second none.
Batch usualBatch(const ModelShape& shape) {
    return batchOf(shape, kTwoPosts, {seen(1, 2), seen(2, 0)});
}

Tensor emissionsOf(const std::shared_ptr<SequenceTagger>& model, const Batch& batch) {
    return model->forward(batch, false).emissions;
}

/// The numbers of tests/reference/umgf_golden.py.
void fillUmgf(torch::nn::Module& module) {
    const torch::NoGradGuard noGradient;
    fillBert(module);
    for (auto& item : module.named_parameters())
        if (item.key().find("_norm_") != std::string::npos && item.key().ends_with("weight"))
            item.value().copy_(formula(item.key(), item.value().sizes(), 0.15, 1.0));
}

}  // namespace

TEST_CASE("Umgf: emissions, summed loss, gates and gradients are those of PyTorch, with one layer and with three") {
    for (const nlohmann::json& wanted : goldenJson("umgf.json")) {
        const auto model = modelOf(shapeFor("umgf", goldenOptions(wanted)));
        fillUmgf(*model);
        const int K = wanted.at("options").at("units");
        Batch batch;
        batch.text = goldenText(wanted);
        batch.grid = goldenGrid(wanted);
        batch.crops.rows = formula("crops", {3, 14}).unsqueeze(1);
        batch.crops.slots = torch::tensor(wanted.at("slots").get<std::vector<std::int64_t>>());
        batch.crops.mask = torch::zeros({3 * K}, torch::kBool).index_fill(0, batch.crops.slots, true).view({3, K});
        const Forward out = model->forward(batch, true);
        const Tensor used = batch.text.mask.unsqueeze(2);
        requireClose("emissions", out.emissions * used, tensorOf(wanted.at("emissions"), out.emissions.sizes()), 2e-5);
        REQUIRE(out.textToImage.size() == wanted.at("gates").size());
        for (std::size_t l = 0; l < out.textToImage.size(); ++l) {
            const Tensor gates = tensorOf(wanted.at("gates")[l], {3, 8, K});
            const Tensor shares = gates / gates.sum(-1, true).clamp_min(1e-12);
            const Tensor crops = out.textToImage[l].select(1, 0).narrow(2, 49, K);
            const Tensor whole = out.textToImage[l].select(1, 0).narrow(2, 0, 49).sum(2);
            const Tensor isCrop = batch.crops.mask.unsqueeze(1);
            const std::string layer = "layer " + std::to_string(l + 1) + ", ";
            requireClose(layer + "crops", crops, shares * isCrop, 2e-5);
            requireClose(layer + "whole picture", whole, (shares * isCrop.logical_not()).sum(2), 2e-5);
        }
        const Tensor loss = model->loss(batch);
        const double wantedLoss = wanted.at("loss").get<double>();  // a sum over the posts
        requireClose("loss", loss.item<double>(), wantedLoss, 2e-5 * wantedLoss);
        loss.backward();
        requireGradients(*model, wanted.at("gradients"), 2e-5, Gradients::Listed);
        REQUIRE(wanted.at("gradients").size() >= 20);
    }
}

TEST_CASE("Umgf: units are positions in X mode, words with subtoken first") {
    const ModelShape pieces = umgfShape(), words = umgfShape({"subtoken=first"});
    const Forward a = modelOf(pieces)->forward(usualBatch(pieces), true);
    CHECK(a.emissions.sizes() == at::IntArrayRef({2, 10, 9}));
    REQUIRE(a.textToImage.size() == 2);
    CHECK(a.textToImage[1].sizes() == at::IntArrayRef({2, 1, 10, 49 + 4}));
    const Forward b = modelOf(words)->forward(usualBatch(words), true);
    CHECK(b.emissions.sizes() == at::IntArrayRef({2, 5, 5}));
    CHECK(b.textToImage.at(0).sizes() == at::IntArrayRef({2, 1, 5, 53}));
    CHECK(modelOf(words)->forward(usualBatch(words), false).textToImage.empty());
}

TEST_CASE("Umgf: shares of a word sum to 1; those of the whole picture lie on all cells alike") {
    const ModelShape shape = umgfShape();
    const Batch batch = usualBatch(shape);
    for (const Tensor& map : modelOf(shape)->forward(batch, true).textToImage) {
        CHECK(distance(map.select(1, 0).sum(-1), batch.text.mask.to(torch::kFloat32)) < 1e-5);
        CHECK(distance(map[0][0].narrow(1, 0, 48), map[0][0].narrow(1, 1, 48)) < 1e-7);
        CHECK(map[0][0][0][49].item<float>() > 0);                            // its first crop
        CHECK(map[0][0].narrow(1, 51, 2).abs().max().item<float>() == 0.0f);  // crops that it lacks
        CHECK(map[1][0].narrow(1, 49, 4).abs().max().item<float>() == 0.0f);
    }
}

TEST_CASE("Umgf: a post alone gives what it gives in a batch of longer posts") {
    for (const char* mode : {"subtoken=x", "subtoken=first"}) {
        INFO(mode);
        const ModelShape shape = umgfShape({mode});
        const auto model = modelOf(shape);
        const Forward both = model->forward(usualBatch(shape), true);
        const Forward alone = model->forward(batchOf(shape, {kTwoPosts[0]}, {seen(1, 2)}), true);
        const std::int64_t n = alone.emissions.size(1);
        CHECK(distance(alone.emissions[0], both.emissions[0].narrow(0, 0, n)) < 1e-5);
        CHECK(distance(alone.textToImage[1][0], both.textToImage[1][0].narrow(1, 0, n)) < 1e-5);
    }
}

TEST_CASE("Umgf: the whole picture stands for crops that lack, and its vector is the mean of its cells' last stage") {
    const ModelShape shape = umgfShape({"units=3"});
    const auto model = modelOf(shape);
    const PostPictures bare = seen(1, 0);
    PostPictures filled = bare, hollow = bare, other = seen(5, 1);
    for (int k = 0; k < 3; ++k) filled.crops.push_back(bare.grid.mean(0, true));
    hollow.crops = {torch::Tensor(), torch::Tensor()};
    const auto of = [&](const PostPictures& pictures) {
        return emissionsOf(model, batchOf(shape, {kTwoPosts[0]}, {pictures}));
    };
    CHECK(distance(of(filled), of(bare)) < 1e-6);
    CHECK(distance(of(hollow), of(bare)) == 0);
    other.grid = bare.grid;
    CHECK(distance(of(other), of(bare)) > 1e-7);
    other.crops[0] = other.crops[0].clone();
    const Tensor before = of(other);
    other.crops[0].narrow(1, 0, 9).fill_(7);  // the earlier stages
    CHECK(distance(of(other), before) == 0);
}

TEST_CASE("Umgf: crops say what they are, not where they stand; more than the units are not read") {
    const ModelShape shape = umgfShape({"units=2"});
    const auto model = modelOf(shape);
    PostPictures a = seen(1, 2), b = a, c = seen(1, 3);
    std::swap(b.crops[0], b.crops[1]);
    c.crops[0] = a.crops[0];
    c.crops[1] = a.crops[1];
    const auto of = [&](const PostPictures& pictures) {
        return emissionsOf(model, batchOf(shape, {kTwoPosts[0]}, {pictures}));
    };
    CHECK(distance(of(a), of(b)) < 1e-5);
    CHECK(distance(of(a), of(c)) < 1e-5);
}

TEST_CASE("Umgf: without any picture the words alone decide, in finite numbers; crops without their picture are read") {
    const ModelShape shape = umgfShape();
    const auto model = modelOf(shape);
    const Batch batch = batchOf(shape, kTwoPosts, {PostPictures{}, seen(2, 1, false)});
    const Forward before = model->forward(batch, true);
    CHECK(before.emissions.isfinite().all().item<bool>());
    CHECK(before.textToImage[0][0].abs().max().item<float>() == 0.0f);
    CHECK(before.textToImage[0][1][0][0][49].item<float>() == Approx(1));
    {
        const torch::NoGradGuard noGradient;
        for (auto& item : model->named_parameters())
            if (item.key().starts_with("unit_") || item.key().find(".unit_") != std::string::npos)
                item.value().add_(0.5);
    }
    const Tensor after = emissionsOf(model, batch);
    CHECK(distance(after[0], before.emissions[0]) == 0);
    CHECK(distance(after[1], before.emissions[1]) > 1e-6);
    model->loss(batchOf(shape, kTwoPosts, {PostPictures{}, PostPictures{}})).backward();
    for (const Tensor& parameter : model->parameters())
        if (parameter.grad().defined()) CHECK(parameter.grad().isfinite().all().item<bool>());
}

TEST_CASE("Umgf: the loss is the sum over the posts, or their mean") {
    const ModelShape sum = umgfShape(), mean = umgfShape({"loss_sum=false"});
    const double a = modelOf(sum)->loss(usualBatch(sum)).item<double>();
    const double b = modelOf(mean)->loss(usualBatch(mean)).item<double>();
    CHECK(a == Approx(2 * b).epsilon(1e-5));
}

TEST_CASE("Umgf: layers start as copies of the first, queries as keys; matrices by Xavier with zero biases") {
    const auto parameters = modelOf(umgfShape())->named_parameters();
    int compared = 0;
    for (const auto& item : parameters)
        if (item.key().starts_with("layer_1.")) {
            CHECK(distance(item.value(), parameters["layer_2." + item.key().substr(8)]) == 0);
            CHECK(item.value().data_ptr() != parameters["layer_2." + item.key().substr(8)].data_ptr());
            ++compared;
        }
    CHECK(compared == 36);
    for (const char* side : {"layer_1.text_", "layer_1.unit_"})
        CHECK(distance(parameters[side + std::string("query.weight")], parameters[side + std::string("key.weight")]) ==
              0);
    CHECK(distance(parameters["layer_1.text_query.weight"], parameters["layer_1.text_value.weight"]) > 0.01);
    const double bound = std::sqrt(6.0 / (2 * 12 + 12));
    CHECK(parameters["layer_1.text_gate.weight"].abs().max().item<double>() <= bound);
    CHECK(parameters["layer_1.text_gate.weight"].abs().max().item<double>() > 0.9 * bound);
    for (const char* name : {"layer_1.text_gate.bias", "unit_in.bias", "unit_out.bias"})
        CHECK(parameters[name].abs().max().item<float>() == 0.0f);
    CHECK(parameters["unit_last.bias"].abs().max().item<float>() > 0.0f);
    CHECK(parameters["text_in.bias"].abs().max().item<float>() > 0.0f);
}

TEST_CASE("Umgf: every parameter that can matter learns, in one of the three optimiser groups") {
    for (const char* mode : {"subtoken=x", "subtoken=first"}) {
        const ModelShape shape = umgfShape({mode}, 0.1);
        const auto model = modelOf(shape);
        // Nothing reads what the last layer tells the picture's parts.
        requireLearning(*model, usualBatch(shape), [](const std::string& name) {
            return name.starts_with("layer_2.unit_") && !name.starts_with("layer_2.unit_query") &&
                   !name.starts_with("layer_2.unit_key") && !name.starts_with("layer_2.unit_norm_1");
        });
        CHECK(model->groupOf("bert.encoder.layer.0.output.dense.weight") == "text");
        CHECK(model->groupOf("crf.transitions") == "crf");
        CHECK(model->groupOf("layer_1.text_query.weight") == "vision");
    }
}

TEST_CASE("Umgf: heads must divide the width") {
    CHECK(errorOf([] { modelOf(umgfShape({"graph_heads=5"})); }).code() == ErrorCode::OptionInvalid);
}

TEST_CASE("Umgf: the paper's presets keep the order of the posts and let the learning rate fall by steps") {
    const SystemInfo& info = systemByName("umgf");
    for (const char* preset : {"twitter2015", "twitter2017", "wukong"}) {
        const nlohmann::json options = resolveOptions(info, preset, {});
        CHECK(options.at("shuffle") == false);
        CHECK(options.at("schedule") == "decay");
        CHECK(options.at("max_pieces") == 128);
        CHECK(options.at("wd_text") == 0);
    }
    CHECK(resolveOptions(info, "sample", {}).at("shuffle") == true);
}

TEST_CASE("Umgf: equal seeds give equal models, other seeds others") {
    const ModelShape shape = umgfShape();
    const Batch batch = usualBatch(shape);
    const Tensor a = emissionsOf(modelOf(shape, 4), batch);
    CHECK(distance(a, emissionsOf(modelOf(shape, 4), batch)) == 0);
    CHECK(distance(a, emissionsOf(modelOf(shape, 5), batch)) > 1e-6);
}

TEST_CASE("Umgf: training drops attention probabilities of words and of units, beside what comes of them") {
    // One node on one side and none on the other: its only probability is 1, so a head whose probability is dropped
    // brings nothing in all its channels, and dropout behind the product alone would hardly ever do so.
    constexpr int kWidth = 32, kHeads = 2, kSize = kWidth / kHeads, kRounds = 200;
    torch::manual_seed(3);
    UmgfLayer layer(kWidth, kHeads, 0.5);
    const torch::NoGradGuard noGradient;
    auto parameters = layer->named_parameters();
    for (const char* name : {"text_value", "text_output"}) {  // the identity, as units have it
        parameters[std::string(name) + ".weight"].copy_(torch::eye(kWidth));
        parameters[std::string(name) + ".bias"].zero_();
    }
    for (const char* side : {"text", "unit"}) {
        parameters[std::string(side) + "_down.weight"].zero_();
        parameters[std::string(side) + "_down.bias"].zero_();
    }
    const auto headsShut = [&](bool words) {
        UmgfLayerImpl::Nodes nodes{torch::ones({1, 1, kWidth}), torch::ones({1, 1, kWidth}),
                                   torch::full({1, 1}, words, torch::kBool), torch::full({1, 1}, !words, torch::kBool)};
        int shut = 0;
        for (int round = 0; round < kRounds; ++round) {
            const UmgfLayerImpl::Nodes out = layer->forward(nodes, nullptr);
            const Tensor heads = (words ? out.words : out.units).view({kHeads, kSize});
            const Tensor least = heads.min();
            const Tensor isShut = (heads - least).abs().amax(1) < 1e-6;  // all channels as low as any
            shut += isShut.sum().item<int>() == 1;                       // the other one is open
        }
        return shut;
    };
    for (const bool words : {true, false}) {
        INFO((words ? "words" : "units"));
        layer->train();
        // One head open, the other shut: half of the rounds. The product's own dropout alone: 2 in 65,536.
        CHECK(headsShut(words) > kRounds / 4);
        layer->eval();
        CHECK(headsShut(words) == 0);
    }
}
