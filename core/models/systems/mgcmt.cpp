#include "core/models/systems/mgcmt_internal.h"

#include <cmath>

#include "core/models/model/system_internal.h"
#include "core/vision/coco_names.h"

namespace mnerva::models {

using torch::Tensor;

namespace {

/// Rows of the table of labels: none, the classes of COCO, and four that the public code keeps free.
constexpr std::int64_t kObjectRows = 1 + vision::kCocoClasses + 4;

}  // namespace

Mgcmt::Mgcmt(const ModelShape& shape)
    : SequenceTagger(shape),
      m_auxiliaryWeight(shape.options.at("aux_weight").get<double>()),
      m_fusionDropout(shape.options.at("fusion_dropout").get<double>()),
      m_usesSpans(shape.options.at("use_aux").get<bool>()) {
    const std::string fusion = shape.options.at("fusion");
    m_fusion = fusion == "gates"       ? Fusion::Gates
               : fusion == "concat"    ? Fusion::Concat
               : fusion == "attention" ? Fusion::Attention
                                       : Fusion::AttentionCode;
    m_image.used = shape.options.at("use_global").get<bool>();
    m_labels.used = shape.options.at("use_labels").get<bool>();
    const int H = shape.encoder.hidden, cells = shape.pictures.widths[3];
    if (shape.augmentationWidth > 0)
        m_augmentation = register_module("augmentation", nn::Dense(shape.augmentationWidth, H));
    if (m_usesSpans) m_spans = SpanTask(*this, shape);
    m_mainBlock = register_module("main_block", nn::AttentionBlock(shape.encoder));
    m_mainBlock->initBert();
    if (m_image.used) {
        m_gridForWords = register_module("grid_projection_1", nn::Dense(cells, H));
        m_gridAsQueries = register_module("grid_projection_2", nn::Dense(cells, H));
        m_image = makeSide("i", "grid", "image_gate");
        for (CmtStack* stack : {&m_image.wordsToThings, &m_image.thingsToWords, &m_image.wordsToSeenWords})
            for (nn::AttentionBlock& block : *stack) block->initBert();
        nn::initBert(*m_gridForWords);
        nn::initBert(*m_gridAsQueries);
    }
    if (m_labels.used) {
        m_objects = register_module("object_embedding", torch::nn::Embedding(kObjectRows, H));
        nn::initBert(*m_objects);
        m_labels = makeSide("o", "object", "object_gate");
    }
    const int sides = int{m_image.used} + int{m_labels.used};
    if (sides > 0 && m_fusion == Fusion::Attention) m_fusionQuery = register_module("fusion_query", nn::Dense(H, H));
    if (m_fusion == Fusion::Concat && sides > 0) m_fuse = register_module("fusion", nn::Dense(2 * sides * H, H));
    if (sides > 0 && m_fusion == Fusion::AttentionCode) {
        m_scoreIn = register_module("fusion_score_in", nn::Dense(H, H));
        m_scoreOut = register_module("fusion_score_out", nn::Dense(H, 1));
    }
    const bool joinsSides = m_fusion == Fusion::Gates || m_fusion == Fusion::Attention;
    if (joinsSides && sides == 2) m_fuse = register_module("fusion", nn::Dense(2 * H, H));
    m_joint = makeFree("joint", sides > 0 ? 2 * H : H, H);
    m_emission = register_module("emission", nn::Dense(H, shape.tags()));
    nn::initBert(*m_emission);
    m_crf = register_module("crf", nn::Crf(shape.tags()));
}

/// The free matrices and biases of steps 5 and 6: U(-1/sqrt H, +).
nn::Dense Mgcmt::makeFree(const std::string& name, int in, int out) {
    nn::Dense dense = register_module(name, nn::Dense(in, out));
    const torch::NoGradGuard noGradient;
    const double bound = 1.0 / std::sqrt(static_cast<double>(m_shape.encoder.hidden));
    dense->weight.uniform_(-bound, bound);
    dense->bias.uniform_(-bound, bound);
    return dense;
}

Mgcmt::Side Mgcmt::makeSide(const std::string& name, const std::string& things, const std::string& gate) {
    const auto block = [&](const std::string& of) {
        return register_module(of, nn::AttentionBlock(m_shape.encoder));  // PyTorch's own start values
    };
    const auto stack = [&](const std::string& of, const char* option) {
        CmtStack out;
        const int layers = m_shape.options.at(option).get<int>();
        for (int layer = 1; layer <= layers; ++layer) out.push_back(block(of + "_" + std::to_string(layer)));
        return out;
    };
    Side side;
    side.used = true;
    side.forWords = block(things + "_block_1");
    side.asQueries = block(things + "_block_2");
    side.wordsToThings = stack("t2" + name, "t2i_layers");
    side.thingsToWords = stack(name + "2t", "i2t_layers");
    side.wordsToSeenWords = stack(name == "i" ? "t2t" : "t2t_" + things, "t2t_layers");
    const int H = m_shape.encoder.hidden;
    if (m_fusion == Fusion::Gates) side.gate = makeFree(gate, 2 * H, H);
    return side;
}

std::vector<std::string> Mgcmt::explains() const {
    if (!m_image.used) return {"marginals"};
    return {"attention", "marginals"};
}

Mgcmt::Read Mgcmt::readSide(Side& side, const Tensor& words, const Tensor& wordMask, const Tensor& forWords,
                            const Tensor& asQueries, const Tensor& mask, bool explain) {
    Read out;
    const Tensor seen = side.forWords->forward(forWords, forWords, mask).output;
    const Tensor asking = side.asQueries->forward(asQueries, asQueries, mask).output;
    out.things = asked(side.wordsToThings, words, seen, mask, explain ? &out.attention : nullptr);
    // A block whose keys are all masked makes something of its queries alone; where nothing is, nothing was seen.
    out.things = out.things * mask.any(1).view({-1, 1, 1}).to(words.dtype());
    out.words = asked(side.wordsToSeenWords, words, asked(side.thingsToWords, asking, words, wordMask), mask);
    return out;
}

Tensor Mgcmt::mixed(Side& side, const Tensor& words, const Tensor& carrier, const Tensor& other) {
    if (m_fusion == Fusion::Gates) {
        const Tensor gate = side.gate(torch::cat({carrier, other}, -1)).sigmoid();
        return gate * carrier + (1 - gate) * other;
    }
    const Tensor both = torch::stack({carrier, other}, 2);    // [B, n, 2, H]
    const Tensor query = m_fusionQuery(words).unsqueeze(-1);  // [B, n, H, 1]
    const Tensor scores = both.matmul(query) / std::sqrt(static_cast<double>(words.size(2)));
    return (scores.softmax(2) * both).sum(2);
}

/// The attention of the public code (`ffusion_method` 3): a small network scores each of the streams Uo, V, U, Vo, and
/// their mean by the softmax of the scores is F, without a layer behind it.
Tensor Mgcmt::scored(const std::vector<Read>& image, const std::vector<Read>& objects) {
    std::vector<Tensor> streams;
    for (const Read& read : objects) streams.push_back(read.words);
    for (const Read& read : image) streams.insert(streams.end(), {read.things, read.words});
    for (const Read& read : objects) streams.push_back(read.things);
    const Tensor all = torch::stack(streams, 2);  // [B, n, 2 or 4, H]
    const Tensor inner = torch::dropout(m_scoreIn(all).relu(), m_shape.encoder.hiddenDropout, is_training());
    return (m_scoreOut(inner).relu().softmax(2) * all).sum(2);
}

Tensor Mgcmt::fused(const Tensor& words, const std::vector<Read>& image, const std::vector<Read>& objects) {
    if (m_fusion == Fusion::AttentionCode) return scored(image, objects);
    std::vector<Tensor> parts;
    for (const Read& read : image) {
        if (m_fusion == Fusion::Concat)
            parts.insert(parts.end(), {read.things, read.words});
        else
            parts.push_back(mixed(m_image, words, read.things, read.words));  // f1 = g1 V + (1 - g1) U
    }
    for (const Read& read : objects) {
        if (m_fusion == Fusion::Concat)
            parts.insert(parts.end(), {read.words, read.things});
        else
            parts.push_back(mixed(m_labels, words, read.words, read.things));  // f2 = g2 Uo + (1 - g2) Vo
    }
    if (!m_fuse) return parts.front();
    return m_fuse(torch::dropout(torch::cat(parts, -1), m_fusionDropout, is_training())).relu();
}

Forward Mgcmt::forward(const Batch& batch, bool explain) {
    Forward out;
    Tensor states = statesOf(batch.text);
    if (m_augmentation) states = states + m_augmentation(batch.text.augmentation);
    const Units text = unitsOf(batch.text, states);
    const Tensor S = torch::dropout(text.keys, m_shape.encoder.hiddenDropout, is_training());  // step 1, [B, n, H]
    if (m_usesSpans) out.auxiliary = m_spans.emissions(batch.text, S, text.keyMask);           // step 2
    const Tensor words = m_mainBlock->forward(S, S, text.keyMask).output;                      // S_m
    std::vector<Read> image, objects;
    if (m_image.used) {  // step 3
        const Tensor G = lastStage(batch.grid, m_shape);
        const Tensor mask = batch.grid.mask.view({-1, 1}).expand({G.size(0), G.size(1)});
        image.push_back(readSide(m_image, words, text.keyMask, m_gridForWords(G), m_gridAsQueries(G), mask, explain));
        if (explain) out.textToImage.push_back(taggedOnly(batch.text, image.back().attention, 2));
    }
    if (m_labels.used) {  // step 4
        const Tensor O = m_objects(batch.objects);
        objects.push_back(readSide(m_labels, words, text.keyMask, O, O, batch.objects != 0, false));
    }
    Tensor joined = words;
    if (m_image.used || m_labels.used) joined = torch::cat({words, fused(words, image, objects)}, -1);  // step 5
    out.emissions = m_emission(m_joint(taggedOnly(batch.text, joined, 1).contiguous()));                // step 6
    return out;
}

/// The picture's side; what the labels of objects add is no matter of cells.
std::vector<AttentionStep> Mgcmt::attentionSteps(const Batch& batch,
                                                 const std::vector<nn::AttentionTape::Entry>& entries) {
    if (!m_image.used) return {};
    std::vector<std::pair<const nn::AttentionBlockImpl*, AttentionStep::Kind>> roles{
        {m_mainBlock.get(), AttentionStep::Kind::Text},
        {m_image.forWords.get(), AttentionStep::Kind::Image},
        {m_image.asQueries.get(), AttentionStep::Kind::Image}};
    for (const nn::AttentionBlock& block : m_image.wordsToThings)
        roles.emplace_back(block.get(), AttentionStep::Kind::TextOnImage);
    for (const nn::AttentionBlock& block : m_image.thingsToWords)
        roles.emplace_back(block.get(), AttentionStep::Kind::ImageOnText);
    for (const nn::AttentionBlock& block : m_image.wordsToSeenWords)
        roles.emplace_back(block.get(), AttentionStep::Kind::TextOnImage);
    std::vector<AttentionStep> steps = encoderSteps(batch, entries);
    addSteps(steps, entries, roles);
    return steps;
}

Tensor Mgcmt::loss(const Batch& batch) {
    const Forward out = forward(batch, false);
    const Tensor main = nllOf(out.emissions, batch.text).mean();
    return m_usesSpans ? main + m_auxiliaryWeight * m_spans.loss(batch.text, out.auxiliary) : main;
}

}  // namespace mnerva::models
