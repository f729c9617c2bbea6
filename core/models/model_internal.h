#pragma once

#include <torch/torch.h>

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/entity.h"
#include "core/models/batch_internal.h"
#include "core/models/predictor.h"
#include "core/nn/bart.h"
#include "core/nn/bert.h"
#include "core/nn/crf.h"
#include "core/nn/trained_resnet.h"

namespace mnerva::models {

/// Everything that decides a model's shape; enough to build it again before its weights are read.
struct ModelShape {
    std::string system = "mpcfn", variant = "paper";
    nn::BertConfig encoder;              ///< with a BART: the sizes of its encoder
    std::optional<nn::BartConfig> bart;  ///< the backbone is a BART
    PictureLayout pictures;
    nn::ResNetKind resnet{};           ///< with pictures.pixels: the kind of the ResNet that learns
    std::vector<std::string> classes;  ///< what a unit can be tagged with; in X mode the special tags too
    int wordVectorSize = 0;            ///< W of Batch::wordVectors; 0: none
    int augmentationWidth = 0;         ///< D of Batch::augmentation; 0: none
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
    torch::Tensor visualGate;                ///< [B, n], 0..1: how far the picture is let into each unit
    std::vector<torch::Tensor> textToImage;  ///< per fusion layer [B, A, n, columns]: 49 cells, then M rows a crop
    std::vector<torch::Tensor> imageToText;  ///< per fusion layer [B, A, columns, n + 2] (X mode: n)
};

/// Frozen: pictures [B, 3, 224, 224], normalised -> prompt rows [B, 4, Cp] (models.md 4.6 step 1), without gradient.
using PromptReader = std::function<torch::Tensor(const torch::Tensor& pixels)>;

/// What is asked of a batch, and how its units and classes are to be read. Borrows what it points at.
struct Question {
    const std::vector<const EncodedPost*>& posts;  ///< those of the batch
    const std::vector<std::string>& classes;
    UnitMode mode = UnitMode::Sum;
    bool explain = false, confidence = false, marginals = false;
};

/// A batch's answer, one entry a post.
struct Answers {
    std::vector<std::vector<int>> classes;           ///< of every word
    std::vector<std::vector<Entity>> entities;       ///< with confidence when asked for
    std::vector<std::vector<Grounding>> groundings;  ///< of each entity; empty: the system grounds nothing
    torch::Tensor marginals;                         ///< [B, n, C], when asked for and known
    Forward forward;                                 ///< what explains
};

/// The common face of the systems. A system that tags units gives emissions and a decoder, and the rest follows; any
/// other says itself what it finds and what its loss is (answer(), loss()). All do arithmetic only. Pictures come as
/// rows; where these are from is no system's business: whoever has a batch calls withRows() before it asks the model
/// anything.
class NerModel : public torch::nn::Module {
public:
    /// The batch with rows in place of pixels, made by the model's own ResNet, with gradients; any other as it is.
    Batch withRows(const Batch& batch);
    /// Gives the model a ResNet that learns, as the submodule "resnet"; its values are of no meaning yet.
    void ownResNet(const ModelShape& shape);
    /// Undefined unless ownResNet() was called.
    nn::TrainedResNet resnet() const { return m_resnet; }

    /// Only of systems that tag units; a bug otherwise.
    virtual Forward forward(const Batch& batch, bool explain);
    /// What the model finds in a batch. By default: the decoder's best tags, the entities they spell, and as their
    /// confidence the probability of exactly these tags, not continued.
    virtual Answers answer(const Batch& batch, const Question& question);
    /// Name of the optimiser group of a parameter: "text", "vision", "crf" (emission, CRF and other heads), or "" for
    /// one that is not trained (models.md 5.3, last paragraph).
    virtual std::string groupOf(const std::string& parameter) const = 0;
    virtual std::vector<std::string> explains() const = 0;
    /// Turns emissions into loss, tags and probabilities. Only of systems that tag units; a bug otherwise.
    virtual nn::TagDecoder& decoder();
    /// The text encoder, for its start values; empty for a system on a BART.
    virtual nn::Bert bert() = 0;
    /// The BART, for its start values, of a system that stands on one.
    virtual nn::Bart bart() { return nullptr; }
    /// Copies the encoder's values to where they start other parts.
    virtual void startFromEncoder() {}
    /// For a model that changes pictures before they become prompts; called before the first forward() of a run.
    virtual void usePromptReader(PromptReader) {}
    /// loss() of a batch plus `weight` x KL(tag marginals with the auxiliary texts || without them), summed over the
    /// units of posts that have such texts and divided by the posts of the batch, as a sequence NLL is (models.md 9.2,
    /// "two views"). Gradients go through both sides. Just loss() where weight is 0 or no post has such a text.
    torch::Tensor twoViewLoss(const Batch& batch, const TextLayout& layout, double weight);
    /// Gives what stands for a phrase ("person") the mean of its pieces' vectors; `piecesOf` tokenises words.
    virtual void startFromPhrases(const std::function<std::vector<std::int64_t>(const std::string& words)>&) {}
    /// Of one batch, before flooding. Unless a system says otherwise: mean over the posts of the sequence NLL.
    virtual torch::Tensor loss(const Batch& batch);
    /// Cross-entropy of "the picture adds to the text": labels int64 [B], 0 or 1; every post has a picture. Only of
    /// systems with the option "relation_file"; mean over the posts.
    virtual torch::Tensor relationLoss(const Batch& batch, const torch::Tensor& labels);

private:
    nn::TrainedResNet m_resnet{nullptr};
    PictureLayout m_layout;
};

/// Blanks out whole units with this probability, in training only: [B, n, H] (word dropout of models.md 9.1).
torch::Tensor wordsDropped(const torch::Tensor& units, double rate, bool training);

/// Longest post in sub-tokens, specials included, that the model takes.
int longestSequence(const ModelShape& shape);

/// A model with start values from torch's global generator. Errors: OptionInvalid (options that do not fit together).
std::shared_ptr<NerModel> makeModel(const ModelShape& shape);

}  // namespace mnerva::models
