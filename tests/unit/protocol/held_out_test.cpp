#include "core/protocol/held_out.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "core/base/error.h"

using namespace mnerva;
using namespace mnerva::protocol;

namespace {

HeldOut sample() {
    return {5,
            7,
            "corrected",
            {"O", "B-PER", "I-PER"},
            {{"t \xe5\xa4\x9a",
              PostId{3},
              2,
              {{"PER", 0, 1, 0.25}},
              {"B-PER", "I-PER", "O"},
              {.1f, .7f, .2f, .00005f, 0, .99995f, 1, 0, 0}},
             {"", PostId{4}, 0, {}, {}, {}}}};
}

std::string placeOf(const std::string& content) {
    try {
        readHeldOut(content, "f");
    } catch (const Error& error) {
        return std::string(errorName(error.code())) + " " + error.args().at(1);
    }
    return "no error";
}

const std::string kHeader = R"({"format":1,"folds":2,"seed":1,"layer":"gold","tags":["O","B-PER"]})"
                            "\n";

}  // namespace

TEST_CASE("HeldOut.IsReadAsItWasWritten") {
    const HeldOut written = sample(), read = readHeldOut(heldOutText(written), "f");
    CHECK(read.folds == 5);
    CHECK(read.seed == 7);
    CHECK(read.layer == "corrected");
    CHECK(read.tags == written.tags);
    REQUIRE(read.posts.size() == 2);
    CHECK(read.posts[0].id == written.posts[0].id);
    CHECK(read.posts[0].number == PostId{3});
    CHECK(read.posts[0].fold == 2);
    CHECK(read.posts[0].tags == written.posts[0].tags);
    CHECK(read.posts[0].entities == written.posts[0].entities);
    CHECK(read.posts[0].entities[0].confidence == 0.25);
    REQUIRE(read.posts[0].probabilities.size() == 9);
    for (std::size_t i = 0; i < 9; ++i)
        CHECK(std::abs(read.posts[0].probabilities[i] - written.posts[0].probabilities[i]) < 1e-4f);
    CHECK(read.posts[0].probabilities[3] > 4e-5f);  // small ones are kept: a list is ranked by them
    CHECK(read.posts[1].tags.empty());
}

TEST_CASE("HeldOut.TheLineThatCannotBeIsNamed") {
    const auto post = [](const std::string& fold, const std::string& p, const std::string& entities = "[]") {
        return kHeader + R"({"id":"a","number":1,"fold":)" + fold + R"(,"tags":["O"],"entities":)" + entities +
               R"(,"p":)" + p + "}\n";
    };
    CHECK(placeOf(post("1", "[[0.5,0.5]]")) == "no error");
    CHECK(placeOf("") == "format-invalid nothing");
    CHECK(placeOf("{}\n") == "line-invalid 1");
    CHECK(placeOf(post("3", "[[0.5,0.5]]")) == "line-invalid 2");        // of two folds
    CHECK(placeOf(post("1", "[[0.5,0.5],[1,0]]")) == "line-invalid 2");  // more than the words
    CHECK(placeOf(post("1", "[[0.5]]")) == "line-invalid 2");
    CHECK(placeOf(post("1", "[[0.5,0.7]]")) == "line-invalid 2");  // no distribution
    CHECK(placeOf(post("1", "[[1.5,-0.5]]")) == "line-invalid 2");
    CHECK(placeOf(post("1", "[[\"1\",0]]")) == "line-invalid 2");
    CHECK(placeOf(post("1", "[[1,0]]", R"([{"type":"PER","first":0,"last":1}])")) == "line-invalid 2");
    CHECK(placeOf(R"({"format":2,"folds":2,"seed":1,"layer":"gold","tags":["O"]})") == "line-invalid 1");
    CHECK(placeOf(R"({"format":1,"folds":2,"seed":1,"layer":"gold","tags":["B-PER"]})") == "line-invalid 1");
}
