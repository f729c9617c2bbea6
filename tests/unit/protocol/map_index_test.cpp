#include "core/protocol/map_index.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>

#include "core/base/error.h"
#include "core/base/file.h"

using namespace mnerva;
using namespace mnerva::protocol;

namespace {

std::vector<float> mapOf(float scale, int hot) {
    std::vector<float> cells(MapIndex::kCells, 0.1F * scale);
    cells[static_cast<std::size_t>(hot)] = scale;
    return cells;
}

MapIndex sample() {
    MapIndex index;
    index.run = "r";
    index.method = "attention";
    index.split = "test";
    index.weights = "abc";
    index.boxes = "all";
    index.posts = 3;
    index.sets = {{1, 0}, {1, 1}};
    index.entities = {{"a", 1, 0, 1, "PER", "Kevin Durant"}, {"\xe5\xa4\x9a", 2, 3, 3, "LOC", "\xf0\x9f\x98\x80"}};
    index.addMap(mapOf(1, 0));
    index.addMap(mapOf(-0.25F, 48));
    index.addMap(mapOf(3e-5F, 20));
    index.addMap(std::vector<float>(MapIndex::kCells, 0));
    return index;
}

std::string faultOf(const std::string& bytes) {
    try {
        (void)readMapIndex(bytes, "f");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::FormatInvalid);
        return error.args().at(1);
    }
    return "no error";
}

struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / "mnerva-map-index-test";
    Folder() {
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("MapIndex.IsReadAsItWasWritten") {
    const MapIndex index = sample();
    CHECK(readMapIndex(mapIndexBytes(index), "f") == index);
    CHECK(readMapIndex(mapIndexBytes({}), "f") == MapIndex{});
}

TEST_CASE("MapIndex.HoldsAMapAsExactlyAsSixteenBitsDo") {
    const MapIndex index = sample();
    const auto requireAlike = [](const std::vector<float>& a, const std::vector<float>& b) {
        REQUIRE(a.size() == b.size());
        for (std::size_t i = 0; i < a.size(); ++i)
            REQUIRE(std::abs(a[i] - b[i]) <= 2e-5F * std::abs(b[0] + b[48]) + 1e-9F);
    };
    requireAlike(index.cells(0, 0), mapOf(1, 0));
    requireAlike(index.cells(0, 1), mapOf(-0.25F, 48));
    CHECK(index.cells(1, 0)[20] == Approx(3e-5F));
    CHECK(index.cells(1, 1) == std::vector<float>(MapIndex::kCells, 0));
    CHECK(index.setOf({1, 1}) == 1);
    CHECK_FALSE(index.setOf({2, 0}));
}

TEST_CASE("MapIndex.EveryPrefixAndEveryDamagedByteIsRefused") {
    const std::string bytes = mapIndexBytes(sample());
    for (std::size_t length = 0; length < bytes.size(); length += 7)
        CHECK(faultOf(bytes.substr(0, length)) != "no error");
    for (std::size_t at = bytes.size() - 4 * 106; at < bytes.size(); at += 13) {
        std::string other = bytes;
        other[at] = static_cast<char>(other[at] ^ 0x40);
        CHECK(faultOf(other) == "damaged maps");
    }
    CHECK(faultOf(bytes + "x").find("bytes of maps") != std::string::npos);
    std::string newer = bytes;
    newer.replace(newer.find("\"format\":1"), 10, "\"format\":2");
    CHECK(faultOf(newer) == "format 2");
    std::string odd = bytes;
    odd.replace(odd.find(",2,3,3,"), 7, ",2,3,1,");
    CHECK(faultOf(odd) == "an odd entity");
}

TEST_CASE("MapIndex.ARunsMapsAreThoseOfItsWeights") {
    const Folder folder;
    using State = MapIndexFound::State;
    CHECK(findMapIndex(folder.path, "attention", "test").state == State::Missing);
    writeFileAtomic(folder.path / "model.safetensors", "weights");
    MapIndex index = sample();
    index.weights = weightsNameOf(folder.path);
    CHECK(index.weights == sha256("weights"));
    const auto file = mapIndexFile(folder.path, "attention", "test");
    writeFileAtomic(file, mapIndexBytes(index));
    const MapIndexFound found = findMapIndex(folder.path, "attention", "test");
    CHECK(found.state == State::Ready);
    CHECK(found.index == index);
    // The record's digest is taken for that of the file.
    writeFileAtomic(folder.path / "run.json", R"({"files": {"model.safetensors": "other"}})");
    CHECK(findMapIndex(folder.path, "attention", "test").state == State::OtherWeights);
    writeFileAtomic(file, "MNVMAPS\n");
    const MapIndexFound damaged = findMapIndex(folder.path, "attention", "test");
    CHECK(damaged.state == State::Damaged);
    REQUIRE(damaged.fault);
    CHECK(damaged.fault->args().at(0) == file.string());
    std::filesystem::remove(file);
    std::filesystem::create_directory(file);
    CHECK(findMapIndex(folder.path, "attention", "test").state == State::Damaged);
    writeFileAtomic(mapIndexFile(folder.path, "relevancy", ""), mapIndexBytes(index));
    CHECK(findMapIndex(folder.path, "relevancy", "").state == State::Damaged);  // of another method
}
