#pragma once

#include "core/models/systems/cross_modal_internal.h"

namespace mnerva::models {

/// UMT (models.md 4.3): words read picture cells and cells read words; a second head tags span boundaries by the text
/// alone and its emissions are shared out to the classes. The step numbers in the body are those of that section.
/// n below counts what follows the encoder: positions in X mode, otherwise [CLS], the words, [SEP].
class Umt : public NerModel {
public:
    explicit Umt(const ModelShape& shape);

    /// Fills emissions, auxiliary and, to explain, one entry of textToImage [B, A, units, 49].
    Forward forward(const Batch& batch, bool explain) override;
    std::string groupOf(const std::string& parameter) const override { return usualGroupOf(parameter); }
    std::vector<std::string> explains() const override { return {"attention", "visual-gate", "marginals"}; }
    nn::TagDecoder& decoder() override { return *m_crf; }
    nn::Bert bert() override { return m_bert; }
    /// Mean NLL of the tags plus `aux_weight` times that of the span tags.
    torch::Tensor loss(const Batch& batch) override;

private:
    nn::AttentionBlock makeBlock(const std::string& name);
    CmtStack makeStack(const std::string& name);
    nn::Dense makeDense(const std::string& name, int in, int out);

    ModelShape m_shape;
    double m_auxiliaryWeight, m_auxiliaryShare;
    nn::Bert m_bert{nullptr};
    SpanTask m_spans;
    nn::AttentionBlock m_mainBlock{nullptr};
    nn::Dense m_gridForWords{nullptr}, m_gridAsQueries{nullptr};  ///< C4 -> H, G1 and G2
    CmtStack m_wordsToCells, m_cellsToWords, m_wordsToSeenWords;  ///< t2i, i2t, t2t
    nn::Dense m_visualGate{nullptr}, m_emission{nullptr};
    nn::Crf m_crf{nullptr};
};

}  // namespace mnerva::models
