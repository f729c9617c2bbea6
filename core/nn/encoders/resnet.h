#pragma once

#include <torch/torch.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/nn/weights/weights.h"

namespace mnerva::nn {

enum class ResNetKind { ResNet18, ResNet34, ResNet50, ResNet101, ResNet152 };

/// "resnet18" .. "resnet152".
std::string resNetName(ResNetKind kind);
/// Channels C1..C4 of the four stages: 64,128,256,512 or 256,512,1024,2048.
std::array<int, 4> stageWidths(ResNetKind kind);

/// The kind of a name that resNetName() gives; nothing for any other.
std::optional<ResNetKind> resNetKindOf(const std::string& name);

/// The weights of a ResNet with torchvision's names, before anything is built of them.
struct ResNetState {
    ResNetKind kind{};
    TensorMap tensors;
    std::string source;  ///< for errors
};
/// "random18", "random34", "random50", "random101", "random152" or a file as of ResNet::load. Errors: as there.
ResNetState openResNetState(const std::string& fileOrRandom);
/// A torchvision .pth (zip form) or safetensors file; the kind is told from the names and shapes in it. Errors: those
/// of WeightFile::open, FormatUnknown (no ResNet).
ResNetState loadResNetState(const std::filesystem::path& path);

/// A frozen ResNet (torchvision's architecture and parameter names) as a feature extractor: BatchNorm in evaluation
/// mode and folded into the convolutions, no gradients. Thread-safe once built.
class ResNet {
public:
    /// `kind` and a state dict with torchvision's names (`fc` not needed). `source` names it in errors.
    /// Errors: WeightMissing, WeightShape, NumberNotFinite.
    ResNet(ResNetKind kind, const TensorMap& state, const std::string& source);
    explicit ResNet(const ResNetState& state) : ResNet(state.kind, state.tensors, state.source) {}

    /// A torchvision .pth (zip form) or safetensors file; the kind is told from the names and shapes in it.
    /// Errors: those of WeightFile::open, FormatUnknown (no ResNet), WeightMissing, WeightShape, NumberNotFinite.
    static ResNet load(const std::filesystem::path& path);
    /// Random weights as torchvision starts them; equal seeds give equal weights.
    static ResNet random(ResNetKind kind, std::uint64_t seed = 0);
    /// "random18", "random34", "random50", "random101", "random152" or a path.
    static ResNet open(const std::string& fileOrRandom);

    /// images [B, 3, h, w], normalised (models.md 3) -> F1 [B, C1, h/4, w/4], F2, F3, F4 [B, C4, h/32, w/32],
    /// contiguous.
    std::array<torch::Tensor, 4> forward(const torch::Tensor& images) const;

    /// The same net on "cpu" or "cuda:0"; forward() takes images from any device and answers on this one.
    ResNet to(const std::string& device) const;

    ResNetKind kind() const;
    std::array<int, 4> widths() const { return stageWidths(kind()); }
    /// SHA-256 over the weights, for cache keys.
    const std::string& fingerprint() const;

private:
    struct Net;
    explicit ResNet(std::shared_ptr<const Net> net) : m_net(std::move(net)) {}
    std::shared_ptr<const Net> m_net;
};

/// A whole random state dict of a kind with torchvision's names and start values (convolutions Kaiming-normal fan-out,
/// BatchNorm 1/0, no `fc`).
TensorMap randomResNetState(ResNetKind kind, std::uint64_t seed);

}  // namespace mnerva::nn
