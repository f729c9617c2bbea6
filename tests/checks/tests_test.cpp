#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>
#include <regex>
#include <set>

#include "tests/checks/source_tree.h"

using namespace mnerva::checks;

namespace {

const std::regex& assertion() {
    static const std::regex kAssertion(
        R"re(\b((REQUIRE|CHECK|FAIL|MNERVA_WAIT|QVERIFY|QCOMPARE|QTRY_|QFAIL|QEXPECT)[A-Z_0-9]*|require[A-Z]\w*)\s*\()re");
    return kAssertion;
}

bool asserts(std::string_view body) {
    return std::regex_search(body.begin(), body.end(), assertion());
}

/// Functions of a test file that assert something for the tests that call them.
std::set<std::string> assertingFunctions(const std::string& blanked) {
    static const std::regex kFunction(
        R"re(\b([A-Za-z_]\w*)(?:\([^;{}]*\)| = \[[^\]]*\][^;{}]*)\s*(?:const\s*)?(?:->[^;{}]*)?\{)re");
    std::set<std::string> out;
    for (auto it = std::sregex_iterator(blanked.begin(), blanked.end(), kFunction); it != std::sregex_iterator();
         ++it) {
        const auto open = static_cast<std::size_t>(it->position() + it->length() - 1);
        if (asserts(braced(blanked, open))) out.insert((*it)[1]);
    }
    for (const char* keyword : {"if", "for", "while", "switch", "catch", "TEST_CASE", "SECTION"}) out.erase(keyword);
    return out;
}

bool checksSomething(std::string_view body, const std::set<std::string>& helpers) {
    if (asserts(body)) return true;
    static const std::regex kCall(R"re(\b([A-Za-z_]\w*)\s*(?:<[^;(]*>)?\()re");
    for (auto it = std::cregex_iterator(body.data(), body.data() + body.size(), kCall); it != std::cregex_iterator();
         ++it)
        if (helpers.contains((*it)[1])) return true;
    return false;
}

struct Case {
    std::string where;
    bool checks = false;
};

std::vector<Case> catchCases(const SourceFile& file) {
    static const std::regex kCase(R"re((?:TEST_CASE|TEST_CASE_METHOD|TEMPLATE_TEST_CASE)\s*\()re");
    const std::string blanked = withoutCommentsAndLiterals(file.text);
    const std::set<std::string> helpers = assertingFunctions(blanked);
    std::vector<Case> out;
    for (auto it = std::sregex_iterator(blanked.begin(), blanked.end(), kCase); it != std::sregex_iterator(); ++it) {
        const auto at = static_cast<std::size_t>(it->position());
        const std::size_t open = blanked.find('{', at);
        if (open == std::string::npos) continue;
        out.push_back(
            {file.path + ":" + std::to_string(lineAt(blanked, at)), checksSomething(braced(blanked, open), helpers)});
    }
    return out;
}

/// Slots of the test class of a Qt test, but those that Qt calls around the tests or for their data.
std::vector<Case> qtCases(const SourceFile& file) {
    static const std::regex kSlots(R"re(private\s+(?:Q_SLOTS|slots)\s*:)re"),
        kSlot(R"re(\bvoid\s+(\w+)\s*\(\s*\)\s*(;|\{))re");
    static const std::set<std::string> kAround{"initTestCase", "cleanupTestCase", "init", "cleanup"};
    const std::string blanked = withoutCommentsAndLiterals(file.text);
    const std::set<std::string> helpers = assertingFunctions(blanked);
    std::smatch slots;
    std::vector<Case> out;
    if (!std::regex_search(blanked, slots, kSlots)) return out;
    // The class whose slots they are; it may have functions before them.
    const std::size_t keyword = blanked.rfind("class ", static_cast<std::size_t>(slots.position()));
    const std::size_t classOpen = keyword == std::string::npos ? keyword : blanked.find('{', keyword);
    const std::string_view body = classOpen == std::string::npos ? std::string_view() : braced(blanked, classOpen);
    REQUIRE(static_cast<std::size_t>(slots.position()) < classOpen + body.size());
    const auto from = static_cast<std::size_t>(slots.position()) - classOpen;
    for (auto it = std::cregex_iterator(body.data() + from, body.data() + body.size(), kSlot);
         it != std::cregex_iterator(); ++it) {
        const std::string name = (*it)[1];
        if (kAround.contains(name) || name.find("_data") != std::string::npos) continue;
        std::size_t open = classOpen + from + static_cast<std::size_t>(it->position() + it->length()) - 1;
        if ((*it)[2] == ";") {
            const std::size_t definition = blanked.find("::" + name + "(");
            open = definition == std::string::npos ? std::string::npos : blanked.find('{', definition);
        }
        out.push_back(
            {file.path + " " + name, open != std::string::npos && checksSomething(braced(blanked, open), helpers)});
    }
    return out;
}

std::vector<Case> allCases() {
    std::vector<Case> out;
    for (const SourceFile& file : sourcesIn({"tests/unit", "tests/integration", "tests/checks"}, {".cpp"}))
        for (Case& c : catchCases(file)) out.push_back(std::move(c));
    for (const SourceFile& file : sourcesIn({"tests/ui"}, {".cpp"}))
        for (Case& c : qtCases(file)) out.push_back(std::move(c));
    return out;
}

}  // namespace

TEST_CASE("Tests.EveryCaseAssertsSomething") {
    std::string empty;
    for (const Case& c : allCases())
        if (!c.checks) empty += c.where + "\n";
    CHECK(empty == "");
}

TEST_CASE("Tests.ThereAreAtLeast250Cases") {
    CHECK(allCases().size() >= 250);
}

TEST_CASE("Tests.EachInvariantOfTheModelsHasACaseOfItsNumber") {
    std::string all, missing;
    for (const SourceFile& file : sourcesIn({"tests/unit"}, {".cpp"})) all += file.text;
    for (int number = 1; number <= 12; ++number)
        if (all.find("[invariant-" + std::to_string(number) + "]") == std::string::npos)
            missing += std::to_string(number) + " ";
    CHECK(missing == "");
}

TEST_CASE("Tests.NoneSleeps") {
    static const std::regex kSleep(
        R"re(\b(sleep_for|sleep_until|usleep|QThread::sleep|QThread::msleep|qSleep|qWait)\s*\()re");
    std::string sleepers;
    for (const SourceFile& file : sourcesIn({"tests/unit", "tests/ui"}, {".cpp"})) {
        // What a test starts may take its time (a fake engine that is slow on purpose); the test itself may not.
        const bool isTest = file.path.find("_test.cpp") != std::string::npos;
        if (isTest && std::regex_search(withoutCommentsAndLiterals(file.text), kSleep)) sleepers += file.path + "\n";
    }
    CHECK(sleepers == "");
}

namespace {

/// A maximum of real numbers that std::max() gathers: it loses a NaN, so a comparison that went wrong may pass.
std::string lossyMaxima(const SourceFile& file) {
    static const std::regex kGathered(R"re(\b(\w+)\s*=\s*std::max\s*(?:<\w+>)?\s*\(\s*\{?\s*(\w+)\b)re"),
        kOfList(R"re(std::max_element\s*\(\s*(\w+)\.c?begin)re");
    if (file.text.find("std::max") == std::string::npos) return {};  // std::regex is slow
    const std::string blanked = withoutCommentsAndLiterals(file.text);
    const auto isDeclared = [&](const std::string& type, const std::string& name) {
        return std::regex_search(blanked, std::regex("\\b" + type + "\\s+" + name + "\\b"));
    };
    std::string out;
    const auto tell = [&](const std::smatch& match) {
        out += file.path + ":" + std::to_string(lineAt(blanked, static_cast<std::size_t>(match.position()))) + "\n";
    };
    for (auto it = std::sregex_iterator(blanked.begin(), blanked.end(), kGathered); it != std::sregex_iterator(); ++it)
        if ((*it)[1] == (*it)[2] && isDeclared("(?:double|float)", (*it)[1])) tell(*it);
    for (auto it = std::sregex_iterator(blanked.begin(), blanked.end(), kOfList); it != std::sregex_iterator(); ++it)
        if (isDeclared("std::vector<(?:double|float)>", (*it)[1])) tell(*it);
    return out;
}

/// Functions of a test file that say that something is not here.
std::set<std::string> skippingFunctions(const std::string& blanked) {
    static const std::regex kFunction(R"re(\b([A-Za-z_]\w*)\([^;{}]*\)\s*(?:const\s*)?\{)re");
    std::set<std::string> out{"skip", "realData"};
    for (auto it = std::sregex_iterator(blanked.begin(), blanked.end(), kFunction); it != std::sregex_iterator();
         ++it) {
        const std::string_view body = braced(blanked, static_cast<std::size_t>(it->position() + it->length() - 1));
        if (body.find("skip(") != std::string_view::npos) out.insert((*it)[1]);
    }
    return out;
}

/// Cases that end early, not inside a function of their own, and do not say that they skip.
std::string silentReturns(const SourceFile& file) {
    static const std::regex kCase(R"re(TEST_CASE\s*\()re"), kLambda(R"re(\][^;{}()]*(?:\([^{}]*\)[^;{}()]*)?\{)re"),
        kReturn(R"re(\breturn\s*;)re");
    const std::string blanked = withoutCommentsAndLiterals(file.text);
    std::optional<std::set<std::string>> skipping;  // looked for where they are asked about
    std::string out;
    for (auto it = std::sregex_iterator(blanked.begin(), blanked.end(), kCase); it != std::sregex_iterator(); ++it) {
        const std::size_t open = blanked.find('{', static_cast<std::size_t>(it->position()));
        if (open == std::string::npos) continue;
        std::string body(braced(blanked, open));
        if (body.find("return;") == std::string::npos) continue;
        for (std::smatch lambda; std::regex_search(body, lambda, kLambda);) {
            const auto from = static_cast<std::size_t>(lambda.position() + lambda.length() - 1);
            const std::size_t length = braced(body, from).size();
            if (length == 0) break;
            body.erase(static_cast<std::size_t>(lambda.position()),
                       static_cast<std::size_t>(lambda.length()) - 1 + length);
        }
        if (!std::regex_search(body, kReturn)) continue;
        if (!skipping) skipping = skippingFunctions(blanked);
        const bool says = std::any_of(skipping->begin(), skipping->end(), [&](const std::string& name) {
            return std::regex_search(body, std::regex("\\b" + name + "\\s*\\("));
        });
        if (!says)
            out += file.path + ":" + std::to_string(lineAt(blanked, static_cast<std::size_t>(it->position()))) + "\n";
    }
    return out;
}

/// "6 * 16" or "50".
double product(const std::string& text) {
    static const std::regex kNumber(R"re(\d+(?:\.\d+)?)re");
    double out = 1;
    for (auto it = std::sregex_iterator(text.begin(), text.end(), kNumber); it != std::sregex_iterator(); ++it)
        out *= std::stod(it->str());
    return out;
}

constexpr double kMostOfABudget = 10;

/// Limits of time that are more than ten times the budget which the line before them states.
std::string looseLimits(const SourceFile& file) {
    static const std::regex kLimit(R"re(budget (\d+)[^"]*"[^;]*;\s*(?:QVERIFY|CHECK)\([^;<]*<\s*([0-9][0-9.* ]*)\))re");
    std::string out;
    if (file.text.find("budget ") == std::string::npos) return out;
    for (auto it = std::sregex_iterator(file.text.begin(), file.text.end(), kLimit); it != std::sregex_iterator(); ++it)
        if (product((*it)[2]) > kMostOfABudget * std::stod((*it)[1]))
            out += file.path + ":" + std::to_string(lineAt(file.text, static_cast<std::size_t>(it->position()))) + "\n";
    return out;
}

template <class Find>
std::string foundIn(const std::vector<std::string>& folders, Find find) {
    std::string out;
    for (const SourceFile& file : sourcesIn(folders, {".cpp", ".h"})) out += find(file);
    return out;
}

}  // namespace

TEST_CASE("Tests.NoneGathersRealNumbersByAMaximumThatLosesNaN") {
    CHECK(foundIn({"tests/unit", "tests/integration", "tests/ui"}, lossyMaxima) == "");
    CHECK(lossyMaxima({"a.cpp", "double worst = 0;\nworst = std::max(worst, f());\n"}) == "a.cpp:2\n");
    CHECK(lossyMaxima({"a.cpp", "double w = 0;\nw =\n std::max({w, f(), g()});\n"}) == "a.cpp:2\n");
    CHECK(lossyMaxima({"a.cpp", "std::vector<double> e{1};\ndouble m = *std::max_element(e.begin(), e.end());\n"}) ==
          "a.cpp:2\n");
    CHECK(lossyMaxima({"a.cpp", "int most = 0;\nmost = std::max(most, 3);\n"}) == "");
}

TEST_CASE("Tests.NonePassesWithoutHoldingAnything") {
    std::string passing;
    for (const SourceFile& file : sourcesIn({"tests/unit", "tests/integration", "tests/ui"}, {".cpp"}))
        if (file.path.find("_test.cpp") != std::string::npos && file.text.find("SUCCEED") != std::string::npos &&
            std::regex_search(withoutCommentsAndLiterals(file.text), std::regex(R"re(\bSUCCEED\s*\()re")))
            passing += file.path + "\n";
    CHECK(passing == "");
    CHECK(foundIn({"tests/unit", "tests/integration"}, silentReturns) == "");
    CHECK(silentReturns({"a.cpp", "TEST_CASE(\"a\") {\n if (!f()) return;\n CHECK(1);\n}\n"}) == "a.cpp:1\n");
    CHECK(silentReturns({"a.cpp", "TEST_CASE(\"a\") {\n if (!realData(\"x\")) return;\n CHECK(1);\n}\n"}) == "");
    CHECK(silentReturns({"a.cpp",
                         "bool has() {\n skip(\"none\");\n return false;\n}\n"
                         "TEST_CASE(\"a\") {\n if (!has()) return;\n CHECK(1);\n}\n"}) == "");
    CHECK(silentReturns({"a.cpp",
                         "TEST_CASE(\"a\") {\n const auto f = [&](int x) { if (x) return; g(); };\n f(1);\n"
                         " CHECK(1);\n}\n"}) == "");
}

TEST_CASE("Tests.LimitsOfTimeAreAtMostTenTimesTheBudgetThatTheyState") {
    CHECK(foundIn({"tests/unit", "tests/integration", "tests/ui"}, looseLimits) == "");
    const std::string text = "qInfo(\"p99 %.2f ms (budget 5)\", p);\n        QVERIFY(p < ";
    CHECK(looseLimits({"a.cpp", text + "250);\n"}) == "a.cpp:1\n");
    CHECK(looseLimits({"a.cpp", text + "6 * 16);\n"}) == "a.cpp:1\n");
    CHECK(looseLimits({"a.cpp", text + "10 * 5);\n"}) == "");
}

TEST_CASE("Tests.CasesWithoutAssertionsAreFound") {
    // The check itself.
    const auto cases = catchCases({"t.cpp",
                                   "void helper(int x) { CHECK(x); }\n"
                                   "TEST_CASE(\"a\") { CHECK(1); }\n"
                                   "TEST_CASE(\"b\") { /* CHECK(1); */ f(\"CHECK(1)\"); }\n"
                                   "TEST_CASE(\"c\") { helper(3); }\n"});
    REQUIRE(cases.size() == 3);
    CHECK(cases[0].checks);
    CHECK_FALSE(cases[1].checks);
    CHECK(cases[1].where == "t.cpp:3");
    CHECK(cases[2].checks);
    const auto slots = qtCases({"q.cpp",
                                "class T : public QObject {\n Q_OBJECT\nprivate Q_SLOTS:\n void init();\n void "
                                "one();\n void two() { QCOMPARE(1, 1); }\n};\n"
                                "void T::one() { go(); }\n"});
    REQUIRE(slots.size() == 2);
    CHECK_FALSE(slots[0].checks);
    CHECK(slots[1].checks);
}

TEST_CASE("Tests.TheSystemThatHackingShowsIsTheOneThatIsTested") {
    const std::string mark = "// [example]\n";
    const std::string test = sourceText("tests/unit/models/example_system_test.cpp");
    const std::size_t begin = test.find(mark), end = test.find(mark, begin + 1);
    REQUIRE(end != std::string::npos);
    const std::string code = test.substr(begin + mark.size(), end - begin - mark.size());
    CHECK(sourceText("HACKING.md").find("```cpp\n" + code + "```") != std::string::npos);
}
