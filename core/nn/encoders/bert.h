#pragma once

#include <torch/torch.h>

#include "core/nn/blocks/attention_block.h"
#include "core/nn/blocks/linear.h"
#include "core/nn/config/bert_config.h"

namespace mnerva::nn {

/// BERT, or an encoder of its kind, without pooler: embeddings (word + position + type, LayerNorm, dropout) and L
/// post-LN blocks. Parameter names are exactly Hugging Face's BertModel (`embeddings.word_embeddings.weight`,
/// `encoder.layer.0.attention.self.query.weight`). N counts sub-tokens with [CLS], [SEP] and padding. Dropout acts only
/// in training mode.
class BertImpl : public torch::nn::Module {
public:
    explicit BertImpl(const BertConfig& config);

    const BertConfig& config() const { return m_config; }

    /// ids int64 [B, N] -> [B, N, H], the bare word vectors (no position, type, norm). Ids must be in the vocabulary.
    /// The vector of padding (config().padId) gets no gradient.
    torch::Tensor wordEmbeddings(const torch::Tensor& ids);

    /// inputs [B, N, H] (word vectors, or any rows that take part: picture cells), typeIds int64 [B, N] or undefined
    /// (all 0) -> inputs + positions + types, LayerNorm, dropout: [B, N, H]. BERT counts positions from 0 whatever the
    /// mask; the others count the used ones (mask bool [B, N], undefined: all) from config().firstPosition(). With one
    /// token type all types are 0. N <= config().longestSequence(), else Error(OptionInvalid).
    torch::Tensor embed(const torch::Tensor& inputs, const torch::Tensor& typeIds, const torch::Tensor& mask = {});

    /// embedded [B, N, H], mask bool [B, N] (true: use) or undefined, the first `layers` blocks (-1: all) -> last
    /// hidden [B, N, H]. `prefixes` is empty, or has one prefix for each of those blocks; it moves no position.
    torch::Tensor encode(const torch::Tensor& embedded, const torch::Tensor& mask, int layers = -1,
                         const std::vector<PrefixKeyValues>& prefixes = {});

    /// encode() for who reads no row of padding: those are zeros, and cost no product where no AttentionTape records.
    torch::Tensor encodeUsed(const torch::Tensor& embedded, const torch::Tensor& mask, int layers = -1);

    /// ids [B, N], typeIds [B, N] or undefined, mask bool [B, N] -> last hidden [B, N, H].
    torch::Tensor forward(const torch::Tensor& ids, const torch::Tensor& typeIds, const torch::Tensor& mask);

    /// Block i, 0 <= i < L; for CMTs that start from it.
    AttentionBlock block(int i) const { return m_blocks.at(static_cast<size_t>(i)); }

    void initBert(std::optional<at::Generator> generator = std::nullopt);

private:
    BertConfig m_config;
    torch::nn::Embedding m_words{nullptr}, m_positions{nullptr}, m_types{nullptr};
    Norm m_norm{nullptr};
    std::vector<AttentionBlock> m_blocks;
};
TORCH_MODULE(Bert);

}  // namespace mnerva::nn
