#include "core/models/systems/rpbert_internal.h"

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/models/systems/cross_modal_internal.h"
#include "core/vision/geometry.h"

namespace mnerva::models {

using torch::Tensor;

namespace {

constexpr std::int64_t kCells = vision::kGridCells;

}  // namespace

/// Words and cells as one sequence of N + 49 rows, before the gate.
struct Rpbert::Joint {
    Tensor words, cells;  ///< [B, N, H], [B, 49, H]; cells undefined without pictures
    Tensor types, mask;   ///< [B, N + 49], in the order in which they are read
    Tensor order, back;   ///< int64 [B, N + 49]: what is read where, and the way back; undefined: as they are
    Tensor present;       ///< float [B]: the post has a picture
};

Rpbert::Rpbert(const ModelShape& shape)
    : m_shape(shape),
      m_cellsBehindPost(shape.options.at("cell_positions") == "post"),
      m_lstmDropout(shape.options.at("lstm_dropout").get<double>()) {
    const std::int64_t H = shape.encoder.hidden;
    const auto hidden = shape.options.at("lstm_hidden").get<std::int64_t>();
    m_bert = register_module("bert", nn::Bert(shape.encoder));
    m_bert->initBert();
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
    joint.words = m_bert->wordEmbeddings(batch.ids);
    joint.mask = batch.mask;
    joint.types = batch.types;
    if (!m_shape.pictures.use) return joint;
    const std::int64_t B = batch.posts(), N = batch.ids.size(1);
    const Tensor G = lastStage(batch, m_shape);  // [B, 49, C4]
    joint.cells = m_projection(G);
    joint.present = batch.gridMask.to(joint.cells.scalar_type());
    joint.mask = torch::cat({batch.mask, batch.gridMask.view({B, 1}).expand({B, kCells})}, 1);
    joint.types = torch::zeros({B, N + kCells}, batch.ids.options());
    if (batch.types.defined()) joint.types.narrow(1, 0, N).copy_(batch.types);
    if (m_shape.encoder.typeVocabulary >= 2) joint.types.narrow(1, N, kCells).fill_(1);
    if (m_cellsBehindPost) {  // padding goes to the end, so that the cells' positions depend on no other post
        joint.order = paddingLast(joint.mask);
        joint.back = joint.order.argsort(std::int64_t{1}, /*descending=*/false);
        joint.types = joint.types.gather(1, joint.order);
        joint.mask = joint.mask.gather(1, joint.order);
    }
    return joint;
}

/// J(x, G, g) up to the given block: [B, N + 49, H] in the order of `joint`. gate [B], or undefined for 1.
Tensor Rpbert::hidden(const Joint& joint, const Tensor& gate, int layers) {
    if (!joint.cells.defined())
        return m_bert->encode(m_bert->embed(joint.words, joint.types, joint.mask), joint.mask, layers);
    Tensor cells = gate.defined() ? joint.cells * gate.view({-1, 1, 1}) : joint.cells;
    if (m_pictureType.defined()) cells = cells + m_pictureType;
    Tensor inputs = torch::cat({joint.words, cells}, 1);
    if (joint.order.defined()) inputs = reordered(inputs, joint.order);
    return m_bert->encode(m_bert->embed(inputs, joint.types, joint.mask), joint.mask, layers);
}

/// Step 1: [B, 2]. Only [CLS] is read, so the last block needs no other query.
Tensor Rpbert::relationLogits(const Joint& joint) {
    const int last = m_shape.encoder.layers - 1;
    const Tensor rows = hidden(joint, Tensor(), last);
    const Tensor cls = m_bert->block(last)->forward(rows.narrow(1, 0, 1), rows, joint.mask).output;
    return m_relevance(cls.squeeze(1));
}

/// g of r. The hard gate is open or shut; its gradient is that of the soft one (straight-through), which a step
/// function has none of.
Tensor Rpbert::gateOf(const Tensor& relevance) const {
    if (m_gate == Gate::Soft) return relevance;
    return relevance.gt(0.5).to(relevance.scalar_type()) + (relevance - relevance.detach());
}

/// Attention of the last block [B, A, N + 49, N + 49] as a map of words over cells [B, 1, n, 49], mean over the heads.
/// Each row is brought to sum 1: what the words give to each other is left out.
Tensor Rpbert::mapOf(const Batch& batch, const Joint& joint, const Tensor& attention) const {
    Tensor mean = attention.mean(1);  // [B, N + 49, N + 49]
    if (joint.back.defined()) mean = reordered(reordered(mean, joint.back).transpose(1, 2), joint.back).transpose(1, 2);
    const std::int64_t N = batch.ids.size(1);
    const Tensor words = unitsOf(batch, mean.narrow(1, 0, N).narrow(2, N, kCells)).units;  // [B, n, 49]
    const Tensor map = words / words.sum(-1, /*keepdim=*/true).clamp_min(1e-12);
    return map.unsqueeze(1) * joint.present.view({-1, 1, 1, 1});
}

Forward Rpbert::forward(const Batch& batch, bool explain) {
    Forward out;
    const Joint joint = join(batch);
    Tensor gate;
    if (m_relevance) {
        gate = gateOf(relationLogits(joint).softmax(-1).select(1, 1)) * joint.present;  // step 1
        out.relevance = gate.unsqueeze(1);
    }
    const int last = m_shape.encoder.layers - 1;
    const Tensor before = hidden(joint, gate, last);  // step 2
    const bool wanted = explain && joint.cells.defined();
    const nn::BlockOutput block = m_bert->block(last)->forward(before, before, joint.mask, wanted);
    const Tensor rows = joint.back.defined() ? reordered(block.output, joint.back) : block.output;
    Tensor words = unitsOf(batch, rows.narrow(1, 0, batch.ids.size(1))).units;           // [B, n, H]
    if (m_shape.wordVectorSize > 0) words = torch::cat({words, batch.wordVectors}, -1);  // step 3
    words = torch::dropout(words, m_lstmDropout, is_training());
    const Tensor read = torch::dropout(m_lstm->forward(words, batch.unitMask), m_lstmDropout, is_training());  // step 4
    out.emissions = m_emission(read);
    if (wanted) out.textToImage.push_back(mapOf(batch, joint, block.attention));
    return out;
}

Tensor Rpbert::relationLoss(const Batch& batch, const Tensor& labels) {
    MNERVA_CHECK(m_relevance);
    return torch::nn::functional::cross_entropy(relationLogits(join(batch)), labels);
}

}  // namespace mnerva::models
