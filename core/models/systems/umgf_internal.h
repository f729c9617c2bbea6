#pragma once

#include <vector>

#include "core/models/model/sequence_tagger_internal.h"

namespace mnerva::models {

/// One layer of UMGF's graph (models.md 4.5 step 3): words and picture units each look among themselves, then at each
/// other through a gate a pair.
class UmgfLayerImpl : public torch::nn::Module {
public:
    UmgfLayerImpl(std::int64_t width, std::int64_t heads, double dropout);

    struct Nodes {
        torch::Tensor words, units;        ///< [B, n, d], [B, K, d]
        torch::Tensor wordMask, unitMask;  ///< bool [B, n], [B, K]
    };
    /// `gates` [B, n, K]: how far each word opens to each unit, the mean over channels of g_ij; zero where masked.
    Nodes forward(const Nodes& in, torch::Tensor* gates);

private:
    struct Attention {
        nn::Dense query{nullptr}, key{nullptr}, value{nullptr}, output{nullptr};
    };
    struct Side {
        nn::Norm attended{nullptr}, crossed{nullptr}, last{nullptr};
        nn::Dense gate{nullptr};  ///< [own ; other] -> d
        nn::Dense up{nullptr}, down{nullptr};
    };
    Side makeSide(const std::string& name);
    torch::Tensor amongThemselves(Attention& attention, const torch::Tensor& x, const torch::Tensor& mask);
    torch::Tensor dropped(const torch::Tensor& x) const;
    torch::Tensor finished(Side& side, const torch::Tensor& x, const torch::Tensor& message);

    std::int64_t m_width, m_heads;
    double m_dropout;
    Attention m_wordAttention, m_unitAttention;
    Side m_words, m_units;
};
TORCH_MODULE(UmgfLayer);

/// UMGF (models.md 4.5; step numbers in the body are those of that section): crops of the picture, and the whole
/// picture where there are too few, are the nodes of a graph with the words.
class Umgf : public SequenceTagger {
public:
    explicit Umgf(const ModelShape& shape);

    /// To explain, one entry of textToImage a layer, [B, 1, units, 49 + K]: gates as shares. What a word gives to the
    /// whole picture is spread over the 49 cells, what it gives to crop k stands at 49 + k.
    Forward forward(const Batch& batch, bool explain) override;
    std::vector<std::string> explains() const override { return {"attention", "marginals"}; }
    /// Sum over the posts of the sequence NLL, or their mean.
    torch::Tensor loss(const Batch& batch) override;
    std::vector<double> lossCounts(const Batch& batch) override;

private:
    torch::Tensor unitsOfPictures(const GridRows& grid, const CropRows& crops, torch::Tensor& mask);
    torch::Tensor sharesOf(const CropRows& crops, const torch::Tensor& gates) const;

    double m_dropout;
    bool m_sumsLoss, m_unitNorm;
    nn::Dense m_textIn{nullptr};
    nn::Dense m_unitLast{nullptr}, m_unitIn{nullptr}, m_unitOut{nullptr};  ///< C4 -> unit_width -> d -> d
    std::vector<UmgfLayer> m_layers;
};

}  // namespace mnerva::models
