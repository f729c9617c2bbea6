#include "core/models/systems/umt_internal.h"

#include <cmath>

#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

const std::vector<EncodedPost> kTwoPosts = twoPosts();

Batch usualBatch(const ModelShape& shape) {
    return batchOf(shape, kTwoPosts, {picturesOf(1, 0), picturesOf(2, 0)});
}

}  // namespace

TEST_CASE(
    "Umt: emissions, loss, heat map, visual gate and every gradient are those of PyTorch, with one layer and with "
    "two") {
    for (const nlohmann::json& wanted : goldenJson("umt.json")) {
        const std::string layers = std::to_string(wanted.at("layers").get<int>());
        ModelShape shape = shapeFor("umt", {"t2i_layers=" + layers, "i2t_layers=" + layers, "t2t_layers=" + layers});
        shape.options["aux_weight"] = wanted.at("aux_weight");
        shape.options["aux_share"] = wanted.at("aux_share");
        const auto model = modelOf(shape);
        fillBert(*model);
        Batch batch;
        batch.text = goldenText(wanted);
        batch.grid = goldenGrid(wanted);
        const Tensor used = batch.text.mask.unsqueeze(-1);
        const Forward out = model->forward(batch, true);
        requireClose("emissions", out.emissions * used, tensorOf(wanted.at("emissions"), {3, 8, 9}), 2e-5);
        requireClose("auxiliary", out.auxiliary * used, tensorOf(wanted.at("auxiliary"), {3, 8, 7}), 2e-5);
        REQUIRE(out.textToImage.size() == 1);
        const Tensor heat = out.textToImage[0];
        requireClose("heat", heat.mean(1)[0] * used[0], tensorOf(wanted.at("heat"), {8, 49}), 2e-5);
        requireClose("sums of heat", heat.sum(-1), tensorOf(wanted.at("heat_sums"), {3, 2, 8}), 2e-5);
        requireClose("visual gate", out.visualGate * batch.text.mask, tensorOf(wanted.at("gate"), {3, 8}), 2e-5);
        requireLoss(*model, model->loss(batch), wanted, 2e-5);
    }
}

TEST_CASE("Umt: in X mode units are positions; with subtoken first they are words and [CLS] and [SEP] are cut off") {
    const ModelShape pieces = shapeFor("umt"), words = shapeFor("umt", {"subtoken=first"});
    const Forward a = modelOf(pieces)->forward(usualBatch(pieces), true);
    CHECK(a.emissions.sizes() == at::IntArrayRef({2, 10, 9}));
    CHECK(a.auxiliary.sizes() == at::IntArrayRef({2, 10, 7}));
    CHECK(a.textToImage.at(0).sizes() == at::IntArrayRef({2, 2, 10, 49}));
    const Forward b = modelOf(words)->forward(usualBatch(words), true);
    CHECK(b.emissions.sizes() == at::IntArrayRef({2, 5, 5}));
    CHECK(b.auxiliary.sizes() == at::IntArrayRef({2, 5, 3}));
    CHECK(b.textToImage.at(0).sizes() == at::IntArrayRef({2, 2, 5, 49}));
}

TEST_CASE("Umt: rows of the heat map sum to 1, and nothing is kept when nothing is asked for") {
    const ModelShape shape = shapeFor("umt", {"t2i_layers=2"});
    const auto model = modelOf(shape);
    const Forward out = model->forward(usualBatch(shape), true);
    REQUIRE(out.textToImage.size() == 1);
    CHECK(distance(out.textToImage[0].sum(-1), torch::ones({2, 2, 10})) < 1e-5);
    CHECK(model->forward(usualBatch(shape), false).textToImage.empty());
}

TEST_CASE("Umt: a post alone gives what it gives in a batch of longer posts") {
    for (const char* mode : {"subtoken=x", "subtoken=first"}) {
        INFO(mode);
        const ModelShape shape = shapeFor("umt", {mode});
        const auto model = modelOf(shape);
        const Forward both = model->forward(usualBatch(shape), true);
        const Forward alone = model->forward(batchOf(shape, {kTwoPosts[0]}, {picturesOf(1, 0)}), true);
        const std::int64_t n = alone.emissions.size(1);
        CHECK(distance(alone.emissions[0], both.emissions[0].narrow(0, 0, n)) < 1e-5);
        CHECK(distance(alone.auxiliary[0], both.auxiliary[0].narrow(0, 0, n)) < 1e-5);
        CHECK(distance(alone.textToImage[0][0], both.textToImage[0][0].narrow(1, 0, n)) < 1e-5);
    }
}

TEST_CASE("Umt: without picture the visual half is zero: gate, projections and heat map have no say") {
    const ModelShape shape = shapeFor("umt");
    const auto model = modelOf(shape);
    const Batch batch = batchOf(shape, kTwoPosts, {PostPictures{}, picturesOf(2, 0)});
    const Forward before = model->forward(batch, true);
    CHECK(before.emissions.isfinite().all().item<bool>());
    CHECK(before.textToImage[0][0].abs().max().item<float>() == 0.0f);
    {
        const torch::NoGradGuard noGradient;
        for (auto& item : model->named_parameters()) {
            const std::string& name = item.key();
            if (name.starts_with("visual_gate") || name.starts_with("grid_projection") || name.starts_with("t2i"))
                item.value().add_(0.5);
        }
    }
    const Forward after = model->forward(batch, true);
    CHECK(distance(after.emissions[0], before.emissions[0]) == 0);
    CHECK(distance(after.emissions[1], before.emissions[1]) > 1e-6);
    model->train();
    const Tensor loss = model->loss(batchOf(shape, kTwoPosts, {PostPictures{}, PostPictures{}}));
    loss.backward();
    CHECK(loss.isfinite().item<bool>());
    for (const Tensor& parameter : model->parameters())
        if (parameter.grad().defined()) CHECK(parameter.grad().isfinite().all().item<bool>());
}

TEST_CASE("Umt: only the last stage of the picture is read") {
    const ModelShape shape = shapeFor("umt");
    const auto model = modelOf(shape);
    const auto of = [&](const PostPictures& picture) {
        return model->forward(batchOf(shape, {kTwoPosts[0]}, {picture}), false).emissions;
    };
    PostPictures picture = picturesOf(1, 0), early = picture, late = picture;
    early.grid = picture.grid.clone();
    early.grid.narrow(1, 0, 9).fill_(3);
    late.grid = picture.grid.clone();
    late.grid.narrow(1, 9, 5).normal_();
    CHECK(distance(of(early), of(picture)) == 0);
    CHECK(distance(of(late), of(picture)) > 1e-8);
}

TEST_CASE("Umt: a span emission is shared equally by the classes of its letter", "[invariant-8]") {
    const ModelShape shape = shapeFor("umt", {"aux_share=1"});
    const Forward out = modelOf(shape)->forward(usualBatch(shape), false);
    const std::vector<std::int64_t> span{0, 1, 2, 3, 2, 3, 4, 5, 6};
    const std::vector<double> part{1, 1, .5, .5, .5, .5, 1, 1, 1};
    for (std::size_t c = 0; c < span.size(); ++c)
        CHECK(distance(out.emissions.select(-1, static_cast<std::int64_t>(c)),
                       out.auxiliary.select(-1, span[c]) * part[c]) < 1e-6);
}

TEST_CASE("Umt: span tags of BMES data are the letters B, M, E, S and O", "[invariant-8]") {
    const SpanClasses spans = spanClassesOf({"O", "B-PER", "M-PER", "E-PER", "S-PER", "S-LOC", "B-LOC"});
    CHECK(spans.names == std::vector<std::string>{"O", "B", "M", "E", "S"});
    CHECK(spans.ofClass == std::vector<std::int64_t>{0, 1, 2, 3, 4, 4, 1});
}

TEST_CASE("Umt: aux_share 0 leaves the tags to the main task, aux_weight 0 leaves the second task unlearned") {
    const ModelShape shape = shapeFor("umt", {"aux_share=0", "aux_weight=0"});
    const auto model = modelOf(shape);
    model->loss(usualBatch(shape)).backward();
    for (const auto& item : model->named_parameters()) {
        const Tensor& gradient = item.value().grad();
        const double most = gradient.defined() ? gradient.abs().max().item<double>() : 0.0;
        INFO(item.key());
        if (item.key().starts_with("aux_")) CHECK(most == 0);
        if (item.key().starts_with("emission.")) CHECK(most > 0);
    }
}

TEST_CASE("Umt: every parameter learns, in one of the three optimiser groups") {
    for (const char* mode : {"subtoken=x", "subtoken=first"}) {
        const ModelShape shape = shapeFor("umt", {mode}, 0.1);
        const auto model = modelOf(shape);
        requireLearning(*model, usualBatch(shape));
        CHECK(model->groupOf("bert.encoder.layer.0.output.dense.weight") == "text");
        for (const char* name : {"emission.weight", "aux_emission.bias", "crf.transitions", "aux_crf.transitions"})
            CHECK(model->groupOf(name) == "crf");
        for (const char* name : {"aux_block.output.dense.bias", "t2t_1.output.dense.bias", "visual_gate.weight"})
            CHECK(model->groupOf(name) == "vision");
    }
}

TEST_CASE("Umt: new layers start as BERT's do, the CRFs as CRFs do") {
    const auto parameters = modelOf(shapeFor("umt"))->named_parameters();
    for (const char* name : {"emission.", "aux_emission.", "grid_projection_1.", "visual_gate."}) {
        CHECK(parameters[std::string(name) + "bias"].abs().max().item<float>() == 0.0f);
        CHECK(parameters[std::string(name) + "weight"].std().item<float>() < 0.03f);
    }
    CHECK(parameters["crf.transitions"].abs().max().item<float>() > 0.05f);
    CHECK(parameters["aux_crf.transitions"].abs().max().item<float>() <= 0.1f);
}

TEST_CASE("Umt: equal seeds give equal models, other seeds others") {
    const ModelShape shape = shapeFor("umt");
    const Batch batch = usualBatch(shape);
    const Tensor a = modelOf(shape, 4)->forward(batch, false).emissions;
    CHECK(distance(a, modelOf(shape, 4)->forward(batch, false).emissions) == 0);
    CHECK(distance(a, modelOf(shape, 5)->forward(batch, false).emissions) > 1e-6);
}

TEST_CASE("Umt: with grid_centre what all cells share has no say, with grid_norm the loudness of a cell has none") {
    const auto emissionsOf = [](const std::string& option, const PostPictures& pictures) {
        const ModelShape shape = shapeFor("umt", {option});
        return modelOf(shape, 4)->forward(batchOf(shape, {kTwoPosts[0]}, {pictures}), false).emissions;
    };
    const PostPictures plain = picturesOf(1, 0);
    PostPictures shifted = plain, loud = plain;
    shifted.grid = plain.grid + torch::arange(14).to(torch::kFloat32);
    loud.grid = plain.grid * torch::arange(1, 50).to(torch::kFloat32).view({49, 1});
    CHECK(distance(emissionsOf("grid_centre=true", plain), emissionsOf("grid_centre=true", shifted)) < 1e-5);
    CHECK(distance(emissionsOf("grid_centre=false", plain), emissionsOf("grid_centre=false", shifted)) > 1e-4);
    CHECK(distance(emissionsOf("grid_norm=true", plain), emissionsOf("grid_norm=true", loud)) < 1e-5);
    CHECK(distance(emissionsOf("grid_norm=false", plain), emissionsOf("grid_norm=false", loud)) > 2e-5);
}
