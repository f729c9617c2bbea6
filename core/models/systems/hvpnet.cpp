#include "core/models/option_lists.h"
#include "core/models/systems/hvpnet_internal.h"
#include "core/models/systems/systems_internal.h"

namespace mnerva::models {

using torch::Tensor;

namespace {

constexpr int kRows = 4;    // of one picture: the 2x2 cells, step 1
constexpr int kSlices = 4;  // Z_1..Z_4, step 2
constexpr double kGateSlope = 0.01;

}  // namespace

Hvpnet::Hvpnet(const ModelShape& shape) : m_dropout(shape.encoder.hiddenDropout) {
    const std::int64_t H = shape.encoder.hidden;
    m_bert = register_module("bert", nn::Bert(shape.encoder));
    m_bert->initBert();
    if (shape.pictures.use) {
        m_promptNorm = shape.options.at("prompt_norm").get<bool>();
        const auto between = shape.options.at("prompt_hidden").get<std::int64_t>();
        const std::int64_t wide = kSlices * 2 * H;  // 8H, and as many numbers as the rows of the mean slice have
        m_promptIn = register_module("prompt_in", nn::Dense(shape.pictures.promptChannels(), between));
        m_promptOut = register_module("prompt_out", nn::Dense(between, wide));
        for (int l = 0; l < shape.encoder.layers; ++l)
            m_levelGates.push_back(
                register_module("level_gate_" + std::to_string(l + 1), nn::Dense(kRows * 2 * H, kSlices)));
    }
    m_emission = register_module("emission", nn::Dense(H, shape.tags()));
    m_crf = register_module("crf", nn::Crf(shape.tags()));
}

std::string Hvpnet::groupOf(const std::string& parameter) const {
    if (parameter.rfind("bert.", 0) == 0) return "text";
    return parameter.rfind("emission.", 0) == 0 || parameter.rfind("crf.", 0) == 0 ? "crf" : "vision";
}

std::vector<std::string> Hvpnet::explains() const {
    if (m_levelGates.empty()) return {"marginals"};
    return {"level-gates", "marginals"};
}

std::vector<nn::PrefixKeyValues> Hvpnet::prefixesOf(const Batch& batch, std::vector<Tensor>* gates) {
    std::vector<nn::PrefixKeyValues> prefixes;
    if (m_levelGates.empty()) return prefixes;
    const std::int64_t B = batch.posts(), images = batch.prompts.size(1), P = images * kRows;
    // Step 2. Z [B, 1+K, 4 rows, 4 slices, 2H].
    const Tensor rows = m_promptNorm ? torch::layer_norm(batch.prompts, {batch.prompts.size(3)}) : batch.prompts;
    const Tensor Z = m_promptOut(torch::tanh(m_promptIn(rows))).view({B, images, kRows, kSlices, -1});
    const Tensor mean = Z.mean(3).flatten(2);  // step 3: s [B, 1+K, 8H]
    // The public code prompts with a blank picture where a post has none; here such a post is tagged by its text alone.
    const Tensor mask = batch.gridMask.view({B, 1}).expand({B, P});
    for (nn::Dense& gate : m_levelGates) {
        const Tensor g = torch::softmax(torch::leaky_relu(gate(mean), kGateSlope), -1);  // [B, 1+K, 4]
        if (gates) gates->push_back(g.select(1, 0));
        const Tensor keyValues = (Z * g.view({B, images, 1, kSlices, 1})).sum(3);  // [B, 1+K, 4, 2H]
        const auto halves = keyValues.view({B, P, -1}).chunk(2, -1);               // step 4
        prefixes.push_back({halves[0], halves[1], mask});
    }
    return prefixes;
}

Forward Hvpnet::forward(const Batch& batch, bool explain) {
    Forward out;
    const auto prefixes = prefixesOf(batch, explain ? &out.levelGates : nullptr);
    const Tensor embedded = m_bert->embed(m_bert->wordEmbeddings(batch.ids), Tensor());
    const Units text = unitsOf(batch, m_bert->encode(embedded, batch.mask, -1, prefixes));  // step 5
    out.emissions = m_emission(torch::dropout(text.units, m_dropout, is_training()));       // step 6
    return out;
}

namespace {

/// As that of MPCFN but for the epochs and the decay of what reads pictures (models.md 4.6).
Recipe hvpnetRecipe() {
    Recipe recipe;
    recipe.epochs = 30;
    recipe.visionDecay = 1e-2;
    return recipe;
}

SystemInfo hvpnetInfo() {
    SystemInfo info;
    info.name = "hvpnet";
    info.title = "HVPNeT: pictures as prompts before each encoder layer";
    info.explains = {"level-gates", "marginals"};
    addTrainingOptions(info.options, hvpnetRecipe());
    addFeatureOptions(info.options);
    addFloodOption(info.options);
    addSubtokenOption(info.options, {"x", "first"});
    info.options.push_back(integer("objects", "model", 3, 0, 32, "crops", "How many object crops of a post are used."));
    info.options.push_back(integer("prompt_hidden", "model", 800, 1, 8192, "units",
                                   "Width of the hidden layer that makes prompts of picture features."));
    // Rows of a random ResNet are tens of times larger than a trained one's, and tanh would be flat there.
    info.options.push_back(flag("prompt_norm", "model", false,
                                "Bring picture features to one scale before they become prompts; for random ResNets."));
    addTinyOptions(info.options);
    info.options.push_back(flag("text_only", "ablation", false, "Leave the pictures out and tag by the text alone."));
    nlohmann::json sample = sampleValues();
    sample.update({{"epochs", 12}, {"prompt_norm", true}});
    // Models.md 4.6 has no recipe for WuKong: there the learning rate and epochs of MPCFN's (5.1).
    info.presets = {{"twitter2015", {{"max_pieces", 80}}},
                    {"twitter2017", {{"max_pieces", 128}}},
                    {"wukong", {{"epochs", 10}, {"lr", 1e-5}, {"max_pieces", 147}}},
                    {"sample", sample}};
    return info;
}

PictureLayout hvpnetPictures(const nlohmann::json& options, const std::array<int, 4>& widths) {
    PictureLayout layout;
    layout.use = layout.prompts = !options.at("text_only").get<bool>();
    layout.grid = false;
    layout.objects = layout.use ? options.at("objects").get<int>() : 0;
    layout.objectRows = 0;
    layout.widths = layout.promptWidths = widths;
    return layout;
}

}  // namespace

System hvpnetSystem() {
    return {hvpnetInfo(), hvpnetPictures, noPositions,
            [](const ModelShape& shape) -> std::shared_ptr<NerModel> { return std::make_shared<Hvpnet>(shape); }};
}

}  // namespace mnerva::models
