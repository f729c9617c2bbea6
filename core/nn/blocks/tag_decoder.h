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
};

}  // namespace mnerva::nn
