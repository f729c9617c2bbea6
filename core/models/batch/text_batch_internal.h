#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

#include "core/models/text/encoded_post_internal.h"

namespace mnerva::models {

/// The texts of a batch, padded to the longest. Masks are bool, true means "use".
/// N counts positions, n units: words, or in X mode positions (n = N).
struct TextBatch {
    torch::Tensor ids;           ///< int64 [B, N]
    torch::Tensor mask;          ///< [B, N], auxiliary texts included
    torch::Tensor types;         ///< int64 [B, N], 1 for auxiliary texts; undefined where no post has one
    torch::Tensor pooling;       ///< float [B, n + 2, N]: row 0 picks [CLS], rows 1..n make the words, row n + 1 picks
                                 ///< [SEP]; undefined in X mode
    torch::Tensor unitMask;      ///< [B, n]: what is tagged, so no auxiliary text
    torch::Tensor tags;          ///< int64 [B, n], 0 where masked
    torch::Tensor wordVectors;   ///< float [B, n, W], zero where masked or unknown; undefined where the model uses none
    torch::Tensor augmentation;  ///< float [B, N, D]: at a word's first piece the vector of words like it, else zero

    bool isRepeated = false;  ///< all posts are the same one: what depends on the text alone may be computed once

    std::int64_t posts() const { return ids.size(0); }
    std::int64_t units() const { return unitMask.size(1); }
    /// Positions of the posts themselves, without auxiliary texts: bool [B, N].
    torch::Tensor ownPositions() const { return types.defined() ? mask & (types == 0) : mask; }
    /// What moves to another device.
    std::vector<torch::Tensor*> tensors() {
        return {&ids, &mask, &types, &pooling, &unitMask, &tags, &wordVectors, &augmentation};
    }
};

TextBatch makeText(const std::vector<const EncodedPost*>& posts, const TextLayout& layout);

/// The same posts without their auxiliary texts, as makeText would make them. The batch must have types.
TextBatch withoutAuxiliary(const TextBatch& batch, const TextLayout& layout);

/// `pooling` applied to the encoder's states, or the states themselves in X mode.
/// states [B, N, H] -> units [B, n, H]; keys [B, n + 2, H] and their mask hold [CLS] and [SEP] besides (X mode: all
/// positions of the post). Auxiliary texts are read by the encoder; what comes after it reads the post only.
struct Units {
    torch::Tensor units, keys, keyMask;
};
Units unitsOf(const TextBatch& batch, const torch::Tensor& states);

}  // namespace mnerva::models
