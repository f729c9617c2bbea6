#include "core/models/systems/hvpnet_internal.h"

#include "core/models/pictures/features_internal.h"
#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

const std::vector<EncodedPost> kTwoPosts = twoPosts();

ModelShape hvpnetShape(const std::vector<std::string>& assignments = {}, double dropout = 0) {
    std::vector<std::string> all{"prompt_hidden=24"};
    all.insert(all.end(), assignments.begin(), assignments.end());
    return shapeFor("hvpnet", all, dropout);
}

PostPictures without(PostPictures pictures) {
    pictures.hasPicture = false;
    return pictures;
}

Batch usualBatch(const ModelShape& shape) {
    return batchOf(shape, kTwoPosts, {picturesOf(1, 0, true), picturesOf(2, 0, true)});
}

Tensor emissionsOf(const ModelShape& shape, const PostPictures& pictures, std::uint64_t seed = 1) {
    return modelOf(shape, seed)->forward(batchOf(shape, {kTwoPosts[0]}, {pictures}), false).emissions;
}

std::array<Tensor, 4> stagesOf(const std::string& name, std::int64_t pictures) {
    std::array<Tensor, 4> stages;
    for (int i = 0; i < 4; ++i)
        stages[static_cast<std::size_t>(i)] =
            formula(name + " " + std::to_string(i), {pictures, 2 + i, 56 >> i, 56 >> i}, 2.0);
    return stages;
}

}  // namespace

TEST_CASE("Hvpnet: rows, emissions, gates, loss and all gradients equal PyTorch's") {
    const auto wanted = goldenJson("hvpnet.json");
    const ModelShape shape = hvpnetShape({"objects=2"});
    const auto model = modelOf(shape);
    fillBert(*model);
    Batch batch;
    batch.text = goldenText(wanted);
    batch.grid.mask = maskOf(wanted["picture"])[0];
    batch.prompts = promptRows(stagesOf("stage", 9)).view({3, 3, 4, 14});
    const Forward out = model->forward(batch, true);
    requireClose("prompts", batch.prompts.narrow(0, 0, 1), tensorOf(wanted["prompts"], {1, 3, 4, 14}), 2e-5);
    requireClose("emissions", out.emissions, tensorOf(wanted["emissions"], {3, 7, 9}), 2e-5);
    requireLoss(*model, model->loss(batch), wanted, 2e-5);
    REQUIRE(out.levelGates.size() == 2);
    for (std::size_t l = 0; l < 2; ++l)
        requireClose("gates of layer " + std::to_string(l + 1), out.levelGates[l], tensorOf(wanted["gates"][l], {3, 4}),
                     2e-5);
}

TEST_CASE("Hvpnet: 2x2 pooling of a 7x7 map uses kernel 3 and stride 3 and ignores the last row and column",
          "[invariant-5]") {
    const auto stages = stagesOf("pooled", 1);
    auto changed = stages;
    changed[3] = stages[3].clone();
    changed[3].select(2, 6).fill_(100);
    changed[3].select(3, 6).fill_(-100);
    CHECK(distance(promptRows(stages), promptRows(changed)) == 0);
    // Cells in row-major order, cut into four rows of all channels: the 56 numbers are channel after channel.
    const Tensor flat = promptRows(stages).flatten();
    const Tensor map = stages[3][0][4];  // last of 2 + 3 + 4 + 5 channels
    for (int r = 0; r < 2; ++r)
        for (int c = 0; c < 2; ++c) {
            const Tensor cell = map.narrow(0, 3 * r, 3).narrow(1, 3 * c, 3);
            CHECK(distance(flat[13 * 4 + 2 * r + c], cell.mean()) < 1e-6);
        }
    changed[3] = stages[3].clone();
    changed[3].narrow(2, 5, 1).fill_(100);
    CHECK(distance(promptRows(stages), promptRows(changed)) > 1);
}

TEST_CASE("Hvpnet: emissions have a row a position in X mode and a row a word otherwise") {
    const ModelShape x = hvpnetShape(), first = hvpnetShape({"subtoken=first"});
    CHECK(modelOf(x)->forward(usualBatch(x), false).emissions.sizes() == at::IntArrayRef({2, 10, 9}));
    CHECK(modelOf(first)->forward(usualBatch(first), false).emissions.sizes() == at::IntArrayRef({2, 5, 5}));
}

TEST_CASE("Hvpnet: the layout asks for prompts alone, of the picture and of every object") {
    const PictureLayout usual = hvpnetShape().pictures, one = hvpnetShape({"objects=1"}).pictures;
    CHECK((usual.use && usual.prompts && !usual.grid));
    CHECK(usual.objects == 3);
    CHECK(usual.objectRows == 0);
    CHECK(one.objects == 1);
    const ModelShape none = hvpnetShape({"objects=0"});
    PostPictures pictures = picturesOf(1, 0);
    pictures.prompts.resize(1);
    CHECK(emissionsOf(none, pictures).isfinite().all().item<bool>());
}

TEST_CASE("Hvpnet: a post alone gives what it gives in a batch of longer posts") {
    const ModelShape shape = hvpnetShape();
    const Tensor both = modelOf(shape)->forward(usualBatch(shape), false).emissions;
    CHECK(distance(emissionsOf(shape, picturesOf(1, 0))[0], both[0].narrow(0, 0, 6)) < 1e-5);
}

TEST_CASE("Hvpnet: every picture of a post takes part") {
    const ModelShape shape = hvpnetShape();
    const PostPictures usual = picturesOf(1, 0);
    const Tensor before = emissionsOf(shape, usual);
    for (std::size_t k = 0; k < 4; ++k) {
        PostPictures other = usual;
        other.prompts[k] = -usual.prompts[k];
        CHECK(distance(emissionsOf(shape, other), before) > 1e-6);
    }
}

TEST_CASE("Hvpnet: prompt_norm takes the scale out of picture rows, the default leaves it in") {
    const PostPictures usual = picturesOf(1, 0);
    PostPictures large = usual;
    for (Tensor& rows : large.prompts) rows = rows * 50;
    const ModelShape plain = hvpnetShape(), norm = hvpnetShape({"prompt_norm=true"});
    CHECK(distance(emissionsOf(norm, usual), emissionsOf(norm, large)) < 1e-5);
    CHECK(distance(emissionsOf(plain, usual), emissionsOf(plain, large)) > 1e-5);
}

TEST_CASE("Hvpnet: a post without picture is tagged by its text alone, whatever its blank rows are") {
    const ModelShape shape = hvpnetShape();
    const Tensor bare = emissionsOf(shape, without(picturesOf(1, 0, false)));
    CHECK(distance(bare, emissionsOf(shape, without(picturesOf(2, 0, false)))) == 0);
    CHECK(distance(bare, emissionsOf(shape, picturesOf(1, 0))) > 1e-6);
    // The same weights in BERT-CRF give the same emissions.
    const auto model = modelOf(shape), plain = modelOf(shapeFor("bert-crf"), 9);
    const torch::NoGradGuard noGradient;
    const auto from = model->named_parameters();
    for (auto& item : plain->named_parameters()) item.value().copy_(from[item.key()]);
    const ModelShape plainShape = shapeFor("bert-crf");
    const Tensor text = plain->forward(batchOf(plainShape, {kTwoPosts[0]}, {}), false).emissions;
    CHECK(distance(text, bare) < 1e-5);
}

TEST_CASE("Hvpnet: text-only mode has the parameters of BERT-CRF and uses no pictures") {
    const ModelShape shape = hvpnetShape({"text_only=true"});
    CHECK_FALSE(shape.pictures.use);
    const auto model = modelOf(shape), plain = modelOf(shapeFor("bert-crf"));
    REQUIRE(model->named_parameters().size() == plain->named_parameters().size());
    for (const auto& item : plain->named_parameters()) CHECK(model->named_parameters().contains(item.key()));
    CHECK(model->explains() == std::vector<std::string>{"marginals"});
    const Forward out = model->forward(batchOf(shape, kTwoPosts, {}), true);
    CHECK(out.levelGates.empty());
    CHECK(out.emissions.isfinite().all().item<bool>());
}

TEST_CASE("Hvpnet: the gates of each encoder layer are four weights of the post picture that sum to 1") {
    const ModelShape shape = hvpnetShape();
    const auto model = modelOf(shape);
    const Forward out = model->forward(usualBatch(shape), true);
    REQUIRE(out.levelGates.size() == 2);
    for (const Tensor& gates : out.levelGates) {
        CHECK(gates.sizes() == at::IntArrayRef({2, 4}));
        CHECK(distance(gates.sum(-1), torch::ones({2})) < 1e-6);
    }
    PostPictures crops = picturesOf(1, 0), picture = crops;
    crops.prompts[1] = -crops.prompts[1];
    picture.prompts[0] = -picture.prompts[0];
    const auto gatesOf = [&](const PostPictures& of) {
        return model->forward(batchOf(shape, {kTwoPosts[0]}, {of}), true).levelGates[0];
    };
    CHECK(distance(gatesOf(crops), out.levelGates[0].narrow(0, 0, 1)) < 1e-6);
    CHECK(distance(gatesOf(picture), out.levelGates[0].narrow(0, 0, 1)) > 1e-6);
    CHECK(model->forward(usualBatch(shape), false).levelGates.empty());
}

TEST_CASE("Hvpnet: every parameter learns from the loss and has one of the three groups") {
    for (const char* mode : {"subtoken=x", "subtoken=first"}) {
        const ModelShape shape = hvpnetShape({mode}, 0.1);
        const auto model = modelOf(shape);
        model->train();
        model->loss(usualBatch(shape)).backward();
        for (const auto& item : model->named_parameters()) {
            INFO(mode << " " << item.key());
            CHECK(item.value().grad().defined());
            CHECK(item.value().grad().isfinite().all().item<bool>());
            CHECK(item.value().grad().abs().max().item<float>() > 0.0f);
        }
    }
    const auto model = modelOf(hvpnetShape());
    CHECK(model->groupOf("bert.encoder.layer.0.output.dense.weight") == "text");
    for (const char* name : {"prompt_in.weight", "prompt_out.bias", "level_gate_1.weight"})
        CHECK(model->groupOf(name) == "vision");
    for (const char* name : {"emission.weight", "crf.transitions"}) CHECK(model->groupOf(name) == "crf");
}

TEST_CASE("Hvpnet: defaults and presets are those of the recipe") {
    const nlohmann::json usual = optionsOf("hvpnet");
    CHECK(usual.at("lr") == 3e-5);
    CHECK(usual.at("crf_lr") == 5e-2);
    CHECK(usual.at("wd_vision") == 1e-2);
    CHECK(usual.at("epochs") == 30);
    CHECK(usual.at("prompt_hidden") == 800);
    CHECK(usual.at("prompt_norm") == false);
    CHECK(usual.at("subtoken") == "x");
    const SystemInfo& info = systemByName("hvpnet");
    CHECK(resolveOptions(info, "twitter2015", {}).at("max_pieces") == 80);
    CHECK(resolveOptions(info, "twitter2017", {}).at("max_pieces") == 128);
    for (const char* preset : {"wukong", "sample"}) CHECK_NOTHROW(resolveOptions(info, preset, {}));
}

TEST_CASE("Hvpnet: equal seeds give equal models, other seeds others") {
    const ModelShape shape = hvpnetShape();
    const PostPictures pictures = picturesOf(1, 0);
    CHECK(distance(emissionsOf(shape, pictures, 4), emissionsOf(shape, pictures, 4)) == 0);
    CHECK(distance(emissionsOf(shape, pictures, 4), emissionsOf(shape, pictures, 5)) > 1e-6);
}
