#include "core/models/model/option_lists.h"
#include "core/models/systems/cross_modal_internal.h"
#include "core/models/text/classes_internal.h"

namespace mnerva::models {

using torch::Tensor;

Tensor asked(CmtStack& stack, Tensor queries, const Tensor& source, const Tensor& keyMask, Tensor* attention) {
    for (std::size_t layer = 0; layer < stack.size(); ++layer) {
        const bool wanted = attention && layer + 1 == stack.size();
        nn::BlockOutput out = stack[layer]->forward(queries, source, keyMask, wanted);
        queries = out.output;
        if (wanted) *attention = out.attention;
    }
    return queries;
}

void addSteps(std::vector<AttentionStep>& steps, const std::vector<nn::AttentionTape::Entry>& entries,
              const std::vector<std::pair<const nn::AttentionBlockImpl*, AttentionStep::Kind>>& roles) {
    for (const auto& entry : entries)
        for (const auto& [block, kind] : roles)
            if (entry.block == block) steps.push_back({kind, entry.weights, Tensor(), false});
}

Tensor taggedOnly(const TextBatch& batch, const Tensor& states, int axis) {
    return batch.pooling.defined() ? states.narrow(axis, 1, batch.units()) : states;
}

Tensor lastStage(const GridRows& grid, const ModelShape& shape) {
    const std::int64_t C4 = shape.pictures.widths[3];
    Tensor G = grid.rows.narrow(2, grid.rows.size(2) - C4, C4).contiguous();
    if (shape.options.value("grid_centre", false)) G = G - G.mean(1, /*keepdim=*/true);
    return shape.options.value("grid_norm", false) ? torch::layer_norm(G, {C4}) : G;
}

SpanTask::SpanTask(torch::nn::Module& owner, const ModelShape& shape) {
    const SpanClasses spans = spanClassesOf(shape.classes);
    const int spanTags = static_cast<int>(spans.names.size());
    m_spanOfClass = torch::tensor(spans.ofClass);
    m_conversion = torch::zeros({spanTags, shape.tags()});
    for (int s = 0; s < spanTags; ++s) m_conversion[s].copy_(torch::tensor(spans.share[static_cast<std::size_t>(s)]));
    m_block = owner.register_module("aux_block", nn::AttentionBlock(shape.encoder));
    m_emission = owner.register_module("aux_emission", nn::Dense(shape.encoder.hidden, spanTags));
    m_crf = owner.register_module("aux_crf", nn::Crf(spanTags));
    nn::initBert(*m_block);
    nn::initBert(*m_emission);
}

Tensor SpanTask::emissions(const TextBatch& batch, const Tensor& states, const Tensor& mask) {
    return m_emission(taggedOnly(batch, m_block->forward(states, states, mask).output, 1).contiguous());
}

Tensor SpanTask::loss(const TextBatch& batch, const Tensor& emissions) {
    const Tensor spans = m_spanOfClass.to(batch.tags.device()).index_select(0, batch.tags.flatten());
    return m_crf->negativeLogLikelihood(emissions, spans.view_as(batch.tags), batch.unitMask).mean();
}

Tensor SpanTask::sharedOut(const Tensor& emissions) const {
    return emissions.matmul(m_conversion.to(emissions.device()));
}

void addCrossModalOptions(std::vector<OptionSpec>& list) {
    list.push_back(integer(
        "t2i_layers", "model", 1, 1, 12, MNERVA_TEXT("options", "layers"),
        MNERVA_TEXT("options", "Layers, words read cells"),
        MNERVA_TEXT("options", "Layers through which words read the picture's cells; the last makes the heat map.")));
    list.push_back(integer("i2t_layers", "model", 1, 1, 12, MNERVA_TEXT("options", "layers"),
                           MNERVA_TEXT("options", "Layers, cells read words"),
                           MNERVA_TEXT("options", "Layers through which the picture's cells read the words.")));
    list.push_back(integer("t2t_layers", "model", 1, 1, 12, MNERVA_TEXT("options", "layers"),
                           MNERVA_TEXT("options", "Layers, words read seen words"),
                           MNERVA_TEXT("options", "Layers through which words read what the picture's cells read.")));
    list.push_back(
        real("aux_weight", "model", 0.5, 0, 100, "", MNERVA_TEXT("options", "Weight of the second loss"),
             MNERVA_TEXT("options",
                         "Weight of the second loss, that of tagging where names begin and go on by the text alone.")));
}

}  // namespace mnerva::models
