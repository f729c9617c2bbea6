#include "core/workflow/cases/case_report.h"

#include <catch2/catch.hpp>

#include "core/base/json.h"
#include "core/workflow/cases/case_order.h"
#include "tests/support/project_fixture.h"

namespace {

using namespace mnerva;
using namespace mnerva::test;

/// A small PNG: one white point.
const std::string kPng{
    "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9BU\0\0\0\nIDATx\x9C\x63\xF8\x0F\0\x01\x01\x01\0"
    "\x1B\xB6\xEEV\0\0\0\0IEND\xAE\x42\x60\x82",
    67};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// A report of one post with a system that has a border wrong and misses one.
CaseReport report(const std::string& word = "Durant", const std::string& layer = "a") {
    CaseReport made;
    made.title = "project";
    made.caption = "a against gold";
    made.reference = "gold";
    made.found = 1;
    Post post;
    post.externalId = "7";
    post.split = Split::Test;
    post.words = {"Kevin", word, "in", "Toronto"};
    post.sourceTags = {"B-PER", "I-PER", "O", "B-LOC"};
    LaneReading gold{"gold", LayerKind::Gold, true, false, entitiesFromTags(post.sourceTags)};
    LaneReading system{layer, LayerKind::Run, true, false, {{"PER", 0, 0, 0.5}}};
    LaneReading silent{"silent", LayerKind::Run, false, false, {}};
    made.cases.push_back(makeCase(post, {gold, system, silent}, "gold"));
    return made;
}

}  // namespace

TEST_CASE("CaseReport.LanesStandUnderTheWords") {
    const std::string text = casesText(report());
    CHECK(has(text,
              "          Kevin Durant in      Toronto\n"
              "  gold    [PER───────]         [LOC──]\n"
              "  a       [PER] ↔ boundary .50 [LOC  ] ○ missed\n"
              "  silent  (no answer for this post)\n"));
    CHECK(has(text, "7 · test\n"));
}
TEST_CASE("CaseReport.ChineseStandsInColumnsOfTwo") {
    CaseReport made = report();
    made.cases.front().words = {"多", "伦", "多", "🔥"};
    made.cases.front().join = JoinRule::Nothing;
    CHECK(has(casesText(made), "          多   伦多  🔥\n") == false);
    CHECK(has(casesText(made), "多"));
    CHECK(wordsOf(made.cases.front(), 0, 2) == "多伦多");
}
TEST_CASE("CaseReport.JsonSaysWhatEachEntityIs") {
    const nlohmann::json body = casesJson(report());
    const auto& lanes = body.at("cases").at(0).at("lanes");
    CHECK(lanes.at(0).at("entities").at(0).contains("verdict") == false);
    CHECK(lanes.at(1).at("entities").at(0).at("verdict") == "boundary");
    CHECK(lanes.at(1).at("entities").at(0).at("confidence") == 0.5);
    CHECK(lanes.at(1).at("entities").at(0).at("text") == "Kevin");
    CHECK(lanes.at(1).at("entities").at(1).at("verdict") == "missed");
    CHECK(lanes.at(1).at("entities").at(1).contains("confidence") == false);
    CHECK(lanes.at(2).at("covered") == false);
}
TEST_CASE("CaseReport.HtmlEscapesTextAndAsksForNothing") {
    const std::string page = casesHtml(report("<script>\"&'", "a<b>"), "out.html");
    CHECK_FALSE(has(page, "<script"));
    CHECK_FALSE(has(page, "http"));
    CHECK_FALSE(has(page, "<b>a"));
    CHECK(has(page, "&lt;script&gt;&quot;&amp;&#39;"));
    CHECK(has(page, "a&lt;b&gt;"));
    CHECK(has(page, "↔ boundary"));
    CHECK(has(page, "○ missed"));
    CHECK(has(page, "no answer for this post"));
}
TEST_CASE("CaseReport.SmallPhotosStandInThePageAndLargeOnesAreLinked") {
    const TemporaryFolder folder;
    writeFileAtomic(folder / "1.png", kPng);
    writeFileAtomic(folder / "big one.png", kPng + std::string(400000, '\0'));
    CaseReport made = report();
    made.cases.front().image = PostImage{"1.png", (folder / "1.png").string(), true, false};
    CHECK(has(casesHtml(made, folder / "o.html"), "src=\"data:image/png;base64,iVBORw0KGgo"));
    made.cases.front().image = PostImage{"big one.png", (folder / "big one.png").string(), true, false};
    CHECK(has(casesHtml(made, folder / "o.html"), "src=\"big%20one.png\""));
    made.cases.front().image = PostImage{"gone.png", (folder / "gone.png").string(), true, false};
    CHECK_FALSE(has(casesHtml(made, folder / "o.html"), "<img"));
    made.cases.front().image = PostImage{"away.png", "", false, true};
    CHECK_FALSE(has(casesHtml(made, folder / "o.html"), "<img"));
}
TEST_CASE("CaseReport.LatexEscapesItsSignsAndKeepsChineseAndEmoji") {
    const std::string text = casesLatex(report("a_b%$#&{}~^\\多伦🔥é", "run_1"), "out.tex");
    CHECK(has(text,
              "a\\_b\\%\\$\\#\\&\\{\\}\\textasciitilde{}\\textasciicircum{}\\textbackslash{}\\mnervacjk{多伦}"
              "\\mnervaemoji{1F525}{🔥}é"));
    CHECK(has(text, "run\\_1"));
    CHECK(has(text, "\\mnervawrong{\\leftrightarrow}{boundary}"));
    CHECK(has(text, "% begin cases"));
}
TEST_CASE("CaseReport.LatexLinksPhotosThatItCanTake") {
    const TemporaryFolder folder;
    writeFileAtomic(folder / "1.png", kPng);
    writeFileAtomic(folder / "a#b.png", kPng);
    CaseReport made = report();
    made.cases.front().image = PostImage{"1.png", (folder / "1.png").string(), true, false};
    CHECK(has(casesLatex(made, folder / "o.tex"),
              "\\includegraphics[width=28mm,height=40mm,keepaspectratio]"
              "{\\detokenize{1.png}}"));
    made.cases.front().image = PostImage{"a#b.png", (folder / "a#b.png").string(), true, false};
    CHECK_FALSE(has(casesLatex(made, folder / "o.tex"), "\\includegraphics"));
}
TEST_CASE("CaseReport.HoldsSumsOfAllPostsAndTheFirstCases") {
    const ProjectFixture f;
    const auto project = f.filled();
    project->storePredictions("a", {{postAt(*project, 0), {{"PER", 0, 1, {}}}}, {postAt(*project, 1), {}}});
    const CaseTable table = loadCases(*project, {{"gold", "a"}, "gold"}, {});
    const CaseReport made = reportOf(*project, table, {0, 1}, 1);
    CHECK(made.found == 2);
    REQUIRE(made.cases.size() == 1);
    REQUIRE(made.layers.size() == 1);
    CHECK(made.layers[0].second.right == 1);
    CHECK(made.layers[0].second.errors[static_cast<std::size_t>(eval::ErrorKind::Missed)] == 3);
    CHECK(has(casesText(made), "[PER───────] ✓"));
}
