#include "core/nn/blocks/added_norm.h"

#include <ATen/Parallel.h>

#include "core/nn/blocks/row_kernels.h"
#include "core/nn/blocks/short_attention.h"

namespace mnerva::nn {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Rows that one share sums the gradients of weight and bias of; its own sum each, so that the result is the same for
/// any number of threads.
constexpr int64_t kRowsAShare = 64;

template <class Value>
Value* valuesOf(const Tensor& x) {
    return static_cast<Value*>(x.data_ptr());
}

/// What it is made with besides its tensors.
struct Settings {
    double epsilon;
    Drop drop;
};

Tensor roundedLike(const Tensor& x) {
    return torch::empty(x.sizes(), torch::kBFloat16);
}

class AddedNorm : public torch::autograd::Function<AddedNorm> {
public:
    /// `parts`: residual, x, weight and bias.
    static variable_list forward(AutogradContext* context, at::TensorList parts, const Settings& settings) {
        const Tensor residual = parts[0].contiguous(), x = parts[1].contiguous();
        const Tensor weight = parts[2].contiguous(), bias = parts[3].contiguous();
        const bool isRounded = x.scalar_type() == torch::kBFloat16;
        const int64_t width = x.size(-1), rows = x.numel() / width;
        const Tensor out = torch::empty(x.sizes(), torch::kFloat32), normalised = torch::empty_like(x),
                     shares = torch::empty({rows}, torch::kFloat32);
        const Tensor rounded = isRounded ? roundedLike(x) : Tensor();
        const NormValues norm{weight.data_ptr<float>(), bias.data_ptr<float>(), static_cast<float>(settings.epsilon)};
        const float* base = residual.data_ptr<float>();
        float *to = out.data_ptr<float>(), *share = shares.data_ptr<float>();
        at::parallel_for(0, rows, 16, [&](int64_t begin, int64_t end) {
            for (int64_t r = begin; r < end; ++r) {
                const int64_t at = r * width;
                const auto row = static_cast<uint64_t>(r);
                share[r] = isRounded
                               ? addedNormRow(base + at, valuesOf<Rounded>(x) + at, valuesOf<Rounded>(normalised) + at,
                                              to + at, valuesOf<Rounded>(rounded) + at, width, row, settings.drop, norm)
                               : addedNormRow(base + at, valuesOf<float>(x) + at, valuesOf<float>(normalised) + at,
                                              to + at, width, row, settings.drop, norm);
            }
        });
        context->save_for_backward({normalised, shares, parts[2]});
        context->saved_data["seed"] = static_cast<int64_t>(settings.drop.seed);
        context->saved_data["rate"] = settings.drop.rate;
        context->set_materialize_grads(false);
        return isRounded ? variable_list{out, rounded} : variable_list{out};
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const Drop drop{static_cast<uint64_t>(context->saved_data["seed"].toInt()),
                        context->saved_data["rate"].toDouble()};
        variable_list out(5);
        const Tensor first = gradients[0].defined() ? gradients[0].contiguous() : Tensor();
        const Tensor second = gradients.size() > 1 && gradients[1].defined() ? gradients[1].contiguous() : Tensor();
        if (!first.defined() && !second.defined()) return out;
        if (saved[0].scalar_type() == torch::kBFloat16)
            back<Rounded>(saved, first, second, drop, out);
        else
            back<float>(saved, first, second, drop, out);
        for (size_t i = 0; i < 4; ++i)
            if (!context->needs_input_grad(i)) out[i] = Tensor();
        return out;
    }

private:
    template <class Value>
    static void back(const variable_list& saved, const Tensor& first, const Tensor& second, const Drop& drop,
                     variable_list& out) {
        const Tensor &normalised = saved[0], &shares = saved[1], weight = saved[2].contiguous();
        const int64_t width = normalised.size(-1), rows = normalised.numel() / width;
        const int64_t count = (rows + kRowsAShare - 1) / kRowsAShare;
        out[0] = torch::empty(normalised.sizes(), torch::kFloat32);
        out[1] = torch::empty_like(normalised);
        const Tensor sums = torch::zeros({2, count, width}, torch::kFloat32);
        const float *share = shares.data_ptr<float>(), *weights = weight.data_ptr<float>();
        const float* exact = first.defined() ? first.data_ptr<float>() : nullptr;
        const Rounded* rounded = second.defined() ? valuesOf<Rounded>(second) : nullptr;
        float* sum = sums.data_ptr<float>();
        at::parallel_for(0, count, 1, [&](int64_t begin, int64_t end) {
            for (int64_t part = begin; part < end; ++part)
                for (int64_t r = part * kRowsAShare; r < std::min(rows, (part + 1) * kRowsAShare); ++r) {
                    const int64_t at = r * width;
                    const NormRowGradients<Value> row{exact ? exact + at : nullptr,
                                                      rounded ? rounded + at : nullptr,
                                                      valuesOf<Value>(normalised) + at,
                                                      share[r],
                                                      valuesOf<float>(out[0]) + at,
                                                      valuesOf<Value>(out[1]) + at,
                                                      sum + part * width,
                                                      sum + (count + part) * width};
                    addedNormRowBackward(row, width, static_cast<uint64_t>(r), drop, weights);
                }
        });
        const Tensor both = sums.sum(1);
        out[2] = both[0].clone();
        out[3] = both[1].clone();
    }
};

}  // namespace

bool canAddNorm(const Tensor& residual, const Tensor& x) {
    return residual.device().is_cpu() && x.device().is_cpu() && residual.scalar_type() == torch::kFloat32 &&
           (x.scalar_type() == torch::kFloat32 || x.scalar_type() == torch::kBFloat16) && x.dim() > 0 &&
           x.numel() > 0 && residual.sizes() == x.sizes();
}

BlockRows addedNorm(const Tensor& residual, const Tensor& x, const NormImpl& norm, double dropout) {
    const variable_list parts{residual, x, norm.weight, norm.bias};
    const variable_list out = AddedNorm::apply(at::TensorList(parts), Settings{norm.epsilon(), dropOf(dropout)});
    return {out[0], out.size() > 1 ? out[1] : Tensor()};
}

}  // namespace mnerva::nn
