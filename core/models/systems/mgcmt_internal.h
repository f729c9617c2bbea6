#pragma once

#include "core/models/systems/cross_modal_internal.h"

namespace mnerva::models {

/// MGCMT (models.md 4.8; step numbers in the body are those of that section): UMT whose words bring the vectors of
/// words like them, and that reads the labels of the objects besides the picture's cells.
/// n below counts what follows the encoder: positions in X mode, otherwise [CLS], the words, [SEP].
class Mgcmt : public SequenceTagger {
public:
    explicit Mgcmt(const ModelShape& shape);

    /// Fills emissions, auxiliary (with use_aux) and, to explain, one entry of textToImage [B, A, units, 49] (with
    /// use_global).
    Forward forward(const Batch& batch, bool explain) override;
    std::vector<std::string> explains() const override;
    /// Mean NLL of the tags plus `aux_weight` times that of the span tags.
    torch::Tensor loss(const Batch& batch) override;
    std::vector<AttentionStep> attentionSteps(const Batch& batch,
                                              const std::vector<nn::AttentionTape::Entry>& entries) override;

private:
    /// AttentionCode is the attention of the public code, Attention our own.
    enum class Fusion { Gates, Concat, Attention, AttentionCode };

    /// What the words read of one kind of things, and what the things read of them: the cells, or the labels.
    struct Side {
        bool used = false;
        nn::AttentionBlock forWords{nullptr}, asQueries{nullptr};  ///< self-attention of the things
        CmtStack wordsToThings, thingsToWords, wordsToSeenWords;
        nn::Dense gate{nullptr};
    };
    struct Read {
        torch::Tensor things, words;  ///< V and U of step 3, or Vo and Uo of step 4: [B, n, H]
        torch::Tensor attention;      ///< [B, A, n, things]
    };

    Side makeSide(const std::string& name, const std::string& things, const std::string& gate);
    nn::Dense makeFree(const std::string& name, int in, int out);
    Read readSide(Side& side, const torch::Tensor& words, const torch::Tensor& wordMask, const torch::Tensor& forWords,
                  const torch::Tensor& asQueries, const torch::Tensor& mask, bool explain);
    /// `carrier` is what an open gate lets through, `other` what a shut one does.
    torch::Tensor mixed(Side& side, const torch::Tensor& words, const torch::Tensor& carrier,
                        const torch::Tensor& other);
    torch::Tensor scored(const std::vector<Read>& image, const std::vector<Read>& objects);
    torch::Tensor fused(const torch::Tensor& words, const std::vector<Read>& image, const std::vector<Read>& objects);

    double m_auxiliaryWeight, m_fusionDropout;
    bool m_usesSpans;
    Fusion m_fusion;
    nn::Dense m_augmentation{nullptr};  ///< D -> H; null without augmentation
    SpanTask m_spans;
    nn::AttentionBlock m_mainBlock{nullptr};
    nn::Dense m_gridForWords{nullptr}, m_gridAsQueries{nullptr};
    torch::nn::Embedding m_objects{nullptr};
    Side m_image, m_labels;
    nn::Dense m_scoreIn{nullptr}, m_scoreOut{nullptr};  ///< H -> H -> 1, of AttentionCode
    nn::Dense m_fusionQuery{nullptr}, m_fuse{nullptr}, m_joint{nullptr};
};

}  // namespace mnerva::models
