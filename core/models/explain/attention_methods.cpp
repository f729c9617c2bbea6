#include <algorithm>

#include "core/base/error.h"
#include "core/base/translatable.h"
#include "core/models/explain/explainer_internal.h"
#include "core/vision/geometry.h"

namespace mnerva::models {
namespace {

using torch::Tensor;

constexpr const char* kNoAttention =
    MNERVA_TEXT("Attribution", "In this system no attention of the words goes to the cells of the picture.");
constexpr const char* kNoCellAttention =
    MNERVA_TEXT("Attribution", "The attention of this system does not tell the cells of the picture apart.");
constexpr const char* kNoBack = MNERVA_TEXT("Attribution", "In this system the cells of the picture read no words.");

Tensor tensorOf(const FloatArray& array) {
    std::vector<std::int64_t> shape(array.shape.begin(), array.shape.end());
    return torch::tensor(array.values).view(shape);
}

int checked(const char* name, int value, std::int64_t most) {
    if (value > most)
        throw Error(ErrorCode::OptionInvalid, {name, std::to_string(value), "at most " + std::to_string(most)});
    return value;
}

}  // namespace

void PostExplainer::addAttention(const AttributionQuery& query, Attribution& out) const {
    const auto& layers = query.imageToText ? m_prediction.imageToText : m_prediction.textToImage;
    if (layers.empty()) {
        out.unavailable = query.imageToText ? kNoBack : kNoAttention;
        return;
    }
    const int layer = checked("layer", query.layer, static_cast<std::int64_t>(layers.size()));
    const Tensor all = tensorOf(layers[layer == 0 ? layers.size() - 1 : static_cast<std::size_t>(layer - 1)]);
    const int head = checked("head", query.head, all.size(0));
    const Tensor of = head == 0 ? all.mean(0) : all[head - 1];
    const std::int64_t words = m_target.last - m_target.first + 1;
    const Tensor columns = query.imageToText ? of.narrow(1, m_target.first + 1, words).mean(1)
                                             : of.narrow(0, m_target.first, words).mean(0);
    const Tensor cells = columns.narrow(0, 0, vision::kGridCells);
    if ((cells.max() - cells.min()).item<float>() < 1e-9F) {
        out.unavailable = kNoCellAttention;
        return;
    }
    spread(columns, out);
}

/// Rollout, and with gradients relevancy: the row of the target's words.
void PostExplainer::addFlow(bool withGradients, Attribution& out) {
    const torch::AutoGradMode gradients(withGradients);
    Batch batch = repeated(m_base, 1);
    if (withGradients && batch.grid.rows.defined()) batch.grid.rows = batch.grid.rows.detach().clone().requires_grad_();
    const nn::AttentionTape tape;
    const Tensor y = m_run.model.logProbability(batch, *m_plan);
    const std::vector<AttentionStep> steps = m_run.model.attentionSteps(batch, tape.entries());
    const auto carries = [](const AttentionStep& step) {
        return step.kind == AttentionStep::Kind::TextOnImage || step.kind == AttentionStep::Kind::Joint;
    };
    if (std::none_of(steps.begin(), steps.end(), carries)) {
        out.unavailable = m_prediction.textToImage.empty() ? kNoAttention : kNoCellAttention;
        return;
    }
    std::vector<Tensor> slopes;
    if (withGradients) {
        torch::autograd::variable_list inputs;
        for (const AttentionStep& step : steps) inputs.push_back(step.weights);
        slopes = torch::autograd::grad({y.sum()}, inputs, {}, false, false, /*allow_unused=*/true);
    }
    const bool isJoint = steps.front().kind == AttentionStep::Kind::Joint;
    Tensor pooling;
    if (batch.text.pooling.defined() && !isJoint) pooling = batch.text.pooling[0].to(torch::kCPU, torch::kFloat64);
    const std::int64_t text = pooling.defined() ? pooling.size(0) : batch.text.ids.size(1);
    std::int64_t columns = vision::kGridCells;
    for (const AttentionStep& step : steps)
        if (step.kind == AttentionStep::Kind::TextOnImage) columns = step.weights.size(3);
    const Tensor map =
        withGradients ? relevancyOf(steps, slopes, pooling, text, columns) : rolledOut(steps, pooling, text, columns);
    std::vector<std::int64_t> rows;
    for (int word = m_target.first; word <= m_target.last; ++word) {
        const EncodedPost::Word& of = m_encoded.words[static_cast<std::size_t>(word)];
        for (int piece = 0; piece < (isJoint ? of.pieces : 1); ++piece)
            rows.push_back(pooling.defined() ? word + 1 : of.first + piece);
    }
    spread(map.index_select(0, torch::tensor(rows, torch::kInt64)).mean(0), out);
}

}  // namespace mnerva::models
