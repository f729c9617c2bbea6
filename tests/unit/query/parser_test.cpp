#include <catch2/catch.hpp>

#include <set>

#include "core/query/completion.h"
#include "core/query/parts.h"
#include "core/query/query.h"

namespace {
using namespace mnerva::query;

/// A query as it was understood: operators in front, terms by field and value.
std::string shown(const Query& query, const Node& node) {
    const auto parts = [&](const std::string& name) {
        std::string text = name + "(";
        for (std::size_t i = 0; i < node.parts.size(); ++i) text += (i == 0 ? "" : " ") + shown(query, node.parts[i]);
        return text + ")";
    };
    switch (node.kind) {
        case Node::Kind::Everything:
            return "all";
        case Node::Kind::And:
            return parts("and");
        case Node::Kind::Or:
            return parts("or");
        case Node::Kind::Not:
            return parts("not");
        case Node::Kind::Term:
            break;
    }
    const Term& term = query.terms[node.term];
    std::string text(fieldName(term.field));
    for (const std::size_t layer : term.layers) text += "," + query.layers[layer].name;
    return text + ":" + (term.text.empty() ? std::to_string(term.value) : term.text);
}

std::string shown(std::string_view text) {
    const auto parsed = parse(text);
    if (const auto* mistake = std::get_if<Mistake>(&parsed)) return "mistake " + sentenceOf(*mistake);
    const Query& query = std::get<Query>(parsed);
    return shown(query, query.root);
}

struct Wrong {
    const char* text;
    MistakeKind kind;
    std::size_t first, last;
};

std::vector<std::string> offered(const std::string& text, const Names& names) {
    std::vector<std::string> found;
    for (const Completion& one : completions(text, 1000, names)) {
        found.push_back(one.text);
        CHECK(one.replaced.last >= one.replaced.first);
    }
    return found;
}

}  // namespace

TEST_CASE("Query.OperatorsBindAsWritten") {
    CHECK(shown("").compare("all") == 0);
    CHECK(shown("  ") == "all");
    CHECK(shown("a b") == "and(:a :b)");
    CHECK(shown("a AND b or c") == "or(and(:a :b) :c)");
    CHECK(shown("a or b c") == "or(:a and(:b :c))");
    CHECK(shown("(a or b) c") == "and(or(:a :b) :c)");
    CHECK(shown("not a b") == "and(not(:a) :b)");
    CHECK(shown("not not a") == ":a");
    CHECK(shown("not (a or b)") == "not(or(:a :b))");
    CHECK(shown("a or b or c") == "or(:a :b :c)");
    CHECK(shown("android orc nothing") == "and(:android :orc :nothing)");
    CHECK(shown("\"and\" \"or\"") == "and(:and :or)");
}

TEST_CASE("Query.PartsAreWhatMustAllHoldAsItIsWritten") {
    const auto parts = [](std::string_view text) {
        std::string all;
        const auto found = partsOf(text);
        for (const Parts::Part& part : found ? found->parts : std::vector<Parts::Part>{})
            all += (all.empty() ? "" : " / ") + part.text;
        return found ? all : "none";
    };
    CHECK(parts("  ").empty());
    CHECK(parts("Kevin") == "Kevin");
    CHECK(parts(" wrong(A) and  text:\"a b\" not 苹果  len > 3 ") == "wrong(A) / text:\"a b\" / not 苹果 / len > 3");
    CHECK(parts("(a b) ( c or d ) label:PER|LOC split:test") == "(a b) / ( c or d ) / label:PER|LOC / split:test");
    CHECK(parts("a b or c") == "(a b or c)");
    CHECK(parts("(a or b)") == "(a or b)");
    CHECK(parts("(a b)") == "(a b)");
    CHECK(parts("not not a 🔥") == "not not a / 🔥");
    CHECK(parts("a (") == "none");
    const std::vector<std::string> some{"a", "", "b"};
    CHECK(allOf(some) == "a b");
    CHECK(anyOf(some) == "(a or b)");
}

TEST_CASE("Query.CheapTermsStandFirst") {
    CHECK(shown("label:PER text:x split:test") == "and(split:2 text:x label:per)");
    CHECK(shown("not (label:PER split:train) len>3") == "and(len:0 not(and(split:0 label:per)))");
}

TEST_CASE("Query.WordsAndPhrasesAreFolded") {
    CHECK(shown("New") == ":new");
    CHECK(shown("\"New  York\"") == ":new york");
    CHECK(shown("text:\"a \\\"b\\\" \\\\\"") == "text:a \"b\" \\");
    CHECK(shown("text:苹果") == "text:苹果");
    CHECK(shown("ＡＢＣ") == ":abc");
    CHECK(shown("“new york”") == ":new york");
    CHECK(shown("「你 好」") == ":你好");
    CHECK(shown("http://t.co/a 10:30 @ann:b") == "and(:http://t.co/a :10:30 :@ann:b)");
    CHECK(shown("小明:好") == ":小明:好");
    CHECK(shown("🔥") == ":🔥");
}

TEST_CASE("Query.FieldsAreKnownInAnyCaseAndWidthAndInChinese") {
    for (const char* text : {"label:PER", "LABEL:per", "标签:PER", "label：ＰＥＲ", "Labels:\"PER\""})
        CHECK(shown(text) == "label:per");
    CHECK(shown("图片:缺失") == "img:2");
    CHECK(shown("error（MPCFN）：boundary") == "error,MPCFN,corrected:0");
    CHECK(shown("label:PER|LOC") == "or(label:per label:loc)");
    CHECK(shown("gold:OTHER") == "gold:misc");
    CHECK(shown("split:dev") == "split:1");
}

TEST_CASE("Query.NamesStandInParentheses") {
    CHECK(shown("disagree(MPCFN, my run)") == "disagree,MPCFN,my run:0");
    CHECK(shown("disagree(\"a, (b)\",北京)") == "disagree,a, (b),北京:0");
    CHECK(shown("wrong(A)") == "wrong,A,corrected:0");
    CHECK(shown("wrong(A, gold)") == "wrong,A,gold:0");
    CHECK(shown("pred(A):PER") == "pred,A:per");
    CHECK(shown("picture(A):hurt") == "picture,A:1");
}

TEST_CASE("Query.NumbersAreComparedAsWritten") {
    const auto term = [](std::string_view text) {
        const auto parsed = parse(text);
        REQUIRE(std::holds_alternative<Query>(parsed));
        return std::get<Query>(parsed).terms.front();
    };
    CHECK(term("conf<0.6").number == 0.6);
    CHECK(term("conf < 60%").number == 0.6);
    CHECK(term("conf(A) >= 1").compare == Compare::GreaterOrEqual);
    CHECK(term("len>30").number == 30);
    CHECK(term("len:5").compare == Compare::Equal);
    CHECK(term("len!=5").compare == Compare::Unequal);
    CHECK(term("len≤5").compare == Compare::LessOrEqual);
    CHECK(term("长度＞30").compare == Compare::Greater);
}

TEST_CASE("Query.AMistakeSaysWhereAndWhat") {
    using K = MistakeKind;
    const Wrong wrongs[] = {
        {"lable:PER", K::FieldUnknown, 0, 5},
        {"a foo(b)", K::FieldUnknown, 2, 5},
        {"🔥 lable:PER", K::FieldUnknown, 2, 7},
        {"label:", K::ValueMissing, 0, 6},
        {"label: PER", K::ValueMissing, 0, 6},
        {"label:PER|", K::ValueMissing, 0, 10},
        {"pred(A)", K::ValueMissing, 0, 7},
        {"status=open", K::ValueMissing, 0, 6},
        {"label(A):PER", K::ValueMissing, 5, 6},
        {"img:maybe", K::ValueUnknown, 4, 9},
        {"status:开", K::ValueUnknown, 7, 8},
        {"x error(A):shape", K::ValueUnknown, 11, 16},
        {"conf(A)", K::ComparisonMissing, 0, 7},
        {"conf<x", K::NumberWanted, 5, 6},
        {"conf<1.5", K::NumberWanted, 5, 8},
        {"conf<-1", K::NumberWanted, 5, 7},
        {"conf<", K::NumberWanted, 0, 5},
        {"len>3.5", K::NumberWanted, 4, 7},
        {"len>999999999999999999999", K::NumberWanted, 4, 25},
        {"conf<nan", K::NumberWanted, 5, 8},
        {"wrong:A", K::NamesWanted, 0, 5},
        {"disagree(A)", K::NamesWanted, 8, 11},
        {"disagree(,A)", K::NamesWanted, 8, 10},
        {"wrong()", K::NamesWanted, 5, 7},
        {"wrong(A,B,C)", K::NamesTooMany, 10, 11},
        {"disagree(A,B", K::ParenthesisOpen, 8, 9},
        {"wrong(\"A\" B)", K::ParenthesisOpen, 5, 6},
        {"text:\"abc", K::QuoteOpen, 5, 6},
        {"“abc", K::QuoteOpen, 0, 1},
        {"a \"  \"", K::WordsMissing, 2, 6},
        {"(a or b", K::ParenthesisOpen, 0, 1},
        {"a (", K::ParenthesisOpen, 2, 3},
        {"a)", K::ParenthesisStray, 1, 2},
        {":)", K::ParenthesisStray, 1, 2},
        {"()", K::ParenthesesEmpty, 0, 2},
        {"a and", K::TermMissing, 2, 5},
        {"or b", K::TermMissing, 0, 2},
        {"a and or b", K::TermMissing, 6, 8},
        {"(not )", K::TermMissing, 1, 4},
        {"not", K::TermMissing, 0, 3},
    };
    for (const Wrong& wrong : wrongs) {
        CAPTURE(wrong.text);
        const auto parsed = parse(wrong.text);
        const auto* mistake = std::get_if<Mistake>(&parsed);
        REQUIRE(mistake);
        CAPTURE(sentenceOf(*mistake));
        CHECK(mistake->kind == wrong.kind);
        CHECK(mistake->place.first == wrong.first);
        CHECK(mistake->place.last == wrong.last);
        CHECK(sentenceOf(*mistake).find('{') == std::string::npos);
    }
}

TEST_CASE("Query.EveryKindOfMistakeHasItsOwnSentence") {
    std::set<std::string_view> sentences;
    for (const MistakeKind kind : allMistakeKinds()) sentences.insert(mistakeTemplate(kind));
    CHECK(sentences.size() == allMistakeKinds().size());
    CHECK(allMistakeKinds().back() == MistakeKind::LayersHidden);
    CHECK(allMistakeKinds().size() == static_cast<std::size_t>(MistakeKind::LayersHidden) + 1);
}

TEST_CASE("Query.NestingAndLengthAreBounded") {
    const auto kindOf = [](const std::string& text) {
        const auto parsed = parse(text);
        REQUIRE(std::holds_alternative<Mistake>(parsed));
        return std::get<Mistake>(parsed).kind;
    };
    CHECK(kindOf(std::string(100'000, '(')) == MistakeKind::TooLong);
    CHECK(kindOf(std::string(60'000, '(')) == MistakeKind::TooDeep);
    std::string nots;
    for (int i = 0; i < 10'000; ++i) nots += "not (";
    CHECK(kindOf(nots) == MistakeKind::TooDeep);
    CHECK(shown(std::string(150, '(') + "a" + std::string(150, ')')) == ":a");
    std::string many;
    for (int i = 0; i < 10'000; ++i) many += "not ";
    CHECK(shown(many + "a") == ":a");
    CHECK(shown("\xff\xfe").compare(":\xEF\xBF\xBD\xEF\xBF\xBD") == 0);
}

TEST_CASE("Query.NamesAreComparedWithThoseThereAre") {
    const Names names{{{"gold", false}, {"corrected", false}, {"MPCFN", true}, {"my run", true}}, {"PER", "LOC"}, true};
    const auto bound = [&](std::string_view text) -> std::string {
        auto parsed = parse(text);
        REQUIRE(std::holds_alternative<Query>(parsed));
        Query& query = std::get<Query>(parsed);
        if (const auto mistake = bind(query, names))
            return "mistake " + std::to_string(mistake->place.first) + " " + sentenceOf(*mistake);
        return shown(query, query.root);
    };
    CHECK(bound("disagree(mpcfn,Gold)") == "disagree,MPCFN,gold:0");
    CHECK(bound("conf<0.5") == "conf,MPCFN,my run:0");
    CHECK(bound("a wrong(UMT)") == "mistake 8 There is no layer “UMT”. Layers are gold, corrected, MPCFN, my run.");
    CHECK(bound("conf(gold)<0.5") == "mistake 5 “gold” is no run. Runs with predictions are: MPCFN, my run.");
    CHECK(bound("label:PRE") == "mistake 0 There is no label “pre”. Labels are PER, LOC.");
    CHECK(bound("label:*") == "label:*");
}

TEST_CASE("Query.CompletionOffersWhatMayStandAtTheCursor") {
    const Names names{{{"gold", false}, {"corrected", false}, {"MPCFN", true}, {"my run", true}}, {"PER", "LOC"}, true};
    using L = std::vector<std::string>;
    CHECK(offered("la", names) == L{"label:"});
    CHECK(offered("a or sp", names) == L{"split:"});
    CHECK(offered("标", names) == L{"label:", "flag:"});
    CHECK(offered("label:", names) == L{"PER", "LOC"});
    CHECK(offered("label:p", names) == L{"PER"});
    CHECK(offered("label:PER|", names) == L{"PER", "LOC"});
    CHECK(offered("img:", names) == L{"yes", "no", "missing"});
    CHECK(offered("wrong(", names) == L{"MPCFN", "\"my run\""});
    CHECK(offered("wrong(MPCFN,", names) == L{"MPCFN", "\"my run\"", "gold", "corrected"});
    CHECK(offered("disagree(m", names) == L{"MPCFN", "\"my run\""});
    CHECK(offered("error(MPCFN):", names) ==
          L{"boundary", "type", "boundary-and-type", "missed", "spurious", "region"});
    CHECK(offered("split:te", names) == L{"test"});
    CHECK(offered("kevin", names).empty());
    CHECK(offered("a ", names).empty());
    CHECK(offered("\"la", names).empty());
    CHECK(offered("status:", names) == L{"open", "done", "skipped"});
    CHECK(offered("review:", names) == L{"none", "to-review", "accepted", "returned"});
    CHECK(offered("has:", names) == L{"comment"});
    CHECK(offered("", names).size() == kFields - 1);  // all but a bare word
    const auto one = completions("a label:p", 9, names);
    REQUIRE(one.size() == 1);
    CHECK(one[0].replaced == Place{8, 9});
}

TEST_CASE("Query.AValueThatNeedsQuotesGetsThem") {
    CHECK(mnerva::query::quoted("PER") == "PER");
    CHECK(mnerva::query::quoted("my run") == "\"my run\"");
    CHECK(mnerva::query::quoted("a\"b\\") == "\"a\\\"b\\\\\"");
    CHECK(mnerva::query::quoted("").compare("\"\"") == 0);
    for (const std::string name : {"my run", "a\"b\\", "“x”", "a,b", "(c)", "北京 1"})
        CHECK(shown("pred(" + mnerva::query::quoted(name) + "):X") == "pred," + name + ":x");
}

TEST_CASE("Query.AMenuReplacesItsOwnConditionAndLeavesTheRest") {
    const auto with = [](const char* text, const char* condition) {
        return withCondition(text, Field::Split, condition);
    };
    CHECK(with("", "split:test") == "split:test");
    CHECK(with("kevin", "split:test") == "kevin split:test");
    CHECK(with("split:train kevin", "split:test") == "split:test kevin");
    CHECK(with("a and split:train and b", "split:test") == "a and split:test and b");
    CHECK(with("a or b", "split:test") == "(a or b) split:test");
    CHECK(with("a or split:train", "split:test") == "(a or split:train) split:test");
    CHECK(with("not split:train", "split:test") == "not split:train split:test");
    CHECK(with("🔥 split:train", "") == "🔥");
    CHECK(with("a and split:train and b", "") == "a and b");
    CHECK(with("a and split:train", "") == "a");
    CHECK(with("split:train AND b", "") == "b");
    CHECK(with("a", "") == "a");
    CHECK(with("((split:train)) b", "") == "b");
    CHECK(with("(unfinished", "split:test") == "split:test");
    CHECK(conditionValue("a split:test", Field::Split) == "test");
    CHECK(conditionValue("a", Field::Split).empty());
    CHECK(conditionValue("a or split:test", Field::Split).empty());
}

TEST_CASE("Query.ANameThatWasChangedIsStillUnderstood") {
    // 多标 is what the window says; lines kept as slices may say 误标.
    CHECK(shown("error(run):误标") == shown("error(run):多标"));
    CHECK(shown("error(run):多标") == shown("error(run):spurious"));
    CHECK(shown("error(run):多标").starts_with("error"));
}
