#include "tests/unit/models/tiny.h"

using namespace mnerva::models;
using namespace mnerva::models::test;
using torch::Tensor;

namespace {

Tensor pooledOf(const EncodedPost& post, SubtokenMode mode, const Tensor& states) {
    return makeBatch({&post}, {}, PictureLayout{}, mode, 0).pooling.bmm(states.unsqueeze(0))[0];
}

}  // namespace

TEST_CASE("Batch: sum, mean and first agree on words of one piece") {
    const EncodedPost post = postOf({1, 1, 1});
    const Tensor states = torch::randn({5, 3});
    for (const SubtokenMode mode : {SubtokenMode::Sum, SubtokenMode::Mean, SubtokenMode::First})
        CHECK(distance(pooledOf(post, mode, states), states) == 0);
}

TEST_CASE("Batch: a word of three pieces is their sum, their mean or the first") {
    const EncodedPost post = postOf({3});
    const Tensor states = torch::randn({5, 3}), pieces = states.narrow(0, 1, 3);
    CHECK(distance(pooledOf(post, SubtokenMode::Sum, states)[1], pieces.sum(0)) < 1e-6);
    CHECK(distance(pooledOf(post, SubtokenMode::Mean, states)[1], pieces.mean(0)) < 1e-6);
    CHECK(distance(pooledOf(post, SubtokenMode::First, states)[1], pieces[0]) == 0);
}

TEST_CASE("Batch: a vanished word is masked and never shifts the labels of others") {
    EncodedPost post = postOf({1, 0, 1});
    post.tags = {3, 4, 2};
    const Batch batch = makeBatch({&post}, {}, PictureLayout{}, SubtokenMode::Sum, 0);
    CHECK(batch.wordMask[0][0].item<bool>());
    CHECK_FALSE(batch.wordMask[0][1].item<bool>());
    CHECK(batch.tags[0][0].item<int>() == 3);
    CHECK(batch.tags[0][1].item<int>() == 0);
    CHECK(batch.tags[0][2].item<int>() == 2);
    CHECK(batch.pooling[0][2].abs().max().item<float>() == 0.0f);
}

TEST_CASE("Batch: [CLS] is the first row and [SEP] the last, whatever the length of the post") {
    const EncodedPost shortPost = postOf({1}), longPost = postOf({1, 2, 1});
    const Batch batch = makeBatch({&shortPost, &longPost}, {}, PictureLayout{}, SubtokenMode::Sum, 0);
    CHECK(batch.ids.sizes() == at::IntArrayRef({2, 6}));
    CHECK(batch.pooling[0][0][0].item<float>() == 1.0f);
    CHECK(batch.pooling[0][4][2].item<float>() == 1.0f);
    CHECK(batch.pooling[1][4][5].item<float>() == 1.0f);
}

TEST_CASE("Batch: padding carries the pad id and is masked") {
    const EncodedPost shortPost = postOf({1}), longPost = postOf({1, 1});
    const Batch batch = makeBatch({&shortPost, &longPost}, {}, PictureLayout{}, SubtokenMode::Sum, 7);
    CHECK(batch.ids[0][3].item<int>() == 7);
    CHECK_FALSE(batch.mask[0][3].item<bool>());
    CHECK(batch.mask[1][3].item<bool>());
}

TEST_CASE("Batch: trailing words without pieces cost no rows") {
    EncodedPost post = postOf({1, 1, 0, 0});
    CHECK(post.usedWords() == 2);
    CHECK(makeBatch({&post}, {}, PictureLayout{}, SubtokenMode::Sum, 0).words() == 2);
}

TEST_CASE("Batch: a post without any piece still makes a row, all of it masked") {
    const EncodedPost post = postOf({0, 0});
    const Batch batch = makeBatch({&post}, {}, PictureLayout{}, SubtokenMode::Sum, 0);
    CHECK(batch.words() == 1);
    CHECK_FALSE(batch.wordMask.any().item<bool>());
}

TEST_CASE("Batch: crops that are missing inside a list leave their slot empty") {
    const ModelShape shape = shapeOf();
    PostPictures pictures = picturesOf(1, 3);
    pictures.crops[1] = Tensor();
    const Batch batch = batchOf(shape, {postOf({1})}, {pictures});
    CHECK(batch.crops.size(0) == 2);
    CHECK(batch.cropSlots[1].item<int>() == 2);
    CHECK_FALSE(batch.cropMask[0][1].item<bool>());
}

TEST_CASE("Longest sequence: the correlation gate needs room for the 49 cells") {
    CHECK(longestSequence(shapeOf()) == 80 - 49);
    CHECK(longestSequence(shapeOf({"cp=false"})) == 80);
    CHECK(longestSequence(shapeOf({"text_only=true"})) == 80);
    CHECK(longestSequence(shapeOf({"max_pieces=20"})) == 20);
}
