#include "core/workflow/bulk/mentions.h"

#include <catch2/catch.hpp>

#include "core/project/find.h"
#include "core/text/utf8.h"
#include "tests/support/project_fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::test;

const std::string kNames =
    "IMGID:a\nKevin\tB-PER\nDurant\tI-PER\nmeets\tO\nkevin\tO\nDURANT\tO\n\n"
    "IMGID:b\n#KevinDurant\tO\nand\tO\n#\tO\nKevinDurant\tO\n\n"
    "IMGID:c\nKevin\tB-ORG\nDurant\tI-ORG\nKevin\tB-MISC\nDurant\tI-MISC\nShow\tI-MISC\n\n"
    "IMGID:d\nKevin\tO\nDurantt\tO\nthen\tO\nKevim\tO\nDurant\tO\n\n"
    "IMGID:e\nDurant\tO\nKevin\tO\nalone\tO\n\n";
const std::string kScripts =
    "IMGID:s\n台\tB-LOC\n湾\tI-LOC\n很\tO\n大\tO\n\n"
    "IMGID:t\n臺\tO\n灣\tO\n和\tO\n台\tO\n灣\tO\n\n"
    "IMGID:w\nＮＢＡ\tO\nnba\tO\n\n";

std::vector<Mention> mentionsOf(const Project& project, const std::string& text, bool alsoNear = true,
                                const std::string& layer = {}) {
    MentionSearch search(project, {text, layer, alsoNear});
    std::vector<Mention> found;
    while (search.next(found)) {
    }
    CHECK(search.fraction() == 1);
    return found;
}

/// "a 0-1 PER, b 0 ~": each with its label, and "~" where it is near.
std::string told(const std::vector<Mention>& mentions) {
    std::string text;
    for (const Mention& m : mentions) {
        text += (text.empty() ? "" : ", ") + m.externalId + " " + std::to_string(m.first);
        if (m.last != m.first) text += "-" + std::to_string(m.last);
        if (m.label) text += " " + *m.label;
        if (m.isNear) text += " ~";
    }
    return text;
}

std::string entitiesIn(const Project& project, std::size_t at) {
    std::string text;
    for (const Entity& e : stateAt(project, at).entities)
        text += (text.empty() ? "" : ", ") + e.type + " " + std::to_string(e.first) + "-" + std::to_string(e.last);
    return text;
}
}  // namespace

TEST_CASE("MentionSearch.EqualAndNearMentionsOfTheWholeProjectAreFound") {
    const ProjectFixture f;
    const auto project = f.filled(kNames);
    CHECK(told(mentionsOf(*project, "Kevin Durant")) == "a 0-1 PER, a 3-4, b 0, b 3, c 0-1 ORG, d 0-1 ~, d 3-4 ~");
    CHECK(told(mentionsOf(*project, "Kevin Durant", false)) == "a 0-1 PER, a 3-4, b 0, b 3, c 0-1 ORG");
    CHECK(told(mentionsOf(*project, "#KevinDurant", false)) == "a 0-1 PER, a 3-4, b 0, b 3, c 0-1 ORG");
}

TEST_CASE("MentionSearch.AMentionInsideOfALargerEntityIsLeftAloneAndCounted") {
    const ProjectFixture f;
    const auto project = f.filled(kNames);
    MentionSearch search(*project, {"Kevin Durant"});
    std::vector<Mention> found;
    while (search.next(found)) {
    }
    CHECK(search.inTheWay() == 1);  // c: Kevin Durant Show
}

TEST_CASE("MentionSearch.ScriptAndWidthDoNotCount") {
    const ProjectFixture f;
    const auto project = f.filled(kScripts);
    CHECK(told(mentionsOf(*project, "台湾")) == "s 0-1 LOC, t 0-1, t 3-4");
    CHECK(told(mentionsOf(*project, "臺灣")) == "s 0-1 LOC, t 0-1, t 3-4");
    CHECK(told(mentionsOf(*project, "NBA")) == "w 0, w 1");
}

TEST_CASE("MentionSearch.ShortMentionsAreNotNear") {
    const ProjectFixture f;
    const auto project = f.filled("IMGID:1\nRome\tO\nrole\tO\nRomes\tO\nParis\tO\nParks\tO\nPairs\tO\n\n");
    CHECK(told(mentionsOf(*project, "Rome")) == "1 0");
    CHECK(told(mentionsOf(*project, "Paris")) == "1 3, 1 4 ~");
    CHECK(told(mentionsOf(*project, "Parts")) == "1 3 ~, 1 4 ~");
}

TEST_CASE("MentionSearch.MarksAloneEqualNothing") {
    const ProjectFixture f;
    const auto project = f.filled(kNames);
    CHECK(mentionsOf(*project, "#").empty());
    CHECK(mentionsOf(*project, "").empty());
    CHECK(mentionsOf(*project, "\") or (").empty());
    CHECK(mentionsOf(*project, "\xff\xfe").empty());
}

TEST_CASE("MentionSearch.AFilterLosesNoMention") {
    // Posts are looked up by a query; each that holds the mention word by word must be among what it gives.
    const ProjectFixture f;
    std::string text;
    std::uint32_t dice = 7;
    const auto roll = [&](std::uint32_t sides) {
        dice = dice * 1664525U + 1013904223U;
        return (dice >> 8U) % sides;
    };
    for (int post = 0; post < 300; ++post) {
        text += "IMGID:" + std::to_string(post) + "\n";
        for (int word = 0; word < 6; ++word) {
            std::string w;
            for (std::uint32_t i = 0, n = 1 + roll(4); i < n; ++i) w += "abAB#"[roll(5)];
            text += w + "\tO\n";
        }
        text += "\n";
    }
    const auto project = f.filled(text);
    const auto posts = project->posts(std::nullopt);
    for (const std::string& mention : std::vector<std::string>{"ab", "a b", "ba a"}) {
        CAPTURE(mention);
        const auto found = mentionsOf(*project, mention, false);
        int held = 0;
        for (const Post& post : posts) {
            std::string words = " ";
            for (const std::string& w : post.words) words += w + " ";
            if (words.find(" " + mention + " ") == std::string::npos) continue;
            ++held;
            CHECK(std::any_of(found.begin(), found.end(), [&](const Mention& m) { return m.post == post.id; }));
        }
        CHECK(held > 0);
    }
}

TEST_CASE("LabelMentions.AllInOneStepAndBackInOne") {
    const ProjectFixture f;
    const auto project = f.filled(kNames);
    const auto mentions = mentionsOf(*project, "Kevin Durant", false);
    const ManyChange many = labelMentions(*project, mentions, {"PER"});
    CHECK(many.added == 3);
    CHECK(many.relabelled == 0);
    CHECK(many.leftAlone == 1);  // c carries ORG
    CHECK(many.externalIds == std::vector<std::string>{"a", "b"});
    project->apply(many.change);
    CHECK(entitiesIn(*project, 0) == "PER 0-1, PER 3-4");
    CHECK(entitiesIn(*project, 1) == "PER 0-0, PER 3-3");
    CHECK(entitiesIn(*project, 2) == "ORG 0-1, MISC 2-4");
    project->undo();
    CHECK(entitiesIn(*project, 0) == "PER 0-1");
    CHECK(entitiesIn(*project, 1).empty());
    CHECK_FALSE(stateAt(*project, 1).corrected);
    CHECK_FALSE(project->canUndo());
}

TEST_CASE("LabelMentions.OverridingTakesThoseWithAnotherLabelToo") {
    const ProjectFixture f;
    const auto project = f.filled(kNames);
    const ManyChange many =
        labelMentions(*project, mentionsOf(*project, "Kevin Durant", false), {.type = "PER", .overrides = true});
    CHECK(many.relabelled == 1);
    project->apply(many.change);
    CHECK(entitiesIn(*project, 2) == "PER 0-1, MISC 2-4");
}

TEST_CASE("LabelMentions.WithoutALabelTheirEntitiesGo") {
    const ProjectFixture f;
    const auto project = f.filled(kNames);
    const ManyChange many = labelMentions(*project, mentionsOf(*project, "Kevin Durant", false), {});
    CHECK(many.removed == 2);
    project->apply(many.change);
    CHECK(entitiesIn(*project, 0).empty());
    CHECK(entitiesIn(*project, 2) == "MISC 2-4");
    CHECK(manyReport(many) == "id\tremoved\tadded\tstatus\na\tPER 1-2\t\t\nc\tORG 1-2\t\t\n");
}

TEST_CASE("LabelMentions.WhatChangedSinceItWasShownIsLeftAlone") {
    const ProjectFixture f;
    const auto project = f.filled(kNames);
    const auto mentions = mentionsOf(*project, "Kevin Durant", false);
    label(*project, 0, 4, 4, "ORG");
    const ManyChange many = labelMentions(*project, mentions, {"PER"});
    CHECK(many.leftAlone == 2);
    project->apply(many.change);
    CHECK(entitiesIn(*project, 0) == "PER 0-1, ORG 4-4");
}

TEST_CASE("LabelMentions.AnUnknownLabelIsRefusedAndALayerOfAnAnnotatorIsAlone") {
    const ProjectFixture f;
    const auto project = f.filled(kNames);
    const auto mentions = mentionsOf(*project, "Kevin Durant", false);
    CHECK(errorOf([&] { labelMentions(*project, mentions, {"Nobody"}); }) == "label-unknown");
    project->addAnnotator("ann", true);
    const auto hers = mentionsOf(*project, "Kevin Durant", false, "ann");
    CHECK(told(hers) == "a 0-1, a 3-4, b 0, b 3, c 0-1, c 2-3");
    project->apply(labelMentions(*project, hers, {.type = "PER", .layer = "ann"}).change);
    CHECK(entitiesIn(*project, 1).empty());
    CHECK(project->view(postAt(*project, 2), {}, "ann").state.entities.size() == 2);
    project->undo("ann");
    CHECK(project->view(postAt(*project, 2), {}, "ann").state.entities.empty());
}
