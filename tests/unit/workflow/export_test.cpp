#include "core/workflow/export.h"

#include <catch2/catch.hpp>

#include "tests/unit/workflow/fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::workflow;
using namespace mnerva::workflow::test;
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
    const ExportReport report = exportProject(*f.filled(text), options);
    CHECK(readFile(options.target) == text);
    CHECK(report.findings.count("reread-differs") == 0);
}

TEST_CASE("Export.AFolderThatCannotBeMadeIsNamed") {
    const ProjectFixture f;
    const auto project = f.filled();
    ExportOptions options;
    options.target = f.write("file", "x") / "out.txt";
    CHECK(errorOf([&] { exportProject(*project, options); }) == "file-unwritable");
}
