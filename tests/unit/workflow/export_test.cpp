#include "core/workflow/exchange/export.h"

#include <catch2/catch.hpp>

#include "core/formats/all.h"
#include "core/workflow/exchange/auxiliary.h"
#include "core/workflow/exchange/prediction_exchange.h"
#include "tests/support/project_fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;
namespace fs = std::filesystem;
}  // namespace

TEST_CASE("Export.GoldIsTheImportedFileToTheLetter") {
    const ProjectFixture f;
    CHECK(f.exported(*f.filled(), "gold") == kTweets);
}

TEST_CASE("Export.AnUntouchedCorrectedLayerIsToTheLetterToo") {
    const ProjectFixture f;
    CHECK(f.exported(*f.filled(), "corrected") == kTweets);
}

TEST_CASE("Export.ATouchedPostIsWrittenFromItsEntitiesTheOthersToTheLetter") {
    const ProjectFixture f;
    const auto project = f.filled();
    label(*project, 0, 2, 2, "ORG");
    std::string expected = kTweets;
    expected.replace(expected.find("flies\tO"), 7, "flies\tB-ORG");
    CHECK(f.exported(*project, "corrected") == expected);
    CHECK(f.exported(*project, "gold", "gold.txt") == kTweets);
}

TEST_CASE("Export.ATouchedPostKeepsTheSpellingOtherOfItsFile") {
    const ProjectFixture f;
    const auto project = f.filled();
    label(*project, 1, 3, 3, "MISC");
    ExportOptions options;
    options.target = f.folder / "out.txt";
    const ExportReport report = exportProject(*project, options);
    CHECK(readFile(options.target).find("reads\tB-OTHER\nBible\tB-OTHER\n") != std::string::npos);
    CHECK(report.findings.count("misc-written-as-other") == 1);
}

TEST_CASE("Export.AnOrphanTagOfATouchedPostIsRewrittenAndReportedWithItsLine") {
    const ProjectFixture f;
    const auto project = f.filled();
    label(*project, 1, 3, 3, "PER");
    ExportOptions options;
    options.target = f.folder / "out.txt";
    const ExportReport report = exportProject(*project, options);
    REQUIRE(report.findings.count("rewritten-orphan-tag") == 1);
    CHECK(report.findings.list().at(0).line == 9);
    CHECK(report.findings.list().at(0).text == "I-ORG -> B-ORG");
    CHECK(report.correctedPosts == 1);
}

TEST_CASE("Export.AnotherSchemeConvertsEveryPost") {
    const ProjectFixture f;
    const auto project = f.filled();
    ExportOptions options;
    options.target = f.folder / "out.txt";
    options.scheme = text::TagScheme::Bmes;
    const ExportReport report = exportProject(*project, options);
    CHECK(readFile(options.target) ==
          "IMGID:1\nKevin\tB-PER\nDurant\tE-PER\nflies\tO\nto\tO\nToronto\tS-LOC\n\n"
          "IMGID:2\nNew\tB-ORG\nYork\tM-ORG\nTimes\tE-ORG\nreads\tO\nBible\tS-OTHER\n\n");
    CHECK(report.findings.count("rewritten-orphan-tag") == 1);
}

TEST_CASE("Export.ARunsLayerLeavesOutWhatTheRunDidNotPredict") {
    const ProjectFixture f;
    const auto project = f.filled();
    project->storePredictions("run", {{postAt(*project, 1), {{"ORG", 0, 2, 0.9}}}});
    ExportOptions options;
    options.target = f.folder / "out.txt";
    options.layer = "run";
    const ExportReport report = exportProject(*project, options);
    CHECK(readFile(options.target) == "IMGID:2\nNew\tB-ORG\nYork\tI-ORG\nTimes\tI-ORG\nreads\tO\nBible\tO\n\n");
    CHECK(report.findings.count("not-in-layer") == 1);
    CHECK(report.findings.count("confidence-not-kept") == 1);
}

TEST_CASE("Export.SaysHowManyPostsHaveCommentsAndAReviewThatAreNotWritten") {
    const ProjectFixture f;
    const auto project = f.filled();
    project->apply(changeOf(addComment(stateAt(*project, 1), {1, "anna", 5, "why?"})));
    project->apply(changeOf(addComment(stateAt(*project, 1), {2, "anna", 6, "because"})));
    project->apply(changeOf(setReview(stateAt(*project, 0), Review::Accepted)));
    ExportOptions options;
    options.target = f.folder / "out.txt";
    const ExportReport report = exportProject(*project, options);
    CHECK(report.findings.count("comments-not-kept") == 1);
    CHECK(report.findings.count("review-not-kept") == 1);
    CHECK(report.findings.count("status-not-kept") == 0);
    for (const Finding& finding : report.findings.list())
        if (finding.code == "comments-not-kept") CHECK(finding.text == "1");
}

TEST_CASE("Export.SeveralSplitsBecomeAFolder") {
    const ProjectFixture f;
    const auto project = f.filled();
    f.import(*project, kChinese, "test.txt");
    ExportOptions options;
    options.target = f.folder / "out";
    options.layer = "gold";
    const ExportReport report = exportProject(*project, options);
    CHECK(readFile(f.folder / "out" / "train.txt") == kTweets);
    CHECK(readFile(f.folder / "out" / "test.txt") == kChinese);
    CHECK_FALSE(fs::exists(f.folder / "out" / "valid.txt"));
    CHECK(report.files.size() == 2);
    CHECK(report.posts == 3);
}

TEST_CASE("Export.SeveralSplitsDoNotFitIntoAFile") {
    const ProjectFixture f;
    const auto project = f.filled();
    f.import(*project, kChinese, "test.txt");
    ExportOptions options;
    options.target = f.folder / "out.txt";
    CHECK(errorOf([&] { exportProject(*project, options); }) == "option-invalid");
    options.split = Split::Test;
    CHECK_NOTHROW(exportProject(*project, options));
    CHECK(readFile(options.target) == kChinese);
}

TEST_CASE("Export.APreviewWritesNothingAndShowsTheFirstLines") {
    const ProjectFixture f;
    const auto project = f.filled();
    ExportOptions options;
    options.target = f.folder / "out.txt";
    const ExportReport report = previewExport(*project, options);
    CHECK(report.sample == kTweets);
    CHECK(report.posts == 2);
    CHECK(report.entities == 4);
    CHECK_FALSE(fs::exists(options.target));
}

TEST_CASE("Export.AStopLeavesTheOldFile") {
    const ProjectFixture f;
    const auto project = f.filled();
    ExportOptions options;
    options.target = f.write("out.txt", "old");
    options.replace = true;
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(exportProject(*project, options, {}, stop.get_token()), Cancelled);
    CHECK(readFile(options.target) == "old");
    CHECK(std::distance(fs::directory_iterator(f.folder.path()), {}) == 3);
}

TEST_CASE("Export.SaysWhatTheFormatCannotHold") {
    const ProjectFixture f;
    const auto project = f.filled();
    project->apply(changeOf(setStatus(stateAt(*project, 0), PostStatus::Done)));
    ExportOptions options;
    options.target = f.folder / "out.txt";
    CHECK(previewExport(*project, options).findings.count("status-not-kept") == 1);
}

TEST_CASE("Export.SaysThatBoxesAreNotWritten") {
    const ProjectFixture f;
    const auto project = f.filled("IMGID:1\nKevin\tB-PER\n\nIMGID:2\nBible\tO\n\n");
    ExportOptions options;
    options.target = f.folder / "out.txt";
    CHECK(previewExport(*project, options).findings.count("boxes-not-kept") == 0);
    PostRegions boxes;
    Region& box = boxes.regions.emplace_back();
    box.width = box.height = 10;
    box.origin = RegionOrigin::Xml;
    project->storeFileRegions("xml", {{postAt(*project, 1), boxes}});
    const Findings findings = previewExport(*project, options).findings;
    REQUIRE(findings.count("boxes-not-kept") == 1);
    CHECK(findings.list().back().text == "1");  // posts that have some
}

TEST_CASE("Export.NothingToWriteIsAnError") {
    const ProjectFixture f;
    ExportOptions options;
    options.target = f.folder / "out.txt";
    CHECK(errorOf([&] { exportProject(*f.create(), options); }) == "split-empty");
    const auto project = f.open();
    f.import(*project, kTweets);
    options.split = Split::Valid;
    CHECK(errorOf([&] { exportProject(*project, options); }) == "split-empty");
    options.split.reset();
    options.layer = "nothing";
    CHECK(errorOf([&] { exportProject(*project, options); }) == "layer-unknown");
    options.format = "xml";
    CHECK(errorOf([&] { exportProject(*project, options); }) == "option-invalid");
}

TEST_CASE("Export.WordsThatLookLikeNothingComeBack") {
    const ProjectFixture f;
    const std::string text = "IMGID:1\n\xC2\xA0\tO\n\xE2\x80\x8B\tO\n\xF0\x9F\x98\x80\tB-PER\n\xE2\x80\xA8\tO\n\n";
    ExportOptions options;
    options.target = f.folder / "out.txt";
    exportProject(*f.filled(text), options);
    CHECK(readFile(options.target) == text);
}

TEST_CASE("Export.AFolderThatCannotBeMadeIsNamed") {
    const ProjectFixture f;
    const auto project = f.filled();
    ExportOptions options;
    options.target = f.write("file", "x") / "out.txt";
    CHECK(errorOf([&] { exportProject(*project, options); }) == "file-unwritable");
}

TEST_CASE("Export.AFileThatIsThereIsNamedAndStaysUnlessReplacingWasAskedFor") {
    const ProjectFixture f;
    const auto project = f.filled();
    ExportOptions options;
    options.target = f.write("out.txt", "somebody's work");
    CHECK(errorOf([&] { exportProject(*project, options); }) == "file-exists");
    CHECK(readFile(options.target) == "somebody's work");
    options.replace = true;
    CHECK_NOTHROW(exportProject(*project, options));
    CHECK(readFile(options.target) == kTweets);
}

TEST_CASE("Export.AllFilesThatAreThereAreNamedAtOnce") {
    const ProjectFixture f;
    const auto project = f.filled();
    f.import(*project, kChinese, "test.txt");
    fs::create_directories(f.folder / "out");
    f.write("out/train.txt", "a");
    f.write("out/test.txt", "b");
    ExportOptions options;
    options.target = f.folder / "out";
    try {
        exportProject(*project, options);
        FAIL("replaced");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::FileExists);
        CHECK(error.args().at(0).find("train.txt") != std::string::npos);
        CHECK(error.args().at(0).find("test.txt") != std::string::npos);
    }
    CHECK(readFile(f.folder / "out" / "train.txt") == "a");
}

TEST_CASE("Export.WhatTheProjectWasImportedFromIsKnown") {
    const ProjectFixture f;
    const auto project = f.filled();
    const auto state = stateOfTargets(*project, {f.folder / "train.txt", f.write("else.txt", "x"), f.folder / "free"});
    CHECK(state.existing == std::vector<fs::path>{f.folder / "train.txt", f.folder / "else.txt"});
    CHECK(state.imported == std::vector<fs::path>{f.folder / "train.txt"});
}

TEST_CASE("Export.NothingInAProjectsFolderIsEverWritten") {
    const ProjectFixture f;
    const auto project = f.filled();
    const std::string before = readFile(f.projectFolder / "project.mnerva");
    Project::create(f.folder / "other", {}, "test");
    fs::create_directories(f.projectFolder / "runs" / "a");
    fs::create_directory_symlink(f.projectFolder, f.folder / "link");
    ExportOptions options;
    options.split = Split::Train;
    options.replace = true;
    for (const fs::path& target : {f.projectFolder / "project.mnerva", f.projectFolder / "new.txt",
                                   f.projectFolder / "runs" / "a" / "run.json", f.folder / "other" / "project.mnerva",
                                   f.folder / "link" / "x.txt", f.folder / "out" / ".." / "project" / "x.txt"}) {
        INFO(target);
        options.target = target;
        CHECK(errorOf([&] { exportProject(*project, options); }) == "file-protected");
        CHECK(errorOf([&] {
                  exportAuxiliary(*project, *formats::find("auxiliary"), target, std::nullopt, {}, true);
              }) == "file-protected");
        CHECK(errorOf([&] {
                  exportPredictions(*project, "gold", Split::Train, *formats::find("pre"), target, true);
              }) == "file-protected");
    }
    options.split.reset();
    options.target = f.projectFolder;
    CHECK(errorOf([&] { exportProject(*project, options); }) == "file-protected");
    CHECK(readFile(f.projectFolder / "project.mnerva") == before);
}

TEST_CASE("Export.WhereACheckFailsNoFileIsReplaced") {
    const ProjectFixture f;
    const auto project = f.filled();
    // A word that the format cannot hold: read again, it would begin a post.
    fs::create_directories(f.folder / "umgf");
    f.write("umgf/1_s.txt", "Toronto\tIMGID:9\tcalls");
    f.write("umgf/1_l.txt", "B-LOC\tO\tO");
    f.write("umgf/1_p.txt", "5");
    ImportOptions import;
    import.files = {f.folder / "umgf"};
    import.split = Split::Test;
    importFiles(project.get(), import);
    fs::create_directories(f.folder / "out");
    f.write("out/train.txt", "old train");
    f.write("out/test.txt", "old test");
    ExportOptions options;
    options.target = f.folder / "out";
    options.replace = true;
    CHECK(errorOf([&] { exportProject(*project, options); }) == "file-unwritable");
    CHECK(readFile(f.folder / "out" / "train.txt") == "old train");
    CHECK(readFile(f.folder / "out" / "test.txt") == "old test");
    CHECK(std::distance(fs::directory_iterator(f.folder / "out"), {}) == 2);
}

TEST_CASE("Export.TagsOfAnOlderProjectPassTheCheckAsTheyAre") {
    // Imported before tags were cleaned: what is written is read again to the letter.
    const ProjectFixture f;
    const auto project = f.create();
    auto appender = project->append("old.txt", {}, {});
    Post post;
    post.externalId = "1";
    post.split = Split::Train;
    post.words = {"a", "b", "# c", "-DOCSTART-"};
    post.sourceTags = {"b-per", "B- PER", "O", "0"};
    appender->add(post);
    appender->commit();
    CHECK(f.exported(*project, "gold") == "IMGID:1\na\tb-per\nb\tB- PER\n# c\tO\n-DOCSTART-\t0\n\n");
}

TEST_CASE("Export.ASchemeByNameConvertsFilesOfAnotherOne") {
    const ProjectFixture f;
    const auto project = f.create();
    const std::string iob1 = "IMGID:1\nMira\tI-PER\nTobin\tB-PER\nand\tO\nUlf\tI-PER\nLund\tI-PER\n\n";
    CHECK(f.import(*project, iob1).scheme == text::TagScheme::Iob1);
    CHECK(project->labels().scheme == text::TagScheme::Iob1);
    CHECK(f.exported(*project, "gold") == iob1);
    ExportOptions options;
    options.target = f.folder / "bio.txt";
    options.scheme = text::TagScheme::Bio;
    exportProject(*project, options);
    CHECK(readFile(options.target) == "IMGID:1\nMira\tB-PER\nTobin\tB-PER\nand\tO\nUlf\tB-PER\nLund\tI-PER\n\n");
    // Also in a project that has another scheme.
    NewProject bio;
    bio.schemeGiven = true;
    const ProjectFixture g;
    const auto other = g.create(bio);
    CHECK(g.import(*other, iob1).findings.count("scheme-differs") == 1);
    options.target = g.folder / "bio.txt";
    exportProject(*other, options);
    CHECK(readFile(options.target).find("Mira\tB-PER") != std::string::npos);
}

TEST_CASE("Export.ALinkIsNotFollowed") {
    const ProjectFixture f;
    const auto project = f.filled();
    f.write("precious.txt", "precious");
    fs::create_symlink(f.folder / "precious.txt", f.folder / "out.txt");
    ExportOptions options;
    options.target = f.folder / "out.txt";
    CHECK(errorOf([&] { exportProject(*project, options); }) == "file-exists");
    options.replace = true;
    CHECK(errorOf([&] { exportProject(*project, options); }) == "unsafe-target");
    CHECK(readFile(f.folder / "precious.txt") == "precious");
}

TEST_CASE("Export.OtherOutputsReplaceNoFileOfAProject") {
    const ProjectFixture f;
    f.filled();
    for (const bool replace : {false, true}) {
        CHECK(errorOf([&] { requireFreeFiles({f.projectFolder / "project.mnerva"}, replace); }) == "file-protected");
        CHECK_NOTHROW(requireFreeFiles({f.projectFolder / "heat.png", {}}, replace));
        fs::create_directories(f.projectFolder / "runs" / "a");
        f.write("project/runs/a/predictions-project.jsonl", "{}");
        f.write("project/runs/a/run.json", "{}");
        CHECK_NOTHROW(requireFreeFiles({f.projectFolder / "runs" / "a" / "predictions-project.jsonl"}, replace));
        CHECK(errorOf([&] { requireFreeFiles({f.projectFolder / "runs" / "a" / "run.json"}, replace); }) ==
              "file-protected");
    }
}

TEST_CASE("Export.OtherOutputsReplaceAnotherFileOnlyWhenToldTo") {
    const ProjectFixture f;
    const fs::path file = f.write("heat.png", "mine"), free = f.folder / "free.jsonl";
    f.write("predictions-project.jsonl", "not in a run's folder");
    CHECK(errorOf([&] { requireFreeFiles({free, file}, false); }) == "file-exists");
    CHECK(errorOf([&] { requireFreeFiles({f.folder / "predictions-project.jsonl"}, false); }) == "file-exists");
    CHECK_NOTHROW(requireFreeFiles({free, file}, true));
    CHECK_NOTHROW(requireFreeFiles({free, {}, {}}, false));
    fs::create_symlink(file, f.folder / "link.png");
    CHECK(errorOf([&] { requireFreeFiles({f.folder / "link.png"}, false); }) == "file-exists");
    // Two outputs of one command would leave only the second.
    CHECK(errorOf([&] { requireFreeFiles({free, f.folder / "x" / ".." / "free.jsonl"}, true); }) == "option-invalid");
}
