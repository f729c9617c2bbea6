#pragma once

#include <torch/torch.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/models/batch_internal.h"
#include "core/nn/bert.h"
#include "core/nn/crf.h"

namespace mnerva::models {

/// Everything that decides a model's shape; enough to build it again before its weights are read.
struct ModelShape {
    std::string system = "mpcfn", variant = "paper";
    nn::BertConfig encoder;
    PictureLayout pictures;
    int tags = 0;
    nlohmann::json options;
};

/// Emissions and, when asked for, what explains them. Undefined or empty where the system has none.
struct Forward {
    torch::Tensor emissions;                 ///< [B, n, C]
    torch::Tensor relevance;                 ///< [B, 1 + K]
    std::vector<torch::Tensor> levelGates;   ///< per fusion layer [B, 4], of the post picture
    std::vector<torch::Tensor> textToImage;  ///< per fusion layer [B, A, n, 49 + M*K]
    std::vector<torch::Tensor> imageToText;  ///< per fusion layer [B, A, 49 + M*K, n + 2]
};

/// The common face of the systems. forward() does arithmetic only.
class NerModel : public torch::nn::Module {
public:
    virtual Forward forward(const Batch& batch, bool explain) = 0;
    /// Name of the optimiser group of a parameter: "text", "vision" or "crf" (models.md 5.3, last paragraph).
    virtual std::string groupOf(const std::string& parameter) const = 0;
    virtual std::vector<std::string> explains() const = 0;
    virtual nn::Crf crf() = 0;
    /// The text encoder, for its start values.
    virtual nn::Bert bert() = 0;
    /// Copies the encoder's values to where they start other parts.
    virtual void startFromEncoder() = 0;
    /// Mean over the posts of the sequence NLL, before flooding.
    torch::Tensor loss(const Batch& batch);
};

/// Longest post in sub-tokens, specials included, that the model takes.
int longestSequence(const ModelShape& shape);
SubtokenMode subtokenModeOf(const nlohmann::json& options);
/// The picture rows that a run with these options uses, for a ResNet of these widths.
PictureLayout pictureLayoutOf(const nlohmann::json& options, const std::array<int, 4>& widths);

/// A model with start values from torch's global generator. Errors: OptionInvalid (options that do not fit together).
std::shared_ptr<NerModel> makeModel(const ModelShape& shape);

}  // namespace mnerva::models
