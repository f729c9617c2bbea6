#include "core/nn/blocks/linear.h"

#include <dlfcn.h>

#include <atomic>
#include <cmath>

namespace mnerva::nn {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Speed only: every path gives the same numbers, so one setting for the process does no harm.
std::atomic<LinearPath> currentPath{LinearPath::Blas};

/// C interface of oneDNN's row-major matrix product: C = alpha op(A) op(B) + beta C; 0 means done.
using OneDnnGemm = int (*)(char transA, char transB, int64_t m, int64_t n, int64_t k, float alpha, const float* a,
                           int64_t lda, const float* b, int64_t ldb, float beta, float* c, int64_t ldc);

/// Debian's libtorch brings oneDNN along as a shared library; official builds hide theirs, then there is none.
OneDnnGemm oneDnnGemm() {
    static const OneDnnGemm found = [] {
        void* symbol = ::dlsym(RTLD_DEFAULT, "dnnl_sgemm");
        if (!symbol) {
            if (void* library = ::dlopen("libdnnl.so.2", RTLD_LAZY | RTLD_NOLOAD))
                symbol = ::dlsym(library, "dnnl_sgemm");
        }
        return reinterpret_cast<OneDnnGemm>(symbol);
    }();
    return found;
}

/// op(a) [m, k] times op(b) [k, n], both stored row-major as they are; accumulates nothing.
Tensor product(const Tensor& a, bool transposeA, const Tensor& b, bool transposeB) {
    const int64_t m = a.size(transposeA ? 1 : 0), k = a.size(transposeA ? 0 : 1), n = b.size(transposeB ? 0 : 1);
    Tensor c = torch::empty({m, n}, a.options());
    if (k == 0) return c.zero_();
    if (m == 0 || n == 0) return c;
    const int failed = oneDnnGemm()(transposeA ? 'T' : 'N', transposeB ? 'T' : 'N', m, n, k, 1.0F, a.data_ptr<float>(),
                                    a.size(1), b.data_ptr<float>(), b.size(1), 0.0F, c.data_ptr<float>(), n);
    if (failed) return (transposeA ? a.t() : a).mm(transposeB ? b.t() : b);
    return c;
}

/// y = x W^T + b for x [rows, in], with oneDNN's product in all three directions.
class OneDnnLinear : public torch::autograd::Function<OneDnnLinear> {
public:
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& weight, const Tensor& bias) {
        const Tensor rows = x.contiguous(), w = weight.contiguous();
        context->save_for_backward({rows, w});
        return product(rows, false, w, true).add_(bias);
    }
    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const Tensor g = gradients[0].contiguous();
        variable_list out(3);
        if (context->needs_input_grad(0)) out[0] = product(g, false, saved[1], false);
        if (context->needs_input_grad(1)) out[1] = product(g, true, saved[0], false);
        if (context->needs_input_grad(2)) out[2] = g.sum(0);
        return out;
    }
};

bool needsGradient(const Tensor& x, const Tensor& weight, const Tensor& bias) {
    return torch::GradMode::is_enabled() &&
           (x.requires_grad() || weight.requires_grad() || (bias.defined() && bias.requires_grad()));
}

Tensor oneDnnLinear(const Tensor& x, const Tensor& weight, const Tensor& bias) {
    const Tensor rows = x.reshape({-1, x.size(-1)});
    std::vector<int64_t> shape(x.sizes().begin(), x.sizes().end());
    shape.back() = weight.size(0);
    if (needsGradient(x, weight, bias)) {
        // torch's functions of one's own take no undefined tensor.
        const Tensor added = bias.defined() ? bias : torch::zeros({weight.size(0)}, weight.options());
        return OneDnnLinear::apply(rows, weight, added).view(shape);
    }
    Tensor y = product(rows.contiguous(), false, weight.contiguous(), true);
    if (bias.defined()) y.add_(bias);
    return y.view(shape);
}

Tensor convolutionLinear(const Tensor& x, const Tensor& weight, const Tensor& bias) {
    // Rows become the pixels of one picture in channels-last order: the same memory, read as [1, in, rows, 1].
    const Tensor pixels = x.reshape({1, -1, 1, x.size(-1)}).permute({0, 3, 1, 2});
    const Tensor y = torch::conv2d(pixels, weight.unsqueeze(-1).unsqueeze(-1), bias);
    std::vector<int64_t> shape(x.sizes().begin(), x.sizes().end());
    shape.back() = weight.size(0);
    return y.permute({0, 2, 3, 1}).reshape(shape);
}

}  // namespace

LinearPath linearPath() {
    return currentPath.load(std::memory_order_relaxed);
}

void setLinearPath(LinearPath path) {
    currentPath.store(linearPathAvailable(path) ? path : LinearPath::Blas, std::memory_order_relaxed);
}

const char* linearPathName(LinearPath path) {
    switch (path) {
        case LinearPath::Blas:
            return "blas";
        case LinearPath::Convolution:
            return "convolution";
        case LinearPath::OneDnn:
            return "onednn";
    }
    return "blas";
}

bool linearPathAvailable(LinearPath path) {
    switch (path) {
        case LinearPath::Blas:
            return true;
        case LinearPath::Convolution:
            return at::hasMKLDNN();
        case LinearPath::OneDnn:
            return oneDnnGemm() != nullptr;
    }
    return false;
}

torch::Tensor linear(const Tensor& x, const Tensor& weight, const Tensor& bias) {
    const LinearPath path = linearPath();
    const bool plain = path == LinearPath::Blas || !x.device().is_cpu() || x.scalar_type() != torch::kFloat32 ||
                       weight.scalar_type() != torch::kFloat32 || x.numel() == 0;
    if (plain) return at::linear(x, weight, bias);
    return path == LinearPath::OneDnn ? oneDnnLinear(x, weight, bias) : convolutionLinear(x, weight, bias);
}

DenseImpl::DenseImpl(int64_t in, int64_t out) {
    weight = register_parameter("weight", torch::empty({out, in}));
    bias = register_parameter("bias", torch::empty({out}));
    // PyTorch's start values: Kaiming-uniform with a = sqrt 5 is U(-1/sqrt in, 1/sqrt in) for the weight too.
    const double bound = in > 0 ? 1.0 / std::sqrt(static_cast<double>(in)) : 0.0;
    const torch::NoGradGuard noGradients;
    weight.uniform_(-bound, bound);
    bias.uniform_(-bound, bound);
}

Tensor DenseImpl::forward(const Tensor& x) {
    return linear(x, weight, bias);
}

NormImpl::NormImpl(int64_t width, double eps) : m_eps(eps) {
    weight = register_parameter("weight", torch::ones({width}));
    bias = register_parameter("bias", torch::zeros({width}));
}

Tensor NormImpl::forward(const Tensor& x) {
    return torch::layer_norm(x, weight.sizes(), weight, bias, m_eps);
}

void initBert(torch::nn::Module& module, std::optional<at::Generator> generator) {
    const torch::NoGradGuard noGradients;
    const auto normal = [&](Tensor& weight) {
        if (generator) {
            weight.normal_(0.0, 0.02, *generator);
        } else {
            weight.normal_(0.0, 0.02);
        }
    };
    for (const auto& part : module.modules()) {
        if (auto* dense = part->as<DenseImpl>()) {
            normal(dense->weight);
            dense->bias.zero_();
        } else if (auto* embedding = part->as<torch::nn::EmbeddingImpl>()) {
            normal(embedding->weight);
        } else if (auto* norm = part->as<NormImpl>()) {
            norm->weight.fill_(1.0);
            norm->bias.zero_();
        }
    }
}

}  // namespace mnerva::nn
