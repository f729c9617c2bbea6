#include "core/nn/blocks/short_attention.h"

#include <ATen/Parallel.h>

#include <cmath>

#include "core/nn/blocks/product.h"
#include "core/nn/blocks/row_kernels.h"

namespace mnerva::nn {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Values per share of a parallel loop.
constexpr int64_t kGrainValues = 16384;

/// A new seed, out of torch's generator, so that a run that starts again draws the same.
uint64_t drawSeed() {
    return static_cast<uint64_t>(torch::empty({1}, torch::kInt64).random_().item<int64_t>());
}

template <class Row>
void eachRow(int64_t rows, int64_t width, Row row) {
    at::parallel_for(0, rows, std::max<int64_t>(1, kGrainValues / std::max<int64_t>(1, width)),
                     [&](int64_t begin, int64_t end) {
                         for (int64_t r = begin; r < end; ++r) row(r);
                     });
}

/// [B, rows, A, D] in memory, read as [B, A, rows, D].
Tensor headsOfRows(const Tensor& like, int64_t rows) {
    return torch::empty({like.size(0), rows, like.size(1), like.size(3)}, like.scalar_type()).transpose(1, 2);
}

bool isRounded(const Tensor& x) {
    return x.scalar_type() == torch::kBFloat16;
}
Rounded* roundedValues(const Tensor& x) {
    return reinterpret_cast<Rounded*>(x.data_ptr<at::BFloat16>());
}

/// Softmax of scores [B, A, q, s] in place.
void softmaxInPlace(const Tensor& scores, const Tensor& keyMask, double scale) {
    const int64_t perPost = scores.size(1) * scores.size(2), keys = scores.size(3);
    float* values = scores.data_ptr<float>();
    const bool* used = keyMask.defined() ? keyMask.data_ptr<bool>() : nullptr;
    eachRow(scores.size(0) * perPost, keys, [&](int64_t r) {
        softmaxRow(values + r * keys, used ? used + r / perPost * keys : nullptr, keys, static_cast<float>(scale));
    });
}

/// What is dropped of weights [.., s], as a new tensor; themselves where nothing is.
Tensor keptOf(const Tensor& weights, const Drop& drop) {
    if (drop.rate <= 0) return weights;
    const int64_t keys = weights.size(-1);
    Tensor out = torch::empty_like(weights);
    if (isRounded(weights)) {
        eachRow(weights.numel() / keys, keys, [&](int64_t r) {
            dropRow(roundedValues(weights) + r * keys, roundedValues(out) + r * keys, keys, static_cast<uint64_t>(r),
                    drop);
        });
        return out;
    }
    const float* from = weights.data_ptr<float>();
    float* to = out.data_ptr<float>();
    eachRow(weights.numel() / keys, keys,
            [&](int64_t r) { dropRow(from + r * keys, nullptr, to + r * keys, keys, static_cast<uint64_t>(r), drop); });
    return out;
}

Tensor weightsOf(const Tensor& queries, const Tensor& keys, const Tensor& keyMask) {
    Tensor weights = torch::empty({queries.size(0), queries.size(1), queries.size(2), keys.size(2)}, torch::kFloat32);
    batchedProduct(queries, keys.transpose(2, 3), weights);
    softmaxInPlace(weights, keyMask, 1.0 / std::sqrt(static_cast<double>(queries.size(3))));
    return weights;
}

Tensor contextOf(const Tensor& weights, const Tensor& values) {
    const Tensor context = headsOfRows(values, weights.size(2));
    batchedProduct(weights, values, context);
    return context.transpose(1, 2).flatten(2);
}

/// Gradient of the weights (float32, what it is given in) -> that of the scores, of the type of the weights. `asked`: a
/// further gradient of the weights before dropout, or undefined.
Tensor ofScores(const Tensor& gradient, const Tensor& weights, const Tensor& asked, const Drop& drop, float scale) {
    const int64_t keys = weights.size(-1);
    const bool rounds = isRounded(weights);
    const Tensor out = rounds ? torch::empty_like(weights) : gradient;
    float* values = gradient.data_ptr<float>();
    const float* more = asked.defined() ? asked.data_ptr<float>() : nullptr;
    eachRow(weights.numel() / keys, keys, [&](int64_t r) {
        float* row = values + r * keys;
        if (drop.rate > 0) dropRow(row, nullptr, row, keys, static_cast<uint64_t>(r), drop);
        if (more)
            for (int64_t i = 0; i < keys; ++i) row[i] += more[r * keys + i];
        if (rounds)
            softmaxRowBackward(row, roundedValues(weights) + r * keys, roundedValues(out) + r * keys, keys, scale);
        else
            softmaxRowBackward(row, weights.data_ptr<float>() + r * keys, keys, scale);
    });
    return out;
}

/// What attention needs besides its three tensors.
struct AttentionSettings {
    Tensor keyMask;  ///< bool [B, s], contiguous, or undefined
    Drop drop;
};

class ShortAttention : public torch::autograd::Function<ShortAttention> {
public:
    /// The context and the weights before dropout.
    static variable_list forward(AutogradContext* context, const Tensor& queries, const Tensor& keys,
                                 const Tensor& values, const AttentionSettings& settings) {
        const Drop& drop = settings.drop;
        const Tensor weights = weightsOf(queries, keys, settings.keyMask);
        const Tensor operand = weights.to(queries.scalar_type());
        context->save_for_backward({queries, keys, values, operand});
        context->saved_data["seed"] = static_cast<int64_t>(drop.seed);
        context->saved_data["rate"] = drop.rate;
        context->set_materialize_grads(false);
        return {contextOf(keptOf(operand, drop), values), weights};
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const Tensor &queries = saved[0], &keys = saved[1], &values = saved[2], &weights = saved[3];
        const Drop drop{static_cast<uint64_t>(context->saved_data["seed"].toInt()),
                        context->saved_data["rate"].toDouble()};
        const int64_t B = queries.size(0), heads = queries.size(1), q = queries.size(2), D = queries.size(3),
                      s = keys.size(2);
        variable_list out(4);
        const Tensor given =
            gradients[0].defined() ? gradients[0] : torch::zeros({B, q, heads * D}, queries.scalar_type());
        const Tensor outer = given.contiguous().view({B, q, heads, D}).transpose(1, 2);
        const Tensor asked = gradients[1].defined() ? gradients[1].contiguous() : Tensor();  // of the weights
        if (context->needs_input_grad(2)) {
            out[2] = headsOfRows(values, s);
            batchedProduct(keptOf(weights, drop).transpose(2, 3), outer, out[2]);
        }
        if (!context->needs_input_grad(0) && !context->needs_input_grad(1)) return out;
        Tensor inner = torch::empty(weights.sizes(), torch::kFloat32);  // of the weights, then of the scores
        batchedProduct(outer, values.transpose(2, 3), inner);
        inner = ofScores(inner, weights, asked, drop, static_cast<float>(1.0 / std::sqrt(static_cast<double>(D))));
        if (context->needs_input_grad(0)) {
            out[0] = headsOfRows(queries, q);
            batchedProduct(inner, keys, out[0]);
        }
        if (context->needs_input_grad(1)) {
            out[1] = headsOfRows(keys, s);
            batchedProduct(inner.transpose(2, 3), queries, out[1]);
        }
        return out;
    }
};

Tensor droppedRows(const Tensor& x, const Tensor& base, const Drop& drop) {
    Tensor out = torch::empty(x.sizes(), torch::kFloat32);
    const int64_t width = x.size(-1);
    const float* from = x.data_ptr<float>();
    const float* under = base.defined() ? base.data_ptr<float>() : nullptr;
    float* to = out.data_ptr<float>();
    eachRow(x.numel() / width, width, [&](int64_t r) {
        dropRow(from + r * width, under ? under + r * width : nullptr, to + r * width, width, static_cast<uint64_t>(r),
                drop);
    });
    return out;
}

class Dropping : public torch::autograd::Function<Dropping> {
public:
    /// `parts`: x, and perhaps what it is added to.
    static Tensor forward(AutogradContext* context, at::TensorList parts, const Drop& drop) {
        context->saved_data["seed"] = static_cast<int64_t>(drop.seed);
        context->saved_data["rate"] = drop.rate;
        context->saved_data["parts"] = static_cast<int64_t>(parts.size());
        return droppedRows(parts[0].contiguous(), parts.size() > 1 ? parts[1].contiguous() : Tensor(), drop);
    }
    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const Drop drop{static_cast<uint64_t>(context->saved_data["seed"].toInt()),
                        context->saved_data["rate"].toDouble()};
        const int64_t parts = context->saved_data["parts"].toInt();
        variable_list out(static_cast<size_t>(parts) + 1);
        if (context->needs_input_grad(0)) out[0] = droppedRows(gradients[0].contiguous(), Tensor(), drop);
        if (parts > 1) out[1] = gradients[0];
        return out;
    }
};

bool plainRows(const Tensor& x, torch::ScalarType type = torch::kFloat32) {
    return x.device().is_cpu() && x.scalar_type() == type && x.dim() > 0 && x.numel() > 0;
}

}  // namespace

Drop dropOf(double rate) {
    return {rate > 0 ? drawSeed() : 0, rate};
}

bool canAttend(const Tensor& queries, const Tensor& keys, const Tensor& values) {
    const auto all = [&](torch::ScalarType type) {
        return plainRows(queries, type) && plainRows(keys, type) && plainRows(values, type);
    };
    return all(torch::kFloat32) || all(torch::kBFloat16);
}

Tensor attend(const Tensor& queries, const Tensor& keys, const Tensor& values, const Tensor& keyMask, double dropout,
              Tensor* weights) {
    const Tensor mask = keyMask.defined() ? keyMask.contiguous() : keyMask;
    const Drop drop = dropOf(dropout);
    const bool learns =
        torch::GradMode::is_enabled() && (queries.requires_grad() || keys.requires_grad() || values.requires_grad());
    if (learns) {
        const variable_list both = ShortAttention::apply(queries, keys, values, AttentionSettings{mask, drop});
        if (weights) *weights = both[1];
        return both[0];
    }
    const Tensor map = weightsOf(queries, keys, mask);
    if (weights) *weights = map;
    return contextOf(keptOf(map.to(queries.scalar_type()), drop), values);
}

Tensor dropped(const Tensor& x, double rate) {
    if (rate <= 0) return x;
    if (!plainRows(x) || rate >= 1) return torch::dropout(x, rate, true);
    const variable_list parts{x};
    return Dropping::apply(at::TensorList(parts), dropOf(rate));
}

Tensor droppedOnto(const Tensor& residual, const Tensor& x, double rate) {
    if (rate <= 0) return residual + x;
    if (!plainRows(x) || !plainRows(residual) || residual.sizes() != x.sizes() || rate >= 1)
        return residual + torch::dropout(x, rate, true);
    const variable_list parts{x, residual};
    return Dropping::apply(at::TensorList(parts), dropOf(rate));
}

}  // namespace mnerva::nn
