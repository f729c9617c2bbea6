#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/eval/rule.h"
#include "core/project/editing.h"
#include "core/project/project.h"
#include "tests/integration/cli.h"

// The commands that need no model, as a script uses them.

namespace {
using namespace mnerva;
using namespace mnerva::test;
using nlohmann::json;
namespace fs = std::filesystem;

const std::string kTweets =
    "IMGID:1\nKevin\tB-PER\nDurant\tI-PER\nflies\tO\nto\tO\nToronto\tB-LOC\n\n"
    "IMGID:2\nNew\tI-ORG\nYork\tI-ORG\nTimes\tI-ORG\nreads\tO\nBible\tB-OTHER\n\n";

struct CliFixture {
    TemporaryFolder folder;
    std::string project = (folder / "p").string();
    std::string write(const std::string& name, const std::string& content) const {
        writeFileAtomic(folder / name, content);
        return (folder / name).string();
    }
    void fill() const {
        REQUIRE(cli({"init", project}).status == 0);
        REQUIRE(cli({"import", project, write("train.txt", kTweets)}).status == 0);
    }
};
}  // namespace

TEST_CASE("Cli.InitTakesLabelsAndScheme") {
    const CliFixture f;
    const json made = jsonOf({"init", f.project, "--labels", "PER,LOC", "--scheme", "bmes"});
    CHECK(made.at("labels") == json({"PER", "LOC"}));
    CHECK(made.at("scheme") == "bmes");
    CHECK(jsonOf({"init", f.project}, 1).at("error").at("code") == "project-exists");
}

TEST_CASE("Cli.TextsAboutPostsAreImportedAloneOrWithPostsAndExported") {
    const CliFixture f;
    REQUIRE(cli({"init", f.project}).status == 0);
    const std::string texts = f.write("texts.tsv", "1\tcaption\ta man flies\n9\tcaption\tnobody\n");
    const json both = jsonOf({"import", f.project, f.write("train.txt", kTweets), "--aux", texts});
    CHECK(both.at("posts") == 2);
    CHECK(both.at("auxiliary").at("posts") == 1);
    CHECK(both.at("auxiliary").at("unknownPosts") == 1);
    const json alone = jsonOf(
        {"import", f.project, "--aux", f.write("more.jsonl", "{\"id\": \"2\", \"source\": \"s\", \"text\": \"x\"}\n")});
    CHECK(alone.at("auxiliary").at("texts") == 1);
    CHECK(jsonOf({"import", f.project}, 1).at("error").at("code") == "option-invalid");
    CHECK(jsonOf({"import", f.project, "--aux", "/no/such/file"}, 1).at("error").at("code") == "file-missing");
    CHECK(jsonOf({"export", f.project, (f.folder / "out.jsonl").string(), "--format", "auxiliary"}).at("texts") == 2);
    CHECK(readFile(f.folder / "out.jsonl").find("\"text\":\"a man flies\"") != std::string::npos);
    jsonOf({"export", f.project, (f.folder / "out.txt").string(), "--aux"});
    CHECK(readFile(f.folder / "out.txt").find("Toronto\tB-LOC\n<EOS>\tX\na\tX\nman\tX\n") != std::string::npos);
}

TEST_CASE("Cli.ImportReportsPostsWordsEntitiesAndFindings") {
    const CliFixture f;
    REQUIRE(cli({"init", f.project}).status == 0);
    const json report = jsonOf({"import", f.project, f.write("train.txt", kTweets + "no tab\n")});
    CHECK(report.at("posts") == 3);
    CHECK(report.at("words") == 11);
    CHECK(report.at("entities") == 4);
    bool found = false;
    for (const json& finding : report.at("findings")) {
        for (const char* field : {"code", "file", "line", "text"}) REQUIRE(finding.contains(field));
        found |= finding.at("code") == "tabless-line" && finding.at("line") == 15;
    }
    CHECK(found);
}

TEST_CASE("Cli.ADryRunChangesNothing") {
    const CliFixture f;
    REQUIRE(cli({"init", f.project}).status == 0);
    CHECK(jsonOf({"import", f.project, f.write("train.txt", kTweets), "--dry-run"}).at("posts") == 2);
    CHECK(jsonOf({"stats", f.project}).at("splits").empty());
}

TEST_CASE("Cli.StatsHaveTypesOfEachSplit") {
    const CliFixture f;
    f.fill();
    const json train = jsonOf({"stats", f.project}).at("splits").at("train");
    CHECK(train.at("posts") == 2);
    CHECK(train.at("words") == 10);
    CHECK(train.at("entities") == 4);
    CHECK(train.at("types").at("PER") == 1);
    CHECK(train.at("entitiesBeginOnly") == 3);
    CHECK(train.at("fingerprint") == sha256(kTweets));
    CHECK(cli({"stats", f.project}).out.find("posts without entity") != std::string::npos);
}

TEST_CASE("Cli.FindListsThePostsOfAQueryAndSaysWhereOneIsWrong") {
    const CliFixture f;
    f.fill();
    const json all = jsonOf({"find", f.project, ""});
    CHECK(all.at("count").get<std::size_t>() == all.at("posts").size());
    const json found = jsonOf({"find", f.project, "label:PER durant"});
    REQUIRE(found.at("count") == 1);
    CHECK(found.at("posts").at(0).at("id") == "1");
    CHECK(found.at("posts").at(0).at("split") == "train");
    CHECK(found.at("posts").at(0).at("text") == "Kevin Durant flies to Toronto");
    CHECK(cli({"find", f.project, "durant"}).out == "1\tKevin Durant flies to Toronto\n");
    CHECK(cli({"find", f.project, "label:*", "--count"}).out == std::to_string(2) + "\n");
    CHECK(jsonOf({"find", f.project, "", "--limit", "1"}).at("posts").size() == 1);
    CHECK(cli({"find", f.project, "nowhere"}).out.empty());
    const json last = jsonOf({"find", f.project, "", "--order", "project", "--descending", "--limit", "1"});
    CHECK(last.at("posts").at(0).at("post") == all.at("posts").back().at("post"));
    const json longest = jsonOf({"find", f.project, "label:*", "--order", "length", "--descending"});
    REQUIRE(longest.at("posts").size() == 2);
    const auto words = [&](std::size_t at) {
        const std::string text = longest.at("posts").at(at).at("text");
        return std::count(text.begin(), text.end(), ' ');
    };
    CHECK(words(0) >= words(1));
    CHECK(cli({"find", f.project, "", "--order", "least-confidence"}).status != 0);
    CHECK(cli({"find", f.project, "", "--order", "size"}).status != 0);
    const auto wrong = cli({"find", f.project, "durant lable:PER"});
    CHECK(wrong.status == 1);
    CHECK(wrong.err.find("There is no field “lable”") != std::string::npos);
    CHECK(wrong.err.find("characters 8 to 12") != std::string::npos);
}

TEST_CASE("Cli.BulkChangesThePostsOfAQueryInOneStepAndListsThem") {
    const CliFixture f;
    f.fill();
    const std::string report = (f.folder / "posts.tsv").string();
    const json looked = jsonOf({"bulk", f.project, "durant", "--relabel", "PER=ORG", "--dry-run"});
    CHECK(looked.at("relabelled") == 1);
    CHECK(looked.at("written") == false);
    CHECK(looked.at("examples").at(0).at("words") == "Kevin Durant");
    CHECK(jsonOf({"find", f.project, "label:PER"}).at("count") == 1);
    const json done =
        jsonOf({"bulk", f.project, "durant", "--relabel", "PER=ORG", "--text", "#KevinDurant", "--report", report});
    CHECK(done.at("posts").size() == 1);
    CHECK(readFile(report) == "id\tremoved\tadded\tstatus\n1\tPER 1-2\tORG 1-2\t\n");
    CHECK(jsonOf({"find", f.project, "label:PER"}).at("count") == 0);
    {
        const auto project = project::Project::open(f.project, project::OpenMode::ReadWrite, "test");
        project->undo();
        CHECK_FALSE(project->canUndo());
    }
    CHECK(jsonOf({"find", f.project, "label:PER"}).at("count") == 1);
    // A list that is there is not written over, and then nothing is changed.
    const auto again = cli({"bulk", f.project, "", "--clear", "*", "--report", report});
    CHECK(again.status == 1);
    CHECK(again.err.find("posts.tsv") != std::string::npos);
    CHECK(jsonOf({"find", f.project, "label:PER"}).at("count") == 1);
    jsonOf({"bulk", f.project, "id=1", "--status", "done", "--status", "flagged"});
    CHECK(jsonOf({"find", f.project, "status:done flag:yes"}).at("count") == 1);
}

TEST_CASE("Cli.BulkSaysWhatIsWrongWithAStep") {
    const CliFixture f;
    f.fill();
    const auto refused = [&](std::vector<std::string> step) {
        step.insert(step.begin(), {"bulk", f.project, ""});
        const auto run = cli(step);
        CHECK(run.status != 0);
        return run.err;
    };
    CHECK(refused({}).find("--relabel, --clear, --accept and --status") != std::string::npos);
    CHECK(refused({"--clear", "*", "--status", "done"}).find("just one of") != std::string::npos);
    CHECK(refused({"--relabel", "PER"}).find("FROM=TO") != std::string::npos);
    CHECK(refused({"--relabel", "PER=NOBODY"}).find("NOBODY") != std::string::npos);
    CHECK(refused({"--accept", "nobody"}).find("nobody") != std::string::npos);
    CHECK(refused({"--accept", "gold", "--above", "7"}).find("--above") != std::string::npos);
    CHECK(cli({"bulk", f.project, "(x", "--clear", "*"}).err.find("character") != std::string::npos);
}

TEST_CASE("Cli.StatsNamesTheLayerItCountsAndShowsTheCorrectedOneBesideGold") {
    const CliFixture f;
    f.fill();
    CHECK(!jsonOf({"stats", f.project}).contains("corrected"));
    {
        const auto project = project::Project::open(f.project, project::OpenMode::ReadWrite, "test");
        const PostState state = project->view(project->summaries(PostId{}, 1).front().id).state;
        project->apply(std::get<Change>(project::removeEntity(state, state.entities.front())));
    }
    const json stats = jsonOf({"stats", f.project});
    CHECK(stats.at("layer") == "gold");
    CHECK(stats.at("splits").at("train").at("entities") == 4);
    CHECK(stats.at("splits").at("train").at("correctedPosts") == 1);
    CHECK(stats.at("corrected").at("train").at("entities") == 3);
    const std::string shown = cli({"stats", f.project}).out;
    CHECK(shown.find("gold") < shown.find("corrected  "));
    CHECK(!jsonOf({"stats", f.project, "--layer", "corrected"}).contains("corrected"));
}

TEST_CASE("Cli.SkippedPostsReviewsAndCommentsAreSetCountedAndListed") {
    const CliFixture f;
    f.fill();
    CHECK(cli({"stats", f.project}).out.find("skipped") == std::string::npos);  // nobody has begun
    jsonOf({"bulk", f.project, "id=1", "--status", "skipped", "--status", "to-review"});
    {
        const auto project = project::Project::open(f.project, project::OpenMode::ReadWrite, "test");
        const PostState state = project->view(project->summaries(PostId{}, 9).at(1).id).state;
        project->apply(
            std::get<Change>(project::returnPost(state, {7, "Anna", 1767225605000, "two\nlines\tand a tab"})));
    }
    const json work = jsonOf({"stats", f.project}).at("work").at("train");
    CHECK(work.at("done") == 0);
    CHECK(work.at("skipped") == 1);
    CHECK(work.at("review").at("to-review") == 1);
    CHECK(work.at("review").at("returned") == 1);
    CHECK(work.at("review").at("accepted") == 0);
    CHECK(cli({"stats", f.project}).out.find("review: returned") != std::string::npos);
    const json posts = jsonOf({"comments", f.project}).at("posts");
    REQUIRE(posts.size() == 2);
    CHECK(posts[0].at("review") == "to-review");
    CHECK(posts[0].at("status") == "skipped");
    CHECK(posts[0].at("comments").empty());
    CHECK(posts[1].at("comments").at(0).at("text") == "two\nlines\tand a tab");
    CHECK(posts[1].at("comments").at(0).at("time") == "2026-01-01T00:00:05Z");
    const std::string shown = cli({"comments", f.project, "review:returned"}).out;
    CHECK(std::count(shown.begin(), shown.end(), '\n') == 1);  // a line a comment, whatever it holds
    CHECK(std::count(shown.begin(), shown.end(), '\t') == 5);
    CHECK(cli({"comments", f.project, "comment:absent"}).out.empty());
    CHECK(cli({"comments", f.project, "(x"}).status != 0);
    CHECK(jsonOf({"find", f.project, "comment:lines"}).at("count") == 1);
    jsonOf({"bulk", f.project, "", "--status", "open", "--status", "unreviewed"});
    CHECK(jsonOf({"find", f.project, "review:none status:open"}).at("count") == 2);
    const json report = jsonOf({"export", f.project, (f.folder / "out.txt").string(), "--layer", "gold"});
    bool isSaid = false;
    for (const json& finding : report.at("findings"))
        isSaid = isSaid || (finding.at("code") == "comments-not-kept" && finding.at("text") == "1");
    CHECK(isSaid);
}

TEST_CASE("Cli.ExportGivesTheFileBack") {
    const CliFixture f;
    f.fill();
    const std::string out = (f.folder / "out.txt").string();
    const json report = jsonOf({"export", f.project, out, "--format", "mner", "--layer", "gold"});
    CHECK(readFile(out) == kTweets);
    CHECK(report.at("files").at(0).at("posts") == 2);
}

TEST_CASE("Cli.ExportPreviewWritesNothing") {
    const CliFixture f;
    f.fill();
    const std::string out = (f.folder / "out.txt").string();
    const json report = jsonOf({"export", f.project, out, "--preview", "--scheme", "bioes"});
    CHECK(report.at("sample").get<std::string>().find("Durant\tE-PER") != std::string::npos);
    CHECK(report.at("findingCounts").at("rewritten-orphan-tag") == 1);
    CHECK_FALSE(fs::exists(out));
}

TEST_CASE("Cli.EvaluateScoresALayer") {
    const CliFixture f;
    f.fill();
    const json score = jsonOf({"evaluate", f.project, "--layer", "corrected", "--rule", "seqeval-lenient"});
    CHECK(score.at("rule") == "seqeval-lenient");
    CHECK(score.at("micro").at("f1") == 1.0);
    CHECK(score.at("gold") == 4);
    CHECK(score.at("predicted") == 4);
    CHECK(score.at("types").at("MISC").at("support") == 1);
    CHECK(jsonOf({"evaluate", f.project, "--layer", "none"}, 1).at("error").at("code") == "layer-unknown");
}

TEST_CASE("Cli.EvaluateTellsMistakesBucketsAndSignificance") {
    const CliFixture f;
    f.fill();
    const std::string predictions = (f.folder / "pre.txt").string();
    writeFileAtomic(predictions,
                    "Kevin Durant flies to Toronto\nB-PER O O O B-LOC\nB-PER I-PER O O B-LOC\n\n"
                    "New York Times reads Bible\nB-LOC I-LOC O O O\nI-ORG I-ORG I-ORG O B-OTHER\n\n");
    jsonOf({"import", f.project, predictions, "--format", "pre", "--layer", "run", "--split", "train"});
    const json all = jsonOf({"evaluate", f.project, "--layer", "corrected,run", "--rule", "all", "--errors",
                             "--confusion", "--surfaces", "--buckets", "span-words", "--against", "run"});
    CHECK(all.at("rules").size() == eval::allRules().size());
    CHECK(all.at("systems").at(1).at("micro").at("f1").get<double>() == Approx(2.0 / 7));
    const json mistakes = all.at("errors").at("run").back();
    CHECK(mistakes.at("right") == 1);
    CHECK(mistakes.at("kinds").at("boundary") == 1);
    CHECK(mistakes.at("kinds").at("boundary-and-type") == 1);
    CHECK(mistakes.at("kinds").at("missed") == 1);
    CHECK(all.at("confusion").at("run").at("labels").front() == "O");
    CHECK(all.at("surfaces").at("run").size() == 5);
    CHECK(all.at("buckets").at(0).at("layers").at("run").size() == 3);
    CHECK(all.at("significance").at(0).at("difference").get<double>() == Approx(5.0 / 7));
    const std::string csv = cli({"evaluate", f.project, "--layer", "run", "--errors", "--csv"}).out;
    CHECK(csv.substr(0, 2) == "# ");
    CHECK(csv.find("\nrun,micro avg,0.3333,0.2500,0.2857,4,3,1\n") != std::string::npos);
    CHECK(cli({"evaluate", f.project, "--layer", "run,corrected", "--latex"}).out.find("\\bottomrule") !=
          std::string::npos);
    const json file = jsonOf({"score", predictions, "--format", "pre", "--rule", "strings", "--against", predictions});
    CHECK(file.at("significance").at(0).at("pRandomisation") == 1.0);
    CHECK(jsonOf({"evaluate", f.project, "--layer", "run", "--rule", "strings-document", "--against", "corrected"}, 1)
              .at("error")
              .at("code") == "option-invalid");
}

TEST_CASE("Cli.GroundingOfALayerWithoutRegionsIsSaidAndNoNumber") {
    const CliFixture f;
    f.fill();
    const json answer = jsonOf({"evaluate", f.project, "--layer", "corrected", "--rule", "grounding", "--errors"});
    CHECK(answer.at("micro").is_null());
    CHECK(answer.at("noFigures") == "no regions in this layer");
    CHECK(cli({"evaluate", f.project, "--layer", "corrected", "--rule", "grounding"})
              .out.find("no regions in this layer") == 0);
    CHECK(cli({"evaluate", f.project, "--layer", "corrected", "--rule", "grounding", "--csv"})
              .out.find("corrected,no regions in this layer,") != std::string::npos);
    const std::string predictions = (f.folder / "pre.txt").string();
    writeFileAtomic(predictions, "Kevin Durant\nB-PER I-PER\nB-PER I-PER\n\n");
    const json file =
        jsonOf({"score", predictions, "--format", "pre", "--rule", "grounding", "--against", predictions, "--errors"});
    CHECK(file.at("micro").is_null());
    CHECK(file.at("significance").at(0).contains("noFigures"));
}

TEST_CASE("Cli.CheckIsCleanAndFailsOnDamage") {
    const CliFixture f;
    f.fill();
    CHECK(jsonOf({"check", f.project}).at("clean") == true);
    fs::resize_file(f.project + "/project.mnerva", 4096);
    CHECK(cli({"check", f.project}).status == 1);
}

TEST_CASE("Cli.WrongUsageIsTwo") {
    CHECK(cli({}).status == 2);
    CHECK(cli({"init"}).status == 2);
    const RunResult unknown = cli({"--json", "nonsense\x1b[2J", "p"});
    CHECK(unknown.status == 2);
    CHECK(unknown.err.find("no command \"nonsense") != std::string::npos);
    CHECK(unknown.err.find("import, ") != std::string::npos);
    CHECK(unknown.err.find('\x1b') == std::string::npos);
    CHECK(cli({"import", "p", "f", "--split", "nowhere"}).status == 2);
    CHECK(cli({"export", "p", "o", "--format", "xml"}).status == 2);
}

TEST_CASE("Cli.FailuresAreOneWithASentenceThatNamesThePath") {
    const CliFixture f;
    const auto result = cli({"stats", f.project});
    CHECK(result.status == 1);
    CHECK(result.err.find(f.project) != std::string::npos);
    REQUIRE(cli({"init", f.project}).status == 0);
    CHECK(jsonOf({"import", f.project, f.folder.path().string()}, 1).at("error").at("code") == "file-is-directory");
    CHECK(jsonOf({"import", f.project, f.project + "/none"}, 1).at("error").at("code") == "file-missing");
}

TEST_CASE("Cli.AWritingCommandNamesTheHolderOfTheLock") {
    const CliFixture f;
    f.fill();
    const auto window = project::Project::open(f.project, project::OpenMode::ReadWrite, "mnerva");
    const json error = jsonOf({"import", f.project, f.write("valid.txt", kTweets)}, 1).at("error");
    CHECK(error.at("code") == "project-locked");
    CHECK(error.at("args").at(1) == "mnerva");
    CHECK(error.at("args").at(3) == std::to_string(::getpid()));
    CHECK(jsonOf({"stats", f.project}).at("splits").at("train").at("posts") == 2);
}

TEST_CASE("Cli.RealDataComeBackToTheByteWithTheirCounts") {
    const auto data = realData("twitter2017");
    if (!data) return;
    const CliFixture f;
    REQUIRE(cli({"init", f.project}).status == 0);
    std::vector<std::string> import{"import", f.project};
    for (const char* name : {"train.txt", "valid.txt", "test.txt"}) import.push_back((*data / name).string());
    CHECK(jsonOf(import).at("posts") == 4819);
    const std::string out = (f.folder / "out").string();
    jsonOf({"export", f.project, out, "--format", "mner", "--layer", "gold"});
    for (const char* name : {"train.txt", "valid.txt", "test.txt"})
        CHECK((readFile(fs::path(out) / name) == readFile(*data / name)));
    const json stats = jsonOf({"stats", f.project}).at("splits");
    CHECK(stats.at("train").at("types") == json({{"PER", 2943}, {"LOC", 731}, {"ORG", 1674}, {"MISC", 701}}));
    CHECK(stats.at("test").at("postsWithoutEntity") == 86);
}

TEST_CASE("Cli.ExportReplacesNothingUnasked") {
    const CliFixture f;
    f.fill();
    const std::string source = (f.folder / "train.txt").string(), out = f.write("out.txt", "mine");
    for (const std::string& target : {source, out}) {
        const auto refused = cli({"export", f.project, target, "--split", "train", "--scheme", "bmes"});
        CHECK(refused.status == 1);
        CHECK(refused.err.find("--force") != std::string::npos);
    }
    CHECK(readFile(source) == kTweets);
    CHECK(readFile(out) == "mine");
    CHECK(cli({"export", f.project, out, "--split", "train", "--force"}).status == 0);
    CHECK(readFile(out) == kTweets);
    for (const char* format : {"mner", "pre", "mtmner", "auxiliary"}) {
        INFO(format);
        CHECK(jsonOf({"export", f.project, f.project + "/project.mnerva", "--split", "train", "--format", format,
                      "--force"},
                     1)
                  .at("error")
                  .at("code") == "file-protected");
    }
    CHECK(cli({"check", f.project}).status == 0);
}

TEST_CASE("Cli.NothingImportedIsAFailure") {
    const CliFixture f;
    f.fill();
    const auto code = [&](const std::vector<std::string>& arguments) {
        return jsonOf(arguments, 1).at("error").at("code").get<std::string>();
    };
    CHECK(code({"import", f.project, (f.folder / "train.txt").string()}) == "nothing-imported");
    CHECK(cli({"import", f.project, (f.folder / "train.txt").string()}).err.find("--again") != std::string::npos);
    CHECK(code({"import", f.project, f.write("valid.txt", "")}) == "nothing-imported");
    CHECK(code({"import", f.project, f.write("test.txt", "IMGID:1\n\n")}) == "nothing-imported");
    CHECK(code({"import", f.project, "--aux", f.write("aux.tsv", "9\tcaption\tnobody\n")}) == "nothing-imported");
    CHECK(code({"import", f.project, f.write("p.txt", "a\nO\nO\n\n"), "--format", "pre", "--split", "train", "--layer",
                "l"}) == "nothing-imported");
    fs::create_directories(f.folder / "xml");
    CHECK(code({"import", f.project, "--xml", (f.folder / "xml").string()}) == "nothing-imported");
}

TEST_CASE("Cli.StrictImportsNothingAndSaysWhatWouldBeLost") {
    const CliFixture f;
    REQUIRE(cli({"init", f.project}).status == 0);
    const auto refused = cli({"import", f.project, f.write("train.txt", kTweets + "no tab\n"), "--strict"});
    CHECK(refused.status == 1);
    CHECK(refused.err.find("tabless-line") != std::string::npos);
    CHECK(jsonOf({"stats", f.project}).at("splits").empty());
    CHECK(jsonOf({"import", f.project, f.write("train.txt", kTweets), "--strict"}).at("posts") == 2);
}

TEST_CASE("Cli.AnEncodingCanBeNamed") {
    const CliFixture f;
    REQUIRE(cli({"init", f.project}).status == 0);
    const std::string file = f.write("train.txt", "IMGID:1\n\xB1\xB1\tB-LOC\n\xBE\xA9\tI-LOC\n\n");
    CHECK(cli({"import", f.project, file}).err.find("--encoding") != std::string::npos);
    CHECK(jsonOf({"import", f.project, file, "--encoding", "nonsense"}, 1).at("error").at("code") == "option-invalid");
    CHECK(jsonOf({"import", f.project, file, "--encoding", "GBK"}).at("posts") == 1);
    REQUIRE(cli({"export", f.project, (f.folder / "out.txt").string()}).status == 0);
    CHECK(readFile(f.folder / "out.txt") == "IMGID:1\n北\tB-LOC\n京\tI-LOC\n\n");
}

TEST_CASE("Cli.NamesThatAreNoUtf8AreAnErrorInPrintableForm") {
    const CliFixture f;
    const auto refused = cli({"init", (f.folder / "caf\xE9").string()});
    CHECK(refused.status == 1);
    CHECK(refused.err.find("caf\\xE9") != std::string::npos);
    CHECK(jsonOf({"init", (f.folder / "caf\xE9").string()}, 1).at("error").at("code") == "path-encoding");
}

TEST_CASE("Cli.ScoreReadsEachSideOfAFileByItsOwnScheme") {
    const CliFixture f;
    const auto scored = [&](const std::string& predicted, const std::string& gold) {
        const std::string file = f.write("p.txt", "1.jpg\na b c d\n" + predicted + "\n" + gold + "\n\n");
        return jsonOf({"score", file, "--format", "mtmner", "--rule", "conll-strict"});
    };
    const json crossed = scored("B-PER I-PER O B-LOC", "B-PER E-PER O S-LOC");
    CHECK(crossed.at("schemes") == json({{"gold", "bmes"}, {"predicted", "bio"}}));
    CHECK(crossed.at("micro").at("f1") == 1.0);
    // A side that speaks for no scheme is read by the other's.
    CHECK(scored("O O O O", "B-PER E-PER O O").at("schemes").at("predicted") == "bmes");
    CHECK(scored("B-PER I-PER O O", "B-PER O O O").at("schemes").at("gold") == "bio");
}
