#pragma once

#include <torch/torch.h>

#include <array>
#include <functional>
#include <vector>

#include "core/vision/boxes.h"

namespace mnerva::models {

/// Where the regions of a post come from. Crops: the whole picture first, then the crops, whose boxes nobody knows.
/// Boxes: the boxes of the post; the whole picture where none can be used.
enum class RegionSource { None, Crops, Boxes };

/// What of the pictures goes into a batch; without `use` the picture tensors stay undefined.
struct PictureLayout {
    bool use = false;
    bool grid = true;     ///< the 49 rows of the post picture, adaptive pooling of every stage
    int pictures = 1;     ///< most pictures of a post that are read
    int objects = 0;      ///< K, of each picture
    int objectRows = 4;   ///< M, adaptive pooling; 0: crops give prompts only
    bool pixels = false;  ///< batches hold pixels, and the model's own ResNet makes rows of them that learn
    int labels = 0;       ///< classes of objects (Batch::objects); they need no ResNet, so also without `use`
    RegionSource regionSource = RegionSource::None;
    int regions = 0;            ///< most regions of a post
    bool prompts = false;       ///< 2x2 rows with kernel floor(side/2) (models.md 4.6 step 1) of post picture and crops
    bool classedBoxes = false;  ///< boxes in place of crops are chosen by their classes
    bool photo = false;         ///< the post picture itself, for what a model does to it before the ResNet
    std::array<int, 4> widths{};        ///< C1..C4
    std::array<int, 4> promptWidths{};  ///< of the ResNet that makes the prompts
    int channels() const { return widths[0] + widths[1] + widths[2] + widths[3]; }
    int promptChannels() const { return promptWidths[0] + promptWidths[1] + promptWidths[2] + promptWidths[3]; }
};

/// Frozen rows of a further picture of a post; undefined tensors are absent.
struct MorePicture {
    torch::Tensor grid;                ///< [49, Ct]
    std::vector<torch::Tensor> crops;  ///< each [M, Ct], at most K
};

/// Frozen rows of one post's pictures, or what a ResNet that learns makes them of; undefined tensors are absent
/// pictures.
struct PostPictures {
    torch::Tensor grid;                    ///< [49, Ct]
    std::vector<torch::Tensor> crops;      ///< each [M, Ct], at most K
    std::vector<torch::Tensor> prompts;    ///< post picture and K crops: each [4, Cp]; absent ones are those of a blank
    std::vector<bool> promptOfCrop;        ///< per crop: its prompt is of a picture that was there
    torch::Tensor photo;                   ///< [3, 224, 224], of the post picture, normalised
    std::vector<torch::Tensor> pixels;     ///< post picture and K crops, each uint8 [224, 224, 3]
    bool hasPicture = false;               ///< the post picture was there and readable
    std::vector<MorePicture> more;         ///< at most PictureLayout::pictures - 1
    std::vector<torch::Tensor> regions;    ///< each [1, Ct]; only those that can be used
    std::vector<vision::Box> regionBoxes;  ///< of each region, cut to the picture; empty for crops
    std::vector<int> regionOf;     ///< of each region: index in PostInput.regions (or cropPaths), -1: the whole picture
    std::vector<int> cropRegions;  ///< of each crop that is a box: index in PostInput.regions; empty for files
    vision::Box frame;             ///< the picture, when its size was needed
};

/// Frozen: pictures [B, 3, 224, 224], normalised -> prompt rows [B, 4, Cp] (models.md 4.6 step 1), without gradient.
using PromptReader = std::function<torch::Tensor(const torch::Tensor& pixels)>;

}  // namespace mnerva::models
