#include "core/nn/encoders/resnet_plan.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>

#include "core/base/error.h"
#include "core/base/printable.h"

namespace mnerva::nn {
namespace {

struct Architecture {
    ResNetKind kind;
    const char* name;
    std::array<int, 4> blocks;
    bool bottleneck;
};
constexpr std::array kArchitectures = {
    Architecture{ResNetKind::ResNet18, "resnet18", {2, 2, 2, 2}, false},
    Architecture{ResNetKind::ResNet34, "resnet34", {3, 4, 6, 3}, false},
    Architecture{ResNetKind::ResNet50, "resnet50", {3, 4, 6, 3}, true},
    Architecture{ResNetKind::ResNet101, "resnet101", {3, 4, 23, 3}, true},
    Architecture{ResNetKind::ResNet152, "resnet152", {3, 8, 36, 3}, true},
};

const Architecture& architectureOf(ResNetKind kind) {
    return kArchitectures[static_cast<size_t>(kind)];
}

BlockPlan planBlock(const std::string& prefix, int64_t in, int64_t width, int64_t stride, bool bottleneck) {
    BlockPlan block;
    const int64_t out = bottleneck ? 4 * width : width;
    if (bottleneck) {
        block.main = {{prefix + "conv1", prefix + "bn1", in, width, 1, 1},
                      {prefix + "conv2", prefix + "bn2", width, width, 3, stride},
                      {prefix + "conv3", prefix + "bn3", width, out, 1, 1}};
    } else {
        block.main = {{prefix + "conv1", prefix + "bn1", in, width, 3, stride},
                      {prefix + "conv2", prefix + "bn2", width, width, 3, 1}};
    }
    if (stride != 1 || in != out)
        block.shortcut = {{prefix + "downsample.0", prefix + "downsample.1", in, out, 1, stride}};
    return block;
}

}  // namespace

NetPlan planOf(ResNetKind kind) {
    const Architecture& architecture = architectureOf(kind);
    NetPlan plan;
    int64_t in = 64;
    for (size_t stage = 0; stage < 4; ++stage) {
        const int64_t width = int64_t{64} << stage;
        for (int i = 0; i < architecture.blocks[stage]; ++i) {
            const std::string prefix = "layer" + std::to_string(stage + 1) + "." + std::to_string(i) + ".";
            const int64_t stride = stage > 0 && i == 0 ? 2 : 1;
            plan.stages[stage].push_back(planBlock(prefix, in, width, stride, architecture.bottleneck));
            in = architecture.bottleneck ? 4 * width : width;
        }
    }
    return plan;
}

std::string resNetName(ResNetKind kind) {
    return architectureOf(kind).name;
}

std::optional<ResNetKind> resNetKindOf(const std::string& name) {
    for (const Architecture& architecture : kArchitectures)
        if (name == architecture.name) return architecture.kind;
    return std::nullopt;
}

std::array<int, 4> stageWidths(ResNetKind kind) {
    const int factor = architectureOf(kind).bottleneck ? 4 : 1;
    return {64 * factor, 128 * factor, 256 * factor, 512 * factor};
}

TensorMap randomResNetState(ResNetKind kind, std::uint64_t seed) {
    const torch::NoGradGuard noGradients;
    const at::Generator generator = at::detail::createCPUGenerator(seed);
    TensorMap state;
    forEachConvolution(planOf(kind), [&](const ConvolutionPlan& plan) {
        const double fanOut = static_cast<double>(plan.out * plan.kernel * plan.kernel);
        state[plan.name + ".weight"] = torch::empty({plan.out, plan.in, plan.kernel, plan.kernel})
                                           .normal_(0.0, std::sqrt(2.0 / fanOut), generator);
        state[plan.norm + ".weight"] = torch::ones({plan.out});
        state[plan.norm + ".bias"] = torch::zeros({plan.out});
        state[plan.norm + ".running_mean"] = torch::zeros({plan.out});
        state[plan.norm + ".running_var"] = torch::ones({plan.out});
    });
    return state;
}

ResNetState loadResNetState(const std::filesystem::path& path) {
    const WeightFile file = WeightFile::open(path);
    std::array<int, 4> blocks{};
    for (size_t stage = 0; stage < 4; ++stage) {
        const std::string layer = "layer" + std::to_string(stage + 1) + ".";
        while (file.has(layer + std::to_string(blocks[stage]) + ".conv1.weight")) ++blocks[stage];
    }
    const bool bottleneck = file.has("layer1.0.conv3.weight");
    for (const Architecture& architecture : kArchitectures) {
        if (architecture.blocks != blocks || architecture.bottleneck != bottleneck) continue;
        ResNetState out{architecture.kind, {}, path.string()};
        forEachConvolution(planOf(architecture.kind), [&](const ConvolutionPlan& plan) {
            // By the shape wanted: many tensors may lie in one storage, and copies of all of it would fill the memory.
            const std::string weight = plan.name + ".weight";
            out.tensors[weight] = file.tensor(weight, {plan.out, plan.in, plan.kernel, plan.kernel});
            for (const char* part : {".weight", ".bias", ".running_mean", ".running_var"})
                out.tensors[plan.norm + part] = file.tensor(plan.norm + part, {plan.out});
        });
        return out;
    }
    const std::vector<std::string> names = file.names();
    throw Error(ErrorCode::FormatUnknown, {path.string(), "no ResNet-18/34/50/101/152 of torchvision (first tensor: " +
                                                              (names.empty() ? "none" : excerpt(names.front())) + ")"});
}

ResNetState openResNetState(const std::string& fileOrRandom) {
    for (const Architecture& architecture : kArchitectures) {
        if (fileOrRandom == "random" + std::string(architecture.name).substr(6))
            return {architecture.kind, randomResNetState(architecture.kind, 0), "random weights"};
    }
    return loadResNetState(fileOrRandom);
}

}  // namespace mnerva::nn
