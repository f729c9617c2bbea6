#include "core/models/batch/picture_batch_internal.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/vision/geometry.h"

namespace mnerva::models {
namespace {

using torch::Tensor;

std::int64_t postsOf(const Pictures& pictures) {
    return static_cast<std::int64_t>(pictures.size());
}

/// Rows of pictures that are there, or none of that shape.
Tensor stacked(const std::vector<Tensor>& rows, at::IntArrayRef shapeOfNone, torch::ScalarType type = torch::kFloat32) {
    return rows.empty() ? torch::zeros(shapeOfNone, type) : torch::stack(rows);
}

/// Crops of every picture of a batch as one list.
struct CropList {
    const PictureLayout& layout;
    std::vector<Tensor> rows;
    std::vector<std::int64_t> slots;

    /// `picture` counts those of the batch, P a post.
    void add(const std::vector<Tensor>& crops, std::int64_t picture) {
        const std::int64_t count = std::min<std::int64_t>(layout.objects, static_cast<std::int64_t>(crops.size()));
        for (std::int64_t k = 0; k < count; ++k) {
            const Tensor& crop = crops[static_cast<std::size_t>(k)];
            if (!crop.defined()) continue;
            MNERVA_CHECK(crop.size(0) == layout.objectRows && crop.size(1) == layout.channels());
            rows.push_back(crop.to(torch::kFloat32));
            slots.push_back(picture * layout.objects + k);
        }
    }
};

}  // namespace

GridRows makeGrid(const Pictures& pictures, const PictureLayout& layout) {
    const std::int64_t posts = postsOf(pictures), channels = layout.channels();
    GridRows out;
    if (layout.grid) out.rows = torch::zeros({posts, vision::kGridCells, channels});
    out.mask = torch::zeros({posts}, torch::kBool);
    for (std::int64_t b = 0; b < posts; ++b) {
        const PostPictures& of = pictures[static_cast<std::size_t>(b)];
        if (of.grid.defined()) {
            MNERVA_CHECK(of.grid.size(0) == vision::kGridCells && of.grid.size(1) == channels);
            if (layout.grid) out.rows[b].copy_(of.grid);
        }
        if (of.grid.defined() || of.hasPicture) out.mask[b].fill_(true);
    }
    return out;
}

MorePictures makeMore(const Pictures& pictures, const PictureLayout& layout) {
    MorePictures out;
    for (const PostPictures& of : pictures) {
        MNERVA_CHECK(static_cast<int>(of.more.size()) < layout.pictures);
        out.perPost = std::max(out.perPost, static_cast<std::int64_t>(of.more.size()) + 1);
    }
    const std::int64_t posts = postsOf(pictures), others = out.perPost - 1;
    if (others == 0) return out;
    std::vector<Tensor> grids;
    std::vector<std::int64_t> slots;
    out.mask = torch::zeros({posts, others}, torch::kBool);
    for (std::int64_t b = 0; b < posts; ++b) {
        const std::vector<MorePicture>& more = pictures[static_cast<std::size_t>(b)].more;
        for (std::size_t p = 0; p < more.size(); ++p) {
            if (!more[p].grid.defined()) continue;
            MNERVA_CHECK(more[p].grid.size(0) == vision::kGridCells && more[p].grid.size(1) == layout.channels());
            grids.push_back(more[p].grid.to(torch::kFloat32));
            slots.push_back(b * others + static_cast<std::int64_t>(p));
            out.mask[b][static_cast<std::int64_t>(p)].fill_(true);
        }
    }
    out.grids = stacked(grids, {0, vision::kGridCells, layout.channels()});
    out.slots = torch::tensor(slots, torch::kInt64);
    return out;
}

CropRows makeCrops(const Pictures& pictures, const PictureLayout& layout, std::int64_t perPost) {
    const std::int64_t posts = postsOf(pictures);
    CropList list{layout, {}, {}};
    for (std::int64_t b = 0; b < posts && layout.objectRows > 0; ++b) {
        const PostPictures& of = pictures[static_cast<std::size_t>(b)];
        list.add(of.crops, b * perPost);
        for (std::size_t p = 0; p < of.more.size(); ++p)
            list.add(of.more[p].crops, b * perPost + static_cast<std::int64_t>(p) + 1);
    }
    CropRows out;
    out.rows = stacked(list.rows, {0, layout.objectRows, layout.channels()});
    out.slots = torch::tensor(list.slots, torch::kInt64);
    out.mask = torch::zeros({posts, perPost * layout.objects}, torch::kBool);
    if (!list.slots.empty()) out.mask.view({-1}).index_fill_(0, out.slots, true);
    return out;
}

void markPromptCrops(CropRows& crops, const Pictures& pictures) {
    for (std::size_t b = 0; b < pictures.size(); ++b) {
        const std::vector<bool>& there = pictures[b].promptOfCrop;
        for (std::size_t k = 0; k < there.size(); ++k)
            if (there[k]) crops.mask[static_cast<std::int64_t>(b)][static_cast<std::int64_t>(k)].fill_(true);
    }
}

Tensor makePrompts(const Pictures& pictures, const PictureLayout& layout) {
    const std::int64_t posts = postsOf(pictures), count = 1 + layout.objects;
    Tensor out = torch::zeros({posts, count, 4, layout.promptChannels()});
    for (std::int64_t b = 0; b < posts; ++b) {
        const std::vector<Tensor>& of = pictures[static_cast<std::size_t>(b)].prompts;
        MNERVA_CHECK(static_cast<std::int64_t>(of.size()) == count);
        for (std::int64_t k = 0; k < count; ++k) out[b][k].copy_(of[static_cast<std::size_t>(k)]);
    }
    return out;
}

Tensor makePhotos(const Pictures& pictures) {
    Tensor out = torch::zeros({postsOf(pictures), 3, vision::kCropSide, vision::kCropSide});
    for (std::size_t b = 0; b < pictures.size(); ++b)
        if (const Tensor& of = pictures[b].photo; of.defined()) out[static_cast<std::int64_t>(b)].copy_(of);
    return out;
}

RegionRows makeRegions(const Pictures& pictures, const PictureLayout& layout) {
    std::size_t most = 1;
    for (const PostPictures& of : pictures) most = std::max(most, of.regions.size());
    const auto rows = static_cast<std::int64_t>(most);
    const std::int64_t posts = postsOf(pictures), width = layout.widths[3], before = layout.channels() - width;
    RegionRows out{torch::zeros({posts, rows, width}), torch::zeros({posts, rows}, torch::kBool)};
    for (std::int64_t b = 0; b < posts; ++b) {
        const PostPictures& of = pictures[static_cast<std::size_t>(b)];
        for (std::size_t r = 0; r < of.regions.size(); ++r) {
            const auto row = static_cast<std::int64_t>(r);
            out.rows[b][row].copy_(of.regions[r][0].narrow(0, before, width));
            out.mask[b][row].fill_(true);
        }
    }
    return out;
}

LearningRows makeLearning(const Pictures& pictures, const PictureLayout& layout) {
    const std::int64_t posts = postsOf(pictures), images = 1 + layout.objects;
    LearningRows out;
    out.grid.mask = torch::zeros({posts}, torch::kBool);
    out.crops.mask = torch::zeros({posts, layout.objects}, torch::kBool);
    std::vector<Tensor> pixels;
    std::vector<std::int64_t> slots, cropSlots;
    for (std::int64_t b = 0; b < posts; ++b) {
        const std::vector<Tensor>& of = pictures[static_cast<std::size_t>(b)].pixels;
        const std::int64_t count = std::min(images, static_cast<std::int64_t>(of.size()));
        for (std::int64_t k = 0; k < count; ++k) {
            const Tensor& picture = of[static_cast<std::size_t>(k)];
            if (!picture.defined()) continue;
            pixels.push_back(picture);
            slots.push_back(b * images + k);
            if (k == 0) out.grid.mask[b].fill_(true);
            if (k == 0 || layout.objectRows == 0) continue;
            cropSlots.push_back(b * layout.objects + k - 1);
            out.crops.mask[b][k - 1].fill_(true);
        }
    }
    out.pixels.values = stacked(pixels, {0, vision::kCropSide, vision::kCropSide, 3}, torch::kUInt8);
    out.pixels.slots = torch::tensor(slots, torch::kInt64);
    out.crops.slots = torch::tensor(cropSlots, torch::kInt64);
    return out;
}

}  // namespace mnerva::models
