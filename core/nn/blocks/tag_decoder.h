#pragma once

#include <torch/torch.h>

#include <vector>

namespace mnerva::nn {

/// A run of tags at consecutive used positions of one post: "positions first.. carry exactly these tags".
struct TagRun {
    int post = 0;   ///< row of the batch
    int first = 0;  ///< index among the post's used positions
    std::vector<int> tags;
};

/// What the tags of one chain must be for a span to be just there (explanation.md 1). Places count the used positions.
struct SpanPaths {
    /// A place that is read, and which tags it may carry after the place that was read before it; what stands between
    /// is free.
    struct Step {
        int place = 0;
        torch::Tensor allowed;  ///< bool [C, C] (tag at the step before, tag here); of the first step [C]
    };
    std::vector<Step> steps;  ///< by place, ascending; at least one
    struct Tag {
        int place = 0, tag = 0;
    };
    std::vector<Tag> tags;  ///< those that spell the span, for decoders that tell each place alone
};

/// How emissions become a loss, tags and probabilities. E is always [B, n, C], y int64 [B, n], mask bool [B, n] (true:
/// use) or undefined (use all); "used positions" are those whose mask is true, wherever they stand.
class TagDecoder {
public:
    virtual ~TagDecoder() = default;

    /// -log P(y | E) of each post: [B], a sum over its positions, with gradients. Errors: NumberNotFinite.
    virtual torch::Tensor negativeLogLikelihood(const torch::Tensor& E, const torch::Tensor& y,
                                                const torch::Tensor& mask) = 0;
    /// Most probable tags of each post: one per used position, in order. Ties go to the lower tag.
    virtual std::vector<std::vector<int>> bestTags(const torch::Tensor& E, const torch::Tensor& mask) = 0;
    /// P(tag at position): [B, n, C] float32 on the CPU, rows sum to 1, zero rows where the mask is false.
    virtual torch::Tensor marginals(const torch::Tensor& E, const torch::Tensor& mask) = 0;
    /// log P(tag at position): [B, n, C] float32 on E's device, with gradients; of no meaning where the mask is false.
    virtual torch::Tensor logMarginals(const torch::Tensor& E, const torch::Tensor& mask) = 0;
    /// Probability that the run's positions carry exactly its tags, whatever the others carry.
    virtual std::vector<double> runProbabilities(const torch::Tensor& E, const torch::Tensor& mask,
                                                 const std::vector<TagRun>& runs) = 0;
    /// y of explanation.md 1, with gradients: float64 [B] on the CPU. All rows have the mask of the first.
    virtual torch::Tensor spanLogProbability(const torch::Tensor& E, const torch::Tensor& mask,
                                             const SpanPaths& paths) = 0;
    /// What y is, as Target::form says it.
    virtual const char* spanForm() const = 0;
};

/// Each position on its own: softmax over its emissions (models.md 4.1). No parameters.
class SoftmaxDecoder : public TagDecoder {
public:
    torch::Tensor negativeLogLikelihood(const torch::Tensor& E, const torch::Tensor& y,
                                        const torch::Tensor& mask) override;
    std::vector<std::vector<int>> bestTags(const torch::Tensor& E, const torch::Tensor& mask) override;
    torch::Tensor marginals(const torch::Tensor& E, const torch::Tensor& mask) override;
    torch::Tensor logMarginals(const torch::Tensor& E, const torch::Tensor& mask) override;
    std::vector<double> runProbabilities(const torch::Tensor& E, const torch::Tensor& mask,
                                         const std::vector<TagRun>& runs) override;
    /// Sum of the log probabilities of `paths.tags`.
    torch::Tensor spanLogProbability(const torch::Tensor& E, const torch::Tensor& mask,
                                     const SpanPaths& paths) override;
    const char* spanForm() const override { return "tags"; }
};

/// The used positions of a chain, int64, and the emissions there in float64 on the CPU [B, m, C]: what
/// spanLogProbability() reads.
torch::Tensor usedEmissions(const torch::Tensor& E, const torch::Tensor& mask);

}  // namespace mnerva::nn
