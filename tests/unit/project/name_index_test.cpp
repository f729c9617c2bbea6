#include "core/project/name_index.h"

#include <catch2/catch.hpp>

namespace {
using namespace mnerva;
using namespace mnerva::project;

Post postOf(std::vector<std::string> words, JoinRule join = JoinRule::Space) {
    Post post;
    post.words = std::move(words);
    post.join = join;
    return post;
}

std::vector<LikelyRun> likely(const Post& post, const NameIndex& names = NameIndex(), std::vector<bool> segments = {}) {
    if (segments.empty()) segments.assign(post.words.size(), true);
    return likelyRuns(post, segments, names);
}
using Runs = std::vector<LikelyRun>;
}  // namespace

TEST_CASE("likelyRuns.AreCapitalisedRunsAndWhatFollowsHash") {
    CHECK(likely(postOf({"saw", "Kevin", "Durant", "in", "Toronto", "for", "#", "NBA"})) ==
          Runs{{1, 2}, {4, 4}, {7, 7}});
}

TEST_CASE("likelyRuns.JoinNamesOverSmallWordsBetweenThem") {
    CHECK(likely(postOf({"the", "Bank", "of", "England", "of", "old"})) == Runs{{1, 3}});
}

TEST_CASE("likelyRuns.LeaveOutWordsOfClosedClasses") {
    CHECK(likely(postOf({"What", "is", "The", "point"})).empty());
}

TEST_CASE("likelyRuns.FollowWhatWasTaggedWhateverItsCase") {
    NameIndex names;
    const Post seen = postOf({"go", "raptors", "go"});
    names.addPost(seen, {{"ORG", 1, 1, {}}}, {true, true, true});
    CHECK(likely(postOf({"my", "RAPTORS", "won"}), names) == Runs{{1, 1}});
    CHECK(likely(postOf({"my", "raptors", "won"}), names) == Runs{{1, 1}});
    names.addPost(seen, {{"ORG", 1, 1, {}}}, {true, true, true}, -1);
    CHECK(likely(postOf({"my", "raptors", "won"}), names).empty());
}

TEST_CASE("likelyRuns.LeaveOutWhatWasPassedByOften") {
    NameIndex names;
    const Post post = postOf({"a", "Monday", "again"});
    CHECK(likely(post) == Runs{{1, 1}});
    for (int i = 0; i < 10; ++i) names.addPost(post, {}, {true, true, true});
    CHECK(likely(post, names).empty());
}

TEST_CASE("likelyRuns.KnowChineseNamesThatWereSeen") {
    NameIndex names;
    const std::vector<std::string> name{"多", "伦", "多"};
    names.addName(name);
    const Post post = postOf({"我", "在", "多", "伦", "多", "看", "球"}, JoinRule::Nothing);
    CHECK(likely(post, names, {true, true, true, false, false, true, true}) == Runs{{2, 4}});
    names.addName(name, -1);
    CHECK(likely(post, names, {true, true, true, false, false, true, true}).empty());
}

TEST_CASE("likelyRuns.KnowChineseFamilyNamesPlacesAndOrganisations") {
    const auto chinese = [](std::vector<std::string> words) { return postOf(std::move(words), JoinRule::Nothing); };
    CHECK(likely(chinese({"看", "姚", "明", "打", "球"}), NameIndex(), {true, true, true, true, false}) ==
          Runs{{1, 2}});
    CHECK(likely(chinese({"去", "四", "川", "省", "玩"}), NameIndex(), {true, true, false, false, true}) ==
          Runs{{1, 3}});
    CHECK(likely(chinese({"在", "腾", "讯", "公", "司"}), NameIndex(), {true, true, false, true, false}) ==
          Runs{{1, 4}});
}

TEST_CASE("likelyRuns.AreInsideThePostAndDisjointWhateverItHolds") {
    NameIndex names;
    names.addName(std::vector<std::string>{"a", "b", "c"});
    names.addName(std::vector<std::string>{""});
    for (const JoinRule join : {JoinRule::Space, JoinRule::Nothing}) {
        for (const auto& words : std::vector<std::vector<std::string>>{{},
                                                                       {""},
                                                                       {"@"},
                                                                       {"#", "#", "@"},
                                                                       {"\xff\xfe", "A", "\xf0"},
                                                                       {"王"},
                                                                       {"王", "公", "司"},
                                                                       {"a", "b"},
                                                                       {"\xEF\xB8\x8F", "大", "学"}}) {
            int free = 0;
            for (const LikelyRun& run : likely(postOf(words, join), names)) {
                CHECK(run.first >= free);
                CHECK(run.last >= run.first);
                CHECK(run.last < static_cast<int>(words.size()));
                free = run.last + 1;
            }
        }
    }
}

TEST_CASE("NameIndex.StaysWithinItsBound") {
    NameIndex names(1000);
    for (int i = 0; i < 5000; ++i) {
        names.addPost(postOf({"Often", "once" + std::to_string(i)}), {{"PER", 0, 0, {}}}, {true, true});
        REQUIRE(names.size() <= 1002);
    }
    CHECK(names.namesOf(std::vector<std::string>{"often"}) == 5000);
}

TEST_CASE("NameIndex.TakingBackWhatWasNeverAddedLeavesNothing") {
    NameIndex names;
    names.addPost(postOf({"Kevin", "slept"}), {{"PER", 0, 0, {}}, {"PER", -1, 9, {}}}, {true, true}, -1);
    CHECK(names.size() == 0);
    CHECK(names.chanceOf("kevin", WordShape::Capital) > 0);
}
