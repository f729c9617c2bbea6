#include "core/workflow/advice/preset_choice.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <stop_token>

#include "core/workflow/advice/known_data.h"
#include "core/workflow/sample/sample.h"
#include "tests/support/project_fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::workflow;
using namespace mnerva::test;

const std::vector<std::string> kMpcfn{"twitter2015", "twitter2017", "wukong", "sample", "xlm-r"};
const EncoderSketch kTiny{EncoderSize::Tiny, ""}, kBase{EncoderSize::Base, "bert"};

DataSheet tweets(std::array<std::int64_t, 3> posts) {
    DataSheet sheet;
    sheet.posts = posts;
    sheet.types = {"LOC", "MISC", "ORG", "PER"};
    sheet.language = PostLanguage::Latin;
    return sheet;
}

/// A sheet that has so many of the ids of a known data set, and its size.
DataSheet withIdsOf(const KnownData& data, std::size_t count) {
    DataSheet sheet;
    sheet.posts = data.posts;
    sheet.types = {"SOMETHING"};
    for (std::size_t i = 0; i < count; ++i) sheet.contentIds.insert(data.ids[i]);
    return sheet;
}

DataSheet sheetOfFiles(const std::vector<std::filesystem::path>& files) {
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.files = files;
    importFiles(project.get(), options);
    return dataSheet(*project, {});
}
/// The ids alone, of words as they stand in a file of MNER text.
DataSheet sheetOfLines(const std::filesystem::path& file) {
    DataSheet sheet;
    std::string text;
    std::istringstream lines(readFile(file));
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("IMGID:") && line.find('\t') != std::string::npos) {
            text += line.substr(0, line.find('\t')) + " ";
            continue;
        }
        if (text.empty()) continue;
        if (const std::uint64_t id = contentId(text); id != 0 && id < kSketchLimit) sheet.contentIds.insert(id);
        text.clear();
        ++sheet.posts[0];
    }
    return sheet;
}
}  // namespace

TEST_CASE("ContentId.IsThatOfLettersAloneWhateverStandsBetweenThem") {
    CHECK(contentId("Anna goes to Rome, again!") == contentId("anna  goes \"to\" rome again"));
    CHECK(contentId("Anna goes to Rome again") != contentId("Anna goes to Paris again"));
    CHECK(contentId("too short") == 0);
    CHECK(contentId("") == 0);
    // Text behind the 32nd letter has no say, so that a preview tells as much as the post.
    CHECK(contentId("abcdefghijklmnopqrstuvwxyz0123456789") == contentId("abcdefghijklmnopqrstuvwxyz012345…"));
    // Worked out by tests/reference/known_data.py.
    CHECK(contentId("the quick brown fox jumps") == 0x693E839B436D7F6FU);
    CHECK(contentId("今天北京的天气很好我们去看看吧") != 0);
    CHECK(contentId("broken \xff\xfe bytes are read on all the same") != 0);
}

TEST_CASE("KnownData.IsFoundByContentWhateverItsLabelsAre") {
    for (const KnownData& data : knownData()) {
        INFO(data.name);
        REQUIRE(data.ids.size() == 24);
        for (const std::uint64_t id : data.ids) CHECK(id < kSketchLimit);
        const Recognised found = recognise(withIdsOf(data, 24));
        REQUIRE(found.data);
        CHECK(std::string(found.data->name) == data.name);
        CHECK(found.by == Recognised::By::Content);
        CHECK_FALSE(recognise(withIdsOf(data, 11)).data);
        DataSheet larger = withIdsOf(data, 24);
        larger.posts[0] *= 3;
        CHECK_FALSE(recognise(larger).data);
    }
}

TEST_CASE("KnownData.IsFoundBySizesOnlyWhereLabelsAndLanguageAgree") {
    const Recognised found = recognise(tweets({3373, 723, 723}));
    REQUIRE(found.data);
    CHECK(std::string(found.data->name) == "twitter2017");
    CHECK(found.by == Recognised::By::Sizes);
    CHECK_FALSE(recognise(tweets({3373, 723, 722})).data);
    DataSheet other = tweets({3373, 723, 723});
    other.types.push_back("DISEASE");
    CHECK_FALSE(recognise(other).data);
    other = tweets({3373, 723, 723});
    other.language = PostLanguage::Chinese;
    CHECK_FALSE(recognise(other).data);
}

TEST_CASE("PresetChoice.IsThatOfAKnownDataSetWhateverTheEncoder") {
    for (const EncoderSketch& encoder : {kTiny, kBase, EncoderSketch{EncoderSize::Large, "xlm-roberta"}}) {
        const PresetChoice choice = choosePreset(kMpcfn, withIdsOf(knownData()[1], 20), encoder);
        CHECK(choice == PresetChoice{"twitter2017", "content", {"Twitter-2017"}});
    }
}

TEST_CASE("PresetChoice.OfTwitter10000IsItsOwnOnlyWithABart") {
    const DataSheet sheet = withIdsOf(knownData()[3], 24);
    CHECK(choosePreset(kMpcfn, sheet, kBase) ==
          PresetChoice{"twitter2015", "relative", {"Twitter-10000 (GMNER)", "Twitter-2015"}});
    const std::vector<std::string> gmner{"twitter2015", "twitter-gmner", "sample"};
    CHECK(choosePreset(gmner, sheet, kBase).preset == "twitter2015");
    CHECK(choosePreset(gmner, sheet, {EncoderSize::Base, "bart"}).preset == "twitter-gmner");
}

TEST_CASE("PresetChoice.FollowsEncoderLanguageAndLabelsOfOtherData") {
    CHECK(choosePreset(kMpcfn, tweets({90, 10, 10}), kTiny).preset == "sample");
    CHECK(choosePreset(kMpcfn, tweets({90, 10, 10}), kTiny).reason == "tiny");
    CHECK(choosePreset(kMpcfn, tweets({90, 10, 10}), kBase).reason == "labels");
    CHECK(choosePreset(kMpcfn, tweets({90, 10, 10}), {EncoderSize::Large, "xlm-roberta"}).preset == "xlm-r");
    CHECK(choosePreset({"sample"}, tweets({90, 10, 10}), {EncoderSize::Large, "xlm-roberta"}).reason == "none");
    DataSheet chinese = tweets({90, 10, 10});
    chinese.language = PostLanguage::Chinese;
    CHECK(choosePreset(kMpcfn, chinese, kBase) == PresetChoice{"wukong", "chinese", {"WuKong"}});
    DataSheet medical = tweets({90, 10, 10});
    medical.types = {"DISEASE"};
    CHECK(choosePreset(kMpcfn, medical, kBase) == PresetChoice{"", "none", {}});
    CHECK(choosePreset({}, DataSheet{}, kTiny) == PresetChoice{"", "none", {}});
}

TEST_CASE("PresetChoice.EveryReasonHasASentence") {
    for (const char* reason :
         {"content", "sizes", "relative", "sample", "tiny", "xlm-r", "chinese", "labels", "none"}) {
        INFO(reason);
        CHECK_FALSE(presetReasonText(reason).empty());
    }
    CHECK(presetReasonText("unheard").empty());
}

TEST_CASE("LearningRate.FollowsTheSizeOfTheEncoder") {
    using enum EncoderSize;
    CHECK(fittedRate("lr", 3e-5, Base, Base, 5e-2) == 3e-5);
    CHECK(fittedRate("lr", 3e-5, Base, Small, 5e-2) == 2e-4);
    CHECK(fittedRate("lr", 3e-5, Base, Tiny, 5e-2) == 3e-4);
    CHECK(fittedRate("lr", 3e-5, Base, Large, 5e-2) == 1e-5);
    CHECK(fittedRate("lr", 6e-4, Tiny, Base, 5e-2) == 6e-5);
    CHECK(fittedRate("lr", 5e-6, Large, Base, 5e-2) == 2e-5);
    CHECK(fittedRate("crf_lr", 5e-2, Base, Tiny, 5e-2) == 1e-3);
    CHECK(fittedRate("crf_lr", 5e-2, Base, Small, 5e-2) == 1e-2);
    CHECK(fittedRate("crf_lr", 1e-3, Tiny, Base, 5e-2) == 5e-2);
    CHECK(fittedRate("crf_lr", 3e-5, Base, Tiny, 3e-5) == 3e-5);
    CHECK(fittedRate("epochs", 50, Base, Tiny, 50) == 50);
    // Never one that was made for an encoder of another kind.
    for (const EncoderSize used : {Tiny, Small, Base, Large})
        for (const EncoderSize madeFor : {Tiny, Small, Base, Large})
            if (used != madeFor) CHECK(fittedRate("lr", 3e-5, madeFor, used, 5e-2) != 3e-5);
    CHECK(encoderSizeOf(384) == Small);
    CHECK(encoderSizeOf(768) == Base);
    CHECK(encoderSizeOf(1024) == Large);
    CHECK(isFarFrom(3e-5, 3e-4));
    CHECK(isFarFrom(3e-4, 3e-5));
    CHECK_FALSE(isFarFrom(1e-4, 3e-4));
}

TEST_CASE("DataSheet.TellsLanguageSizesAndTypes") {
    const TemporaryFolder folder;
    std::ofstream(folder / "train.txt") << "IMGID:1\nAnna\tB-PER\ngoes\tO\nto\tO\nRome\tB-LOC\nmit\tO\nÄpfeln\tO\n\n";
    const DataSheet latin = sheetOfFiles({folder / "train.txt"});
    CHECK(latin.language == PostLanguage::Latin);
    CHECK(latin.posts[0] == 1);
    CHECK(latin.types == std::vector<std::string>{"LOC", "PER"});
    CHECK_FALSE(latin.isSample);
    const TemporaryFolder second;
    std::ofstream(second / "train.txt") << "IMGID:1\n北\tB-LOC\n京\tI-LOC\n很\tO\n大\tO\n😀\tO\n\n";
    CHECK(sheetOfFiles({second / "train.txt"}).language == PostLanguage::Chinese);
    const TemporaryFolder third;
    std::ofstream(third / "train.txt") << "IMGID:1\n123\tO\n😀\tO\n\n";
    CHECK(sheetOfFiles({third / "train.txt"}).language == PostLanguage::Unknown);
    const ProjectFixture f;
    const DataSheet empty = dataSheet(*f.create(), {});
    CHECK(empty.total() == 0);
    CHECK_FALSE(recognise(empty).data);
}

TEST_CASE("DataSheet.CanBeStopped") {
    const ProjectFixture f;
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(dataSheet(*f.create(), stop.get_token()), Cancelled);
}

TEST_CASE("DataSheet.KnowsTheSampleWhateverItsSeed") {
    for (const std::uint64_t seed : {1u, 7u}) {
        const TemporaryFolder folder;
        const std::vector<SamplePost> posts = generateSample(SampleLanguage::English, {400, seed});
        for (const Split split : {Split::Train, Split::Valid, Split::Test})
            std::ofstream(folder / (std::string(splitName(split)) + ".txt")) << sampleText(posts, split);
        const DataSheet sheet = sheetOfFiles({folder / "train.txt", folder / "valid.txt", folder / "test.txt"});
        CHECK(sheet.isSample);
        CHECK(choosePreset(kMpcfn, sheet, kBase).preset == "sample");
    }
}

TEST_CASE("PresetChoice.OfThePublishedFilesIsTheirOwn") {
    const std::vector<std::pair<std::string, std::string>> rows{{"twitter2015/train.txt", "twitter2015"},
                                                                {"twitter2015-original/train.txt", "twitter2015"},
                                                                {"twitter2017/train.txt", "twitter2017"},
                                                                {"wukong/train-half.txt", "wukong"}};
    for (const auto& [file, preset] : rows) {
        const auto path = realData(file);
        if (!path) continue;
        held();
        INFO(file);
        // An import of all of them would take seconds; one of them stands for the way through a project.
        const DataSheet sheet = preset == "twitter2017" ? sheetOfFiles({*path}) : sheetOfLines(*path);
        for (const EncoderSketch& encoder : {kTiny, kBase}) {
            const PresetChoice choice = choosePreset(kMpcfn, sheet, encoder);
            CHECK(choice.preset == preset);
            CHECK(choice.reason == "content");
        }
    }
}
