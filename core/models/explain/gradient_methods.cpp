#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/translatable.h"
#include "core/models/explain/explainer_internal.h"
#include "core/vision/geometry.h"

namespace mnerva::models {
namespace {

using torch::Tensor;

constexpr std::int64_t kGradientCopies = 8;
constexpr const char* kNoCells =
    MNERVA_TEXT("Attribution", "This system does not read the cells of the picture one by one.");
constexpr const char* kNoWhole =
    MNERVA_TEXT("Attribution", "This system reads boxes of the picture, and the whole picture is none of them.");

std::vector<float> floats(const Tensor& tensor) {
    const Tensor values = tensor.to(torch::kCPU, torch::kFloat32).contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

Tensor leaf(const Tensor& tensor) {
    return tensor.defined() && tensor.numel() > 0 ? tensor.detach().clone().requires_grad_() : tensor;
}

}  // namespace

PostExplainer::Leaves PostExplainer::leaves() const {
    Leaves out{repeated(m_base, 1), {}, {}, {}, {}, {}};
    out.grid = out.batch.grid.rows = leaf(out.batch.grid.rows);
    out.crops = out.batch.crops.rows = leaf(out.batch.crops.rows);
    out.more = out.batch.more.grids = leaf(out.batch.more.grids);
    out.prompts = out.batch.prompts = leaf(out.batch.prompts);
    out.regions = out.batch.regions.rows = leaf(out.batch.regions.rows);
    return out;
}

/// dy/dx; zero where y does not rest on x.
Tensor PostExplainer::gradientOf(const Tensor& y, const Tensor& input) const {
    const Tensor slope =
        torch::autograd::grad({y.sum()}, {input}, {}, /*retain_graph=*/true, false, /*allow_unused=*/true)[0];
    return slope.defined() ? slope : torch::zeros_like(input);
}

void PostExplainer::addGradientInput(Attribution& out) {
    if (!readsCells()) {
        out.unavailable = kNoCells;
        return;
    }
    const torch::AutoGradMode gradients(true);
    const Leaves in = leaves();
    const Tensor y = m_run.model.logProbability(in.batch, *m_plan);
    const auto products = [&](const Tensor& x) { return (x.detach() * gradientOf(y, x)).sum(-1); };  // [.., rows]
    out.cells = floats(products(in.grid)[0]);
    if (in.more.defined() && in.more.numel() > 0) {
        out.more.assign(static_cast<std::size_t>(m_base.more.perPost - 1), std::vector<float>(vision::kGridCells));
        const Tensor of = products(in.more);
        for (std::int64_t i = 0; i < of.size(0); ++i)
            out.more[static_cast<std::size_t>(m_base.more.slots[i].item<std::int64_t>())] = floats(of[i]);
    }
    if (in.crops.defined() && in.crops.numel() > 0) {
        Tensor all = torch::zeros({m_base.crops.mask.size(1)});
        all.index_copy_(0, m_base.crops.slots.to(torch::kCPU), products(in.crops).sum(1).to(torch::kCPU));
        out.crops = floats(all);
    }
}

/// The last stage is a 7x7 map by itself. Where the system reads it pooled, every cell of a pool has an equal share of
/// its gradient, so the mean over the cells needs no pass through the ResNet.
void PostExplainer::addGradCam(Attribution& out) {
    const std::int64_t cells = vision::kGridCells, width = m_run.shape.pictures.widths[3];
    const torch::AutoGradMode gradients(true);
    const Leaves in = leaves();
    const Tensor y = m_run.model.logProbability(in.batch, *m_plan);
    const auto lastOf = [](const Tensor& rows, std::int64_t channels) {
        return rows.narrow(-1, rows.size(-1) - channels, channels);
    };
    const auto stageOf = [&](std::int64_t channels, const torch::Device& device) {
        const Tensor rows = m_run.pictures ? m_run.pictures->cellsOf(m_post) : Tensor();
        return rows.defined() ? lastOf(rows, channels).to(device) : Tensor();
    };
    Tensor stage, slope;  // [49, C4]; [C4]
    if (readsCells()) {
        stage = lastOf(in.grid.detach()[0], width);
        slope = lastOf(gradientOf(y, in.grid)[0], width).mean(0);
    } else if (in.prompts.defined()) {
        const std::int64_t channels = m_run.shape.pictures.promptWidths[3];
        const Tensor of = gradientOf(y, in.prompts)[0][0];  // [4, Cp]: channel by channel, 2x2 each
        slope = lastOf(of.reshape({-1, 4}).t(), channels).sum(0) / static_cast<double>(cells);
        stage = stageOf(channels, slope.device());
    } else if (in.regions.defined()) {
        const auto whole = std::find(m_pictures.regionOf.begin(), m_pictures.regionOf.end(), -1);
        if (whole == m_pictures.regionOf.end()) {
            out.unavailable = kNoWhole;
            return;
        }
        slope = gradientOf(y, in.regions)[0][whole - m_pictures.regionOf.begin()] / static_cast<double>(cells);
        stage = stageOf(width, slope.device());
    }
    if (!stage.defined()) {
        out.unavailable = kNoCells;
        return;
    }
    out.cells = floats((stage * slope).sum(1).clamp_min(0));
}

void PostExplainer::addIntegrated(const AttributionQuery& query, const ProgressSink& progress,
                                  const std::stop_token& stop, Attribution& out) {
    if (!readsCells()) {
        out.unavailable = kNoCells;
        return;
    }
    const Tensor x = m_base.grid.rows[0].detach();  // [49, Ct]
    const Tensor x0 = baselineCell(query.baseline, &out.baseline).to(x.device()).expand_as(x);
    Tensor sum = torch::zeros_like(x);
    for (std::int64_t step = 0; step < query.steps; step += kGradientCopies) {
        if (stop.stop_requested()) throw Cancelled{};
        const torch::AutoGradMode gradients(true);
        const std::int64_t count = std::min<std::int64_t>(kGradientCopies, query.steps - step);
        Batch batch = repeated(m_base, count);
        const Tensor a =
            ((torch::arange(count, x.options()) + static_cast<double>(step) + 0.5) / static_cast<double>(query.steps))
                .view({-1, 1, 1});
        batch.grid.rows = (x0 + a * (x - x0)).detach().requires_grad_();
        const Tensor y = m_run.model.logProbability(batch, *m_plan);
        sum += gradientOf(y, batch.grid.rows).sum(0);
        report(progress, out.method, step + count, query.steps);
    }
    const Tensor map = ((x - x0) * sum / static_cast<double>(query.steps)).sum(1);
    Batch nothing = repeated(m_base, 1);
    nothing.grid.rows = x0.unsqueeze(0).contiguous();
    out.change = m_target.logProbability - ask(nothing);
    out.gap = std::abs(map.to(torch::kFloat64).sum().item<double>() - *out.change);
    out.cells = floats(map);
}

}  // namespace mnerva::models
