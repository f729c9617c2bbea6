#include "core/models/option_lists.h"
#include "core/models/systems/systems_internal.h"
#include "core/models/systems/umt_internal.h"

namespace mnerva::models {

using torch::Tensor;

namespace {

/// CMT stack: each layer asks again, of the same source. `attention` gets that of the last layer.
Tensor asked(std::vector<nn::AttentionBlock>& stack, Tensor queries, const Tensor& source, const Tensor& keyMask,
             Tensor* attention = nullptr) {
    for (std::size_t layer = 0; layer < stack.size(); ++layer) {
        const bool wanted = attention && layer + 1 == stack.size();
        nn::BlockOutput out = stack[layer]->forward(queries, source, keyMask, wanted);
        queries = out.output;
        if (wanted) *attention = out.attention;
    }
    return queries;
}

}  // namespace

Umt::Umt(const ModelShape& shape)
    : m_shape(shape),
      m_auxiliaryWeight(shape.options.at("aux_weight").get<double>()),
      m_auxiliaryShare(shape.options.at("aux_share").get<double>()) {
    const int width = shape.encoder.hidden, cells = shape.pictures.widths[3], tags = shape.tags();
    const SpanClasses spans = spanClassesOf(shape.classes);
    const int spanTags = static_cast<int>(spans.names.size());
    m_spanOfClass = torch::tensor(spans.ofClass);
    m_conversion = torch::zeros({spanTags, tags});
    for (int s = 0; s < spanTags; ++s) m_conversion[s].copy_(torch::tensor(spans.share[static_cast<std::size_t>(s)]));

    m_bert = register_module("bert", nn::Bert(shape.encoder));
    m_bert->initBert();
    m_auxBlock = makeBlock("aux_block");
    m_mainBlock = makeBlock("main_block");
    m_gridForWords = makeDense("grid_projection_1", cells, width);
    m_gridAsQueries = makeDense("grid_projection_2", cells, width);
    m_wordsToCells = makeStack("t2i");
    m_cellsToWords = makeStack("i2t");
    m_wordsToSeenWords = makeStack("t2t");
    m_visualGate = makeDense("visual_gate", 2 * width, width);
    m_emission = makeDense("emission", 2 * width, tags);
    m_auxEmission = makeDense("aux_emission", width, spanTags);
    m_crf = register_module("crf", nn::Crf(tags));
    m_auxCrf = register_module("aux_crf", nn::Crf(spanTags));
}

nn::AttentionBlock Umt::makeBlock(const std::string& name) {
    nn::AttentionBlock block = register_module(name, nn::AttentionBlock(m_shape.encoder));
    block->initBert();
    return block;
}

Umt::Stack Umt::makeStack(const std::string& name) {
    Stack stack;
    const int layers = m_shape.options.at(name + "_layers").get<int>();
    for (int layer = 1; layer <= layers; ++layer) stack.push_back(makeBlock(name + "_" + std::to_string(layer)));
    return stack;
}

nn::Dense Umt::makeDense(const std::string& name, int in, int out) {
    nn::Dense dense = register_module(name, nn::Dense(in, out));
    nn::initBert(*dense);
    return dense;
}

std::string Umt::groupOf(const std::string& parameter) const {
    const auto starts = [&](const char* prefix) { return parameter.rfind(prefix, 0) == 0; };
    if (starts("bert.")) return "text";
    return starts("emission.") || starts("crf.") || starts("aux_emission.") || starts("aux_crf.") ? "crf" : "vision";
}

Forward Umt::forward(const Batch& batch, bool explain) {
    Forward out;
    const Units text = unitsOf(batch, m_bert->forward(batch.ids, Tensor(), batch.mask));
    // Outside X mode the layers still read [CLS] and [SEP], which carry no tag: they are cut off at the end.
    const auto tagged = [&](const Tensor& x, int axis) {
        return batch.pooling.defined() ? x.narrow(axis, 1, batch.units()) : x;
    };
    const Tensor S = torch::dropout(text.keys, m_shape.encoder.hiddenDropout, is_training());  // step 1, [B, n, H]
    const Tensor forSpans = tagged(m_auxBlock->forward(S, S, text.keyMask).output, 1);         // step 2
    out.auxiliary = m_auxEmission(forSpans.contiguous());                                      // [B, units, spans]
    const Tensor words = m_mainBlock->forward(S, S, text.keyMask).output;                      // step 3
    const std::int64_t C4 = m_shape.pictures.widths[3], posts = batch.posts();
    const Tensor G = batch.grid.narrow(2, batch.grid.size(2) - C4, C4).contiguous();  // [B, 49, C4]
    const Tensor cellMask = batch.gridMask.view({posts, 1}).expand({posts, G.size(1)});

    Tensor attention;
    Tensor V = asked(m_wordsToCells, words, m_gridForWords(G), cellMask, explain ? &attention : nullptr);  // step 5
    // A block whose keys are all masked passes its queries through; without picture nothing was seen.
    V = V * batch.gridMask.view({posts, 1, 1}).to(V.dtype());
    const Tensor P = asked(m_cellsToWords, m_gridAsQueries(G), words, text.keyMask);  // step 6, [B, 49, H]
    const Tensor U = asked(m_wordsToSeenWords, words, P, cellMask);                   // [B, n, H]
    const Tensor gate = m_visualGate(torch::cat({U, V}, -1)).sigmoid();               // step 7
    const Tensor F = tagged(torch::cat({U, gate * V}, -1), 1);                        // [B, units, 2H]
    const Tensor shared = out.auxiliary.matmul(m_conversion.to(out.auxiliary.device()));
    out.emissions = (1 - m_auxiliaryShare) * m_emission(F.contiguous()) + m_auxiliaryShare * shared;  // step 8
    if (explain) out.textToImage.push_back(tagged(attention, 2));
    return out;
}

Tensor Umt::loss(const Batch& batch) {
    const Forward out = forward(batch, false);
    const Tensor spans = m_spanOfClass.to(batch.tags.device()).index_select(0, batch.tags.flatten());
    const Tensor main = m_crf->negativeLogLikelihood(out.emissions, batch.tags, batch.unitMask).mean();
    const Tensor aux = m_auxCrf->negativeLogLikelihood(out.auxiliary, spans.view_as(batch.tags), batch.unitMask).mean();
    return main + m_auxiliaryWeight * aux;
}

namespace {

void addModelOptions(std::vector<OptionSpec>& list) {
    list.push_back(integer("t2i_layers", "model", 1, 1, 12, "layers",
                           "Layers through which words read the picture's cells; the last makes the heat map."));
    list.push_back(
        integer("i2t_layers", "model", 1, 1, 12, "layers", "Layers through which the picture's cells read the words."));
    list.push_back(integer("t2t_layers", "model", 1, 1, 12, "layers",
                           "Layers through which words read what the picture's cells read."));
    list.push_back(real("aux_weight", "model", 0.5, 0, 100, "",
                        "Weight of the second loss, that of tagging where names begin and go on by the text alone."));
    list.push_back(real("aux_share", "model", 0.5, 0, 1, "",
                        "Share that the second tagging task has in the emissions of the first."));
    addSubtokenOption(list, {"x", "first"});
}

SystemInfo umtInfo() {
    SystemInfo info;
    info.name = "umt";
    info.title = "UMT: words and picture read each other, a second task finds the spans";
    info.explains = {"attention", "marginals"};
    addTrainingOptions(info.options, umtRecipe());
    addFeatureOptions(info.options);
    addFloodOption(info.options);
    addModelOptions(info.options);
    addTinyOptions(info.options);
    info.presets = {{"twitter2015", {{"epochs", 24}}},
                    {"twitter2017", {{"epochs", 22}}},
                    {"wukong", {{"epochs", 22}}},
                    {"sample", sampleValues()}};
    return info;
}

/// The post picture's cells only.
PictureLayout umtPictures(const nlohmann::json&, const std::array<int, 4>& widths) {
    PictureLayout layout;
    layout.use = true;
    layout.widths = widths;
    return layout;
}

}  // namespace

System umtSystem() {
    return {umtInfo(), umtPictures, noPositions,
            [](const ModelShape& shape) -> std::shared_ptr<NerModel> { return std::make_shared<Umt>(shape); }};
}

}  // namespace mnerva::models
