#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

#include "core/models/pictures/post_pictures_internal.h"

namespace mnerva::models {

/// The cells of the post pictures.
struct GridRows {
    torch::Tensor rows;  ///< float [B, 49, Ct]; undefined where the model uses none
    torch::Tensor mask;  ///< [B]: the post has a picture

    std::vector<torch::Tensor*> tensors() { return {&rows, &mask}; }
};

/// The crops of all pictures; K is PictureLayout::objects, P a batch's MorePictures::perPost.
struct CropRows {
    torch::Tensor rows;   ///< float [present, M, Ct]: only the crops that are there
    torch::Tensor slots;  ///< int64 [present]: (b * P + p) * K + k of each, p counts a post's pictures
    torch::Tensor mask;   ///< [B, P * K]

    std::vector<torch::Tensor*> tensors() { return {&rows, &slots, &mask}; }
};

/// The cells of a post's second and later pictures.
struct MorePictures {
    std::int64_t perPost = 1;  ///< P: as many pictures as the post with most pictures has
    torch::Tensor grids;       ///< float [present, 49, Ct]: only those that are there; undefined: P = 1
    torch::Tensor slots;       ///< int64 [present]: b * (P - 1) + p - 1 of each, p = 1..P-1
    torch::Tensor mask;        ///< [B, P - 1]

    std::vector<torch::Tensor*> tensors() { return {&grids, &slots, &mask}; }
};

/// What a ResNet that learns makes rows of: NerModel::withRows().
struct Pixels {
    torch::Tensor values;  ///< uint8 [count, 224, 224, 3]: the pictures that are there
    torch::Tensor slots;   ///< int64 [count]: b * (1 + K) + k of each, ascending; k = 0 is the post picture

    std::vector<torch::Tensor*> tensors() { return {&values, &slots}; }
};

/// The regions of the post pictures; R: most regions of a post of the batch.
struct RegionRows {
    torch::Tensor rows;  ///< float [B, R, C4]: pooled last stage; undefined where the model uses none
    torch::Tensor mask;  ///< [B, R]

    std::vector<torch::Tensor*> tensors() { return {&rows, &mask}; }
};

using Pictures = std::vector<PostPictures>;  ///< of each post of a batch

GridRows makeGrid(const Pictures& pictures, const PictureLayout& layout);
MorePictures makeMore(const Pictures& pictures, const PictureLayout& layout);
/// `perPost` is that of makeMore().
CropRows makeCrops(const Pictures& pictures, const PictureLayout& layout, std::int64_t perPost);
/// Where crops come as prompts, those that were there.
void markPromptCrops(CropRows& crops, const Pictures& pictures);
/// float [B, 1 + K, 4, Cp].
torch::Tensor makePrompts(const Pictures& pictures, const PictureLayout& layout);
/// float [B, 3, 224, 224], 0 without picture.
torch::Tensor makePhotos(const Pictures& pictures);
RegionRows makeRegions(const Pictures& pictures, const PictureLayout& layout);

/// Pixels, with the masks and slots of the rows that are made of them.
struct LearningRows {
    Pixels pixels;
    GridRows grid;
    CropRows crops;
};
LearningRows makeLearning(const Pictures& pictures, const PictureLayout& layout);

}  // namespace mnerva::models
