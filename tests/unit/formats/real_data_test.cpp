// The published files themselves; they are not in the repository, so each case skips where they are absent.
#include <array>
#include <catch2/catch.hpp>
#include <map>

#include "core/base/file.h"
#include "core/domain/entity.h"
#include "core/eval/score.h"
#include "core/formats/crop_dictionary.h"
#include "core/formats/mner_reader.h"
#include "core/formats/mner_writer.h"
#include "core/formats/prediction_files.h"
#include "tests/support/data.h"

namespace {

using namespace mnerva;

/// One row of the table of models.md 1.6.
struct ExpectedSplit {
    const char* file;
    int posts, words, maxWords;
    std::map<std::string, int> types;
    int entities, beginOnly, orphans, postsWithout;
};

const std::vector<ExpectedSplit>& expectedSplits() {
    using Types = std::map<std::string, int>;
    // clang-format off
    static const std::vector<ExpectedSplit> rows{
        {"twitter2015/train.txt", 4000, 64434, 37, Types{{"PER", 2285}, {"LOC", 2135}, {"ORG", 957}, {"MISC", 975}}, 6352, 6170, 182, 104},
        {"twitter2015/valid.txt", 1000, 16175, 41, Types{{"PER", 567}, {"LOC", 543}, {"ORG", 251}, {"MISC", 233}}, 1594, 1541, 53, 31},
        {"twitter2015/test.txt", 3257, 52822, 36, Types{{"PER", 1880}, {"LOC", 1750}, {"ORG", 859}, {"MISC", 748}}, 5237, 5119, 118, 85},
        {"twitter2015-original/train.txt", 4000, 64439, 37, Types{{"PER", 2285}, {"LOC", 2135}, {"ORG", 957}, {"MISC", 975}}, 6352, 6166, 186, 104},
        {"twitter2015-original/valid.txt", 1000, 16178, 41, Types{{"PER", 567}, {"LOC", 543}, {"ORG", 251}, {"MISC", 233}}, 1594, 1541, 53, 31},
        {"twitter2015-original/test.txt", 3257, 52822, 36, Types{{"PER", 1873}, {"LOC", 1720}, {"ORG", 860}, {"MISC", 754}}, 5207, 5072, 135, 89},
        {"twitter2017/train.txt", 3373, 53007, 50, Types{{"PER", 2943}, {"LOC", 731}, {"ORG", 1674}, {"MISC", 701}}, 6049, 6049, 0, 392},
        {"twitter2017/valid.txt", 723, 11309, 33, Types{{"PER", 626}, {"LOC", 173}, {"ORG", 375}, {"MISC", 150}}, 1324, 1324, 0, 76},
        {"twitter2017/test.txt", 723, 11330, 33, Types{{"PER", 621}, {"LOC", 178}, {"ORG", 395}, {"MISC", 157}}, 1351, 1351, 0, 86},
        {"wukong/valid.txt", 9699, 261240, 36, Types{{"PER", 2144}, {"LOC", 400}, {"ORG", 1677}, {"GPE", 1765}, {"MOHULOC", 1}}, 5987, 5987, 0, 5992},
        {"wukong/test.txt", 9700, 261238, 39, Types{{"PER", 2088}, {"LOC", 366}, {"ORG", 1684}, {"GPE", 1854}}, 5992, 5992, 0, 6011},
    };
    // clang-format on
    return rows;
}

void checkCounts(const ExpectedSplit& expected) {
    const auto path = test::realData(expected.file);
    if (!path) return;
    Findings findings;
    const std::vector<Post> posts = formats::readMnerPosts(*path, findings);
    int words = 0, maxWords = 0, entities = 0, without = 0, beginOnly = 0;
    std::map<std::string, int> types;
    for (const Post& post : posts) {
        words += static_cast<int>(post.words.size());
        maxWords = std::max(maxWords, static_cast<int>(post.words.size()));
        const std::vector<Entity> found = entitiesFromTags(post.sourceTags);
        without += found.empty();
        for (const Entity& e : found) {
            ++entities;
            ++types[e.type];
            const char opening = post.sourceTags[static_cast<std::size_t>(e.first)][0];
            beginOnly += opening == 'B' || opening == 'S';
        }
    }
    INFO(expected.file);
    CHECK(static_cast<int>(posts.size()) == expected.posts);
    CHECK(words == expected.words);
    CHECK(maxWords == expected.maxWords);
    CHECK(entities == expected.entities);
    CHECK(types == expected.types);
    CHECK(beginOnly == expected.beginOnly);
    CHECK(findings.count("orphan-inside-tag") == expected.orphans);
    CHECK(without == expected.postsWithout);
}

void checkRoundTrip(const char* file, const std::string& missingAtEnd = "") {
    const auto path = test::realData(file);
    if (!path) return;
    Findings findings;
    std::string written;
    formats::readMner(
        *path, [&](Post&& post, int) { formats::appendMnerPost(written, post, post.sourceTags); }, findings);
    INFO(file);
    CHECK(written == readFile(*path) + missingAtEnd);
}

}  // namespace

TEST_CASE("RealData.CountsOfTwitter2015EqualTheTable") {
    for (std::size_t i = 0; i < 3; ++i) checkCounts(expectedSplits()[i]);
}

TEST_CASE("RealData.CountsOfTwitter2015OriginalEqualTheTable") {
    for (std::size_t i = 3; i < 6; ++i) checkCounts(expectedSplits()[i]);
}

TEST_CASE("RealData.CountsOfTwitter2017EqualTheTable") {
    for (std::size_t i = 6; i < 9; ++i) checkCounts(expectedSplits()[i]);
}

TEST_CASE("RealData.CountsOfWukongEqualTheTable") {
    for (std::size_t i = 9; i < 11; ++i) checkCounts(expectedSplits()[i]);
}

TEST_CASE("RealData.RoundTripGivesTheSameBytes") {
    for (const char* file : {"twitter2015/train.txt", "twitter2015/valid.txt", "twitter2015/test.txt",
                             "twitter2017/train.txt", "twitter2017/valid.txt", "twitter2017/test.txt",
                             "wukong/valid.txt", "wukong/test.txt", "wukong/train-half.txt"})
        checkRoundTrip(file);
}

TEST_CASE("RealData.RoundTripAddsTheEmptyLineThatTheOriginalReleaseLacks") {
    for (const char* file :
         {"twitter2015-original/train.txt", "twitter2015-original/valid.txt", "twitter2015-original/test.txt"})
        checkRoundTrip(file, "\n");
}

TEST_CASE("RealData.PublishedFilesHaveNoOtherOddities") {
    const std::map<std::string, std::map<std::string, int>> expected{
        {"twitter2015/test.txt", {{"orphan-inside-tag", 118}}},
        {"twitter2015-original/test.txt", {{"missing-final-blank-line", 1}, {"orphan-inside-tag", 135}}},
        {"twitter2017/train.txt", {}},
        {"wukong/valid.txt", {{"repeated-image-id", 58}}},
        {"wukong/test.txt", {{"repeated-image-id", 61}}},
    };
    for (const auto& [file, counts] : expected) {
        const auto path = test::realData(file);
        if (!path) continue;
        Findings findings;
        formats::readMnerPosts(*path, findings);
        INFO(file);
        CHECK(findings.counts() == counts);
    }
}

TEST_CASE("RealData.SchemesAndJoinRulesAreSeen") {
    if (const auto path = test::realData("wukong/valid.txt")) {
        Findings findings;
        int joined = 0;
        const auto summary = formats::readMner(
            *path, [&](Post&& p, int) { joined += p.join == JoinRule::Nothing; }, findings);
        CHECK(summary.scheme == text::TagScheme::Bmes);
        CHECK(joined == 9699);
    }
    if (const auto path = test::realData("twitter2017/valid.txt")) {
        Findings findings;
        int joined = 0;
        const auto summary = formats::readMner(
            *path, [&](Post&& p, int) { joined += p.join == JoinRule::Space; }, findings);
        CHECK(summary.scheme == text::TagScheme::Bio);
        CHECK(joined == 723);
    }
}

TEST_CASE("RealData.CropDictionariesHaveTheCountsOfTheTable") {
    struct Row {
        const char* file;
        std::size_t keys, crops, longLists;
    };
    // clang-format off
    const std::vector<Row> rows{
        {"twitter2015/twitter2015_train_dict.pth", 4000, 7667, 432}, {"twitter2015/twitter2015_val_dict.pth", 999, 1954, 105},
        {"twitter2015/twitter2015_test_dict.pth", 3257, 6285, 332},  {"twitter2017/twitter2017_train_dict.pth", 3373, 6851, 391},
        {"twitter2017/twitter2017_val_dict.pth", 723, 1515, 101},    {"twitter2017/twitter2017_test_dict.pth", 723, 1462, 77},
        {"wukong/train.dict", 35233, 58341, 0}, {"wukong/dev.dict", 9641, 15510, 0}, {"wukong/test.dict", 9639, 15582, 0},
    };
    // clang-format on
    for (const Row& row : rows) {
        const auto path = test::realData(row.file);
        if (!path) continue;
        Findings findings;
        const formats::CropDictionary dictionary = formats::readCropDictionary(*path, findings);
        INFO(row.file);
        CHECK(dictionary.size() == row.keys);
        CHECK(dictionary.cropCount() == row.crops);
        CHECK(findings.isEmpty());
        std::size_t longLists = 0;
        for (const auto& [image, crops] : dictionary.lists()) longLists += crops.size() > 3;
        if (row.longLists) CHECK(longLists == row.longLists);
    }
}

TEST_CASE("RealData.CropListsKeepTheirOrderAndNames") {
    const auto path = test::realData("twitter2015/twitter2015_train_dict.pth");
    if (!path) return;
    Findings findings;
    const formats::CropDictionary dictionary = formats::readCropDictionary(*path, findings);
    REQUIRE(dictionary.find("1015799.jpg"));
    CHECK(dictionary.find("1015799.jpg")->at(0) == "0_pred_yolo_crop_2248.png");
    CHECK(dictionary.find("0.jpg") == nullptr);
}

TEST_CASE("RealData.MpcfnOnWukongScoresAsPublished") {
    const auto path = test::realData("predictions/mpcfn-wukong-test.pre.txt");
    if (!path) return;
    const formats::PredictionFile file = formats::readBlocks(*path, false);
    CHECK(file.findings.isEmpty());
    CHECK(file.blocks.size() == 9700);
    eval::Scorer scorer(eval::Rule::SeqevalLenient);
    for (const auto& block : file.blocks) scorer.add(block.gold, block.predicted);
    const eval::Score score = scorer.score();
    CHECK(score.micro.precision == Approx(.8182).margin(.00005));
    CHECK(score.micro.recall == Approx(.8289).margin(.00005));
    CHECK(score.micro.f1 == Approx(.8235).margin(.00005));
    CHECK(score.predicted == 6071);
    CHECK(score.gold == 5992);
    const std::map<std::string, std::array<double, 2>> types{
        {"GPE", {.8535, .8641}}, {"LOC", {.6340, .6721}}, {"ORG", {.7544, .7571}}, {"PER", {.8715, .8831}}};
    for (const auto& [type, pr] : types) {
        INFO(type);
        REQUIRE(score.types.count(type));
        CHECK(score.types.at(type).precision == Approx(pr[0]).margin(.00005));
        CHECK(score.types.at(type).recall == Approx(pr[1]).margin(.00005));
    }
}

TEST_CASE("RealData.StrictRuleOnWukongGivesTheMeasuredFigure") {
    const auto path = test::realData("predictions/mpcfn-wukong-test.pre.txt");
    if (!path) return;
    eval::Scorer scorer(eval::Rule::ConllStrict, text::TagScheme::Bmes);
    for (const auto& block : formats::readBlocks(*path, false).blocks) scorer.add(block.gold, block.predicted);
    CHECK(scorer.score().micro.f1 == Approx(.8234).margin(.00005));
}

TEST_CASE("RealData.MgcmtOnTwitter2015ScoresAsOnWords") {
    const auto path = test::realData("predictions/mgcmt-twitter2015-test.txt");
    if (!path) return;
    const formats::PredictionFile file = formats::readBlocks(*path, true);
    eval::Scorer scorer(eval::Rule::SeqevalLenient);
    for (const auto& block : file.blocks) scorer.add(block.gold, block.predicted);
    const eval::Score score = scorer.score();
    CHECK(file.blocks.size() == 3257);
    CHECK(score.micro.precision == Approx(.7361).margin(.00005));
    CHECK(score.micro.recall == Approx(.7560).margin(.00005));
    CHECK(score.micro.f1 == Approx(.7459).margin(.00005));
    CHECK(score.predicted == 5350);
    CHECK(score.gold == 5209);
}
