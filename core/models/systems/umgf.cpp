#include "core/models/systems/umgf_internal.h"

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/models/systems/cross_modal_internal.h"
#include "core/nn/weights/weights.h"
#include "core/vision/geometry.h"

namespace mnerva::models {

using torch::Tensor;

namespace {

constexpr double kNormEps = 1e-5;

/// Xavier-uniform weights, zero biases.
nn::Dense xavier(nn::Dense dense) {
    const torch::NoGradGuard noGradient;
    torch::nn::init::xavier_uniform_(dense->weight);
    dense->bias.zero_();
    return dense;
}

/// sigmoid(W [a_i ; b_j] + bias) for every pair: [B, |a|, |b|, d]. W's halves act before the pairs are made.
Tensor pairGates(nn::Dense& gate, const Tensor& a, const Tensor& b) {
    const auto halves = gate->weight.chunk(2, 1);
    const Tensor ofA = nn::linear(a, halves[0].contiguous(), gate->bias);
    const Tensor ofB = nn::linear(b, halves[1].contiguous(), Tensor());
    return (ofA.unsqueeze(2) + ofB.unsqueeze(1)).sigmoid();
}

}  // namespace

UmgfLayerImpl::UmgfLayerImpl(std::int64_t width, std::int64_t heads, double dropout)
    : torch::nn::Module("UmgfLayer"), m_width(width), m_heads(heads), m_dropout(dropout) {
    const auto dense = [&](const char* name) { return register_module(name, xavier(nn::Dense(width, width))); };
    m_wordAttention = {dense("text_query"), dense("text_key"), dense("text_value"), dense("text_output")};
    m_unitAttention.query = dense("unit_query");
    m_unitAttention.key = dense("unit_key");
    for (Attention* attention : {&m_wordAttention, &m_unitAttention})  // queries and keys start equal
        nn::loadInto(*attention->key, nn::stateOf(*attention->query), "the queries");
    m_words = makeSide("text");
    m_units = makeSide("unit");
}

UmgfLayerImpl::Side UmgfLayerImpl::makeSide(const std::string& name) {
    const auto norm = [&](const char* which) { return register_module(name + which, nn::Norm(m_width, kNormEps)); };
    const auto dense = [&](const char* which, std::int64_t in, std::int64_t out) {
        return register_module(name + which, xavier(nn::Dense(in, out)));
    };
    const std::int64_t between = std::max<std::int64_t>(1, m_width / 2);
    return {norm("_norm_1"),
            norm("_norm_2"),
            norm("_norm_3"),
            dense("_gate", 2 * m_width, m_width),
            dense("_up", m_width, between),
            dense("_down", between, m_width)};
}

Tensor UmgfLayerImpl::dropped(const Tensor& x) const {
    return torch::dropout(x, m_dropout, is_training());
}

Tensor UmgfLayerImpl::amongThemselves(Attention& attention, const Tensor& x, const Tensor& mask) {
    const std::int64_t B = x.size(0), n = x.size(1);
    const auto split = [&](const Tensor& rows) { return rows.view({B, n, m_heads, -1}).transpose(1, 2); };
    const Tensor Q = split(attention.query(x)), K = split(attention.key(x));
    const Tensor V = split(attention.value ? attention.value(x) : x);
    Tensor weights = Q.matmul(K.transpose(-1, -2)) / std::sqrt(static_cast<double>(Q.size(3)));
    weights = weights.masked_fill(mask.logical_not().view({B, 1, 1, n}), std::numeric_limits<float>::lowest());
    weights = weights.softmax(-1) * mask.any(1).view({B, 1, 1, 1}).to(x.dtype());  // nothing to look at: nothing seen
    // The public code drops the probabilities of both, beside what comes of the product (forward()).
    const Tensor context = dropped(weights).matmul(V).transpose(1, 2).reshape({B, n, m_width});
    return attention.output ? attention.output(context) : context;
}

Tensor UmgfLayerImpl::finished(Side& side, const Tensor& x, const Tensor& message) {
    const Tensor crossed = side.crossed(x + dropped(message));
    return side.last(crossed + dropped(side.down(side.up(crossed).relu())));
}

UmgfLayerImpl::Nodes UmgfLayerImpl::forward(const Nodes& in, Tensor* gates) {
    const Tensor x = m_words.attended(in.words + dropped(amongThemselves(m_wordAttention, in.words, in.wordMask)));
    const Tensor o = m_units.attended(in.units + dropped(amongThemselves(m_unitAttention, in.units, in.unitMask)));
    const Tensor word = in.wordMask.unsqueeze(2).to(x.dtype()), unit = in.unitMask.unsqueeze(1).to(x.dtype());
    const Tensor pairs = (word * unit).unsqueeze(3);               // M_ij, [B, n, K, 1]
    const Tensor toWords = pairGates(m_words.gate, x, o) * pairs;  // g_ij, [B, n, K, d]
    const Tensor toUnits = pairGates(m_units.gate, x, o) * pairs;  // g'_ji
    if (gates) *gates = toWords.mean(3);
    const Tensor forWords = (toWords * o.unsqueeze(1)).sum(2), forUnits = (toUnits * x.unsqueeze(2)).sum(1);
    return {finished(m_words, x, forWords), finished(m_units, o, forUnits), in.wordMask, in.unitMask};
}

Umgf::Umgf(const ModelShape& shape)
    : SequenceTagger(shape),
      m_dropout(shape.options.at("graph_dropout").get<double>()),
      m_sumsLoss(shape.options.at("loss_sum").get<bool>()),
      m_unitNorm(shape.options.at("unit_norm").get<bool>()) {
    const auto width = shape.options.at("graph_dim").get<std::int64_t>();
    const auto heads = shape.options.at("graph_heads").get<std::int64_t>();
    if (width % heads != 0)
        throw Error(ErrorCode::OptionInvalid, {"graph_heads", std::to_string(heads), "a divisor of graph_dim"});
    const auto between = shape.options.at("unit_width").get<std::int64_t>();
    const int layers = shape.options.at("graph_layers").get<int>();
    m_textIn = register_module("text_in", nn::Dense(shape.encoder.hidden, width));
    m_unitLast = register_module("unit_last", nn::Dense(shape.pictures.widths[3], between));
    m_unitIn = register_module("unit_in", xavier(nn::Dense(between, width)));
    m_unitOut = register_module("unit_out", xavier(nn::Dense(width, width)));
    for (int l = 1; l <= layers; ++l) {
        m_layers.push_back(register_module("layer_" + std::to_string(l), UmgfLayer(width, heads, m_dropout)));
        if (l > 1) nn::loadInto(*m_layers.back(), nn::stateOf(*m_layers.front()), "the first layer");
    }
    m_emission = register_module("emission", nn::Dense(shape.encoder.hidden + width, shape.tags()));
    m_crf = register_module("crf", nn::Crf(shape.tags()));
}

/// [B, K, C4]: the crops that are there, the whole picture in the other places; `mask` bool [B, K].
Tensor Umgf::unitsOfPictures(const GridRows& grid, const CropRows& crops, Tensor& mask) {
    const std::int64_t B = crops.mask.size(0), K = crops.mask.size(1), C4 = m_shape.pictures.widths[3];
    const Tensor whole = lastStage(grid, m_shape).mean(1, /*keepdim=*/true);  // 1x1 pooling of the stage
    Tensor units = whole.expand({B, K, C4}).reshape({B * K, C4});
    if (crops.slots.numel() > 0) {
        const Tensor rows = crops.rows.select(1, 0).narrow(1, crops.rows.size(2) - C4, C4);
        units = units.index_copy(0, crops.slots, rows);
    }
    mask = crops.mask.logical_or(grid.mask.unsqueeze(1));
    return units.view({B, K, C4});
}

/// Gates [B, n, K] as shares of the columns that textToImage has: [B, 1, n, 49 + K].
Tensor Umgf::sharesOf(const CropRows& crops, const Tensor& gates) const {
    const Tensor shares = gates / gates.sum(-1, true).clamp_min(1e-12);
    const Tensor ofCrops = shares * crops.mask.unsqueeze(1).to(shares.dtype());
    const Tensor whole = (shares - ofCrops).sum(-1, true) / vision::kGridCells;
    return torch::cat({whole.expand({-1, -1, vision::kGridCells}), ofCrops}, -1).unsqueeze(1);
}

Forward Umgf::forward(const Batch& batch, bool explain) {
    Forward out;
    const Units text = unitsOf(batch.text, statesOf(batch.text));
    const auto drop = [&](const Tensor& x) { return torch::dropout(x, m_dropout, is_training()); };
    UmgfLayerImpl::Nodes nodes;
    nodes.words = m_textIn(text.keys);  // step 1, [B, n, d]
    nodes.wordMask = text.keyMask;
    Tensor units = unitsOfPictures(batch.grid, batch.crops, nodes.unitMask);
    if (m_unitNorm) units = torch::layer_norm(units, {units.size(2)});
    nodes.units = drop(m_unitOut(drop(m_unitIn(m_unitLast(units)).relu())).relu());  // step 2, [B, K, d]
    const auto emissionsOf = [&](const Tensor& words) {
        return m_emission(taggedOnly(batch.text, torch::cat({text.keys, words}, -1), 1).contiguous());
    };
    for (UmgfLayer& layer : m_layers) {  // step 3
        Tensor gates;
        nodes = layer->forward(nodes, explain ? &gates : nullptr);
        if (!explain) continue;
        out.textToImage.push_back(sharesOf(batch.crops, taggedOnly(batch.text, gates, 1)));
        if (&layer != &m_layers.back()) out.earlierEmissions.push_back(emissionsOf(nodes.words));
    }
    out.emissions = emissionsOf(nodes.words);  // step 4
    return out;
}

Tensor Umgf::loss(const Batch& batch) {
    const Tensor emissions = forward(batch, false).emissions;
    const Tensor nll = nllOf(emissions, batch.text);
    return m_sumsLoss ? nll.sum() : nll.mean();
}

std::vector<double> Umgf::lossCounts(const Batch& batch) {
    if (m_sumsLoss) return {0};
    return SequenceTagger::lossCounts(batch);
}

}  // namespace mnerva::models
