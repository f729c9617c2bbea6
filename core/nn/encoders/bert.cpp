#include "core/nn/encoders/bert.h"

#include <optional>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/nn/blocks/short_attention.h"
#include "core/nn/blocks/weight_gradient.h"

namespace mnerva::nn {

using torch::Tensor;

BertImpl::BertImpl(const BertConfig& config) : torch::nn::Module("Bert"), m_config(config) {
    const auto embeddings = register_module("embeddings", std::make_shared<torch::nn::Module>("embeddings"));
    const auto table = [&](const char* name, int64_t rows, std::optional<int64_t> untrained = std::nullopt) {
        auto options = torch::nn::EmbeddingOptions(rows, config.hidden);
        if (untrained) options.padding_idx(*untrained);
        return embeddings->register_module(name, torch::nn::Embedding(options));
    };
    // As in Hugging Face's BERT, and in all public code that stands on it, the vector of padding gets no gradient. It
    // matters where the states of padding are read (models.md 5.4 step 1).
    const bool hasPadding = config.padId >= 0 && config.padId < config.vocabularySize;
    m_words = table("word_embeddings", config.vocabularySize,
                    hasPadding ? std::optional<int64_t>(config.padId) : std::nullopt);
    m_positions = table("position_embeddings", config.maxPositions);
    m_types = table("token_type_embeddings", config.typeVocabulary);
    m_norm = embeddings->register_module("LayerNorm", Norm(config.hidden, config.layerNormEps));
    const auto encoder = register_module("encoder", std::make_shared<torch::nn::Module>("encoder"));
    const auto layer = encoder->register_module("layer", std::make_shared<torch::nn::Module>("layer"));
    for (int i = 0; i < config.layers; ++i) {
        m_blocks.push_back(layer->register_module(std::to_string(i), AttentionBlock(config)));
    }
}

Tensor BertImpl::wordEmbeddings(const Tensor& ids) {
    return tableRows(m_words->weight, ids, m_words->options.padding_idx().value_or(-1));
}

Tensor BertImpl::embed(const Tensor& inputs, const Tensor& typeIds, const Tensor& mask) {
    const int64_t N = inputs.size(1), first = m_config.firstPosition();
    if (N > m_config.longestSequence()) {
        throw Error(ErrorCode::OptionInvalid,
                    {"sequence length", std::to_string(N), "at most " + std::to_string(m_config.longestSequence())});
    }
    Tensor positions;  // [B, N, H] or [N, H]
    if (first > 0 && mask.defined()) {
        const Tensor used = mask.to(torch::kInt64);
        positions = m_positions(used.cumsum(1) * used + m_config.padId);  // that of padding stays padId
    } else {
        positions = m_positions->weight.slice(0, first, first + N);
    }
    const bool typed = typeIds.defined() && m_config.typeVocabulary > 1;
    const Tensor types = typed ? m_types(typeIds) : m_types->weight[0];  // [B, N, H] or [H]
    const Tensor embedded = m_norm(inputs + types + positions);
    return is_training() ? dropped(embedded, m_config.hiddenDropout) : embedded;
}

Tensor BertImpl::encode(const Tensor& embedded, const Tensor& mask, int layers,
                        const std::vector<PrefixKeyValues>& prefixes) {
    const size_t last = layers < 0 ? m_blocks.size() : std::min(m_blocks.size(), static_cast<size_t>(layers));
    MNERVA_CHECK(prefixes.empty() || prefixes.size() == last);
    BlockOutput x{embedded, {}, {}};
    for (size_t i = 0; i < last; ++i) {
        const Tensor rows = x.output;
        x = m_blocks[i]->forward(rows, rows, mask, false, prefixes.empty() ? nullptr : &prefixes[i], x.rounded);
    }
    return x.output;
}

Tensor BertImpl::encodeUsed(const Tensor& embedded, const Tensor& mask, int layers) {
    const auto used =
        AttentionTape::isRecording() || !canAttend(embedded, embedded, embedded) ? std::nullopt : UsedRows::of(mask);
    if (!used) {
        const Tensor states = encode(embedded, mask, layers);
        return mask.defined() ? states * mask.unsqueeze(-1) : states;
    }
    const size_t last = layers < 0 ? m_blocks.size() : std::min(m_blocks.size(), static_cast<size_t>(layers));
    BlockRows rows{used->gathered(embedded), {}};
    for (size_t i = 0; i < last; ++i) rows = m_blocks[i]->forwardUsed(rows, *used, mask);
    return used->spread(rows.exact);
}

Tensor BertImpl::forward(const Tensor& ids, const Tensor& typeIds, const Tensor& mask) {
    return encode(embed(wordEmbeddings(ids), typeIds, mask), mask);
}

void BertImpl::initBert(std::optional<at::Generator> generator) {
    nn::initBert(*this, std::move(generator));
}

}  // namespace mnerva::nn
