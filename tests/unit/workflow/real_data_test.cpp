#include <catch2/catch.hpp>

#include "tests/support/project_fixture.h"

// Show 3 of the first milestone: what is imported and exported again is the file, and the counts are those of
// models.md 1.6.

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;

struct Expected {
    std::string file;
    int posts, words, maxWords;
    std::map<std::string, int> types;
    int total, beginOnly, orphans, postsWithoutEntity;
    int repeatedIds = 0;
};

std::map<std::string, int> twitter(int per, int loc, int org, int misc) {
    return {{"PER", per}, {"LOC", loc}, {"ORG", org}, {"MISC", misc}};
}

const std::vector<Expected>& table() {
    static const std::vector<Expected> rows{
        {"twitter2015/train.txt", 4000, 64434, 37, twitter(2285, 2135, 957, 975), 6352, 6170, 182, 104},
        {"twitter2015/valid.txt", 1000, 16175, 41, twitter(567, 543, 251, 233), 1594, 1541, 53, 31},
        {"twitter2015/test.txt", 3257, 52822, 36, twitter(1880, 1750, 859, 748), 5237, 5119, 118, 85},
        {"twitter2015-original/train.txt", 4000, 64439, 37, twitter(2285, 2135, 957, 975), 6352, 6166, 186, 104},
        {"twitter2015-original/valid.txt", 1000, 16178, 41, twitter(567, 543, 251, 233), 1594, 1541, 53, 31},
        {"twitter2015-original/test.txt", 3257, 52822, 36, twitter(1873, 1720, 860, 754), 5207, 5072, 135, 89},
        {"twitter2017/train.txt", 3373, 53007, 50, twitter(2943, 731, 1674, 701), 6049, 6049, 0, 392},
        {"twitter2017/valid.txt", 723, 11309, 33, twitter(626, 173, 375, 150), 1324, 1324, 0, 76},
        {"twitter2017/test.txt", 723, 11330, 33, twitter(621, 178, 395, 157), 1351, 1351, 0, 86},
        {"wukong/valid.txt",
         9699,
         261240,
         36,
         {{"PER", 2144}, {"LOC", 400}, {"ORG", 1677}, {"GPE", 1765}, {"MOHULOC", 1}},
         5987,
         5987,
         0,
         5992,
         58},
        {"wukong/test.txt",
         9700,
         261238,
         39,
         {{"PER", 2088}, {"LOC", 366}, {"ORG", 1684}, {"GPE", 1854}},
         5992,
         5992,
         0,
         6011,
         61},
    };
    return rows;
}
}  // namespace

TEST_CASE("RealData.ImportAndExportGiveTheFileBackToTheByte") {
    for (const Expected& expected : table()) {
        const auto file = mnerva::test::realData(expected.file);
        if (!file) continue;
        INFO(expected.file);
        const ProjectFixture f;
        const auto project = f.create();
        ImportOptions options;
        options.files = {*file};
        importFiles(project.get(), options);
        std::string original = readFile(*file);
        // The original TWITTER-2015 lacks the empty line after its last post.
        if (!original.ends_with("\n\n")) original += '\n';
        CHECK((f.exported(*project, "gold") == original));
        CHECK((f.exported(*project, "corrected") == original));
    }
}

TEST_CASE("RealData.CountsAreThoseMeasured") {
    for (const Expected& expected : table()) {
        const auto file = mnerva::test::realData(expected.file);
        if (!file) continue;
        INFO(expected.file);
        const ProjectFixture f;
        const auto project = f.create();
        ImportOptions options;
        options.files = {*file};
        const ImportReport report = importFiles(project.get(), options);
        const auto splits = statistics(*project);
        REQUIRE(splits.size() == 1);
        const SplitStatistics& s = splits.begin()->second;
        CHECK(report.posts == expected.posts);
        CHECK(report.words == expected.words);
        CHECK(report.entities == expected.total);
        CHECK(s.posts == expected.posts);
        CHECK(s.words == expected.words);
        CHECK(s.maxWords == expected.maxWords);
        CHECK(s.types == expected.types);
        CHECK(s.entities == expected.total);
        CHECK(s.entitiesBeginOnly == expected.beginOnly);
        CHECK(s.orphanInside == expected.orphans);
        CHECK(s.postsWithoutEntity == expected.postsWithoutEntity);
        CHECK(s.repeatedImageIds == expected.repeatedIds);
    }
}

TEST_CASE("RealData.SplitsLabelsSchemesAndCropsAreLearned") {
    const auto folder = mnerva::test::realData("twitter2015");
    if (!folder) return;
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.files = {*folder / "valid.txt"};
    options.cropFile = *folder / "twitter2015_val_dict.pth";
    const ImportReport report = importFiles(project.get(), options);
    CHECK(report.postsWithoutCropList == 1);  // 1351353.jpg
    CHECK(project->labels().types == std::vector<std::string>{"PER", "LOC", "ORG", "MISC"});
    CHECK(project->labels().scheme == text::TagScheme::Bio);
    CHECK(project->info().postsOfSplit == std::map<Split, int>{{Split::Valid, 1000}});
}

TEST_CASE("RealData.WukongIsBmesWithGpe") {
    const auto file = mnerva::test::realData("wukong/test.txt");
    if (!file) return;
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.files = {*file};
    importFiles(project.get(), options);
    CHECK(project->labels().types == std::vector<std::string>{"PER", "LOC", "ORG", "GPE"});
    CHECK(project->labels().scheme == text::TagScheme::Bmes);
    CHECK(project->posts(Split::Test).at(0).join == JoinRule::Nothing);
}
