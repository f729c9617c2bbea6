#include "core/nn/encoders/bart.h"

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/nn/weights/weights.h"
#include "core/text/encoder_files.h"

namespace mnerva::nn {

using torch::Tensor;

namespace {

constexpr double kEps = 1e-5;
constexpr int64_t kPositionOffset = 2;  // rows 0 and 1 of the position table are never read

Tensor positioned(const Tensor& tokens, torch::nn::Embedding& positions, Norm& norm, const BartConfig& config,
                  int64_t begin, bool training) {
    const int64_t end = begin + tokens.size(1);
    if (end > config.maxPositions)
        throw Error(ErrorCode::OptionInvalid,
                    {"sequence length", std::to_string(end), "at most " + std::to_string(config.maxPositions)});
    const Tensor rows = positions->weight.slice(0, begin + kPositionOffset, end + kPositionOffset);
    return torch::dropout(norm(tokens + rows), config.dropout, training);
}

torch::nn::Embedding positionTable(const BartConfig& config) {
    return torch::nn::Embedding(torch::nn::EmbeddingOptions(config.maxPositions + kPositionOffset, config.width));
}

Tensor forHeads(const Tensor& mask) {
    return mask.defined() ? mask.view({mask.size(0), 1, 1, mask.size(1)}) : mask;
}

}  // namespace

BartAttentionImpl::BartAttentionImpl(int64_t width, int64_t heads, double dropout)
    : torch::nn::Module("BartAttention"), m_heads(heads), m_dropout(dropout) {
    m_key = register_module("k_proj", Dense(width, width));
    m_value = register_module("v_proj", Dense(width, width));
    m_query = register_module("q_proj", Dense(width, width));
    m_out = register_module("out_proj", Dense(width, width));
}

Tensor BartAttentionImpl::split(const Tensor& x) const {
    return x.view({x.size(0), x.size(1), m_heads, x.size(2) / m_heads}).transpose(1, 2);
}

Tensor BartAttentionImpl::keysOf(const Tensor& source) {
    return split(m_key(source));
}

Tensor BartAttentionImpl::valuesOf(const Tensor& source) {
    return split(m_value(source));
}

Tensor BartAttentionImpl::forward(const Tensor& queries, const Tensor& keys, const Tensor& values, const Tensor& mask,
                                  Tensor* attention) {
    const double scale = 1.0 / std::sqrt(static_cast<double>(keys.size(3)));
    Tensor weights = nn::matmul(split(m_query(queries)), keys.transpose(-1, -2)).mul_(scale);  // [B, A, q, s]
    if (mask.defined()) weights.masked_fill_(mask.logical_not(), std::numeric_limits<float>::lowest());
    weights = torch::softmax(weights, -1);
    if (attention) *attention = weights;
    weights = torch::dropout(weights, m_dropout, is_training());
    return m_out(nn::matmul(weights, values).transpose(1, 2).reshape(queries.sizes()));
}

BartEncoderLayerImpl::BartEncoderLayerImpl(const BartConfig& config)
    : torch::nn::Module("BartEncoderLayer"), m_dropout(config.dropout), m_activationDropout(config.activationDropout) {
    const int64_t d = config.width, wide = config.encoderFeedForward;
    m_attention = register_module("self_attn", BartAttention(d, config.encoderHeads, config.attentionDropout));
    m_attentionNorm = register_module("self_attn_layer_norm", Norm(d, kEps));
    m_up = register_module("fc1", Dense(d, wide));
    m_down = register_module("fc2", Dense(wide, d));
    m_finalNorm = register_module("final_layer_norm", Norm(d, kEps));
}

Tensor BartEncoderLayerImpl::forward(const Tensor& x, const Tensor& mask) {
    const auto drop = [&](const Tensor& y, double rate) { return torch::dropout(y, rate, is_training()); };
    const Tensor attended = m_attention(x, m_attention->keysOf(x), m_attention->valuesOf(x), mask);
    const Tensor y = m_attentionNorm(x + drop(attended, m_dropout));
    return m_finalNorm(y + drop(m_down(drop(m_up->gelu(y), m_activationDropout)), m_dropout));
}

BartDecoderLayerImpl::BartDecoderLayerImpl(const BartConfig& config)
    : torch::nn::Module("BartDecoderLayer"), m_dropout(config.dropout), m_activationDropout(config.activationDropout) {
    const int64_t d = config.width, wide = config.decoderFeedForward;
    m_selfAttention = register_module("self_attn", BartAttention(d, config.decoderHeads, config.attentionDropout));
    m_selfNorm = register_module("self_attn_layer_norm", Norm(d, kEps));
    m_memoryAttention = register_module("encoder_attn", BartAttention(d, config.decoderHeads, config.attentionDropout));
    m_memoryNorm = register_module("encoder_attn_layer_norm", Norm(d, kEps));
    m_up = register_module("fc1", Dense(d, wide));
    m_down = register_module("fc2", Dense(wide, d));
    m_finalNorm = register_module("final_layer_norm", Norm(d, kEps));
}

Tensor BartDecoderLayerImpl::forward(const Tensor& x, const Tensor& memory, const Tensor& memoryMask,
                                     const Tensor& causal, DecoderState::Layer& past, Tensor* attention) {
    const auto drop = [&](const Tensor& y, double rate) { return torch::dropout(y, rate, is_training()); };
    const auto appended = [](const Tensor& before, const Tensor& more) {
        return before.defined() ? torch::cat({before, more}, 2) : more;
    };
    past.keys = appended(past.keys, m_selfAttention->keysOf(x));
    past.values = appended(past.values, m_selfAttention->valuesOf(x));
    const Tensor own = m_selfNorm(x + drop(m_selfAttention(x, past.keys, past.values, causal), m_dropout));
    if (!past.memoryKeys.defined()) {
        past.memoryKeys = m_memoryAttention->keysOf(memory);
        past.memoryValues = m_memoryAttention->valuesOf(memory);
    }
    const Tensor read = m_memoryAttention(own, past.memoryKeys, past.memoryValues, memoryMask, attention);
    const Tensor y = m_memoryNorm(own + drop(read, m_dropout));
    return m_finalNorm(y + drop(m_down(drop(m_up->gelu(y), m_activationDropout)), m_dropout));
}

BartEncoderImpl::BartEncoderImpl(const BartConfig& config) : torch::nn::Module("BartEncoder"), m_config(config) {
    m_positions = register_module("embed_positions", positionTable(config));
    const auto layers = register_module("layers", std::make_shared<torch::nn::Module>("layers"));
    for (int i = 0; i < config.encoderLayers; ++i)
        m_layers.push_back(layers->register_module(std::to_string(i), BartEncoderLayer(config)));
    m_norm = register_module("layernorm_embedding", Norm(config.width, kEps));
}

Tensor BartEncoderImpl::embed(const Tensor& tokens) {
    return positioned(tokens, m_positions, m_norm, m_config, 0, is_training());
}

Tensor BartEncoderImpl::encode(const Tensor& embedded, const Tensor& mask) {
    Tensor x = embedded;
    for (BartEncoderLayer& layer : m_layers) x = layer(x, forHeads(mask));
    return x;
}

BartDecoderImpl::BartDecoderImpl(const BartConfig& config) : torch::nn::Module("BartDecoder"), m_config(config) {
    m_positions = register_module("embed_positions", positionTable(config));
    const auto layers = register_module("layers", std::make_shared<torch::nn::Module>("layers"));
    for (int i = 0; i < config.decoderLayers; ++i)
        m_layers.push_back(layers->register_module(std::to_string(i), BartDecoderLayer(config)));
    m_norm = register_module("layernorm_embedding", Norm(config.width, kEps));
}

Tensor BartDecoderImpl::forward(const Tensor& tokens, const Tensor& memory, const Tensor& memoryMask,
                                DecoderState* state, Tensor* attention) {
    DecoderState fresh;
    DecoderState& so = state ? *state : fresh;
    so.layers.resize(m_layers.size());
    const int64_t T = tokens.size(1);
    Tensor x = positioned(tokens, m_positions, m_norm, m_config, so.length, is_training());
    const Tensor causal =
        torch::ones({T, so.length + T}, tokens.options().dtype(torch::kBool).requires_grad(false)).tril(so.length);
    for (size_t i = 0; i < m_layers.size(); ++i)
        x = m_layers[i](x, memory, forHeads(memoryMask), causal, so.layers[i],
                        i + 1 == m_layers.size() ? attention : nullptr);
    so.length += T;
    return x;
}

BartImpl::BartImpl(const BartConfig& config) : torch::nn::Module("Bart"), m_config(config) {
    auto table = torch::nn::EmbeddingOptions(config.vocabularySize, config.width);
    // As in Hugging Face's BART: the vector of padding gets no gradient.
    if (config.padId >= 0 && config.padId < config.vocabularySize) table.padding_idx(config.padId);
    m_shared = register_module("shared", torch::nn::Embedding(table));
    m_encoder = register_module("encoder", BartEncoder(config));
    m_decoder = register_module("decoder", BartDecoder(config));
}

Tensor BartImpl::wordVectors(const Tensor& ids) {
    const Tensor rows = m_shared(ids);
    return m_config.scaleEmbedding ? rows * std::sqrt(static_cast<double>(m_config.width)) : rows;
}

Bart loadBart(const std::filesystem::path& folder) {
    const auto files = text::EncoderFiles::in(folder);
    const std::filesystem::path& configPath = files.require(text::EncoderPart::Config);
    const BartConfig config = BartConfig::fromFile(configPath);
    const WeightFile file = WeightFile::open(files.require(text::EncoderPart::Weights));
    file.requireParameters(config.parameters(), configPath);
    Bart bart(config);
    loadInto(*bart, file, file.has("model.shared.weight") ? "model." : "");
    bart->eval();
    return bart;
}

}  // namespace mnerva::nn
