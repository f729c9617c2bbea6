#include "core/models/batch/text_batch_internal.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/models/text/word_augmenter_internal.h"
#include "core/models/text/word_vectors_internal.h"

namespace mnerva::models {
namespace {

using torch::Tensor;

void fillIds(TextBatch& batch, const std::vector<const EncodedPost*>& posts) {
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

void fillTypes(TextBatch& batch, const std::vector<const EncodedPost*>& posts) {
    if (std::none_of(posts.begin(), posts.end(), [](const EncodedPost* post) { return post->auxiliaryIds > 0; }))
        return;
    batch.types = torch::zeros_like(batch.ids);
    for (std::int64_t b = 0; b < batch.posts(); ++b) {
        const EncodedPost& post = *posts[static_cast<std::size_t>(b)];
        batch.types[b].narrow(0, post.ownIds(), post.auxiliaryIds).fill_(1);
    }
}

void fillWords(TextBatch& batch, const std::vector<const EncodedPost*>& posts, UnitMode mode) {
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
void fillPieces(TextBatch& batch, const std::vector<const EncodedPost*>& posts, const SpecialClasses& special) {
    batch.unitMask = batch.ownPositions();
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

void fillWordVectors(TextBatch& batch, const std::vector<const EncodedPost*>& posts, const WordVectors& vectors) {
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

void fillAugmentation(TextBatch& batch, const std::vector<const EncodedPost*>& posts, const WordAugmenter& augmenter) {
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

}  // namespace

TextBatch makeText(const std::vector<const EncodedPost*>& posts, const TextLayout& layout) {
    std::int64_t pieces = layout.length, words = 1;
    for (const EncodedPost* post : posts) {
        pieces = std::max(pieces, static_cast<std::int64_t>(post->ids.size()));
        words = std::max<std::int64_t>(words, post->usedWords());
    }
    const auto count = static_cast<std::int64_t>(posts.size());
    const bool byPiece = layout.mode == UnitMode::Pieces;
    TextBatch batch;
    batch.ids = torch::full({count, pieces}, layout.padId, torch::kInt64);
    batch.mask = torch::zeros({count, pieces}, torch::kBool);
    batch.tags = torch::zeros({count, byPiece ? pieces : words}, torch::kInt64);
    fillIds(batch, posts);
    fillTypes(batch, posts);
    if (byPiece) {
        fillPieces(batch, posts, layout.special);
    } else {
        batch.pooling = torch::zeros({count, words + 2, pieces});
        batch.unitMask = torch::zeros({count, words}, torch::kBool);
        fillWords(batch, posts, layout.mode);
        if (layout.wordVectors) fillWordVectors(batch, posts, *layout.wordVectors);
    }
    if (layout.augmenter) fillAugmentation(batch, posts, *layout.augmenter);
    return batch;
}

TextBatch withoutAuxiliary(const TextBatch& batch, const TextLayout& layout) {
    MNERVA_CHECK(batch.types.defined());
    TextBatch out = batch;
    const Tensor own = batch.ownPositions();
    const auto length = std::max<std::int64_t>(layout.length, own.sum(1).max().item<std::int64_t>());
    out.mask = own.narrow(1, 0, length);
    out.ids = batch.ids.masked_fill(~own, layout.padId).narrow(1, 0, length);
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

Units unitsOf(const TextBatch& batch, const Tensor& states) {
    if (!batch.pooling.defined()) return {states, states, batch.unitMask};
    const Tensor keys = batch.pooling.bmm(states);  // [B, n + 2, H]
    const Tensor always = torch::ones({batch.posts(), 1}, batch.unitMask.options());
    return {keys.narrow(1, 1, batch.units()), keys, torch::cat({always, batch.unitMask, always}, 1)};
}

}  // namespace mnerva::models
