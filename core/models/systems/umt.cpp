#include "core/models/model/option_lists.h"
#include "core/models/model/system_internal.h"
#include "core/models/systems/umt_internal.h"

namespace mnerva::models {

using torch::Tensor;

Umt::Umt(const ModelShape& shape)
    : SequenceTagger(shape),
      m_auxiliaryWeight(shape.options.at("aux_weight").get<double>()),
      m_auxiliaryShare(shape.options.at("aux_share").get<double>()) {
    const int width = shape.encoder.hidden, cells = shape.pictures.widths[3], tags = shape.tags();
    m_spans = SpanTask(*this, shape);
    m_mainBlock = makeBlock("main_block");
    m_gridForWords = makeDense("grid_projection_1", cells, width);
    m_gridAsQueries = makeDense("grid_projection_2", cells, width);
    m_wordsToCells = makeStack("t2i");
    m_cellsToWords = makeStack("i2t");
    m_wordsToSeenWords = makeStack("t2t");
    m_visualGate = makeDense("visual_gate", 2 * width, width);
    m_emission = makeDense("emission", 2 * width, tags);
    m_crf = register_module("crf", nn::Crf(tags));
}

nn::AttentionBlock Umt::makeBlock(const std::string& name) {
    nn::AttentionBlock block = register_module(name, nn::AttentionBlock(m_shape.encoder));
    block->initBert();
    return block;
}

CmtStack Umt::makeStack(const std::string& name) {
    CmtStack stack;
    const int layers = m_shape.options.at(name + "_layers").get<int>();
    for (int layer = 1; layer <= layers; ++layer) stack.push_back(makeBlock(name + "_" + std::to_string(layer)));
    return stack;
}

nn::Dense Umt::makeDense(const std::string& name, int in, int out) {
    nn::Dense dense = register_module(name, nn::Dense(in, out));
    nn::initBert(*dense);
    return dense;
}

Forward Umt::forward(const Batch& batch, bool explain) {
    Forward out;
    const Units text = unitsOf(batch.text, statesOf(batch.text));
    const Tensor S = torch::dropout(text.keys, m_shape.encoder.hiddenDropout, is_training());  // step 1, [B, n, H]
    out.auxiliary = m_spans.emissions(batch.text, S, text.keyMask);                            // step 2
    const Tensor words = m_mainBlock->forward(S, S, text.keyMask).output;                      // step 3
    const std::int64_t posts = batch.posts();
    const Tensor G = lastStage(batch.grid, m_shape);  // [B, 49, C4]
    const Tensor cellMask = batch.grid.mask.view({posts, 1}).expand({posts, G.size(1)});

    Tensor attention;
    Tensor V = asked(m_wordsToCells, words, m_gridForWords(G), cellMask, explain ? &attention : nullptr);  // step 5
    // A block whose keys are all masked makes something of its queries alone; without picture nothing was seen.
    V = V * batch.grid.mask.view({posts, 1, 1}).to(V.dtype());
    const Tensor P = asked(m_cellsToWords, m_gridAsQueries(G), words, text.keyMask);  // step 6, [B, 49, H]
    const Tensor U = asked(m_wordsToSeenWords, words, P, cellMask);                   // [B, n, H]
    const Tensor gate = m_visualGate(torch::cat({U, V}, -1)).sigmoid();               // step 7
    const Tensor F = taggedOnly(batch.text, torch::cat({U, gate * V}, -1), 1);        // [B, units, 2H]
    out.emissions = (1 - m_auxiliaryShare) * m_emission(F.contiguous()) +
                    m_auxiliaryShare * m_spans.sharedOut(out.auxiliary);  // step 8
    if (explain) {
        out.textToImage.push_back(taggedOnly(batch.text, attention, 2));
        const Tensor seen = batch.grid.mask.view({posts, 1}).to(gate.dtype());
        out.visualGate = taggedOnly(batch.text, gate.mean(2) * seen, 1);
    }
    return out;
}

std::vector<AttentionStep> Umt::attentionSteps(const Batch& batch,
                                               const std::vector<nn::AttentionTape::Entry>& entries) {
    std::vector<std::pair<const nn::AttentionBlockImpl*, AttentionStep::Kind>> roles{
        {m_mainBlock.get(), AttentionStep::Kind::Text}};
    for (const nn::AttentionBlock& block : m_wordsToCells)
        roles.emplace_back(block.get(), AttentionStep::Kind::TextOnImage);
    for (const nn::AttentionBlock& block : m_cellsToWords)
        roles.emplace_back(block.get(), AttentionStep::Kind::ImageOnText);
    for (const nn::AttentionBlock& block : m_wordsToSeenWords)
        roles.emplace_back(block.get(), AttentionStep::Kind::TextOnImage);
    std::vector<AttentionStep> steps = encoderSteps(batch, entries);
    addSteps(steps, entries, roles);
    return steps;
}

Tensor Umt::loss(const Batch& batch) {
    const Forward out = forward(batch, false);
    const Tensor main = nllOf(out.emissions, batch.text).mean();
    return main + m_auxiliaryWeight * m_spans.loss(batch.text, out.auxiliary);
}

namespace {

void addUmtOptions(std::vector<OptionSpec>& list) {
    addCrossModalOptions(list);
    list.push_back(
        real("aux_share", "model", 0.5, 0, 1, MNERVA_TEXT("options", "share"),
             MNERVA_TEXT("options", "Share of the second task"),
             MNERVA_TEXT("options", "Share that the second tagging task has in the emissions of the first.")));
    addSubtokenOption(list, {"x", "first"});
}

SystemInfo umtInfo() {
    SystemInfo info;
    info.name = "umt";
    info.title = MNERVA_TEXT("options", "UMT: words and picture read each other, a second task finds the spans");
    info.explains = {"attention", "visual-gate", "marginals"};
    addTrainingOptions(info.options, umtRecipe());
    addFeatureOptions(info.options);
    addGridNormOption(info.options);
    addFloodOption(info.options);
    addUmtOptions(info.options);
    addTinyOptions(info.options);
    nlohmann::json sample = sampleValues();
    sample.update({{"epochs", 24}, {"t2i_layers", 2}});
    info.presets = {{"twitter2015", {{"epochs", 24}}},
                    {"twitter2017", {{"epochs", 22}}},
                    {"wukong", {{"epochs", 22}}},
                    {"sample", sample}};
    return info;
}

}  // namespace

System umtSystem() {
    return {umtInfo(), gridLayout, noPositions, newModel<Umt>};
}

}  // namespace mnerva::models
