#include "core/workflow/sample/sample.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "core/domain/entity.h"
#include "core/vision/geometry.h"

using namespace mnerva;
using namespace mnerva::workflow;

namespace {

const std::vector<SamplePost>& english() {
    static const std::vector<SamplePost> posts = generateSample(SampleLanguage::English, {2000, 1});
    return posts;
}

const std::vector<SamplePost>& chinese() {
    static const std::vector<SamplePost> posts = generateSample(SampleLanguage::Chinese, {2000, 1});
    return posts;
}

const SamplePost& firstWith(const std::vector<SamplePost>& posts, PictureRole role) {
    return *std::find_if(posts.begin(), posts.end(), [&](const SamplePost& p) { return p.role == role; });
}

std::string wordsOf(const SamplePost& post) {
    std::string out;
    for (int i = post.first; i <= post.last; ++i) out += post.words[static_cast<std::size_t>(i)] + " ";
    return out;
}

std::string shownType(const SamplePost& post) {
    return std::vector<std::string>{"PER", "LOC", "ORG"}[static_cast<std::size_t>(*post.scene->object)];
}

}  // namespace

TEST_CASE("Sample.TheSameSeedGivesTheSamePosts") {
    const auto again = generateSample(SampleLanguage::English, {2000, 1});
    CHECK(sampleText(again, Split::Train) == sampleText(english(), Split::Train));
    CHECK(sampleTruth(again) == sampleTruth(english()));
    CHECK(sampleCropDictionary(again) == sampleCropDictionary(english()));
}

TEST_CASE("Sample.AnotherSeedGivesOtherPosts") {
    CHECK(sampleText(generateSample(SampleLanguage::English, {2000, 2}), Split::Test) !=
          sampleText(english(), Split::Test));
}

TEST_CASE("Sample.SplitsAre80To10To10InOrder") {
    const auto count = [](Split split) {
        return std::count_if(english().begin(), english().end(), [&](const SamplePost& p) { return p.split == split; });
    };
    CHECK(count(Split::Train) == 1600);
    CHECK(count(Split::Valid) == 200);
    CHECK(count(Split::Test) == 200);
    CHECK(english().front().split == Split::Train);
    CHECK(english().back().split == Split::Test);
}

TEST_CASE("Sample.MostPostsAreDecidedByTheirPicture") {
    const auto count = std::count_if(english().begin(), english().end(),
                                     [](const SamplePost& p) { return p.role == PictureRole::Informative; });
    CHECK(count > 1500);
    CHECK(count < 1700);
}

TEST_CASE("Sample.TagsFitTheWordsAndTheTruth") {
    for (const auto* posts : {&english(), &chinese()})
        for (const SamplePost& post : *posts) {
            REQUIRE(post.words.size() == post.tags.size());
            if (post.first < 0) continue;
            const auto entities = entitiesFromTags(post.tags);
            const Entity marked{post.type, post.first, post.last, {}};
            INFO(post.id);
            CHECK(std::find(entities.begin(), entities.end(), marked) != entities.end());
        }
}

TEST_CASE("Sample.InformativePicturesShowTheTypeMisleadingOnesAnother") {
    for (const SamplePost& post : english()) {
        if (post.role == PictureRole::Informative) CHECK(shownType(post) == post.type);
        if (post.role == PictureRole::Misleading) CHECK(shownType(post) != post.type);
        if (post.role == PictureRole::None && post.scene) CHECK_FALSE(post.scene->object);
    }
}

TEST_CASE("Sample.AnAmbiguousNameTakesEveryTypeAboutAsOften") {
    std::map<std::string, std::map<std::string, int>> types;
    std::map<std::string, int> all;
    for (const SamplePost& post : english())
        if (post.role == PictureRole::Informative) {
            ++types[wordsOf(post)][post.type];
            ++all[post.type];
        }
    CHECK(types.size() == 16);
    for (const auto& [name, counts] : types) CHECK(counts.size() == 3);
    for (const auto& [type, count] : all) CHECK(count == Approx(1600 / 3.0).epsilon(0.15));
}

TEST_CASE("Sample.OnlyPictureDecidedPostsHoldAmbiguousNames") {
    std::set<std::string> ambiguous;
    for (const SamplePost& post : english())
        if (post.role == PictureRole::Informative) ambiguous.insert(post.words[static_cast<std::size_t>(post.first)]);
    for (const SamplePost& post : english()) {
        if (post.role == PictureRole::Informative) continue;
        for (const std::string& word : post.words) REQUIRE_FALSE(ambiguous.contains(word));
    }
    CHECK(ambiguous.size() == 16);
}

TEST_CASE("Sample.ObjectsLieInsideWhatTheNetworkSees") {
    for (const SamplePost& post : english()) {
        if (!post.scene || !post.scene->object) continue;
        const vision::Rect seen = vision::visibleArea(post.scene->width, post.scene->height);
        const vision::PixelBox& box = post.scene->box;
        INFO(post.id);
        REQUIRE(box.width >= 64);
        REQUIRE(box.width <= 96);
        REQUIRE(box.x >= seen.x - 1);
        REQUIRE(box.y >= seen.y - 1);
        REQUIRE(box.x + box.width <= seen.x + seen.width + 1);
        REQUIRE(box.y + box.height <= seen.y + seen.height + 1);
    }
    const vision::PixelBox& box = firstWith(english(), PictureRole::Informative).scene->box;
    CHECK(vision::cellsInBox({double(box.x), double(box.y), double(box.width), double(box.height)}, 256, 256).size() >=
          4);
}

TEST_CASE("Sample.ObjectsLieAllOverThePicture") {
    std::set<std::pair<int, int>> places;
    for (const SamplePost& post : english())
        if (post.scene && post.scene->object) places.insert({post.scene->box.x / 40, post.scene->box.y / 40});
    CHECK(places.size() >= 16);
}

TEST_CASE("Sample.SomePostsHaveNoPictureSomeAreNotSquare") {
    const auto any = [](auto rule) { return std::any_of(english().begin(), english().end(), rule); };
    CHECK(any([](const SamplePost& p) { return !p.scene; }));
    CHECK(any([](const SamplePost& p) { return p.scene && p.scene->width > p.scene->height; }));
    CHECK(any([](const SamplePost& p) { return p.scene && p.scene->width < p.scene->height; }));
    CHECK(any([](const SamplePost& p) { return p.scene && !p.scene->object; }));
}

TEST_CASE("Sample.TextsHoldEmojiAndLongWords") {
    const std::string text = sampleText(english(), Split::Train);
    for (const char* oddity : {"😂", "👨‍👩‍👧", "🇨🇳", "unbelievableness", "https://", "B-MISC"}) {
        INFO(oddity);
        CHECK(text.find(oddity) != std::string::npos);
    }
}

TEST_CASE("Sample.ChinesePostsAreSingleCharactersInBmes") {
    std::set<std::string> prefixes;
    for (const SamplePost& post : chinese())
        for (std::size_t i = 0; i < post.words.size(); ++i) {
            const auto first = static_cast<unsigned char>(post.words[i][0]);
            REQUIRE(post.words[i].size() == (first < 0x80 ? 1u : first >= 0xf0 ? 4u : first >= 0xe0 ? 3u : 2u));
            prefixes.insert(post.tags[i].substr(0, 1));
        }
    CHECK(prefixes == std::set<std::string>{"B", "E", "M", "O", "S"});
}

TEST_CASE("Sample.ChinesePartIsATenthAtLeastTen") {
    CHECK(chinese().size() == 200);
    CHECK(generateSample(SampleLanguage::Chinese, {3, 1}).size() == 10);
}

TEST_CASE("Sample.TextIsMner") {
    SamplePost post;
    post.id = "7";
    post.split = Split::Valid;
    post.words = {"Hi", "Bob"};
    post.tags = {"O", "B-PER"};
    CHECK(sampleText({post}, Split::Valid) == "IMGID:7\nHi\tO\nBob\tB-PER\n\n");
    CHECK(sampleText({post}, Split::Test).empty());
}

TEST_CASE("Sample.CropDictionaryNamesEveryPictureAndLiesInside") {
    const auto dictionary = sampleCropDictionary(english());
    std::set<std::string> files;
    for (const SamplePost& post : english()) {
        REQUIRE(dictionary.contains(post.id + ".jpg") == post.scene.has_value());
        for (const SampleCrop& crop : post.crops) {
            REQUIRE(files.insert(crop.file).second);
            REQUIRE(crop.box.x >= 0);
            REQUIRE(crop.box.x + crop.box.width <= post.scene->width);
            REQUIRE(crop.box.y + crop.box.height <= post.scene->height);
        }
    }
    CHECK(files.size() > 500);
}

TEST_CASE("Sample.SomeCropListsAreLongerThanThreeManyAreEmpty") {
    std::map<std::size_t, int> lengths;
    for (const SamplePost& post : english()) ++lengths[post.crops.size()];
    CHECK(lengths[0] > 500);
    CHECK(lengths[4] + lengths[5] > 20);
}

TEST_CASE("Sample.TruthNamesWordTypeRoleAndBox") {
    const SamplePost& post = firstWith(english(), PictureRole::Informative);
    const auto truth = sampleTruth({post}).at(0);
    CHECK(truth["id"] == post.id);
    CHECK(truth["role"] == "informative");
    CHECK(truth["decidedBy"] == "picture");
    CHECK(truth["first"] == post.first);
    CHECK(truth["type"] == truth["shown"]);
    CHECK(truth["box"][2].get<int>() - truth["box"][0].get<int>() == post.scene->box.width);
}

TEST_CASE("Sample.BoxesArePascalVocOfInformativePicturesOnly") {
    const std::string xml = sampleBoxes(firstWith(english(), PictureRole::Informative));
    CHECK(xml.find("<bndbox><xmin>") != std::string::npos);
    CHECK(xml.find("<width>") != std::string::npos);
    CHECK(sampleBoxes(firstWith(english(), PictureRole::Misleading)).empty());
    SamplePost post = firstWith(english(), PictureRole::Informative);
    post.words[static_cast<std::size_t>(post.first)] = "A&B<C";
    CHECK(sampleBoxes(post).find("<name>A&amp;B&lt;C</name>") != std::string::npos);
}

TEST_CASE("Sample.ZeroPostsGiveNoEnglishPosts") {
    CHECK(generateSample(SampleLanguage::English, {0, 1}).empty());
    CHECK(sampleText({}, Split::Train).empty());
}
