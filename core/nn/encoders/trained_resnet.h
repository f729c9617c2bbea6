#pragma once

#include <torch/torch.h>

#include <array>
#include <vector>

#include "core/nn/encoders/resnet.h"

namespace mnerva::nn {

/// A ResNet that learns: architecture, parameter and buffer names of torchvision (`layer1.0.conv1.weight`,
/// `bn1.running_mean`), without `fc`. Its frozen twin is ResNet, whose numbers it gives up to rounding while
/// BatchNorm uses its running statistics.
class TrainedResNetImpl : public torch::nn::Module {
public:
    /// Values are of no meaning until loadInto(). `batchStatistics`: in training mode BatchNorm normalises by the mean
    /// and variance of the batch and moves its running ones; otherwise it always uses the running ones.
    TrainedResNetImpl(ResNetKind kind, bool batchStatistics);

    /// images [B, 3, h, w], normalised -> F1 [B, C1, h/4, w/4], F2, F3, F4 [B, C4, h/32, w/32], with gradients.
    std::array<torch::Tensor, 4> forward(const torch::Tensor& images);

private:
    struct Convolution {
        torch::Tensor weight, gamma, beta, mean, variance;
        int64_t stride = 1, padding = 0;
    };
    struct Block {
        std::vector<Convolution> main, shortcut;
    };
    torch::Tensor apply(const Convolution& convolution, const torch::Tensor& x) const;

    bool m_batchStatistics;
    Convolution m_stem;
    std::array<std::vector<Block>, 4> m_stages;
};
TORCH_MODULE(TrainedResNet);

}  // namespace mnerva::nn
