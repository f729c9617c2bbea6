#include "core/models/text/word_vectors_internal.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <limits>

#include "core/base/error.h"
#include "core/base/file.h"
#include "tests/support/data.h"

using namespace mnerva;
using mnerva::models::WordVectors;

namespace {

struct File {
    mnerva::test::TemporaryFolder folder;
    std::string path = (folder / "vectors.txt").string();

    explicit File(const std::string& content) { writeFileAtomic(path, content); }
    WordVectors load() const { return WordVectors::load(path); }
    /// What is said to be found, after the file's name was checked.
    std::string refusal() const {
        try {
            load();
        } catch (const Error& error) {
            REQUIRE((error.code() == ErrorCode::FormatInvalid || error.code() == ErrorCode::BoundExceeded));
            REQUIRE(error.args().size() == 3);
            CHECK(error.args()[0] == path);
            return error.args()[1] + " / " + error.args()[2];
        }
        return "accepted";
    }
};

std::vector<float> vectorOf(const WordVectors& vectors, const std::string& word) {
    const auto found = vectors.find(word);
    return {found.begin(), found.end()};
}

std::string binary(const std::vector<std::pair<std::string, std::vector<float>>>& words, bool lineEnds) {
    std::string out = std::to_string(words.size()) + " " + std::to_string(words.front().second.size()) + "\n";
    for (const auto& [word, values] : words) {
        out += word + " ";
        out.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
        if (lineEnds) out += "\n";
    }
    return out;
}

}  // namespace

TEST_CASE("WordVectors: text with and without a first line of sizes is the same") {
    const std::string lines = "Paris 0.5 -1 2e-1\nthe 0 +1 1e-60 \r\n\n\xe5\x8c\x97\xe4\xba\xac 3 4 5";
    for (const std::string& head : {std::string(), std::string("3 3\n"), std::string("3 3 \r\n")}) {
        const WordVectors vectors = File(head + lines).load();
        CHECK(vectors.dimension() == 3);
        CHECK(vectors.size() == 3);
        CHECK(vectorOf(vectors, "Paris") == std::vector<float>{0.5f, -1, 0.2f});
        CHECK(vectorOf(vectors, "the") == std::vector<float>{0, 1, 0});
        CHECK(vectorOf(vectors, "\xe5\x8c\x97\xe4\xba\xac") == std::vector<float>{3, 4, 5});
        CHECK(vectors.find("paris").empty());
        CHECK(vectors.rowOf("Paris") == 0);
        CHECK(vectors.rowOf("") == -1);
    }
}

TEST_CASE("WordVectors: word2vec's binary form, with a line end after each vector or without") {
    const float odd = -1.5e-7f;
    for (const bool lineEnds : {true, false}) {
        const WordVectors vectors = File(binary({{"a", {1, 2}}, {"\xf0\x9f\x98\x80", {odd, 1e20f}}}, lineEnds)).load();
        CHECK(vectors.dimension() == 2);
        CHECK(vectorOf(vectors, "a") == std::vector<float>{1, 2});
        CHECK(vectorOf(vectors, "\xf0\x9f\x98\x80") == std::vector<float>{odd, 1e20f});
    }
}

TEST_CASE("WordVectors: a word may hold spaces, one that occurs twice has its first vector") {
    const WordVectors vectors = File("3 2\n. . . 1 2\na 3 4\na 5 6\n").load();
    CHECK(vectorOf(vectors, ". . .") == std::vector<float>{1, 2});
    CHECK(vectorOf(vectors, "a") == std::vector<float>{3, 4});
}

TEST_CASE("WordVectors: broken text is refused by its line") {
    CHECK(File("").refusal() == "an empty file / vectors of words");
    CHECK(File("\n\n").refusal() == "no word / vectors of words");
    CHECK(File("word\n").refusal() == "line 1: \"word\" / a word and its numbers");
    CHECK(File("a 1 2\nb 1\n").refusal() == "line 2: 1 numbers / 2 numbers");
    CHECK(File("a 1 2\nb 1 2 3\n").refusal() == "line 2: 3 numbers / 2 numbers");
    CHECK(File("2 2\na 1 2\nb 1 x\n").refusal() == "line 3: \"x\" / a finite number");
    CHECK(File("a 1 2\nb 1 nan\n").refusal() == "line 2: \"nan\" / a finite number");
    CHECK(File("a 1 2\nb -inf 2\n").refusal() == "line 2: \"-inf\" / a finite number");
    CHECK(File("a 1 2\nb 1e50 2\n").refusal() == "line 2: \"1e50\" / a finite number");
    CHECK(File("3 2\na 1 2\nb 1 2\n").refusal() == "2 words / 3 words, as its first line says");
    CHECK(File("1 2\na 1 2\nb 1 2\n").refusal() == "2 words / 1 words, as its first line says");
    CHECK(File(std::string(2 << 20, 'a')).refusal() == "no line of text / vectors of words");
}

TEST_CASE("WordVectors: broken binary files are refused by the word") {
    const std::string good = binary({{"a", {1, 2}}, {"bc", {3, 4e-20f}}}, false);
    REQUIRE(File(good).load().size() == 2);
    CHECK(File(good.substr(0, good.size() - 3)).refusal() == "word 2: the end of the file / 2 numbers");
    CHECK(File(good.substr(0, good.size() - 11)).refusal() == "word 2: the end of the file / 2 words");
    CHECK(File(good + "xyz").refusal() == "more bytes than its words need / 2 words");
    const float nan = std::numeric_limits<float>::quiet_NaN();
    CHECK(File(binary({{"a", {1, 2}}, {"b", {0, nan}}}, true)).refusal() == "word 2: NaN / a finite number");
    CHECK(File("8000000 2\n" + good.substr(4)).refusal() == "word 3: the end of the file / 8000000 words");
    CHECK(File("8000000 60000\na").refusal() == "word 1: no space after it / 8000000 words");
    CHECK(File("99999999999999999 2\n" + good.substr(4)).refusal() == "words / 8388608");
}

TEST_CASE("WordVectors: a missing file and a folder are told apart from broken ones") {
    const mnerva::test::TemporaryFolder folder;
    const auto codeOf = [](const std::filesystem::path& path) {
        try {
            WordVectors::load(path);
        } catch (const Error& error) {
            return error.code();
        }
        return ErrorCode::Internal;
    };
    CHECK(codeOf(folder / "none.vec") == ErrorCode::FileMissing);
    CHECK(codeOf(folder.path()) == ErrorCode::FileIsDirectory);
}
