#include "core/models/predictor.h"

#include <algorithm>
#include <fstream>

#include "core/base/error.h"
#include "core/base/file.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::train::test;

namespace {

/// One trained run for all tests of this file.
struct Trained {
    Toy toy;
    std::filesystem::path run;

    Trained() {
        toy.repeat(6);
        const train::RunConfig config = toy.config("run", {"epochs=2"});
        trained(toy, config);
        run = config.runFolder;
    }
};

Trained& shared() {
    static Trained once;
    return once;
}

Predictor* loaded() {
    static const std::unique_ptr<Predictor> once = Predictor::load(shared().run, "cpu");
    return once.get();
}

ErrorCode loadFailure(const std::filesystem::path& folder) {
    try {
        Predictor::load(folder, "cpu");
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::Internal;
}

/// A copy of the run that a test may damage.
std::filesystem::path copyOfRun(const mnerva::test::TemporaryFolder& folder) {
    std::filesystem::copy(shared().run, folder / "copy", std::filesystem::copy_options::recursive);
    return folder / "copy";
}

}  // namespace

TEST_CASE("Predictor: attention, relevance, gates and marginals have the promised shapes") {
    const auto predictor = loaded();
    const PostInput& post = shared().toy.data.train[0].input;
    const Prediction out = predictor->predict(post, {true, true});
    const int words = static_cast<int>(post.words.size());
    CHECK(out.tags.size() == post.words.size());
    CHECK(out.relevance.size() == 2);
    CHECK(out.relevance[0] > 0);
    CHECK(out.relevance[1] == 0);
    REQUIRE(out.textToImage.size() == 2);
    CHECK(out.textToImage[0].shape == std::vector<int>{2, words, 53});
    CHECK(out.imageToText[1].shape == std::vector<int>{2, 53, words + 2});
    CHECK(out.levelGates.size() == 2);
    CHECK(out.levelGates[0].size() == 4);
    CHECK(out.marginals.shape == std::vector<int>{words, 7});
    CHECK(out.hasPicture);
}

TEST_CASE("Predictor: marginals of a word sum to 1, and so do its weights over the visible columns") {
    const Prediction out = loaded()->predict(shared().toy.data.train[0].input, {true, true});
    for (int w = 0; w < out.marginals.shape[0]; ++w) {
        double sum = 0, weights = 0;
        for (int t = 0; t < 7; ++t) sum += out.marginals.values[static_cast<std::size_t>(w * 7 + t)];
        for (int c = 0; c < 53; ++c) weights += out.textToImage[0].values[static_cast<std::size_t>(w * 53 + c)];
        CHECK(sum == Approx(1).margin(1e-4));
        CHECK(weights == Approx(1).margin(1e-4));
    }
}

TEST_CASE("Predictor: what is not wanted stays empty") {
    const Prediction out = loaded()->predict(shared().toy.data.train[0].input, {});
    CHECK(out.textToImage.empty());
    CHECK(out.imageToText.empty());
    CHECK(out.marginals.values.empty());
    CHECK_FALSE(out.tags.empty());
}

TEST_CASE("Predictor: an entity's confidence is a probability, at most that of its first word's tag") {
    const auto predictor = loaded();
    int entities = 0;
    for (const auto& post : shared().toy.data.train) {
        const Prediction out = predictor->predict(post.input, {true, false});
        for (const Entity& entity : out.entities) {
            ++entities;
            REQUIRE(entity.confidence);
            const auto& names = predictor->tagNames();
            const auto tag =
                std::find(names.begin(), names.end(), out.tags[static_cast<std::size_t>(entity.first)]) - names.begin();
            const float marginal =
                out.marginals
                    .values[static_cast<std::size_t>(entity.first) * names.size() + static_cast<std::size_t>(tag)];
            CHECK(*entity.confidence > 0);
            CHECK(*entity.confidence <= marginal + 1e-4);
        }
    }
    CHECK(entities > 0);
}

TEST_CASE("Predictor: many posts at once are answered in order and as one by one") {
    const auto predictor = loaded();
    std::vector<PostInput> posts;
    for (const auto& post : shared().toy.data.train) posts.push_back(post.input);
    const auto together = predictor->predictMany(posts, {}, {}, {});
    REQUIRE(together.size() == posts.size());
    for (std::size_t i = 0; i < posts.size(); ++i) {
        const Prediction alone = predictor->predict(posts[i], {});
        CHECK(together[i].tags == alone.tags);
        CHECK(together[i].relevance[0] == Approx(alone.relevance[0]).margin(1e-5));
    }
}

TEST_CASE("Predictor: a picture's bytes give what its path gives") {
    const auto predictor = loaded();
    PostInput post = shared().toy.data.train[0].input;
    const Prediction byPath = predictor->predict(post, {});
    post.imageBytes = readFile(post.imagePath);
    post.imagePath.clear();
    const Prediction byBytes = predictor->predict(post, {});
    CHECK(byPath.tags == byBytes.tags);
    CHECK(byPath.relevance == byBytes.relevance);
}

TEST_CASE("Predictor: a missing picture is answered without it and noted") {
    const auto predictor = loaded();
    PostInput post = shared().toy.data.train[0].input;
    post.imagePath = (shared().toy.folder / "gone.jpg").string();
    const Prediction out = predictor->predict(post, {});
    CHECK_FALSE(out.hasPicture);
    CHECK(out.relevance[0] == 0);
    CHECK(predictor->takeFindings().count("picture-missing") == 1);
    CHECK(predictor->takeFindings().isEmpty());
}

TEST_CASE("Predictor: posts without words, with vanished words only, and very long ones are answered") {
    const auto predictor = loaded();
    CHECK(predictor->predict({}, {true, true}).tags.empty());
    const Prediction vanished = predictor->predict({{"\xEF\xB8\x8F", "\xE2\x80\x8B"}, "", "", {}}, {true, true});
    CHECK(vanished.tags == std::vector<std::string>{"O", "O"});
    const Prediction many = predictor->predict({std::vector<std::string>(500, "jordan"), "", "", {}}, {true, true});
    CHECK(many.tags.size() == 500);
    CHECK(many.cutWords == 500 - (160 - 49 - 2));
    CHECK(many.tags.back() == "O");
}

TEST_CASE("Predictor: a stop is obeyed between batches") {
    const auto predictor = loaded();
    const std::vector<PostInput> posts(40, shared().toy.data.train[0].input);
    std::stop_source source;
    source.request_stop();
    CHECK_THROWS_AS(predictor->predictMany(posts, {}, {}, source.get_token()), Cancelled);
}

TEST_CASE("Predictor: a run folder that lacks a file, or holds another model's weights, is refused clearly") {
    const mnerva::test::TemporaryFolder folder;
    CHECK(loadFailure(folder / "nothing") == ErrorCode::FileMissing);
    const auto copy = copyOfRun(folder);
    std::filesystem::remove(copy / "model.safetensors");
    CHECK(loadFailure(copy) == ErrorCode::FileMissing);
    writeFileAtomic(copy / "model.safetensors", "{}");
    CHECK(loadFailure(copy) != ErrorCode::Internal);
    std::filesystem::copy_file(shared().run / "model.safetensors", copy / "model.safetensors",
                               std::filesystem::copy_options::overwrite_existing);
    auto config = nlohmann::json::parse(readFile(copy / "config.json"));
    config["encoder"]["hidden_size"] = 64;
    writeFileAtomic(copy / "config.json", config.dump());
    CHECK(loadFailure(copy) == ErrorCode::WeightShape);
}

TEST_CASE("Predictor: a run of a newer program, or with another ResNet, is refused") {
    const mnerva::test::TemporaryFolder folder;
    const auto copy = copyOfRun(folder);
    auto config = nlohmann::json::parse(readFile(copy / "config.json"));
    config["resnet"]["fingerprint"] = std::string(64, '0');
    writeFileAtomic(copy / "config.json", config.dump());
    CHECK(loadFailure(copy) == ErrorCode::RunIncompatible);
    config["format"] = 99;
    writeFileAtomic(copy / "config.json", config.dump());
    CHECK(loadFailure(copy) == ErrorCode::RunIncompatible);
    writeFileAtomic(copy / "config.json", "[]");
    CHECK(loadFailure(copy) == ErrorCode::FormatInvalid);
}

TEST_CASE("Predictor: an unknown device is refused with those that exist") {
    try {
        Predictor::load(shared().run, "cuda:42");
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::DeviceMissing);
        CHECK(std::string(error.what()).find("cpu") != std::string::npos);
    }
}
