#include "core/nn/blocks/weight_gradient.h"

#include <ATen/Parallel.h>

#include "core/nn/blocks/product.h"
#include "core/nn/blocks/row_kernels.h"
#include "core/nn/weights/own_pages.h"

namespace mnerva::nn {
namespace {

constexpr int64_t kColumnsAShare = 256;

thread_local bool t_gradientsInPlace = false;

/// Whether a gradient of this parameter is added to its own here.
bool addsInPlace(const torch::Tensor& parameter) {
    if (!t_gradientsInPlace || !parameter.is_leaf() || !parameter.requires_grad()) return false;
    const torch::Tensor& sum = parameter.grad();
    return !sum.defined() || (sum.scalar_type() == torch::kFloat32 && sum.is_contiguous() && !sum.is_sparse());
}

class TableRows : public torch::autograd::Function<TableRows> {
public:
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& table,
                                 const torch::Tensor& ids, int64_t untrained) {
        context->save_for_backward({table, ids});
        context->saved_data["untrained"] = untrained;
        return at::embedding(table, ids);
    }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   const torch::autograd::variable_list& gradients) {
        const auto saved = context->get_saved_variables();
        const torch::Tensor &table = saved[0], ids = saved[1].contiguous(), g = gradients[0].contiguous();
        const int64_t untrained = context->saved_data["untrained"].toInt(), width = table.size(1);
        if (!table.device().is_cpu() || g.scalar_type() != torch::kFloat32 || !addsInPlace(table))
            return {at::embedding_dense_backward(g, ids, table.size(0), untrained, false), {}, {}};
        torch::Tensor& sum = table.mutable_grad();
        if (!sum.defined()) sum = zerosInOwnPages(table.sizes());
        float* const sums = sum.data_ptr<float>();
        const float* row = g.data_ptr<float>();
        const int64_t* id = ids.data_ptr<int64_t>();
        for (int64_t r = 0; r < ids.numel();
             ++r, row += width)  // one after the other, so that sums are always the same
            if (id[r] != untrained)
                for (int64_t i = 0; i < width; ++i) sums[id[r] * width + i] += row[i];
        return {{}, {}, {}};
    }
};

}  // namespace

GradientsInPlace::GradientsInPlace() : m_before(t_gradientsInPlace) {
    t_gradientsInPlace = true;
}

GradientsInPlace::~GradientsInPlace() {
    t_gradientsInPlace = m_before;
}

torch::Tensor weightGradient(const torch::Tensor& g, const torch::Tensor& rows, const torch::Tensor& weight) {
    if (!addsInPlace(weight)) return product(g, true, rows, false);
    const torch::NoGradGuard noGradients;
    torch::Tensor& sum = weight.mutable_grad();
    if (!sum.defined()) {
        sum = product(g, true, rows, false);
        return {};
    }
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

torch::Tensor tableRows(const torch::Tensor& table, const torch::Tensor& ids, int64_t untrained) {
    return TableRows::apply(table, ids, untrained);
}

}  // namespace mnerva::nn
