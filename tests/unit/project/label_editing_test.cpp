#include "core/project/label_editing.h"

#include <catch2/catch.hpp>

#include "core/workflow/quality/statistics.h"
#include "tests/support/project_fixture.h"

using namespace mnerva;
using namespace mnerva::test;
using namespace mnerva::project;

namespace {

/// What people see of every post, and the labels.
struct Seen {
    LabelSet labels;
    std::vector<std::vector<Entity>> entities;
    bool operator==(const Seen&) const = default;
};

Seen seen(const Project& project) {
    return {project.labels(), project.entities("corrected", std::nullopt)};
}

std::size_t countOf(const Project& project, const std::string& type) {
    std::size_t count = 0;
    for (const auto& post : project.entities("corrected", std::nullopt))
        for (const Entity& entity : post) count += entity.type == type;
    return count;
}

}  // namespace

TEST_CASE("LabelEditing.ANewNameTakesEntitiesPlaceAndNotesAndIsOneUndoStep") {
    const ProjectFixture f;
    const auto project = f.filled();
    LabelSet labels = project->labels();
    labels.add("EVENT");
    labels.add("FEAST");
    labels.setNote("EVENT", {"#123456", "Concerts, *not* years.", "MISC"});
    labels.setNote("FEAST", {"", "", "EVENT"});
    project->setLabels(labels);
    label(*project, 0, 2, 2, "EVENT");
    const Seen before = seen(*project);

    const LabelEdit edit = renamingLabel(*project, "EVENT", "HAPPENING");
    CHECK(edit.posts == 1);
    CHECK(edit.entities == 1);
    CHECK_FALSE(edit.isKept);
    project->apply(edit.change);
    CHECK(project->labels().types == std::vector<std::string>{"PER", "LOC", "ORG", "MISC", "HAPPENING", "FEAST"});
    CHECK(project->labels().noteOf("HAPPENING") == LabelNote{"#123456", "Concerts, *not* years.", "MISC"});
    CHECK(project->labels().noteOf("FEAST").parent == "HAPPENING");
    CHECK(countOf(*project, "EVENT") == 0);
    CHECK(countOf(*project, "HAPPENING") == 1);
    const Seen after = seen(*project);

    CHECK(project->undo().applied.action == "rename-label");
    CHECK(seen(*project) == before);
    project->redo();
    CHECK(seen(*project) == after);
    CHECK(workflow::checkProject(*project).isEmpty());
    CHECK(seen(*f.open(OpenMode::ReadOnly)) == after);
}

TEST_CASE("LabelEditing.ALabelOfGoldIsRenamedWhereItIsCorrectedAndStaysAsTheLast") {
    const ProjectFixture f;
    const auto project = f.filled();
    const std::size_t people = countOf(*project, "PER");
    REQUIRE(people > 0);
    const auto gold = project->entities("gold", std::nullopt);
    const LabelEdit edit = renamingLabel(*project, "PER", "PERSON");
    CHECK(edit.isKept);
    CHECK(edit.entities == people);
    project->apply(edit.change);
    CHECK(project->labels().types == std::vector<std::string>{"PERSON", "LOC", "ORG", "MISC", "PER"});
    CHECK(countOf(*project, "PERSON") == people);
    CHECK(countOf(*project, "PER") == 0);
    CHECK(project->entities("gold", std::nullopt) == gold);
    project->undo();
    CHECK(countOf(*project, "PER") == people);
    CHECK(project->labels().types.front() == "PER");
    for (const PostSummary& row : project->summaries({}, 100)) CHECK_FALSE(row.corrected);  // gold shows through again
}

TEST_CASE("LabelEditing.MergedLabelsAreOneWithTheNotesOfTheOneThatStays") {
    const ProjectFixture f;
    const auto project = f.filled();
    LabelSet labels = project->labels();
    labels.add("CITY");
    labels.setNote("CITY", {"", "towns", ""});
    labels.setNote("LOC", {"", "places", ""});
    project->setLabels(labels);
    label(*project, 0, 2, 2, "CITY");
    const std::size_t places = countOf(*project, "LOC");
    const Seen before = seen(*project);
    const LabelEdit edit = renamingLabel(*project, "CITY", "LOC");
    CHECK(edit.change.action == "merge-labels");
    project->apply(edit.change);
    CHECK_FALSE(project->labels().contains("CITY"));
    CHECK(project->labels().noteOf("LOC").description == "places");
    CHECK(countOf(*project, "LOC") == places + 1);
    project->undo();
    CHECK(seen(*project) == before);
}

TEST_CASE("LabelEditing.ALabelGoesWithItsEntitiesAndComesBackWithThem") {
    const ProjectFixture f;
    const auto project = f.filled();
    LabelSet labels = project->labels();
    labels.add("EVENT");
    labels.setNote("EVENT", {"#00ff00", "", ""});
    project->setLabels(labels);
    label(*project, 0, 2, 2, "EVENT");
    const Seen before = seen(*project);
    const LabelEdit edit = removingLabel(*project, "EVENT");
    CHECK(edit.entities == 1);
    project->apply(edit.change);
    CHECK_FALSE(project->labels().contains("EVENT"));
    CHECK(project->labels().notes.empty());
    project->undo();
    CHECK(seen(*project) == before);
}

TEST_CASE("LabelEditing.ADraftIsNameNoteAndPlaceInOneStep") {
    const ProjectFixture f;
    const auto project = f.filled();
    const Seen before = seen(*project);
    project->apply(editingLabel(*project, "", {"EVENT", {"#0a0b0c", "what happens", ""}, 1}).change);
    CHECK(project->labels().types == std::vector<std::string>{"PER", "EVENT", "LOC", "ORG", "MISC"});
    label(*project, 0, 2, 2, "EVENT");
    const LabelEdit edit = editingLabel(*project, "EVENT", {"FEAST", {"#0a0b0c", "who dines", "MISC"}, 0});
    CHECK(edit.entities == 1);
    project->apply(edit.change);
    CHECK(project->labels().types.front() == "FEAST");
    CHECK(project->labels().noteOf("FEAST") == LabelNote{"#0a0b0c", "who dines", "MISC"});
    CHECK(countOf(*project, "FEAST") == 1);
    CHECK(editingLabel(*project, "FEAST", {"FEAST", project->labels().noteOf("FEAST"), 0}).change.isEmpty());
    CHECK(errorOf([&] { editingLabel(*project, "", {"FEAST", {}, {}}); }) == "option-invalid");
    for (int steps = 0; steps < 3; ++steps) project->undo();
    CHECK(seen(*project) == before);
}

TEST_CASE("LabelEditing.WhatCameSinceOutlivesAnUndoOfTheLabels") {
    LabelSet before, after, now;
    before.types = {"PER", "LOC"};
    after.types = {"LOC", "PER", "ORG"};
    now = after;
    now.add("NEW");  // an import brought it
    now.setNote("NEW", {"#010203", "", ""});
    CHECK(labelsAfter(now, {after, before}).types == std::vector<std::string>{"PER", "LOC", "NEW"});
    CHECK(labelsAfter(now, {after, before}).noteOf("NEW").colour == "#010203");
    now.types = {"LOC", "NEW"};  // PER was taken away since
    CHECK(labelsAfter(now, {after, before}).types == std::vector<std::string>{"LOC", "NEW"});
}

TEST_CASE("LabelEditing.OddNamesColoursTextsAndKindsAreRefusedAndNothingChanges") {
    const ProjectFixture f;
    const auto project = f.filled();
    const Seen before = seen(*project);
    const auto refused = [&](const std::function<void()>& attempt) {
        const std::string code = errorOf(attempt);
        CHECK(seen(*project) == before);
        return code;
    };
    CHECK(refused([&] { renamingLabel(*project, "PER", "PER"); }) == "option-invalid");
    CHECK(refused([&] { renamingLabel(*project, "PER", ""); }) == "option-invalid");
    CHECK(refused([&] { renamingLabel(*project, "PER", "two words"); }) == "option-invalid");
    CHECK(refused([&] { renamingLabel(*project, "PER", "loc"); }) == "option-invalid");  // differs by case alone
    CHECK(refused([&] { renamingLabel(*project, "NONE", "SOME"); }) == "label-unknown");
    CHECK(refused([&] { removingLabel(*project, "NONE"); }) == "label-unknown");
    const auto noted = [&](const LabelNote& note, const std::string& type = "PER") {
        LabelSet labels = project->labels();
        labels.setNote(type, note);
        return labels;
    };
    CHECK(refused([&] { project->setLabels(noted({"red", "", ""})); }) == "option-invalid");
    CHECK(refused([&] { project->setLabels(noted({"#12345g", "", ""})); }) == "option-invalid");
    CHECK(refused([&] { project->setLabels(noted({"", std::string(70000, 'x'), ""})); }) == "option-invalid");
    CHECK(refused([&] { project->setLabels(noted({"", "", "PER"})); }) == "option-invalid");
    LabelSet circle = noted({"", "", "LOC"});
    circle.setNote("LOC", {"", "", "ORG"});
    circle.setNote("ORG", {"", "", "PER"});
    CHECK(refused([&] { project->setLabels(circle); }) == "option-invalid");
}

TEST_CASE("LabelEditing.ALabelThatCannotGoIsToldBeforeAnythingIsWritten") {
    const ProjectFixture f;
    const auto project = f.filled();
    LabelSet labels = project->labels();
    labels.add("EVENT");
    project->setLabels(labels);
    const LabelEdit edit = removingLabel(*project, "EVENT");  // nobody has it now
    label(*project, 0, 2, 2, "EVENT");                        // and then somebody does
    const Seen before = seen(*project);
    CHECK(errorOf([&] { project->apply(edit.change); }) == "label-in-use");
    CHECK(seen(*project) == before);
}

TEST_CASE("LabelEditing.RenamingSeesAStop") {
    const ProjectFixture f;
    const auto project = f.filled();
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(renamingLabel(*project, "PER", "PERSON", {}, stop.get_token()), Cancelled);
}

TEST_CASE("LabelEditing.AnUndoThatWouldLoseALabelInUseKeepsItAndGoesOn") {
    const ProjectFixture f;
    const auto project = f.filled();
    label(*project, 0, 2, 2, "ORG");
    LabelSet labels = project->labels();
    labels.types.insert(labels.types.begin(), "EVENT");
    project->setLabels(labels);
    project->addAnnotator("ann", false);
    Change edit = changeOf(labelSpan(project->view(postAt(*project, 0), {}, "ann").state, 2, 2, "EVENT"));
    edit.layer = "ann";
    project->apply(edit);
    project->undo();  // of the label, which the annotator has used since
    CHECK(project->labels().types == std::vector<std::string>{"PER", "LOC", "ORG", "MISC", "EVENT"});
    project->undo();  // and of the entity before it
    CHECK(countOf(*project, "ORG") == 1);
    CHECK(workflow::checkProject(*project).isEmpty());
}
