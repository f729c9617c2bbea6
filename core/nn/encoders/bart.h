#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <vector>

#include "core/nn/blocks/linear.h"
#include "core/nn/config/bart_config.h"

namespace mnerva::nn {

/// What a decoder has read so far: keys and values of each layer, so that a further token costs one row.
struct DecoderState {
    struct Layer {
        torch::Tensor keys, values;              ///< [B, A, t, D] of the tokens so far
        torch::Tensor memoryKeys, memoryValues;  ///< [B, A, s, D]
    };
    std::vector<Layer> layers;
    int64_t length = 0;  ///< t
};

/// Attention as in BART: `q_proj`, `k_proj`, `v_proj`, `out_proj`.
class BartAttentionImpl : public torch::nn::Module {
public:
    BartAttentionImpl(int64_t width, int64_t heads, double dropout);
    torch::Tensor keysOf(const torch::Tensor& source);    ///< [B, s, d] -> [B, A, s, D]
    torch::Tensor valuesOf(const torch::Tensor& source);  ///< [B, s, d] -> [B, A, s, D]
    /// queries [B, q, d]; mask bool, broadcast to [B, A, q, s] (true: use), or undefined -> [B, q, d]. `attention`, if
    /// given, gets the weights before dropout, [B, A, q, s]. Every query needs a key.
    torch::Tensor forward(const torch::Tensor& queries, const torch::Tensor& keys, const torch::Tensor& values,
                          const torch::Tensor& mask, torch::Tensor* attention = nullptr);

private:
    torch::Tensor split(const torch::Tensor& x) const;

    int64_t m_heads;
    double m_dropout;
    Dense m_query{nullptr}, m_key{nullptr}, m_value{nullptr}, m_out{nullptr};
};
TORCH_MODULE(BartAttention);

/// Post-LN encoder layer; parameter names are Hugging Face's BartEncoderLayer.
class BartEncoderLayerImpl : public torch::nn::Module {
public:
    explicit BartEncoderLayerImpl(const BartConfig& config);
    /// x [B, s, d], mask bool [B, 1, 1, s] or undefined -> [B, s, d].
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& mask);

private:
    double m_dropout, m_activationDropout;
    BartAttention m_attention{nullptr};
    Norm m_attentionNorm{nullptr}, m_finalNorm{nullptr};
    Dense m_up{nullptr}, m_down{nullptr};
};
TORCH_MODULE(BartEncoderLayer);

/// Post-LN decoder layer: causal self-attention, attention to the encoder's states, feed-forward. Parameter names are
/// Hugging Face's BartDecoderLayer.
class BartDecoderLayerImpl : public torch::nn::Module {
public:
    explicit BartDecoderLayerImpl(const BartConfig& config);
    /// x [B, T, d], memory [B, s, d], memoryMask bool [B, 1, 1, s], causal bool [T, t + T]; `past` keeps keys and
    /// values and is moved on by T tokens -> [B, T, d]. `attention` gets the weights over the memory, [B, A, T, s].
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& memory, const torch::Tensor& memoryMask,
                          const torch::Tensor& causal, DecoderState::Layer& past, torch::Tensor* attention = nullptr);

private:
    double m_dropout, m_activationDropout;
    BartAttention m_selfAttention{nullptr}, m_memoryAttention{nullptr};
    Norm m_selfNorm{nullptr}, m_memoryNorm{nullptr}, m_finalNorm{nullptr};
    Dense m_up{nullptr}, m_down{nullptr};
};
TORCH_MODULE(BartDecoderLayer);

/// Encoder without token table: learned positions (offset 2, as in BART), LayerNorm, layers.
class BartEncoderImpl : public torch::nn::Module {
public:
    explicit BartEncoderImpl(const BartConfig& config);
    /// Token vectors [B, s, d] + positions, LayerNorm, dropout: [B, s, d]. Errors: OptionInvalid (too long).
    torch::Tensor embed(const torch::Tensor& tokens);
    /// embedded [B, s, d], mask bool [B, s] (true: use) or undefined -> [B, s, d].
    torch::Tensor encode(const torch::Tensor& embedded, const torch::Tensor& mask);

private:
    BartConfig m_config;
    torch::nn::Embedding m_positions{nullptr};
    Norm m_norm{nullptr};
    std::vector<BartEncoderLayer> m_layers;
};
TORCH_MODULE(BartEncoder);

/// Decoder without token table; of a whole BART, or on top of another encoder.
class BartDecoderImpl : public torch::nn::Module {
public:
    explicit BartDecoderImpl(const BartConfig& config);
    int64_t longest() const { return m_config.maxPositions; }
    /// Token vectors [B, T, d] that come after those that `state` has read (nullptr: none), memory [B, s, d] and its
    /// mask bool [B, s] -> states [B, T, d]. A token sees itself and those before it, so padding behind a sequence has
    /// no influence on it. `attention` gets the last layer's weights over the memory, [B, A, T, s].
    /// Errors: OptionInvalid (too long).
    torch::Tensor forward(const torch::Tensor& tokens, const torch::Tensor& memory, const torch::Tensor& memoryMask,
                          DecoderState* state = nullptr, torch::Tensor* attention = nullptr);

private:
    BartConfig m_config;
    torch::nn::Embedding m_positions{nullptr};
    Norm m_norm{nullptr};
    std::vector<BartDecoderLayer> m_layers;
};
TORCH_MODULE(BartDecoder);

/// BART with one token table for both sides. Parameter names are Hugging Face's BartModel without the copies of the
/// table (`shared.weight`, `encoder.layers.0.self_attn.q_proj.weight`, ...).
class BartImpl : public torch::nn::Module {
public:
    explicit BartImpl(const BartConfig& config);
    const BartConfig& config() const { return m_config; }
    torch::Tensor wordVectors(const torch::Tensor& ids);  ///< [...] -> [..., d], scaled where the config says so
    BartEncoder encoder() const { return m_encoder; }
    BartDecoder decoder() const { return m_decoder; }

private:
    BartConfig m_config;
    torch::nn::Embedding m_shared{nullptr};
    BartEncoder m_encoder{nullptr};
    BartDecoder m_decoder{nullptr};
};
TORCH_MODULE(Bart);

/// A Hugging Face folder (core/text/encoder_files.h) with the weights of a BartModel or of a model that has one as
/// `model.`, in evaluation mode. Its vocabulary is not looked at. Errors: FileMissing (no such folder), EncoderInvalid
/// (no folder), EncoderIncomplete, FormatInvalid, and those of WeightFile::open and loadInto.
Bart loadBart(const std::filesystem::path& folder);

}  // namespace mnerva::nn
