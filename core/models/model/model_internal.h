#pragma once

#include <torch/torch.h>

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/entity.h"
#include "core/domain/prediction.h"
#include "core/models/batch/batch_internal.h"
#include "core/models/pictures/post_pictures_internal.h"
#include "core/nn/blocks/attention_block.h"
#include "core/nn/config/bart_config.h"
#include "core/nn/config/bert_config.h"
#include "core/nn/encoders/trained_resnet.h"

namespace mnerva::models {

/// Everything that decides a model's shape; enough to build it again before its weights are read.
struct ModelShape {
    std::string system = "mpcfn", variant = "paper";
    nn::BertConfig encoder;              ///< with a BART: the sizes of its encoder
    std::optional<nn::BartConfig> bart;  ///< the backbone is a BART
    PictureLayout pictures;
    nn::ResNetKind resnet{};           ///< with pictures.pixels: the kind of the ResNet that learns
    std::vector<std::string> classes;  ///< what a unit can be tagged with; in X mode the special tags too
    int wordVectorSize = 0;            ///< W of TextBatch::wordVectors; 0: none
    int augmentationWidth = 0;         ///< D of TextBatch::augmentation; 0: none
    nlohmann::json options;

    int tags() const { return static_cast<int>(classes.size()); }
};

/// What explains an answer, when asked for. Undefined or empty where the system has none.
/// n counts the batch's units (words, or positions in X mode).
struct Explanation {
    torch::Tensor relevance;                 ///< [B, 1 + K]
    std::vector<torch::Tensor> levelGates;   ///< per fusion layer [B, 4], of the post picture
    torch::Tensor visualGate;                ///< [B, n], 0..1: how far the picture is let into each unit
    std::vector<torch::Tensor> textToImage;  ///< per fusion layer [B, A, n, columns]: 49 cells, then M rows a crop
    std::vector<torch::Tensor> imageToText;  ///< per fusion layer [B, A, columns, n + 2] (X mode: n)
};

/// What is asked of a batch, and how its units and classes are to be read. Borrows what it points at.
struct Question {
    const std::vector<const EncodedPost*>& posts;  ///< those of the batch
    const std::vector<std::string>& classes;
    UnitMode mode = UnitMode::Sum;
    bool explain = false, confidence = false, marginals = false;
    const std::vector<std::vector<Entity>>* targets = nullptr;  ///< of each post: whose y is asked for
};

/// A target of one post, worked out so that it can be asked about in other batches of that post (explanation.md 1).
struct TargetPlan {
    virtual ~TargetPlan() = default;
};

/// One attention of a forward pass, in the order in which they act, for rollout and relevancy. T counts what the text
/// axis has: [CLS], the words, [SEP], or positions in X mode; N sub-tokens, S columns of the picture (as textToImage).
struct AttentionStep {
    enum class Kind {
        Pieces,       ///< sub-tokens on sub-tokens [B, A, N, N], before they become words
        Text,         ///< text on text [B, A, T, T]
        Image,        ///< picture on picture [B, A, S, S]
        TextOnImage,  ///< text reads picture [B, A, T or words, S]
        ImageOnText,  ///< picture reads text [B, A, S, T]
        Joint,        ///< both as one sequence [B, A, N + S, N + S]
    };
    Kind kind{};
    torch::Tensor weights;  ///< as the block made them
    torch::Tensor order;    ///< Joint: int64 [N + S], where each row of words, then picture, stands; undefined: as is
    bool isBesideLast = false;  ///< reads what the step before it read, not what that made
};

/// y of a target that a system cannot say: the log of the least probability that counts.
constexpr double kNeverSaid = -1e3;

/// A batch's answer, one entry a post.
struct Answers {
    std::vector<std::vector<int>> classes;           ///< of every word
    std::vector<std::vector<Entity>> entities;       ///< with confidence when asked for
    std::vector<std::vector<Grounding>> groundings;  ///< of each entity; empty: the system grounds nothing
    torch::Tensor marginals;                         ///< [B, n, C], when asked for and known
    std::vector<std::vector<double>> targets;        ///< y of each target asked about
    Explanation explanation;
};

/// What every system is: it says what it finds in a batch and what its loss is. All do arithmetic only. Pictures come
/// as rows; where these are from is no system's business: whoever has a batch calls withRows() before it asks the model
/// anything. A system that tags units derives from SequenceTagger.
class NerModel : public torch::nn::Module {
public:
    /// The batch with rows in place of pixels, made by the model's own ResNet, with gradients; any other as it is.
    Batch withRows(const Batch& batch);
    /// Gives the model a ResNet that learns, as the submodule "resnet"; its values are of no meaning yet.
    void ownResNet(const ModelShape& shape);
    /// Undefined unless ownResNet() was called.
    nn::TrainedResNet resnet() const { return m_resnet; }

    /// What the model finds in a batch.
    virtual Answers answer(const Batch& batch, const Question& question) = 0;
    /// Of one batch, before flooding.
    virtual torch::Tensor loss(const Batch& batch) = 0;
    /// loss() as what it is a sum of: each a mean over as many things of the batch (posts, units, tokens) as
    /// lossCounts() says. A batch that does not fit into memory is computed in parts by them, and has the same loss:
    /// of each summand the sum over the parts of value * count of the part / count of the batch (LossShares).
    virtual std::vector<torch::Tensor> lossParts(const Batch& batch) { return {loss(batch)}; }
    /// Of each of lossParts(), known without a forward pass; 0 in every batch: no mean, but a sum.
    virtual std::vector<double> lossCounts(const Batch& batch) { return {static_cast<double>(batch.posts())}; }
    /// Name of the optimiser group of a parameter: "text", "vision", "crf" (emission, CRF and other heads), or "" for
    /// one that is not trained (models.md 5.3, last paragraph).
    virtual std::string groupOf(const std::string& parameter) const = 0;
    virtual std::vector<std::string> explains() const = 0;
    /// What starts with the values of the run's encoder folder, under their names: a Bert; a Bart where the run's is
    /// one.
    virtual torch::nn::Module& encoder() = 0;

    /// Works out a target in a batch of one post; null where the system cannot say it: a type that it does not know, a
    /// word that it does not read.
    virtual std::unique_ptr<TargetPlan> planTarget(const Batch& batch, const Question& question,
                                                   const Entity& target) = 0;
    /// y of the target in a batch whose posts are all the planned one (with other pictures, or other words in the
    /// places of its words): float64 [B] on the CPU, with gradients.
    virtual torch::Tensor logProbability(const Batch& batch, const TargetPlan& plan) = 0;
    /// y after each fusion layer, out of one pass: float64 [B, layers] on the CPU; the last column is
    /// logProbability(). A system that fuses in one layer, or otherwise than in layers, has one column.
    virtual torch::Tensor logProbabilityByLayer(const Batch& batch, const TargetPlan& plan) {
        return logProbability(batch, plan).unsqueeze(1);
    }
    /// What y is, as Target::form says it.
    virtual std::string targetForm() = 0;
    /// The attentions that carry the picture's cells to the words, out of those of a forward pass of this batch; empty
    /// where the system has none that tell cells apart.
    virtual std::vector<AttentionStep> attentionSteps(const Batch&, const std::vector<nn::AttentionTape::Entry>&) {
        return {};
    }

    /// Copies the encoder's values to where they start other parts.
    virtual void startFromEncoder() {}
    /// Gives what stands for a phrase ("person") the mean of its pieces' vectors; `piecesOf` tokenises words.
    virtual void startFromPhrases(const std::function<std::vector<std::int64_t>(const std::string& words)>&) {}
    /// For a model that changes pictures before they become prompts; called before the first batch of a run.
    virtual void usePromptReader(PromptReader) {}

private:
    nn::TrainedResNet m_resnet{nullptr};
    PictureLayout m_layout;
};

}  // namespace mnerva::models
