#include "core/models/systems/mpcfn_reference_internal.h"

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/models/systems/cross_modal_internal.h"
#include "core/models/systems/joint_pass_internal.h"
#include "core/vision/geometry.h"

namespace mnerva::models {
namespace {

using torch::Tensor;

/// The prefix is read by plain reshape, so a key of head a is a slice of a row: slice (a, p) is part of row
/// (a*P + p) / A. Attention to slices [B, A, s, P] becomes attention to rows, which sums to 1 (0 where none is
/// visible).
Tensor attentionToRows(const Tensor& slices) {
    const std::int64_t heads = slices.size(1), P = slices.size(3);
    const Tensor row = torch::div(torch::arange(heads * P, slices.options().dtype(torch::kInt64)), heads, "floor");
    const Tensor rows =
        torch::zeros_like(slices).scatter_add(3, row.view({1, heads, 1, P}).expand(slices.sizes()), slices);
    const Tensor sum = rows.sum(3, true);
    return rows / torch::where(sum > 0, sum, torch::ones_like(sum));
}

}  // namespace

MpcfnReferenceOptions MpcfnReferenceOptions::from(const nlohmann::json& options, const PictureLayout& pictures) {
    MpcfnReferenceOptions out;
    out.textOnly = !pictures.use;
    out.useGlobal = options.at("use_global").get<bool>();
    out.useObjects = pictures.objects > 0;
    out.correlationGate = options.at("cp").get<bool>() && out.useGlobal;                  // 5.5: CP needs an image
    out.crossFusion = options.at("cf").get<bool>() && (out.useGlobal || out.useObjects);  // and CF any visual row
    out.globalPrefix = options.at("use_16_prefix").get<bool>();
    if (out.globalPrefix && (out.textOnly || !out.useGlobal))
        throw Error(ErrorCode::OptionInvalid, {"use_16_prefix", "true", "false where the post picture is left out"});
    return out;
}

MpcfnReference::MpcfnReference(const ModelShape& shape)
    : SequenceTagger(shape), m_options(MpcfnReferenceOptions::from(shape.options, shape.pictures)) {
    const nn::BertConfig& encoder = m_shape.encoder;
    const int width = encoder.hidden;
    const bool crossFusion = !m_options.textOnly && m_options.crossFusion;
    const bool gate = !m_options.textOnly && m_options.correlationGate;
    if (!m_options.textOnly && prefixPictures() > 0) m_prompts = PromptMaker(*this, m_shape);
    if (crossFusion || gate) {
        m_projection = register_module("projection", nn::Dense(m_shape.pictures.widths[3], width));
        if (encoder.typeVocabulary < 2)
            m_pictureType = register_parameter("picture_type", torch::randn({width}) * 0.02);
    }
    m_emission = register_module("emission", nn::Dense(crossFusion ? 2 * width : width, m_shape.tags()));
    m_crf = register_module("crf", nn::Crf(m_shape.tags()));
    // Last, so that the gate takes no random number from the others: it changes no start value either.
    if (gate) {
        m_relevance = register_module("relevance", nn::Dense(width, 2));
        m_gateBert = register_module("gate_bert", nn::Bert(encoder));
        m_gateBert->eval();
    }
    for (auto& item : named_parameters())
        if (groupOf(item.key()).empty()) item.value().set_requires_grad(false);
}

int MpcfnReference::prefixPictures() const {
    return m_shape.pictures.objects + (m_options.globalPrefix ? 1 : 0);
}

void MpcfnReference::startFromEncoder() {
    if (!m_gateBert) return;
    const torch::NoGradGuard noGradient;
    const auto from = m_bert->named_parameters();
    for (auto& item : m_gateBert->named_parameters()) item.value().copy_(from[item.key()]);
}

void MpcfnReference::train(bool on) {
    NerModel::train(on);
    if (m_gateBert) m_gateBert->eval();
}

std::string MpcfnReference::groupOf(const std::string& parameter) const {
    const auto starts = [&](const char* prefix) { return parameter.rfind(prefix, 0) == 0; };
    if (starts("bert.")) return "text";
    if (starts("gate_bert.") || starts("projection.") || starts("relevance.")) return {};
    return starts("emission.") || starts("crf.") ? "crf" : "vision";
}

std::vector<std::string> MpcfnReference::explains() const {
    if (m_options.textOnly) return {"marginals"};
    std::vector<std::string> out;
    if (m_options.crossFusion || m_prompts.used()) out.emplace_back("attention");
    out.emplace_back("relevance");
    if (m_options.globalPrefix) out.emplace_back("level-gates");
    out.emplace_back("marginals");
    return out;
}

/// The cells of the ungated picture as input rows [B, 49, H]. Without a picture they are zeros before the projection.
Tensor MpcfnReference::cellsOf(const GridRows& grid) {
    const Tensor G = lastStage(grid, m_shape);
    const Tensor cells = m_projection(m_options.useGlobal ? G : torch::zeros_like(G));
    return m_pictureType.defined() ? cells + m_pictureType : cells;
}

/// Step 2: r of the post picture [B], a joint pass of words and cells through the gate's own encoder.
Tensor MpcfnReference::relevanceOf(const TextBatch& text, const Tensor& cells) {
    const torch::NoGradGuard noGradient;
    const JointSequence joint(text.mask, text.types, torch::ones({cells.size(0), cells.size(1)}, text.mask.options()),
                              m_shape.encoder, /*rowsBehindPost=*/false);
    const Tensor inputs = joint.joined(m_gateBert->wordEmbeddings(text.ids), cells);  // [B, N + 49, H]
    return m_relevance(joint.readCls(m_gateBert, inputs, m_shape.encoder.layers)).softmax(-1).select(1, 1);
}

/// Step 3: one prefix per encoder layer, of the crops and, with use_16_prefix, of the gated picture before them.
std::vector<nn::PrefixKeyValues> MpcfnReference::imagePrefixes(const Batch& batch, const Tensor& relevance,
                                                               std::vector<Tensor>* gates) {
    std::vector<nn::PrefixKeyValues> prefixes;
    if (!m_prompts.used()) return prefixes;
    const std::int64_t objects = m_shape.pictures.objects;
    Tensor rows = batch.prompts.narrow(1, 1, objects);
    if (m_options.globalPrefix) {
        Tensor global = batch.prompts.select(1, 0);
        if (m_options.correlationGate) {  // the gate scales pixels, so the picture goes through the ResNet once more
            MNERVA_CHECK(m_promptReader != nullptr);
            global = m_promptReader(batch.photos * relevance.view({-1, 1, 1, 1})).to(rows.device());
        }
        rows = torch::cat({global.unsqueeze(1), rows}, 1);
    }
    for (const PromptMaker::Layer& layer : m_prompts.layersOf(rows.contiguous())) {
        if (gates && m_options.globalPrefix) gates->push_back(layer.gates.select(1, 0));
        // A post without picture is tagged by its text alone, as in HVPNeT.
        prefixes.push_back(PromptMaker::prefixOf(layer.keyValues, batch.grid.mask));
    }
    return prefixes;
}

/// All blocks of the text encoder; the attention is the last one's.
nn::BlockOutput MpcfnReference::read(const Tensor& embedded, const Tensor& mask,
                                     const std::vector<nn::PrefixKeyValues>& prefixes, bool wantAttention) {
    const int last = m_shape.encoder.layers - 1;
    const auto before = prefixes.empty() ? prefixes : std::vector(prefixes.begin(), prefixes.end() - 1);
    const Tensor hidden = m_bert->encode(embedded, mask, last, before);
    return m_bert->block(last)->forward(hidden, hidden, mask, wantAttention,
                                        prefixes.empty() ? nullptr : &prefixes.back());
}

/// Step 5: the cells read behind the text's states, [B, 49, H]; then a row a position, [B, N, H]. `attention` gets
/// [B, A, 49, q] over the prefix.
Tensor MpcfnReference::readCells(const Tensor& cells, const Tensor& states, Tensor* attention) {
    const std::int64_t N = states.size(1), q = N / 2, count = cells.size(1);
    const bool twoTypes = m_shape.encoder.typeVocabulary >= 2;
    const Tensor types =
        twoTypes ? torch::ones({cells.size(0), count}, cells.options().dtype(torch::kInt64)) : Tensor();
    // Neither padding nor [CLS] is left out: the values are the states of the second half, mostly padding.
    const nn::PrefixKeyValues text{states.narrow(1, 0, q), states.narrow(1, q, q), Tensor()};
    const std::vector<nn::PrefixKeyValues> everyLayer(static_cast<std::size_t>(m_shape.encoder.layers), text);
    const nn::BlockOutput seen = read(m_bert->embed(cells, types), Tensor(), everyLayer, attention != nullptr);
    if (attention) *attention = seen.attention.narrow(3, 0, q);
    const std::int64_t times = (N + count - 1) / count;
    return seen.output.repeat_interleave(times, 1).narrow(1, 0, N);  // position i gets cell floor(i / times)
}

/// Attention of the last text pass [B, A, N, P + N] as [B, A, N, 49 + 4K]. A row of the post picture's prompt is a
/// quarter of the channels of the whole picture, so its weight is spread evenly over the cells.
Tensor MpcfnReference::regionsOf(const Tensor& attention) const {
    const Tensor rows = attentionToRows(attention.narrow(3, 0, prefixPictures() * PromptMaker::kRows));
    const std::int64_t crops = std::int64_t{m_shape.pictures.objects} * PromptMaker::kRows;
    const Tensor global = rows.narrow(3, 0, rows.size(3) - crops).sum(3, true) / vision::kGridCells;
    return torch::cat({global.expand({-1, -1, -1, vision::kGridCells}), rows.narrow(3, rows.size(3) - crops, crops)},
                      3);
}

/// Attention of the last visual pass [B, A, 49, q] as [B, A, 49 + 4K, N]: to the positions whose states are the keys.
Tensor MpcfnReference::positionsOf(const Tensor& attention, std::int64_t positions) const {
    const Tensor rows = attentionToRows(attention);
    const std::int64_t crops = std::int64_t{m_shape.pictures.objects} * PromptMaker::kRows;
    return torch::constant_pad_nd(rows, {0, positions - rows.size(3), 0, crops});
}

Forward MpcfnReference::forward(const Batch& batch, bool explain) {
    Forward out;
    const double drop = m_shape.encoder.hiddenDropout;
    const auto embedded = [&] {
        return m_bert->embed(m_bert->wordEmbeddings(batch.text.ids), batch.text.types, batch.text.mask);
    };
    if (m_options.textOnly) {
        out.emissions = m_emission(torch::dropout(m_bert->encode(embedded(), batch.text.mask), drop, is_training()));
        return out;
    }
    const Tensor cells = m_projection ? cellsOf(batch.grid) : Tensor();
    // Without the 16-row prefix nothing reads the gated picture (difference 8 of 5.2), so training skips the gate.
    const bool gateMatters = m_options.globalPrefix || !is_training();
    const Tensor present =
        (m_options.useGlobal ? batch.grid.mask : torch::zeros_like(batch.grid.mask)).to(torch::kFloat32);
    const Tensor relevance =
        m_options.correlationGate && gateMatters ? relevanceOf(batch.text, cells) * present : present;
    out.relevance = torch::cat({relevance.unsqueeze(1), batch.crops.mask.to(torch::kFloat32)}, 1);

    const auto prefixes = imagePrefixes(batch, relevance, explain ? &out.levelGates : nullptr);
    const bool attends = explain && !prefixes.empty();
    const nn::BlockOutput text = read(embedded(), batch.text.mask, prefixes, attends);  // step 4: X_t
    Tensor states = text.output, seen;
    if (m_options.crossFusion) {
        const Tensor T = m_bert->encode(embedded(), batch.text.mask);  // step 1
        const Tensor V = readCells(cells, T, explain ? &seen : nullptr);
        states = torch::cat({states, V}, -1);
    }
    out.emissions = m_emission(torch::dropout(states, drop, is_training()));  // step 6
    if (attends) out.textToImage.push_back(regionsOf(text.attention));
    if (seen.defined()) out.imageToText.push_back(positionsOf(seen, batch.text.ids.size(1)));
    return out;
}

}  // namespace mnerva::models
