#pragma once

#include <torch/torch.h>

#include <optional>
#include <vector>

#include "core/nn/blocks/added_norm.h"
#include "core/nn/blocks/used_rows.h"
#include "core/nn/config/bert_config.h"

namespace mnerva::nn {

struct BlockOutput {
    torch::Tensor output;   ///< [B, q, H]
    torch::Tensor rounded;  ///< the same for the block that reads it next, as in BlockRows
    torch::Tensor
        attention;  ///< [B, A, q, s] before dropout, rows sum to 1 over unmasked keys; undefined unless asked for
};

class AttentionBlockImpl;

/// While it lives, keeps the attention of every block that its thread computes, in order and with the graph behind it:
/// what rollout and relevancy read (explanation.md 2). One at a time.
class AttentionTape {
public:
    struct Entry {
        const AttentionBlockImpl* block = nullptr;
        torch::Tensor weights;  ///< [B, A, q, P + s] before dropout
    };
    AttentionTape();
    ~AttentionTape();
    AttentionTape(const AttentionTape&) = delete;
    AttentionTape& operator=(const AttentionTape&) = delete;

    const std::vector<Entry>& entries() const { return m_entries; }
    /// To the tape of this thread, if there is one.
    static bool isRecording();
    static void note(const AttentionBlockImpl& block, const torch::Tensor& weights);

private:
    std::vector<Entry> m_entries;
};

/// Keys and values that stand before those of the source in one block (models.md 4.6 step 4). Their rows are not
/// projected, and are NOT split into heads as the source's are: [B, P, H] is read as [B, A, P, D] by plain reshape, so
/// head a's row p starts at flat index (a*P + p)*D, and a head sees pieces of different rows.
struct PrefixKeyValues {
    torch::Tensor keys, values;  ///< [B, P, H]; P may be 0
    torch::Tensor mask;          ///< bool [B, P] (true: use) or undefined (use all)
};

/// One post-LN BERT block that doubles as the cross-modal layer CMT(Q; S) of models.md 3: queries from Q, keys and
/// values from S; self-attention is Q = S. Parameter names are those of a Hugging Face BertLayer
/// (`attention.self.query.weight`, `attention.output.LayerNorm.weight`, `intermediate.dense.bias`, ...).
class AttentionBlockImpl : public torch::nn::Module {
public:
    explicit AttentionBlockImpl(const BertConfig& config);

    /// queries [B, q, H], source [B, s, H], keyMask bool [B, s] (true: use) or undefined (use all). A row whose keys
    /// are all masked gets a zero context (not NaN, no attention to padding), so its residual passes through.
    /// With a prefix of P rows the attention is [B, A, q, P + s], the prefix first. `rounded`: of what the block before
    /// gave as queries, or undefined.
    BlockOutput forward(const torch::Tensor& queries, const torch::Tensor& source, const torch::Tensor& keyMask,
                        bool wantAttention = false, const PrefixKeyValues* prefix = nullptr,
                        const torch::Tensor& rounded = {});

    /// Self-attention of the used rows alone: rows [R, H] -> [R, H], each what forward() gives there. `mask` is that of
    /// the rows. Keeps no attention.
    BlockRows forwardUsed(const BlockRows& rows, const UsedRows& used, const torch::Tensor& mask);

    /// Takes over the values of another block of the same sizes (a copy, not shared).
    void copyFrom(const AttentionBlockImpl& other);
    /// N(0, 0.02) weights, zero biases, norms (1, 0).
    void initBert(std::optional<at::Generator> generator = std::nullopt);

private:
    torch::Tensor attend(const BlockRows& queries, const torch::Tensor& source, const torch::Tensor& keyMask,
                         torch::Tensor* attention, const PrefixKeyValues* prefix);
    std::vector<torch::Tensor> projected(const BlockRows& rows, const std::vector<DenseImpl*>& layers) const;
    BlockRows finished(const torch::Tensor& queries, const torch::Tensor& context);
    BlockRows added(const torch::Tensor& residual, const torch::Tensor& x, NormImpl& norm) const;
    torch::Tensor heads(const torch::Tensor& x) const;

    int64_t m_heads, m_headSize;
    double m_hiddenDropout, m_attentionDropout;
    Dense m_query{nullptr}, m_key{nullptr}, m_value{nullptr}, m_attentionDense{nullptr}, m_up{nullptr}, m_down{nullptr};
    Norm m_attentionNorm{nullptr}, m_outputNorm{nullptr};
};
TORCH_MODULE(AttentionBlock);

}  // namespace mnerva::nn
