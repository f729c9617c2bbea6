#include <catch2/catch.hpp>

#include "core/store/change_json.h"
#include "core/store/integrity.h"
#include "core/store/journal_repository.h"
#include "core/store/layer_repository.h"
#include "core/store/lines.h"
#include "core/store/post_repository.h"
#include "core/store/region_repository.h"
#include "core/store/setting_repository.h"
#include "tests/unit/store/fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::store;
using mnerva::store::test::DatabaseFixture;
using mnerva::store::test::errorOf;

Post samplePost() {
    Post post;
    post.externalId = "O_1926";
    post.split = Split::Valid;
    post.words = {"A", "", "\xF0\x9F\x98\x80", std::string("n\0l", 3)};
    post.sourceTags = {"B-PER", "O", "I-OTHER", "O"};
    post.images = {"a.jpg", "b.jpg"};
    post.crops = {""};
    post.join = JoinRule::Nothing;
    return post;
}

PostId addPost(Connection& connection, const Post& post) {
    const std::int64_t source = PostRepository(connection).addSource({0, "train.txt", "abc", "images", "", 7});
    return PostInserter(connection).add(post, source, 2);
}

Change sampleChange() {
    Change change;
    change.action = "accept";
    PostChange post;
    post.post = PostId{12};
    post.removed = {{"PER", 0, 1, {}}};
    post.added = {{"多", 0, 2, 0.625}};
    post.rejectionsAdded = {{"LOC", 3, 3, 0.1}};
    post.verdictsAdded = {{"entity", 1, 2, "PER"}, {"invisible-characters", 4, 4, ""}};
    post.verdictsRemoved = {{"no-entity", 5, 5, "LOC"}};
    post.decisionsAdded = {{1, 2, "edge-case", "见 §3 \"x\"", true}};
    post.decisionsRemoved = {{1, 2, "", "", false}};
    Region box;
    box.id = RegionId{kFirstDrawnId + 5};
    box.image = 2;
    box.left = 1;
    box.width = 30;
    box.height = 40;
    box.label = "凯文";
    post.boxesRemoved = {box};
    box.top = 7;
    post.boxesAdded = {box};
    post.linksRemoved = {{{"PER", 0, 1, {}}, box.id}};
    post.linksAdded = {{{"多", 0, 2, {}}, box.id}};
    post.rejectionsRemoved = {{"ORG", 4, 5, {}}};
    post.correctedBefore = true;
    post.statusBefore = PostStatus::Done;
    post.statusAfter = PostStatus::SkippedFlagged;
    post.reviewBefore = Review::ToReview;
    post.reviewAfter = Review::Returned;
    post.commentsRemoved = {{4, "anna", 1700000000123, "见图\n\"x\""}};
    post.commentsAdded = {{4, "anna", 1700000000123, "new"}, {9007199254740991, "b", -5, "😀"}};
    change.posts = {post, PostChange{}};
    return change;
}
}  // namespace

TEST_CASE("Lines.ListsComeBackWithEmptyItemsAndEmptyLists") {
    for (const std::vector<std::string>& items :
         {std::vector<std::string>{"a", "b"}, {""}, {"", ""}, {"a", "", "b"}, {"\xE2\x80\xA8"}})
        CHECK(splitLines(joinLines(items)) == items);
}

TEST_CASE("Posts.APostComesBackWhole") {
    DatabaseFixture f;
    const Post post = samplePost();
    const PostId id = addPost(f.connection, post);
    const auto stored = PostRepository(f.connection).find(id);
    REQUIRE(stored);
    CHECK(stored->post.id == id);
    CHECK(stored->post.externalId == post.externalId);
    CHECK(stored->post.split == post.split);
    CHECK(stored->post.words == post.words);
    CHECK(stored->post.sourceTags == post.sourceTags);
    CHECK(stored->post.images == post.images);
    CHECK(stored->post.crops == post.crops);
    CHECK(stored->post.join == post.join);
    CHECK_FALSE(stored->corrected);
}

TEST_CASE("Posts.APostWithoutWordsOrTagsComesBack") {
    DatabaseFixture f;
    Post post;
    post.externalId = "1";
    const auto stored = PostRepository(f.connection).find(addPost(f.connection, post));
    REQUIRE(stored);
    CHECK(stored->post.words.empty());
    CHECK(stored->post.sourceTags.empty());
    CHECK(stored->post.images.empty());
}

TEST_CASE("Posts.ImportedPostsAreAlwaysOpen") {
    DatabaseFixture f;
    Post post = samplePost();
    post.status = PostStatus::Done;
    CHECK(PostRepository(f.connection).find(addPost(f.connection, post))->post.status == PostStatus::Open);
}

TEST_CASE("Posts.SourcesAreFoundByTheirDigest") {
    DatabaseFixture f;
    addPost(f.connection, samplePost());
    const PostRepository posts(f.connection);
    CHECK(posts.sourceWithDigest("abc")->file == "train.txt");
    CHECK_FALSE(posts.sourceWithDigest("abd"));
    CHECK(posts.sources().at(0).importedAtMs == 7);
}

TEST_CASE("Posts.EachStopsWhenTold") {
    DatabaseFixture f;
    for (int i = 0; i < 3; ++i) addPost(f.connection, samplePost());
    int seen = 0;
    PostRepository(f.connection).each(Split::Valid, [&](const StoredPost&) { return ++seen < 2; });
    CHECK(seen == 2);
    PostRepository(f.connection).each(Split::Train, [&](const StoredPost&) { return ++seen > 0; });
    CHECK(seen == 2);
}

TEST_CASE("Posts.TagsCanBeSearchedForASpelling") {
    DatabaseFixture f;
    addPost(f.connection, samplePost());
    CHECK(PostRepository(f.connection).anyTagHolds("-OTHER"));
    CHECK_FALSE(PostRepository(f.connection).anyTagHolds("-MISC"));
}

TEST_CASE("Layers.EntitiesComeInOrderWithTheirConfidence") {
    DatabaseFixture f;
    const PostId post = addPost(f.connection, samplePost());
    LayerRepository layers(f.connection);
    const LayerId run = layers.ensure("run", "run", 0);
    layers.cover(run, post);
    layers.add(run, post, {"LOC", 2, 3, 0.25});
    layers.add(run, post, {"PER", 0, 0, {}});
    const auto entities = layers.entities(run, post);
    REQUIRE(entities.size() == 2);
    CHECK(entities[0].type == "PER");
    CHECK_FALSE(entities[0].confidence);
    CHECK(entities[1].confidence == 0.25);
    CHECK(layers.ensure("run", "run", 0) == run);
}

TEST_CASE("Layers.AnEntityNeedsAPostThatItsLayerCovers") {
    DatabaseFixture f;
    const PostId post = addPost(f.connection, samplePost());
    LayerRepository layers(f.connection);
    CHECK(errorOf([&] { layers.add(kCorrectedLayer, post, {"PER", 0, 0, {}}); }) == "database-failed");
    layers.cover(kCorrectedLayer, post);
    layers.add(kCorrectedLayer, post, {"PER", 0, 0, {}});
    layers.uncover(kCorrectedLayer, post);
    CHECK(layers.entities(kCorrectedLayer, post).empty());
    CHECK_FALSE(layers.covers(kCorrectedLayer, post));
}

TEST_CASE("Layers.EachGivesCoveredPostsWithoutEntitiesToo") {
    DatabaseFixture f;
    const PostId first = addPost(f.connection, samplePost()), second = addPost(f.connection, samplePost());
    LayerRepository layers(f.connection);
    layers.cover(kCorrectedLayer, second);
    layers.cover(kCorrectedLayer, first);
    layers.add(kCorrectedLayer, second, {"PER", 0, 0, {}});
    std::vector<std::pair<PostId, std::size_t>> seen;
    layers.each(kCorrectedLayer, [&](PostId post, std::vector<Entity> e) { seen.emplace_back(post, e.size()); });
    CHECK(seen == std::vector<std::pair<PostId, std::size_t>>{{first, 0}, {second, 1}});
}

TEST_CASE("Layers.RemovingWhatIsNotThereSaysSo") {
    DatabaseFixture f;
    const PostId post = addPost(f.connection, samplePost());
    LayerRepository layers(f.connection);
    CHECK_FALSE(layers.remove(kCorrectedLayer, post, {"PER", 0, 0, {}}));
    layers.addRejection(post, {"PER", 0, 0, {}});
    CHECK(layers.rejections(post).size() == 1);
    CHECK(layers.removeRejection(post, {"PER", 0, 0, {}}));
    CHECK_FALSE(layers.removeRejection(post, {"PER", 0, 0, {}}));
}

TEST_CASE("ChangeJson.AChangeComesBackWhole") {
    const Change change = sampleChange();
    const Change back = changeFromJson(changeToJson(change));
    CHECK(changeToJson(back) == changeToJson(change));
    REQUIRE(back.posts.size() == 2);
    CHECK(back.action == "accept");
    CHECK(back.posts[0].post == PostId{12});
    CHECK(back.posts[0].added == change.posts[0].added);
    CHECK(back.posts[0].added[0].confidence == 0.625);
    CHECK(back.posts[0].rejectionsAdded == change.posts[0].rejectionsAdded);
    CHECK(back.posts[0].rejectionsRemoved == change.posts[0].rejectionsRemoved);
    CHECK(back.posts[0].verdictsAdded == change.posts[0].verdictsAdded);
    CHECK(back.posts[0].verdictsRemoved == change.posts[0].verdictsRemoved);
    CHECK(back.posts[0].decisionsAdded == change.posts[0].decisionsAdded);
    CHECK(back.posts[0].decisionsRemoved == change.posts[0].decisionsRemoved);
    CHECK(back.posts[0].boxesAdded == change.posts[0].boxesAdded);
    CHECK(back.posts[0].boxesRemoved == change.posts[0].boxesRemoved);
    CHECK(back.posts[0].linksAdded == change.posts[0].linksAdded);
    CHECK(back.posts[0].linksRemoved == change.posts[0].linksRemoved);
    CHECK(back.posts[0].statusBefore == PostStatus::Done);
    CHECK(back.posts[0].statusAfter == PostStatus::SkippedFlagged);
    CHECK(back.posts[0].reviewBefore == Review::ToReview);
    CHECK(back.posts[0].reviewAfter == Review::Returned);
    CHECK(back.posts[0].commentsRemoved == change.posts[0].commentsRemoved);
    CHECK(back.posts[0].commentsAdded == change.posts[0].commentsAdded);
    CHECK(back.posts[0].correctedBefore);
    CHECK_FALSE(back.posts[1].correctedBefore);
}

TEST_CASE("ChangeJson.BrokenTextIsAnError") {
    for (const char* text :
         {"", "{", "{}", "[]", R"({"action":"a","posts":[{}]})", R"({"action":1,"posts":[]})",
          R"({"action":"a","posts":[{"post":1,"corrected":[true,true],"status":["x","open"]}]})",
          R"({"action":"a","posts":[{"post":1,"corrected":[true,true],"verdictsAdded":[["",0,0,""]]}]})",
          R"({"action":"a","posts":[{"post":1,"corrected":[true,true],"review":["none","maybe"]}]})",
          R"({"action":"a","posts":[{"post":1,"corrected":[true,true],"commentsAdded":[[0,"a",1,"x"]]}]})",
          R"({"action":"a","posts":[{"post":1,"corrected":[true,true],"commentsAdded":[[1,"a",1]]}]})",
          R"({"action":"a","posts":[{"post":1,"corrected":[true,true],"commentsAdded":[[1,"a",1," "]]}]})"})
        CHECK(errorOf([&] { changeFromJson(text); }) == "internal");
    const auto withPart = [](const std::string& part) {
        return R"({"action":"a","posts":[{"post":1,"corrected":[true,true],)" + part + "}]}";
    };
    for (const char* part :
         {R"("boxesAdded":[[0,0,0,0,5,5,""]])", R"("boxesAdded":[[1,0,0,0,0,5,""]])",
          R"("boxesAdded":[[1,-1,0,0,5,5,""]])", R"("boxesAdded":[[1,0,2147483647,0,5,5,""]])",
          R"("boxesAdded":[[1,0,0,0,5,5,"a\nb"]])", R"("boxesRemoved":[[1,0,0,0,5,5]])",
          R"("boxesRemoved":[[1.5,0,0,0,5,5,""]])", R"("linksAdded":[["",0,0,1]])", R"("linksAdded":[["PER",1,0,1]])",
          R"("linksRemoved":[["PER",0,0,0]])", R"("linksRemoved":{"a":1})"})
        CHECK(errorOf([&] { changeFromJson(withPart(part)); }) == "internal");
    CHECK(changeFromJson(withPart(R"("boxesAdded":[[1,0,0,0,5,5,""]])")).posts[0].boxesAdded.size() == 1);
}

TEST_CASE("Journal.ABrokenRowIsACorruptProject") {
    DatabaseFixture f;
    f.connection.execute("INSERT INTO journal (written_at, kind, action, change) VALUES (0, 'do', 'label', '{')");
    CHECK(errorOf([&] { JournalRepository(f.connection).change(JournalId{1}); }) == "project-corrupt");
}

TEST_CASE("Journal.StacksAreRebuiltFromTheRows") {
    DatabaseFixture f;
    JournalRepository journal(f.connection);
    const Change change = sampleChange();
    const JournalId first = journal.add(JournalKind::Do, change, {}, 1);
    const JournalId second = journal.add(JournalKind::Do, change, {}, 2);
    journal.addNote("import", "{}", 3);
    journal.add(JournalKind::Undo, change, second, 4);
    journal.add(JournalKind::Undo, change, first, 5);
    journal.add(JournalKind::Redo, change, first, 6);
    const UndoStacks stacks = journal.stacks().at(kCorrectedLayer.value);
    CHECK(stacks.undo == std::vector<JournalId>{first});
    CHECK(stacks.redo == std::vector<JournalId>{second});
    int seen = 0;
    journal.each([&](JournalId, const Change&) { ++seen; });
    CHECK(seen == 5);
}

TEST_CASE("Settings.LabelsAndSchemeAreKept") {
    DatabaseFixture f;
    SettingRepository settings(f.connection);
    CHECK(settings.labels() == LabelSet{});
    CHECK_FALSE(settings.schemeDecided());
    settings.setTypes({"PER", "多"});
    settings.setScheme(text::TagScheme::Bmes);
    CHECK(settings.labels().types == std::vector<std::string>{"PER", "多"});
    CHECK(settings.labels().scheme == text::TagScheme::Bmes);
    settings.setTypes({});
    CHECK(settings.labels().types.empty());
}

TEST_CASE("Integrity.ASoundFileHasNoDamage") {
    DatabaseFixture f;
    addPost(f.connection, samplePost());
    CHECK(damageFound(f.connection).empty());
    CHECK(brokenReferences(f.connection).empty());
}

namespace {
Region sampleRegion() {
    Region region;
    region.image = 1;
    region.left = 10;
    region.top = 20;
    region.width = 30;
    region.height = 40;
    region.label = "多伦多";
    region.score = 0.625;
    region.origin = RegionOrigin::Detector;
    region.detector = "faces";
    region.fingerprint = "abc";
    return region;
}
}  // namespace

TEST_CASE("Regions.EveryFieldIsReadBack") {
    DatabaseFixture f;
    const PostId post = addPost(f.connection, samplePost()), other = addPost(f.connection, samplePost());
    RegionRepository regions(f.connection);
    const RegionId detected = regions.add(post, sampleRegion());
    Region human = sampleRegion();
    human.origin = RegionOrigin::Human;
    human.score.reset();
    human.detector.clear();
    human.fingerprint.clear();
    const RegionId drawn = regions.add(other, human);
    REQUIRE(regions.ofPost(post).size() == 1);
    CHECK(regions.ofPost(post)[0].sameAs(sampleRegion()));
    CHECK(regions.ofPost(post)[0].id == detected);
    std::vector<RegionId> seen;
    regions.each([&](PostId, const Region& region) { seen.push_back(region.id); });
    CHECK(seen == std::vector<RegionId>{detected, drawn});
    CHECK(regions.count() == 2);
}

TEST_CASE("Regions.ABrokenInvariantIsNotStored") {
    DatabaseFixture f;
    const PostId post = addPost(f.connection, samplePost());
    RegionRepository regions(f.connection);
    Region flat = sampleRegion();
    flat.height = 0;
    CHECK(errorOf([&] { regions.add(post, flat); }) == "internal");
    CHECK(regions.count() == 0);
}

TEST_CASE("Regions.ALinkIsKeptOnceAndGoesWithItsRegion") {
    DatabaseFixture f;
    const PostId post = addPost(f.connection, samplePost());
    RegionRepository regions(f.connection);
    const RegionLink link{{"PER", 0, 1, {}}, regions.add(post, sampleRegion())};
    regions.link(kGoldLayer, post, link);
    regions.link(kGoldLayer, post, link);
    CHECK(regions.links(kGoldLayer, post) == std::vector<RegionLink>{link});
    CHECK(regions.links(kCorrectedLayer, post).empty());
    regions.remove(link.region);
    CHECK(regions.links(kGoldLayer, post).empty());
}
