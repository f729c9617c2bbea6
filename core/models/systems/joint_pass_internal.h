#pragma once

#include "core/models/model/sequence_tagger_internal.h"

namespace mnerva::models {

/// x [B, s, H] in another order of its rows: order int64 [B, s].
torch::Tensor reordered(const torch::Tensor& x, const torch::Tensor& order);

/// The order, int64 [B, s], that moves what a mask bool [B, s] leaves out to the end and keeps all else as it stands:
/// in it, the place of what follows a post's words depends on no other post of the batch.
torch::Tensor paddingLast(const torch::Tensor& mask);

/// Words and rows of a picture as one sequence of N + S rows, which an encoder reads as two segments: what MPCFN (both
/// variants) and RpBERT ask "does the picture add to the text?".
struct JointSequence {
    torch::Tensor types, mask;  ///< int64, bool [B, N + S], in the order in which they are read
    torch::Tensor order;        ///< int64 [B, N + S]: what is read where; undefined: words, padding, rows

    /// `textMask` and `textTypes` (undefined: all 0) are [B, N], `rowMask` is [B, S]. Rows have type 1 where the
    /// encoder has one. `rowsBehindPost`: padding goes behind the rows.
    JointSequence(const torch::Tensor& textMask, const torch::Tensor& textTypes, const torch::Tensor& rowMask,
                  const nn::BertConfig& encoder, bool rowsBehindPost);

    /// words [B, N, H] and rows [B, S, H] -> [B, N + S, H].
    torch::Tensor joined(const torch::Tensor& words, const torch::Tensor& rows) const;
    /// The first `layers` blocks (-1: all) -> [B, N + S, H].
    torch::Tensor read(nn::Bert& reader, const torch::Tensor& joined, int layers) const;
    /// [CLS] after the first `layers` blocks: [B, H]. Only it is read, so the last block needs no other query.
    torch::Tensor readCls(nn::Bert& reader, const torch::Tensor& joined, int layers) const;
};

}  // namespace mnerva::models
