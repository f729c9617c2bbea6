#pragma once

#include "core/models/model/sequence_tagger_internal.h"
#include "core/nn/blocks/bilstm.h"

namespace mnerva::models {

/// RpBERT (models.md 4.4): one BERT reads words and picture cells as one sequence, twice. The first pass says how much
/// the picture adds to the text; the cells of the second are weighed by that. The step numbers in the body are those of
/// that section.
class Rpbert : public SequenceTagger, public LearnsRelations {
public:
    explicit Rpbert(const ModelShape& shape);

    /// Fills emissions, relevance (the gate) and, to explain, one entry of textToImage [B, 1, n, 49].
    Forward forward(const Batch& batch, bool explain) override;
    std::string groupOf(const std::string& parameter) const override;
    std::vector<std::string> explains() const override;
    torch::Tensor relationLoss(const Batch& batch, const torch::Tensor& labels) override;
    std::vector<AttentionStep> attentionSteps(const Batch& batch,
                                              const std::vector<nn::AttentionTape::Entry>& entries) override;

private:
    enum class Gate { Soft, Hard, None };
    struct Joint;
    Joint join(const Batch& batch);
    torch::Tensor gated(const Joint& joint, const torch::Tensor& gate) const;
    torch::Tensor wordStates(const TextBatch& text, const Joint& joint, const torch::Tensor& gate, torch::Tensor* map);
    torch::Tensor relationLogits(const Joint& joint);
    torch::Tensor gateOf(const torch::Tensor& relevance) const;
    torch::Tensor mapOf(const TextBatch& text, const Joint& joint, const torch::Tensor& attention) const;

    Gate m_gate = Gate::None;
    bool m_cellsBehindPost;  ///< each post's cells follow its own last piece, not the longest post's
    double m_lstmDropout;
    nn::Dense m_projection{nullptr};  ///< C4 -> H
    torch::Tensor m_pictureType;      ///< [H], stands in for type 1 of encoders that have one type
    nn::Dense m_relevance{nullptr};   ///< H -> 2
    nn::BiLstm m_lstm{nullptr};
};

}  // namespace mnerva::models
