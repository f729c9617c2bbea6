#include "core/base/check.h"
#include "core/nn/blocks/crf.h"

namespace mnerva::nn {
namespace {

using torch::Tensor;

// Finite: a sum of nothing but forbidden paths must have gradients that are numbers.
constexpr double kForbidden = -1e30;

Tensor penalty(const Tensor& allowed) {
    return torch::zeros(allowed.sizes(), torch::kFloat64).masked_fill(allowed.logical_not(), kForbidden);
}

/// Parameters of a chain, in float64 on the CPU.
struct Chain {
    Tensor start, end, transitions;

    /// log of the summed weight of the paths over rows [B, m, C] that pass `steps`: [B]. Between two steps the tag at
    /// the first of them is remembered: alpha is [B, C (remembered), C].
    Tensor logSum(const Tensor& rows, const std::vector<SpanPaths::Step>& steps) const {
        const std::int64_t C = rows.size(2);
        const Tensor itself = penalty(torch::eye(C).to(torch::kBool));
        Tensor alpha;
        std::size_t next = 0;
        bool remembers = false;
        for (std::int64_t t = 0; t < rows.size(1); ++t) {
            const Tensor row = rows.select(1, t);  // [B, C]
            if (t == 0)
                alpha = start + row;
            else if (remembers)
                alpha = (alpha.unsqueeze(3) + transitions).logsumexp(2) + row.unsqueeze(1);
            else
                alpha = (alpha.unsqueeze(2) + transitions).logsumexp(1) + row;
            if (next == steps.size() || steps[next].place != t) continue;
            const Tensor passed = alpha + penalty(steps[next].allowed);
            alpha = remembers ? passed.logsumexp(1) : passed;  // [B, C]
            remembers = ++next < steps.size();
            if (remembers) alpha = alpha.unsqueeze(1) + itself;
        }
        MNERVA_CHECK(next == steps.size());
        return (alpha + end).logsumexp(1);
    }
};

}  // namespace

Tensor CrfImpl::spanLogProbability(const Tensor& E, const Tensor& mask, const SpanPaths& paths) {
    const auto plain = [](const Tensor& x) { return x.to(torch::kCPU, torch::kFloat64); };
    const Chain chain{plain(start_transitions), plain(end_transitions), plain(transitions)};
    const Tensor rows = usedEmissions(E, mask);
    return chain.logSum(rows, paths.steps) - chain.logSum(rows, {});
}

}  // namespace mnerva::nn
