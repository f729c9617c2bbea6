#include "core/workflow/exchange/import.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "tests/support/project_fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;
namespace fs = std::filesystem;

std::vector<std::string> textsOf(const Findings& findings, const std::string& code) {
    std::vector<std::string> texts;
    for (const Finding& finding : findings.list())
        if (finding.code == code) texts.push_back(finding.text);
    return texts;
}
}  // namespace

TEST_CASE("Import.CountsPostsWordsAndEntities") {
    const ProjectFixture f;
    const auto project = f.create();
    const ImportReport report = f.import(*project, kTweets);
    CHECK(report.format == "mner");
    CHECK(report.posts == 2);
    CHECK(report.words == 10);
    CHECK(report.entities == 4);
    CHECK(report.entitiesOfType == std::map<std::string, int>{{"LOC", 1}, {"MISC", 1}, {"ORG", 1}, {"PER", 1}});
}

TEST_CASE("Import.LearnsLabelsInTheUsualOrderAndTheScheme") {
    const ProjectFixture f;
    const auto project = f.create();
    const ImportReport report = f.import(*project, "IMGID:1\nA\tS-GPE\nB\tB-ZZZ\nC\tE-ZZZ\nD\tS-LOC\nE\tS-PER\n\n");
    CHECK(project->labels().types == std::vector<std::string>{"PER", "LOC", "GPE", "ZZZ"});
    CHECK(report.newTypes == project->labels().types);
    CHECK(project->labels().scheme == text::TagScheme::Bmes);
    CHECK(report.findings.count("new-type") == 0);
}

TEST_CASE("Import.TypesThatGivenLabelsLackAreAddedAndReported") {
    const ProjectFixture f;
    NewProject options;
    options.labels.types = {"LOC", "PER"};
    const auto project = f.create(options);
    const ImportReport report = f.import(*project, kTweets);
    CHECK(project->labels().types == std::vector<std::string>{"LOC", "PER", "ORG", "MISC"});
    CHECK(textsOf(report.findings, "new-type") == std::vector<std::string>{"ORG", "MISC"});
}

TEST_CASE("Import.AGivenSchemeStaysAndTheDifferenceIsReported") {
    const ProjectFixture f;
    NewProject options;
    options.labels.scheme = text::TagScheme::Bmes;
    options.schemeGiven = true;
    const auto project = f.create(options);
    CHECK(f.import(*project, kTweets).findings.count("scheme-differs") == 1);
    CHECK(project->labels().scheme == text::TagScheme::Bmes);
}

TEST_CASE("Import.TakesTheSplitFromTheFileNameUnlessGiven") {
    const ProjectFixture f;
    const auto project = f.create();
    f.import(*project, kTweets, "dev.txt");
    CHECK(project->info().postsOfSplit == std::map<Split, int>{{Split::Valid, 2}});
    ImportOptions options;
    options.files = {f.write("my_test.txt", kChinese)};
    options.split = Split::Train;
    importFiles(project.get(), options);
    CHECK(project->info().postsOfSplit.at(Split::Train) == 1);
}

TEST_CASE("Import.AFileNameThatSaysNoSplitIsReported") {
    const ProjectFixture f;
    const auto project = f.create();
    CHECK(f.import(*project, kTweets, "posts.txt").findings.count("split-unknown") == 1);
    CHECK(project->posts(Split::None).size() == 2);
}

TEST_CASE("Import.TheSameFileTwiceIsRefusedAsAFinding") {
    const ProjectFixture f;
    const auto project = f.create();
    f.import(*project, kTweets);
    const ImportReport report = f.import(*project, kTweets, "copy_train.txt");
    CHECK(report.posts == 0);
    CHECK(report.findings.count("already-imported") == 1);
    CHECK(project->posts(std::nullopt).size() == 2);
}

TEST_CASE("Import.TheSameFileTwiceIsTakenWhenAskedFor") {
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.files = {f.write("train.txt", kTweets), f.folder / "train.txt"};
    options.importAgain = true;
    CHECK(importFiles(project.get(), options).posts == 4);
    CHECK(project->posts(Split::Train).size() == 4);
}

TEST_CASE("Import.ADryRunWritesNothingAndNeedsNoProject") {
    const ProjectFixture f;
    ImportOptions options;
    options.files = {f.write("train.txt", kTweets)};
    options.dryRun = true;
    options.previewPosts = 1;
    const ImportReport report = importFiles(nullptr, options);
    CHECK(report.posts == 2);
    REQUIRE(report.preview.size() == 1);
    CHECK(report.preview[0].words.at(1) == "Durant");
    const auto project = f.create();
    CHECK(importFiles(project.get(), options).posts == 2);
    CHECK(project->posts(std::nullopt).empty());
}

TEST_CASE("Import.AMissingFileAmongSeveralImportsNone") {
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.files = {f.write("train.txt", kTweets), f.folder / "nothing.txt"};
    CHECK(errorOf([&] { importFiles(project.get(), options); }) == "file-missing");
    CHECK(project->posts(std::nullopt).empty());
    CHECK(project->labels().types.empty());
    options.files = {f.folder.path()};
    CHECK(errorOf([&] { importFiles(project.get(), options); }) == "file-is-directory");
}

TEST_CASE("Import.AStopLeavesNothingBehind") {
    const ProjectFixture f;
    const auto project = f.create();
    std::stop_source stop;
    stop.request_stop();
    ImportOptions options;
    options.files = {f.write("train.txt", kTweets)};
    CHECK_THROWS_AS(importFiles(project.get(), options, {}, stop.get_token()), Cancelled);
    CHECK(project->posts(std::nullopt).empty());
    CHECK(f.import(*project, kTweets).posts == 2);
}

TEST_CASE("Import.AnEmptyFileIsAFindingAndLeavesNoSource") {
    const ProjectFixture f;
    const auto project = f.create();
    CHECK(f.import(*project, "").findings.count("empty-file") == 1);
    CHECK(f.import(*project, "").findings.count("already-imported") == 0);
}

TEST_CASE("Import.MissingPicturesAreCountedOnceAFile") {
    const ProjectFixture f;
    fs::create_directories(f.folder / "images");
    f.write("images/1.jpg", "x");
    const auto project = f.create();
    const ImportReport report = f.import(*project, kTweets + "IMGID:2\nA\tO\n\n");
    CHECK(report.missingImages == 1);
    CHECK(textsOf(report.findings, "missing-image") == std::vector<std::string>{"2.jpg"});
    CHECK(report.findings.count("no-image-folder") == 0);
}

TEST_CASE("Import.WithoutAPictureFolderThereIsOneFinding") {
    const ProjectFixture f;
    const auto project = f.create();
    const ImportReport report = f.import(*project, kTweets);
    CHECK(report.findings.count("no-image-folder") == 1);
    CHECK(report.missingImages == 0);
}

TEST_CASE("Import.APictureFolderThatIsNotThereIsReported") {
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.files = {f.write("train.txt", kTweets)};
    options.imageFolder = f.folder / "elsewhere";
    const ImportReport report = importFiles(project.get(), options);
    CHECK(report.findings.count("image-folder-missing") == 1);
    CHECK(report.posts == 2);
}

TEST_CASE("Import.CropListsAreJoinedByThePictureName") {
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.files = {f.write("train.txt", kTweets)};
    options.cropFile = f.write("train.dict", R"({"1.jpg": ["1_crop_0.png", "1_crop_1.png"]})");
    options.cropFolder = f.folder.path();
    const ImportReport report = importFiles(project.get(), options);
    CHECK(report.postsWithoutCropList == 1);
    CHECK(textsOf(report.findings, "no-crop-list") == std::vector<std::string>{"2.jpg"});
    CHECK(project->posts(std::nullopt)[0].crops == std::vector<std::string>{"1_crop_0.png", "1_crop_1.png"});
    CHECK(project->view(postAt(*project, 0)).crops.at(1).path == (f.folder / "1_crop_1.png").string());
}

TEST_CASE("Import.ABrokenCropFileImportsNothing") {
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.files = {f.write("train.txt", kTweets)};
    options.cropFile = f.write("train.pth", "PK\x03\x04 cut");
    CHECK(errorOf([&] { importFiles(project.get(), options); }) != "no error");
    CHECK(project->posts(std::nullopt).empty());
}

TEST_CASE("Import.OddLinesAreFindingsAndTheirWordsAreKept") {
    const ProjectFixture f;
    const auto project = f.create();
    const ImportReport report = f.import(*project,
                                         "\xEF\xBB\xBFIMGID:1\r\nA\tB-PER\r\nno tab\r\nB\tQ-WHAT\r\nbad\xFFutf\tO\r\n"
                                         "多伦多很冷多伦多很冷\tB-LOC");
    CHECK(report.posts == 1);
    CHECK(report.words == 5);
    for (const char* code :
         {"bom", "crlf", "tabless-line", "unknown-tag", "invalid-utf8", "missing-final-blank-line"}) {
        INFO(code);
        CHECK(report.findings.count(code) >= 1);
    }
    CHECK(checkProject(*project).isEmpty());
}

TEST_CASE("Import.UnknownFormatsAndNoFilesAreRefused") {
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    CHECK(errorOf([&] { importFiles(project.get(), options); }) == "option-invalid");
    options.files = {f.write("train.txt", kTweets)};
    options.format = "conll";
    CHECK(errorOf([&] { importFiles(project.get(), options); }) == "option-invalid");
}

TEST_CASE("Import.ChinesePostsJoinWithoutSpaces") {
    const ProjectFixture f;
    const auto project = f.filled(kChinese);
    CHECK(project->summaries({}, 1).at(0).preview == "多伦多很冷");
    CHECK(project->view(postAt(*project, 0)).gold == std::vector<Entity>{{"LOC", 0, 2, {}}});
}

TEST_CASE("Import.DoesNotTouchTheUndoHistory") {
    const ProjectFixture f;
    const auto project = f.filled();
    label(*project, 0, 2, 2, "MISC");
    f.import(*project, kChinese, "valid.txt");
    CHECK(project->canUndo());
    project->undo();
    CHECK_FALSE(stateAt(*project, 0).corrected);
}

TEST_CASE("Import.IdenticalFilesForTwoSplitsFillBoth") {
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.files = {f.write("valid.txt", kTweets), f.write("test.txt", kTweets)};
    const ImportReport report = importFiles(project.get(), options);
    CHECK(report.posts == 4);
    CHECK(report.findings.count("already-imported") == 0);
    CHECK(project->info().postsOfSplit == std::map<Split, int>{{Split::Valid, 2}, {Split::Test, 2}});
    // Later, and one by one as the window does it.
    CHECK(f.import(*project, kTweets, "train.txt").posts == 2);
    for (const char* name : {"train.txt", "valid.txt", "test.txt"}) {
        INFO(name);
        const ImportReport again = f.import(*project, kTweets, name);
        CHECK(again.posts == 0);
        CHECK(textsOf(again.findings, "already-imported") == std::vector<std::string>{(f.folder / name).string()});
    }
    CHECK(project->posts(std::nullopt).size() == 6);
}

TEST_CASE("Import.TheSameContentTwiceForOneSplitInOneImportIsTakenOnce") {
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.files = {f.write("train.txt", kTweets), f.write("train_copy.txt", kTweets)};
    const ImportReport report = importFiles(project.get(), options);
    CHECK(report.posts == 2);
    CHECK(report.findings.count("already-imported") == 1);
}

TEST_CASE("Import.MadeUpIdsAreUniqueInTheProjectAndTold") {
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.files = {f.write("train.txt", "Mira\tB-PER\nsaw\tO\n\n"),
                     f.write("valid.txt", "IMGID:post-1\nUlf\tB-PER\nleft\tO\n\n"),
                     f.write("test.txt", "Inge\tB-PER\ncame\tO\n\nTobin\tB-PER\n\n")};
    const ImportReport report = importFiles(project.get(), options);
    fs::create_directories(f.folder / "b");
    f.import(*project, "Lund\tB-PER\n\n", "b/train.txt");
    std::set<std::string> ids;
    for (const Post& post : project->posts(std::nullopt)) ids.insert(post.externalId);
    CHECK(ids == std::set<std::string>{"train#1", "post-1", "test#1", "test#2", "train-2#1"});
    CHECK(textsOf(report.findings, "made-up-ids") == std::vector<std::string>{"train#1", "test#1 ... test#2"});
}

TEST_CASE("Import.AnIdThatAPostWithoutOneWasGivenIsTold") {
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.files = {f.write("train.txt", "a\tB-PER\n\n"), f.write("test.txt", "IMGID:train#1\nb\tB-PER\n\n")};
    CHECK(importFiles(project.get(), options).findings.count("made-up-id-taken") == 1);
}

TEST_CASE("Import.StrictStoresNothingWhereSomethingWouldBeLost") {
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.strict = true;
    options.files = {f.write("train.txt", kTweets + "no tab\n\n")};
    CHECK(errorOf([&] { importFiles(project.get(), options); }) == "import-too-lossy");
    CHECK(project->posts(std::nullopt).empty());
    options.dryRun = true;
    CHECK(errorOf([&] { importFiles(project.get(), options); }) == "import-too-lossy");
    options.dryRun = false;
    // Odd and whole: orphans, Windows line ends, a mark, a missing empty line.
    options.files = {f.write("valid.txt", "\xEF\xBB\xBFIMGID:1\r\na\tI-PER\r\nb\tB-LOC\r\n")};
    CHECK(importFiles(project.get(), options).posts == 1);
}

TEST_CASE("Import.EveryLossIsAFindingThatStrictnessRefuses") {
    for (const char* code : {"unknown-tag", "tabless-line", "extra-tabs", "columns-left-out", "empty-tag", "empty-post",
                             "empty-file", "invalid-utf8", "line-too-long", "tag-count-differs", "box-clipped"})
        CHECK(isLoss(code));
    for (const char* code : {"bom", "crlf", "orphan-inside-tag", "missing-image", "repeated-image-id", "comment-line",
                             "docstart-line", "new-type", "already-imported", "separator-other"})
        CHECK_FALSE(isLoss(code));
}

TEST_CASE("Import.BilouMakesABioesProject") {
    const ProjectFixture f;
    const auto project = f.create();
    f.import(*project, "IMGID:1\nSaw\tU-LOC\nMira\tB-PER\nLund\tL-PER\n\n");
    CHECK(project->labels().scheme == text::TagScheme::Bioes);
    CHECK(project->view(postAt(*project, 0)).gold == std::vector<Entity>{{"LOC", 0, 0, {}}, {"PER", 1, 2, {}}});
}

TEST_CASE("Import.ATypeThatDiffersByAnUnseenCharacterIsNeverMade") {
    const ProjectFixture f;
    const auto project = f.create();
    f.import(*project,
             "IMGID:1\na\tB-PER\u200B\nb\tB-\u00A0PER\nc\tB-\uFF30\uFF25\uFF32\nd\tB-P\u00ADER\ne\tB-PER\n\n");
    CHECK(project->labels().types == std::vector<std::string>{"PER"});
}

TEST_CASE("Import.PathsThatAreNoUtf8AreNamedPrintably") {
    const ProjectFixture f;
    const auto project = f.create();
    ImportOptions options;
    options.files = {f.folder / "caf\xE9.txt"};
    { std::ofstream(options.files[0]) << kTweets; }
    try {
        importFiles(project.get(), options);
        FAIL("imported");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::PathEncoding);
        CHECK(error.args().at(0).find("caf\\xE9.txt") != std::string::npos);
    }
    CHECK(errorOf([&] { Project::create(f.folder / "p\xFF", {}, "test"); }) == "path-encoding");
    ExportOptions out;
    f.import(*project, kTweets);
    out.target = f.folder / "\xFF.txt";
    CHECK(errorOf([&] { exportProject(*project, out); }) == "path-encoding");
}
