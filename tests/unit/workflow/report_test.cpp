#include <catch2/catch.hpp>
#include <pugixml.hpp>
#include <set>

#include "core/base/error.h"
#include "core/workflow/report/run_report.h"
#include "tests/support/project_fixture.h"

namespace {

using namespace mnerva;
using namespace mnerva::workflow;
using namespace mnerva::test;

const std::string kHostile = "<script>alert(1)</script>";
const std::string kPosts = "IMGID:<img src=x onerror=alert(1)>\n" + kHostile +
                           "\tB-PER\n&\tO\n\"'>\tB-LOC\n\nIMGID:2\n多\tB-LOC\n伦\tI-LOC\n多\tI-LOC\n冷\tO\n\n";

struct ReportFixture : ProjectFixture {
    std::unique_ptr<Project> project = filled(kPosts);

    void store(const std::string& run) const {
        project->storePredictions(run, {{postAt(*project, 0), {{"PER", 0, 0, 0.9}, {"<b>", 2, 2, 0.4}}},
                                        {postAt(*project, 1), {{"LOC", 0, 1, 0.8}}}});
    }
    void put(const std::string& run, const std::string& name, const std::string& content) const {
        std::filesystem::create_directories(projectFolder / "runs" / run);
        writeFileAtomic(projectFolder / "runs" / run / name, content);
    }
    std::string report(const std::string& run) const {
        RunReportOptions options;
        options.program = "Mnerva <test>";
        options.presetValues = {{"epochs", 8}, {"lr", 0.5}};
        return runReport(*project, run, options);
    }
};

/// Names of the elements of a page; fails where it is no well-formed XML.
std::set<std::string> elementsOf(const std::string& html) {
    pugi::xml_document document;
    const pugi::xml_parse_result result = document.load_string(html.c_str(), pugi::parse_full);
    INFO(result.description() << " at " << html.substr(static_cast<std::size_t>(result.offset), 80));
    REQUIRE(result.status == pugi::status_ok);
    std::set<std::string> names;
    struct Walker : pugi::xml_tree_walker {
        std::set<std::string>* names = nullptr;
        bool for_each(pugi::xml_node& node) override {
            if (node.type() == pugi::node_element) names->insert(node.name());
            for (const pugi::xml_attribute attribute : node.attributes())
                names->insert("@" + std::string(attribute.name()));
            return true;
        }
    } walker;
    walker.names = &names;
    document.traverse(walker);
    return names;
}

}  // namespace

TEST_CASE_METHOD(ReportFixture, "Report.IsOnePageThatLoadsAndRunsNothing") {
    store("good");
    put("good", "run.json",
        R"({"run":"good","system":"<img src=x>","preset":"p","seed":7,"options":{"epochs":9,"lr":0.5,"odd":"</table>"},
            "data":{"test":{"fingerprint":"abc123","posts":2,"entities":{"LOC":3,"PER":1}}},"versions":{"torch":"1.13"},"outcome":"succeeded"})");
    put("good", "events.jsonl",
        R"({"event":"start","time":1,"epochs":2,"steps":2})"
        "\n"
        R"({"event":"step","time":2,"epoch":1,"step":1,"loss":3.5})"
        "\n"
        R"({"event":"step","time":3,"epoch":2,"step":2,"loss":-1.5})"
        "\n"
        R"({"event":"eval","time":4,"epoch":1,"split":"valid","rule":"seqeval-lenient","micro":{"f1":0.5},"gold":3})"
        "\n"
        R"({"event":"warning","code":"<odd>","count":2,"text":"\"><script>"})"
        "\n"
        R"({"event":"end","time":61,"outcome":"succeeded"})"
        "\n");
    put("good", "explanation.json",
        R"({"format":1,"posts":3,"methods":[{"name":"<i>occlusion</i>","deletion":{"mean":-0.25}}],"list":[{"x":1}]})");
    const std::string html = report("good");
    const std::set<std::string> elements = elementsOf(html);
    for (const char* forbidden :
         {"script", "img", "link", "iframe", "object", "b>", "i", "@src", "@href", "@onerror"}) {
        INFO(forbidden);
        CHECK(elements.count(forbidden) == 0);
    }
    CHECK(elements.count("polyline") == 1);
    CHECK(html.find(kHostile) == std::string::npos);
    CHECK(html.find("&lt;script&gt;alert(1)&lt;/script&gt;") != std::string::npos);
    CHECK(html.find("default-src 'none'") != std::string::npos);
    for (const char* wanted : {"多伦多", "abc123", "LOC 3, PER 1", "<tr class=\"bold\"><td><bdi>epochs</bdi></td>",
                               "conll-strict", "overlap-type", "spurious", "\u22120.2500", "1 min 0 s",
                               "Mnerva &lt;test&gt;", "influence.json is missing", "calibration.json is missing"}) {
        INFO(wanted);
        CHECK(html.find(wanted) != std::string::npos);
    }
    CHECK(html.find("http", html.find("<body>")) == html.find("http://www.w3.org/2000/svg", html.find("<body>")));
}

TEST_CASE_METHOD(ReportFixture, "Report.SaysWhatARunDoesNotHave") {
    std::filesystem::create_directories(projectFolder / "runs" / "bare");
    const std::string html = report("bare");
    elementsOf(html);
    for (const char* wanted :
         {"run.json tells no options", "run.json tells nothing of the data", "events.jsonl is missing",
          "holds no predictions of this run", "calibration.json is missing", "influence.json is missing",
          "explanation.json is missing"}) {
        INFO(wanted);
        CHECK(html.find(wanted) != std::string::npos);
    }
}

TEST_CASE_METHOD(ReportFixture, "Report.OfBrokenFilesIsWrittenAllTheSame") {
    store("broken");
    for (const char* name :
         {"run.json", "events.jsonl", "metrics.json", "calibration.json", "influence.json", "explanation.json"})
        put("broken", name, "{\"a\": [[[[\xff");
    CHECK(elementsOf(report("broken")).contains("h1"));
    for (const char* name : {"run.json", "metrics.json", "calibration.json", "influence.json", "explanation.json"})
        put("broken", name, R"({"options":[1],"data":7,"versions":"x","methods":[1,{"a":{"b":[1]}},null],"list":3})");
    CHECK(elementsOf(report("broken")).contains("h1"));
}

TEST_CASE_METHOD(ReportFixture, "Report.OfAnUnknownRunIsRefused") {
    for (const char* run : {"none", "../runs", "", "/etc"}) {
        INFO(run);
        CHECK_THROWS_AS(report(run), Error);
    }
}
