#include "core/models/pictures/features_internal.h"

#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <csignal>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/vision/decode/picture.h"
#include "tests/support/data.h"

using namespace mnerva;
using namespace mnerva::models;
using torch::Tensor;

namespace {

struct Pictures {
    mnerva::test::TemporaryFolder folder;
    std::string red = (folder / "red.png").string(), blue = (folder / "blue.png").string();

    Pictures() {
        vision::writePicture(red, vision::filledPicture(64, 64, 200, 10, 10));
        vision::writePicture(blue, vision::filledPicture(64, 64, 10, 10, 200));
    }
    FeatureStore store(const std::filesystem::path& cache = {}, bool half = false) const {
        FeatureOptions options;
        options.cacheFolder = cache;
        options.half = half;
        return FeatureStore(nn::ResNet::open("random18"), options);
    }
};

PostInput postWith(const std::string& image, std::vector<std::string> crops = {}) {
    return {{"a"}, image, "", std::move(crops), {}};
}

}  // namespace

TEST_CASE("Features: cells are row-major, levels stand one behind the other", "[invariant-7]") {
    std::array<Tensor, 4> stages;
    for (int level = 0; level < 4; ++level)
        stages[static_cast<std::size_t>(level)] = torch::zeros({1, level + 1, 7, 7});
    stages[1][0][1][2][4] = 5;  // level 2, channel 1, cell R35
    const Tensor rows = pooledRows(stages, 7);
    CHECK(rows.sizes() == at::IntArrayRef({1, 49, 10}));
    CHECK(rows[0][7 * 2 + 4][1 + 1].item<float>() == 5.0f);
    CHECK(rows.sum().item<float>() == 5.0f);
}

TEST_CASE("Features: larger stages are averaged to 7x7, crops to 2x2") {
    const std::array<Tensor, 4> stages{torch::rand({1, 2, 56, 56}), torch::rand({1, 2, 28, 28}),
                                       torch::rand({1, 2, 14, 14}), torch::rand({1, 2, 7, 7})};
    const Tensor grid = pooledRows(stages, 7), crop = pooledRows(stages, 2);
    CHECK(grid[0][8][0].item<float>() == Approx(stages[0][0][0].narrow(0, 8, 8).narrow(1, 8, 8).mean().item<float>()));
    CHECK(crop.sizes() == at::IntArrayRef({1, 4, 8}));
    CHECK(crop[0][3][0].item<float>() ==
          Approx(stages[0][0][0].narrow(0, 28, 28).narrow(1, 28, 28).mean().item<float>()));
}

TEST_CASE("Features: a picture goes through the ResNet once") {
    const Pictures pictures;
    FeatureStore store = pictures.store();
    const PostInput a = postWith(pictures.red), b = postWith(pictures.red, {pictures.blue});
    store.prepare({&a, &b}, {}, {});
    CHECK(store.computed() == 2);
    const Tensor first = store.picturesOf(a).grid, second = store.picturesOf(b).grid;
    CHECK(store.computed() == 2);
    CHECK(first.equal(second));
    CHECK(first.sizes() == at::IntArrayRef({49, 960}));
    CHECK(store.picturesOf(b).crops.at(0).sizes() == at::IntArrayRef({4, 960}));
}

TEST_CASE("Features: the disk cache gives back the same rows without computing") {
    const Pictures pictures;
    const PostInput post = postWith(pictures.red, {pictures.blue});
    FeatureStore writing = pictures.store(pictures.folder / "cache");
    const PostPictures made = writing.picturesOf(post);
    FeatureStore reading = pictures.store(pictures.folder / "cache");
    const PostPictures read = reading.picturesOf(post);
    CHECK(reading.computed() == 0);
    CHECK(made.grid.equal(read.grid));
    CHECK(made.crops[0].equal(read.crops[0]));
}

TEST_CASE("Features: a picture that changed under the same name is computed anew") {
    const Pictures pictures;
    FeatureStore before = pictures.store(pictures.folder / "cache");
    const Tensor old = before.picturesOf(postWith(pictures.red)).grid;
    std::filesystem::copy_file(pictures.blue, pictures.red, std::filesystem::copy_options::overwrite_existing);
    FeatureStore after = pictures.store(pictures.folder / "cache");
    CHECK_FALSE(after.picturesOf(postWith(pictures.red)).grid.equal(old));
    CHECK(after.computed() == 1);
}

TEST_CASE("Features: a store that lives long sees that a picture came, changed or went") {
    const Pictures pictures;
    FeatureOptions options;
    options.isLongLived = true;
    FeatureStore store(nn::ResNet::open("random18"), options);
    const std::string late = (pictures.folder / "late.png").string();
    CHECK_FALSE(store.picturesOf(postWith(late)).grid.defined());
    CHECK(store.takeFindings().count("picture-missing") == 1);
    std::filesystem::copy_file(pictures.red, late);
    const Tensor red = store.picturesOf(postWith(late)).grid;
    REQUIRE(red.defined());
    CHECK(store.takeFindings().isEmpty());
    std::filesystem::remove(late);
    std::filesystem::copy_file(pictures.blue, late);
    CHECK_FALSE(store.picturesOf(postWith(late)).grid.equal(red));
    std::filesystem::remove(late);
    CHECK_FALSE(store.picturesOf(postWith(late)).grid.defined());
    CHECK(store.takeFindings().count("picture-missing") == 1);
}

TEST_CASE("Features: a torn or foreign cache file is ignored") {
    const mnerva::test::TemporaryFolder folder;
    const auto path = folder / "rows";
    const Tensor rows = torch::rand({4, 10});
    writeFeatureFile(path, rows);
    CHECK(readFeatureFile(path).equal(rows));
    const std::string whole = readFile(path);
    for (std::size_t size : {std::size_t{0}, std::size_t{10}, whole.size() - 1}) {
        writeFileAtomic(path, whole.substr(0, size));
        CHECK_FALSE(readFeatureFile(path).defined());
    }
    std::string changed = whole;
    changed[whole.size() - 3] = static_cast<char>(changed[whole.size() - 3] ^ 1);
    writeFileAtomic(path, changed);
    CHECK_FALSE(readFeatureFile(path).defined());
    writeFileAtomic(path, whole + "x");
    CHECK_FALSE(readFeatureFile(path).defined());
    CHECK_FALSE(readFeatureFile(folder / "nothing").defined());
}

TEST_CASE("Features: half precision keeps rows within its rounding and takes half the room") {
    const Pictures pictures;
    FeatureStore whole = pictures.store(), half = pictures.store(pictures.folder / "cache", true);
    const PostInput post = postWith(pictures.red);
    const Tensor a = whole.picturesOf(post).grid, b = half.picturesOf(post).grid;
    CHECK(b.scalar_type() == torch::kFloat32);
    CHECK(((a - b).abs() <= a.abs() * 1e-3 + 1e-3).all().item<bool>());
}

TEST_CASE("Features: missing, unreadable and folder pictures are noted once each", "[invariant-12]") {
    const Pictures pictures;
    FeatureStore store = pictures.store();
    writeFileAtomic(pictures.folder / "torn.jpg", "\xFF\xD8\xFF");
    const PostInput missing = postWith((pictures.folder / "none.jpg").string()),
                    torn = postWith((pictures.folder / "torn.jpg").string());
    const PostInput folder = postWith(pictures.folder.path().string()), nameless = postWith("");
    for (int i = 0; i < 2; ++i)
        for (const PostInput* post : {&missing, &torn, &folder, &nameless})
            CHECK_FALSE(store.picturesOf(*post).grid.defined());
    CHECK(store.findings().count("picture-missing") == 1);
    CHECK(store.findings().count("picture-unreadable") == 2);  // a folder is there, and no picture
    CHECK(store.findings().list().size() == 3);
}

TEST_CASE("Features: only the first K crops are looked at") {
    const Pictures pictures;
    FeatureStore store = pictures.store();
    const PostInput post = postWith("", std::vector<std::string>(54, pictures.red));
    CHECK(store.picturesOf(post).crops.size() == 3);
}

TEST_CASE("Features: a full memory keeps answering, from the cache or by computing again") {
    const Pictures pictures;
    FeatureOptions options;
    options.memoryBytes = 1000;
    FeatureStore store(nn::ResNet::open("random18"), options);
    const PostInput post = postWith(pictures.red);
    const Tensor first = store.picturesOf(post).grid, again = store.picturesOf(post).grid;
    CHECK(store.computed() == 2);
    CHECK(first.equal(again));
}

TEST_CASE("Features: preparing stops when asked") {
    const Pictures pictures;
    FeatureStore store = pictures.store();
    const PostInput post = postWith(pictures.red);
    std::stop_source source;
    source.request_stop();
    CHECK_THROWS_AS(store.prepare({&post}, {}, source.get_token()), Cancelled);
}

TEST_CASE("Features: rows of another ResNet, picture, size or precision are never used") {
    const mnerva::test::TemporaryFolder folder;
    const auto at = [&](const char* name) { return folder / name; };
    const Tensor rows = torch::rand({4, 10});
    const auto own = at("cache/resnet18-aaaa/01/0123-2.f32");
    REQUIRE_FALSE(writeFeatureFile(own, rows));
    CHECK(readFeatureFile(own).equal(rows));
    for (const char* other :
         {"cache/resnet18-bbbb/01/0123-2.f32", "cache/resnet18-aaaa/01/0124-2.f32", "cache/resnet18-aaaa/01/0123-7.f32",
          "cache/resnet18-aaaa/01/0123-2.f16", "cache/resnet18-aaaa/01/0123-2-2.f32"}) {
        std::filesystem::create_directories(at(other).parent_path());
        std::filesystem::copy_file(own, at(other));
        CHECK_FALSE(readFeatureFile(at(other)).defined());
    }
    std::filesystem::rename(at("cache"), at("moved"));  // with its project
    CHECK(readFeatureFile(at("moved/resnet18-aaaa/01/0123-2.f32")).equal(rows));
}

TEST_CASE("Features: each precision has rows of its own in the cache") {
    const Pictures pictures;
    const auto cache = pictures.folder / "cache";
    FeatureStore whole = pictures.store(cache), half = pictures.store(cache, true), again = pictures.store(cache, true);
    const PostInput post = postWith(pictures.red);
    const Tensor exact = whole.picturesOf(post).grid, rounded = half.picturesOf(post).grid;
    CHECK(half.computed() == 1);
    CHECK(again.picturesOf(post).grid.equal(rounded));
    CHECK(again.computed() == 0);
    CHECK_FALSE(exact.equal(rounded));
}

TEST_CASE("Features: half precision is off by 2^-11 at most, an eighth of what bfloat16 is") {
    const Tensor rows = torch::rand({400, 100}) * 20 + 1e-3;  // means of what a ReLU lets through
    const auto worst = [&](torch::ScalarType type) {
        return ((rows.to(type).to(torch::kFloat32) - rows).abs() / rows).max().item<double>();
    };
    CHECK(worst(torch::kFloat16) <= std::pow(2.0, -11));
    CHECK(worst(torch::kBFloat16) > 4 * worst(torch::kFloat16));
}

TEST_CASE("Features: a cache that cannot be written is told once, leaves nothing, and the work goes on") {
    const Pictures pictures;
    writeFileAtomic(pictures.folder / "cache", "a file where the folder should be");
    FeatureStore store = pictures.store(pictures.folder / "cache");
    CHECK(store.picturesOf(postWith(pictures.red)).grid.defined());
    CHECK(store.picturesOf(postWith(pictures.blue)).grid.defined());
    CHECK(store.takeFindings().count("feature-cache-unwritable") == 1);
    CHECK(readFile(pictures.folder / "cache") == "a file where the folder should be");
}

TEST_CASE("Features: a file that could be written by half only is not there") {
    const mnerva::test::TemporaryFolder folder;
    const auto path = folder / "cache/resnet18-aaaa/01/0123-7.f32";
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{4096, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    const auto failure = writeFeatureFile(path, torch::rand({49, 100}));
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    std::signal(SIGXFSZ, handler);
    CHECK(failure);
    CHECK_FALSE(std::filesystem::exists(path));
    CHECK(std::filesystem::is_empty(path.parent_path()));
}

TEST_CASE("Features: pictures go through the ResNet in large batches, once") {
    const mnerva::test::TemporaryFolder folder;
    std::vector<PostInput> posts;
    for (int i = 0; i < 20; ++i) {
        const std::string name = (folder / ("p" + std::to_string(i) + ".png")).string();
        vision::writePicture(name, vision::filledPicture(32, 32, static_cast<std::uint8_t>(10 * i), 10, 10));
        posts.push_back(postWith(name));
    }
    std::vector<const PostInput*> pointers;
    for (int round = 0; round < 2; ++round)
        for (const PostInput& post : posts) pointers.push_back(&post);
    FeatureStore store(nn::ResNet::open("random18"), {});
    store.prepare(pointers, {}, {});
    CHECK(store.computed() == 20);
    CHECK(store.passes() == 3);  // of 8, 8 and 4
}
