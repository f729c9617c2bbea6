#include "core/base/check.h"
#include "core/models/explain/explainer_internal.h"

namespace mnerva::models {
namespace {

using torch::Tensor;
using Kind = AttentionStep::Kind;

Tensor rowsToOne(const Tensor& x) {
    return x / x.sum(-1, /*keepdim=*/true).clamp_min(1e-12);
}

/// [q, k] of one step: over the heads, `queries` rows on an axis of `rows` (words stand behind [CLS]).
Tensor onAxis(const Tensor& weights, std::int64_t rows) {
    const std::int64_t missing = rows - weights.size(0);
    if (missing == 0) return weights;
    MNERVA_CHECK(missing == 2);
    return torch::constant_pad_nd(weights, {0, 0, 1, 1});
}

/// Rows of words as means of their pieces, columns as sums: [T, N] on both sides of [N, N].
Tensor pooledBothWays(const Tensor& pieces, const Tensor& pooling) {
    const Tensor member = pooling.gt(0).to(pieces.dtype());
    return rowsToOne(member).matmul(pieces).matmul(member.t());
}

/// What one step says of one pair of positions.
Tensor weightsOf(const AttentionStep& step, const Tensor* gradient) {
    const Tensor A = step.weights.detach()[0];  // [A, q, k]
    Tensor out = gradient ? (gradient->defined() ? ((*gradient)[0] * A).clamp_min(0).mean(0) : torch::zeros_like(A[0]))
                          : A.mean(0);
    out = out.to(torch::kCPU, torch::kFloat64);
    if (step.order.defined())
        out = out.index_select(0, step.order.to(torch::kCPU)).index_select(1, step.order.to(torch::kCPU));
    return out;
}

/// Sub-tokens become text: before the first step that is not of pieces.
bool endsPieces(const std::vector<AttentionStep>& steps, std::size_t at) {
    return steps[at].kind != Kind::Pieces && (at == 0 || steps[at - 1].kind == Kind::Pieces);
}

bool isJoint(const std::vector<AttentionStep>& steps) {
    return !steps.empty() && steps.front().kind == Kind::Joint;
}

/// All matrices of the bi-modal rules.
struct Relevances {
    Tensor tt, ii, ti, it;
};

/// N(R) = rowNormalise(R - I) + I.
Tensor normalised(const Tensor& R) {
    const Tensor I = torch::eye(R.size(0), R.options());
    return rowsToOne(R - I) + I;
}

}  // namespace

Tensor rolledOut(const std::vector<AttentionStep>& steps, const Tensor& pooling, std::int64_t text,
                 std::int64_t columns) {
    const auto I = [](std::int64_t size) { return torch::eye(size, torch::kFloat64); };
    if (isJoint(steps)) {
        Tensor all = I(text + columns);
        for (const AttentionStep& step : steps) {
            const Tensor A = weightsOf(step, nullptr);
            all = rowsToOne(A + I(A.size(0))).matmul(all);
        }
        return all.narrow(0, 0, text).narrow(1, text, columns);
    }
    Tensor pieces = pooling.defined() ? I(pooling.size(1)) : Tensor();
    Tensor all = I(text + columns), before = all;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const AttentionStep& step = steps[i];
        const Tensor A = weightsOf(step, nullptr);
        if (step.kind == Kind::Pieces) {
            pieces = rowsToOne(A + I(A.size(0))).matmul(pieces);
            continue;
        }
        if (endsPieces(steps, i) && pooling.defined())
            all.narrow(0, 0, text).narrow(1, 0, text).copy_(pooledBothWays(pieces, pooling));
        const Tensor read = step.isBesideLast ? before : all;
        before = all;
        const bool ofText = step.kind == Kind::Text || step.kind == Kind::TextOnImage;
        const bool onText = step.kind == Kind::Text || step.kind == Kind::ImageOnText;
        const std::int64_t first = ofText ? 0 : text, rows = ofText ? text : columns;
        Tensor joint = torch::zeros({rows, text + columns}, torch::kFloat64);
        joint.narrow(1, onText ? 0 : text, onText ? text : columns).add_(onAxis(A, rows));
        joint.narrow(1, first, rows).add_(I(rows));
        all = all.clone();
        all.narrow(0, first, rows).copy_(rowsToOne(joint).matmul(read));
    }
    return all.narrow(0, 0, text).narrow(1, text, columns);
}

Tensor relevancyOf(const std::vector<AttentionStep>& steps, const std::vector<Tensor>& gradients, const Tensor& pooling,
                   std::int64_t text, std::int64_t columns) {
    const auto I = [](std::int64_t size) { return torch::eye(size, torch::kFloat64); };
    if (isJoint(steps)) {
        Tensor R = I(text + columns);
        for (std::size_t i = 0; i < steps.size(); ++i) R = R + weightsOf(steps[i], &gradients[i]).matmul(R);
        return R.narrow(0, 0, text).narrow(1, text, columns);
    }
    Tensor pieces = pooling.defined() ? I(pooling.size(1)) : Tensor();
    Relevances R{I(text), I(columns), torch::zeros({text, columns}, torch::kFloat64),
                 torch::zeros({columns, text}, torch::kFloat64)};
    Relevances before = R;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const AttentionStep& step = steps[i];
        const Tensor A = weightsOf(step, &gradients[i]);
        if (step.kind == Kind::Pieces) {
            pieces = pieces + A.matmul(pieces);
            continue;
        }
        if (endsPieces(steps, i) && pooling.defined()) R.tt = pooledBothWays(pieces, pooling);
        const Relevances read = step.isBesideLast ? before : R;
        before = R;
        switch (step.kind) {
            case Kind::Text:
                R.ti = R.ti + A.matmul(read.ti);
                R.tt = R.tt + A.matmul(read.tt);
                break;
            case Kind::Image:
                R.it = R.it + A.matmul(read.it);
                R.ii = R.ii + A.matmul(read.ii);
                break;
            case Kind::TextOnImage: {
                const Tensor seen = onAxis(A, text);
                R.ti = R.ti + normalised(read.tt).t().matmul(seen).matmul(normalised(read.ii));
                R.tt = R.tt + seen.matmul(read.it);
                break;
            }
            case Kind::ImageOnText:
                R.it = R.it + normalised(read.ii).t().matmul(A).matmul(normalised(read.tt));
                R.ii = R.ii + A.matmul(read.ti);
                break;
            default:
                MNERVA_CHECK(false);
        }
    }
    return R.ti;
}

}  // namespace mnerva::models
