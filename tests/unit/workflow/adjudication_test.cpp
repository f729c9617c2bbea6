#include "core/workflow/quality/adjudication.h"

#include <catch2/catch.hpp>

#include "core/workflow/quality/agreement.h"
#include "core/workflow/quality/statistics.h"
#include "tests/support/project_fixture.h"

using namespace mnerva;
using namespace mnerva::test;

namespace {

/// kTweets without tags, two annotators: they agree on Durant, differ about Toronto, and only "ann" has seen the
/// second.
struct Adjudicated : ProjectFixture {
    std::unique_ptr<Project> project;
    Adjudicated() {
        std::string text = kTweets;
        project = filled(text);
        for (const char* name : {"ann", "bob"}) project->addAnnotator(name, true);
        tag("ann", 0, {{"PER", 0, 1, {}}, {"LOC", 4, 4, {}}});
        tag("bob", 0, {{"PER", 0, 1, {}}, {"ORG", 3, 4, {}}});
        tag("ann", 1, {{"ORG", 0, 2, {}}});
    }
    void tag(const std::string& layer, std::size_t post, const std::vector<Entity>& entities) {
        for (const Entity& entity : entities) {
            Change change = changeOf(labelSpan(project->view(postAt(*project, post), {}, layer).state, entity.first,
                                               entity.last, entity.type));
            change.layer = layer;
            project->apply(change);
        }
    }
};

}  // namespace

TEST_CASE("Adjudication.ConflictsAreTheWordsWhereLayersDiffer") {
    Adjudicated f;
    const Adjudication found = adjudicationOf(*f.project, {"ann", "bob"}, {});
    CHECK(found.posts == 1);
    CHECK(found.unanimous == 0);
    CHECK(found.startable == 1);
    REQUIRE(found.conflicts.size() == 1);
    const Conflict& conflict = found.conflicts.front();
    CHECK(conflict.first == 3);
    CHECK(conflict.last == 4);
    CHECK(conflict.words == "to Toronto");
    CHECK(conflict.said[0] == std::vector<Entity>{{"LOC", 4, 4, {}}});
    CHECK(conflict.said[1] == std::vector<Entity>{{"ORG", 3, 4, {}}});
    CHECK_FALSE(conflict.decision);
    CHECK(errorOf([&] { adjudicationOf(*f.project, {"ann"}, {}); }) == "option-invalid");
    CHECK(errorOf([&] { adjudicationOf(*f.project, {"ann", "gone"}, {}); }) == "layer-unknown");
}

TEST_CASE("Adjudication.StartsFromWhatAgreesInOneStep") {
    Adjudicated f;
    const Change start = startFromAgreement(*f.project, {"ann", "bob"}, {});
    f.project->apply(start);
    CHECK(stateAt(*f.project, 0).entities == std::vector<Entity>{{"PER", 0, 1, {}}});
    CHECK_FALSE(stateAt(*f.project, 1).corrected);  // one annotator alone agrees with nobody
    CHECK(startFromAgreement(*f.project, {"ann", "bob"}, {}).isEmpty());
    CHECK(workflow::checkProject(*f.project).list().empty());
    f.project->undo();
    CHECK(stateAt(*f.project, 0).entities.size() == 2);  // gold
    CHECK_FALSE(stateAt(*f.project, 0).corrected);
}

TEST_CASE("Adjudication.DecisionsAreKeptWithTheirCauseAndLeaveForTheGuideline") {
    Adjudicated f;
    const Conflict conflict = adjudicationOf(*f.project, {"ann", "bob"}, {}).conflicts.front();
    f.project->apply(
        changeOf(decide(stateAt(*f.project, 0), {},
                        {conflict.first, conflict.last, "guideline-gap", "teams: see 4.2", true}, *conflict.said[1])));
    const Adjudication after = adjudicationOf(*f.project, {"ann", "bob"}, {});
    CHECK(after.decided() == 1);
    CHECK(after.conflicts.front().decision->cause == "guideline-gap");
    const auto rows = decisionRows(*f.project, true);
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().words == "to Toronto");
    CHECK(rows.front().entities == std::vector<Entity>{{"ORG", 3, 4, {}}});
    CHECK(rows.front().decision.note == "teams: see 4.2");
    f.project->undo();
    CHECK(decisionRows(*f.project, false).empty());
}

TEST_CASE("Adjudication.AnnotatorsAreSilentAboutWhatTheyHaveNotSeen") {
    Adjudicated f;
    const LayerAgreement agreement = layerAgreement(*f.project, {"ann", "bob"}, {});
    CHECK(agreement.agreement.commonPosts == 1);
    CHECK(agreement.agreement.posts[1].layers == 1);
}
