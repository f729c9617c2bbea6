#include "core/models/text/post_encoder_internal.h"

#include <catch2/catch.hpp>

using namespace mnerva;
using namespace mnerva::models;

namespace {

text::WordPiece small() {
    return text::WordPiece::fromVocabulary({"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "to", "##ky", "##o", "paris"},
                                           true);
}

}  // namespace

TEST_CASE("Post encoder: pieces stand between [CLS] and [SEP], each word knows its own") {
    const EncodedPost post = encodePost(small(), {"Paris", "tokyo", "in"}, 20);
    CHECK(post.ids == std::vector<std::int64_t>{2, 8, 5, 6, 7, 1, 3});
    CHECK(post.words[0].first == 1);
    CHECK(post.words[1].first == 2);
    CHECK(post.words[1].pieces == 3);
    CHECK(post.words[2].first == 5);
    CHECK(post.cutWords == 0);
}

TEST_CASE("Post encoder: a word that vanishes keeps its place without a piece and is not counted as cut") {
    const EncodedPost post = encodePost(small(), {"paris", "\xEF\xB8\x8F", "", "paris"}, 20);
    REQUIRE(post.words.size() == 4);
    CHECK(post.words[1].pieces == 0);
    CHECK(post.words[2].pieces == 0);
    CHECK(post.words[3].pieces == 1);
    CHECK(post.cutWords == 0);
}

TEST_CASE("Post encoder: what does not fit is cut, a word keeps the pieces that do") {
    const EncodedPost post = encodePost(small(), {"paris", "tokyo", "paris"}, 5);
    CHECK(post.ids == std::vector<std::int64_t>{2, 8, 5, 6, 3});
    CHECK(post.words[1].pieces == 2);
    CHECK(post.words[2].pieces == 0);
    CHECK(post.cutWords == 1);
}

TEST_CASE("Post encoder: a tiny vocabulary knows every word of its posts and spells others") {
    const std::vector<std::string> a{"Amazon", "jungle"}, b{"amazon", "\xE5\x8C\x97"};
    const text::WordPiece tiny = tinyWordPiece({&a, &b});
    CHECK(tiny.ids("amazon").size() == 1);
    CHECK(tiny.ids("jungle").size() == 1);
    CHECK(tiny.ids("\xE5\x8C\x97").size() == 1);
    CHECK(tiny.ids("zoo").size() > 1);
}
