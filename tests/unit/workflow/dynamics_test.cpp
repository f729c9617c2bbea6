#include "core/workflow/doctor/dynamics_input.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "core/protocol/dynamics.h"
#include "tests/support/project_fixture.h"

using namespace mnerva;
using namespace mnerva::test;
using protocol::Dynamics;
using protocol::DynamicsEpoch;

namespace {

/// kTweets with a run of ten epochs: "Kevin Durant" is learnt at once, "Toronto" never, as the model says PER there.
struct LearntFixture : ProjectFixture {
    std::unique_ptr<Project> project = filled();
    Dynamics said{"r", "gold", "sha", {}, {}};

    LearntFixture() {
        said.posts.push_back({"1", postAt(*project, 0), 5, {{"PER", 0, 1, {}}, {"LOC", 4, 4, {}}}});
        for (int epoch = 1; epoch <= 10; ++epoch) {
            DynamicsEpoch one{epoch, {std::log(.9f), std::log(.05f)}, {1, 0}, {}};
            if (epoch > 4) one.said.push_back({1, {"PER", 4, 4, {}}});
            said.epochs.push_back(one);
        }
    }
    std::filesystem::path folderOf(const std::string& run) const { return projectFolder / "runs" / run; }
    void store(const std::string& text, const std::string& run = "r", const std::string& inputs = "sha") const {
        std::filesystem::create_directories(folderOf(run));
        writeFileAtomic(folderOf(run) / "run.json",
                        R"({"run":")" + run + R"(","data":{"train":{"inputs_sha256":")" + inputs + "\"}}}");
        writeFileAtomic(folderOf(run) / protocol::kDynamicsFile, text);
    }
    std::string text() const {
        std::string out = protocol::dynamicsStart(said);
        for (const DynamicsEpoch& epoch : said.epochs) out += protocol::dynamicsLine(epoch);
        return out;
    }
    DoctorReport report(const std::string& run = "r") const {
        DoctorInput input;
        takeDynamics(*project, run, input);
        return examineLabels(*project, input);
    }
    static std::vector<Suspect> hard(const DoctorReport& report) {
        std::vector<Suspect> out = report.suspects;
        std::erase_if(out, [](const Suspect& s) { return s.queue != "hard-to-learn"; });
        return out;
    }
};

}  // namespace

TEST_CASE("Dynamics.WhatWasNeverLearntIsListedWithWhatTheModelSays") {
    LearntFixture f;
    f.store(f.text());
    CHECK((dynamicsRuns(*f.project) == std::vector<std::string>{"r"}));
    const DoctorReport report = f.report();
    CHECK(report.odd.isEmpty());
    CHECK(report.learnt.size() == 2);
    const auto suspects = LearntFixture::hard(report);
    REQUIRE(suspects.size() == 1);
    const Suspect& toronto = suspects.front();
    CHECK(toronto.words == "Toronto");
    CHECK(toronto.given == Entity{"LOC", 4, 4, {}});
    CHECK(toronto.suggested == Entity{"PER", 4, 4, {}});
    CHECK(toronto.score == Approx(0.95).margin(1e-4));
    REQUIRE(toronto.dynamics);
    CHECK(toronto.dynamics->confidence == Approx(0.05).margin(1e-4));
    CHECK(toronto.dynamics->variability == Approx(0).margin(1e-6));
    CHECK(toronto.detail() == "5 % likely on the mean, right in 0 of 10 epochs");
    // Its fix, and back.
    f.project->apply(changeOf(fixOf(stateAt(*f.project, 0), toronto)));
    CHECK(stateAt(*f.project, 0).entities.back() == Entity{"PER", 4, 4, {}});
    CHECK(LearntFixture::hard(f.report()).empty());
    CHECK(f.report().learnt.size() == 1);  // labelled anew since
    f.project->undo();
    CHECK(LearntFixture::hard(f.report()).size() == 1);
    // "Not an error" is remembered.
    f.project->apply(changeOf(dismissDoubt(stateAt(*f.project, 0), toronto.verdict, {})));
    CHECK(LearntFixture::hard(f.report()).empty());
    CHECK(f.report().dismissed == 2);  // "rare-type" doubted the same label
}

TEST_CASE("Dynamics.WhereTheModelFindsNothingTheFixTakesTheLabelAway") {
    LearntFixture f;
    for (DynamicsEpoch& epoch : f.said.epochs) epoch.said.clear();
    f.store(f.text());
    const auto suspects = LearntFixture::hard(f.report());
    REQUIRE(suspects.size() == 1);
    CHECK_FALSE(suspects.front().suggested);
    CHECK(suspects.front().saysNone);
    f.project->apply(changeOf(fixOf(stateAt(*f.project, 0), suspects.front())));
    CHECK(stateAt(*f.project, 0).entities.size() == 1);
}

TEST_CASE("Dynamics.WhatIsRightInTheEndIsNoDoubtWithAProposal") {
    LearntFixture f;
    for (DynamicsEpoch& epoch : f.said.epochs) {
        epoch.isRight = {1, 1};
        epoch.said.clear();
    }
    f.store(f.text());
    const auto suspects = LearntFixture::hard(f.report());
    REQUIRE(suspects.size() == 1);  // unlikely all the same
    CHECK_FALSE(suspects.front().suggested);
    CHECK_FALSE(suspects.front().saysNone);
    CHECK(std::holds_alternative<Refusal>(fixOf(stateAt(*f.project, 0), suspects.front())));
}

TEST_CASE("Dynamics.WhatIsSaidMostOftenInTheLaterHalfIsProposed") {
    LearntFixture f;
    const auto proposed = [&](const std::vector<std::string>& types) {
        for (std::size_t e = 0; e < 10; ++e) {
            f.said.epochs[e].said.clear();
            if (e < 5)
                f.said.epochs[e].said.push_back({1, {"MISC", 4, 4, {}}});  // early, so it does not count
            else if (!types[e - 5].empty())
                f.said.epochs[e].said.push_back({1, {types[e - 5], 4, 4, {}}});
        }
        f.store(f.text());
        const auto suspects = LearntFixture::hard(f.report());
        REQUIRE(suspects.size() == 1);
        return suspects.front().suggested ? suspects.front().suggested->type : std::string("nothing");
    };
    CHECK(proposed({"PER", "ORG", "ORG", "PER", "ORG"}) == "ORG");
    CHECK(proposed({"PER", "ORG", "PER", "ORG", ""}) == "ORG");  // equally often: the later one
    CHECK(proposed({"PER", "", "", "ORG", ""}) == "nothing");
}

TEST_CASE("Dynamics.OfABrokenFileTheRestCounts") {
    LearntFixture f;
    const std::string whole = f.text();
    f.store(whole.substr(0, whole.size() - 10));
    const DoctorReport cut = f.report();
    CHECK(cut.odd.count("dynamics-epoch-broken") == 1);
    REQUIRE(cut.learnt.size() == 2);
    CHECK(cut.learnt.front().epochs == 9);
    CHECK(LearntFixture::hard(cut).size() == 1);

    f.store(whole.substr(0, 30));
    CHECK(f.report().odd.count("dynamics-unreadable") == 1);
    CHECK(f.report().learnt.empty());
    CHECK(f.report().posts == 2);  // all else is examined

    f.store(whole, "r", "other posts");
    CHECK(f.report().odd.count("dynamics-other-run") == 1);
    f.store(whole, "s");
    CHECK(f.report("s").odd.count("dynamics-other-run") == 1);
    CHECK(f.report("s").learnt.empty());
    writeFileAtomic(f.folderOf("s") / "run.json", R"({"run":"r","data":{"train":{"inputs_sha256":7}}})");
    CHECK(f.report("s").odd.count("dynamics-other-run") == 1);
    CHECK_THROWS_AS(f.report("none"), Error);
}

TEST_CASE("Dynamics.PostsThatAreGoneAreCounted") {
    LearntFixture f;
    f.said.posts.push_back({"gone", PostId{77}, 3, {{"PER", 0, 0, {}}, {"PER", 2, 2, {}}}});
    f.said.posts.push_back({"2", postAt(*f.project, 1), 4, {{"ORG", 0, 2, {}}}});  // it has five words
    for (DynamicsEpoch& epoch : f.said.epochs) {
        epoch.logProbabilities.insert(epoch.logProbabilities.end(), {-1.f, -1.f, -1.f});
        epoch.isRight.insert(epoch.isRight.end(), {0, 0, 0});
    }
    f.store(f.text());
    const DoctorReport report = f.report();
    CHECK(report.odd.count("dynamics-post-gone") == 2);
    CHECK(report.learnt.size() == 2);
    CHECK(LearntFixture::hard(report).size() == 1);
    f.said.posts.erase(f.said.posts.begin());
    f.said.epochs.clear();
    for (int epoch = 1; epoch <= 3; ++epoch) f.said.epochs.push_back({epoch, {-1.f, -1.f, -1.f}, {0, 0, 0}, {}});
    f.store(f.text());
    const DoctorReport other = f.report();
    CHECK(other.odd.count("dynamics-other-set") == 1);
    CHECK(other.odd.count("dynamics-post-gone") == 0);
    CHECK(other.learnt.empty());
}

TEST_CASE("Dynamics.ARunThatLearntLittleSaysSo") {
    LearntFixture f;
    f.said.epochs.resize(2);
    f.store(f.text());
    CHECK(f.report().odd.count("dynamics-few-epochs") == 1);
    CHECK(LearntFixture::hard(f.report()).empty());
    CHECK(f.report().learnt.size() == 2);
    for (int epoch = 1; epoch <= 4; ++epoch) {
        if (epoch > 2) f.said.epochs.push_back({epoch, {-4.f, -4.f}, {0, 0}, {}});
        f.said.epochs[static_cast<std::size_t>(epoch - 1)].logProbabilities = {-4.f, -4.f};
    }
    f.store(f.text());
    CHECK(f.report().odd.count("dynamics-little-learnt") == 1);
    CHECK(LearntFixture::hard(f.report()).size() == 2);
}
