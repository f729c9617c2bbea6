#include "core/nn/blocks/weight_gradient.h"

#include <ATen/Parallel.h>

#include "core/nn/blocks/product.h"
#include "core/nn/blocks/row_kernels.h"

namespace mnerva::nn {
namespace {

constexpr int64_t kColumnsAShare = 256;

thread_local bool t_gradientsInPlace = false;

}  // namespace

GradientsInPlace::GradientsInPlace() : m_before(t_gradientsInPlace) {
    t_gradientsInPlace = true;
}

GradientsInPlace::~GradientsInPlace() {
    t_gradientsInPlace = m_before;
}

torch::Tensor weightGradient(const torch::Tensor& g, const torch::Tensor& rows, const torch::Tensor& weight) {
    if (!t_gradientsInPlace || !weight.is_leaf() || !weight.requires_grad()) return product(g, true, rows, false);
    const torch::NoGradGuard noGradients;
    torch::Tensor& sum = weight.mutable_grad();
    if (!sum.defined()) {
        sum = product(g, true, rows, false);
        return {};
    }
    if (sum.scalar_type() != torch::kFloat32 || !sum.is_contiguous()) return product(g, true, rows, false);
    ProductExtras extras;
    extras.addTo = sum;
    product(g, true, rows, false, extras);
    return {};
}

torch::Tensor biasGradient(const torch::Tensor& g) {
    if (g.scalar_type() != torch::kBFloat16) return g.sum(0);
    const int64_t rows = g.size(0), width = g.size(1);
    torch::Tensor out = torch::zeros({width});
    const auto* values = reinterpret_cast<const Rounded*>(g.data_ptr<at::BFloat16>());
    float* sums = out.data_ptr<float>();
    const int64_t shares = (width + kColumnsAShare - 1) / kColumnsAShare;
    at::parallel_for(0, shares, 1, [&](int64_t begin, int64_t end) {
        for (int64_t share = begin; share < end; ++share) {
            const int64_t first = share * kColumnsAShare;
            addColumns(values, rows, width, first, std::min(kColumnsAShare, width - first), sums + first);
        }
    });
    return out;
}

}  // namespace mnerva::nn
