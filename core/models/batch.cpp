#include <algorithm>

#include "core/base/check.h"
#include "core/models/batch_internal.h"
#include "core/vision/geometry.h"

namespace mnerva::models {
namespace {

using torch::Tensor;

void fillText(Batch& batch, const std::vector<const EncodedPost*>& posts, SubtokenMode mode) {
    auto ids = batch.ids.accessor<std::int64_t, 2>();
    auto mask = batch.mask.accessor<bool, 2>();
    auto pooling = batch.pooling.accessor<float, 3>();
    auto wordMask = batch.wordMask.accessor<bool, 2>();
    auto tags = batch.tags.accessor<std::int64_t, 2>();
    const std::int64_t lastRow = batch.pooling.size(1) - 1;
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const EncodedPost& post = *posts[static_cast<std::size_t>(b)];
        const auto length = static_cast<std::int64_t>(post.ids.size());
        for (std::int64_t i = 0; i < length; ++i) {
            ids[b][i] = post.ids[static_cast<std::size_t>(i)];
            mask[b][i] = true;
        }
        pooling[b][0][0] = 1;
        pooling[b][lastRow][length - 1] = 1;
        const std::int64_t used = post.usedWords();
        for (std::int64_t w = 0; w < used; ++w) {
            const EncodedPost::Word& word = post.words[static_cast<std::size_t>(w)];
            if (word.pieces == 0) continue;
            wordMask[b][w] = true;
            if (!post.tags.empty()) tags[b][w] = post.tags[static_cast<std::size_t>(w)];
            const int pieces = mode == SubtokenMode::First ? 1 : word.pieces;
            const float weight = mode == SubtokenMode::Mean ? 1.0f / static_cast<float>(pieces) : 1.0f;
            for (int p = 0; p < pieces; ++p) pooling[b][w + 1][word.first + p] = weight;
        }
    }
}

void fillPictures(Batch& batch, const std::vector<PostPictures>& pictures, const PictureLayout& layout) {
    const std::int64_t posts = batch.posts(), channels = layout.channels();
    batch.grid = torch::zeros({posts, vision::kGridCells, channels});
    batch.gridMask = torch::zeros({posts}, torch::kBool);
    batch.cropMask = torch::zeros({posts, layout.objects}, torch::kBool);
    std::vector<Tensor> crops;
    std::vector<std::int64_t> slots;
    for (std::int64_t b = 0; b < posts; ++b) {
        const PostPictures& of = pictures[static_cast<std::size_t>(b)];
        if (of.grid.defined()) {
            MNERVA_CHECK(of.grid.size(0) == vision::kGridCells && of.grid.size(1) == channels);
            batch.grid[b].copy_(of.grid);
            batch.gridMask[b].fill_(true);
        }
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
    return {moved(ids),  moved(mask),     moved(pooling), moved(wordMask),  moved(tags),
            moved(grid), moved(gridMask), moved(crops),   moved(cropSlots), moved(cropMask)};
}

Batch makeBatch(const std::vector<const EncodedPost*>& posts, const std::vector<PostPictures>& pictures,
                const PictureLayout& layout, SubtokenMode mode, std::int64_t padId) {
    MNERVA_CHECK(!posts.empty() && (!layout.use || pictures.size() == posts.size()));
    std::int64_t pieces = 0, words = 1;
    for (const EncodedPost* post : posts) {
        pieces = std::max(pieces, static_cast<std::int64_t>(post->ids.size()));
        words = std::max<std::int64_t>(words, post->usedWords());
    }
    const auto count = static_cast<std::int64_t>(posts.size());
    Batch batch;
    batch.ids = torch::full({count, pieces}, padId, torch::kInt64);
    batch.mask = torch::zeros({count, pieces}, torch::kBool);
    batch.pooling = torch::zeros({count, words + 2, pieces});
    batch.wordMask = torch::zeros({count, words}, torch::kBool);
    batch.tags = torch::zeros({count, words}, torch::kInt64);
    fillText(batch, posts, mode);
    if (layout.use) fillPictures(batch, pictures, layout);
    return batch;
}

}  // namespace mnerva::models
