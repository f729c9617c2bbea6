#pragma once

#include <torch/torch.h>

#include <optional>

namespace mnerva::nn {

/// How y = x W^T + b is computed in float32 on a CPU. All give the same numbers up to rounding; threads.h measures
/// which is fastest here and sets it once at program start.
enum class LinearPath {
    Blas,         ///< at::linear, the BLAS that libtorch is linked to
    Convolution,  ///< a 1x1 convolution through oneDNN, in torch's own thread pool
    OneDnn,       ///< oneDNN's matrix product, in torch's own thread pool; falls back to Blas where it is not found
};

LinearPath linearPath();
void setLinearPath(LinearPath path);
const char* linearPathName(LinearPath path);
/// False where the running libtorch does not offer this path.
bool linearPathAvailable(LinearPath path);

/// y = x W^T + b with gradients. x [..., in], weight [out, in], bias [out] or undefined; result [..., out].
torch::Tensor linear(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias);

/// A linear layer with PyTorch's parameter names (`weight` [out, in], `bias` [out]) and default start values, computed
/// by linear(). Use it in place of torch::nn::Linear.
class DenseImpl : public torch::nn::Module {
public:
    DenseImpl(int64_t in, int64_t out);
    torch::Tensor forward(const torch::Tensor& x);
    torch::Tensor weight, bias;
};
TORCH_MODULE(Dense);

/// LayerNorm over the last axis with PyTorch's names; start values (1, 0).
class NormImpl : public torch::nn::Module {
public:
    NormImpl(int64_t width, double eps);
    torch::Tensor forward(const torch::Tensor& x);
    torch::Tensor weight, bias;

private:
    double m_eps;
};
TORCH_MODULE(Norm);

/// "BERT init" of every Dense, Embedding and Norm below `module` (models.md 0): weights N(0, 0.02), biases 0, norms
/// (1, 0). Draws from `generator`, or from torch's global one.
void initBert(torch::nn::Module& module, std::optional<at::Generator> generator = std::nullopt);

}  // namespace mnerva::nn
