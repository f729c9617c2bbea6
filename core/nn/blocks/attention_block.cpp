#include "core/nn/blocks/attention_block.h"

#include <cmath>
#include <limits>

#include "core/base/check.h"
#include "core/nn/blocks/feed_forward.h"
#include "core/nn/blocks/short_attention.h"
#include "core/nn/weights/weights.h"

namespace mnerva::nn {
namespace {

using torch::Tensor;

/// A module that only groups names, as Hugging Face's nesting wants them.
std::shared_ptr<torch::nn::Module> group(torch::nn::Module& parent, const char* name) {
    return parent.register_module(name, std::make_shared<torch::nn::Module>(name));
}

thread_local AttentionTape* t_tape = nullptr;

/// Whether a step of training computes this in bfloat16 and keeps its rows so. What a tape records has to hang together
/// in torch's graph, so there it does not.
bool keepsRounded(const Tensor& rows, const Dense& layer) {
    return !AttentionTape::isRecording() && takesRounded(rows, layer->weight);
}

}  // namespace

AttentionTape::AttentionTape() {
    MNERVA_CHECK(t_tape == nullptr);
    t_tape = this;
}

AttentionTape::~AttentionTape() {
    t_tape = nullptr;
}

bool AttentionTape::isRecording() {
    return t_tape != nullptr;
}

void AttentionTape::note(const AttentionBlockImpl& block, const Tensor& weights) {
    if (t_tape) t_tape->m_entries.push_back({&block, weights});
}

AttentionBlockImpl::AttentionBlockImpl(const BertConfig& config)
    : torch::nn::Module("AttentionBlock"),
      m_heads(config.heads),
      m_headSize(config.headSize()),
      m_hiddenDropout(config.hiddenDropout),
      m_attentionDropout(config.attentionDropout) {
    const int64_t H = config.hidden, I = config.intermediate;
    const auto attention = group(*this, "attention"), self = group(*attention, "self");
    const auto attentionOutput = group(*attention, "output");
    m_query = self->register_module("query", Dense(H, H));
    m_key = self->register_module("key", Dense(H, H));
    m_value = self->register_module("value", Dense(H, H));
    m_attentionDense = attentionOutput->register_module("dense", Dense(H, H));
    m_attentionNorm = attentionOutput->register_module("LayerNorm", Norm(H, config.layerNormEps));
    const auto intermediate = group(*this, "intermediate"), output = group(*this, "output");
    m_up = intermediate->register_module("dense", Dense(H, I));
    m_down = output->register_module("dense", Dense(I, H));
    m_outputNorm = output->register_module("LayerNorm", Norm(H, config.layerNormEps));
}

/// [B, rows, H] -> [B, A, rows, D].
Tensor AttentionBlockImpl::heads(const Tensor& x) const {
    return x.view({x.size(0), x.size(1), m_heads, m_headSize}).transpose(1, 2);
}

/// By layers that read the same rows.
std::vector<Tensor> AttentionBlockImpl::projected(const BlockRows& rows, const std::vector<DenseImpl*>& layers) const {
    if (!keepsRounded(rows.exact, m_query)) return linearTogether(rows.exact, layers);
    return linearRounded(rows.rounded.defined() ? rows.rounded : rows.exact, layers);
}

Tensor AttentionBlockImpl::attend(const BlockRows& asking, const Tensor& source, const Tensor& sourceMask,
                                  Tensor* attention, const PrefixKeyValues* prefix) {
    const Tensor& queries = asking.exact;
    const int64_t B = queries.size(0), q = queries.size(1), s = source.size(1);
    const int64_t P = prefix && prefix->keys.defined() ? prefix->keys.size(1) : 0;
    const bool isSelf = queries.is_same(source);
    std::vector<DenseImpl*> layers{m_key.get(), m_value.get()};
    if (isSelf) layers.push_back(m_query.get());
    const std::vector<Tensor> of = projected(isSelf ? asking : BlockRows{source, {}}, layers);
    const Tensor Q = heads(isSelf ? of[2] : projected(asking, {m_query.get()})[0]);
    Tensor K = heads(of[0]), V = heads(of[1]), keyMask = sourceMask;
    if (P > 0) {
        // Plain reshape, as HVPNeT does it: no transpose is missing here.
        const auto before = [&](const Tensor& rows, const Tensor& own) {
            return torch::cat({rows.reshape({B, m_heads, P, m_headSize}).to(own.scalar_type()), own}, 2);
        };
        K = before(prefix->keys, K);
        V = before(prefix->values, V);
        if (sourceMask.defined() || prefix->mask.defined()) {
            const auto orAll = [&](const Tensor& mask, int64_t rows) {
                return mask.defined() ? mask : torch::ones({B, rows}, K.options().dtype(torch::kBool));
            };
            keyMask = torch::cat({orAll(prefix->mask, P), orAll(sourceMask, s)}, 1);
        }
    }
    if (!AttentionTape::isRecording() && canAttend(Q, K, V))
        return nn::attend(Q, K, V, keyMask, is_training() ? m_attentionDropout : 0.0, attention);
    const double scale = 1.0 / std::sqrt(static_cast<double>(m_headSize));
    Tensor weights = nn::matmul(Q, K.transpose(-1, -2)).mul_(scale);  // [B, A, q, P + s]
    if (keyMask.defined()) {
        // The most negative float and not -inf: a row without any key must come out finite, it is zeroed below.
        weights.masked_fill_(keyMask.logical_not().view({B, 1, 1, P + s}), std::numeric_limits<float>::lowest());
    }
    weights = torch::softmax(weights, -1);
    if (keyMask.defined()) {
        const Tensor anyKey = keyMask.any(1);  // [B]
        // Rare, so the pass over all weights is saved where it is cheap to know that it is not needed.
        if (!anyKey.device().is_cpu() || !anyKey.all().item<bool>()) {
            weights = weights.mul(anyKey.to(weights.scalar_type()).view({B, 1, 1, 1}));
        }
    }
    if (attention) *attention = weights;
    AttentionTape::note(*this, weights);
    weights = torch::dropout(weights, m_attentionDropout, is_training());
    return nn::matmul(weights, V).transpose(1, 2).reshape({B, q, m_heads * m_headSize});
}

/// norm(residual + dropout(x)), what a block does twice.
BlockRows AttentionBlockImpl::added(const Tensor& residual, const Tensor& x, NormImpl& norm) const {
    const double dropout = is_training() ? m_hiddenDropout : 0.0;
    if (canAddNorm(residual, x) && dropout < 1) return addedNorm(residual, x, norm, dropout);
    return {norm.forward(droppedOnto(residual, x.to(residual.scalar_type()), dropout)), {}};
}

/// What follows attention: queries and context [.., H] -> [.., H].
BlockRows AttentionBlockImpl::finished(const Tensor& queries, const Tensor& context) {
    if (keepsRounded(queries, m_up)) {
        const Tensor attended = linearRounded(context, {m_attentionDense.get()})[0];
        const BlockRows y = added(queries, attended, *m_attentionNorm);
        return added(y.exact, feedForward(y.rounded, *m_up, *m_down), *m_outputNorm);  // through [.., I]
    }
    if (!torch::GradMode::is_enabled() && (!is_training() || m_hiddenDropout == 0)) {
        const Tensor y = m_attentionNorm(m_attentionDense->addedTo(queries, context));
        return {m_outputNorm(m_down->addedTo(y, m_up->gelu(y))), {}};
    }
    const Tensor y = added(queries, m_attentionDense(context), *m_attentionNorm).exact;
    return {added(y, m_down(m_up->gelu(y)), *m_outputNorm).exact, {}};
}

BlockOutput AttentionBlockImpl::forward(const Tensor& queries, const Tensor& source, const Tensor& keyMask,
                                        bool wantAttention, const PrefixKeyValues* prefix, const Tensor& rounded) {
    BlockOutput out;
    const Tensor context =
        attend({queries, rounded}, source, keyMask, wantAttention ? &out.attention : nullptr, prefix);
    BlockRows rows = finished(queries, context);
    out.output = std::move(rows.exact);
    out.rounded = std::move(rows.rounded);
    return out;
}

BlockRows AttentionBlockImpl::forwardUsed(const BlockRows& rows, const UsedRows& used, const Tensor& mask) {
    const auto of = projected(rows, {m_key.get(), m_value.get(), m_query.get()});
    const auto padded = [&](const Tensor& x) { return heads(used.spread(x)); };
    const Tensor context =
        nn::attend(padded(of[2]), padded(of[0]), padded(of[1]), mask, is_training() ? m_attentionDropout : 0.0);
    return finished(rows.exact, used.gathered(context));
}

void AttentionBlockImpl::copyFrom(const AttentionBlockImpl& other) {
    loadInto(*this, stateOf(other), "another block");
}

void AttentionBlockImpl::initBert(std::optional<at::Generator> generator) {
    nn::initBert(*this, std::move(generator));
}

}  // namespace mnerva::nn
