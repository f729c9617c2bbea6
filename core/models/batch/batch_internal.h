#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

#include "core/models/batch/picture_batch_internal.h"
#include "core/models/batch/text_batch_internal.h"

namespace mnerva::models {

/// What a model sees: each part is there where the layouts ask for it, and a system takes the parts that it reads.
/// Masks are bool, true means "use".
struct Batch {
    TextBatch text;
    GridRows grid;
    CropRows crops;
    MorePictures more;
    torch::Tensor prompts;  ///< float [B, 1 + K, 4, Cp]; undefined where the model uses none
    torch::Tensor photos;   ///< float [B, 3, 224, 224], 0 without picture; undefined where the model uses none
    Pixels pixels;          ///< where the ResNet learns, in place of grid.rows, crops.rows and prompts
    torch::Tensor objects;  ///< int64 [B, labels]: COCO classes, 0 where there is none; undefined where not used
    RegionRows regions;
    std::vector<std::vector<GoldEntity>> entities;  ///< of each post, for training

    std::int64_t posts() const { return text.posts(); }
    std::int64_t units() const { return text.units(); }
    Batch to(const torch::Device& device) const;
    /// In memory that a CUDA device reads by itself, so that to() need not wait. Needs one.
    Batch pinned() const;

private:
    /// The same with another tensor in place of each that is there.
    template <class Change>
    Batch changed(Change&& change) const;
};

/// `pictures` is as long as `posts`, or empty when the layout uses none.
Batch makeBatch(const std::vector<const EncodedPost*>& posts, const Pictures& pictures, const PictureLayout& layout,
                const TextLayout& text);

/// The same posts without their auxiliary texts, as makeBatch would make them. The batch must have types.
Batch withoutAuxiliary(const Batch& batch, const TextLayout& text);

}  // namespace mnerva::models
