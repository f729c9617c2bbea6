#pragma once

#include "core/models/model/model_internal.h"
#include "core/models/systems/gmner_sequence_internal.h"
#include "core/nn/encoders/bart.h"
#include "core/nn/encoders/bert.h"

namespace mnerva::models {

/// H-Index (models.md 4.7): a decoder writes the post's entities as a sequence of word positions, a flag that says
/// whether the picture shows them (grounded runs), and a type; a second pointer says which region shows them.
/// N counts sub-tokens, R regions, d is the encoder's width, S = shift + N the index space.
class Gmner : public NerModel {
public:
    explicit Gmner(const ModelShape& shape);

    Answers answer(const Batch& batch, const Question& question) override;
    /// CE of the gold tokens (mean over tokens), and in grounded runs `region_weight` times the loss of the regions.
    torch::Tensor loss(const Batch& batch) override;
    /// These two: tokens, and in grounded runs regions.
    std::vector<torch::Tensor> lossParts(const Batch& batch) override;
    std::vector<double> lossCounts(const Batch& batch) override;
    std::string groupOf(const std::string& parameter) const override;
    std::vector<std::string> explains() const override;
    torch::nn::Module& encoder() override;
    void startFromPhrases(const std::function<std::vector<std::int64_t>(const std::string& words)>& piecesOf) override;

    std::unique_ptr<TargetPlan> planTarget(const Batch& batch, const Question& question, const Entity& target) override;
    torch::Tensor logProbability(const Batch& batch, const TargetPlan& plan) override;
    std::string targetForm() override { return "answer"; }

    const IndexSpace& space() const { return m_space; }

    /// What the decoder says when it is told the gold tokens.
    struct Taught {
        torch::Tensor tokens;        ///< int64 [B, T], begin first; behind the end kPadding
        torch::Tensor scores;        ///< [B, T - 1, S]: of the token that comes next
        torch::Tensor regionScores;  ///< [B, T - 1, R]; undefined without regions
        torch::Tensor labels;        ///< float [B, T - 1, R]: q where a flag is read whose entity is covered, else 0
    };
    static constexpr std::int64_t kPadding = -1;
    Taught teach(const Batch& batch);

    /// What the model writes by itself, greedily.
    struct Written {
        std::vector<std::int64_t> tokens;   ///< begin first
        std::vector<double> probabilities;  ///< of each token; 1 for begin
        std::vector<int> regionAt;  ///< per token: best region where it is a flag, else -1; with score_missing_regions
                                    ///< maybe one that the post does not have
        std::vector<std::vector<float>> weights;  ///< per token: of flags when explained: regions, "no region"; sum 1
    };
    std::vector<Written> write(const Batch& batch, bool explain);

private:
    /// A batch, encoded: what the decoder reads and points at.
    struct Source {
        torch::Tensor memory, memoryMask;        ///< [B, R + N, d], [B, R + N]
        torch::Tensor vocabulary;                ///< [B, S, d]: vector of every token as input
        torch::Tensor named;                     ///< [shift - 1, d]: end, flags, types, to score against
        torch::Tensor pointerKeys, pointerMask;  ///< [B, N, d], [B, N]
        torch::Tensor regionKeys, regionMask;    ///< [B, R, d], [B, R]; undefined without regions
        torch::Tensor scoredMask;                ///< [B, R]: which regions are scored
    };
    Source encode(const Batch& batch);
    torch::Tensor wordVectors(const torch::Tensor& ids);
    torch::Tensor projected(const RegionRows& regions, torch::Tensor& mask);
    torch::Tensor scoresOf(const Source& source, const torch::Tensor& hidden);        ///< [B, T, d] -> [B, T, S]
    torch::Tensor regionScoresOf(const Source& source, const torch::Tensor& hidden);  ///< [B, T, d] -> [B, T, R]
    torch::Tensor inputOf(const Source& source, const torch::Tensor& tokens);         ///< [B, T] -> [B, T, d]
    torch::Tensor dropped(const torch::Tensor& x);
    std::vector<Triple> goldTriples(const Batch& batch, std::int64_t post, std::vector<const GoldEntity*>& of);
    /// What the decoder is to write of each post.
    struct Gold {
        std::vector<std::vector<std::int64_t>> sequences;
        std::vector<std::vector<Triple>> triples;
        std::vector<std::vector<const GoldEntity*>> entities;  ///< of each triple
    };
    Gold goldOf(const Batch& batch);

    ModelShape m_shape;
    IndexSpace m_space;
    double m_dropout, m_regionWeight;
    bool m_normalize, m_regionNorm, m_compatMask, m_bce, m_scoresMissing;
    nn::Bert m_bert{nullptr};  ///< one of the two
    nn::Bart m_bart{nullptr};
    nn::BartDecoder m_decoder{nullptr};
    nn::Dense m_regionProjection{nullptr};                  ///< C4 -> d
    nn::Dense m_pointerIn{nullptr}, m_pointerOut{nullptr};  ///< MLP of the pointers
    torch::Tensor m_tagVectors;                             ///< [shift - 2, d]: flags, types
};

}  // namespace mnerva::models
