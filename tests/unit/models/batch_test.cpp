#include "tests/unit/models/tiny.h"

using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

Tensor pooledOf(const EncodedPost& post, UnitMode mode, const Tensor& states) {
    return makeBatch({&post}, {}, PictureLayout{}, TextLayout{mode, 0, {}, 0}).text.pooling.bmm(states.unsqueeze(0))[0];
}

}  // namespace

TEST_CASE("Batch: sum, mean and first agree on words of one piece", "[invariant-9]") {
    const EncodedPost post = postOf({1, 1, 1});
    const Tensor states = torch::randn({5, 3});
    for (const UnitMode mode : {UnitMode::Sum, UnitMode::Mean, UnitMode::First})
        CHECK(distance(pooledOf(post, mode, states), states) == 0);
}

TEST_CASE("Batch: a word of three pieces is their sum, their mean or the first") {
    const EncodedPost post = postOf({3});
    const Tensor states = torch::randn({5, 3}), pieces = states.narrow(0, 1, 3);
    CHECK(distance(pooledOf(post, UnitMode::Sum, states)[1], pieces.sum(0)) < 1e-6);
    CHECK(distance(pooledOf(post, UnitMode::Mean, states)[1], pieces.mean(0)) < 1e-6);
    CHECK(distance(pooledOf(post, UnitMode::First, states)[1], pieces[0]) == 0);
}

TEST_CASE("Batch: a vanished word is masked and never shifts the labels of others", "[invariant-9]") {
    EncodedPost post = postOf({1, 0, 1});
    post.tags = {3, 4, 2};
    const Batch batch = makeBatch({&post}, {}, PictureLayout{}, TextLayout{});
    CHECK(batch.text.unitMask[0][0].item<bool>());
    CHECK_FALSE(batch.text.unitMask[0][1].item<bool>());
    CHECK(batch.text.tags[0][0].item<int>() == 3);
    CHECK(batch.text.tags[0][1].item<int>() == 0);
    CHECK(batch.text.tags[0][2].item<int>() == 2);
    CHECK(batch.text.pooling[0][2].abs().max().item<float>() == 0.0f);
}

TEST_CASE("Batch: [CLS] is the first row and [SEP] the last, whatever the length of the post") {
    const EncodedPost shortPost = postOf({1}), longPost = postOf({1, 2, 1});
    const Batch batch = makeBatch({&shortPost, &longPost}, {}, PictureLayout{}, TextLayout{});
    CHECK(batch.text.ids.sizes() == at::IntArrayRef({2, 6}));
    CHECK(batch.text.pooling[0][0][0].item<float>() == 1.0f);
    CHECK(batch.text.pooling[0][4][2].item<float>() == 1.0f);
    CHECK(batch.text.pooling[1][4][5].item<float>() == 1.0f);
}

TEST_CASE("Batch: padding carries the pad id and is masked") {
    const EncodedPost shortPost = postOf({1}), longPost = postOf({1, 1});
    const Batch batch = makeBatch({&shortPost, &longPost}, {}, PictureLayout{}, TextLayout{UnitMode::Sum, 7, {}, 0});
    CHECK(batch.text.ids[0][3].item<int>() == 7);
    CHECK_FALSE(batch.text.mask[0][3].item<bool>());
    CHECK(batch.text.mask[1][3].item<bool>());
}

TEST_CASE("Batch: trailing words without pieces cost no rows") {
    EncodedPost post = postOf({1, 1, 0, 0});
    CHECK(post.usedWords() == 2);
    CHECK(makeBatch({&post}, {}, PictureLayout{}, TextLayout{}).units() == 2);
}

TEST_CASE("Batch: a post without any piece still makes a row, all of it masked") {
    const EncodedPost post = postOf({0, 0});
    const Batch batch = makeBatch({&post}, {}, PictureLayout{}, TextLayout{});
    CHECK(batch.units() == 1);
    CHECK_FALSE(batch.text.unitMask.any().item<bool>());
}

TEST_CASE("Batch: crops that are missing inside a list leave their slot empty", "[invariant-12]") {
    const ModelShape shape = shapeOf();
    PostPictures pictures = picturesOf(1, 3);
    pictures.crops[1] = Tensor();
    const Batch batch = batchOf(shape, {postOf({1})}, {pictures});
    CHECK(batch.crops.rows.size(0) == 2);
    CHECK(batch.crops.slots[1].item<int>() == 2);
    CHECK_FALSE(batch.crops.mask[0][1].item<bool>());
}

TEST_CASE("Longest sequence: the correlation gate needs room for the 49 cells") {
    CHECK(longestSequence(shapeOf()) == 80 - 49);
    CHECK(longestSequence(shapeOf({"cp=false"})) == 80);
    CHECK(longestSequence(shapeOf({"text_only=true"})) == 80);
    CHECK(longestSequence(shapeOf({"max_pieces=20"})) == 20);
}

TEST_CASE("Batch: in X mode first pieces carry the word's tag, the others X, and the ends [CLS] and [SEP]") {
    EncodedPost post = postOf({1, 3, 0, 2});
    post.tags = {1, 2, 3, 4};
    const TextLayout text{UnitMode::Pieces, 0, {0, 6, 7, 8}, 0};
    const EncodedPost longer = postOf({1, 1, 1, 1, 1, 1, 1});
    const Batch batch = makeBatch({&post, &longer}, {}, PictureLayout{}, text);
    CHECK_FALSE(batch.text.pooling.defined());
    CHECK(batch.units() == 9);
    const std::vector<int> wanted{7, 1, 2, 6, 6, 4, 6, 8, 0};
    for (int i = 0; i < 9; ++i) CHECK(batch.text.tags[0][i].item<int>() == wanted[static_cast<std::size_t>(i)]);
    CHECK(torch::equal(batch.text.unitMask, batch.text.mask));
}

TEST_CASE("Batch: a fixed length pads every post to exactly that many positions") {
    const EncodedPost post = postOf({1, 1});
    CHECK(makeBatch({&post}, {}, PictureLayout{}, TextLayout{UnitMode::Pieces, 0, {0, 1, 2, 3}, 12}).text.ids.size(1) ==
          12);
}

TEST_CASE("Batch: prompts of post picture and crops stand in fixed places") {
    const EncodedPost post = postOf({1});
    PictureLayout layout;
    layout.use = layout.prompts = true;
    layout.grid = false;
    layout.objects = 2;
    layout.objectRows = 0;
    layout.promptWidths = {1, 2, 3, 4};
    PostPictures pictures;
    pictures.hasPicture = true;
    for (int k = 0; k < 3; ++k) pictures.prompts.push_back(torch::full({4, 10}, static_cast<float>(k)));
    const Batch batch = makeBatch({&post}, {pictures}, layout, TextLayout{});
    CHECK(batch.prompts.sizes() == at::IntArrayRef({1, 3, 4, 10}));
    CHECK(batch.prompts[0][2].mean().item<float>() == 2.0f);
    CHECK_FALSE(batch.grid.rows.defined());
    CHECK(batch.grid.mask[0].item<bool>());
}

TEST_CASE("Units of a word: itself in word modes, its pieces in X mode, and vanished words shift none",
          "[invariant-9]") {
    const EncodedPost post = postOf({1, 0, 3, 1});
    CHECK(unitsOfWord(post, 2, UnitMode::Sum).first == 1);
    CHECK(unitsOfWord(post, 3, UnitMode::First).first == 2);
    CHECK(unitsOfWord(post, 2, UnitMode::Pieces).first == 2);
    CHECK(unitsOfWord(post, 2, UnitMode::Pieces).count == 3);
}
