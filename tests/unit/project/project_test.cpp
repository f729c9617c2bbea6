#include "core/project/project.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/project_fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;
namespace fs = std::filesystem;
}  // namespace

TEST_CASE("Project.CreateRefusesAFolderThatIsOneAlready") {
    const ProjectFixture f;
    f.create();
    CHECK(errorOf([&] { f.create(); }) == "project-exists");
    CHECK_NOTHROW(f.open());
}

TEST_CASE("Project.OpenSaysWhatIsNoProject") {
    const ProjectFixture f;
    CHECK(errorOf([&] { f.open(); }) == "project-missing");
    CHECK(errorOf([&] { f.open(OpenMode::ReadOnly); }) == "project-missing");
    CHECK_FALSE(fs::exists(f.projectFolder));
}

TEST_CASE("Project.OpensByTheDatabaseFileTooAndWithATrailingSlash") {
    const ProjectFixture f;
    f.create();
    CHECK(Project::open(f.projectFolder / "project.mnerva", OpenMode::ReadOnly, "test")->folder() == f.projectFolder);
    CHECK(Project::open(f.projectFolder.string() + "/", OpenMode::ReadOnly, "test")->info().name == "project");
}

TEST_CASE("Project.KeepsGivenLabelsInTheirOrderAndTheScheme") {
    const ProjectFixture f;
    NewProject options;
    options.labels.types = {"LOC", "PER", "OTHER"};
    options.labels.scheme = text::TagScheme::Bioes;
    options.schemeGiven = true;
    f.create(options);
    const LabelSet labels = f.open()->labels();
    CHECK(labels.types == std::vector<std::string>{"LOC", "PER", "MISC"});
    CHECK(labels.scheme == text::TagScheme::Bioes);
}

TEST_CASE("Project.RefusesOddLabelsAndLeavesNothingBehind") {
    const ProjectFixture f;
    for (const std::vector<std::string>& types :
         {std::vector<std::string>{"PER", "PER"}, {""}, {"A B"}, {"A,B"}, {"A\tB"}, {"MISC", "OTHER"}}) {
        NewProject options;
        options.labels.types = types;
        CHECK(errorOf([&] { f.create(options); }) == "option-invalid");
    }
    CHECK_FALSE(fs::exists(f.projectFolder));
}

TEST_CASE("Project.CreateUnderAFileSaysThatItCannotBeWritten") {
    const ProjectFixture f;
    f.write("file", "x");
    CHECK(errorOf([&] { Project::create(f.folder / "file" / "project", {}, "test"); }) == "file-unwritable");
}

TEST_CASE("Project.ADamagedFileIsNamedAsSuch") {
    const ProjectFixture f;
    fs::create_directories(f.projectFolder);
    writeFileAtomic(f.projectFolder / "project.mnerva", std::string(8192, 'x'));
    CHECK(errorOf([&] { f.open(); }) == "project-corrupt");
    CHECK(errorOf([&] { f.open(OpenMode::ReadOnly); }) == "project-corrupt");
    CHECK(errorOf([&] { Project::openOrReadOnly(f.projectFolder, "test"); }) == "project-corrupt");
}

TEST_CASE("Project.ATruncatedFileIsNamedAsDamagedOrReportedByCheck") {
    const ProjectFixture f;
    f.filled();
    fs::resize_file(f.projectFolder / "project.mnerva", 4096);
    const std::string code = errorOf([&] {
        const auto project = f.open(OpenMode::ReadOnly);
        if (!checkProject(*project).isEmpty()) throw Error(ErrorCode::ProjectCorrupt);
    });
    CHECK(code == "project-corrupt");
}

TEST_CASE("Project.AnEmptyDatabaseFileBecomesAProject") {
    const ProjectFixture f;
    fs::create_directories(f.projectFolder);
    std::ofstream(f.projectFolder / "project.mnerva").close();
    CHECK(errorOf([&] { f.open(OpenMode::ReadOnly); }) == "project-corrupt");
    CHECK(f.open()->info().postsOfSplit.empty());
}

TEST_CASE("Project.AReaderRefusesEveryWrite") {
    const ProjectFixture f;
    const auto writer = f.filled();
    const auto reader = writer->openReader();
    const Change change = changeOf(labelSpan(stateAt(*reader, 0), 2, 2, "PER"));
    CHECK(reader->isReadOnly());
    CHECK(errorOf([&] { reader->apply(change); }) == "project-read-only");
    CHECK(errorOf([&] { reader->undo(); }) == "project-read-only");
    CHECK(errorOf([&] { reader->setSetting("a", "b"); }) == "project-read-only");
    CHECK(errorOf([&] { reader->setLabels({}); }) == "project-read-only");
    CHECK(errorOf([&] { reader->storePredictions("run", {}); }) == "project-read-only");
    CHECK(errorOf([&] { f.import(*reader, kChinese, "valid.txt"); }) == "project-read-only");
}

TEST_CASE("Project.AReaderSeesWhatTheWriterCommitted") {
    const ProjectFixture f;
    const auto writer = f.filled();
    const auto reader = writer->openReader();
    const auto before = reader->dataVersion();
    label(*writer, 0, 2, 2, "MISC");
    CHECK(reader->dataVersion() != before);
    CHECK(stateAt(*reader, 0).entities.size() == 3);
}

TEST_CASE("Project.AHeldSnapshotStaysWhileTheWriterGoesOn") {
    const ProjectFixture f;
    const auto writer = f.filled();
    const auto reader = writer->openReader();
    {
        const auto snapshot = reader->holdSnapshot();
        label(*writer, 0, 2, 2, "MISC");
        CHECK(stateAt(*reader, 0).entities.size() == 2);
    }
    CHECK(stateAt(*reader, 0).entities.size() == 3);
}

TEST_CASE("Project.SettingsAreKept") {
    const ProjectFixture f;
    f.create()->setSetting("window/layout", "a\nb");
    const auto project = f.open();
    CHECK(project->setting("window/layout") == "a\nb");
    CHECK(project->setting("nothing", "fallback") == "fallback");
}

TEST_CASE("Project.SummariesComeByPagesInProjectOrder") {
    const ProjectFixture f;
    const auto project = f.filled();
    const auto first = project->summaries({}, 1);
    REQUIRE(first.size() == 1);
    CHECK(first[0].externalId == "1");
    CHECK(first[0].preview == "Kevin Durant flies to Toronto");
    CHECK(first[0].entityCount == 2);
    const auto second = project->summaries(first[0].id, 10);
    REQUIRE(second.size() == 1);
    CHECK(second[0].externalId == "2");
    CHECK(project->summaries(second[0].id, 10).empty());
}

TEST_CASE("Project.APreviewIsCutAtAHundredCodePointsAndSaysSo") {
    const ProjectFixture f;
    std::string text = "IMGID:9\n";
    for (int i = 0; i < 101; ++i) text += "多\tO\n";
    const auto project = f.filled(text + "\n");
    std::string expected;
    for (int i = 0; i < 100; ++i) expected += "多";
    CHECK(project->summaries({}, 1)[0].preview == expected + "…");
}

TEST_CASE("Project.SummariesCountWhatAPersonSees") {
    const ProjectFixture f;
    const auto project = f.filled();
    label(*project, 0, 2, 2, "MISC");
    const auto rows = project->summaries({}, 10);
    CHECK(rows[0].entityCount == 3);
    CHECK(rows[0].corrected);
    CHECK_FALSE(rows[1].corrected);
}

TEST_CASE("Project.GoldGivesTheSourceTagsToTheLetter") {
    const ProjectFixture f;
    const auto project = f.filled();
    const auto tags = project->tags("gold", std::nullopt);
    REQUIRE(tags.size() == 2);
    CHECK(tags[1] == std::vector<std::string>{"I-ORG", "I-ORG", "I-ORG", "O", "B-OTHER"});
    CHECK(project->entities("gold", Split::Train)[1] == std::vector<Entity>{{"ORG", 0, 2, {}}, {"MISC", 4, 4, {}}});
}

TEST_CASE("Project.ACorrectedPostKeepsItsGoldLayer") {
    const ProjectFixture f;
    const auto project = f.filled();
    const auto gold = project->view(postAt(*project, 0)).gold;
    project->apply(changeOf(removeEntity(stateAt(*project, 0), gold.at(0))));
    CHECK(project->view(postAt(*project, 0)).gold == gold);
    CHECK(project->entities("gold", std::nullopt)[0] == gold);
    CHECK(project->entities("corrected", std::nullopt)[0] == std::vector<Entity>{{"LOC", 4, 4, {}}});
}

TEST_CASE("Project.AnUnknownLayerIsRefusedWithTheKnownOnes") {
    const ProjectFixture f;
    const auto project = f.filled();
    try {
        project->entities("mpcfn", std::nullopt);
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::LayerUnknown);
        CHECK(error.args() == std::vector<std::string>{"mpcfn", "gold, corrected"});
    }
}

TEST_CASE("Project.PredictionsBecomeALayerAndReplaceOlderOnes") {
    const ProjectFixture f;
    const auto project = f.filled();
    project->storePredictions("run", {{postAt(*project, 0), {{"PER", 0, 1, 0.9}}}, {postAt(*project, 1), {}}});
    project->storePredictions("run", {{postAt(*project, 0), {{"ORG", 0, 0, 0.5}, {"LOC", 4, 4, 0.7}}}});
    const auto layers = project->layers();
    REQUIRE(layers.size() == 3);
    CHECK(layers[2].name == "run");
    CHECK(layers[2].kind == LayerKind::Run);
    CHECK(layers[2].posts == 1);
    CHECK(layers[2].entities == 2);
    CHECK(project->entities("run", std::nullopt)[0].at(0).confidence == 0.5);
}

TEST_CASE("Project.PredictionsOutsideAPostAreRefusedWhole") {
    const ProjectFixture f;
    const auto project = f.filled();
    CHECK(errorOf([&] {
              project->storePredictions("run", {{postAt(*project, 0), {{"PER", 4, 5, {}}}}});
          }) == "span-invalid");
    CHECK(project->layers().size() == 2);
}

TEST_CASE("Project.ARunCannotTakeTheNameOfGold") {
    const ProjectFixture f;
    const auto project = f.filled();
    for (const char* name : {"gold", "corrected", "Gold", "", "../../x", "a\x1b[2Jb"})
        CHECK(errorOf([&] { project->storePredictions(name, {}); }) == "run-name-invalid");
}

TEST_CASE("Project.ARunThatWasNotPredictedIsToldFromALayerThatNeverWas") {
    const ProjectFixture f;
    const auto project = f.filled();
    std::filesystem::create_directories(project->folder() / "runs" / "mine");
    writeFileAtomic(project->folder() / "runs" / "mine" / "run.json", "{}");
    CHECK(errorOf([&] { project->tags("mine", {}); }) == "layer-not-stored");
    CHECK(errorOf([&] { project->tags("other", {}); }) == "layer-unknown");
    CHECK(errorOf([&] { project->tags("../runs/mine", {}); }) == "layer-unknown");
}

TEST_CASE("Project.SuggestionsAreWhatIsNeitherThereNorRejected") {
    const ProjectFixture f;
    const auto project = f.filled();
    const PostId post = postAt(*project, 0);
    project->storePredictions("run", {{post, {{"PER", 0, 1, 0.9}, {"MISC", 2, 2, 0.4}, {"ORG", 3, 3, 0.3}}}});
    PostView view = project->view(post, "run");
    CHECK(view.state.suggestions == std::vector<Entity>{{"MISC", 2, 2, {}}, {"ORG", 3, 3, {}}});
    project->apply(changeOf(rejectSuggestion(view.state, view.state.suggestions[1])));
    view = project->view(post, "run");
    CHECK(view.state.suggestions == std::vector<Entity>{{"MISC", 2, 2, {}}});
    project->apply(changeOf(acceptSuggestion(view.state, view.state.suggestions[0])));
    CHECK(project->view(post, "run").state.suggestions.empty());
    project->undo();
    project->undo();
    CHECK(project->view(post, "run").state.suggestions.size() == 2);
}

TEST_CASE("Project.LabelsInUseCannotBeRemoved") {
    const ProjectFixture f;
    const auto project = f.filled();
    LabelSet labels = project->labels();
    CHECK(labels.types == std::vector<std::string>{"PER", "LOC", "ORG", "MISC"});
    labels.add("GPE");
    project->setLabels(labels);
    label(*project, 0, 2, 2, "GPE");
    labels.types = {"PER", "LOC", "ORG", "MISC"};
    CHECK(errorOf([&] { project->setLabels(labels); }) == "label-in-use");
    labels.types = {"LOC", "ORG", "GPE", "MISC"};
    CHECK(errorOf([&] { project->setLabels(labels); }) == "label-in-use");
    project->undo();
    labels.types = {"MISC", "ORG", "LOC", "PER"};
    project->setLabels(labels);
    CHECK(project->labels().types == labels.types);
}

TEST_CASE("Project.ANewLabelMayNotLookLikeAnother") {
    const ProjectFixture f;
    const auto project = f.filled();
    LabelSet labels = project->labels();
    for (const char* twin : {"per", "PER\u200B", "\uFF30\uFF25\uFF32"}) {
        LabelSet more = labels;
        more.types.insert(more.types.begin(), twin);
        CHECK(errorOf([&] { project->setLabels(more); }) == "option-invalid");
    }
    CHECK(project->labels().types == labels.types);
    NewProject options;
    options.labels.types = {"PER", "per"};
    CHECK(errorOf([&] { Project::create(f.folder / "other", options, "test"); }) == "option-invalid");
}

TEST_CASE("Project.RedoBringsARemovedLabelBackWithItsEntity") {
    const ProjectFixture f;
    const auto project = f.filled();
    LabelSet labels = project->labels();
    LabelSet more = labels;
    more.add("GPE");
    project->setLabels(more);
    project->addAnnotator("ann", false);  // has a history of its own, which the labels are no part of
    Change edit = changeOf(labelSpan(project->view(postAt(*project, 0), {}, "ann").state, 2, 2, "GPE"));
    edit.layer = "ann";
    project->apply(edit);
    project->undo("ann");
    project->setLabels(labels);
    project->redo("ann");
    CHECK(project->labels().contains("GPE"));
    CHECK(checkProject(*project).isEmpty());
}

TEST_CASE("Project.AnEntityOfAnUnknownLabelIsRefused") {
    const ProjectFixture f;
    const auto project = f.filled();
    CHECK(errorOf([&] { label(*project, 0, 2, 2, "PLANET"); }) == "label-unknown");
    CHECK_FALSE(project->canUndo());
}

TEST_CASE("Project.PicturesAreResolvedUnderTheFolderOfTheirImport") {
    const ProjectFixture f;
    fs::create_directories(f.folder / "images");
    f.write("images/1.jpg", "x");
    const auto project = f.filled();
    const auto rows = project->summaries({}, 10);
    CHECK(rows[0].imagePath == (f.folder / "images" / "1.jpg").string());
    const PostView view = project->view(rows[1].id);
    REQUIRE(view.images.size() == 1);
    CHECK_FALSE(view.images[0].exists);
    CHECK(project->view(rows[0].id).images.at(0).exists);
    CHECK(project->files(rows[0].id).images.at(0).exists);
}

TEST_CASE("Project.PicturesInsideTheProjectFolderMoveWithIt") {
    const ProjectFixture f;
    const auto project = f.create();
    fs::create_directories(f.projectFolder / "pictures");
    writeFileAtomic(f.projectFolder / "pictures" / "1.jpg", "x");
    ImportOptions options;
    options.files = {f.write("train.txt", kTweets)};
    options.imageFolder = f.projectFolder / "pictures";
    importFiles(project.get(), options);
    fs::copy(f.projectFolder, f.folder / "moved", fs::copy_options::recursive);
    const auto moved = Project::open(f.folder / "moved", OpenMode::ReadOnly, "test");
    const PostImage image = moved->files(postAt(*moved, 0)).images.at(0);
    CHECK(image.path == (f.folder / "moved" / "pictures" / "1.jpg").string());
    CHECK(image.exists);
}
