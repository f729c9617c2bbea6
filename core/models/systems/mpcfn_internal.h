#pragma once

#include "core/models/model/sequence_tagger_internal.h"
#include "core/nn/encoders/bert.h"

namespace mnerva::models {

/// Options of MPCFN, `paper` variant, resolved against an encoder (models.md 5.3, 5.5).
struct MpcfnOptions {
    bool textOnly = false, correlationGate = true, crossFusion = true, useGlobal = true;
    bool separateGateEncoder = false, fusionFromEncoder = true, bertInit = false;
    bool cellsBehindPost = true;  ///< not behind the padding of the batch
    int fusionLayers = 0, gateLayers = 0;
    double wordDropout = 0;

    /// Errors: OptionInvalid when a layer count exceeds the encoder's.
    static MpcfnOptions from(const nlohmann::json& options, const nn::BertConfig& encoder,
                             const PictureLayout& pictures);
};

/// Models.md 5.3; the step numbers in the body are those of that section.
class Mpcfn : public SequenceTagger {
public:
    explicit Mpcfn(const ModelShape& shape);

    Forward forward(const Batch& batch, bool explain) override;
    std::string groupOf(const std::string& parameter) const override;
    std::vector<std::string> explains() const override;
    std::vector<AttentionStep> attentionSteps(const Batch& batch,
                                              const std::vector<nn::AttentionTape::Entry>& entries) override;
    /// Fusion layers and the gate's own encoder start from the encoder.
    void startFromEncoder() override;

private:
    struct Pictures;
    Pictures project(const Batch& batch);
    void applyCorrelationGate(const Batch& batch, Pictures& pictures);
    torch::Tensor relevanceOf(const torch::Tensor& words, const torch::Tensor& mask, const torch::Tensor& wordTypes,
                              const torch::Tensor& rows);
    torch::Tensor fuseLevels(const Batch& batch, const Pictures& pictures, int layer, torch::Tensor* gates);
    void crossFuse(const Batch& batch, const Pictures& pictures, const Units& text, bool explain, Forward& out);
    void meanFuse(const Batch& batch, const Pictures& pictures, const torch::Tensor& words, Forward& out);

    MpcfnOptions m_options;
    nn::Bert m_gateBert{nullptr};
    std::vector<nn::Dense> m_projections;  ///< Conv1x1_i: C_i -> H
    nn::Norm m_levelNorm{nullptr};
    nn::Dense m_relevance{nullptr};       ///< W_r
    torch::Tensor m_pictureType;          ///< for encoders with one token type
    torch::Tensor m_pictureOrder;         ///< [pictures - 1, H], of the second and later pictures
    std::vector<nn::Dense> m_levelGates;  ///< W_l of the fusion layers
    std::vector<nn::AttentionBlock> m_textStream, m_visionStream;
    nn::Dense m_meanGate{nullptr};
};

}  // namespace mnerva::models
