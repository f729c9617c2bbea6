#include "core/base/file.h"
#include "core/models/pictures/picture_reader_internal.h"
#include "core/vision/decode/picture.h"
#include "core/vision/geometry.h"
#include "core/vision/network_input.h"
#include "tests/support/data.h"
#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

/// Noise, so that no two places look alike.
vision::Picture noise(int width, int height, unsigned seed) {
    vision::Picture picture = vision::filledPicture(width, height, 0, 0, 0);
    for (std::uint8_t& value : picture.rgb) {
        seed = seed * 1664525u + 1013904223u;
        value = static_cast<std::uint8_t>(seed >> 24);
    }
    return picture;
}

/// A post with picture and two crops, of which the first is missing; one with a crop alone; one with nothing.
struct Posts {
    mnerva::test::TemporaryFolder folder;
    std::vector<PostInput> inputs{3};

    Posts() {
        for (const char* name : {"a.png", "b.png", "c.png"})
            vision::writePicture(folder / name, noise(300, 260, static_cast<unsigned>(name[0])));
        inputs[0].imagePath = at("a.png");
        inputs[0].cropPaths = {at("none.png"), at("b.png")};
        inputs[1].cropPaths = {at("c.png")};
    }
    std::string at(const char* name) const { return (folder / name).string(); }
};

/// Everything a layout can ask for, from a random ResNet-18.
ModelShape everything(bool pixels) {
    ModelShape shape = shapeFor("rpbert", {"lstm_hidden=6", "text_only=true"});
    shape.resnet = nn::ResNetKind::ResNet18;
    shape.pictures.use = shape.pictures.prompts = true;
    shape.pictures.objects = 2;
    shape.pictures.objectRows = 4;
    shape.pictures.widths = shape.pictures.promptWidths = nn::stageWidths(shape.resnet);
    shape.pictures.pixels = pixels;
    return shape;
}

Batch batchFrom(const ModelShape& shape, const std::vector<PostInput>& inputs) {
    RunResNets resnets;
    if (!shape.pictures.pixels) resnets.main = nn::ResNet::open("random18");
    PictureReader reader(resnets, shape.pictures, {});
    std::vector<PostPictures> pictures;
    for (const PostInput& input : inputs) pictures.push_back(reader.picturesOf(input));
    std::vector<EncodedPost> posts;
    for (std::size_t i = 0; i < inputs.size(); ++i) posts.push_back(postOf({1, 2}));
    return batchOf(shape, posts, pictures);
}

std::shared_ptr<SequenceTagger> modelWithResNet(const ModelShape& shape) {
    ModelShape text = shapeFor("rpbert", {"lstm_hidden=6", "text_only=true"});
    auto model = modelOf(text);
    model->ownResNet(shape);
    nn::TrainedResNet resnet = model->resnet();
    nn::loadInto(*resnet, nn::openResNetState("random18").tensors, "random weights");
    model->train();
    return model;
}

double relative(const Tensor& found, const Tensor& wanted) {
    REQUIRE(found.sizes() == wanted.sizes());
    return distance(found, wanted) / std::max(1.0, wanted.abs().max().item<double>());
}

}  // namespace

TEST_CASE("Learning rows: pixels become what the network reads, to the last bit") {
    const vision::Picture picture = noise(260, 300, 7);
    const std::vector<float> wanted = vision::toNetworkInput(picture);
    vision::Picture crop = vision::networkCrop(picture);
    const Tensor pixels = torch::from_blob(crop.rgb.data(), {1, 224, 224, 3}, torch::kUInt8);
    const Tensor found = networkInputOf(pixels).flatten();
    CHECK(found.equal(torch::tensor(wanted)));
}

TEST_CASE("Learning rows: grid, crops, prompts, masks and slots are those of the frozen ResNet") {
    const Posts posts;
    const ModelShape frozen = everything(false), learning = everything(true);
    const Batch wanted = batchFrom(frozen, posts.inputs), pixels = batchFrom(learning, posts.inputs);
    CHECK_FALSE(pixels.grid.rows.defined());
    CHECK(pixels.pixels.values.sizes() == at::IntArrayRef({3, 224, 224, 3}));
    CHECK(pixels.pixels.slots.equal(torch::tensor({0L, 2L, 4L})));
    const Batch found = modelWithResNet(learning)->withRows(pixels);
    CHECK(found.grid.mask.equal(wanted.grid.mask));
    CHECK(found.crops.mask.equal(wanted.crops.mask));
    CHECK(found.crops.slots.equal(wanted.crops.slots));
    CHECK(relative(found.grid.rows, wanted.grid.rows) < 1e-5);
    CHECK(relative(found.crops.rows, wanted.crops.rows) < 1e-5);
    CHECK(relative(found.prompts, wanted.prompts) < 1e-5);
    CHECK(found.grid.rows[1].abs().max().item<float>() == 0.0f);
}

TEST_CASE("Learning rows: a batch without any picture, and one of frozen rows, pass through") {
    const ModelShape learning = everything(true);
    const auto model = modelWithResNet(learning);
    const Batch none = model->withRows(batchFrom(learning, {PostInput{}}));
    CHECK(none.grid.rows.sizes() == at::IntArrayRef({1, 49, 960}));
    CHECK(none.grid.rows.abs().max().item<float>() == 0.0f);
    CHECK(none.crops.rows.sizes() == at::IntArrayRef({0, 4, 960}));
    CHECK_FALSE(none.grid.mask.any().item<bool>());
    const Posts posts;
    const Batch frozen = batchFrom(everything(false), posts.inputs);
    CHECK(model->withRows(frozen).grid.rows.is_same(frozen.grid.rows));
}

TEST_CASE("Learning rows: each kind of rows sends gradients to every parameter of the ResNet") {
    const Posts posts;
    const ModelShape learning = everything(true);
    const Batch pixels = batchFrom(learning, posts.inputs);
    const std::vector<std::function<Tensor(const Batch&)>> kinds{[](const Batch& batch) { return batch.grid.rows; },
                                                                 [](const Batch& batch) { return batch.crops.rows; },
                                                                 [](const Batch& batch) { return batch.prompts; }};
    for (const auto& rowsOf : kinds) {
        const auto model = modelWithResNet(learning);
        rowsOf(model->withRows(pixels)).pow(2).mean().backward();
        for (const auto& item : model->resnet()->named_parameters()) {
            INFO(item.key());
            REQUIRE(item.value().grad().defined());
            CHECK(item.value().grad().abs().max().item<double>() > 0);
        }
    }
}

TEST_CASE("Learning rows: pixels are kept within a bound and read again beyond it") {
    const Posts posts;
    FeatureOptions options;
    options.pixels = true;
    options.objects = 2;
    options.memoryBytes = 224 * 224 * 3 + 1;  // room for one
    FeatureStore store(std::nullopt, options);
    const PostInput& input = posts.inputs[0];
    store.prepare({&input}, {}, {});
    const PostPictures first = store.picturesOf(input), again = store.picturesOf(input);
    REQUIRE(first.pixels.size() == 3);
    CHECK(first.hasPicture);
    CHECK(first.pixels[0].is_same(again.pixels[0]));
    CHECK_FALSE(first.pixels[1].defined());
    CHECK_FALSE(first.pixels[2].is_same(again.pixels[2]));
    CHECK(first.pixels[2].equal(again.pixels[2]));
    CHECK(store.findings().count("picture-missing") == 1);
}

TEST_CASE("Features: an image white only in cell (r, c) moves the feature at row 7(r-1)+(c-1)", "[invariant-7]") {
    const mnerva::test::TemporaryFolder folder;
    FeatureStore store(nn::ResNet::open("random18"), {});
    const auto gridOf = [&](int r, int c) {  // of 256 x 256 the network sees the middle 224 x 224
        vision::Picture picture = vision::filledPicture(256, 256, 0, 0, 0);
        for (int y = 0; r > 0 && y < vision::kCellPixels; ++y)
            for (int x = 0; x < 3 * vision::kCellPixels; ++x) {
                const int row = 16 + vision::kCellPixels * (r - 1) + y, column = 16 + vision::kCellPixels * (c - 1);
                picture.rgb[static_cast<std::size_t>(3 * (row * 256 + column) + x)] = 255;
            }
        const std::string path = (folder / (std::to_string(r) + std::to_string(c) + ".png")).string();
        vision::writePicture(path, picture);
        PostInput post;
        post.imagePath = path;
        return store.picturesOf(post).grid;
    };
    const Tensor black = gridOf(0, 0);
    const auto widths = nn::stageWidths(nn::ResNetKind::ResNet18);
    for (const auto& [r, c] : std::vector<std::pair<int, int>>{{1, 1}, {1, 7}, {3, 5}, {6, 2}, {7, 7}}) {
        const Tensor moved = (gridOf(r, c) - black).abs();  // [49, Ct]
        std::int64_t offset = 0;
        for (const int width : widths) {
            // At the edge of the last stage, the zeros that its convolutions pad with outweigh what a random filter
            // sees.
            const bool edge = r == 1 || r == 7 || c == 1 || c == 7;
            if (edge && width == widths.back()) continue;
            INFO("cell " << r << ", " << c << ", columns from " << offset);
            CHECK(moved.narrow(1, offset, width).sum(1).argmax().item<std::int64_t>() == 7 * (r - 1) + (c - 1));
            offset += width;
        }
    }
}
