#include <catch2/catch.hpp>

#include "core/formats/voc.h"
#include "core/project/project_internal.h"
#include "core/store/layer_repository.h"
#include "core/workflow/exchange/import.h"
#include "tests/support/project_fixture.h"

// Boxes of Pascal VOC files on their way into a project.

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;

formats::BoxObject object(const std::string& name, int left, int width) {
    formats::BoxObject out;
    out.region.origin = RegionOrigin::Xml;
    out.region.label = name;
    out.region.left = left;
    out.region.width = width;
    out.region.height = 10;
    return out;
}

/// The posts of kTweets; "Kevin Durant" has two boxes, "nobody" is no entity, and 9 is a picture of no post.
struct BoxFixture : ProjectFixture {
    std::filesystem::path xml = folder / "xml";
    BoxFixture() {
        std::filesystem::create_directory(xml);
        put("1", {object("Kevin Durant", 0, 10), object("Kevin Durant", 20, 15), object("nobody", 5, 5)});
        put("9", {object("x", 0, 10)});
    }
    void put(const std::string& stem, std::vector<formats::BoxObject> objects) const {
        formats::writeVoc(xml / (stem + ".xml"), {"other_region.jpg", 100, 50, 3, std::move(objects)});
    }
    ImportOptions options(const std::string& text = kTweets) const {
        ImportOptions options;
        options.files = {write("train.txt", text)};
        options.xmlFolder = xml;
        return options;
    }
};
}  // namespace

TEST_CASE("Boxes.ComeWithThePostsWhosePictureTheFileIsNamedAfter") {
    const BoxFixture f;
    const auto project = f.create();
    const ImportReport report = importFiles(project.get(), f.options());
    CHECK(report.boxes.files == 1);
    CHECK(report.boxes.boxes == 3);
    CHECK(report.boxes.linked == 2);
    CHECK(report.boxes.unmatched == 1);
    CHECK(report.boxes.groundedEntities == 1);
    CHECK(report.boxes.unusedFiles == 1);
    CHECK(report.findings.count("box-name-unmatched") == 1);
    const PostRegions first = project->regions(postAt(*project, 0));
    REQUIRE(first.regions.size() == 3);
    CHECK(first.regions[0].width == 15);  // of equal origin, the larger is first
    REQUIRE(first.links.size() == 2);
    for (const RegionLink& link : first.links) CHECK(link.entity.sameAs({"PER", 0, 1, {}}));
    CHECK(project->regions(postAt(*project, 1)).regions.empty());
    CHECK(project->regionCount() == 3);
    CHECK(project->view(postAt(*project, 0)).regions.regions.size() == 3);
    CHECK(checkProject(*project).isEmpty());
}

TEST_CASE("Boxes.AnEntityThatOccursTwiceSharesItsBoxes") {
    const BoxFixture f;
    f.put("3", {object("Rio", 0, 10)});
    const auto project = f.create();
    const auto report = importFiles(project.get(), f.options("IMGID:3\nRio\tB-LOC\nor\tO\nRio\tB-PER\n\n"));
    CHECK(report.boxes.groundedEntities == 2);
    CHECK(project->regions(postAt(*project, 0)).links.size() == 2);
}

TEST_CASE("Boxes.NamesOfChineseEntitiesStandWithAndWithoutSpaces") {
    const BoxFixture f;
    f.put("7", {object("多伦多", 0, 10), object("多 伦 多", 20, 10)});
    const auto project = f.create();
    const auto report = importFiles(project.get(), f.options(kChinese));
    CHECK(report.boxes.linked == 2);
    CHECK(report.boxes.groundedEntities == 1);
}

TEST_CASE("Boxes.ADryRunCountsAndStoresNothing") {
    const BoxFixture f;
    const auto project = f.create();
    ImportOptions options = f.options();
    options.dryRun = true;
    CHECK(importFiles(project.get(), options).boxes.boxes == 3);
    CHECK(project->regionCount() == 0);
    CHECK(importFiles(nullptr, options).boxes.boxes == 3);
}

TEST_CASE("Boxes.CanBeGivenToPostsThatAreThere") {
    const BoxFixture f;
    const auto project = f.filled();
    ImportOptions options;
    options.xmlFolder = f.xml;
    const ImportReport report = importFiles(project.get(), options);
    CHECK(report.posts == 1);
    CHECK(report.boxes.boxes == 3);
    const auto before = project->regions(postAt(*project, 0));
    REQUIRE(before.regions.size() == 3);
    // Given once more with one box changed: what is the same keeps its id, and nothing is doubled.
    f.put("1", {object("Kevin Durant", 0, 10), object("Kevin Durant", 20, 16), object("nobody", 5, 5)});
    importFiles(project.get(), options);
    const auto after = project->regions(postAt(*project, 0));
    REQUIRE(after.regions.size() == 3);
    CHECK(after.regions[0].width == 16);
    CHECK(after.regions[1].id == before.regions[1].id);
    CHECK(after.regions[2].id == before.regions[2].id);
    CHECK(after.links.size() == 2);
}

TEST_CASE("Boxes.AFolderThatIsNotThereStopsTheImport") {
    const BoxFixture f;
    const auto project = f.create();
    ImportOptions options = f.options();
    options.xmlFolder = f.folder / "none";
    CHECK(errorOf([&] { importFiles(project.get(), options); }) == "file-missing");
    CHECK(project->posts({}).empty());
}

TEST_CASE("Boxes.ABrokenFileIsAFindingAndThePostStays") {
    const BoxFixture f;
    writeFileAtomic(f.xml / "1.xml", "<annotation><object>");
    const auto project = f.create();
    const ImportReport report = importFiles(project.get(), f.options());
    CHECK(report.posts == 2);
    CHECK(report.boxes.files == 0);
    CHECK(report.findings.count("xml-invalid") == 1);
}

TEST_CASE("Detections.ReplaceWhatTheSameDetectorFoundBefore") {
    const BoxFixture f;
    const auto project = f.create();
    importFiles(project.get(), f.options());
    const PostId post = postAt(*project, 0);
    Region face;
    face.origin = RegionOrigin::Detector;
    face.detector = "faces";
    face.fingerprint = "v1";
    face.width = face.height = 9;
    face.score = 0.5;
    project->storeDetections("faces", "{}", {{post, {face, face}}});
    CHECK(project->regionCount() == 5);
    Region other = face;
    other.detector = "yolo";
    project->storeDetections("yolo", "{}", {{post, {other}}});
    const RegionId kept = project->regions(post).regions.at(3).id;
    project->storeDetections("faces", "{}", {{post, {face}}});
    const auto now = project->regions(post).regions;
    REQUIRE(now.size() == 5);
    CHECK(now.at(3).id == kept);
    CHECK(now.at(0).origin == RegionOrigin::Xml);  // files and persons before detectors
    project->storeDetections("faces", "{}", {{post, {}}});
    CHECK(project->regionCount() == 4);
}

TEST_CASE("Boxes.TheCheckFindsRegionsAndLinksThatFitNothing") {
    const BoxFixture f;
    {
        const auto project = f.create();
        importFiles(project.get(), f.options());
    }
    store::Connection(f.projectFolder / "project.mnerva", store::Access::ReadWrite)
        .execute(
            "UPDATE regions SET image = 5 WHERE id = 1; UPDATE regions SET left = -3 WHERE id = 2;"
            "UPDATE links SET last_word = 77 WHERE region = 1");
    const auto findings = checkProject(*f.open(OpenMode::ReadOnly)).counts();
    CHECK(findings ==
          std::map<std::string, int>{{"link-outside", 1}, {"region-invalid", 1}, {"region-picture-missing", 1}});
}

TEST_CASE("Import.TakesAFolderOfUmgfWithTheCropsBelowItsPictures") {
    const BoxFixture f;
    const std::filesystem::path set = f.folder / "set";
    std::filesystem::create_directories(set / "train");
    std::filesystem::create_directories(set / "pictures" / "7");
    writeFileAtomic(set / "train" / "0_s.txt", "Kevin\tDurant");
    writeFileAtomic(set / "train" / "0_l.txt", "B-PER\tI-PER");
    writeFileAtomic(set / "train" / "0_p.txt", "7");
    writeFileAtomic(set / "pictures" / "7" / "crop_person_7.jpg", "x");
    ImportOptions options;
    options.files = {set / "train"};
    options.imageFolder = set / "pictures";
    const auto project = f.create();
    const ImportReport report = importFiles(project.get(), options);
    CHECK(report.format == "umgf");
    CHECK(report.posts == 1);
    CHECK(report.entities == 1);
    const auto posts = project->posts(Split::Train);
    REQUIRE(posts.size() == 1);
    CHECK(posts[0].images == std::vector<std::string>{"7.jpg"});
    CHECK(posts[0].crops == std::vector<std::string>{"7/crop_person_7.jpg"});
    CHECK(project->files(posts[0].id).crops.at(0).exists);
}

namespace {

const std::filesystem::path kCases = std::filesystem::path(MNERVA_SOURCE_DIR) / "tests/golden/cases";

/// A case's data set with its boxes; `size` and the box of each file may be written anew first.
struct CaseFixture : ProjectFixture {
    std::filesystem::path data = folder / "case";
    explicit CaseFixture(const std::string& name) {
        std::filesystem::copy(kCases / name, data, std::filesystem::copy_options::recursive);
    }
    void annotate(const std::string& stem, int width, int height, Region region) const {
        formats::BoxObject one;
        one.region = std::move(region);
        one.region.origin = RegionOrigin::Xml;
        one.region.label = "Mira";
        formats::writeVoc(data / "boxes" / (stem + ".xml"), {stem + ".jpg", width, height, 3, {one}});
    }
    ImportReport importAll(Project& project) const {
        ImportOptions options;
        options.files = {data / "train.txt"};
        options.xmlFolder = data / "boxes";
        return importFiles(&project, options);
    }
    static Region boxOf(const Project& project, const std::string& id) {
        for (const Post& post : project.posts(std::nullopt))
            if (post.externalId == id) {
                const PostRegions regions = project.regions(post.id);
                REQUIRE(regions.regions.size() == 1);
                return regions.regions.front();
            }
        FAIL("no post " << id);
        return {};
    }
};

bool isAbout(const Region& region, int left, int top, int right, int bottom) {
    const auto near = [](int a, int b) { return std::abs(a - b) <= 1; };
    return near(region.left, left) && near(region.top, top) && near(region.right(), right) &&
           near(region.bottom(), bottom);
}

}  // namespace

TEST_CASE("Boxes.OfTurnedPicturesAreStoredUpright") {
    const CaseFixture f("orientation");
    const auto project = f.create();
    const ImportReport report = f.importAll(*project);
    for (const char* id : {"o1", "o2", "o3", "o6", "o8"}) {
        INFO(id);
        const Region box = CaseFixture::boxOf(*project, id);
        CHECK(isAbout(box, 60, 0, 300, 80));
    }
    // Where no side is swapped, the file cannot tell.
    CHECK(report.findings.count("box-orientation-assumed") == 2);
}

TEST_CASE("Boxes.OfUprightPixelsAreLeftAsTheyAre") {
    const CaseFixture f("orientation");
    Region upright;
    upright.left = 60;
    upright.top = 0;
    upright.width = 240;
    upright.height = 80;
    f.annotate("o6", 300, 400, upright);
    f.annotate("o8", 0, 0, upright);  // says nothing: stored pixels, and that is told
    const auto project = f.create();
    const ImportReport report = f.importAll(*project);
    CHECK(isAbout(CaseFixture::boxOf(*project, "o6"), 60, 0, 300, 80));
    CHECK(isAbout(CaseFixture::boxOf(*project, "o8"), 0, 100, 80, 340));
    CHECK(report.findings.count("box-orientation-assumed") == 3);
}

TEST_CASE("Boxes.AreCutAtTheRealPictureAndALyingSizeIsTold") {
    const CaseFixture f("boxes-too-large");
    const auto project = f.create();
    const ImportReport report = f.importAll(*project);
    CHECK(report.findings.count("xml-size-differs") == 1);
    CHECK(report.findings.count("box-clipped") == 2);
    CHECK(isAbout(CaseFixture::boxOf(*project, "s000"), 0, 0, 320, 240));
    CHECK(isAbout(CaseFixture::boxOf(*project, "s001"), 10, 10, 320, 240));
}

TEST_CASE("Boxes.GivenToPostsThatAreThereAreUprightToo") {
    const CaseFixture f("orientation");
    const auto project = f.create();
    ImportOptions options;
    options.files = {f.data / "train.txt"};
    importFiles(project.get(), options);
    options.files.clear();
    options.xmlFolder = f.data / "boxes";
    importFiles(project.get(), options);
    CHECK(isAbout(CaseFixture::boxOf(*project, "o6"), 60, 0, 300, 80));
}

TEST_CASE("Import.ACropThatIsMissingOrLargerThanItsPictureIsTold") {
    const CaseFixture f("boxes-too-large");
    const auto project = f.create();
    ImportOptions options;
    options.files = {f.data / "train.txt", f.data / "valid.txt", f.data / "test.txt"};
    options.cropFile = f.data / "aux.json";
    options.cropFolder = f.data / "crops";
    const ImportReport report = importFiles(project.get(), options);
    CHECK(report.findings.count("crop-too-large") == 1);
    CHECK(report.findings.count("crop-missing") == 1);
}

TEST_CASE("Import.PicturesAreSoughtByEveryExtension") {
    const CaseFixture f("picture-kinds");
    const auto project = f.create();
    ImportOptions options;
    options.files = {f.data / "train.txt"};
    const ImportReport report = importFiles(project.get(), options);
    // e3, e4, e6, e10, e12, e14 and e15 have none.
    CHECK(report.findings.count("missing-image") == 7);
    CHECK(report.missingImages == 7);
    for (const Post& post : project->posts(std::nullopt))
        for (const char* id : {"e7", "e8", "e9"})
            if (post.externalId == id) CHECK(project->files(post.id).images.at(0).exists);
}

TEST_CASE("Boxes.TheGmnerDataHasTheCountsOfItsTable") {
    const auto archive = mnerva::test::realData("twitter10000/twitter10000-v2.tar.gz");
    if (!archive) return;
    const BoxFixture f;
    const auto unpacked =
        mnerva::test::runProgram("/usr/bin/tar", {"xzf", archive->string(), "-C", f.folder.path().string()});
    REQUIRE(unpacked.status == 0);
    const std::filesystem::path set = f.folder / "Twitter10000_v2.0";
    struct Row {
        std::string file;
        int posts, entities, files, boxes, grounded;
    };
    // models.md 1.8, v2.0; the boxes of each split were counted by a script of its own and sum to the table's 8058.
    const std::vector<Row> rows{{"train", 7000, 11779, 3925, 5652, 4733},
                                {"dev", 1500, 2450, 832, 1164, 991},
                                {"test", 1500, 2543, 855, 1242, 1046}};
    const auto project = f.create();
    int boxes = 0;
    for (const Row& row : rows) {
        ImportOptions options;
        options.files = {set / "txt" / (row.file + ".txt")};
        options.xmlFolder = set / "xml";
        const ImportReport report = importFiles(project.get(), options);
        INFO(row.file);
        CHECK(report.posts == row.posts);
        CHECK(report.entities == row.entities);
        CHECK(report.boxes.files == row.files);
        CHECK(report.boxes.boxes == row.boxes);
        CHECK(report.boxes.groundedEntities == row.grounded);
        CHECK(report.boxes.unmatched == 0);
        for (const std::string code : {"box-clipped", "box-outside", "box-degenerate", "box-invalid", "xml-invalid"})
            CHECK(report.findings.count(code) == 0);
        boxes += report.boxes.boxes;
    }
    CHECK(boxes == 8058);
    CHECK(project->regionCount() == 8058);
}
