#include <catch2/catch.hpp>
#include <set>

#include "core/base/file.h"
#include "core/formats/all.h"
#include "tests/support/data.h"

using namespace mnerva;
using namespace mnerva::formats;

namespace {

std::filesystem::path put(const test::TemporaryFolder& folder, const std::string& name, const std::string& content) {
    std::filesystem::create_directories((folder / name).parent_path());
    writeFileAtomic(folder / name, content);
    return folder / name;
}

}  // namespace

TEST_CASE("Formats.NamesAreTheirOwnAndFindThem") {
    std::set<std::string_view> names;
    for (const Format& format : all()) {
        INFO(format.name);
        CHECK(names.insert(format.name).second);
        CHECK(find(format.name) == &format);
        CHECK_FALSE(format.title.empty());
        CHECK_FALSE(format.help.empty());
        CHECK((format.isFolder || (!format.files.empty() && !format.filesTitle.empty())));
    }
    CHECK(find("conll") == nullptr);
    CHECK(find("") == nullptr);
}

TEST_CASE("Formats.EveryOneCanBeReadAndSaysWhatIsLost") {
    for (const Format& format : all()) {
        INFO(format.name);
        CHECK_FALSE(format.lossyFindings.empty());
        const bool isRead = std::visit([](const auto& kind) { return kind.read != nullptr; }, format.kind);
        CHECK(isRead);
        const PostKind* posts = format.as<PostKind>();
        if (posts && posts->append) CHECK_FALSE(format.files.empty());
        for (const std::string_view code : format.lossyFindings) CHECK(isLossOfReading(code));
    }
    CHECK_FALSE(isLossOfReading("bom"));
}

TEST_CASE("Formats.EachStandsInTheReadme") {
    const std::string readme = readFile(std::string(MNERVA_SOURCE_DIR) + "/core/formats/README.md");
    for (const Format& format : all()) {
        const std::string row = "| `" + std::string(format.name) + "` |";
        INFO(row << " in core/formats/README.md");
        CHECK((readme.find(row) != std::string::npos));
    }
}

TEST_CASE("Formats.WhatNoneSaysIsItsOwnIsTaggedText") {
    const test::TemporaryFolder folder;
    CHECK(recognise<PostKind>(put(folder, "train.txt", "IMGID:1\na\tO\n\n")).name == "mner");
    CHECK(recognise<PostKind>(put(folder, "odd.jpg", "\xff\xd8\xff")).name == "mner");
    CHECK(recognise<PostKind>(folder / "missing").name == "mner");
    CHECK(recognise<PostKind>(folder.path()).name == "mner");
    CHECK(recognise<AuxiliaryKind>(folder / "missing").name == "auxiliary");
}

TEST_CASE("Formats.FolderOfUmgfIsRecognised") {
    const test::TemporaryFolder folder;
    put(folder, "posts/7_s.txt", "a");
    CHECK(recognise<PostKind>(folder / "posts").name == "umgf");
    CHECK(recognise<PostKind>(folder / "posts" / "7_s.txt").name == "mner");
}

TEST_CASE("Formats.FilesAreKnownByTheirNames") {
    const Format& crops = *find("crops");
    for (const char* name : {"a/twitter_dict.PTH", "x.dict", "crops.json", "Dict.JSON"}) CHECK(crops.isNamedLike(name));
    for (const char* name : {"posts.json", "crops.txt", "crops"}) CHECK_FALSE(crops.isNamedLike(name));
    CHECK(find("mner")->isNamedLike("train.CONLL"));
    CHECK_FALSE(find("umgf")->isNamedLike("1_s.txt"));
}

TEST_CASE("Formats.ListsForPeopleNameThemAll") {
    Format a, b, c;
    a.name = "a", b.name = "b", c.name = "c";
    a.help = "one", b.help = "two";
    CHECK(namesOf({&a, &b}, "auto") == "auto, a or b");
    CHECK(namesOf({&a, &b, &c}) == "a, b or c");
    CHECK(namesOf({&a}) == "a");
    CHECK(helpOf({&a, &b}) == "a: one; b: two");
    CHECK(writtenOfKind<PostKind>().front()->name == "mner");
}

TEST_CASE("Formats.LossesOfTaggedTextAreThoseOfThePost") {
    const PostKind& kind = *find("mner")->as<PostKind>();
    const auto lost = [&](const Post& post, bool hasConfidence, bool auxiliary) {
        std::vector<std::string_view> codes;
        for (const Loss& loss : kind.losses)
            if (loss.isLost({post, hasConfidence, {auxiliary}})) codes.push_back(loss.code);
        return codes;
    };
    using Codes = std::vector<std::string_view>;
    Post post;
    post.externalId = "7";
    post.images = {"7.jpg"};
    CHECK(lost(post, false, false) == Codes{});
    post.auxiliary = {{"caption", {"a"}}};
    CHECK(lost(post, true, false) == Codes{"auxiliary-not-kept", "confidence-not-kept"});
    CHECK(lost(post, false, true) == Codes{});
    post.images = {"8.jpg"};
    post.crops = {"c.jpg"};
    post.status = PostStatus::Done;
    post.review = Review::ToReview;
    CHECK(lost(post, false, true) == Codes{"status-not-kept", "review-not-kept", "images-not-kept", "crops-not-kept"});
    for (const Loss& loss : kind.losses) {
        INFO(loss.code);
        CHECK(loss.isLost({Post{}, false, {}, true}) == (loss.code == "boxes-not-kept"));
        CHECK(loss.isLost({Post{}, false, {}, false, true}) == (loss.code == "comments-not-kept"));
    }
}
