#include <algorithm>

#include "core/base/error.h"
#include "core/models/systems/mpcfn_internal.h"
#include "core/vision/geometry.h"

namespace mnerva::models {
namespace {

using torch::Tensor;

constexpr int kLevels = 4;
constexpr double kGateSlope = 0.01;  // LeakyReLU of Eq. 5

Tensor dropped(const Tensor& x, double rate, bool training) {
    return torch::dropout(x, rate, training);
}

/// [B] or [P] onto [.., rows, H].
Tensor scaled(const Tensor& rows, const Tensor& weight) {
    return rows * weight.view({-1, 1, 1});
}

int layerOption(const nlohmann::json& options, const char* name, int fallback, int most) {
    const int value = options.at(name).get<int>();
    if (value > most)
        throw Error(ErrorCode::OptionInvalid,
                    {name, std::to_string(value), "at most " + std::to_string(most) + ", the layers of the encoder"});
    return value == 0 ? fallback : value;
}

}  // namespace

MpcfnOptions MpcfnOptions::from(const nlohmann::json& options, const nn::BertConfig& encoder,
                                const PictureLayout& pictures) {
    MpcfnOptions out;
    out.textOnly = !pictures.use;
    out.correlationGate = options.at("cp").get<bool>();
    out.useGlobal = options.at("use_global").get<bool>();
    // 5.5: cross fusion without any visual row falls back to the mean of nothing.
    out.crossFusion = options.at("cf").get<bool>() && (out.useGlobal || pictures.objects > 0);
    out.separateGateEncoder = options.at("gate_encoder") == "separate";
    out.fusionFromEncoder = options.at("cmt_init") == "encoder";
    out.bertInit = options.at("layer_init") == "bert";
    out.fusionLayers = layerOption(options, "fusion_layers", std::min(3, encoder.layers), encoder.layers);
    out.gateLayers = layerOption(options, "gate_layers", encoder.layers, encoder.layers);
    return out;
}

/// Steps 2 and 3 of one batch. Crops are kept as a list of those that are there; `owner` says whose they are.
struct Mpcfn::Pictures {
    std::vector<Tensor> grid;   ///< per level [B, 49, H]
    std::vector<Tensor> crops;  ///< per level [P, M, H]; empty without crops
    Tensor gridMask;            ///< bool [B]
    Tensor keyMask;             ///< bool [B, 49 + M*K]
    Tensor relevance;           ///< [B, 1 + K]
    bool hasCrops() const { return !crops.empty(); }
};

Mpcfn::Mpcfn(const ModelShape& shape)
    : m_shape(shape), m_options(MpcfnOptions::from(shape.options, shape.encoder, shape.pictures)) {
    const nn::BertConfig& encoder = m_shape.encoder;
    const int width = encoder.hidden;
    m_bert = register_module("bert", nn::Bert(encoder));
    m_bert->initBert();
    const bool crossFusion = !m_options.textOnly && m_options.crossFusion;
    if (!m_options.textOnly) {
        for (int level = 0; level < kLevels; ++level)
            m_projections.push_back(
                register_module("level_projection_" + std::to_string(level + 1),
                                nn::Dense(m_shape.pictures.widths[static_cast<std::size_t>(level)], width)));
        m_levelNorm = register_module("level_norm", nn::Norm(width, encoder.layerNormEps));
        for (int f = 0; f < (crossFusion ? m_options.fusionLayers : 1); ++f)
            m_levelGates.push_back(register_module("level_gate_" + std::to_string(f + 1), nn::Dense(width, kLevels)));
        if (m_options.correlationGate) {
            m_relevance = register_module("relevance", nn::Dense(width, 2));
            if (encoder.typeVocabulary < 2)
                m_pictureType = register_parameter("picture_type", torch::randn({width}) * 0.02);
            if (m_options.separateGateEncoder) m_gateBert = register_module("gate_bert", nn::Bert(encoder));
        }
        if (!crossFusion) m_meanGate = register_module("mean_gate", nn::Dense(2 * width, width));
    }
    for (int f = 0; crossFusion && f < m_options.fusionLayers; ++f) {
        m_textStream.push_back(register_module("text_stream_" + std::to_string(f + 1), nn::AttentionBlock(encoder)));
        m_visionStream.push_back(
            register_module("vision_stream_" + std::to_string(f + 1), nn::AttentionBlock(encoder)));
        m_textStream.back()->initBert();
        m_visionStream.back()->initBert();
    }
    m_emission = register_module("emission", nn::Dense(crossFusion ? 2 * width : width, m_shape.tags()));
    m_crf = register_module("crf", nn::Crf(m_shape.tags()));
    if (!m_options.bertInit) return;
    for (nn::Dense& projection : m_projections) nn::initBert(*projection);
    for (nn::Dense& gate : m_levelGates) nn::initBert(*gate);
    if (m_relevance) nn::initBert(*m_relevance);
    if (m_meanGate) nn::initBert(*m_meanGate);
    nn::initBert(*m_emission);
}

void Mpcfn::startFromEncoder() {
    const torch::NoGradGuard noGradient;
    const int first = m_shape.encoder.layers - m_options.fusionLayers;  // fusion layer f starts from block L - F + f
    for (std::size_t f = 0; m_options.fusionFromEncoder && f < m_textStream.size(); ++f) {
        const nn::AttentionBlock block = m_bert->block(first + static_cast<int>(f));
        m_textStream[f]->copyFrom(*block);
        m_visionStream[f]->copyFrom(*block);
    }
    if (!m_gateBert) return;
    const auto from = m_bert->named_parameters();
    for (auto& item : m_gateBert->named_parameters()) item.value().copy_(from[item.key()]);
}

std::string Mpcfn::groupOf(const std::string& parameter) const {
    const auto starts = [&](const char* prefix) { return parameter.rfind(prefix, 0) == 0; };
    if (starts("bert.") || starts("gate_bert.")) return "text";
    return starts("emission.") || starts("crf.") ? "crf" : "vision";
}

std::vector<std::string> Mpcfn::explains() const {
    if (m_options.textOnly) return {"marginals"};
    if (!m_options.crossFusion) return {"relevance", "level-gates", "marginals"};
    return {"attention", "relevance", "level-gates", "marginals"};
}

/// Step 2: the cached rows are pooled already; project each level, normalise.
Mpcfn::Pictures Mpcfn::project(const Batch& batch) {
    Pictures out;
    const bool hasCrops = batch.crops.size(0) > 0;
    std::int64_t offset = 0;
    for (std::size_t level = 0; level < kLevels; ++level) {
        const std::int64_t channels = m_shape.pictures.widths[level];
        out.grid.push_back(m_levelNorm(m_projections[level](batch.grid.narrow(2, offset, channels).contiguous())));
        if (hasCrops)
            out.crops.push_back(
                m_levelNorm(m_projections[level](batch.crops.narrow(2, offset, channels).contiguous())));
        offset += channels;
    }
    out.gridMask = m_options.useGlobal ? batch.gridMask : torch::zeros_like(batch.gridMask);
    const std::int64_t posts = batch.posts();
    const Tensor gridKeys = out.gridMask.view({posts, 1}).expand({posts, vision::kGridCells});
    const Tensor cropKeys = batch.cropMask.view({posts, m_shape.pictures.objects, 1})
                                .expand({posts, m_shape.pictures.objects, m_shape.pictures.objectRows})
                                .reshape({posts, std::int64_t{m_shape.pictures.objects} * m_shape.pictures.objectRows});
    out.keyMask = torch::cat({gridKeys, cropKeys}, 1);
    return out;
}

/// r of each picture: joint pass of words and rows (Eq. 3). words [P, N, H], mask [P, N], rows [P, S, H] -> [P].
Tensor Mpcfn::relevanceOf(const Tensor& words, const Tensor& mask, const Tensor& rows) {
    nn::Bert& reader = m_gateBert ? m_gateBert : m_bert;
    const std::int64_t posts = rows.size(0), pieces = words.size(1), cells = rows.size(1);
    const bool twoTypes = m_shape.encoder.typeVocabulary >= 2;
    const Tensor joint = torch::cat({words, twoTypes ? rows : rows + m_pictureType}, 1);  // [P, N + S, H]
    Tensor types = torch::zeros({posts, pieces + cells}, mask.options().dtype(torch::kInt64));
    if (twoTypes) types.narrow(1, pieces, cells).fill_(1);
    const Tensor jointMask = torch::cat({mask, torch::ones({posts, cells}, mask.options())}, 1);
    const int last = m_options.gateLayers - 1;
    const Tensor hidden = reader->encode(reader->embed(joint, types), jointMask, last);
    // Only [CLS] is read, so the last block needs no other query.
    const Tensor cls = reader->block(last)->forward(hidden.narrow(1, 0, 1), hidden, jointMask).output;
    return m_relevance(cls.squeeze(1)).softmax(-1).select(1, 1);
}

/// Step 3: r_k for every picture and V' = r V (Eq. 4).
void Mpcfn::applyCorrelationGate(const Batch& batch, Pictures& pictures) {
    const std::int64_t posts = batch.posts(), objects = m_shape.pictures.objects;
    const Tensor present = pictures.gridMask.to(torch::kFloat32);
    Tensor gridRelevance = present, cropRelevance;
    if (m_options.correlationGate) {
        nn::Bert& reader = m_gateBert ? m_gateBert : m_bert;
        const Tensor words = reader->wordEmbeddings(batch.ids);  // [B, N, H]
        if (m_options.useGlobal) gridRelevance = relevanceOf(words, batch.mask, pictures.grid[kLevels - 1]) * present;
        if (pictures.hasCrops()) {
            const Tensor owner = torch::div(batch.cropSlots, objects, "floor");
            cropRelevance = relevanceOf(words.index_select(0, owner), batch.mask.index_select(0, owner),
                                        pictures.crops[kLevels - 1]);
        }
    } else if (pictures.hasCrops()) {
        cropRelevance = torch::ones({batch.crops.size(0)}, present.options());
    }
    for (Tensor& rows : pictures.grid) rows = scaled(rows, gridRelevance);
    for (Tensor& rows : pictures.crops) rows = scaled(rows, cropRelevance);
    Tensor all = torch::zeros({posts * objects}, present.options());
    if (pictures.hasCrops()) all = all.index_copy(0, batch.cropSlots, cropRelevance);
    pictures.relevance = torch::cat({gridRelevance.view({posts, 1}), all.view({posts, objects})}, 1);
}

/// Step 4: M of a fusion layer (Eq. 5-7): [B, 49 + M*K, H]; `gates` [B, 4] are those of the post picture.
Tensor Mpcfn::fuseLevels(const Batch& batch, const Pictures& pictures, int layer, Tensor* gates) {
    const auto fused = [&](const std::vector<Tensor>& levels, Tensor* weights) {
        const Tensor stacked = torch::stack(levels, 1);  // [P, 4, S, H]
        const Tensor mean = stacked.mean(2).mean(1);     // [P, H]
        const Tensor alpha = torch::leaky_relu(m_levelGates[static_cast<std::size_t>(layer)](mean), kGateSlope);
        const Tensor G = alpha.softmax(-1);  // [P, 4]
        if (weights) *weights = G;
        return (stacked * G.view({-1, kLevels, 1, 1})).sum(1);  // [P, S, H]
    };
    const Tensor grid = fused(pictures.grid, gates);
    const std::int64_t posts = batch.posts(), width = grid.size(2);
    const std::int64_t objects = m_shape.pictures.objects, rows = m_shape.pictures.objectRows;
    if (objects == 0) return grid;
    Tensor crops = torch::zeros({posts * objects, rows, width}, grid.options());
    if (pictures.hasCrops()) crops = crops.index_copy(0, batch.cropSlots, fused(pictures.crops, nullptr));
    return torch::cat({grid, crops.view({posts, objects * rows, width})}, 1);
}

/// Steps 5 to 7 with cross fusion. The keys are T+ = [CLS; T; SEP].
void Mpcfn::crossFuse(const Batch& batch, const Pictures& pictures, const Units& text, bool explain, Forward& out) {
    Tensor Q = text.units, S, attention;
    for (int f = 0; f < m_options.fusionLayers; ++f) {
        const auto index = static_cast<std::size_t>(f);
        const bool last = f + 1 == m_options.fusionLayers;
        Tensor gates;
        const Tensor M = fuseLevels(batch, pictures, f, &gates);
        nn::BlockOutput read = m_textStream[index]->forward(Q, M, pictures.keyMask, explain || last);
        nn::BlockOutput seen =
            m_visionStream[index]->forward(S.defined() ? M + S : M, text.keys, text.keyMask, explain);
        Q = read.output;
        S = seen.output;
        attention = read.attention;
        if (!explain) continue;
        out.levelGates.push_back(gates);
        out.textToImage.push_back(read.attention);
        out.imageToText.push_back(seen.attention);
    }
    const Tensor u = attention.mean(1).bmm(S);  // each word reads the cells it looked at: [B, n, H]
    const Tensor joined = torch::cat({Q, u}, -1);
    out.emissions = m_emission(dropped(joined, m_shape.encoder.hiddenDropout, is_training()));
}

/// Step 7 without cross fusion: Q' = T + g * m, m the mean of the visible rows.
void Mpcfn::meanFuse(const Batch& batch, const Pictures& pictures, const Tensor& words, Forward& out) {
    Tensor gates;
    const Tensor M = fuseLevels(batch, pictures, 0, &gates);
    const Tensor visible = pictures.keyMask.to(M.dtype()).unsqueeze(-1);  // [B, S, 1]
    const Tensor m = ((M * visible).sum(1) / visible.sum(1).clamp_min(1)).unsqueeze(1).expand_as(words);
    const Tensor g = m_meanGate(torch::cat({words, m}, -1)).sigmoid();
    out.levelGates.push_back(gates);
    out.emissions = m_emission(dropped(words + g * m, m_shape.encoder.hiddenDropout, is_training()));
}

Forward Mpcfn::forward(const Batch& batch, bool explain) {
    Forward out;
    const Units text = unitsOf(batch, m_bert->forward(batch.ids, Tensor(), batch.mask));
    if (m_options.textOnly) {
        out.emissions = m_emission(dropped(text.units, m_shape.encoder.hiddenDropout, is_training()));
        return out;
    }
    Pictures pictures = project(batch);
    applyCorrelationGate(batch, pictures);
    out.relevance = pictures.relevance;
    if (m_options.crossFusion)
        crossFuse(batch, pictures, text, explain, out);
    else
        meanFuse(batch, pictures, text.units, out);
    return out;
}

}  // namespace mnerva::models
