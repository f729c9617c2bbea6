#include "core/project/question.h"

#include <catch2/catch.hpp>

#include "core/protocol/messages.h"
#include "tests/support/project_fixture.h"

// The window asks by a view, the command line by a post: both must ask the same.

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;
namespace fs = std::filesystem;

Region box(int image, int left, RegionOrigin origin = RegionOrigin::Detector) {
    Region region;
    region.image = image;
    region.left = left;
    region.width = region.height = 10;
    region.label = "person";
    region.origin = origin;
    if (origin == RegionOrigin::Detector) {
        region.detector = "faces";
        region.score = .5;
    }
    return region;
}

Post postWith(std::vector<std::string> images, std::vector<std::string> crops = {}) {
    Post post;
    post.externalId = images.empty() ? "none" : images.front();
    post.split = Split::Train;
    post.words = {"Kevin", "flies"};
    post.sourceTags = {"B-PER", "O"};
    post.images = std::move(images);
    post.crops = std::move(crops);
    post.auxiliary = {{"caption", {"a", "man"}}};
    return post;
}

std::vector<std::string> pathsOf(const std::vector<PictureInput>& pictures) {
    std::vector<std::string> out;
    for (const PictureInput& picture : pictures) out.push_back(picture.path);
    return out;
}

/// Two imports with picture folders of their own that hold a "1.jpg" each.
struct QuestionFixture : ProjectFixture {
    fs::path images = folder / "images", others = folder / "others", crops = folder / "crops";
    std::unique_ptr<Project> project = create();
    std::vector<Post> posts;

    QuestionFixture() {
        for (const fs::path& place : {images, others, crops}) fs::create_directory(place);
        for (const char* name : {"1.jpg", "2.PNG", "3.jpg"}) writeFileAtomic(images / name, name);
        writeFileAtomic(others / "1.jpg", "another");
        writeFileAtomic(crops / "c1.jpg", "crop");
        writeFileAtomic(folder / "secret.jpg", "secret");
        fs::create_symlink(folder / "secret.jpg", images / "link.jpg");
        const auto appender = project->append("a.txt", images, crops);
        for (const auto& list : std::vector<std::vector<std::string>>{{"1.jpg"},
                                                                      {},
                                                                      {"gone.jpg"},
                                                                      {"gone.jpg", "1.jpg", "2.jpg"},
                                                                      {"1.jpg", "gone.jpg", "3.jpg"},
                                                                      {"../secret.jpg"},
                                                                      {"link.jpg", "1.jpg"},
                                                                      {"2.jpg"}})
            appender->add(postWith(list, {"c1.jpg", "gone.png", "../secret.jpg"}));
        appender->startSource("b.txt", others, {});
        appender->add(postWith({"1.jpg"}));
        appender->startSource("c.txt", {}, {});
        appender->add(postWith({"1.jpg"}));
        appender->commit();
        posts = project->posts(std::nullopt);
        std::vector<std::pair<PostId, std::vector<Region>>> found;
        for (const Post& post : posts) {
            found.push_back({post.id, {}});
            for (int i = 0; i < static_cast<int>(post.images.size()); ++i) found.back().second.push_back(box(i, i));
        }
        project->storeDetections("faces", "{}", found);
    }
    PostInput ask(std::size_t index) const { return questionOf(*project, posts.at(index)); }
    std::string image(const std::string& name) const { return (images / name).string(); }
};

}  // namespace

TEST_CASE("Question.WindowAndCommandLineAskTheSame") {
    const QuestionFixture f;
    REQUIRE(f.posts.size() == 10);
    for (const Post& post : f.posts) {
        INFO(post.id.value);
        CHECK(protocol::toJson(protocol::PredictRequest{questionOf(f.project->view(post.id)), true, true}) ==
              protocol::toJson(protocol::PredictRequest{questionOf(*f.project, post), true, true}));
    }
}

TEST_CASE("Question.APictureThatIsMissingKeepsItsPlaceAndTheBoxesAreThoseOfTheFirst") {
    const QuestionFixture f;
    const auto question = f.ask(3);  // gone, 1, 2
    CHECK(question.imagePath == f.image("gone.jpg"));
    CHECK(pathsOf(question.morePictures) == std::vector<std::string>{f.image("1.jpg"), f.image("2.PNG")});
    REQUIRE(question.regions.size() == 1);
    CHECK(question.regions[0].left == 0);
    CHECK(question.regions[0].origin == "faces");
    CHECK(pathsOf(f.ask(4).morePictures) == std::vector<std::string>{f.image("gone.jpg"), f.image("3.jpg")});
}

TEST_CASE("Question.ARefusedPictureHasNoPathAndIsTold") {
    const QuestionFixture f;
    CHECK(f.ask(5).imagePath.empty());
    const auto linked = f.ask(6);
    CHECK(linked.imagePath.empty());
    CHECK(pathsOf(linked.morePictures) == std::vector<std::string>{f.image("1.jpg")});
    Findings told;
    addUnaskedPictures(f.project->files(f.posts[5].id), told);
    CHECK(told.count("picture-outside") == 2);  // the picture and a crop
    CHECK(told.list().front().file == "../secret.jpg");
    Findings unknown;
    addUnaskedPictures(f.project->files(f.posts[9].id), unknown);
    CHECK(unknown.count("picture-missing") == 1);
    CHECK(f.ask(9).imagePath.empty());
}

TEST_CASE("Question.CropsKeepTheirNumbers") {
    const QuestionFixture f;
    CHECK(f.ask(0).cropPaths ==
          std::vector<std::string>{(f.crops / "c1.jpg").string(), (f.crops / "gone.png").string(), ""});
}

TEST_CASE("Question.APictureIsThatOfThePostsOwnImport") {
    const QuestionFixture f;
    CHECK(f.ask(0).imagePath == f.image("1.jpg"));
    CHECK(f.ask(8).imagePath == (f.others / "1.jpg").string());
}

TEST_CASE("Question.WordsAndTextsAboutThePostAreAsked") {
    const QuestionFixture f;
    CHECK(f.ask(1).words == std::vector<std::string>{"Kevin", "flies"});
    CHECK(f.ask(1).auxiliary == f.posts[1].auxiliary);
    CHECK(f.ask(1).imagePath.empty());
}
