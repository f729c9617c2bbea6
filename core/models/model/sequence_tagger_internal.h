#pragma once

#include <string>
#include <vector>

#include "core/models/model/model_internal.h"
#include "core/nn/blocks/crf.h"
#include "core/nn/encoders/bert.h"

namespace mnerva::models {

/// What a tagger computes of a batch: emissions, and what explains them.
struct Forward : Explanation {
    torch::Tensor emissions;  ///< [B, n, C]
    /// To explain: of each fusion layer but the last [B, n, C], what the same emission layer makes of it.
    std::vector<torch::Tensor> earlierEmissions;
    torch::Tensor auxiliary;  ///< [B, n, C'], emissions of a second tagging task
};

/// A system that tags units: a BERT reads the text, forward() makes emissions of what it read, and a decoder turns
/// these into loss, tags and probabilities. The rest follows.
class SequenceTagger : public NerModel {
public:
    /// Makes the encoder, with start values. What it leaves to the system: `m_emission` and `m_crf`.
    explicit SequenceTagger(const ModelShape& shape);

    virtual Forward forward(const Batch& batch, bool explain) = 0;
    /// The CRF, unless a system says otherwise.
    virtual nn::TagDecoder& decoder() { return *m_crf; }

    /// The decoder's best tags, the entities they spell, and as their confidence the probability of exactly these tags,
    /// not continued.
    Answers answer(const Batch& batch, const Question& question) final;
    /// Unless a system says otherwise: mean over the posts of the sequence NLL.
    torch::Tensor loss(const Batch& batch) override;
    /// loss() of a batch plus `weight` x KL(tag marginals with the auxiliary texts || without them), summed over the
    /// units of posts that have such texts and divided by the posts of the batch, as a sequence NLL is (models.md 9.2,
    /// "two views"). Gradients go through both sides. Just loss() where weight is 0 or no post has such a text.
    torch::Tensor twoViewLoss(const Batch& batch, const TextLayout& layout, double weight);
    /// These two as lossParts() and lossCounts() are of loss(); the divergence is the last.
    std::vector<torch::Tensor> twoViewParts(const Batch& batch, const TextLayout& layout, double weight);
    std::vector<double> twoViewCounts(const Batch& batch);

    /// "text" for the encoder, "crf" for what makes tags (of a second task too), "vision" for all the rest.
    std::string groupOf(const std::string& parameter) const override;
    std::vector<std::string> explains() const override { return {"marginals"}; }
    torch::nn::Module& encoder() override { return *m_bert; }

    std::unique_ptr<TargetPlan> planTarget(const Batch& batch, const Question& question, const Entity& target) final;
    torch::Tensor logProbability(const Batch& batch, const TargetPlan& plan) final;
    torch::Tensor logProbabilityByLayer(const Batch& batch, const TargetPlan& plan) final;
    std::string targetForm() final { return decoder().spanForm(); }

protected:
    /// What the encoder makes of the texts, auxiliary ones included: [B, N, H].
    torch::Tensor statesOf(const TextBatch& text);
    /// The encoder's blocks as steps of kind Pieces: of each the first attention that reads N sub-tokens.
    std::vector<AttentionStep> encoderSteps(const Batch& batch,
                                            const std::vector<nn::AttentionTape::Entry>& entries) const;
    /// Of each post, by the decoder: [B].
    torch::Tensor nllOf(const torch::Tensor& emissions, const TextBatch& text) {
        return decoder().negativeLogLikelihood(emissions, text.tags, text.unitMask);
    }

    const ModelShape m_shape;
    nn::Bert m_bert{nullptr};
    nn::Dense m_emission{nullptr};
    nn::Crf m_crf{nullptr};
};

/// A system that also learns how much pictures add to texts: the option "relation_file".
class LearnsRelations {
public:
    virtual ~LearnsRelations() = default;
    /// Cross-entropy of "the picture adds to the text": labels int64 [B], 0 or 1; every post has a picture. Mean over
    /// the posts.
    virtual torch::Tensor relationLoss(const Batch& batch, const torch::Tensor& labels) = 0;
};

/// Blanks out whole units with this probability, in training only: [B, n, H] (word dropout of models.md 9.1).
torch::Tensor wordsDropped(const torch::Tensor& units, double rate, bool training);

}  // namespace mnerva::models
