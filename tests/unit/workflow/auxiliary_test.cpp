#include "core/workflow/exchange/auxiliary.h"

#include <catch2/catch.hpp>

#include "core/formats/all.h"
#include "tests/support/project_fixture.h"

using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using mnerva::test::kTweets;
using mnerva::test::ProjectFixture;

namespace {

const std::string kTexts =
    "{\"id\": \"1\", \"source\": \"caption\", \"text\": \"a man boards a plane\"}\n"
    "{\"id\": \"1\", \"source\": \"ocr\", \"text\": \"OKC\"}\n"
    "{\"id\": \"1\", \"source\": \"ocr\", \"text\": \"35\"}\n"
    "{\"id\": \"404\", \"source\": \"ocr\", \"text\": \"nobody\"}\n";

const std::vector<AuxiliaryText> kOfFirst{{"caption", {"a", "man", "boards", "a", "plane"}}, {"ocr", {"OKC", "35"}}};

std::vector<Post> allPosts(const Project& project) {
    return project.posts(std::nullopt);
}

}  // namespace

TEST_CASE("Auxiliary.TextsGoToThePostsWithTheirIdAndAreThereAfterReopening") {
    const ProjectFixture f;
    {
        const auto project = f.filled();
        const AuxiliaryReport report = importAuxiliary(*project, f.write("texts.jsonl", kTexts), false);
        CHECK(report.texts == 4);
        CHECK(report.posts == 1);
        CHECK(report.unknownPosts == 1);
        CHECK(report.findings.count("auxiliary-unknown-post") == 1);
        CHECK(report.findings.list().front().line == 4);
    }
    const auto project = f.open(OpenMode::ReadOnly);
    const std::vector<Post> posts = allPosts(*project);
    REQUIRE(posts.size() == 2);
    CHECK(posts[0].auxiliary == kOfFirst);
    CHECK(posts[1].auxiliary.empty());
    CHECK(project->view(posts[0].id).post.auxiliary == kOfFirst);
    CHECK(project->posts(Split::Train).at(0).auxiliary == kOfFirst);
}

TEST_CASE("Auxiliary.ATextReplacesThatOfItsSourceAndKeepsTheOthers") {
    const ProjectFixture f;
    const auto project = f.filled();
    importAuxiliary(*project, f.write("texts.jsonl", kTexts), false);
    importAuxiliary(*project, f.write("more.tsv", "1\tcaption\ta new one\n2\tknowledge\tThe paper\n"), false);
    const std::vector<Post> posts = allPosts(*project);
    CHECK(posts[0].auxiliary == std::vector<AuxiliaryText>{{"caption", {"a", "new", "one"}}, kOfFirst[1]});
    CHECK(posts[1].auxiliary == std::vector<AuxiliaryText>{{"knowledge", {"The", "paper"}}});
}

TEST_CASE("Auxiliary.EveryPostOfARepeatedIdGetsTheTextAndOneWithoutSourceIsNamedAfterItsFile") {
    const ProjectFixture f;
    const auto project = f.filled("IMGID:5\na\tO\n\nIMGID:5\nb\tO\n\n");
    CHECK(importAuxiliary(*project, f.write("captions.jsonl", "{\"id\": 5, \"text\": \"x\"}\n"), false).posts == 2);
    for (const Post& post : allPosts(*project))
        CHECK(post.auxiliary == std::vector<AuxiliaryText>{{"captions.jsonl", {"x"}}});
}

TEST_CASE("Auxiliary.ADryRunWritesNothing") {
    const ProjectFixture f;
    const auto project = f.filled();
    CHECK(importAuxiliary(*project, f.write("texts.jsonl", kTexts), true).posts == 1);
    CHECK(allPosts(*project)[0].auxiliary.empty());
}

TEST_CASE("Auxiliary.PgimFilesAreImportedAndExportedByteForByte") {
    const ProjectFixture f;
    const std::string pgim = "IMGID:1\nKevin\tB-PER\nflies\tO\n<EOS>\tX\nKevin\tX\nis\tX\n\nIMGID:2\nNo\tO\n\n";
    const auto project = f.filled(pgim);
    CHECK(allPosts(*project)[0].auxiliary == std::vector<AuxiliaryText>{{"pgim", {"Kevin", "is"}}});
    CHECK(allPosts(*project)[0].words.size() == 2);
    ExportOptions options;
    options.target = f.folder / "out.txt";
    options.layer = "gold";
    options.auxiliary = true;
    CHECK(exportProject(*project, options).findings.isEmpty());
    CHECK(readFile(options.target) == pgim);
    options.auxiliary = false;
    options.replace = true;
    const ExportReport report = exportProject(*project, options);
    CHECK(report.findings.count("auxiliary-not-kept") == 1);
    CHECK(readFile(options.target).find("<EOS>") == std::string::npos);
}

TEST_CASE("Auxiliary.TextsThatAreExportedComeBack") {
    const ProjectFixture f;
    const auto project = f.filled();
    CHECK_THROWS_AS(exportAuxiliary(*project, *formats::find("auxiliary"), f.folder / "none.jsonl", std::nullopt),
                    Error);
    CHECK_FALSE(std::filesystem::exists(f.folder / "none.jsonl"));
    importAuxiliary(*project, f.write("texts.jsonl", kTexts), false);
    CHECK(exportAuxiliary(*project, *formats::find("auxiliary"), f.folder / "out.jsonl", Split::Train) == 2);
    const ProjectFixture other;
    const auto copy = other.filled();
    importAuxiliary(*copy, f.folder / "out.jsonl", false);
    CHECK(allPosts(*copy)[0].auxiliary == kOfFirst);
}

TEST_CASE("Auxiliary.AReadOnlyProjectRefuses") {
    const ProjectFixture f;
    f.filled();
    const auto project = f.open(OpenMode::ReadOnly);
    CHECK_THROWS_AS(importAuxiliary(*project, f.write("texts.jsonl", kTexts), false), Error);
    CHECK(importAuxiliary(*project, f.folder / "texts.jsonl", true).posts == 1);
}
