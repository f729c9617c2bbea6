#include "core/workflow/quality/training_check.h"

#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "core/base/error.h"
#include "core/workflow/quality/near_duplicates.h"

namespace {
using namespace mnerva;
using namespace mnerva::workflow;

CheckedPost post(Split split, const std::string& id, std::vector<std::string> words, std::vector<std::string> tags = {},
                 const std::string& picture = {}) {
    tags.resize(words.size(), "O");
    return {id, split, JoinRule::Space, std::move(words), std::move(tags), picture};
}

CheckOptions withLabels() {
    CheckOptions options;
    options.labels.types = {"PER", "LOC"};
    return options;
}

std::vector<TrainingCheck> found(const std::vector<CheckedPost>& posts, const CheckOptions& options = withLabels()) {
    return checkBeforeTraining(posts, options, {}, {});
}

const TrainingCheck* find(const std::vector<TrainingCheck>& checks, const std::string& code) {
    for (const TrainingCheck& check : checks)
        if (check.code == code) return &check;
    return nullptr;
}

/// Three splits of which nothing is to be said.
std::vector<CheckedPost> soundPosts() {
    return {post(Split::Train, "1", {"Anna", "went", "to", "Rome", "today"}, {"B-PER", "O", "O", "B-LOC"}, "1.jpg"),
            post(Split::Valid, "2", {"we", "saw", "Jordan", "play", "again"}, {"O", "O", "B-PER"}, "2.jpg"),
            post(Split::Test, "3", {"Paris", "in", "the", "rain", "tonight"}, {"B-LOC"}, "3.jpg")};
}
}  // namespace

TEST_CASE("TrainingCheck.SoundDataGivesNothing") {
    CHECK(found(soundPosts()).empty());
}

TEST_CASE("TrainingCheck.ValidEqualToTestStopsAndIsToldOnce") {
    auto posts = soundPosts();
    posts[2] = posts[1];
    posts[2].split = Split::Test;
    posts[2].id = "4";
    const auto checks = found(posts);
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].code == "valid-equals-test");
    CHECK(checks[0].stops);
    CHECK(checks[0].args == std::vector<std::string>{"1"});
}

TEST_CASE("TrainingCheck.SamePostInTwoSplitsStopsAndNamesBoth") {
    auto posts = soundPosts();
    posts.push_back(posts[0]);
    posts.back().split = Split::Test;
    posts.back().id = "9";
    const auto checks = found(posts);
    const TrainingCheck* check = find(checks, "post-in-two-splits");
    REQUIRE(check);
    CHECK(check->stops);
    CHECK(check->args == std::vector<std::string>{"1", "train/test 1"});
    CHECK(check->examples == std::vector<std::string>{"test 9 = train 1"});
    CHECK_FALSE(find(checks, "text-near-in-two-splits"));  // said already
}

TEST_CASE("TrainingCheck.BothPostsOfAPairAreNamedSideBySideAndOnce") {
    auto posts = soundPosts();
    posts.push_back(posts[0]);
    posts.push_back(posts[0]);
    posts[3].split = Split::Test;
    posts[4].split = Split::Valid;
    for (std::size_t i = 0; i < posts.size(); ++i) posts[i].row = PostId{static_cast<std::int64_t>(i) + 1};
    const auto checks = found(posts);
    const TrainingCheck* check = find(checks, "post-in-two-splits");
    REQUIRE(check);
    CHECK(check->count == 2);  // posts that have a twin in an earlier one
    CHECK(check->posts == std::vector<PostId>{PostId{4}, PostId{1}, PostId{5}});
}

TEST_CASE("TrainingCheck.AnUnknownLabelIsAddedWhereLabelsAre") {
    CHECK(trainingCheckAdvice("label-outside-set").find("Data, Labels…") != std::string_view::npos);
    CHECK(trainingCheckAdvice("label-outside-set").find("Settings") == std::string_view::npos);
}

TEST_CASE("TrainingCheck.NearDuplicateTextsAreNotedAcrossSplitsOnly") {
    const std::vector<std::string> words{"RT",    "Obama", "speaks", "in",    "Berlin",
                                         "about", "peace", "and",    "trade", "now"};
    std::vector<std::string> nearly = words;
    nearly.push_back("http://t.co/abc");
    nearly[1] = "OBAMA";
    auto posts = soundPosts();
    posts.push_back(post(Split::Train, "10", words));
    posts.push_back(post(Split::Train, "11", nearly));
    CHECK(found(posts).empty());
    posts.push_back(post(Split::Test, "12", nearly, {}, "12.jpg"));
    const auto checks = found(posts);
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].code == "text-near-in-two-splits");
    CHECK_FALSE(checks[0].stops);
    CHECK(checks[0].count == 1);
}

TEST_CASE("TrainingCheck.SharedPictureFilesAreNoted") {
    auto posts = soundPosts();
    posts[2].picture = posts[0].picture;
    const auto checks = found(posts);
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].code == "picture-in-two-splits");
    CHECK(checks[0].args[1] == "train/test 1");
}

TEST_CASE("TrainingCheck.UnreadablePicturesStopAboveATenth") {
    CheckOptions options = withLabels();
    std::vector<CheckedPost> posts;
    for (int i = 0; i < 20; ++i)
        posts.push_back(
            post(Split::Train, std::to_string(i), {"w" + std::to_string(i)}, {}, std::to_string(i) + ".jpg"));
    int broken = 2;
    options.look = [&](const std::string& path) { return PictureLook{std::stoi(path) >= broken, std::nullopt}; };
    CHECK_FALSE(find(found(posts, options), "pictures-unreadable")->stops);
    broken = 3;
    const auto checks = found(posts, options);
    CHECK(find(checks, "pictures-unreadable")->stops);
    CHECK(find(checks, "pictures-unreadable")->args == std::vector<std::string>{"3", "20"});
}

TEST_CASE("TrainingCheck.NearDuplicatePicturesDifferInAtMostFourBits") {
    CheckOptions options = withLabels();
    std::uint64_t other = 0x0123456789abcdefULL ^ 0b1000000000000100000000010000001ULL;
    options.look = [&](const std::string& path) {
        return PictureLook{true, path == "3.jpg" ? other : path == "1.jpg" ? 0x0123456789abcdefULL : ~0ULL};
    };
    const auto checks = found(soundPosts(), options);
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].code == "picture-near-in-two-splits");
    CHECK(checks[0].examples == std::vector<std::string>{"test 3 = train 1"});
    other ^= std::uint64_t{1} << 60;  // a fifth bit
    CHECK(found(soundPosts(), options).empty());
}

TEST_CASE("TrainingCheck.TagsOutsideTheLabelSetStop") {
    auto posts = soundPosts();
    posts[1].tags = {"O", "O", "B-CAR"};
    const auto checks = found(posts);
    REQUIRE(find(checks, "label-outside-set"));
    CHECK(find(checks, "label-outside-set")->stops);
    CHECK(find(checks, "label-outside-set")->args == std::vector<std::string>{"1", "CAR (1)"});
    REQUIRE(find(checks, "label-not-in-train"));
    CHECK(find(checks, "label-not-in-train")->args == std::vector<std::string>{"CAR"});
}

TEST_CASE("TrainingCheck.OrphanInsideTagsAreCountedBySplit") {
    auto posts = soundPosts();
    posts[0].tags = {"I-PER", "I-PER", "O", "I-LOC", "O"};
    posts[1].tags = {"B-PER", "I-LOC", "O", "B-PER", "I-PER"};
    posts[2].tags = {"B-LOC", "M-LOC", "E-LOC", "E-LOC", "S-LOC"};
    const auto checks = found(posts);
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].code == "orphan-inside-tag");
    CHECK(checks[0].args == std::vector<std::string>{"4", "train 2, valid 1, test 1"});
}

TEST_CASE("TrainingCheck.SizesOtherThanTheDataSetsOwnAreNoted") {
    CheckOptions options = withLabels();
    options.dataSet = "twitter2017";
    const auto checks = found(soundPosts(), options);
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].code == "split-sizes-differ");
    CHECK(checks[0].args == std::vector<std::string>{"1", "1", "1", "TWITTER-2017", "3373/723/723"});
}

TEST_CASE("TrainingCheck.EveryCodeHasASentenceAndAdvice") {
    for (const std::string& code : trainingCheckCodes()) {
        for (const std::int64_t count : {1, 2}) CHECK_FALSE(trainingCheckText(code, count).empty());
        // The same places in singular and plural.
        for (const char* place : {"{0}", "{1}", "{2}"})
            CHECK((trainingCheckText(code, 1).find(place) == std::string_view::npos) ==
                  (trainingCheckText(code, 2).find(place) == std::string_view::npos));
        CHECK_FALSE(trainingCheckAdvice(code).empty());
    }
}

TEST_CASE("TrainingCheck.StopsWhenAskedTo") {
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(checkBeforeTraining(soundPosts(), withLabels(), {}, stop.get_token()), Cancelled);
}

TEST_CASE("NearDuplicates.ShinglesLeaveOutLinksPunctuationAndCase") {
    const auto a = textShingles({"Anna", "saw", "the", "Eiffel", "tower", "!"}, JoinRule::Space);
    CHECK(a == textShingles({"anna", "SAW", "the", "eiffel", "tower", "http://t.co/x"}, JoinRule::Space));
    CHECK(a.size() == 3);
    CHECK(textShingles({"too", "short", "!"}, JoinRule::Space).empty());
    CHECK(jaccard(a, a) == 1.0);
    CHECK(jaccard(a, {}) == 0.0);
    CHECK(jaccard({1, 2, 3}, {2, 3, 4}) == 0.5);
}

TEST_CASE("TrainingCheck.AnEmptyProjectStops") {
    const auto checks = found({});
    REQUIRE(find(checks, "no-train-posts"));
    CHECK(find(checks, "no-train-posts")->stops);
    CHECK(find(checks, "no-valid-posts")->stops);
    CHECK_FALSE(find(checks, "no-test-posts")->stops);
    CHECK_FALSE(find(checks, "no-entity-in-train"));
}

TEST_CASE("TrainingCheck.NoValidationPostsStop") {
    auto posts = soundPosts();
    posts.erase(posts.begin() + 1);
    const auto checks = found(posts);
    REQUIRE(checks.size() == 1);
    CHECK(checks[0].code == "no-valid-posts");
    CHECK(checks[0].stops);
}

TEST_CASE("TrainingCheck.ATrainSplitWithoutEntitiesStops") {
    auto posts = soundPosts();
    posts[0].tags.assign(posts[0].words.size(), "O");
    const auto checks = found(posts);
    REQUIRE(find(checks, "no-entity-in-train"));
    CHECK(find(checks, "no-entity-in-train")->stops);
    CHECK(find(checks, "no-entity-in-train")->args == std::vector<std::string>{"1"});
}

TEST_CASE("TrainingCheck.Iob1OpensWithInsideAndThatIsNoOrphan") {
    auto posts = soundPosts();
    posts[0].tags = {"I-PER", "O", "O", "I-LOC", "O"};
    CHECK(find(found(posts), "orphan-inside-tag"));
    CheckOptions options = withLabels();
    options.labels.scheme = text::TagScheme::Iob1;
    CHECK_FALSE(find(found(posts, options), "orphan-inside-tag"));
}

TEST_CASE("DuplicateGroups.JoinWhatIsAlikeAndWhatSharesAPicture") {
    const auto shingles = [](const char* text) {
        std::istringstream in(text);
        std::vector<std::string> words;
        for (std::string word; in >> word;) words.push_back(word);
        return textShingles(words, JoinRule::Space);
    };
    const char* const tweet = "see the great show tonight in town";
    const std::vector<int> groups =
        duplicateGroups({shingles(tweet), shingles("another text that nobody else wrote"),
                         shingles("See the great show tonight in town !"), shingles("so"), shingles("so"),
                         shingles("quite other words than those above here")},
                        {"a.jpg", "b.jpg", "c.jpg", "", "", "b.jpg"}, 0.8);
    CHECK(groups[0] == groups[2]);
    CHECK(groups[1] == groups[5]);  // one picture
    CHECK(groups[0] != groups[1]);
    CHECK(groups[3] != groups[4]);  // short texts are alike by chance
}

TEST_CASE("DuplicateGroups.ThousandsOfOneTextAreOneGroupAndNoTrouble") {
    const auto same = textShingles({"the", "same", "text", "again", "and", "again"}, JoinRule::Space);
    const std::vector<int> groups =
        duplicateGroups(std::vector<std::vector<std::uint64_t>>(5000, same), std::vector<std::string>(5000), 0.8);
    CHECK(std::set<int>(groups.begin(), groups.end()).size() == 1);
}
