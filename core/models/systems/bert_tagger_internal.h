#pragma once

#include "core/models/model/sequence_tagger_internal.h"

namespace mnerva::models {

/// Text only (models.md 4.1, 4.2): emissions = Linear(H -> C)(Dropout(BERT)), then a softmax or a CRF.
class BertTagger : public SequenceTagger {
public:
    BertTagger(const ModelShape& shape, bool withCrf);

    Forward forward(const Batch& batch, bool explain) override;
    nn::TagDecoder& decoder() override;
    /// CRF: mean over posts; softmax: mean over units.
    torch::Tensor loss(const Batch& batch) override;
    std::vector<double> lossCounts(const Batch& batch) override;

private:
    double m_dropout, m_wordDropout;
    nn::SoftmaxDecoder m_softmax;
};

}  // namespace mnerva::models
