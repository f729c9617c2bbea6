#include "core/models/systems/gmner_internal.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "core/base/error.h"
#include "core/models/text/classes_internal.h"
#include "core/text/tag_scheme.h"

namespace mnerva::models {

using torch::Tensor;

namespace {

// Rows of a random ResNet differ by a third of their size, seldom more: what they have in common is no news.
constexpr double kLouder = 4;
constexpr double kNever = -1e30;  // finite: a product with it must not be NaN

nn::BartConfig decoderConfigOf(const ModelShape& shape) {
    nn::BartConfig config;
    config.width = shape.encoder.hidden;
    config.decoderLayers = shape.options.at("decoder_layers").get<int>();
    config.decoderHeads = shape.encoder.heads;
    config.decoderFeedForward = shape.encoder.intermediate;
    config.dropout = shape.encoder.hiddenDropout;
    config.attentionDropout = shape.encoder.attentionDropout;
    config.maxPositions = longestAnswer(shape.encoder.maxPositions, shape.pictures.regions) + 1;
    return config;
}

/// Small, as in BART: rows of torch's default would drown the tokens' vectors. Linear layers keep PyTorch's start
/// values.
void startPositions(nn::BartDecoderImpl& decoder) {
    const torch::NoGradGuard noGradient;
    decoder.named_parameters()["embed_positions.weight"].normal_(0, 0.02);
}

/// What a type is called where its name is an abbreviation.
std::string phraseOf(const std::string& type) {
    static const std::vector<std::pair<std::string, std::string>> known{{"PER", "person"},       {"LOC", "location"},
                                                                        {"ORG", "organization"}, {"MISC", "others"},
                                                                        {"OTHER", "others"},     {"GPE", "country"}};
    for (const auto& [name, phrase] : known)
        if (name == type) return phrase;
    std::string lower = type;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) {
        return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return lower;
}

Tensor padded(const std::vector<std::vector<std::int64_t>>& rows, std::int64_t fill) {
    std::size_t longest = 0;
    for (const auto& row : rows) longest = std::max(longest, row.size());
    Tensor out =
        torch::full({static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(longest)}, fill, torch::kInt64);
    auto values = out.accessor<std::int64_t, 2>();
    for (std::size_t b = 0; b < rows.size(); ++b)
        for (std::size_t t = 0; t < rows[b].size(); ++t)
            values[static_cast<std::int64_t>(b)][static_cast<std::int64_t>(t)] = rows[b][t];
    return out;
}

}  // namespace

Gmner::Gmner(const ModelShape& shape)
    : m_shape(shape),
      m_dropout(shape.options.at("pointer_dropout").get<double>()),
      m_regionWeight(shape.options.at("region_weight").get<double>()),
      m_normalize(shape.options.at("normalize").get<bool>()),
      m_regionNorm(shape.options.at("region_norm").get<bool>()),
      m_compatMask(shape.options.at("compat_mask").get<bool>()),
      m_bce(shape.options.at("region_loss") == "bce"),
      m_scoresMissing(shape.options.at("score_missing_regions").get<bool>()) {
    m_space = {shape.options.at("grounded").get<bool>(), typesOfTags(shape.classes)};
    if (m_space.grounded && !shape.pictures.use)
        throw Error(ErrorCode::OptionInvalid, {"text_only", "true", "false where entities are grounded in regions"});
    const std::int64_t d = shape.encoder.hidden;
    if (shape.bart) {
        m_bart = register_module("bart", nn::Bart(*shape.bart));
        nn::initBert(*m_bart);
        m_decoder = m_bart->decoder();
    } else {
        m_bert = register_module("bert", nn::Bert(shape.encoder));
        m_bert->initBert();
        m_decoder = register_module("decoder", nn::BartDecoder(decoderConfigOf(shape)));
        startPositions(*m_decoder);
    }
    if (shape.pictures.use)
        m_regionProjection = register_module("region_projection", nn::Dense(shape.pictures.widths[3], d));
    if (shape.pictures.use && m_regionNorm) {
        const torch::NoGradGuard noGradient;
        m_regionProjection->weight.mul_(kLouder);
    }
    m_pointerIn = register_module("pointer_in", nn::Dense(d, d));
    m_pointerOut = register_module("pointer_out", nn::Dense(d, d));
    m_tagVectors =
        register_parameter("tag_vectors", torch::randn({m_space.shift() - 2, d}) / std::sqrt(static_cast<double>(d)));
}

std::string Gmner::groupOf(const std::string& parameter) const {
    return parameter.rfind("bert.", 0) == 0 || parameter.rfind("bart.", 0) == 0 ? "text" : "vision";
}

torch::nn::Module& Gmner::encoder() {
    if (m_bart) return *m_bart;
    return *m_bert;
}

std::vector<std::string> Gmner::explains() const {
    if (m_space.grounded) return {"regions"};
    return {};
}

void Gmner::startFromPhrases(const std::function<std::vector<std::int64_t>(const std::string& words)>& piecesOf) {
    const torch::NoGradGuard noGradient;
    std::vector<std::string> phrases;
    if (m_space.grounded) phrases = {"which region", "no region"};
    for (const std::string& type : m_space.types) phrases.push_back(phraseOf(type));
    for (std::size_t i = 0; i < phrases.size(); ++i) {
        const std::vector<std::int64_t> pieces = piecesOf(phrases[i]);
        if (pieces.empty()) continue;
        const Tensor vectors = wordVectors(torch::tensor(pieces, torch::kInt64));
        m_tagVectors[static_cast<std::int64_t>(i)].copy_(vectors.mean(0));
    }
}

Tensor Gmner::wordVectors(const Tensor& ids) {
    return m_bart ? m_bart->wordVectors(ids) : m_bert->wordEmbeddings(ids);
}

Tensor Gmner::dropped(const Tensor& x) {
    return torch::dropout(x, m_dropout, is_training());
}

/// [B, R, d] and which rows the encoder may read.
Tensor Gmner::projected(const RegionRows& regions, Tensor& mask) {
    Tensor rows = regions.rows;
    mask = regions.mask;
    if (m_compatMask || m_scoresMissing) {
        // Where what is missing is read (the public code's masks are exchanged) or scored, there must be as many rows
        // as it has.
        const std::int64_t missing = m_shape.pictures.regions - rows.size(1);
        rows = torch::constant_pad_nd(rows, {0, 0, 0, missing});
        mask = torch::constant_pad_nd(mask, {0, missing});
    }
    if (m_regionNorm) rows = torch::layer_norm(rows, {rows.size(2)});
    if (m_normalize) {  // by the Frobenius norm of a post's rows; missing ones are zero
        const Tensor norm = rows.flatten(1).norm(2, 1).clamp_min(1e-12);
        rows = rows / norm.view({-1, 1, 1});
    }
    return m_regionProjection(rows);
}

Gmner::Source Gmner::encode(const Batch& batch) {
    Source out;
    const std::int64_t B = batch.posts(), N = batch.text.ids.size(1);
    const Tensor words = wordVectors(batch.text.ids);  // [B, N, d]
    Tensor embedded =
        m_bart ? m_bart->encoder()->embed(words) : m_bert->embed(words, batch.text.types, batch.text.mask);
    Tensor encoderMask = batch.text.mask, regions;
    out.memoryMask = batch.text.mask;
    if (batch.regions.rows.defined()) {
        regions = projected(batch.regions, out.regionMask);
        out.scoredMask = m_scoresMissing ? torch::ones_like(out.regionMask) : out.regionMask;
        const Tensor entering = torch::dropout(regions, m_shape.encoder.hiddenDropout, is_training());
        embedded = torch::cat({entering, embedded}, 1);  // [B, R + N, d]
        encoderMask = torch::cat({m_compatMask ? out.regionMask.logical_not() : out.regionMask, batch.text.mask}, 1);
        out.memoryMask = torch::cat({out.regionMask, batch.text.mask}, 1);
    }
    out.memory = m_bart ? m_bart->encoder()->encode(embedded, encoderMask) : m_bert->encode(embedded, encoderMask);
    const auto keysOf = [&](const Tensor& encoded, const Tensor& entered) {
        const Tensor changed = m_pointerOut(torch::relu(dropped(m_pointerIn(encoded.contiguous()))));
        return (changed + dropped(entered)) / 2;
    };
    out.pointerKeys = keysOf(out.memory.narrow(1, out.memory.size(1) - N, N), words);
    if (regions.defined()) out.regionKeys = keysOf(out.memory.narrow(1, 0, regions.size(1)), regions);

    // A post is [CLS] pieces [SEP]; these two are begin and end.
    const Tensor lengths = batch.text.ownPositions().sum(1, true);  // [B, 1]
    const Tensor places = torch::arange(N, batch.text.ids.options()).view({1, N});
    out.pointerMask = places.gt(0).logical_and(places.lt(lengths - 1));
    const Tensor ends = words[0].narrow(0, 0, 1), last = words[0].index_select(0, lengths[0] - 1);  // [1, d] each
    out.vocabulary = torch::cat({torch::cat({ends, last, m_tagVectors}).unsqueeze(0).expand({B, -1, -1}), words}, 1);
    out.named = dropped(torch::cat({last, m_tagVectors}));
    return out;
}

Tensor Gmner::inputOf(const Source& source, const Tensor& tokens) {
    const std::int64_t d = source.vocabulary.size(2);
    return source.vocabulary.gather(1, tokens.unsqueeze(2).expand({-1, -1, d}));
}

Tensor Gmner::scoresOf(const Source& source, const Tensor& hidden) {
    const Tensor begin = torch::full({hidden.size(0), hidden.size(1), 1}, kNever, hidden.options());
    const Tensor pointers = hidden.bmm(source.pointerKeys.transpose(1, 2))
                                .masked_fill(source.pointerMask.logical_not().unsqueeze(1), kNever);
    return torch::cat({begin, hidden.matmul(source.named.t()), pointers}, 2);  // [B, T, S]
}

Tensor Gmner::regionScoresOf(const Source& source, const Tensor& hidden) {
    return hidden.bmm(source.regionKeys.transpose(1, 2))
        .masked_fill(source.scoredMask.logical_not().unsqueeze(1), kNever);
}

std::vector<Triple> Gmner::goldTriples(const Batch& batch, std::int64_t post, std::vector<const GoldEntity*>& of) {
    const Tensor starts = batch.text.pooling[post].narrow(0, 1, batch.units()).argmax(1).to(torch::kCPU);
    const Tensor has = batch.text.unitMask[post].to(torch::kCPU);
    const auto start = starts.accessor<std::int64_t, 1>();
    const auto usable = has.accessor<bool, 1>();
    std::vector<Triple> out;
    for (const GoldEntity& entity : batch.entities.at(static_cast<std::size_t>(post))) {
        Triple triple;
        triple.type = m_space.ofType(entity.type);
        if (m_space.grounded) triple.flag = entity.covered() ? IndexSpace::kWhichRegion : IndexSpace::kNoRegion;
        for (std::int64_t w = entity.first; w <= entity.last && w < usable.size(0); ++w)
            if (usable[w]) triple.positions.push_back(static_cast<int>(start[w]));
        if (triple.type < 0 || triple.positions.empty()) continue;
        out.push_back(triple);
        of.push_back(&entity);
    }
    return out;
}

Gmner::Gold Gmner::goldOf(const Batch& batch) {
    Gold out;
    out.entities.resize(static_cast<std::size_t>(batch.posts()));
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        out.triples.push_back(goldTriples(batch, b, out.entities[static_cast<std::size_t>(b)]));
        out.sequences.push_back(sequenceOf(out.triples.back(), m_space, m_decoder->longest()));
    }
    return out;
}

Gmner::Taught Gmner::teach(const Batch& batch) {
    Taught out;
    const Source source = encode(batch);
    const auto [sequences, triples, entities] = goldOf(batch);
    out.tokens = padded(sequences, kPadding);
    const std::int64_t steps = out.tokens.size(1) - 1;
    const torch::Device device = batch.text.ids.device();
    const Tensor read = out.tokens.narrow(1, 0, steps).clamp_min(IndexSpace::kBegin).to(device);
    out.tokens = out.tokens.to(device);
    const Tensor hidden = dropped(m_decoder->forward(inputOf(source, read), source.memory, source.memoryMask));
    out.scores = scoresOf(source, hidden);
    if (!source.regionKeys.defined()) return out;
    out.regionScores = regionScoresOf(source, hidden);
    Tensor labels = torch::zeros(out.regionScores.sizes());
    for (std::size_t b = 0; b < triples.size(); ++b)
        for (std::size_t e = 0; e < triples[b].size(); ++e) {
            const std::vector<float>& q = entities[b][e]->regions;
            if (triples[b][e].flag != IndexSpace::kWhichRegion) continue;
            labels[static_cast<std::int64_t>(b)][triples[b][e].flagAt]
                .narrow(0, 0, static_cast<std::int64_t>(q.size()))
                .copy_(torch::tensor(q));
        }
    out.labels = labels.to(device);
    return out;
}

Tensor Gmner::loss(const Batch& batch) {
    const std::vector<Tensor> parts = lossParts(batch);
    return parts.size() > 1 ? parts[0] + parts[1] : parts[0];
}

std::vector<Tensor> Gmner::lossParts(const Batch& batch) {
    const Taught taught = teach(batch);
    const Tensor next = taught.tokens.narrow(1, 1, taught.scores.size(1));
    const Tensor tokens = torch::nll_loss(torch::log_softmax(taught.scores.flatten(0, 1), 1), next.flatten(), {},
                                          at::Reduction::Mean, kPadding);
    if (!m_space.grounded) return {tokens};
    if (!taught.regionScores.defined()) return {tokens, torch::zeros_like(tokens)};
    const Tensor covered = taught.labels.sum(2).gt(0);  // [B, T - 1]
    if (!covered.any().item<bool>()) return {tokens, torch::zeros_like(tokens)};
    const Tensor q = taught.labels.index({covered}), scores = taught.regionScores.index({covered});  // [E, R]
    Tensor regions;
    if (m_bce) {
        const Tensor valid = scores.gt(kNever / 2);
        regions = torch::binary_cross_entropy_with_logits(scores.masked_select(valid), q.masked_select(valid));
    } else {
        // q log q is 0 where q is 0.
        const Tensor own = torch::xlogy(q, q).sum();
        regions = (own - (q * torch::log_softmax(scores, 1)).sum()) / q.size(0);
    }
    return {tokens, m_regionWeight * regions};
}

std::vector<double> Gmner::lossCounts(const Batch& batch) {
    const Gold gold = goldOf(batch);
    double tokens = 0, regions = 0;
    for (std::size_t b = 0; b < gold.sequences.size(); ++b) {
        tokens += static_cast<double>(gold.sequences[b].size() - 1);
        if (!m_space.grounded || !batch.regions.rows.defined()) continue;
        const auto covered = std::count_if(gold.triples[b].begin(), gold.triples[b].end(),
                                           [](const Triple& t) { return t.flag == IndexSpace::kWhichRegion; });
        // Binary losses are a mean over the regions that are scored, the other over entities.
        const auto scored = [&] {
            if (m_scoresMissing) return static_cast<double>(m_shape.pictures.regions);
            return batch.regions.mask[static_cast<std::int64_t>(b)].sum().item<double>();
        };
        regions += static_cast<double>(covered) * (m_bce ? scored() : 1);
    }
    if (!m_space.grounded) return {tokens};
    return {tokens, regions};
}

}  // namespace mnerva::models
