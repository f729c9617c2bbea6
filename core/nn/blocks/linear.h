#pragma once

#include <torch/torch.h>

#include <optional>
#include <vector>

#include "core/nn/blocks/product.h"

namespace mnerva::nn {

/// How y = x W^T + b is computed in float32 on a CPU. All give the same numbers up to rounding; threads.h measures
/// which is fastest here and sets it once at program start.
enum class LinearPath {
    Blas,         ///< at::linear, the BLAS that libtorch is linked to
    Convolution,  ///< a 1x1 convolution through oneDNN, in torch's own thread pool
    OneDnn,       ///< oneDNN's matrix product (product.h), in torch's own thread pool
};

LinearPath linearPath();
void setLinearPath(LinearPath path);
const char* linearPathName(LinearPath path);
/// False where the running libtorch does not offer this path.
bool linearPathAvailable(LinearPath path);

/// y = x W^T + b with gradients. x [..., in] float32 or what linearGelu() gave, weight [out, in], bias [out] or
/// undefined; result [..., out], float32. In the precision of the thread (precision.h): in bfloat16 always through
/// oneDNN, in float32 by linearPath(). `forms`, which belong to this weight, spare making it ready each time.
torch::Tensor linear(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                     WeightForms* forms = nullptr);
/// gelu(linear(x)), the exact form. Of type bfloat16 where the thread's precision is: only for what goes on to linear()
/// or dropout.
torch::Tensor linearGelu(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                         WeightForms* forms = nullptr);

/// torch::matmul(a, b) of float32, with operands of the thread's precision on a device that is not the CPU.
torch::Tensor matmul(const torch::Tensor& a, const torch::Tensor& b);

/// A linear layer with PyTorch's parameter names (`weight` [out, in], `bias` [out]) and default start values, computed
/// by linear(). Use it in place of torch::nn::Linear.
class DenseImpl : public torch::nn::Module {
public:
    DenseImpl(int64_t in, int64_t out);
    torch::Tensor forward(const torch::Tensor& x);
    /// linearGelu().
    torch::Tensor gelu(const torch::Tensor& x);
    /// forward(x) + residual [..., out].
    torch::Tensor addedTo(const torch::Tensor& residual, const torch::Tensor& x);
    torch::Tensor weight, bias;
    WeightForms forms;  ///< of `weight`
};
TORCH_MODULE(Dense);

/// What several layers make of the same x [..., in]: x is made ready once, and its gradient summed in place.
std::vector<torch::Tensor> linearTogether(const torch::Tensor& x, const std::vector<DenseImpl*>& layers);

/// The same for a step of training in bfloat16 (takesRounded()), of x in float32 or bfloat16 and with results in
/// bfloat16.
std::vector<torch::Tensor> linearRounded(const torch::Tensor& x, const std::vector<DenseImpl*>& layers);
/// Whether products of x have operands in bfloat16 and go back: what keeps its rows for that keeps them in bfloat16.
bool takesRounded(const torch::Tensor& x, const torch::Tensor& weight);

/// LayerNorm over the last axis with PyTorch's names; start values (1, 0).
class NormImpl : public torch::nn::Module {
public:
    NormImpl(int64_t width, double eps);
    torch::Tensor forward(const torch::Tensor& x);
    double epsilon() const { return m_eps; }
    torch::Tensor weight, bias;

private:
    double m_eps;
};
TORCH_MODULE(Norm);

/// "BERT init" of every Dense, Embedding and Norm below `module` (models.md 0): weights N(0, 0.02), biases 0, norms
/// (1, 0). Draws from `generator`, or from torch's global one.
void initBert(torch::nn::Module& module, std::optional<at::Generator> generator = std::nullopt);

}  // namespace mnerva::nn
