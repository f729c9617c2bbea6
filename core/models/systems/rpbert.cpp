#include "core/models/systems/rpbert_internal.h"

#include <optional>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/models/systems/cross_modal_internal.h"
#include "core/models/systems/joint_pass_internal.h"
#include "core/vision/geometry.h"

namespace mnerva::models {

using torch::Tensor;

namespace {

constexpr std::int64_t kCells = vision::kGridCells;

}  // namespace

/// Words and cells, before the gate.
struct Rpbert::Joint {
    Tensor words, cells;                    ///< [B, N, H], [B, 49, H]; cells undefined without pictures
    Tensor present;                         ///< float [B]: the post has a picture
    std::optional<JointSequence> sequence;  ///< of N + 49 rows; none without pictures
    Tensor back;                            ///< int64 [B, N + 49]: out of the reading order; undefined: as they are
};

Rpbert::Rpbert(const ModelShape& shape)
    : SequenceTagger(shape),
      m_cellsBehindPost(shape.options.at("cell_positions") == "post"),
      m_lstmDropout(shape.options.at("lstm_dropout").get<double>()) {
    const std::int64_t H = shape.encoder.hidden;
    const auto hidden = shape.options.at("lstm_hidden").get<std::int64_t>();
    if (shape.pictures.use) {
        const std::string gate = shape.options.at("gate");
        m_gate = gate == "soft" ? Gate::Soft : gate == "hard" ? Gate::Hard : Gate::None;
        m_projection = register_module("grid_projection", nn::Dense(shape.pictures.widths[3], H));
        if (shape.encoder.typeVocabulary < 2)
            m_pictureType = register_parameter("picture_type", torch::randn({H}) * 0.02);
        if (m_gate != Gate::None) m_relevance = register_module("relevance", nn::Dense(H, 2));
    }
    if (!m_relevance && !shape.options.at("relation_file").get<std::string>().empty())
        throw Error(ErrorCode::OptionInvalid, {"relation_file", shape.options.at("relation_file").get<std::string>(),
                                               "nothing, because without gate or picture no relation is learned"});
    m_lstm = register_module("lstm", nn::BiLstm(H + shape.wordVectorSize, hidden,
                                                shape.options.at("lstm_layers").get<std::int64_t>(), m_lstmDropout));
    m_emission = register_module("emission", nn::Dense(2 * hidden, shape.tags()));
    m_crf = register_module("crf", nn::Crf(shape.tags()));
}

std::string Rpbert::groupOf(const std::string& parameter) const {
    if (parameter.rfind("bert.", 0) == 0) return "text";
    return parameter.rfind("resnet.", 0) == 0 ? "vision" : "crf";
}

std::vector<std::string> Rpbert::explains() const {
    if (!m_shape.pictures.use) return {"marginals"};
    if (m_gate == Gate::None) return {"attention", "marginals"};
    return {"attention", "relevance", "marginals"};
}

Rpbert::Joint Rpbert::join(const Batch& batch) {
    Joint joint;
    joint.words = m_bert->wordEmbeddings(batch.text.ids);
    if (!m_shape.pictures.use) return joint;
    joint.cells = m_projection(lastStage(batch.grid, m_shape));  // [B, 49, H]
    joint.present = batch.grid.mask.to(joint.cells.scalar_type());
    const Tensor cellMask = batch.grid.mask.view({-1, 1}).expand({-1, kCells});
    joint.sequence.emplace(batch.text.mask, batch.text.types, cellMask, m_shape.encoder, m_cellsBehindPost);
    if (m_cellsBehindPost) joint.back = joint.sequence->order.argsort(std::int64_t{1}, /*descending=*/false);
    return joint;
}

/// J(x, G, g) as the encoder reads it: [B, N + 49, H]. gate [B], or undefined for 1.
Tensor Rpbert::gated(const Joint& joint, const Tensor& gate) const {
    Tensor cells = gate.defined() ? joint.cells * gate.view({-1, 1, 1}) : joint.cells;
    if (m_pictureType.defined()) cells = cells + m_pictureType;
    return joint.sequence->joined(joint.words, cells);
}

/// Step 1: [B, 2].
Tensor Rpbert::relationLogits(const Joint& joint) {
    return m_relevance(joint.sequence->readCls(m_bert, gated(joint, Tensor()), m_shape.encoder.layers));
}

/// g of r. The hard gate is open or shut; its gradient is that of the soft one (straight-through), which a step
/// function has none of.
Tensor Rpbert::gateOf(const Tensor& relevance) const {
    if (m_gate == Gate::Soft) return relevance;
    return relevance.gt(0.5).to(relevance.scalar_type()) + (relevance - relevance.detach());
}

/// Attention of the last block [B, A, N + 49, N + 49] as a map of words over cells [B, 1, n, 49], mean over the heads.
/// Each row is brought to sum 1: what the words give to each other is left out.
Tensor Rpbert::mapOf(const TextBatch& text, const Joint& joint, const Tensor& attention) const {
    Tensor mean = attention.mean(1);  // [B, N + 49, N + 49]
    if (joint.back.defined()) mean = reordered(reordered(mean, joint.back).transpose(1, 2), joint.back).transpose(1, 2);
    const std::int64_t N = text.ids.size(1);
    const Tensor words = unitsOf(text, mean.narrow(1, 0, N).narrow(2, N, kCells)).units;  // [B, n, 49]
    const Tensor map = words / words.sum(-1, /*keepdim=*/true).clamp_min(1e-12);
    return map.unsqueeze(1) * joint.present.view({-1, 1, 1, 1});
}

/// Step 2: the words as the last block leaves them, [B, N, H]; `map` gets their heat map where it is wanted.
Tensor Rpbert::wordStates(const TextBatch& text, const Joint& joint, const Tensor& gate, Tensor* map) {
    if (!joint.sequence) return m_bert->encode(m_bert->embed(joint.words, text.types, text.mask), text.mask);
    const int last = m_shape.encoder.layers - 1;
    const Tensor before = joint.sequence->read(m_bert, gated(joint, gate), last);
    const nn::BlockOutput block = m_bert->block(last)->forward(before, before, joint.sequence->mask, map != nullptr);
    if (map) *map = mapOf(text, joint, block.attention);
    const Tensor rows = joint.back.defined() ? reordered(block.output, joint.back) : block.output;
    return rows.narrow(1, 0, text.ids.size(1));
}

Forward Rpbert::forward(const Batch& batch, bool explain) {
    Forward out;
    const Joint joint = join(batch);
    Tensor gate, map;
    if (m_relevance) {
        gate = gateOf(relationLogits(joint).softmax(-1).select(1, 1)) * joint.present;  // step 1
        out.relevance = gate.unsqueeze(1);
    }
    const Tensor states = wordStates(batch.text, joint, gate, explain && joint.sequence ? &map : nullptr);
    Tensor words = unitsOf(batch.text, states).units;                                         // [B, n, H]
    if (m_shape.wordVectorSize > 0) words = torch::cat({words, batch.text.wordVectors}, -1);  // step 3
    words = torch::dropout(words, m_lstmDropout, is_training());
    const Tensor read = m_lstm->forward(words, batch.text.unitMask);  // step 4
    out.emissions = m_emission(torch::dropout(read, m_lstmDropout, is_training()));
    if (map.defined()) out.textToImage.push_back(map);
    return out;
}

/// The second pass; the first, which says how open the gate is, comes before it through the same blocks.
std::vector<AttentionStep> Rpbert::attentionSteps(const Batch& batch,
                                                  const std::vector<nn::AttentionTape::Entry>& entries) {
    if (!m_shape.pictures.use) return {};
    const std::int64_t rows = batch.text.ids.size(1) + kCells;
    const Joint joint = join(batch);
    std::vector<AttentionStep> steps;
    for (int layer = 0; layer < m_shape.encoder.layers; ++layer) {
        const nn::AttentionBlockImpl* block = m_bert->block(layer).get();
        for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
            if (entry->block != block || entry->weights.size(2) != rows) continue;
            steps.push_back(
                {AttentionStep::Kind::Joint, entry->weights, joint.back.defined() ? joint.back[0] : Tensor(), false});
            break;
        }
    }
    return steps;
}

Tensor Rpbert::relationLoss(const Batch& batch, const Tensor& labels) {
    MNERVA_CHECK(m_relevance);
    return torch::nn::functional::cross_entropy(relationLogits(join(batch)), labels);
}

}  // namespace mnerva::models
