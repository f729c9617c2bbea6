#include <catch2/catch.hpp>
#include <filesystem>

#include "core/base/file.h"
#include "core/models/pictures/features_internal.h"
#include "core/vision/decode/picture.h"
#include "tests/support/data.h"
#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;

namespace {

/// A picture of 120 x 80, red but for a blue box at 60..100, 20..60.
struct Scene {
    mnerva::test::TemporaryFolder folder;
    std::string file = (folder / "scene.png").string(), blue = (folder / "blue.png").string();

    Scene() {
        vision::Picture picture = vision::filledPicture(120, 80, 200, 10, 10);
        for (int y = 20; y < 60; ++y)
            for (int x = 60; x < 100; ++x) {
                std::uint8_t* pixel = picture.rgb.data() + 3 * (y * 120 + x);
                pixel[0] = 10;
                pixel[2] = 200;
            }
        vision::writePicture(file, picture);
        vision::writePicture(blue, vision::filledPicture(40, 40, 10, 10, 200));
    }
    FeatureStore store(RegionSource source, int regions = 16, const std::filesystem::path& cache = {}) const {
        FeatureOptions options;
        options.grid = false;
        options.objectSide = 0;
        options.regionSource = source;
        options.regions = regions;
        options.cacheFolder = cache;
        return FeatureStore(nn::ResNet::open("random18"), options);
    }
    PostInput post(std::vector<RegionInput> regions = {}, std::vector<std::string> crops = {}) const {
        PostInput out;
        out.words = {"a"};
        out.imagePath = file;
        out.cropPaths = std::move(crops);
        out.regions = std::move(regions);
        return out;
    }
};

RegionInput boxAt(float left, float top, float right, float bottom) {
    return {left, top, right, bottom, "", 1, "file"};
}

}  // namespace

TEST_CASE("Regions: a box's row is that of the picture cut at the box") {
    const Scene scene;
    FeatureStore boxes = scene.store(RegionSource::Boxes), crops = scene.store(RegionSource::Crops);
    const PostPictures of = boxes.picturesOf(scene.post({boxAt(60, 20, 100, 60), boxAt(0, 0, 40, 40)}));
    const PostPictures cut = crops.picturesOf(scene.post({}, {scene.blue}));
    REQUIRE(of.regions.size() == 2);
    REQUIRE(cut.regions.size() == 2);
    CHECK(of.regions[0].sizes() == at::IntArrayRef({1, 960}));
    CHECK(of.regions[0].equal(cut.regions[1]));
    CHECK_FALSE(of.regions[1].equal(of.regions[0]));
    CHECK(of.regionOf == std::vector<int>{0, 1});
    CHECK(cut.regionOf == std::vector<int>{-1, 0});  // the whole picture comes before the crops
    CHECK(cut.regionBoxes.empty());
    CHECK(of.hasPicture);
}

TEST_CASE("Regions: boxes are cut to the picture, those outside are dropped and noted once") {
    const Scene scene;
    FeatureStore store = scene.store(RegionSource::Boxes);
    const PostInput post = scene.post({boxAt(200, 0, 300, 50), boxAt(100, -10, 500, 40), boxAt(5, 5, 5, 9)});
    store.prepare({&post}, {}, {});
    for (int i = 0; i < 2; ++i) {
        const PostPictures of = store.picturesOf(post);
        CHECK(of.regionOf == std::vector<int>{1});
        CHECK((of.regionBoxes == std::vector<vision::Box>{{100, 0, 120, 40}}));
        CHECK(of.frame == vision::Box{0, 0, 120, 80});
    }
    CHECK(store.findings().counts().at("region-outside") == 2);
    CHECK(store.computed() == 1);
}

TEST_CASE("Regions: a post without a usable box has the whole picture as its region") {
    const Scene scene;
    FeatureStore store = scene.store(RegionSource::Boxes);
    const PostPictures of = store.picturesOf(scene.post({boxAt(500, 500, 600, 600)}));
    CHECK(of.regionOf == std::vector<int>{-1});
    CHECK((of.regionBoxes == std::vector<vision::Box>{{0, 0, 120, 80}}));
    PostInput none = scene.post({boxAt(0, 0, 10, 10)});
    none.imagePath = (scene.folder / "missing.png").string();
    const PostPictures nothing = store.picturesOf(none);
    CHECK(nothing.regions.empty());
    CHECK_FALSE(nothing.hasPicture);
    none.imagePath.clear();
    CHECK(store.picturesOf(none).regions.empty());
    CHECK(scene.store(RegionSource::Crops).picturesOf(none).regions.empty());
}

TEST_CASE("Regions: a box in place of a crop gives the rows of that part of the picture, wherever crops are read") {
    const Scene scene;
    FeatureOptions options;
    options.prompts = true;
    options.boxCrops = BoxCrops::Best;
    FeatureStore store(nn::ResNet::open("random18"), options);
    const PostInput boxes = scene.post({boxAt(500, 0, 510, 9), boxAt(60, 20, 100, 60)});
    store.prepare({&boxes}, {}, {});
    const PostPictures cut = store.picturesOf(boxes), files = store.picturesOf(scene.post({}, {scene.blue}));
    REQUIRE(cut.crops.size() == 1);
    CHECK(cut.crops[0].equal(files.crops.at(0)));
    CHECK(cut.prompts.at(1).equal(files.prompts.at(1)));
    CHECK(cut.cropRegions == std::vector<int>{1});
    CHECK(files.cropRegions.empty());
    CHECK(store.findings().count("region-outside") == 1);
    // Crops of their own come first, and no box is looked at.
    const PostPictures both = store.picturesOf(scene.post({boxAt(0, 0, 40, 40)}, {scene.blue}));
    REQUIRE(both.crops.size() == 1);
    CHECK(both.crops[0].equal(files.crops[0]));

    options.boxCrops = BoxCrops::None;
    CHECK(FeatureStore(nn::ResNet::open("random18"), options).picturesOf(boxes).crops.empty());
}

TEST_CASE("Regions: boxes without a picture give no crops") {
    const Scene scene;
    FeatureOptions options;
    options.boxCrops = BoxCrops::Best;
    FeatureStore store(nn::ResNet::open("random18"), options);
    PostInput post = scene.post({boxAt(60, 20, 100, 60)});
    post.imagePath = (scene.folder / "none.png").string();
    CHECK(store.picturesOf(post).crops.empty());
    post.imagePath.clear();
    CHECK(store.picturesOf(post).crops.empty());
}

TEST_CASE("Regions: no more are read than asked for") {
    const Scene scene;
    std::vector<RegionInput> many;
    for (int i = 0; i < 6; ++i)
        many.push_back(boxAt(static_cast<float>(10 * i), 0, static_cast<float>(10 * i + 20), 30));
    CHECK(scene.store(RegionSource::Boxes, 4).picturesOf(scene.post(many)).regions.size() == 4);
    CHECK(
        scene.store(RegionSource::Crops, 2).picturesOf(scene.post({}, {scene.blue, scene.blue, scene.blue})).regionOf ==
        std::vector<int>{-1, 0});
}

TEST_CASE("Regions: rows come back from memory and from disk, and from a picture given as bytes") {
    const Scene scene;
    const PostInput post = scene.post({boxAt(60, 20, 100, 60), boxAt(60.4f, 20, 100, 60)});
    FeatureStore writing = scene.store(RegionSource::Boxes, 16, scene.folder / "cache");
    writing.prepare({&post}, {}, {});
    const PostPictures made = writing.picturesOf(post);
    CHECK(writing.computed() == 1);  // both touch the same pixels
    CHECK(made.regions[0].equal(made.regions[1]));
    FeatureStore reading = scene.store(RegionSource::Boxes, 16, scene.folder / "cache");
    PostInput bytes = post;
    bytes.imageBytes = readFile(scene.file);
    for (const PostInput& again : {post, bytes}) {
        const PostPictures read = reading.picturesOf(again);
        REQUIRE(read.regions.size() == 2);
        CHECK(read.regions[0].equal(made.regions[0]));
    }
    CHECK(reading.computed() == 0);
}

TEST_CASE("Batch: regions are the last stage alone, and gold entities learn which region shows them") {
    using namespace mnerva::models::test;
    const ModelShape shape = shapeFor("gmner", {"grounded=true"});
    std::vector<EncodedPost> posts = twoPosts();
    posts[0].entities.push_back({0, 0, "PER", {{-5, 0, 10, 10}}, {}});
    PostPictures first = picturesOf(1, 0), second = picturesOf(2, 0);
    first.frame = second.frame = {0, 0, 50, 50};
    first.regions = {torch::arange(14).to(torch::kFloat32).view({1, 14})};
    first.regionBoxes = {{0, 0, 10, 10}};
    second.regions = {torch::ones({1, 14}), torch::ones({1, 14})};
    second.regionBoxes = {{0, 0, 1, 1}, {0, 0, 2, 2}};
    const Batch batch = batchOf(shape, posts, {first, second});
    CHECK(batch.regions.rows.sizes() == at::IntArrayRef({2, 2, 5}));
    CHECK(batch.regions.rows[0][0].equal(torch::arange(9, 14).to(torch::kFloat32)));
    CHECK(batch.regions.mask.sum(1).equal(torch::tensor({1, 2})));
    REQUIRE(batch.entities.at(0).size() == 1);
    CHECK(batch.entities[0][0].regions == std::vector<float>{1});  // the gold box is cut to the picture, too
    CHECK(batch.entities[0][0].covered());
}
