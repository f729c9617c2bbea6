#include "core/workflow/doctor/doctor.h"

#include <catch2/catch.hpp>

#include "tests/support/project_fixture.h"

using namespace mnerva;
using namespace mnerva::test;

namespace {

const std::vector<std::string> kClasses{"O", "B-PER", "I-PER", "B-LOC", "I-LOC"};

/// A row of probabilities: `p` of the class, the rest shared.
void addRow(std::vector<float>& rows, int best, float p) {
    for (int j = 0; j < 5; ++j) rows.push_back(j == best ? p : (1 - p) / 4);
}

/// Odds of the first post of kTweets ("Kevin Durant flies to Toronto", PER 0-1, LOC 4).
WordOdds odds(const std::vector<std::pair<int, float>>& words, bool isInSample = false) {
    WordOdds out;
    for (const auto& [best, p] : words) addRow(out.probabilities, best, p);
    out.isInSample = isInSample;
    return out;
}

struct DoctorFixture : ProjectFixture {
    std::unique_ptr<Project> project = filled();
    DoctorInput input{"corrected", {}, kClasses, {}, {}};

    PostId first() const { return postAt(*project, 0); }
    std::vector<Suspect> suspects(const std::string& queue) const {
        std::vector<Suspect> all = examineLabels(*project, input).suspects;
        std::erase_if(all, [&](const Suspect& s) { return s.queue != queue; });
        return all;
    }
    Suspect only(const std::string& queue) const {
        const auto all = suspects(queue);
        REQUIRE(all.size() == 1);
        return all.front();
    }
    void dismiss(const Suspect& suspect) {
        const auto verdicts = project->verdicts();
        const auto known = verdicts.find(suspect.post);
        project->apply(changeOf(dismissDoubt(project->view(suspect.post).state, suspect.verdict,
                                             known == verdicts.end() ? std::vector<Verdict>{} : known->second)));
    }
    /// "Toronto" is a person, says the system; all else is as it was given.
    void doubtToronto() { input.odds[first()] = odds({{1, .9f}, {2, .9f}, {0, .9f}, {0, .9f}, {1, .8f}}); }
};

}  // namespace

TEST_CASE("Doctor.AWrongTypeIsListedWithItsFix") {
    DoctorFixture f;
    f.doubtToronto();
    const Suspect suspect = f.only("wrong-type");
    CHECK(suspect.id == "1");
    CHECK(suspect.words == "Toronto");
    CHECK(suspect.given == Entity{"LOC", 4, 4, {}});
    CHECK(suspect.suggested == Entity{"PER", 4, 4, {}});
    CHECK(suspect.selfConfidence == Approx(0.05));
    CHECK(suspect.score == Approx((1 + 0.8 - 0.05) / 2));
    f.project->apply(changeOf(fixOf(stateAt(*f.project, 0), suspect)));
    CHECK(f.suspects("wrong-type").empty());
    CHECK(stateAt(*f.project, 0).entities.back() == Entity{"PER", 4, 4, {}});
    f.project->undo();
    CHECK(f.suspects("wrong-type").size() == 1);
}

TEST_CASE("Doctor.EachReasonIsNamed") {
    DoctorFixture f;
    f.input.odds[f.first()] = odds({{1, .9f}, {0, .9f}, {3, .9f}, {0, .9f}, {0, .9f}});
    CHECK(f.only("wrong-edge").suggested == Entity{"PER", 0, 0, {}});
    CHECK(f.only("missing").suggested == Entity{"LOC", 2, 2, {}});
    CHECK(f.only("spurious").given == Entity{"LOC", 4, 4, {}});
    CHECK(f.suspects("wrong-type").empty());
}

TEST_CASE("Doctor.TheLikeliestComesFirst") {
    DoctorFixture f;
    f.input.odds[f.first()] = odds({{1, .9f}, {2, .9f}, {3, .6f}, {0, .9f}, {1, .97f}});
    const DoctorReport report = examineLabels(*f.project, f.input);
    REQUIRE(report.suspects.size() >= 2);
    CHECK(report.suspects[0].queue == "wrong-type");
    CHECK(report.suspects[1].queue == "missing");
    CHECK(report.suspects[0].score > report.suspects[1].score);
    CHECK(report.withOdds == 1);
}

TEST_CASE("Doctor.NoErrorIsNotDoubtedAgainUntilItChanges") {
    DoctorFixture f;
    f.doubtToronto();
    f.dismiss(f.only("wrong-type"));
    CHECK(f.suspects("wrong-type").empty());
    CHECK(examineLabels(*f.project, f.input).dismissed == 2);  // its rare type too: the entity is right
    label(*f.project, 0, 4, 4, "ORG");                         // another entity now, about which nobody said anything
    CHECK(f.only("wrong-type").given == Entity{"ORG", 4, 4, {}});
    f.project->undo();
    CHECK(f.suspects("wrong-type").empty());
    f.project->undo();  // of the answer itself
    CHECK(f.suspects("wrong-type").size() == 1);
}

TEST_CASE("Doctor.NothingIsMissingWhereAPersonSaidSo") {
    DoctorFixture f;
    f.input.odds[f.first()] = odds({{1, .9f}, {2, .9f}, {3, .9f}, {0, .9f}, {3, .9f}});
    f.dismiss(f.only("missing"));
    CHECK(f.suspects("missing").empty());
    f.input.odds[f.first()] = odds({{1, .9f}, {2, .9f}, {1, .9f}, {0, .9f}, {3, .9f}});  // of another type this time
    CHECK(f.suspects("missing").empty());
}

TEST_CASE("Doctor.InSampleOddsAreCounted") {
    DoctorFixture f;
    f.input.odds[f.first()] = odds({{1, .9f}, {2, .9f}, {0, .9f}, {0, .9f}, {1, .8f}}, true);
    const DoctorReport report = examineLabels(*f.project, f.input);
    CHECK(report.inSample == 1);
    CHECK(report.suspects.front().isInSample);
}

TEST_CASE("Doctor.OddsOfAnotherNumberOfWordsArePassedOver") {
    DoctorFixture f;
    f.input.odds[f.first()] = odds({{3, .9f}, {3, .9f}});
    const DoctorReport report = examineLabels(*f.project, f.input);
    CHECK(report.withOdds == 0);
    CHECK(report.expectedWords == 0);
}

TEST_CASE("Doctor.SystemsThatAllSayOtherwiseAreHeard") {
    DoctorFixture f;
    const PostId first = f.first();
    f.project->storePredictions("a", {{first, {{"PER", 0, 1, .9}, {"ORG", 4, 4, .9}, {"LOC", 2, 2, .9}}}});
    f.project->storePredictions("b", {{first, {{"PER", 0, 1, .8}, {"ORG", 4, 4, .7}}}});
    CHECK(f.suspects("systems-agree").empty());  // not asked
    f.input.systems = {"a"};
    CHECK(f.suspects("systems-agree").empty());  // one system says nothing
    f.input.systems = {"a", "b"};
    const Suspect suspect = f.only("systems-agree");
    CHECK(suspect.given == Entity{"LOC", 4, 4, {}});
    CHECK(suspect.suggested == Entity{"ORG", 4, 4, {}});
    f.project->storePredictions("b", {{first, {{"PER", 0, 1, .8}}}});
    CHECK(f.suspects("systems-agree").empty());  // one of them sees something there
    f.project->storePredictions("a", {{first, {{"PER", 0, 1, .8}}}});
    CHECK_FALSE(f.only("systems-agree").suggested);  // nobody does
}

TEST_CASE("Doctor.TheSameWordsWithAnotherTypeAreHeldAgainstTheUsualOne") {
    DoctorFixture f;
    f.project.reset();
    std::filesystem::remove_all(f.projectFolder);
    f.project = f.filled("IMGID:1\nParis\tB-LOC\n\nIMGID:2\nparis\tB-LOC\n\nIMGID:3\nPARIS\tB-PER\n\n");
    const Suspect suspect = f.only("string-types");
    CHECK(suspect.id == "3");
    CHECK(suspect.suggested == Entity{"LOC", 0, 0, {}});
    CHECK(suspect.detail() == "LOC 2 of 3 times");
}

TEST_CASE("Doctor.OrphansRareTypesAndHiddenCharactersAreFound") {
    DoctorFixture f;
    const Suspect orphan = f.only("orphan-inside");  // New York Times begins with I-ORG
    CHECK(orphan.id == "2");
    CHECK(orphan.verdict.doubt == "orphan-inside");
    CHECK(f.suspects("rare-type").size() == 4);  // four types, once each
    CHECK(f.suspects("invisible-characters").empty());
    f.import(*f.project, "IMGID:5\nzero\xE2\x80\x8Bwidth\tO\n\xE2\x9D\xA4\xEF\xB8\x8F\tO\n", "more.txt");
    CHECK(f.only("invisible-characters").first == 0);  // the heart is an emoji
}

TEST_CASE("Doctor.ANameOfATypeThatIsNearlyAnotherIsASlip") {
    DoctorFixture f;
    f.project.reset();
    std::filesystem::remove_all(f.projectFolder);
    f.project = f.filled("IMGID:1\nA\tB-PER\nB\tB-PER\nC\tB-PERS\nD\tB-PERS\nE\tB-PERS\nF\tB-LOC\nG\tB-LOC\n\n");
    const auto found = f.suspects("rare-type");
    REQUIRE(found.size() == 2);
    CHECK(found[0].given->type == "PER");
    CHECK(found[0].suggested->type == "PERS");
}

TEST_CASE("Doctor.NearlyTheSameTextInAnotherSplitIsFound") {
    DoctorFixture f;
    const std::string words = "see\tO\nthe\tO\ngreat\tO\nshow\tO\ntonight\tO\nin\tO\ntown\tO\n";
    f.import(*f.project, "IMGID:8\n" + words + "\n", "train2.txt");
    f.import(*f.project, "IMGID:9\n" + words + "!\tO\n\n", "test.txt");
    const Suspect suspect = f.only("near-duplicate");
    CHECK(suspect.id == "9");
    CHECK(suspect.detail() == "text of train 8");
    CHECK(suspect.score == 1);
    CHECK(std::get<Refusal>(fixOf(f.project->view(suspect.post).state, suspect)).code == "nothing-here");
}

TEST_CASE("Doctor.AKeyTellsTheDoubt") {
    const Verdict verdict{"entity", 3, 4, "PER:x"};
    const auto back = suspectFromKey(suspectKey(PostId{17}, verdict));
    REQUIRE(back);
    CHECK(back->first == PostId{17});
    CHECK(back->second == verdict);
    CHECK(suspectFromKey("4:near-duplicate:0-6:"));
    for (const char* odd : {"", "17", "17:entity", "17:entity:3-2:PER", "17:what:1-2:PER", "x:entity:1-2:PER",
                            "17:entity:-1-2:PER", "17:entity:1-99999999999:PER"})
        CHECK_FALSE(suspectFromKey(odd));
}

TEST_CASE("Doctor.AFixThatNoLongerFitsIsRefused") {
    DoctorFixture f;
    f.doubtToronto();
    const Suspect suspect = f.only("wrong-type");
    label(*f.project, 0, 4, 4, "ORG");
    CHECK(std::get<Refusal>(fixOf(stateAt(*f.project, 0), suspect)).code == "nothing-here");
}

TEST_CASE("Doctor.AnEmptyProjectHasNoDoubts") {
    const ProjectFixture f;
    const auto project = f.create();
    const DoctorReport report = examineLabels(*project, {});
    CHECK(report.suspects.empty());
    CHECK(report.posts == 0);
    CHECK(errorOf([&] { examineLabels(*project, {"nobody", {}, {}, {}, {}}); }) == "layer-unknown");
}

TEST_CASE("Doctor.WhatIsOnlyUnknownComesAfterWhatIsKnownToBeOtherwise") {
    DoctorFixture f;
    // "Kevin Durant": neither is likely to be a person, and nothing else is likely either; "Toronto" is one for sure.
    f.input.odds[f.first()] = odds({{3, .26f}, {3, .26f}, {0, .9f}, {0, .9f}, {1, .9f}});
    const DoctorReport report = examineLabels(*f.project, f.input);
    REQUIRE(report.suspects.size() > 1);
    CHECK(report.suspects.front().words == "Toronto");
}

TEST_CASE("Doctor.OnePictureInTwoSplitsIsFound") {
    DoctorFixture f;
    f.import(*f.project, "IMGID:1\nquite\tO\nanother\tO\ntext\tO\n\n", "test.txt");
    const Suspect suspect = f.only("near-duplicate");
    CHECK(suspect.split == Split::Test);
    CHECK(suspect.detail() == "picture of train 1");
}
