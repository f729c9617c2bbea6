#include "core/models/systems/mpcfn_reference_internal.h"

#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

constexpr int kLength = 54;  // half of it, 27, splits keys from values

ModelShape referenceShape(const std::vector<std::string>& assignments = {}, double dropout = 0) {
    std::vector<std::string> all{"prompt_hidden=24", "max_pieces=" + std::to_string(kLength)};
    all.insert(all.end(), assignments.begin(), assignments.end());
    ModelShape shape = shapeFor("mpcfn", all, dropout, "reference-code");
    shape.encoder.maxPositions = 128;
    return shape;
}

/// Stands in for a ResNet.
Tensor squashed(const Tensor& pixels) {
    return torch::tanh(pixels.flatten(1).narrow(1, 0, 4 * 14)).view({-1, 4, 14});
}

std::shared_ptr<SequenceTagger> ready(const ModelShape& shape, std::uint64_t seed = 1) {
    auto model = modelOf(shape, seed);
    model->usePromptReader(squashed);
    return model;
}

/// Posts padded to kLength.
Batch fixedBatch(const ModelShape& shape, std::vector<EncodedPost> posts, const std::vector<PostPictures>& pictures,
                 int length = kLength) {
    TextLayout text;
    text.mode = UnitMode::Pieces;
    text.special = specialsOf(shape.classes);
    text.length = length;
    std::vector<const EncodedPost*> pointers;
    for (EncodedPost& post : posts) {
        for (auto& tag : post.tags) ++tag;
        pointers.push_back(&post);
    }
    return makeBatch(pointers, pictures, shape.pictures, text);
}

PostPictures seenBy(std::uint64_t seed) {
    PostPictures pictures = picturesOf(seed, 0);
    pictures.promptOfCrop = {true, true, true};
    pictures.photo = torch::randn({3, 224, 224});
    return pictures;
}

const std::vector<EncodedPost> kPosts{postOf({1, 2, 1, 3}), postOf(std::vector<int>(40, 1), 5)};

Batch usualBatch(const ModelShape& shape) {
    return fixedBatch(shape, kPosts, {seenBy(1), seenBy(2)});
}

Tensor emissionsOf(const ModelShape& shape, const Batch& batch, std::uint64_t seed = 1) {
    return ready(shape, seed)->forward(batch, false).emissions;
}

/// The golden file's batch; `pixels` are 3 x 5 x 4 there.
Batch goldenBatch(const nlohmann::json& wanted) {
    Batch batch;
    batch.text = goldenText(wanted);
    batch.grid.rows = formula("grid", {2, 49, 14}, 1.5);
    batch.grid.mask = torch::ones({2}, torch::kBool);
    batch.crops.mask = torch::ones({2, 3}, torch::kBool);
    batch.prompts = formula("prompt rows", {2, 4, 4, 14}, 1.5);
    batch.photos = formula("pixels", {2, 3, 5, 4}, 2.0);
    return batch;
}

Tensor everyThird(const Tensor& emissions) {
    return emissions.slice(1, 0, kLength, 3);
}

}  // namespace

TEST_CASE("MpcfnReference: emissions, relevance, attention, loss and gradients equal PyTorch's") {
    const auto wanted = goldenJson("mpcfn_reference.json");
    const ModelShape shape = referenceShape();
    const auto model = ready(shape);
    fillBert(*model);
    const Batch batch = goldenBatch(wanted);
    const Forward out = model->forward(batch, true);
    REQUIRE(out.textToImage.size() == 1);
    REQUIRE(out.imageToText.size() == 1);
    const Tensor pictures = out.textToImage[0][1].narrow(2, 49, 12).slice(1, 0, kLength, 6);
    const Tensor text = out.imageToText[0][1].narrow(1, 0, 49).narrow(2, 0, 27).slice(1, 0, 49, 12);
    requireClose("emissions", out.emissions, tensorOf(wanted["emissions"], {2, kLength, 9}), 2e-5);
    requireClose("relevance", out.relevance.select(1, 0), tensorOf(wanted["relevance"], {2}), 2e-5);
    requireClose("over pictures", pictures, tensorOf(wanted["over_pictures"], {2, 9, 12}), 2e-5);
    requireClose("over text", text, tensorOf(wanted["over_text"], {2, 5, 27}), 2e-5);
    requireLoss(*model, model->loss(batch), wanted, 2e-5);
}

TEST_CASE("MpcfnReference: the vector of padding is read and gets no gradient, as the public code has it") {
    // models.md 5.4 step 1: states of padding are values of the prefix, so a gradient would come.
    const ModelShape shape = referenceShape();
    const auto model = ready(shape);
    model->loss(usualBatch(shape)).backward();
    const Tensor gradient = model->named_parameters()["bert.embeddings.word_embeddings.weight"].grad();
    CHECK(gradient[0].abs().max().item<float>() == 0.0f);
    CHECK(gradient[4].abs().max().item<float>() > 0.0f);
    // The issue's own figure: with the row the sum of squares was 48.0245.
    const auto wanted = goldenJson("mpcfn_reference.json");
    CHECK(wanted["gradients"]["bert.embeddings.word_embeddings.weight"][1].get<double>() ==
          Approx(47.8053).epsilon(1e-5));
}

TEST_CASE("MpcfnReference: the 16-row prefix reads the picture whose pixels the gate scaled, as PyTorch does") {
    const auto wanted = goldenJson("mpcfn_reference.json");
    const Batch batch = goldenBatch(wanted);
    const auto model = ready(referenceShape({"use_16_prefix=true"}));
    fillBert(*model);
    const Forward out = model->forward(batch, true);
    CHECK(distance(everyThird(out.emissions), tensorOf(wanted["full_emissions"], {2, 18, 9})) < 2e-5);
    REQUIRE(out.levelGates.size() == 2);
    for (std::size_t l = 0; l < 2; ++l)
        CHECK(distance(out.levelGates[l], tensorOf(wanted["full_gates"][l], {2, 4})) < 2e-5);
    const Tensor rows = tensorOf(wanted["full_over_pictures"], {2, 6, 16});
    const Tensor found = out.textToImage[0][1].slice(1, 0, kLength, 9);
    CHECK(distance(found.narrow(2, 49, 12), rows.narrow(2, 4, 12)) < 2e-5);
    CHECK(distance(found.narrow(2, 0, 49).sum(2), rows.narrow(2, 0, 4).sum(2)) < 2e-5);
    // Without the gate the picture's own rows come from where all rows come from.
    const auto plain = ready(referenceShape({"use_16_prefix=true", "cp=false"}));
    fillBert(*plain);
    Batch own = batch;
    own.prompts = batch.prompts.clone();
    own.prompts.select(1, 0).copy_(squashed(batch.photos));
    CHECK(distance(everyThird(plain->forward(own, false).emissions),
                   tensorOf(wanted["full_ungated_emissions"], {2, 18, 9})) < 2e-5);
}

TEST_CASE("MpcfnReference: without cross fusion the text pass behind the crops is all there is") {
    const auto wanted = goldenJson("mpcfn_reference.json");
    const auto model = ready(referenceShape({"cf=false"}));
    fillBert(*model);
    const Forward out = model->forward(goldenBatch(wanted), true);
    CHECK(distance(everyThird(out.emissions), tensorOf(wanted["plain_emissions"], {2, 18, 9})) < 2e-5);
    CHECK(out.imageToText.empty());
}

TEST_CASE("MpcfnReference: the correlation gate changes no bit of the emissions, unless use_16_prefix is on") {
    const ModelShape on = referenceShape(), off = referenceShape({"cp=false"});
    CHECK(torch::equal(emissionsOf(on, usualBatch(on)), emissionsOf(off, usualBatch(off))));
    const ModelShape with = referenceShape({"use_16_prefix=true"}),
                     without = referenceShape({"use_16_prefix=true", "cp=false"});
    CHECK(distance(emissionsOf(with, usualBatch(with)), emissionsOf(without, usualBatch(without))) > 1e-6);
    // It is there and says something all the same.
    const Tensor r = ready(on)->forward(usualBatch(on), false).relevance;
    CHECK(r.sizes() == at::IntArrayRef({2, 4}));
    CHECK((r.select(1, 0) > 0).all().item<bool>());
    CHECK((r.select(1, 0) < 1).all().item<bool>());
    CHECK(r[0][0].item<float>() != r[1][0].item<float>());
}

TEST_CASE("MpcfnReference: permuting the crops changes the emissions") {
    const ModelShape shape = referenceShape();
    PostPictures usual = seenBy(1), swapped = usual;
    std::swap(swapped.prompts[1], swapped.prompts[2]);
    const auto of = [&](const PostPictures& p) { return emissionsOf(shape, fixedBatch(shape, {kPosts[0]}, {p})); };
    CHECK(distance(of(usual), of(swapped)) > 1e-6);
}

TEST_CASE("MpcfnReference: words beyond the middle and the padding's embedding change how the cells are read") {
    const ModelShape shape = referenceShape({"use_objects=false"});  // the text pass is plain: what moves is X_v
    const auto model = ready(shape);
    const Batch usual = usualBatch(shape);
    const Tensor before = model->forward(usual, false).emissions;
    // Position 30 of the longer post is among the values. Position 53 is padding of both.
    Batch later = usual;
    later.text.ids = usual.text.ids.clone();
    later.text.ids[1][30] = (usual.text.ids[1][30].item<std::int64_t>() - 4 + 1) % 16 + 4;
    CHECK(distance(model->forward(later, false).emissions[1].narrow(0, 42, 12), before[1].narrow(0, 42, 12)) > 1e-6);
    const torch::NoGradGuard noGradient;
    // The encoder's own states of real positions do not see padding, so emissions of the short post move by X_v alone.
    model->named_parameters()["bert.embeddings.word_embeddings.weight"][0].add_(torch::randn({16}));
    const Tensor after = model->forward(usual, false).emissions;
    CHECK(distance(after[0].narrow(0, 0, 9), before[0].narrow(0, 0, 9)) > 1e-6);
    const ModelShape plain = referenceShape({"use_objects=false", "cf=false"});
    const auto alone = ready(plain);
    const Tensor text = alone->forward(usual, false).emissions;
    alone->named_parameters()["bert.embeddings.word_embeddings.weight"][0].add_(torch::randn({16}));
    CHECK(distance(alone->forward(usual, false).emissions[0].narrow(0, 0, 9), text[0].narrow(0, 0, 9)) == 0);
}

TEST_CASE("MpcfnReference: the number of padded positions changes the result") {
    const ModelShape shape = referenceShape();
    const auto model = ready(shape);
    const auto padded = [&](int length) {
        return model->forward(fixedBatch(shape, {kPosts[0]}, {seenBy(1)}, length), false).emissions.narrow(1, 0, 9);
    };
    CHECK(distance(padded(kLength), padded(kLength + 10)) > 1e-6);
    CHECK(distance(padded(kLength), padded(kLength)) == 0);
}

TEST_CASE("MpcfnReference: a post alone gives what it gives in a batch of longer posts") {
    const ModelShape shape = referenceShape();
    const Tensor both = emissionsOf(shape, usualBatch(shape));
    CHECK(distance(emissionsOf(shape, fixedBatch(shape, {kPosts[0]}, {seenBy(1)}))[0], both[0]) < 1e-5);
}

TEST_CASE("MpcfnReference: position i has cell floor(i / ceil(N/49)), so the order of the cells counts") {
    const ModelShape shape = referenceShape({"use_objects=false"});
    PostPictures usual = seenBy(1), turned = usual;
    turned.grid = usual.grid.flip(0);
    const auto of = [&](const PostPictures& p) { return emissionsOf(shape, fixedBatch(shape, {kPosts[0]}, {p}))[0]; };
    CHECK(distance(of(usual), of(turned)) > 1e-6);
    // Without anything that tells positions apart, a position's cell is all that does: pairs of positions are equal.
    const auto model = ready(shape);
    const torch::NoGradGuard noGradient;
    const Tensor weight = model->named_parameters()["emission.weight"];
    weight.narrow(1, 0, 16).zero_();  // X_t
    const Tensor E = model->forward(fixedBatch(shape, {kPosts[0]}, {usual}), false).emissions[0];
    for (int i = 0; i + 1 < kLength; ++i) CHECK((distance(E[i], E[i + 1]) == 0) == (i % 2 == 0));
}

TEST_CASE("MpcfnReference: switches leave parts out") {
    const auto namesOf = [](const ModelShape& shape) { return ready(shape)->named_parameters(); };
    const ModelShape all = referenceShape(), noGate = referenceShape({"cp=false"}),
                     noFusion = referenceShape({"cf=false"}), noObjects = referenceShape({"use_objects=false"}),
                     none = referenceShape({"text_only=true"}),
                     neither = referenceShape({"use_global=false", "use_objects=false"});
    CHECK(namesOf(all).contains("gate_bert.embeddings.LayerNorm.weight"));
    CHECK(namesOf(all)["emission.weight"].size(1) == 32);
    CHECK_FALSE(namesOf(noGate).contains("relevance.weight"));
    CHECK(namesOf(noFusion)["emission.weight"].size(1) == 16);
    CHECK_FALSE(namesOf(noObjects).contains("prompt_in.weight"));
    CHECK_FALSE(noObjects.pictures.prompts);
    CHECK_FALSE(none.pictures.use);
    // Without any visual row what remains is the text: the parameters of BERT-CRF, as with text_only.
    const auto textNames = ready(shapeFor("bert-crf"))->named_parameters().keys();
    CHECK(namesOf(none).keys() == textNames);
    CHECK(namesOf(neither).keys() == textNames);
    // Global off: the cells are zeros before the projection, whatever the picture shows.
    const ModelShape blind = referenceShape({"use_global=false"});
    PostPictures other = seenBy(1);
    other.grid = -other.grid;
    const auto of = [&](const ModelShape& shape, const PostPictures& p) {
        return ready(shape)->forward(fixedBatch(shape, {kPosts[0]}, {p}), false);
    };
    CHECK(distance(of(blind, seenBy(1)).emissions, of(blind, other).emissions) == 0);
    CHECK(distance(of(all, seenBy(1)).emissions, of(all, other).emissions) > 1e-6);
    CHECK(of(blind, other).relevance[0][0].item<float>() == 0);
}

TEST_CASE("MpcfnReference: options that would do nothing are refused") {
    for (const char* other : {"use_global=false", "text_only=true"})
        CHECK_THROWS_AS(ready(referenceShape({"use_16_prefix=true", other})), Error);
    const SystemInfo& paper = variantInfo(systemByName("mpcfn"), "paper");
    const SystemInfo& code = variantInfo(systemByName("mpcfn"), "reference-code");
    CHECK_THROWS_AS(resolveOptions(code, "", {{"fusion_layers", "2"}}), Error);
    CHECK_THROWS_AS(resolveOptions(code, "", {{"subtoken", "sum"}}), Error);
    CHECK_THROWS_AS(resolveOptions(paper, "", {{"use_16_prefix", "true"}}), Error);
    CHECK(resolveOptions(code, "", {}).at("max_pieces") == 147);
    CHECK(resolveOptions(paper, "", {}).at("max_pieces") == 0);
    for (const Preset& preset : code.presets) CHECK_NOTHROW(completeOptions(code, preset.values));
}

TEST_CASE("Registry: a variant with options of its own is listed under its system") {
    const nlohmann::json list = systemsJson().at("systems");
    CHECK(list[0].at("name") == "mpcfn");
    CHECK(list[0].at("variants") == nlohmann::json({"paper", "reference-code"}));
    const nlohmann::json& other = list[0].at("variantDetails").at(0);
    CHECK(other.at("variants") == nlohmann::json({"reference-code"}));
    CHECK(other.at("presets").contains("sample"));
    CHECK(other.at("options").size() != list[0].at("options").size());
    CHECK_FALSE(list[1].contains("variantDetails"));
}

TEST_CASE("MpcfnReference: a post without picture is tagged by its text alone") {
    const ModelShape shape = referenceShape();
    PostPictures bare = picturesOf(1, 0, false), other = picturesOf(2, 0, false);
    bare.hasPicture = other.hasPicture = false;
    const auto of = [&](const PostPictures& p) {
        return ready(shape)->forward(fixedBatch(shape, {kPosts[0]}, {p}), true);
    };
    CHECK(of(bare).emissions.isfinite().all().item<bool>());
    CHECK(distance(of(bare).emissions, of(other).emissions) == 0);
    CHECK(of(bare).relevance.abs().max().item<float>() == 0);
    CHECK(of(bare).textToImage[0].abs().max().item<float>() == 0);
}

TEST_CASE("MpcfnReference: attention to prefix rows sums to 1, crops after the picture's cells") {
    for (const char* prefix : {"use_16_prefix=false", "use_16_prefix=true"}) {
        const ModelShape shape = referenceShape({prefix});
        const Forward out = ready(shape)->forward(usualBatch(shape), true);
        CHECK(out.textToImage.at(0).sizes() == at::IntArrayRef({2, 2, kLength, 61}));
        CHECK(out.imageToText.at(0).sizes() == at::IntArrayRef({2, 2, 61, kLength}));
        CHECK(distance(out.textToImage[0].sum(3), torch::ones({2, 2, kLength})) < 1e-5);
        CHECK(distance(out.imageToText[0].narrow(2, 0, 49).sum(3), torch::ones({2, 2, 49})) < 1e-5);
        const bool global = out.textToImage[0].narrow(3, 0, 49).max().item<float>() > 0;
        CHECK(global == (prefix == std::string("use_16_prefix=true")));
    }
}

TEST_CASE("MpcfnReference: trained parameters learn, the gate and the projection do not") {
    for (const char* prefix : {"use_16_prefix=false", "use_16_prefix=true"}) {
        const ModelShape shape = referenceShape({prefix}, 0.1);
        const auto model = ready(shape);
        model->train();
        model->loss(usualBatch(shape)).backward();
        for (const auto& item : model->named_parameters()) {
            INFO(prefix << " " << item.key());
            if (model->groupOf(item.key()).empty()) {
                CHECK_FALSE(item.value().grad().defined());
                continue;
            }
            CHECK(item.value().grad().isfinite().all().item<bool>());
            CHECK(item.value().grad().abs().max().item<float>() > 0.0f);
        }
    }
    const auto model = ready(referenceShape());
    CHECK(model->groupOf("bert.encoder.layer.0.output.dense.weight") == "text");
    for (const char* name : {"prompt_in.weight", "level_gate_1.weight"}) CHECK(model->groupOf(name) == "vision");
    for (const char* name : {"emission.weight", "crf.transitions"}) CHECK(model->groupOf(name) == "crf");
    for (const char* name : {"gate_bert.encoder.layer.0.output.dense.weight", "projection.weight", "relevance.bias"})
        CHECK(model->groupOf(name).empty());
}

TEST_CASE("MpcfnReference: the gate reads with a copy of the encoder, without dropout") {
    const ModelShape shape = referenceShape({"use_16_prefix=true"}, 0.5);
    const auto model = ready(shape);
    const auto parameters = model->named_parameters();
    CHECK(torch::equal(parameters["bert.encoder.layer.1.output.dense.weight"],
                       parameters["gate_bert.encoder.layer.1.output.dense.weight"]));
    model->train();
    const Batch batch = usualBatch(shape);
    CHECK(torch::equal(model->forward(batch, false).relevance, model->forward(batch, false).relevance));
    CHECK_FALSE(torch::equal(model->forward(batch, false).emissions, model->forward(batch, false).emissions));
}

TEST_CASE("MpcfnReference: equal seeds give equal models, other seeds others") {
    const ModelShape shape = referenceShape();
    const Batch batch = usualBatch(shape);
    CHECK(distance(emissionsOf(shape, batch, 4), emissionsOf(shape, batch, 4)) == 0);
    CHECK(distance(emissionsOf(shape, batch, 4), emissionsOf(shape, batch, 5)) > 1e-6);
}
