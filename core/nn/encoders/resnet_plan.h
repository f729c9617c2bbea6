#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/nn/encoders/resnet.h"

namespace mnerva::nn {

inline constexpr double kBatchNormEps = 1e-5;

/// One convolution of the architecture and the BatchNorm behind it.
struct ConvolutionPlan {
    std::string name, norm;  ///< prefixes of their parameters, "layer1.0.conv1" and "layer1.0.bn1"
    int64_t in, out, kernel, stride;
};
struct BlockPlan {
    std::vector<ConvolutionPlan> main;
    std::vector<ConvolutionPlan> shortcut;  ///< none or one
};
/// What a ResNet of torchvision consists of, without values.
struct NetPlan {
    ConvolutionPlan stem{"conv1", "bn1", 3, 64, 7, 2};
    std::array<std::vector<BlockPlan>, 4> stages;
};
NetPlan planOf(ResNetKind kind);

/// Calls visit(convolution) for each in the order of torchvision's modules.
template <class Visit>
void forEachConvolution(const NetPlan& plan, Visit visit) {
    visit(plan.stem);
    for (const auto& stage : plan.stages) {
        for (const BlockPlan& block : stage) {
            for (const ConvolutionPlan& convolution : block.main) visit(convolution);
            for (const ConvolutionPlan& convolution : block.shortcut) visit(convolution);
        }
    }
}

}  // namespace mnerva::nn
