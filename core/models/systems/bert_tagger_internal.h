#pragma once

#include "core/models/model_internal.h"

namespace mnerva::models {

/// Text only (models.md 4.1, 4.2): emissions = Linear(H -> C)(Dropout(BERT)), then a softmax or a CRF.
class BertTagger : public NerModel {
public:
    BertTagger(const ModelShape& shape, bool withCrf);

    Forward forward(const Batch& batch, bool explain) override;
    std::string groupOf(const std::string& parameter) const override;
    std::vector<std::string> explains() const override { return {"marginals"}; }
    nn::TagDecoder& decoder() override;
    nn::Bert bert() override { return m_bert; }
    /// CRF: mean over posts; softmax: mean over units.
    torch::Tensor loss(const Batch& batch) override;

private:
    double m_dropout, m_wordDropout;
    nn::Bert m_bert{nullptr};
    nn::Dense m_emission{nullptr};
    nn::Crf m_crf{nullptr};
    nn::SoftmaxDecoder m_softmax;
};

}  // namespace mnerva::models
