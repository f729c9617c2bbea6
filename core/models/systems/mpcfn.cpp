#include <algorithm>

#include "core/base/error.h"
#include "core/models/systems/joint_pass_internal.h"
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
    out.cellsBehindPost = options.at("cell_positions") == "post";
    out.fusionFromEncoder = options.at("cmt_init") == "encoder";
    out.wordDropout = options.at("word_dropout").get<double>();
    out.bertInit = options.at("layer_init") == "bert";
    out.fusionLayers = layerOption(options, "fusion_layers", std::min(3, encoder.layers), encoder.layers);
    out.gateLayers = layerOption(options, "gate_layers", encoder.layers, encoder.layers);
    return out;
}

/// Steps 2 and 3 of one batch whose posts have up to P pictures. Crops and further pictures are kept as lists of those
/// that are there; cropSlots and moreSlots of the batch say whose they are. Rows stand picture by picture, the 49 of
/// its grid before those of its crops.
struct Mpcfn::Pictures {
    std::vector<Tensor> grid;   ///< per level [B, 49, H], of the first pictures
    std::vector<Tensor> more;   ///< per level [present, 49, H]; empty without further pictures
    std::vector<Tensor> crops;  ///< per level [present, M, H]; empty without crops
    Tensor gridMask;            ///< bool [B]
    Tensor keyMask;             ///< bool [B, P * (49 + M*K)]
    Tensor relevance;           ///< [B, P * (1 + K)]
    bool hasMore() const { return !more.empty(); }
    bool hasCrops() const { return !crops.empty(); }
};

Mpcfn::Mpcfn(const ModelShape& shape)
    : SequenceTagger(shape), m_options(MpcfnOptions::from(shape.options, shape.encoder, shape.pictures)) {
    const nn::BertConfig& encoder = m_shape.encoder;
    const int width = encoder.hidden;
    const bool crossFusion = !m_options.textOnly && m_options.crossFusion;
    if (!m_options.textOnly) {
        for (int level = 0; level < kLevels; ++level)
            m_projections.push_back(
                register_module("level_projection_" + std::to_string(level + 1),
                                nn::Dense(m_shape.pictures.widths[static_cast<std::size_t>(level)], width)));
        m_levelNorm = register_module("level_norm", nn::Norm(width, encoder.layerNormEps));
        if (m_shape.pictures.pictures > 1)  // zero, so that pictures are alike until training tells them apart
            m_pictureOrder = register_parameter("picture_order", torch::zeros({m_shape.pictures.pictures - 1, width}));
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

std::vector<AttentionStep> Mpcfn::attentionSteps(const Batch& batch,
                                                 const std::vector<nn::AttentionTape::Entry>& entries) {
    if (m_textStream.empty()) return {};
    std::vector<AttentionStep> steps = encoderSteps(batch, entries);
    for (const auto& entry : entries)  // both streams of a layer read what the layer before made
        for (std::size_t f = 0; f < m_textStream.size(); ++f) {
            if (entry.block == m_textStream[f].get())
                steps.push_back({AttentionStep::Kind::TextOnImage, entry.weights, Tensor(), false});
            if (entry.block == m_visionStream[f].get())
                steps.push_back({AttentionStep::Kind::ImageOnText, entry.weights, Tensor(), true});
        }
    return steps;
}

/// Step 2: the cached rows are pooled already; project each level, normalise. Rows of further pictures get the vector
/// of their place among the post's pictures (9.3); the first has none, so a single picture is as it was.
Mpcfn::Pictures Mpcfn::project(const Batch& batch) {
    Pictures out;
    const std::int64_t posts = batch.posts(), P = batch.more.perPost, objects = m_shape.pictures.objects;
    const std::int64_t cropRows = objects * m_shape.pictures.objectRows;
    const bool hasCrops = batch.crops.rows.size(0) > 0;
    const bool hasMore = P > 1 && batch.more.grids.size(0) > 0;
    Tensor cropOrder, moreOrder;  // [present, 1, H]
    if (P > 1) {
        const Tensor all = torch::cat({torch::zeros_like(m_pictureOrder.narrow(0, 0, 1)), m_pictureOrder});
        cropOrder = all.index_select(0, torch::div(batch.crops.slots, std::max<std::int64_t>(1, objects), "floor") % P)
                        .unsqueeze(1);
        moreOrder = all.index_select(0, batch.more.slots % (P - 1) + 1).unsqueeze(1);
    }
    std::int64_t offset = 0;
    for (std::size_t level = 0; level < kLevels; ++level) {
        const std::int64_t channels = m_shape.pictures.widths[level];
        const auto rowsOf = [&](const Tensor& pooled) {
            return m_levelNorm(m_projections[level](pooled.narrow(2, offset, channels).contiguous()));
        };
        out.grid.push_back(rowsOf(batch.grid.rows));
        if (hasMore) out.more.push_back(rowsOf(batch.more.grids) + moreOrder);
        if (hasCrops) out.crops.push_back(P > 1 ? rowsOf(batch.crops.rows) + cropOrder : rowsOf(batch.crops.rows));
        offset += channels;
    }
    out.gridMask = m_options.useGlobal ? batch.grid.mask : torch::zeros_like(batch.grid.mask);
    Tensor pictureMask = out.gridMask.view({posts, 1});  // [B, P]
    if (P > 1)
        pictureMask =
            torch::cat({pictureMask, m_options.useGlobal ? batch.more.mask : torch::zeros_like(batch.more.mask)}, 1);
    const Tensor gridKeys = pictureMask.view({posts, P, 1}).expand({posts, P, vision::kGridCells});
    const Tensor cropKeys = batch.crops.mask.view({posts, P, objects, 1})
                                .expand({posts, P, objects, m_shape.pictures.objectRows})
                                .reshape({posts, P, cropRows});
    out.keyMask = torch::cat({gridKeys, cropKeys}, 2).view({posts, P * (vision::kGridCells + cropRows)});
    return out;
}

/// r of each picture: joint pass of words and rows (Eq. 3). words [P, N, H], mask [P, N], types [P, N] or undefined
/// (all 0), rows [P, S, H] -> [P]. Padding is read behind the rows, so that their positions, and with them r, depend on
/// no other post of the batch.
Tensor Mpcfn::relevanceOf(const Tensor& words, const Tensor& mask, const Tensor& wordTypes, const Tensor& rows) {
    const JointSequence joint(mask, wordTypes, torch::ones({rows.size(0), rows.size(1)}, mask.options()),
                              m_shape.encoder, m_options.cellsBehindPost);
    const Tensor typed = m_pictureType.defined() ? rows + m_pictureType : rows;
    const Tensor cls =
        joint.readCls(m_gateBert ? m_gateBert : m_bert, joint.joined(words, typed), m_options.gateLayers);
    return m_relevance(cls).softmax(-1).select(1, 1);
}

/// Step 3: r_k for every picture and V' = r V (Eq. 4).
void Mpcfn::applyCorrelationGate(const Batch& batch, Pictures& pictures) {
    const std::int64_t posts = batch.posts(), objects = m_shape.pictures.objects, P = batch.more.perPost;
    const Tensor present = pictures.gridMask.to(torch::kFloat32);
    Tensor gridRelevance = present, moreRelevance, cropRelevance;
    if (m_options.correlationGate) {
        nn::Bert& reader = m_gateBert ? m_gateBert : m_bert;
        const Tensor words = reader->wordEmbeddings(batch.text.ids);  // [B, N, H]
        // Of pictures in a list, `each` of them a post's.
        const auto listed = [&](const Tensor& slots, std::int64_t each, const std::vector<Tensor>& rows) {
            const Tensor owner = torch::div(slots, each, "floor");
            const auto ofOwner = [&](const Tensor& x) { return x.defined() ? x.index_select(0, owner) : x; };
            return relevanceOf(ofOwner(words), ofOwner(batch.text.mask), ofOwner(batch.text.types), rows[kLevels - 1]);
        };
        if (m_options.useGlobal)
            gridRelevance = relevanceOf(words, batch.text.mask, batch.text.types, pictures.grid[kLevels - 1]) * present;
        if (m_options.useGlobal && pictures.hasMore()) moreRelevance = listed(batch.more.slots, P - 1, pictures.more);
        if (pictures.hasCrops()) cropRelevance = listed(batch.crops.slots, P * objects, pictures.crops);
    } else {
        if (pictures.hasMore()) moreRelevance = torch::ones({batch.more.grids.size(0)}, present.options());
        if (pictures.hasCrops()) cropRelevance = torch::ones({batch.crops.rows.size(0)}, present.options());
    }
    if (pictures.hasMore() && !m_options.useGlobal)
        moreRelevance = torch::zeros({batch.more.grids.size(0)}, present.options());
    for (Tensor& rows : pictures.grid) rows = scaled(rows, gridRelevance);
    for (Tensor& rows : pictures.more) rows = scaled(rows, moreRelevance);
    for (Tensor& rows : pictures.crops) rows = scaled(rows, cropRelevance);
    const auto spread = [&](const Tensor& values, const Tensor& slots, std::int64_t count) {
        const Tensor all = torch::zeros({count}, present.options());
        return values.defined() ? all.index_copy(0, slots, values) : all;
    };
    Tensor ofPictures = gridRelevance.view({posts, 1});
    if (P > 1)
        ofPictures =
            torch::cat({ofPictures, spread(moreRelevance, batch.more.slots, posts * (P - 1)).view({posts, P - 1})}, 1);
    const Tensor ofCrops = spread(cropRelevance, batch.crops.slots, posts * P * objects).view({posts, P, objects});
    pictures.relevance = torch::cat({ofPictures.unsqueeze(2), ofCrops}, 2).view({posts, P * (1 + objects)});
}

/// Step 4: M of a fusion layer (Eq. 5-7): [B, P * (49 + M*K), H]; `gates` [B, 4] are those of the (first) picture.
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
    const std::int64_t P = batch.more.perPost;
    if (P == 1 && objects == 0) return grid;
    const auto spread = [&](const std::vector<Tensor>& levels, const Tensor& slots, std::int64_t count,
                            std::int64_t each) {
        const Tensor all = torch::zeros({count, each, width}, grid.options());
        return levels.empty() ? all : all.index_copy(0, slots, fused(levels, nullptr));
    };
    Tensor grids = grid.unsqueeze(1);  // [B, P, 49, H]
    if (P > 1) {
        const Tensor more = spread(pictures.more, batch.more.slots, posts * (P - 1), vision::kGridCells);
        grids = torch::cat({grids, more.view({posts, P - 1, vision::kGridCells, width})}, 1);
    }
    const Tensor crops = spread(pictures.crops, batch.crops.slots, posts * P * objects, rows);
    return torch::cat({grids, crops.view({posts, P, objects * rows, width})}, 2).flatten(1, 2);
}

/// Steps 5 to 7 with cross fusion. The keys are T+ = [CLS; T; SEP].
void Mpcfn::crossFuse(const Batch& batch, const Pictures& pictures, const Units& text, bool explain, Forward& out) {
    Tensor Q = text.units, S;
    const auto emissionsOf = [&](const Tensor& attention) {
        const Tensor u = attention.mean(1).bmm(S);  // each word reads the cells it looked at: [B, n, H]
        return m_emission(dropped(torch::cat({Q, u}, -1), m_shape.encoder.hiddenDropout, is_training()));
    };
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
        if (last)
            out.emissions = emissionsOf(read.attention);
        else if (explain)
            out.earlierEmissions.push_back(emissionsOf(read.attention));
        if (!explain) continue;
        out.levelGates.push_back(gates);
        out.textToImage.push_back(read.attention);
        out.imageToText.push_back(seen.attention);
    }
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
    Units text = unitsOf(batch.text, statesOf(batch.text));
    text.units = wordsDropped(text.units, m_options.wordDropout, is_training());
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
