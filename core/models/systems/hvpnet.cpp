#include "core/models/model/option_lists.h"
#include "core/models/model/system_internal.h"
#include "core/models/systems/hvpnet_internal.h"

namespace mnerva::models {

using torch::Tensor;

Hvpnet::Hvpnet(const ModelShape& shape) : SequenceTagger(shape), m_dropout(shape.encoder.hiddenDropout) {
    if (shape.pictures.use) m_prompts = PromptMaker(*this, shape);
    m_emission = register_module("emission", nn::Dense(shape.encoder.hidden, shape.tags()));
    m_crf = register_module("crf", nn::Crf(shape.tags()));
}

std::vector<std::string> Hvpnet::explains() const {
    if (!m_prompts.used()) return {"marginals"};
    return {"level-gates", "marginals"};
}

std::vector<nn::PrefixKeyValues> Hvpnet::prefixesOf(const Batch& batch, std::vector<Tensor>* gates) {
    std::vector<nn::PrefixKeyValues> prefixes;
    if (!m_prompts.used()) return prefixes;
    for (const PromptMaker::Layer& layer : m_prompts.layersOf(batch.prompts)) {
        if (gates) gates->push_back(layer.gates.select(1, 0));
        // The public code prompts with a blank picture where a post has none; here such a post is tagged by its text
        // alone.
        prefixes.push_back(PromptMaker::prefixOf(layer.keyValues, batch.grid.mask));
    }
    return prefixes;
}

Forward Hvpnet::forward(const Batch& batch, bool explain) {
    Forward out;
    const auto prefixes = prefixesOf(batch, explain ? &out.levelGates : nullptr);
    const Tensor embedded = m_bert->embed(m_bert->wordEmbeddings(batch.text.ids), batch.text.types, batch.text.mask);
    const Units text = unitsOf(batch.text, m_bert->encode(embedded, batch.text.mask, -1, prefixes));  // step 5
    out.emissions = m_emission(torch::dropout(text.units, m_dropout, is_training()));                 // step 6
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
    info.title = MNERVA_TEXT("options", "HVPNeT: pictures as prompts before each encoder layer");
    info.explains = {"level-gates", "marginals"};
    addTrainingOptions(info.options, hvpnetRecipe());
    addFeatureOptions(info.options);
    addBoxCropsOption(info.options);
    addFloodOption(info.options);
    addSubtokenOption(info.options, {"x", "first"});
    addPromptOptions(info.options);
    addTinyOptions(info.options);
    addTextOnlyOption(info.options);
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
    return {hvpnetInfo(), hvpnetPictures, noPositions, newModel<Hvpnet>};
}

}  // namespace mnerva::models
