#include <algorithm>

#include "core/base/check.h"
#include "core/models/batch_internal.h"
#include "core/models/word_augmenter_internal.h"
#include "core/models/word_vectors_internal.h"
#include "core/vision/geometry.h"

namespace mnerva::models {
namespace {

using torch::Tensor;

void fillIds(Batch& batch, const std::vector<const EncodedPost*>& posts) {
    auto ids = batch.ids.accessor<std::int64_t, 2>();
    auto mask = batch.mask.accessor<bool, 2>();
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const EncodedPost& post = *posts[static_cast<std::size_t>(b)];
        for (std::size_t i = 0; i < post.ids.size(); ++i) {
            ids[b][static_cast<std::int64_t>(i)] = post.ids[i];
            mask[b][static_cast<std::int64_t>(i)] = true;
        }
    }
}

void fillTypes(Batch& batch, const std::vector<const EncodedPost*>& posts) {
    if (std::none_of(posts.begin(), posts.end(), [](const EncodedPost* post) { return post->auxiliaryIds > 0; }))
        return;
    batch.types = torch::zeros_like(batch.ids);
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const EncodedPost& post = *posts[static_cast<std::size_t>(b)];
        batch.types[b].narrow(0, post.ownIds(), post.auxiliaryIds).fill_(1);
    }
}

void fillWords(Batch& batch, const std::vector<const EncodedPost*>& posts, UnitMode mode) {
    auto pooling = batch.pooling.accessor<float, 3>();
    auto unitMask = batch.unitMask.accessor<bool, 2>();
    auto tags = batch.tags.accessor<std::int64_t, 2>();
    const std::int64_t lastRow = batch.pooling.size(1) - 1;
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const EncodedPost& post = *posts[static_cast<std::size_t>(b)];
        pooling[b][0][0] = 1;
        pooling[b][lastRow][post.ownIds() - 1] = 1;
        const std::int64_t used = post.usedWords();
        for (std::int64_t w = 0; w < used; ++w) {
            const EncodedPost::Word& word = post.words[static_cast<std::size_t>(w)];
            if (word.pieces == 0) continue;
            unitMask[b][w] = true;
            if (!post.tags.empty()) tags[b][w] = post.tags[static_cast<std::size_t>(w)];
            const int pieces = mode == UnitMode::First ? 1 : word.pieces;
            const float weight = mode == UnitMode::Mean ? 1.0f / static_cast<float>(pieces) : 1.0f;
            for (int p = 0; p < pieces; ++p) pooling[b][w + 1][word.first + p] = weight;
        }
    }
}

/// X mode: every position of the post carries a tag.
void fillPieces(Batch& batch, const std::vector<const EncodedPost*>& posts, const SpecialClasses& special) {
    batch.unitMask = batch.types.defined() ? batch.mask & (batch.types == 0) : batch.mask;
    batch.tags.fill_(special.pad);
    auto tags = batch.tags.accessor<std::int64_t, 2>();
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const EncodedPost& post = *posts[static_cast<std::size_t>(b)];
        const std::int64_t length = post.ownIds();
        for (std::int64_t i = 1; i + 1 < length; ++i) tags[b][i] = special.x;
        tags[b][0] = special.cls;
        tags[b][length - 1] = special.sep;
        for (std::size_t w = 0; w < post.tags.size(); ++w)
            if (post.words[w].pieces > 0) tags[b][post.words[w].first] = post.tags[w];
    }
}

void fillWordVectors(Batch& batch, const std::vector<const EncodedPost*>& posts, const WordVectors& vectors) {
    const std::int64_t width = vectors.dimension(), words = batch.units();
    batch.wordVectors = torch::zeros({batch.posts(), words, width});
    float* to = batch.wordVectors.data_ptr<float>();
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const EncodedPost& post = *posts[static_cast<std::size_t>(b)];
        MNERVA_CHECK(post.vectorRows.size() == post.words.size());
        const std::int64_t used = post.usedWords();
        for (std::int64_t w = 0; w < used; ++w) {
            const std::int64_t row = post.vectorRows[static_cast<std::size_t>(w)];
            if (row < 0 || post.words[static_cast<std::size_t>(w)].pieces == 0) continue;
            std::copy_n(vectors.values().begin() + row * width, width, to + (b * words + w) * width);
        }
    }
}

void fillAugmentation(Batch& batch, const std::vector<const EncodedPost*>& posts, const WordAugmenter& augmenter) {
    const std::int64_t width = augmenter.width();
    batch.augmentation = torch::zeros({batch.posts(), batch.ids.size(1), width});
    float* values = batch.augmentation.data_ptr<float>();
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const EncodedPost& post = *posts[static_cast<std::size_t>(b)];
        MNERVA_CHECK(post.wordRows.size() == post.words.size());
        for (std::size_t w = 0; w < post.words.size(); ++w) {
            if (post.words[w].pieces == 0) continue;
            const float* row = augmenter.row(post.wordRows[w]);
            std::copy(row, row + width, values + (b * batch.ids.size(1) + post.words[w].first) * width);
        }
    }
}

void fillObjects(Batch& batch, const std::vector<const EncodedPost*>& posts, std::int64_t labels) {
    batch.objects = torch::zeros({batch.posts(), labels}, torch::kInt64);
    auto ids = batch.objects.accessor<std::int64_t, 2>();
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const std::vector<std::int64_t>& of = posts[static_cast<std::size_t>(b)]->objects;
        const auto count = std::min(labels, static_cast<std::int64_t>(of.size()));
        for (std::int64_t k = 0; k < count; ++k) ids[b][k] = of[static_cast<std::size_t>(k)];
    }
}

void fillPrompts(Batch& batch, const std::vector<PostPictures>& pictures, const PictureLayout& layout) {
    const std::int64_t count = 1 + layout.objects;
    batch.prompts = torch::zeros({batch.posts(), count, 4, layout.promptChannels()});
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const std::vector<Tensor>& of = pictures[static_cast<std::size_t>(b)].prompts;
        MNERVA_CHECK(static_cast<std::int64_t>(of.size()) == count);
        for (std::int64_t k = 0; k < count; ++k) batch.prompts[b][k].copy_(of[static_cast<std::size_t>(k)]);
        const std::vector<bool>& there = pictures[static_cast<std::size_t>(b)].promptOfCrop;
        for (std::size_t k = 0; k < there.size(); ++k)
            if (there[k]) batch.cropMask[b][static_cast<std::int64_t>(k)].fill_(true);
    }
}

void fillPhotos(Batch& batch, const std::vector<PostPictures>& pictures) {
    batch.photos = torch::zeros({batch.posts(), 3, vision::kCropSide, vision::kCropSide});
    for (std::int64_t b = 0; b < batch.posts(); ++b)
        if (const Tensor& of = pictures[static_cast<std::size_t>(b)].photo; of.defined()) batch.photos[b].copy_(of);
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

void fillMorePictures(Batch& batch, const std::vector<PostPictures>& pictures, const PictureLayout& layout) {
    const std::int64_t others = batch.pictures - 1;
    if (others == 0) return;
    std::vector<Tensor> grids;
    std::vector<std::int64_t> slots;
    batch.moreMask = torch::zeros({batch.posts(), others}, torch::kBool);
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const std::vector<MorePicture>& more = pictures[static_cast<std::size_t>(b)].more;
        for (std::size_t p = 0; p < more.size(); ++p) {
            if (!more[p].grid.defined()) continue;
            MNERVA_CHECK(more[p].grid.size(0) == vision::kGridCells && more[p].grid.size(1) == layout.channels());
            grids.push_back(more[p].grid.to(torch::kFloat32));
            slots.push_back(b * others + static_cast<std::int64_t>(p));
            batch.moreMask[b][static_cast<std::int64_t>(p)].fill_(true);
        }
    }
    batch.moreGrids = grids.empty() ? torch::zeros({0, vision::kGridCells, layout.channels()}) : torch::stack(grids);
    batch.moreSlots = torch::tensor(slots, torch::kInt64);
}

/// Masks and slots as fillPictures makes them, and pixels in place of rows.
void fillPixels(Batch& batch, const std::vector<PostPictures>& pictures, const PictureLayout& layout) {
    const std::int64_t posts = batch.posts(), images = 1 + layout.objects;
    batch.gridMask = torch::zeros({posts}, torch::kBool);
    batch.cropMask = torch::zeros({posts, layout.objects}, torch::kBool);
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
            if (k == 0) batch.gridMask[b].fill_(true);
            if (k == 0 || layout.objectRows == 0) continue;
            cropSlots.push_back(b * layout.objects + k - 1);
            batch.cropMask[b][k - 1].fill_(true);
        }
    }
    const int side = vision::kCropSide;
    batch.pixels = pixels.empty() ? torch::zeros({0, side, side, 3}, torch::kUInt8) : torch::stack(pixels);
    batch.pixelSlots = torch::tensor(slots, torch::kInt64);
    batch.cropSlots = torch::tensor(cropSlots, torch::kInt64);
}

void fillRegions(Batch& batch, const std::vector<PostPictures>& pictures, const PictureLayout& layout) {
    std::size_t rows = 1;
    for (const PostPictures& of : pictures) rows = std::max(rows, of.regions.size());
    const std::int64_t width = layout.widths[3], before = layout.channels() - width;
    batch.regions = torch::zeros({batch.posts(), static_cast<std::int64_t>(rows), width});
    batch.regionMask = torch::zeros({batch.posts(), static_cast<std::int64_t>(rows)}, torch::kBool);
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const PostPictures& of = pictures[static_cast<std::size_t>(b)];
        for (std::size_t r = 0; r < of.regions.size(); ++r) {
            const auto row = static_cast<std::int64_t>(r);
            batch.regions[b][row].copy_(of.regions[r][0].narrow(0, before, width));
            batch.regionMask[b][row].fill_(true);
        }
        if (layout.regionSource != RegionSource::Boxes) continue;
        for (GoldEntity& entity : batch.entities[static_cast<std::size_t>(b)]) {
            std::vector<vision::Box> gold;
            for (const vision::Box& box : entity.boxes)
                if (const auto inside = vision::clippedBox(box, of.frame.right, of.frame.bottom))
                    gold.push_back(*inside);
            entity.regions = vision::regionLabels(gold, of.regionBoxes);
        }
    }
}

void fillPictures(Batch& batch, const std::vector<PostPictures>& pictures, const PictureLayout& layout) {
    const std::int64_t posts = batch.posts(), channels = layout.channels();
    for (const PostPictures& of : pictures) {
        MNERVA_CHECK(static_cast<int>(of.more.size()) < layout.pictures);
        batch.pictures = std::max(batch.pictures, static_cast<std::int64_t>(of.more.size()) + 1);
    }
    if (layout.grid) batch.grid = torch::zeros({posts, vision::kGridCells, channels});
    batch.gridMask = torch::zeros({posts}, torch::kBool);
    CropList crops{layout, {}, {}};
    for (std::int64_t b = 0; b < posts; ++b) {
        const PostPictures& of = pictures[static_cast<std::size_t>(b)];
        if (of.grid.defined()) {
            MNERVA_CHECK(of.grid.size(0) == vision::kGridCells && of.grid.size(1) == channels);
            if (layout.grid) batch.grid[b].copy_(of.grid);
        }
        if (of.grid.defined() || of.hasPicture) batch.gridMask[b].fill_(true);
        if (layout.objectRows == 0) continue;
        crops.add(of.crops, b * batch.pictures);
        for (std::size_t p = 0; p < of.more.size(); ++p)
            crops.add(of.more[p].crops, b * batch.pictures + static_cast<std::int64_t>(p) + 1);
    }
    fillMorePictures(batch, pictures, layout);
    batch.crops = crops.rows.empty() ? torch::zeros({0, layout.objectRows, channels}) : torch::stack(crops.rows);
    batch.cropSlots = torch::tensor(crops.slots, torch::kInt64);
    batch.cropMask = torch::zeros({posts, batch.pictures * layout.objects}, torch::kBool);
    if (!crops.slots.empty()) batch.cropMask.view({-1}).index_fill_(0, batch.cropSlots, true);
}

}  // namespace

bool GoldEntity::covered() const {
    return std::any_of(regions.begin(), regions.end(), [](float share) { return share > 0; });
}

int EncodedPost::usedWords() const {
    int used = static_cast<int>(words.size());
    while (used > 0 && words[static_cast<std::size_t>(used - 1)].pieces == 0) --used;
    return used;
}

Batch Batch::to(const torch::Device& device) const {
    if (device.is_cpu()) return *this;
    Batch out = *this;
    for (Tensor* tensor :
         {&out.ids,     &out.mask,    &out.types,      &out.pooling,    &out.unitMask,  &out.wordVectors,
          &out.tags,    &out.grid,    &out.gridMask,   &out.crops,      &out.cropSlots, &out.cropMask,
          &out.prompts, &out.photos,  &out.pixels,     &out.pixelSlots, &out.moreGrids, &out.augmentation,
          &out.objects, &out.regions, &out.regionMask, &out.moreSlots,  &out.moreMask})
        if (tensor->defined()) *tensor = tensor->to(device);
    return out;
}

Batch withoutAuxiliary(const Batch& batch, const TextLayout& text) {
    MNERVA_CHECK(batch.types.defined());
    Batch out = batch;
    const Tensor own = batch.mask & (batch.types == 0);
    const auto length = std::max<std::int64_t>(text.length, own.sum(1).max().item<std::int64_t>());
    out.mask = own.narrow(1, 0, length);
    out.ids = batch.ids.masked_fill(~own, text.padId).narrow(1, 0, length);
    out.types = Tensor();
    if (batch.augmentation.defined()) out.augmentation = batch.augmentation.narrow(1, 0, length);
    if (batch.pooling.defined()) {
        out.pooling = batch.pooling.narrow(2, 0, length);
    } else {
        out.unitMask = out.mask;
        out.tags = batch.tags.narrow(1, 0, length);
    }
    return out;
}

UnitRange unitsOfWord(const EncodedPost& post, int w, UnitMode mode) {
    const auto begin = post.words.begin();
    MNERVA_CHECK(begin[w].pieces > 0);
    if (mode == UnitMode::Pieces) return {begin[w].first, begin[w].pieces};
    return {static_cast<int>(std::count_if(begin, begin + w, [](const auto& word) { return word.pieces > 0; })), 1};
}

Units unitsOf(const Batch& batch, const Tensor& states) {
    if (!batch.pooling.defined()) return {states, states, batch.unitMask};
    const Tensor keys = batch.pooling.bmm(states);  // [B, n + 2, H]
    const Tensor always = torch::ones({batch.posts(), 1}, batch.unitMask.options());
    return {keys.narrow(1, 1, batch.units()), keys, torch::cat({always, batch.unitMask, always}, 1)};
}

Batch makeBatch(const std::vector<const EncodedPost*>& posts, const std::vector<PostPictures>& pictures,
                const PictureLayout& layout, const TextLayout& text) {
    MNERVA_CHECK(!posts.empty() && (!layout.use || pictures.size() == posts.size()));
    std::int64_t pieces = text.length, words = 1;
    for (const EncodedPost* post : posts) {
        pieces = std::max(pieces, static_cast<std::int64_t>(post->ids.size()));
        words = std::max<std::int64_t>(words, post->usedWords());
    }
    const auto count = static_cast<std::int64_t>(posts.size());
    const bool byPiece = text.mode == UnitMode::Pieces;
    Batch batch;
    batch.ids = torch::full({count, pieces}, text.padId, torch::kInt64);
    batch.mask = torch::zeros({count, pieces}, torch::kBool);
    batch.tags = torch::zeros({count, byPiece ? pieces : words}, torch::kInt64);
    fillIds(batch, posts);
    fillTypes(batch, posts);
    for (const EncodedPost* post : posts) batch.entities.push_back(post->entities);
    if (byPiece) {
        fillPieces(batch, posts, text.special);
    } else {
        batch.pooling = torch::zeros({count, words + 2, pieces});
        batch.unitMask = torch::zeros({count, words}, torch::kBool);
        fillWords(batch, posts, text.mode);
        if (text.wordVectors) fillWordVectors(batch, posts, *text.wordVectors);
    }
    if (text.augmenter) fillAugmentation(batch, posts, *text.augmenter);
    if (layout.labels > 0) fillObjects(batch, posts, layout.labels);
    if (!layout.use) return batch;
    if (layout.pixels)
        fillPixels(batch, pictures, layout);
    else
        fillPictures(batch, pictures, layout);
    // Where the ResNet learns, only prompts of a second one, which is frozen, come as rows.
    if (layout.prompts && !pictures.front().prompts.empty()) fillPrompts(batch, pictures, layout);
    if (layout.photo) fillPhotos(batch, pictures);
    if (layout.regionSource != RegionSource::None) fillRegions(batch, pictures, layout);
    return batch;
}

}  // namespace mnerva::models
