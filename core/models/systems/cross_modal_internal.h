#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/models/model/sequence_tagger_internal.h"
#include "core/models/model/system_info.h"

namespace mnerva::models {

/// CMT(Q; S) of models.md 3 in layers: each asks again, of the same source.
using CmtStack = std::vector<nn::AttentionBlock>;

/// The last layer's output [B, q, H]; `attention` gets what that layer looked at, [B, A, q, s].
torch::Tensor asked(CmtStack& stack, torch::Tensor queries, const torch::Tensor& source, const torch::Tensor& keyMask,
                    torch::Tensor* attention = nullptr);

/// Adds the attentions of these blocks, in the order in which they acted.
void addSteps(std::vector<AttentionStep>& steps, const std::vector<nn::AttentionTape::Entry>& entries,
              const std::vector<std::pair<const nn::AttentionBlockImpl*, AttentionStep::Kind>>& roles);

/// Systems outside X mode run over [CLS], the words and [SEP]: this cuts the two off again, along `axis`.
torch::Tensor taggedOnly(const TextBatch& batch, const torch::Tensor& states, int axis);

/// The last stage of the post picture, [B, 49, C4].
torch::Tensor lastStage(const GridRows& grid, const ModelShape& shape);

/// The second task of UMT and MGCMT (4.3 steps 2, 8, 9): span tags (first letters of the tags) by the text alone.
/// Its parameters are the owner's: `aux_block.*`, `aux_emission.*`, `aux_crf.*`.
class SpanTask {
public:
    SpanTask() = default;
    SpanTask(torch::nn::Module& owner, const ModelShape& shape);

    /// states [B, n, H] -> [B, units, span tags].
    torch::Tensor emissions(const TextBatch& batch, const torch::Tensor& states, const torch::Tensor& mask);
    /// Mean over posts of the NLL of the span tags that follow from batch.tags.
    torch::Tensor loss(const TextBatch& batch, const torch::Tensor& emissions);
    /// Span emissions shared out to the classes of their letter: [B, units, C].
    torch::Tensor sharedOut(const torch::Tensor& emissions) const;

private:
    torch::Tensor m_spanOfClass;  ///< int64 [C]
    torch::Tensor m_conversion;   ///< M of step 8: [span classes, C]
    nn::AttentionBlock m_block{nullptr};
    nn::Dense m_emission{nullptr};
    nn::Crf m_crf{nullptr};
};

/// t2i_layers, i2t_layers, t2t_layers, aux_weight.
void addCrossModalOptions(std::vector<OptionSpec>& list);

}  // namespace mnerva::models
