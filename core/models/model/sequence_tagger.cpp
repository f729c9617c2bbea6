#include "core/models/model/sequence_tagger_internal.h"

#include <algorithm>

#include "core/models/model/span_paths_internal.h"

namespace mnerva::models {

using torch::Tensor;

SequenceTagger::SequenceTagger(const ModelShape& shape) : m_shape(shape) {
    m_bert = register_module("bert", nn::Bert(shape.encoder));
    m_bert->initBert();
}

std::string SequenceTagger::groupOf(const std::string& parameter) const {
    const auto starts = [&](const char* prefix) { return parameter.rfind(prefix, 0) == 0; };
    if (starts("bert.")) return "text";
    return starts("emission.") || starts("crf.") || starts("aux_emission.") || starts("aux_crf.") ? "crf" : "vision";
}

Tensor SequenceTagger::statesOf(const TextBatch& text) {
    if (!text.isRepeated) return m_bert->forward(text.ids, text.types, text.mask);
    const auto first = [](const Tensor& x) { return x.defined() ? x.narrow(0, 0, 1) : x; };
    return m_bert->forward(first(text.ids), first(text.types), first(text.mask))
        .expand({text.posts(), -1, -1})
        .contiguous();
}

namespace {

struct SpanPlan : TargetPlan {
    nn::SpanPaths paths;
};

}  // namespace

std::unique_ptr<TargetPlan> SequenceTagger::planTarget(const Batch&, const Question& question, const Entity& target) {
    auto paths = spanPathsOf(*question.posts.at(0), target, question.classes, question.mode);
    if (!paths) return nullptr;
    auto plan = std::make_unique<SpanPlan>();
    plan->paths = std::move(*paths);
    return plan;
}

Tensor SequenceTagger::logProbability(const Batch& batch, const TargetPlan& plan) {
    const Tensor emissions = forward(batch, false).emissions;
    return decoder().spanLogProbability(emissions, batch.text.unitMask, dynamic_cast<const SpanPlan&>(plan).paths);
}

Tensor SequenceTagger::logProbabilityByLayer(const Batch& batch, const TargetPlan& plan) {
    const Forward all = forward(batch, true);
    std::vector<Tensor> columns;
    const auto add = [&](const Tensor& emissions) {
        columns.push_back(
            decoder().spanLogProbability(emissions, batch.text.unitMask, dynamic_cast<const SpanPlan&>(plan).paths));
    };
    for (const Tensor& earlier : all.earlierEmissions) add(earlier);
    add(all.emissions);
    return torch::stack(columns, 1);
}

std::vector<AttentionStep> SequenceTagger::encoderSteps(const Batch& batch,
                                                        const std::vector<nn::AttentionTape::Entry>& entries) const {
    const bool byPiece = !batch.text.pooling.defined();
    std::vector<AttentionStep> steps;
    for (int layer = 0; layer < m_shape.encoder.layers; ++layer) {
        const nn::AttentionBlockImpl* block = m_bert->block(layer).get();
        const auto found =
            std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.block == block; });
        if (found == entries.end()) continue;
        steps.push_back(
            {byPiece ? AttentionStep::Kind::Text : AttentionStep::Kind::Pieces, found->weights, Tensor(), false});
    }
    return steps;
}

Tensor SequenceTagger::loss(const Batch& batch) {
    return nllOf(forward(batch, false).emissions, batch.text).mean();
}

Tensor SequenceTagger::twoViewLoss(const Batch& batch, const TextLayout& layout, double weight) {
    Tensor sum;
    for (const Tensor& part : twoViewParts(batch, layout, weight)) sum = sum.defined() ? sum + part : part;
    return sum;
}

std::vector<Tensor> SequenceTagger::twoViewParts(const Batch& batch, const TextLayout& layout, double weight) {
    std::vector<Tensor> parts = lossParts(batch);
    if (weight == 0 || !batch.text.types.defined()) {
        parts.push_back(torch::zeros_like(parts.front()));
        return parts;
    }
    const Batch bare = withoutAuxiliary(batch, layout);
    const Tensor with = decoder().logMarginals(forward(batch, false).emissions, batch.text.unitMask);
    const Tensor without = decoder().logMarginals(forward(bare, false).emissions, bare.text.unitMask);
    const std::int64_t units = bare.units();  // in X mode fewer: nothing behind the posts is tagged
    const Tensor seen = with.narrow(1, 0, units);
    const Tensor divergence = (seen.exp() * (seen - without)).sum(2);  // [B, units]
    const Tensor counted = bare.text.unitMask & batch.text.types.any(1, true);
    parts.push_back(weight * divergence.masked_fill(~counted, 0).sum() / batch.posts());
    return parts;
}

std::vector<double> SequenceTagger::twoViewCounts(const Batch& batch) {
    std::vector<double> counts = lossCounts(batch);
    counts.push_back(static_cast<double>(batch.posts()));
    return counts;
}

Tensor wordsDropped(const Tensor& units, double rate, bool training) {
    if (!training || rate == 0) return units;
    return units * torch::empty({units.size(0), units.size(1), 1}, units.options()).bernoulli_(1 - rate);
}

}  // namespace mnerva::models
