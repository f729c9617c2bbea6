#pragma once

#include "core/models/systems/cross_modal_internal.h"

namespace mnerva::models {

/// UMT (models.md 4.3): words read picture cells and cells read words; a second head tags span boundaries by the text
/// alone and its emissions are shared out to the classes. The step numbers in the body are those of that section.
/// n below counts what follows the encoder: positions in X mode, otherwise [CLS], the words, [SEP].
class Umt : public SequenceTagger {
public:
    explicit Umt(const ModelShape& shape);

    /// Fills emissions, auxiliary and, to explain, one entry of textToImage [B, A, units, 49].
    Forward forward(const Batch& batch, bool explain) override;
    std::vector<std::string> explains() const override { return {"attention", "visual-gate", "marginals"}; }
    /// Mean NLL of the tags plus `aux_weight` times that of the span tags.
    torch::Tensor loss(const Batch& batch) override;
    std::vector<AttentionStep> attentionSteps(const Batch& batch,
                                              const std::vector<nn::AttentionTape::Entry>& entries) override;

private:
    nn::AttentionBlock makeBlock(const std::string& name);
    CmtStack makeStack(const std::string& name);
    nn::Dense makeDense(const std::string& name, int in, int out);

    double m_auxiliaryWeight, m_auxiliaryShare;
    SpanTask m_spans;
    nn::AttentionBlock m_mainBlock{nullptr};
    nn::Dense m_gridForWords{nullptr}, m_gridAsQueries{nullptr};  ///< C4 -> H, G1 and G2
    CmtStack m_wordsToCells, m_cellsToWords, m_wordsToSeenWords;  ///< t2i, i2t, t2t
    nn::Dense m_visualGate{nullptr};
};

}  // namespace mnerva::models
