#pragma once

#include <torch/torch.h>

#include <vector>

#include "core/nn/blocks/tag_decoder.h"

namespace mnerva::nn {

/// Linear-chain CRF with the semantics and parameter names of pytorch-crf (models.md 3): start_transitions [C],
/// end_transitions [C], transitions [C, C] (from, to), all U(-0.1, 0.1). Everything in float32; tensors on another
/// device are computed on the CPU and sent back. Positions whose mask is false are left out of the chain wherever they
/// stand (so words without a sub-token need no compaction); a post without any used position has NLL 0 and an empty
/// path. E is always emissions [B, n, C], y int64 [B, n], mask bool [B, n] (true: use) or undefined (use all).
class CrfImpl : public torch::nn::Module, public TagDecoder {
public:
    explicit CrfImpl(int64_t tags);

    int64_t tags() const { return m_tags; }

    /// log Z - score(y) of each post: [B], a sum over its tokens; its mean over posts is the loss. Gradients by
    /// forward-backward, not by autograd through the recursion. Errors: NumberNotFinite when E holds NaN or infinity.
    torch::Tensor negativeLogLikelihood(const torch::Tensor& E, const torch::Tensor& y,
                                        const torch::Tensor& mask) override;
    /// log Z of each post: [B], with gradients.
    torch::Tensor logPartition(const torch::Tensor& E, const torch::Tensor& mask);
    /// Best path of each post (Viterbi): one tag per used position, in order (so its length is the number of used
    /// positions). Ties go to the lower tag.
    std::vector<std::vector<int>> bestTags(const torch::Tensor& E, const torch::Tensor& mask) override;
    /// P(tag at position): [B, n, C] float32 on the CPU, rows sum to 1, zero rows where the mask is false. No
    /// gradients.
    torch::Tensor marginals(const torch::Tensor& E, const torch::Tensor& mask) override;
    /// By forward-backward in logarithms, through which autograd goes: for losses, where gradients are wanted.
    torch::Tensor logMarginals(const torch::Tensor& E, const torch::Tensor& mask) override;
    /// Probability of a whole path (as bestTags returns it) of each post.
    std::vector<double> pathProbabilities(const torch::Tensor& E, const torch::Tensor& mask,
                                          const std::vector<std::vector<int>>& paths);
    /// Probability that the run's positions carry exactly its tags, whatever the others carry: confidence of an entity.
    std::vector<double> runProbabilities(const torch::Tensor& E, const torch::Tensor& mask,
                                         const std::vector<TagRun>& runs) override;
    /// log Z of the paths that `paths` lets pass, minus log Z.
    torch::Tensor spanLogProbability(const torch::Tensor& E, const torch::Tensor& mask,
                                     const SpanPaths& paths) override;
    const char* spanForm() const override { return "span"; }

    torch::Tensor start_transitions, end_transitions, transitions;

private:
    int64_t m_tags;
};
TORCH_MODULE(Crf);

}  // namespace mnerva::nn
