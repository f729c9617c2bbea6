#pragma once

#include "core/models/model/sequence_tagger_internal.h"
#include "core/models/systems/prompts_internal.h"

namespace mnerva::models {

/// Options of MPCFN, `reference-code` variant, as they act together (models.md 5.4, 5.5).
struct MpcfnReferenceOptions {
    bool textOnly = false, correlationGate = true, crossFusion = true;
    bool useGlobal = true, useObjects = true;
    bool globalPrefix = false;  ///< use_16_prefix: the gated picture's rows stand before those of the crops

    /// Errors: OptionInvalid when the 16-row prefix is asked for without a post picture to make it of.
    static MpcfnReferenceOptions from(const nlohmann::json& options, const PictureLayout& pictures);
};

/// MPCFN as its public code computes it (models.md 5.4; step numbers in the body are those of that section): the text
/// is read twice, the second time behind crops as prompts; the picture's cells are read behind the text's own states;
/// and the correlation gate, which nothing trains, changes no tag unless `use_16_prefix` is on.
class MpcfnReference : public SequenceTagger {
public:
    explicit MpcfnReference(const ModelShape& shape);

    Forward forward(const Batch& batch, bool explain) override;
    std::string groupOf(const std::string& parameter) const override;
    std::vector<std::string> explains() const override;
    /// The gate's encoder is a second copy of the text encoder.
    void startFromEncoder() override;
    void usePromptReader(PromptReader reader) override { m_promptReader = std::move(reader); }
    /// What is never trained has no dropout either: a post's relevance is one number, whenever it is asked for.
    void train(bool on = true) override;

private:
    torch::Tensor cellsOf(const GridRows& grid);
    torch::Tensor relevanceOf(const TextBatch& text, const torch::Tensor& cells);
    std::vector<nn::PrefixKeyValues> imagePrefixes(const Batch& batch, const torch::Tensor& relevance,
                                                   std::vector<torch::Tensor>* gates);
    nn::BlockOutput read(const torch::Tensor& embedded, const torch::Tensor& mask,
                         const std::vector<nn::PrefixKeyValues>& prefixes, bool wantAttention);
    torch::Tensor readCells(const torch::Tensor& cells, const torch::Tensor& states, torch::Tensor* attention);
    torch::Tensor regionsOf(const torch::Tensor& attention) const;
    torch::Tensor positionsOf(const torch::Tensor& attention, std::int64_t positions) const;
    int prefixPictures() const;

    MpcfnReferenceOptions m_options;
    PromptReader m_promptReader;
    nn::Bert m_gateBert{nullptr};
    nn::Dense m_projection{nullptr};  ///< C4 -> H, not trained
    torch::Tensor m_pictureType;      ///< for encoders with one token type
    PromptMaker m_prompts;
    nn::Dense m_relevance{nullptr};  ///< H -> 2, not trained
};

}  // namespace mnerva::models
