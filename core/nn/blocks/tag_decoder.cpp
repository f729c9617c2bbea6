#include "core/nn/blocks/tag_decoder.h"

#include "core/base/check.h"
#include "core/base/error.h"

namespace mnerva::nn {

using torch::Tensor;

namespace {

Tensor usedPositions(const Tensor& E, const Tensor& mask) {
    return mask.defined() ? mask : torch::ones({E.size(0), E.size(1)}, E.options().dtype(torch::kBool));
}

void requireFiniteEmissions(const Tensor& E) {
    if (!E.isfinite().all().item<bool>()) throw Error(ErrorCode::NumberNotFinite, {"emissions"});
}

}  // namespace

Tensor SoftmaxDecoder::negativeLogLikelihood(const Tensor& E, const Tensor& y, const Tensor& mask) {
    requireFiniteEmissions(E);
    const Tensor chosen = E.to(torch::kFloat32).log_softmax(-1).gather(2, y.unsqueeze(-1)).squeeze(-1);  // [B, n]
    return -(chosen * usedPositions(E, mask).to(chosen.dtype())).sum(1);
}

std::vector<std::vector<int>> SoftmaxDecoder::bestTags(const Tensor& E, const Tensor& mask) {
    requireFiniteEmissions(E);
    const Tensor best = E.detach().argmax(-1).to(torch::kCPU), used = usedPositions(E, mask).to(torch::kCPU);
    const auto tags = best.accessor<std::int64_t, 2>();
    const auto use = used.accessor<bool, 2>();
    std::vector<std::vector<int>> out(static_cast<std::size_t>(E.size(0)));
    for (std::int64_t b = 0; b < E.size(0); ++b)
        for (std::int64_t i = 0; i < E.size(1); ++i)
            if (use[b][i]) out[static_cast<std::size_t>(b)].push_back(static_cast<int>(tags[b][i]));
    return out;
}

Tensor SoftmaxDecoder::marginals(const Tensor& E, const Tensor& mask) {
    requireFiniteEmissions(E);
    const torch::NoGradGuard noGradient;
    const Tensor rows = E.to(torch::kFloat32).softmax(-1);
    return (rows * usedPositions(E, mask).to(rows.dtype()).unsqueeze(-1)).to(torch::kCPU);
}

Tensor SoftmaxDecoder::logMarginals(const Tensor& E, const Tensor&) {
    requireFiniteEmissions(E);
    return E.to(torch::kFloat32).log_softmax(-1);
}

std::vector<double> SoftmaxDecoder::runProbabilities(const Tensor& E, const Tensor& mask,
                                                     const std::vector<TagRun>& runs) {
    const Tensor rows = marginals(E, mask), used = usedPositions(E, mask).to(torch::kCPU);
    const auto probability = rows.accessor<float, 3>();
    const auto use = used.accessor<bool, 2>();
    std::vector<double> out;
    for (const TagRun& run : runs) {
        double product = 1;
        int rank = 0;
        std::size_t done = 0;
        for (std::int64_t i = 0; i < E.size(1) && done < run.tags.size(); ++i) {
            if (!use[run.post][i]) continue;
            if (rank++ >= run.first) product *= static_cast<double>(probability[run.post][i][run.tags[done++]]);
        }
        MNERVA_CHECK(done == run.tags.size());
        out.push_back(product);
    }
    return out;
}

Tensor usedEmissions(const Tensor& E, const Tensor& mask) {
    requireFiniteEmissions(E);
    const Tensor places = usedPositions(E, mask)[0].to(torch::kCPU).nonzero().flatten();
    return E.to(torch::kCPU, torch::kFloat64).index_select(1, places);
}

Tensor SoftmaxDecoder::spanLogProbability(const Tensor& E, const Tensor& mask, const SpanPaths& paths) {
    const Tensor rows = usedEmissions(E, mask).log_softmax(-1);
    Tensor sum = torch::zeros({E.size(0)}, torch::kFloat64);
    for (const SpanPaths::Tag& at : paths.tags) sum = sum + rows.select(1, at.place).select(1, at.tag);
    return sum;
}

}  // namespace mnerva::nn
