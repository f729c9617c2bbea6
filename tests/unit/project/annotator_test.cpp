#include <catch2/catch.hpp>

#include "core/project/find.h"
#include "core/workflow/quality/statistics.h"
#include "tests/support/project_fixture.h"

using namespace mnerva;
using namespace mnerva::test;

namespace {

struct Annotated : ProjectFixture {
    std::unique_ptr<Project> project = filled();
    Annotated() {
        project->addAnnotator("ann", true);
        project->addAnnotator("bob", false);
    }
    PostId first() const { return postAt(*project, 0); }
    PostState state(const std::string& layer) const { return project->view(first(), {}, layer).state; }
    Change labelled(const std::string& layer, int first, int last, const std::string& type) const {
        Change change = changeOf(labelSpan(state(layer), first, last, type));
        change.layer = layer;
        return change;
    }
};

}  // namespace

TEST_CASE("Annotator.ALayerBeginsEmptyAndHasItsOwnEntitiesAndStatus") {
    Annotated f;
    CHECK(f.state("ann").entities.empty());
    CHECK_FALSE(f.state("ann").corrected);
    f.project->apply(f.labelled("ann", 0, 1, "PER"));
    Change done = changeOf(setDone(f.state("ann"), true));
    done.layer = "ann";
    f.project->apply(done);
    CHECK(f.state("ann").entities == std::vector<Entity>{{"PER", 0, 1, {}}});
    CHECK(f.state("ann").status == PostStatus::Done);
    CHECK(f.state("bob").entities.empty());
    CHECK(f.state("").entities.size() == 2);  // gold shows through still
    CHECK(f.state("").status == PostStatus::Open);
    CHECK(f.project->summaries(PostId{}, 1, "ann").front().entityCount == 1);
    CHECK(isDone(f.project->summaries(PostId{}, 1, "ann").front().status));
    CHECK_FALSE(isDone(f.project->summaries(PostId{}, 1).front().status));
    int doneByAnn = 0;
    for (const auto& [split, count] : f.project->info("ann").doneOfSplit) doneByAnn += count;
    CHECK(doneByAnn == 1);
    CHECK(workflow::checkProject(*f.project).list().empty());
}

TEST_CASE("Annotator.CommentsAreOfTheirLayerAndABlindOneSeesItsOwnAlone") {
    Annotated f;
    const auto write = [&](const std::string& layer, std::int64_t id, const std::string& text) {
        Change change = changeOf(addComment(f.state(layer), {id, layer.empty() ? "me" : layer, id, text}));
        change.layer = layer;
        f.project->apply(change);
    };
    write("", 1, "of the corrected layer");
    write("ann", 2, "of ann");
    write("bob", 3, "of bob");
    CHECK_FALSE(f.state("ann").corrected);  // who comments has not said what the entities are
    const auto others = [&](const std::string& layer) {
        std::string names;
        for (const OtherComment& one : f.project->view(f.first(), {}, layer).otherComments)
            names += "[" + one.layer + "]" + one.comment.text + ";";
        return names;
    };
    CHECK(others("") == "[ann]of ann;[bob]of bob;");
    CHECK(others("bob") == "[]of the corrected layer;[ann]of ann;");
    CHECK(others("ann").empty());
    REQUIRE(f.state("ann").comments.size() == 1);
    CHECK(f.project->summaries(PostId{}, 1).front().comments == 3);
    CHECK(f.project->summaries(PostId{}, 1, "ann").front().comments == 1);
    Change foreign = changeOf(removeComment(f.state("ann"), 2));
    CHECK(errorOf([&] { f.project->apply(foreign); }) == "conflicting-change");  // of another layer's history
    f.project->undo("ann");
    CHECK(f.state("ann").comments.empty());
    CHECK(others("") == "[bob]of bob;");
    f.project->redo("ann");
    CHECK(f.state("ann").comments.at(0).id == 2);
    CHECK(find(*f.project, "comment:ann").size() == 1);
    CHECK(workflow::checkProject(*f.project).list().empty());
}

TEST_CASE("Annotator.AReviewAndASkippedPostAreOfTheirLayerAndCounted") {
    Annotated f;
    Change skip = changeOf(setStage(f.state("bob"), PostStage::Skipped));
    skip.layer = "bob";
    skip.posts.front().correctedAfter = true;
    skip.posts.front().reviewAfter = Review::Accepted;
    f.project->apply(skip);
    CHECK(f.state("bob").status == PostStatus::Skipped);
    CHECK(f.state("bob").review == Review::Accepted);
    CHECK(f.state("").review == Review::None);
    const ProjectInfo info = f.project->info("bob");
    CHECK(info.skippedOfSplit.at(Split::Train) == 1);
    CHECK(info.doneOfSplit.empty());
    CHECK(info.reviewOfSplit.at(Split::Train).at(Review::Accepted) == 1);
    CHECK(f.project->info().skippedOfSplit.empty());
    CHECK(workflow::checkProject(*f.project).list().empty());
}

TEST_CASE("Annotator.EachLayerHasAHistoryOfItsOwnThatOutlivesTheProgram") {
    Annotated f;
    f.project->apply(f.labelled("ann", 0, 1, "PER"));
    label(*f.project, 0, 2, 2, "ORG");
    f.project->apply(f.labelled("bob", 4, 4, "LOC"));
    f.project->undo("ann");
    CHECK(f.state("ann").entities.empty());
    CHECK_FALSE(f.state("ann").corrected);
    CHECK(f.state("").entities.size() == 3);
    CHECK(f.state("bob").entities.size() == 1);
    CHECK(errorOf([&] { f.project->undo("ann"); }) == "nothing-to-undo");
    f.project.reset();
    f.project = f.open();
    CHECK(f.project->canRedo("ann"));
    CHECK_FALSE(f.project->canRedo());
    f.project->redo("ann");
    CHECK(f.state("ann").entities.size() == 1);
    f.project->undo();
    CHECK(f.state("").entities.size() == 2);
    CHECK(f.project->canUndo("bob"));
    CHECK(workflow::checkProject(*f.project).list().empty());
}

TEST_CASE("Annotator.ABlindLayerShowsNothingOfOthersAndRemembersIt") {
    Annotated f;
    f.project->storePredictions("run", {{f.first(), {{"ORG", 2, 2, .9}}}});
    const PostView blind = f.project->view(f.first(), "run", "ann");
    CHECK(blind.gold.empty());
    CHECK(blind.post.sourceTags.empty());
    CHECK(blind.state.suggestions.empty());
    CHECK(blind.regions.links.empty());
    const PostView sighted = f.project->view(f.first(), "run", "bob");
    CHECK(sighted.gold.size() == 2);
    CHECK(sighted.state.suggestions.size() == 1);
    f.project.reset();
    f.project = f.open(OpenMode::ReadOnly);
    for (const LayerInfo& layer : f.project->layers())
        if (layer.kind == LayerKind::Annotator) CHECK(layer.isBlind == (layer.name == "ann"));
}

TEST_CASE("Annotator.NamesAreCheckedAndOnlyAnnotatorsAreEdited") {
    Annotated f;
    CHECK(errorOf([&] { f.project->addAnnotator("ann", false); }) == "run-name-invalid");
    CHECK(errorOf([&] { f.project->addAnnotator("gold", false); }) == "run-name-invalid");
    CHECK(errorOf([&] { f.project->addAnnotator("a/b", false); }) == "run-name-invalid");
    CHECK(errorOf([&] { f.project->storePredictions("ann", {}); }) == "run-name-invalid");
    CHECK(errorOf([&] { f.project->view(f.first(), {}, "gold"); }) == "layer-unknown");
    Change change = changeOf(labelSpan(f.state(""), 2, 2, "ORG"));
    change.layer = "gone";
    CHECK(errorOf([&] { f.project->apply(change); }) == "layer-unknown");
    change.layer = "bob";  // made from the corrected layer's state
    change.posts.front().removed = {{"PER", 0, 1, {}}};
    CHECK(errorOf([&] { f.project->apply(change); }) == "conflicting-change");
}

TEST_CASE("Annotator.AStatusNeedsALayerThatSpeaksOfThePost") {
    Annotated f;
    Change done = changeOf(setDone(f.state("ann"), true));
    done.layer = "ann";
    CHECK(errorOf([&] { f.project->apply(done); }) == "conflicting-change");
    done.posts.front().correctedAfter = true;  // nothing is here, and that is said
    f.project->apply(done);
    CHECK(f.state("ann").status == PostStatus::Done);
    CHECK(f.state("ann").entities.empty());
    CHECK(find(*f.project, "disagree(ann,gold)") == std::vector{f.first()});
    f.project->undo("ann");
    CHECK(f.state("ann").status == PostStatus::Open);
    CHECK_FALSE(f.state("ann").corrected);
    CHECK(workflow::checkProject(*f.project).list().empty());
}

TEST_CASE("Annotator.QueriesFindWhatAnnotatorsSay") {
    Annotated f;
    f.project->apply(f.labelled("ann", 0, 1, "PER"));
    f.project->apply(f.labelled("bob", 0, 0, "PER"));
    CHECK(find(*f.project, "disagree(ann,bob)") == std::vector{f.first()});
    CHECK(find(*f.project, "error(bob,ann):boundary") == std::vector{f.first()});
    CHECK(find(*f.project, "wrong(ann)").size() == 1);
}

TEST_CASE("Decision.IsWrittenWithItsEntitiesAndTakenBackWithThem") {
    Annotated f;
    const Decision decision{0, 1, "edge-case", "见 §3", true};
    Change change = changeOf(decide(f.state(""), {}, decision, {{"ORG", 0, 1, {}}}));
    f.project->apply(change);
    CHECK(f.state("").entities.front().type == "ORG");
    CHECK(f.project->decisions().at(f.first()) == std::vector{decision});
    const Decision other{0, 1, "slip", "", false};
    f.project->apply(changeOf(decide(f.state(""), {decision}, other, {{"ORG", 0, 1, {}}})));
    CHECK(f.project->decisions().at(f.first()) == std::vector{other});
    CHECK(workflow::checkProject(*f.project).list().empty());
    f.project->undo();
    f.project->undo();
    CHECK(f.project->decisions().empty());
    CHECK(f.state("").entities.front().type == "PER");
    CHECK(std::holds_alternative<Refusal>(decide(f.state(""), {}, {3, 99, "", "", false}, {})));
}
