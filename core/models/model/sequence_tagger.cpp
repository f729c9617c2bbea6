#include "core/models/model/sequence_tagger_internal.h"

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

Tensor SequenceTagger::loss(const Batch& batch) {
    return nllOf(forward(batch, false).emissions, batch.text).mean();
}

Tensor SequenceTagger::twoViewLoss(const Batch& batch, const TextLayout& layout, double weight) {
    const Tensor plain = loss(batch);
    if (weight == 0 || !batch.text.types.defined()) return plain;
    const Batch bare = withoutAuxiliary(batch, layout);
    const Tensor with = decoder().logMarginals(forward(batch, false).emissions, batch.text.unitMask);
    const Tensor without = decoder().logMarginals(forward(bare, false).emissions, bare.text.unitMask);
    const std::int64_t units = bare.units();  // in X mode fewer: nothing behind the posts is tagged
    const Tensor seen = with.narrow(1, 0, units);
    const Tensor divergence = (seen.exp() * (seen - without)).sum(2);  // [B, units]
    const Tensor counted = bare.text.unitMask & batch.text.types.any(1, true);
    return plain + weight * divergence.masked_fill(~counted, 0).sum() / batch.posts();
}

Tensor wordsDropped(const Tensor& units, double rate, bool training) {
    if (!training || rate == 0) return units;
    return units * torch::empty({units.size(0), units.size(1), 1}, units.options()).bernoulli_(1 - rate);
}

}  // namespace mnerva::models
