#pragma once

#include <torch/torch.h>

#include <memory>
#include <mutex>

#include "core/nn/blocks/precision.h"

namespace mnerva::nn {

/// Type of the operands.
torch::ScalarType operandType(Precision precision);

/// What a product does besides multiplying, in this order: bias, GELU, residual.
struct ProductExtras {
    torch::Tensor bias{};                            ///< float32 [n]; undefined: none
    bool gelu = false;                               ///< the exact form, by erf
    torch::Tensor residual{};                        ///< float32 [m, n], is added; undefined: none
    torch::Tensor addTo{};                           ///< float32 [m, n]: gets the product added and is the result
    torch::ScalarType resultType = torch::kFloat32;  ///< or bfloat16
};

/// op(a) [m, k] times op(b) [k, n] through oneDNN in torch's thread pool; op transposes what is stored [k, m] or [n,
/// k]. Operands are contiguous CPU matrices, both float32 or both bfloat16; sums are float32. Its primitives are kept
/// by shape; any thread may call.
torch::Tensor product(const torch::Tensor& a, bool transposeA, const torch::Tensor& b, bool transposeB,
                      const ProductExtras& extras = {});

/// c = a b for each of [B, A, m, k], [B, A, k, n] and [B, A, m, n] on the CPU, each stored in any order of its axes: a
/// and b of one type, float32 or bfloat16, c of the same or float32.
void batchedProduct(const torch::Tensor& a, const torch::Tensor& b, const torch::Tensor& c);

/// A weight [n, k] as W^T in the order of memory that oneDNN reads fastest. Never changes.
class PackedWeight;
/// x [m, k] times W^T.
torch::Tensor product(const torch::Tensor& x, const PackedWeight& weight, const ProductExtras& extras = {});

/// What one weight [n, k] was made into for products, kept as long as the weight stays what it is (the same memory at
/// the same version) and no longer than the layer that this is a part of. Any thread may ask.
class WeightForms {
public:
    /// For products without gradients; null where packing does not pay: in float32 before a thousand rows were asked
    /// for. Float32 takes as much memory again as the weight, bfloat16 half of it.
    std::shared_ptr<const PackedWeight> packed(const torch::Tensor& weight, Precision precision, int64_t rows);
    /// In bfloat16 as it stands, for a step of training; drops what is packed.
    struct Rounding {
        torch::Tensor values;
        bool stays = false;  ///< is kept here; else whoever keeps it is alone with it
    };
    /// Kept where a step asks more than once: one that asks once makes it again on its way back (roundedAgain()), which
    /// takes little beside a product, and no memory while it waits for that.
    Rounding rounded(const torch::Tensor& weight);
    /// Drops everything.
    void clear();
    /// Bytes that are kept.
    int64_t bytes() const;

private:
    void forgetOthers(const torch::Tensor& weight);

    mutable std::mutex m_mutex;
    const void* m_data = nullptr;
    uint32_t m_version = 0;
    int64_t m_rows = 0;  ///< asked for since the weight changed
    std::shared_ptr<const PackedWeight> m_packed;
    torch::Tensor m_rounded;
    torch::Tensor m_room;       ///< where it stands, or the one before it stood
    bool m_wasRounded = false;  ///< since the weight changed
    bool m_isShared = false;    ///< a step has asked more than once
};

/// What to save for the way back of rounded(): undefined where that makes it again.
torch::Tensor savedForm(const WeightForms::Rounding& rounding);
/// The weight as operand on the way back, of what was saved.
torch::Tensor roundedAgain(const torch::Tensor& saved, const torch::Tensor& weight);

}  // namespace mnerva::nn
