#pragma once

#include <vector>

#include "core/models/model/sequence_tagger_internal.h"
#include "core/models/systems/prompts_internal.h"

namespace mnerva::models {

/// HVPNeT (models.md 4.6; step numbers in the body are those of that section): the post picture and its crops become
/// keys and values before those of the text in every encoder layer; then emissions and a CRF. With `text_only` it is
/// BERT-CRF.
class Hvpnet : public SequenceTagger {
public:
    explicit Hvpnet(const ModelShape& shape);

    Forward forward(const Batch& batch, bool explain) override;
    std::vector<std::string> explains() const override;

private:
    /// One prefix of 4(1+K) rows per encoder layer; `gates` [B, 4] per layer, of the post picture, where asked for.
    std::vector<nn::PrefixKeyValues> prefixesOf(const Batch& batch, std::vector<torch::Tensor>* gates);

    double m_dropout;
    PromptMaker m_prompts;  ///< unused in text-only mode
};

}  // namespace mnerva::models
