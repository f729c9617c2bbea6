#include "core/nn/blocks/feed_forward.h"

#include <ATen/Parallel.h>

#include "core/nn/blocks/row_kernels.h"
#include "core/nn/blocks/weight_gradient.h"

namespace mnerva::nn {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr int64_t kGrain = 4096;

Rounded* valuesOf(const Tensor& x) {
    return reinterpret_cast<Rounded*>(x.data_ptr<at::BFloat16>());
}

Tensor geluOf(const Tensor& x) {
    const Tensor out = torch::empty_like(x);
    at::parallel_for(0, x.numel(), kGrain, [&](int64_t begin, int64_t end) {
        geluRow(valuesOf(x) + begin, valuesOf(out) + begin, end - begin);
    });
    return out;
}

/// Makes the gradient of GELU(x) that of x and gives GELU(x).
Tensor geluAgain(const Tensor& x, const Tensor& gradient) {
    const Tensor out = torch::empty_like(x);
    at::parallel_for(0, x.numel(), kGrain, [&](int64_t begin, int64_t end) {
        geluRowBackward(valuesOf(x) + begin, valuesOf(gradient) + begin, valuesOf(out) + begin, end - begin);
    });
    return out;
}

ProductExtras inRounded(const Tensor& bias = {}) {
    ProductExtras extras;
    extras.bias = bias;
    extras.resultType = torch::kBFloat16;
    return extras;
}

/// The weights in bfloat16.
struct Operands {
    WeightForms::Rounding up, down;
};

class FeedForward : public torch::autograd::Function<FeedForward> {
public:
    /// `parts`: rows, then weight and bias of the first and of the second layer.
    static Tensor forward(AutogradContext* context, at::TensorList parts, const Operands& operands) {
        const Tensor& rows = parts[0];
        const Tensor before = product(rows, false, operands.up.values, true, inRounded(parts[2].contiguous()));
        context->save_for_backward(
            {rows, before, parts[1], parts[3], savedForm(operands.up), savedForm(operands.down)});
        return product(geluOf(before), false, operands.down.values, true, inRounded(parts[4].contiguous()));
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const Tensor &rows = saved[0], &before = saved[1];
        variable_list out(6);
        const Tensor g = gradients[0].contiguous();
        if (context->needs_input_grad(4)) out[4] = biasGradient(g);
        const Tensor inner = product(g, false, roundedAgain(saved[5], saved[3]), false, inRounded());
        const Tensor behind = geluAgain(before, inner);
        if (context->needs_input_grad(3)) out[3] = weightGradient(g, behind, saved[3]);
        if (context->needs_input_grad(2)) out[2] = biasGradient(inner);
        if (context->needs_input_grad(1)) out[1] = weightGradient(inner, rows, saved[2]);
        if (context->needs_input_grad(0))
            out[0] = product(inner, false, roundedAgain(saved[4], saved[2]), false, inRounded());
        return out;
    }
};

}  // namespace

Tensor feedForward(const Tensor& x, DenseImpl& up, DenseImpl& down) {
    const Tensor rows = x.reshape({-1, x.size(-1)}).contiguous();
    const variable_list parts{rows, up.weight, up.bias, down.weight, down.bias};
    const Operands operands{up.forms.rounded(up.weight), down.forms.rounded(down.weight)};
    std::vector<int64_t> shape(x.sizes().begin(), x.sizes().end());
    shape.back() = down.weight.size(0);
    return FeedForward::apply(at::TensorList(parts), operands).view(shape);
}

}  // namespace mnerva::nn
