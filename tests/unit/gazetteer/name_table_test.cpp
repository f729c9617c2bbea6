#include "core/gazetteer/name_table.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <tuple>

#include "core/gazetteer/gazetteer.h"

using namespace mnerva;
using namespace mnerva::gazetteer;

namespace {

using Words = std::vector<std::string>;

std::string joined(const Words& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) text += (i > 0 ? "\n" : "") + words[i];
    return text;
}

Source listOf(const std::string& name, const std::string& label) {
    Source source;
    source.name = name;
    source.label = label;
    return source;
}

Source patternOf(const std::string& pattern, const std::string& label, Source::Kind kind = Source::Kind::TextPattern) {
    Source source;
    source.kind = kind;
    source.name = pattern;
    source.pattern = pattern;
    source.label = label;
    source.caseSensitive = true;
    return source;
}

/// "0-1 LOC, 3 PER" of what is kept.
std::string kept(Gazetteer& gazetteer, const Words& words, JoinRule join = JoinRule::Space) {
    std::string text;
    for (const Candidate& one : gazetteer.find(joined(words), join).kept) {
        text += (text.empty() ? "" : ", ") + std::to_string(one.first);
        if (one.last > one.first) text += "-" + std::to_string(one.last);
        text += " " + gazetteer.label(one.label);
    }
    return text;
}

/// One list with these names.
struct OneList {
    explicit OneList(const std::vector<std::string>& names, Source source = listOf("list", "LOC"))
        : gazetteer({"word-lists", {std::move(source)}}) {
        for (const std::string& name : names) gazetteer.addName(0, name, {});
    }
    std::string in(const Words& words, JoinRule join = JoinRule::Space) { return kept(gazetteer, words, join); }
    Gazetteer gazetteer;
};

}  // namespace

TEST_CASE("Gazetteer.ANameIsFoundWhateverItsCaseWidthAndScript") {
    OneList list({"New York", "台灣大學", "O'Neil"});
    CHECK(list.in({"in", "new", "YORK", "now"}) == "1-2 LOC");
    CHECK(list.in({"ＮＥＷ", "Ｙｏｒｋ"}) == "0-1 LOC");
    CHECK(list.in({"在", "台", "湾", "大", "学"}, JoinRule::Nothing) == "1-4 LOC");
    CHECK(list.in({"O\xE2\x80\x99Neil"}) == "0 LOC");
    CHECK(list.in({"new"}).empty());
    CHECK(list.in({"New", "Yorker"}).empty());
    CHECK(list.in({}).empty());
}

TEST_CASE("Gazetteer.HoweverANameWasCutIntoWordsItIsOne") {
    OneList list({"AT&T", "Iran", "U.S.", "St. John's"});
    CHECK(list.in({"AT&T"}) == "0 LOC");
    CHECK(list.in({"AT", "&", "T"}) == "0-2 LOC");
    CHECK(list.in({"U.S", "."}) == "0-1 LOC");
    CHECK(list.in({"St", ".", "John", "'s"}) == "0-3 LOC");
    CHECK(list.in({"I", "ran", "home"}).empty());
}

TEST_CASE("Gazetteer.AMatchBeginsAndEndsWithWords") {
    OneList list({"York", "多伦多", "NBA"});
    CHECK(list.in({"Yorkshire"}).empty());
    CHECK(list.in({"York-based"}).empty());
    CHECK(list.in({"多伦多队"}).empty());  // one word, of which a part is a name
    CHECK(list.in({"去", "多", "伦", "多", "队"}, JoinRule::Nothing) == "1-3 LOC");
    CHECK(list.in({"看", "N", "B", "A", "赛"}, JoinRule::Nothing) == "1-3 LOC");
    CHECK(list.in({"看", "W", "N", "B", "A"}, JoinRule::Nothing).empty());
    CHECK(list.in({"N", "B", "A"}).empty());  // with spaces between them they are three words
}

TEST_CASE("Gazetteer.HashtagsAndHandlesAreFoundWhereTheListSaysSo") {
    Source plain = listOf("list", "LOC");
    plain.withMarks = false;
    OneList with({"New York", "NBA", "#nba finals"}), without({"New York", "NBA", "#nba finals"}, plain);
    CHECK(with.in({"#NewYork", "@new_york", "#NewYorker", "#NBA#"}) == "0 LOC, 1 LOC, 3 LOC");
    CHECK(with.in({"#", "NewYork"}) == "1 LOC");
    CHECK(with.in({"@", "NBA"}) == "1 LOC");
    CHECK(with.in({"#", "@", "#"}).empty());
    CHECK(without.in({"#NewYork", "@NBA", "#NBA"}).empty());
    CHECK(without.in({"NBA"}) == "0 LOC");
    CHECK(without.in({"#NBA", "Finals"}) == "0-1 LOC");  // written so in the list
}

TEST_CASE("Gazetteer.ACaseSensitiveListTakesNamesAsTheyAreWritten") {
    Source source = listOf("list", "ORG");
    source.caseSensitive = true;
    OneList list({"US", "Apple"}, source);
    CHECK(list.in({"US", "us", "Us", "APPLE", "Apple", "#Apple", "#apple"}) == "0 ORG, 4 ORG, 5 ORG");
}

TEST_CASE("Gazetteer.NamesThatAreTooShortOrSayNothingAreNotAdded") {
    Source source = listOf("list", "");
    source.leastLength = 3;
    Gazetteer gazetteer({"word-lists", {source}});
    CHECK(gazetteer.addName(0, "Rome", "LOC") == Gazetteer::Added::Yes);
    CHECK(gazetteer.addName(0, "U S", "LOC") == Gazetteer::Added::TooShort);
    CHECK(gazetteer.addName(0, "多伦", "LOC") == Gazetteer::Added::TooShort);
    CHECK(gazetteer.addName(0, "...", "LOC") == Gazetteer::Added::NoLetters);
    CHECK(gazetteer.addName(0, "Rome", "") == Gazetteer::Added::NoLabel);
}

TEST_CASE("Gazetteer.TheLongestCountsThenThePriorityThenTheOrder") {
    Source first = listOf("first", "PER"), second = listOf("second", "LOC"), third = listOf("third", "ORG");
    third.priority = 5;
    Gazetteer gazetteer({"word-lists", {first, second, third}});
    gazetteer.addName(0, "Washington", {});
    gazetteer.addName(1, "Washington", {});
    gazetteer.addName(1, "George Washington Bridge", {});
    gazetteer.addName(0, "George Washington", {});
    gazetteer.addName(0, "Rome", {});
    gazetteer.addName(2, "Rome", {});
    CHECK(kept(gazetteer, {"George", "Washington", "Bridge"}) == "0-2 LOC");
    CHECK(kept(gazetteer, {"Washington", "George", "Washington"}) == "0 PER, 1-2 PER");
    CHECK(kept(gazetteer, {"Rome"}) == "0 ORG");
}

TEST_CASE("Gazetteer.OneListWithTwoLabelsOfANameTakesTheEarlierLine") {
    Gazetteer gazetteer({"word-lists", {listOf("list", "")}});
    gazetteer.addName(0, "Washington", "LOC");
    gazetteer.addName(0, "washington", "PER");
    CHECK(kept(gazetteer, {"Washington"}) == "0 LOC");
    CHECK(gazetteer.find("Washington", JoinRule::Space).clashes.size() == 1);
}

TEST_CASE("Gazetteer.TheSameWordsWithAnotherLabelAreAClash") {
    Gazetteer gazetteer({"word-lists", {listOf("people", "PER"), listOf("places", "LOC"), listOf("also", "PER")}});
    gazetteer.addName(0, "Paris", {});
    gazetteer.addName(1, "Paris", {});
    gazetteer.addName(2, "Paris", {});
    gazetteer.addName(1, "Paris Hilton", {});
    const auto clashes = gazetteer.find("Paris\nin\nParis", JoinRule::Space).clashes;
    REQUIRE(clashes.size() == 2);
    CHECK(clashes[0].first == Clash{0, 0, 1, 1});
    CHECK(gazetteer.find("Paris\nHilton", JoinRule::Space).clashes.empty());  // it is part of a longer one
}

TEST_CASE("Gazetteer.PatternsAndListsAreChosenAlike") {
    Gazetteer gazetteer({"word-lists",
                         {listOf("list", "LOC"), patternOf("Mr\\.? [A-Z][a-z]+", "PER"),
                          patternOf("[A-Z]{2,}", "ORG", Source::Kind::WordPattern)}});
    gazetteer.addName(0, "Rome", {});
    CHECK(kept(gazetteer, {"Mr", "Rome", "saw", "NBA", "in", "Rome"}) == "0-1 PER, 3 ORG, 5 LOC");
}

namespace {

/// The same by looking at every run of words and every name, atom by atom.
std::vector<std::tuple<int, int, std::string>> plainly(const Words& words, JoinRule join,
                                                       const std::vector<std::vector<std::string>>& lists) {
    AtomReader reader;
    std::vector<std::tuple<int, int, int, std::size_t>> all;  // -length, first, last, list
    const std::vector<Atom> post = reader.ofWords(joined(words), join);
    for (std::size_t begin = 0; begin < post.size(); ++begin)
        for (std::size_t end = begin; end < post.size(); ++end) {
            if (!post[begin].startsWord || !post[end].endsWord) continue;
            for (std::size_t list = 0; list < lists.size(); ++list)
                for (const std::string& name : lists[list]) {
                    const std::vector<Atom> atoms = AtomReader().ofName(name);
                    const bool same =
                        std::equal(atoms.begin(), atoms.end(), post.begin() + static_cast<std::ptrdiff_t>(begin),
                                   post.begin() + static_cast<std::ptrdiff_t>(end) + 1,
                                   [](const Atom& a, const Atom& b) { return a.folded == b.folded; });
                    if (same)
                        all.emplace_back(post[begin].firstWord - post[end].lastWord, list, post[begin].firstWord,
                                         static_cast<std::size_t>(post[end].lastWord));
                }
        }
    std::sort(all.begin(), all.end());
    std::vector<std::tuple<int, int, std::string>> chosen;
    for (const auto& [length, list, first, last] : all) {
        const int end = static_cast<int>(last);
        const bool isFree = std::none_of(chosen.begin(), chosen.end(), [&](const auto& c) {
            return std::get<0>(c) <= end && first <= std::get<1>(c);
        });
        if (isFree) chosen.emplace_back(static_cast<int>(first), end, list == 0 ? "A" : "B");
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

}  // namespace

TEST_CASE("Gazetteer.FindsWhatLookingAtEveryRunOfWordsFinds") {
    std::mt19937 dice(14);
    const auto draw = [&](int n) { return static_cast<int>(dice() % static_cast<unsigned>(n)); };
    const std::vector<std::string> pieces{"a", "B", "ab", "c", "&", "'", "多", "伦", "x-y", "C"};
    int found = 0;
    for (int round = 0; round < 600; ++round) {
        std::vector<std::vector<std::string>> lists(2);
        Source first = listOf("first", "A"), second = listOf("second", "B");
        for (Source* source : {&first, &second}) {
            source->leastLength = 1;
            source->withMarks = false;
        }
        Gazetteer gazetteer({"word-lists", {first, second}});
        for (int i = 0; i < 12; ++i) {
            std::string name = pieces[static_cast<std::size_t>(draw(10))];
            for (int more = draw(3); more > 0; --more)
                name += (draw(2) ? " " : "") + pieces[static_cast<std::size_t>(draw(10))];
            const auto list = static_cast<std::size_t>(draw(2));
            if (gazetteer.addName(list, name, {}) == Gazetteer::Added::Yes) lists[list].push_back(name);
        }
        const JoinRule join = draw(2) ? JoinRule::Space : JoinRule::Nothing;
        Words words;
        for (int i = draw(14); i > 0; --i) words.push_back(pieces[static_cast<std::size_t>(draw(10))]);
        std::vector<std::tuple<int, int, std::string>> got;
        for (const Candidate& one : gazetteer.find(joined(words), join).kept)
            got.emplace_back(one.first, one.last, gazetteer.label(one.label));
        INFO(joined(words));
        REQUIRE(got == plainly(words, join, lists));
        found += static_cast<int>(got.size());
    }
    CHECK(found > 600);
}
