#include "core/query/search_text.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

#include "core/text/folding.h"

namespace {
using namespace mnerva;
using namespace mnerva::query;

std::string form(const std::vector<std::string>& words, JoinRule join = JoinRule::Space) {
    Post post;
    post.words = words;
    post.join = join;
    return searchFormOf(post);
}

}  // namespace

TEST_CASE("SearchText.CaseWidthAndSpacesDoNotCount") {
    CHECK(form({"Kevin", "DURANT"}) == "kevin durant");
    CHECK(form({"ÉCOLE", "Привет"}) == "école привет");
    CHECK(form({"ＡＢ", "！"}) == "ab !");
    CHECK(form({" a ", "", "b"}) == "a b");
    CHECK(form({"a", "b"}, JoinRule::Nothing) == "ab");
    CHECK(form({}).empty());
    CHECK(searchForm("  New\t York ") == "new york");
}

TEST_CASE("SearchText.ChineseIsTheSameHoweverItWasCut") {
    CHECK(form({"苹果", "手机"}) == "苹果手机");
    CHECK(form({"苹", "果", "手", "机"}, JoinRule::Nothing) == "苹果手机");
    CHECK(form({"买", "iPhone", "手机"}) == "买 iphone 手机");
    CHECK(searchForm("苹果 手机") == "苹果手机");
    CHECK(form({"カ", "タ", "한국", "어"}) == "カタ 한국 어");
}

TEST_CASE("SearchText.PlacesAreThoseOfTheTextAsItIs") {
    CHECK(placesOf("New York, new  york", "new york") == std::vector<Place>{{0, 8}, {10, 19}});
    CHECK(placesOf("🔥苹 果🔥", "苹果") == std::vector<Place>{{1, 4}});
    CHECK(placesOf("aaa", "aa") == std::vector<Place>{{0, 2}});
    CHECK(placesOf("abc", "").empty());
    CHECK(placesOf("ÀB", "àb") == std::vector<Place>{{0, 2}});
}

TEST_CASE("SearchText.ADigestNeverDeniesWhatItsPostsHold") {
    // Every piece of every text must be found possible; what is far away must mostly be denied.
    const std::vector<std::pair<std::vector<std::string>, JoinRule>> posts{
        {{"Kevin", "Durant", "in", "Toronto", "!"}, JoinRule::Space},
        {{"苹", "果", "很", "好", "A", "B", "1"}, JoinRule::Nothing},
        {{"北京", "大学", "iPhone13手机", "🔥🔥", "x\x01y"}, JoinRule::Space},
        {{"l", "o", "w", "e", "r"}, JoinRule::Nothing},
        {{"tab\there", "É", ""}, JoinRule::Space}};
    TextDigester digester;
    int number = 0;
    for (const auto& [words, join] : posts) {
        std::string joined;
        for (std::size_t i = 0; i < words.size(); ++i) joined += (i ? "\n" : "") + words[i];
        digester.add("Id " + std::to_string(++number), joined, join);
    }
    const TextDigest digest = digester.finish();
    int checked = 0, narrowed = 0;
    std::size_t post = 0;
    for (const auto& [words, join] : posts) {
        const std::string text = form(words, join);
        const auto isStart = [&](std::size_t at) {
            return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
        };
        for (std::size_t first = 0; first < text.size(); ++first)
            for (std::size_t last = first + 1; last <= text.size(); ++last) {
                if (!isStart(first) || !isStart(last)) continue;
                CAPTURE(text, first, last);
                REQUIRE(mayHoldText(digest.words, digest.pairs, text.substr(first, last - first)));
                const std::string piece = text.substr(first, last - first);
                const std::array<std::string_view, 1> needles{piece};
                const auto may = mayHoldAll(digest.words, digest.signatures, needles);
                REQUIRE((!may || std::find(may->begin(), may->end(), post) != may->end()));
                narrowed += may && may->size() < posts.size();
                ++checked;
            }
        ++post;
    }
    CHECK(checked > 500);
    CHECK(narrowed > 50);
    CHECK(mayHoldId(digest.ids, "id 5"));
    CHECK_FALSE(mayHoldId(digest.ids, "id 6"));
    for (const char* absent : {"kevim", "durants", "torontoo", "果苹", "京北", "猫", "new york", "z"}) {
        CAPTURE(absent);
        CHECK_FALSE(mayHoldText(digest.words, digest.pairs, absent));
    }
    CHECK(digester.finish().isEmpty());
    CHECK(mayHoldText("ab\n苹\n果\n", "abc", "苹果"));  // a table of another size says nothing
}

TEST_CASE("SearchText.FoldedAndIsFoldedToAgree") {
    for (const std::string text : {"PER", "Ｐｅｒ", "北京", "É", "", "a b"}) {
        CHECK(text::isFoldedTo(text, text::folded(text)));
        CHECK_FALSE(text::isFoldedTo(text, text::folded(text) + "x"));
        CHECK_FALSE(text::isFoldedTo(text + "x", text::folded(text)));
    }
}
