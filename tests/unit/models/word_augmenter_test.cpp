#include "core/models/text/word_augmenter_internal.h"

#include <ATen/CPUGeneratorImpl.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "core/base/error.h"
#include "core/base/file.h"
#include "tests/support/data.h"

using namespace mnerva;
using namespace mnerva::models;

namespace {

std::vector<float> vectorOf(WordAugmenter& augmenter, const std::string& word) {
    const float* row = augmenter.row(augmenter.rowsOf({word}).front());
    return {row, row + augmenter.width()};
}

/// Six words in the plane, at these angles in degrees and lengths.
WordVectors plane() {
    const std::vector<std::pair<double, double>> polar{{0, 1}, {10, 2}, {20, 1}, {40, 3}, {80, 1}, {180, 1}};
    std::vector<float> values;
    for (const auto& [angle, length] : polar) {
        values.push_back(static_cast<float>(length * std::cos(angle * M_PI / 180)));
        values.push_back(static_cast<float>(length * std::sin(angle * M_PI / 180)));
    }
    return {{"zero", "ten", "twenty", "forty", "eighty", "Back"}, values, 2};
}

/// Pieces are the letters a to z.
std::vector<int> letters(const std::string& word) {
    std::vector<int> out;
    for (const char c : word)
        if (c >= 'a' && c <= 'z') out.push_back(c - 'a');
    return out;
}

}  // namespace

TEST_CASE(
    "WordAugmenter: a word is the mix of its four nearest, weighed by the softmax of their cosines, without itself") {
    WordAugmenter augmenter(plane());
    const std::vector<double> angles{10, 20, 40, 80}, lengths{2, 1, 3, 1};
    double sum = 0, x = 0, y = 0;
    for (std::size_t k = 0; k < 4; ++k) {
        const double weight = std::exp(std::cos(angles[k] * M_PI / 180));
        sum += weight;
        x += weight * lengths[k] * std::cos(angles[k] * M_PI / 180);
        y += weight * lengths[k] * std::sin(angles[k] * M_PI / 180);
    }
    const std::vector<float> found = vectorOf(augmenter, "zero");
    CHECK(found[0] == Approx(x / sum).epsilon(1e-5));
    CHECK(found[1] == Approx(y / sum).epsilon(1e-5));
    CHECK(vectorOf(augmenter, "ZERO") == found);  // in lower case it is known
}

TEST_CASE("WordAugmenter: an unknown word draws its own vector, the same wherever it is asked for") {
    WordAugmenter augmenter(plane()), other(plane());
    const std::vector<float> found = vectorOf(augmenter, "jordan");
    other.rowsOf({"Back", "ten"});
    CHECK(vectorOf(other, "jordan") == found);
    CHECK(vectorOf(augmenter, "jordans") != found);
    double square = 0;
    for (int i = 0; i < 400; ++i)
        for (const float value : vectorOf(augmenter, "word" + std::to_string(i))) {
            CHECK(std::abs(value) <= std::sqrt(1.5));
            square += value * value / 800;
        }
    CHECK(square == Approx(0.5).epsilon(0.15));  // variance 1/D
}

TEST_CASE("WordAugmenter: a word asked for alone has the bits it has among others, before and after forgetting") {
    const torch::Tensor pieces = torch::randn({26, 33}, at::detail::createCPUGenerator(3));
    std::vector<std::string> words;
    for (char a = 'a'; a <= 'z'; ++a)
        for (char b = 'a'; b <= 'z'; ++b) words.push_back(std::string{a, b, 'q'});
    WordAugmenter together(pieces, letters, words), alone(pieces, letters, words);
    const auto rows = together.rowsOf(words);
    for (std::size_t i = 0; i < words.size(); i += 25) {
        const float* row = together.row(rows[i]);
        CHECK(vectorOf(alone, words[i]) == std::vector<float>(row, row + 33));
    }
    const std::vector<float> before = vectorOf(together, "new");
    together.forget();
    CHECK(together.rows() == 0);
    CHECK(vectorOf(together, "new") == before);
}

TEST_CASE("WordAugmenter: without a file words are means of the encoder's pieces; a new word finds the known ones") {
    torch::Tensor pieces = torch::zeros({26, 2});
    pieces[0][0] = 1;  // a
    pieces[1][1] = 1;  // b
    WordAugmenter augmenter(pieces, letters, {"a", "b"});
    CHECK(vectorOf(augmenter, "a") == std::vector<float>{0, 1});  // its only other word
    const std::vector<float> mixed = vectorOf(augmenter, "aab");
    const double ca = std::exp(2 / std::sqrt(5.0)), cb = std::exp(1 / std::sqrt(5.0));
    CHECK(mixed[0] == Approx(ca / (ca + cb)).epsilon(1e-5));
    CHECK(mixed[1] == Approx(cb / (ca + cb)).epsilon(1e-5));
    CHECK(vectorOf(augmenter, "...") == std::vector<float>{0, 0});
    WordAugmenter single(pieces, letters, {"a"});
    CHECK(vectorOf(single, "a") == std::vector<float>{0, 0});
}

TEST_CASE("WordAugmenter: what a run folder keeps gives the same vectors, and a changed file is refused") {
    const mnerva::test::TemporaryFolder folder;
    const torch::Tensor pieces = torch::randn({26, 8}, at::detail::createCPUGenerator(5));
    WordAugmenter made(pieces, letters, {"one", "two", "three", "four", "five", "six"});
    const AugmentationOrigin kept = keepAugmentation(folder.path(), made, "");
    CHECK(augmentationFromJson(toJson(kept)).sha256 == kept.sha256);
    const auto read = openAugmentation(folder.path(), kept, letters);
    for (const char* word : {"one", "seven", "six", "..."}) CHECK(vectorOf(*read, word) == vectorOf(made, word));

    const std::string file = (folder / "mine.vec").string();
    writeFileAtomic(file, "one 1 2\ntwo 2 1\nthree 0 1\n");
    std::filesystem::create_directory(folder / "run");
    WordAugmenter mine(WordVectors::load(file));
    const AugmentationOrigin linked = keepAugmentation(folder / "run", mine, file);
    CHECK(linked.width == 2);
    std::filesystem::remove(file);
    CHECK(vectorOf(*openAugmentation(folder / "run", linked, letters), "two") == vectorOf(mine, "two"));
    writeFileAtomic(folder / "run" / linked.source, "one 1 2\ntwo 2 2\nthree 0 1\n");
    try {
        openAugmentation(folder / "run", linked, letters);
        FAIL("accepted");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::RunIncompatible);
    }
}
