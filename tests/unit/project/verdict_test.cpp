#include <catch2/catch.hpp>

#include "tests/support/project_fixture.h"
#include "tests/support/raw_database.h"

using namespace mnerva;
using namespace mnerva::test;

namespace {

const Verdict kKevin{"entity", 0, 1, "PER"};

std::vector<Verdict> verdictsAt(const Project& project, std::size_t index) {
    const auto all = project.verdicts();
    const auto found = all.find(postAt(project, index));
    return found == all.end() ? std::vector<Verdict>{} : found->second;
}

Saved dismiss(Project& project, std::size_t index, const Verdict& verdict) {
    return project.apply(changeOf(dismissDoubt(stateAt(project, index), verdict, verdictsAt(project, index))));
}

}  // namespace

TEST_CASE("Verdict.IsKeptAndLeavesThePostUntouched") {
    const ProjectFixture f;
    {
        const auto project = f.filled();
        dismiss(*project, 0, kKevin);
        dismiss(*project, 1, {"no-entity", 3, 3, ""});
    }
    const auto project = f.open();
    CHECK(verdictsAt(*project, 0) == std::vector<Verdict>{kKevin});
    CHECK(verdictsAt(*project, 1) == std::vector<Verdict>{{"no-entity", 3, 3, ""}});
    CHECK_FALSE(stateAt(*project, 0).corrected);
    CHECK(workflow::checkProject(*project).isEmpty());
}

TEST_CASE("Verdict.IsUndoneAndDoneAgain") {
    const ProjectFixture f;
    const auto project = f.filled();
    dismiss(*project, 0, kKevin);
    project->undo();
    CHECK(verdictsAt(*project, 0).empty());
    project->redo();
    CHECK(verdictsAt(*project, 0).size() == 1);
    CHECK(workflow::checkProject(*project).isEmpty());
}

TEST_CASE("Verdict.OutlivesChangesOfThePost") {
    const ProjectFixture f;
    const auto project = f.filled();
    dismiss(*project, 0, kKevin);
    label(*project, 0, 0, 1, "LOC");
    CHECK(verdictsAt(*project, 0) == std::vector<Verdict>{kKevin});
    project->undo();
    CHECK(workflow::checkProject(*project).isEmpty());
}

TEST_CASE("Verdict.IsTakenBack") {
    const ProjectFixture f;
    const auto project = f.filled();
    const auto recall = [&] { return recallDoubt(stateAt(*project, 0), kKevin, verdictsAt(*project, 0)); };
    CHECK(std::get<Refusal>(recall()).code == "nothing-here");
    dismiss(*project, 0, kKevin);
    project->apply(changeOf(recall()));
    CHECK(verdictsAt(*project, 0).empty());
    CHECK(workflow::checkProject(*project).isEmpty());
}

TEST_CASE("Verdict.TwiceOrOutsideIsRefused") {
    const ProjectFixture f;
    const auto project = f.filled();
    dismiss(*project, 0, kKevin);
    CHECK(std::get<Refusal>(dismissDoubt(stateAt(*project, 0), kKevin, {kKevin})).code == "nothing-here");
    CHECK(std::get<Refusal>(dismissDoubt(stateAt(*project, 0), {"entity", 4, 5, "PER"}, {})).code == "outside");
    // A second program that does not know of the first answer.
    CHECK(errorOf([&] { project->apply(changeOf(dismissDoubt(stateAt(*project, 0), kKevin, {}))); }) ==
          "conflicting-change");
}

TEST_CASE("Verdict.OneThatTheHistoryDoesNotTellIsFound") {
    const ProjectFixture f;
    dismiss(*f.filled(), 0, kKevin);
    runSql(f.projectFolder / "project.mnerva", "INSERT INTO verdicts VALUES (1, 'entity', 4, 4, 'LOC')");
    const auto project = f.open(OpenMode::ReadOnly);
    CHECK(workflow::checkProject(*project).count("verdicts-differ") == 1);
}

TEST_CASE("Verdict.RowsThatCannotBeAreLeftOut") {
    const ProjectFixture f;
    dismiss(*f.filled(), 0, kKevin);
    runSql(f.projectFolder / "project.mnerva",
           "INSERT INTO verdicts VALUES (1, '', 1, 1, 'LOC'), (1, 'entity', 0, 99999999999, 'PER')");
    const auto project = f.open(OpenMode::ReadOnly);
    CHECK(verdictsAt(*project, 0) == std::vector<Verdict>{kKevin});
    CHECK(project->oddRows().count("row-damaged") == 2);
}
