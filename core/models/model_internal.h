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
    std::vector<std::string> classes;  ///< what a unit can be tagged with; in X mode the special tags too
    nlohmann::json options;

    int tags() const { return static_cast<int>(classes.size()); }
};

/// Emissions and, when asked for, what explains them. Undefined or empty where the system has none.
/// n counts the batch's units (words, or positions in X mode).
struct Forward {
    torch::Tensor emissions;                 ///< [B, n, C]
    torch::Tensor auxiliary;                 ///< [B, n, C'], emissions of a second tagging task
    torch::Tensor relevance;                 ///< [B, 1 + K]
    std::vector<torch::Tensor> levelGates;   ///< per fusion layer [B, 4], of the post picture
    std::vector<torch::Tensor> textToImage;  ///< per fusion layer [B, A, n, columns]: 49 cells, then M rows a crop
    std::vector<torch::Tensor> imageToText;  ///< per fusion layer [B, A, columns, n + 2] (X mode: n)
};

/// The common face of the systems. forward() does arithmetic only.
class NerModel : public torch::nn::Module {
public:
    virtual Forward forward(const Batch& batch, bool explain) = 0;
    /// Name of the optimiser group of a parameter: "text", "vision", "crf" (emission, CRF and other heads), or "" for
    /// one that is not trained (models.md 5.3, last paragraph).
    virtual std::string groupOf(const std::string& parameter) const = 0;
    virtual std::vector<std::string> explains() const = 0;
    /// Turns emissions into loss, tags and probabilities.
    virtual nn::TagDecoder& decoder() = 0;
    /// The text encoder, for its start values.
    virtual nn::Bert bert() = 0;
    /// Copies the encoder's values to where they start other parts.
    virtual void startFromEncoder() {}
    /// Of one batch, before flooding. Unless a system says otherwise: mean over the posts of the sequence NLL.
    virtual torch::Tensor loss(const Batch& batch);
};

/// Longest post in sub-tokens, specials included, that the model takes.
int longestSequence(const ModelShape& shape);

/// A model with start values from torch's global generator. Errors: OptionInvalid (options that do not fit together).
std::shared_ptr<NerModel> makeModel(const ModelShape& shape);

}  // namespace mnerva::models
