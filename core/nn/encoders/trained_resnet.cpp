#include "core/nn/encoders/trained_resnet.h"

#include "core/nn/encoders/resnet_plan.h"

namespace mnerva::nn {

using torch::Tensor;

namespace {

constexpr double kMomentum = 0.1;  // of the running statistics, torchvision's

/// The module at a dotted path below `root`; what is missing on the way is made.
torch::nn::Module& placeOf(torch::nn::Module& root, const std::string& path) {
    torch::nn::Module* at = &root;
    for (size_t begin = 0; begin < path.size();) {
        const size_t end = std::min(path.find('.', begin), path.size());
        const std::string name = path.substr(begin, end - begin);
        const auto children = at->named_children();
        const auto* found = children.find(name);
        at = found ? found->get() : at->register_module(name, std::make_shared<torch::nn::Module>(name)).get();
        begin = end + 1;
    }
    return *at;
}

}  // namespace

TrainedResNetImpl::TrainedResNetImpl(ResNetKind kind, bool batchStatistics)
    : torch::nn::Module("TrainedResNet"), m_batchStatistics(batchStatistics) {
    const auto made = [&](const ConvolutionPlan& plan) {
        Convolution out;
        torch::nn::Module& convolution = placeOf(*this, plan.name);
        out.weight =
            convolution.register_parameter("weight", torch::zeros({plan.out, plan.in, plan.kernel, plan.kernel}));
        torch::nn::Module& norm = placeOf(*this, plan.norm);
        out.gamma = norm.register_parameter("weight", torch::ones({plan.out}));
        out.beta = norm.register_parameter("bias", torch::zeros({plan.out}));
        out.mean = norm.register_buffer("running_mean", torch::zeros({plan.out}));
        out.variance = norm.register_buffer("running_var", torch::ones({plan.out}));
        out.stride = plan.stride;
        out.padding = plan.kernel / 2;
        return out;
    };
    const NetPlan plan = planOf(kind);
    m_stem = made(plan.stem);
    for (size_t stage = 0; stage < 4; ++stage) {
        for (const BlockPlan& blockPlan : plan.stages[stage]) {
            Block& block = m_stages[stage].emplace_back();
            for (const ConvolutionPlan& convolution : blockPlan.main) block.main.push_back(made(convolution));
            for (const ConvolutionPlan& convolution : blockPlan.shortcut) block.shortcut.push_back(made(convolution));
        }
    }
}

Tensor TrainedResNetImpl::apply(const Convolution& convolution, const Tensor& x) const {
    const int64_t p = convolution.padding, s = convolution.stride;
    const Tensor y = at::conv2d(x, convolution.weight, Tensor(), {s, s}, {p, p});
    return at::batch_norm(y, convolution.gamma, convolution.beta, convolution.mean, convolution.variance,
                          m_batchStatistics && is_training(), kMomentum, kBatchNormEps, /*cudnn_enabled=*/true);
}

std::array<Tensor, 4> TrainedResNetImpl::forward(const Tensor& images) {
    Tensor x = at::max_pool2d(apply(m_stem, images).relu(), {3, 3}, {2, 2}, {1, 1});
    std::array<Tensor, 4> out;
    for (size_t stage = 0; stage < 4; ++stage) {
        for (const Block& block : m_stages[stage]) {
            const Tensor before = block.shortcut.empty() ? x : apply(block.shortcut[0], x);
            Tensor y = x;
            for (size_t i = 0; i < block.main.size(); ++i) {
                y = apply(block.main[i], y);
                if (i + 1 < block.main.size()) y = y.relu();
            }
            x = (y + before).relu();
        }
        out[stage] = x;
    }
    return out;
}

}  // namespace mnerva::nn
