#include "core/project/box_editing.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "core/project/box_proposal.h"
#include "core/project/entity_boxes.h"
#include "core/project/project_internal.h"
#include "core/project/repair.h"
#include "tests/support/project_fixture.h"
#include "tests/support/raw_database.h"

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;

const PictureSize kSize{300, 200};
const Entity kDurant{"PER", 0, 1, {}};

std::string refusalOf(const Edit& edit) {
    const auto* refusal = std::get_if<Refusal>(&edit);
    return refusal ? refusal->code : "";
}
/// A picture in the first post, so that boxes have one.
struct Boxes : ProjectFixture {
    std::unique_ptr<Project> project;
    PostId post;
    Boxes() {
        project = create();
        Post with;
        with.externalId = "1";
        with.words = {"Kevin", "Durant", "flies", "to", "Toronto"};
        with.sourceTags = {"B-PER", "I-PER", "O", "O", "B-LOC"};
        with.images = {"1.jpg", "2.jpg"};
        auto appender = project->append("test.txt", {}, {});
        post = appender->add(with);
        Region file;
        file.origin = RegionOrigin::Xml;
        file.left = 100;
        file.width = 50;
        file.height = 40;
        file.label = "Toronto";
        appender->addRegions(post, {{file}, {{{"LOC", 4, 4, {}}, RegionId{1}}}});
        appender->commit();
    }
    PostState state(const std::string& layer = {}) const { return project->view(post, {}, layer).state; }
    PostRegions seen(const std::string& layer = {}) const { return project->view(post, {}, layer).regions; }
    void apply(const Edit& edit, const std::string& layer = {}) {
        Change change = std::get<Change>(edit);
        change.layer = layer;
        project->apply(change);
    }
    RegionId draw(double left, std::optional<Entity> entity = {}) {
        const RegionId id = newRegionId();
        apply(drawBox(state(), {0, left, 20, left + 30, 60}, kSize, "box", id, entity));
        return id;
    }
};
}  // namespace

TEST_CASE("Boxes.AreCutAtTheEdgesAndEmptyOnesAreRefused") {
    const Boxes f;
    const RegionId id = newRegionId();
    const Change change = changeOf(drawBox(f.state(), {0, 280, 250, -40, -3}, kSize, "", id));
    const Region box = change.posts.at(0).boxesAdded.at(0);
    CHECK(box.left == 0);
    CHECK(box.top == 0);
    CHECK(box.width == 280);
    CHECK(box.height == 200);
    for (const BoxPlace& empty : {BoxPlace{0, 10, 10, 10, 50}, BoxPlace{0, 10, 10, 10.3, 50},
                                  BoxPlace{0, 300, 0, 350, 9}, BoxPlace{0, -50, -50, 0, 0}})
        CHECK(refusalOf(drawBox(f.state(), empty, kSize, "", id)) == "box-empty");
    CHECK(refusalOf(drawBox(f.state(), {0, 1, 1, 9, 9}, {0, 0}, "", id)) == "box-empty");
    CHECK(refusalOf(drawBox(f.state(), {0, 1, 1, 9, 9}, kSize, "a\nb", id)) == "box-name");
    CHECK(refusalOf(drawBox(f.state(), {0, 1, 1, 9, 9}, kSize, std::string(201, 'a'), id)) == "box-name");
    CHECK(refusalOf(drawBox(f.state(), {0, 1, 1, 9, 9}, kSize, "", id, Entity{"LOC", 0, 1, {}})) == "nothing-here");
}

TEST_CASE("Boxes.AreDrawnMovedNamedAndDeletedAndEachIsTakenBack") {
    Boxes f;
    const RegionId id = f.draw(10, kDurant);
    f.apply(placeBox(f.state(), id, {0, 50, 20, 80, 60}, kSize));
    f.apply(placeBox(f.state(), id, {0, 50, 20, 120, 90}, kSize));
    f.apply(nameBox(f.state(), id, "凯文"));
    CHECK(f.state().boxes.at(0).label == "凯文");
    CHECK(f.state().links == std::vector<RegionLink>{{kDurant, id}});
    f.apply(removeBox(f.state(), id));
    CHECK(f.state().boxes.empty());
    CHECK(f.state().links.empty());
    CHECK_FALSE(f.state().corrected);  // its entities are gold's still
    CHECK(f.project->undo().applied.action == "delete-box");
    CHECK(f.state().boxes.at(0).id == id);
    CHECK(f.state().links == std::vector<RegionLink>{{kDurant, id}});
    f.project->undo();
    f.project->undo();
    CHECK(f.state().boxes.at(0).width == 30);
    CHECK(f.state().boxes.at(0).left == 50);
    f.project->undo();
    f.project->undo();
    CHECK(f.state().boxes.empty());
    for (int i = 0; i < 5; ++i) f.project->redo();
    CHECK(f.state().boxes.empty());
    CHECK(checkProject(*f.project).isEmpty());
}

TEST_CASE("Boxes.OfFilesAndDetectorsStayAndAreCopiedToBeLinked") {
    Boxes f;
    const Region file = f.seen().regions.at(0);
    CHECK(refusalOf(placeBox(f.state(), file.id, {0, 1, 1, 9, 9}, kSize)) == "box-found");
    CHECK(refusalOf(nameBox(f.state(), file.id, "x")) == "box-found");
    CHECK(refusalOf(removeBox(f.state(), file.id)) == "box-found");
    const Entity toronto{"LOC", 4, 4, {}};
    CHECK(refusalOf(unlinkBox(f.state(), toronto, file.id)) == "link-of-gold");
    f.apply(linkBox(f.state(), kDurant, file, newRegionId()));
    REQUIRE(f.state().boxes.size() == 1);
    CHECK(f.state().boxes[0].left == 100);
    CHECK(refusalOf(linkBox(f.state(), kDurant, f.state().boxes[0], newRegionId())) == "box-linked");
    f.apply(unlinkBox(f.state(), kDurant, f.state().boxes[0].id));
    CHECK(f.state().links.empty());
    CHECK(f.state().boxes.size() == 1);
    CHECK(checkProject(*f.project).isEmpty());
}

TEST_CASE("Boxes.ADetectorOrFilesReadAnewLoseNoneThatAPersonDrew") {
    Boxes f;
    Region face;
    face.width = face.height = 20;
    face.origin = RegionOrigin::Detector;
    face.detector = "faces";
    f.project->storeDetections("faces", "{}", {{f.post, {face}}});
    f.apply(linkBox(f.state(), kDurant, f.seen().regions.back(), newRegionId()));
    const PostState before = f.state();
    REQUIRE(before.boxes.size() == 1);
    f.project->storeDetections("faces", "{}", {{f.post, {}}});
    f.project->storeFileRegions("boxes", {{f.post, {}}});
    CHECK(f.state().boxes == before.boxes);
    CHECK(f.state().links == before.links);
    CHECK(f.seen().regions.size() == 1);
    f.project->undo();
    f.project->storeDetections("faces", "{}", {{f.post, {face}}});  // takes no id of a box that may come back
    f.project->redo();
    CHECK(f.state().boxes == before.boxes);
    CHECK(checkProject(*f.project).isEmpty());
}

TEST_CASE("Boxes.ADeletedEntityTakesItsLinkAlongAndUndoBringsBothBack") {
    Boxes f;
    const RegionId id = f.draw(10, kDurant);
    f.apply(removeEntity(f.state(), kDurant));
    CHECK(f.state().links.empty());
    f.project->undo();
    CHECK(f.state().links == std::vector<RegionLink>{{kDurant, id}});
    f.apply(labelSpan(f.state(), 0, 1, "LOC"));
    CHECK(f.state().links == std::vector<RegionLink>{{{"LOC", 0, 1, {}}, id}});
    f.apply(resizeEntity(f.state(), {"LOC", 0, 1, {}}, 0, 2));
    CHECK(f.state().links == std::vector<RegionLink>{{{"LOC", 0, 2, {}}, id}});
    f.project->undo();
    f.project->undo();
    CHECK(f.state().links == std::vector<RegionLink>{{kDurant, id}});
    // Gold's link has no words of its own any more: a box in its place follows, and undo takes it away again.
    f.apply(resizeEntity(f.state(), {"LOC", 4, 4, {}}, 3, 4));
    REQUIRE(f.state().boxes.size() == 2);
    CHECK(f.seen().links.size() == 2);
    f.project->undo();
    CHECK(f.state().boxes.size() == 1);
    CHECK(f.seen().links.size() == 2);
    CHECK(checkProject(*f.project).isEmpty());
}

TEST_CASE("Boxes.AStepOverManyPostsSaysWhatItWrote") {
    Boxes f;
    f.draw(10, kDurant);
    const Change change = changeOf(removeEntity(f.state(), kDurant));
    const Saved saved = f.project->apply(change);
    REQUIRE(saved.written);
    CHECK(saved.written->posts.at(0).linksRemoved.size() == 1);
    CHECK_FALSE(f.project->apply(changeOf(labelSpan(f.state(), 2, 2, "PER"))).written);
}

TEST_CASE("Boxes.EachLayerHasItsOwnAndAnotherOnesAreNotSeen") {
    Boxes f;
    f.project->addAnnotator("anna", true);
    const RegionId mine = f.draw(10, kDurant);
    CHECK(f.state("anna").boxes.empty());
    CHECK(f.seen("anna").regions.size() == 1);  // that of the file
    CHECK(f.seen("anna").links.empty());
    const RegionId hers = newRegionId();
    f.apply(labelSpan(f.state("anna"), 0, 1, "PER"), "anna");
    f.apply(drawBox(f.state("anna"), {0, 1, 1, 9, 9}, kSize, "", hers, kDurant), "anna");
    CHECK(f.seen("anna").links == std::vector<RegionLink>{{kDurant, hers}});
    CHECK(f.state().boxes.at(0).id == mine);
    CHECK(f.state().boxes.size() == 1);
    f.project->undo("anna");
    CHECK(f.state("anna").boxes.empty());
    CHECK(f.state().boxes.size() == 1);
    CHECK(checkProject(*f.project).isEmpty());
}

TEST_CASE("Boxes.TheCorrectedLayerSaysWhereItsEntitiesAreAndGoldTheRest") {
    Boxes f;
    f.draw(10, kDurant);
    auto boxes = entityBoxesOf(*f.project, "corrected");
    REQUIRE(boxes);
    CHECK((*boxes)[f.post] == std::vector<EntityBox>{{0, 1, 10, 20, 30, 40}, {4, 4, 100, 0, 50, 40}});
    const Entity toronto{"LOC", 4, 4, {}};
    f.apply(drawBox(f.state(), {0, 0, 0, 40, 40}, kSize, "", newRegionId(), toronto));
    boxes = entityBoxesOf(*f.project, "corrected");
    std::vector<EntityBox>& drawn = (*boxes)[f.post];  // in the order of ids, which are drawn at random
    std::sort(drawn.begin(), drawn.end(), [](const EntityBox& x, const EntityBox& y) { return x.first < y.first; });
    CHECK((*boxes)[f.post] == std::vector<EntityBox>{{0, 1, 10, 20, 30, 40}, {4, 4, 0, 0, 40, 40}});
    CHECK((*entityBoxesOf(*f.project, "gold"))[f.post] == std::vector<EntityBox>{{4, 4, 100, 0, 50, 40}});
}

TEST_CASE("Boxes.AnExportSaysThatDrawnBoxesAreLeftOut") {
    ProjectFixture f;
    const auto project = f.filled();
    Region box;
    Change change{"draw-box", {}};
    PostChange& part = change.posts.emplace_back();
    part.post = postAt(*project, 0);
    part.correctedAfter = false;
    box.id = newRegionId();
    box.width = box.height = 5;
    part.boxesAdded = {box};
    project->apply(change);
    ExportOptions options;
    options.target = f.folder / "out.txt";
    options.layer = "corrected";
    CHECK(previewExport(*project, options).findings.count("boxes-not-kept") == 1);
}

TEST_CASE("Boxes.AStepMadeFromAnOldStateIsRefusedWhole") {
    Boxes f;
    const RegionId id = f.draw(10, kDurant);
    const PostState old = f.state();
    f.apply(placeBox(f.state(), id, {0, 50, 20, 80, 60}, kSize));
    for (const Edit& edit : {removeBox(old, id), nameBox(old, id, "x")})
        CHECK(errorOf([&] { f.apply(edit); }) == "conflicting-change");
    const Edit link = linkBox(old, {"LOC", 4, 4, {}}, old.boxes.at(0), newRegionId());
    f.apply(removeBox(f.state(), id));
    CHECK(errorOf([&] { f.apply(link); }) == "conflicting-change");
    CHECK(checkProject(*f.project).isEmpty());
}

TEST_CASE("Boxes.AStrangersRowsAreCheckedAndTheDifferenceIsToldAndRepaired") {
    Boxes f;
    const RegionId id = f.draw(10, kDurant);
    f.project.reset();
    {
        const auto file = f.projectFolder / "project.mnerva";
        runSql(file, "DELETE FROM links");
        runSql(file, "UPDATE regions SET left = 77 WHERE origin = 'human'");
        runSql(file,
               "INSERT INTO regions (id, post, image, left, top, width, height, origin) VALUES (7, 1, 0, 1, 1, 5, 5, "
               "'human')");
    }
    f.project = f.open();
    CHECK(checkProject(*f.project).count("boxes-differ") == 1);
    CHECK(f.seen().regions.size() == 3);
    f.project.reset();
    repair(f.projectFolder, f.projectFolder / "repaired.mnerva", "test");
    std::filesystem::rename(f.projectFolder / "repaired.mnerva", f.projectFolder / "project.mnerva");
    f.project = f.open();
    CHECK(checkProject(*f.project).isEmpty());
    REQUIRE(f.state().boxes.size() == 1);
    CHECK(f.state().boxes[0].id == id);
    CHECK(f.state().boxes[0].left == 10);
    CHECK(f.state().links.size() == 1);
}

TEST_CASE("Boxes.AHistoryWithGapsKeepsWhatIsStored") {
    Boxes f;
    const RegionId id = f.draw(10, kDurant);
    f.draw(100);
    f.project.reset();
    {
        const auto file = f.projectFolder / "project.mnerva";
        runSql(file, "UPDATE journal SET change = '{' WHERE kind = 'do' AND id = (SELECT max(id) FROM journal)");
    }
    repair(f.projectFolder, f.projectFolder / "repaired.mnerva", "test");
    std::filesystem::rename(f.projectFolder / "repaired.mnerva", f.projectFolder / "project.mnerva");
    f.project = f.open();
    CHECK(f.state().boxes.size() == 2);
    CHECK(f.state().links == std::vector<RegionLink>{{kDurant, id}});
    CHECK(checkProject(*f.project).isEmpty());
}

TEST_CASE("BoxProposal.ADarkPatchBecomesItsBoxAndAnEvenMapNone") {
    std::vector<float> cells(49, 0.01F);
    cells[2 * 7 + 3] = 0.3F;
    cells[2 * 7 + 4] = 0.2F;
    cells[6 * 7 + 6] = 0.25F;            // hot too, but elsewhere
    const PictureSize square{224, 224};  // seen without its rim: cells of 28 pixels from 14 on
    const auto place = placeOfHeat(cells, 0, square);
    REQUIRE(place);
    CHECK(place->left == Approx(14 + 3 * 28).margin(1));
    CHECK(place->right == Approx(14 + 5 * 28).margin(1));
    CHECK(place->top == Approx(14 + 2 * 28).margin(1));
    CHECK(place->bottom == Approx(14 + 3 * 28).margin(1));
    CHECK_FALSE(placeOfHeat(std::vector<float>(49, 0.02F), 0, square));
    CHECK_FALSE(placeOfHeat(std::vector<float>(10, 1), 0, square));
    CHECK_FALSE(placeOfHeat(std::vector<float>(49, 0), 0, square));
    CHECK_FALSE(placeOfHeat(cells, 0, {0, 0}));
}

TEST_CASE("BoxProposal.KeysMoveByCellsAndStopAtTheEdges") {
    const PictureSize square{224, 224};  // seen without its rim: cells of 28 pixels from 14 on
    const BoxPlace middle = placeOfMiddle(1, square);
    CHECK(middle.image == 1);
    CHECK(middle.width() == Approx(84));
    const BoxPlace moved = movedByCells(middle, 1, -1, square);
    CHECK(moved.left == Approx(middle.left + 28));
    CHECK(moved.top == Approx(middle.top - 28));
    const BoxPlace far = movedByCells(middle, 9, 9, square);
    CHECK(far.right == Approx(224));
    CHECK(far.width() == Approx(84));
    CHECK(sizedByCells(middle, 1, 0, square).right == Approx(middle.right + 28));
    CHECK(sizedByCells(middle, 9, 0, square).right == Approx(224));
    const BoxPlace least = sizedByCells(middle, -9, -9, square);
    CHECK(least.width() == Approx(14));
    CHECK(sizedByCells(least, -1, -1, square) == least);
    const PictureSize thin{900, 3};  // odd, and no reason to fall over
    CHECK(placeOfMiddle(0, thin).height() <= 3);
    CHECK(movedByCells(placeOfMiddle(0, thin), 1, 1, thin).bottom <= 3.001);
}

TEST_CASE("BoxProposal.OfFoundBoxesTheNamedOneThenTheBestThatIsFree") {
    PostRegions regions;
    for (const char* name : {"person", "dog", "Kevin"}) {
        Region region;
        region.id = RegionId{static_cast<std::int64_t>(regions.regions.size()) + 1};
        region.left = 10 * static_cast<int>(region.id.value);
        region.width = region.height = 5;
        region.origin = RegionOrigin::Xml;
        region.label = name;
        regions.regions.push_back(region);
    }
    CHECK(placeOfFound(regions, 0, "Kevin")->left == 30);
    CHECK(placeOfFound(regions, 0, "Mira")->left == 10);
    regions.links = {{kDurant, RegionId{1}}};
    CHECK(placeOfFound(regions, 0, "Mira")->left == 20);
    CHECK_FALSE(placeOfFound(regions, 1, "Mira"));
}
