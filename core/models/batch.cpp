#include <algorithm>

#include "core/base/check.h"
#include "core/models/batch_internal.h"
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

void fillWords(Batch& batch, const std::vector<const EncodedPost*>& posts, UnitMode mode) {
    auto pooling = batch.pooling.accessor<float, 3>();
    auto unitMask = batch.unitMask.accessor<bool, 2>();
    auto tags = batch.tags.accessor<std::int64_t, 2>();
    const std::int64_t lastRow = batch.pooling.size(1) - 1;
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const EncodedPost& post = *posts[static_cast<std::size_t>(b)];
        pooling[b][0][0] = 1;
        pooling[b][lastRow][static_cast<std::int64_t>(post.ids.size()) - 1] = 1;
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
    batch.unitMask = batch.mask;
    batch.tags.fill_(special.pad);
    auto tags = batch.tags.accessor<std::int64_t, 2>();
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const EncodedPost& post = *posts[static_cast<std::size_t>(b)];
        const auto length = static_cast<std::int64_t>(post.ids.size());
        for (std::int64_t i = 1; i + 1 < length; ++i) tags[b][i] = special.x;
        tags[b][0] = special.cls;
        tags[b][length - 1] = special.sep;
        for (std::size_t w = 0; w < post.tags.size(); ++w)
            if (post.words[w].pieces > 0) tags[b][post.words[w].first] = post.tags[w];
    }
}

void fillPrompts(Batch& batch, const std::vector<PostPictures>& pictures, const PictureLayout& layout) {
    const std::int64_t count = 1 + layout.objects;
    batch.prompts = torch::zeros({batch.posts(), count, 4, layout.promptChannels()});
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const std::vector<Tensor>& of = pictures[static_cast<std::size_t>(b)].prompts;
        MNERVA_CHECK(static_cast<std::int64_t>(of.size()) == count);
        for (std::int64_t k = 0; k < count; ++k) batch.prompts[b][k].copy_(of[static_cast<std::size_t>(k)]);
    }
}

void fillPictures(Batch& batch, const std::vector<PostPictures>& pictures, const PictureLayout& layout) {
    const std::int64_t posts = batch.posts(), channels = layout.channels();
    if (layout.grid) batch.grid = torch::zeros({posts, vision::kGridCells, channels});
    batch.gridMask = torch::zeros({posts}, torch::kBool);
    batch.cropMask = torch::zeros({posts, layout.objects}, torch::kBool);
    std::vector<Tensor> crops;
    std::vector<std::int64_t> slots;
    for (std::int64_t b = 0; b < posts; ++b) {
        const PostPictures& of = pictures[static_cast<std::size_t>(b)];
        if (of.grid.defined()) {
            MNERVA_CHECK(of.grid.size(0) == vision::kGridCells && of.grid.size(1) == channels);
            if (layout.grid) batch.grid[b].copy_(of.grid);
        }
        if (of.grid.defined() || of.hasPicture) batch.gridMask[b].fill_(true);
        if (layout.objectRows == 0) continue;
        const std::int64_t count = std::min<std::int64_t>(layout.objects, static_cast<std::int64_t>(of.crops.size()));
        for (std::int64_t k = 0; k < count; ++k) {
            const Tensor& crop = of.crops[static_cast<std::size_t>(k)];
            if (!crop.defined()) continue;
            MNERVA_CHECK(crop.size(0) == layout.objectRows && crop.size(1) == channels);
            crops.push_back(crop.to(torch::kFloat32));
            slots.push_back(b * layout.objects + k);
            batch.cropMask[b][k].fill_(true);
        }
    }
    batch.crops = crops.empty() ? torch::zeros({0, layout.objectRows, channels}) : torch::stack(crops);
    batch.cropSlots = torch::tensor(slots, torch::kInt64);
}

}  // namespace

int EncodedPost::usedWords() const {
    int used = static_cast<int>(words.size());
    while (used > 0 && words[static_cast<std::size_t>(used - 1)].pieces == 0) --used;
    return used;
}

Batch Batch::to(const torch::Device& device) const {
    if (device.is_cpu()) return *this;
    const auto moved = [&](const Tensor& tensor) { return tensor.defined() ? tensor.to(device) : tensor; };
    return {moved(ids),      moved(mask),  moved(pooling),   moved(unitMask), moved(tags),   moved(grid),
            moved(gridMask), moved(crops), moved(cropSlots), moved(cropMask), moved(prompts)};
}

UnitRange unitsOfWord(const EncodedPost& post, int w, UnitMode mode) {
    const auto begin = post.words.begin();
    MNERVA_CHECK(begin[w].pieces > 0);
    if (mode == UnitMode::Pieces) return {begin[w].first, begin[w].pieces};
    return {static_cast<int>(std::count_if(begin, begin + w, [](const auto& word) { return word.pieces > 0; })), 1};
}

Units unitsOf(const Batch& batch, const Tensor& states) {
    if (!batch.pooling.defined()) return {states, states, batch.mask};
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
    if (byPiece) {
        fillPieces(batch, posts, text.special);
    } else {
        batch.pooling = torch::zeros({count, words + 2, pieces});
        batch.unitMask = torch::zeros({count, words}, torch::kBool);
        fillWords(batch, posts, text.mode);
    }
    if (layout.use) fillPictures(batch, pictures, layout);
    if (layout.use && layout.prompts) fillPrompts(batch, pictures, layout);
    return batch;
}

}  // namespace mnerva::models
