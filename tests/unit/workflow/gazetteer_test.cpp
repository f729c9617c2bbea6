#include <catch2/catch.hpp>

#include "core/project/label_editing.h"
#include "core/workflow/gazetteer/layer.h"
#include "core/workflow/gazetteer/lists.h"
#include "core/workflow/gazetteer/stored.h"
#include "tests/support/project_fixture.h"

namespace {
using namespace mnerva;
using namespace mnerva::test;
using gazetteer::Definition;
using gazetteer::Source;

const std::string kTrain =
    "IMGID:a\nAnn\tB-PER\nmet\tO\nParis\tB-PER\nin\tO\nRome\tB-LOC\n\n"
    "IMGID:b\nParis\tB-LOC\nand\tO\nParis\tB-LOC\n\n";
const std::string kTest = "IMGID:c\nAnn\tB-PER\nleft\tO\n#Rome\tO\nfor\tO\nOslo\tB-LOC\n\n";

/// Two posts of the training split, one of the test split.
std::unique_ptr<Project> splitProject(const ProjectFixture& f) {
    auto project = f.create();
    f.import(*project, kTrain, "train.txt");
    f.import(*project, kTest, "test.txt");
    return project;
}

Source patternSource(const std::string& name, const std::string& pattern, const std::string& label) {
    Source source;
    source.kind = Source::Kind::TextPattern;
    source.name = name;
    source.pattern = pattern;
    source.label = label;
    source.caseSensitive = true;
    return source;
}

Source listSource(const ProjectFixture& f, const std::string& file, const std::string& names) {
    return listFromFile(f.projectFolder, {{"PER", "LOC"}}, f.write(file, names)).source;
}

/// "PER0 LOC4" of the suggestions of a post.
std::string suggested(const Project& project, std::size_t at, const std::string& layer = "word-lists") {
    std::string text;
    const auto all = project.entities(layer, {});
    for (const Entity& e : all.at(at)) text += e.type + std::to_string(e.first) + " ";
    return text;
}
}  // namespace

TEST_CASE("GazetteerLayer.IsMadeShownScoredAndMadeAnewLikeARun") {
    const ProjectFixture f;
    const auto project = splitProject(f);
    Definition definition;
    definition.sources = {listSource(f, "loc.txt", "Rome\nParis\n")};
    CHECK(definition.sources[0].label == "LOC");  // by the name of its file
    GazetteerReport report = applyGazetteer(*project, definition);
    CHECK(report.posts == 3);
    CHECK(report.words == 13);
    CHECK(report.entities == 5);
    CHECK(report.postsWithFinds == 3);
    CHECK(report.sources.at(0).names == 2);
    CHECK(report.sources.at(0).kept == 5);
    CHECK(suggested(*project, 0) == "LOC2 LOC4 ");
    CHECK(suggested(*project, 2) == "LOC2 ");
    const auto layers = project->layers();
    REQUIRE(layers.back().name == "word-lists");
    CHECK(layers.back().kind == LayerKind::Run);
    CHECK(layers.back().posts == 3);
    CHECK(project->view(postAt(*project, 0), "word-lists").state.suggestions.size() == 1);  // Rome is tagged already
    definition.sources[0].withMarks = false;
    report = applyGazetteer(*project, definition);
    CHECK(suggested(*project, 2).empty());
    CHECK(deleteGazetteerLayer(*project, "word-lists"));
    CHECK_FALSE(deleteGazetteerLayer(*project, "word-lists"));
    CHECK(project->layers().size() == 2);
    applyGazetteer(*project, definition);
    CHECK(project->layers().back().name == "word-lists");
}

TEST_CASE("GazetteerLayer.NeverTakesThePlaceOfARunOrAPersonsLayer") {
    const ProjectFixture f;
    const auto project = splitProject(f);
    project->storePredictions("umt", {{postAt(*project, 0), {{"PER", 0, 0, {}}}}});
    project->addAnnotator("ann", false);
    std::filesystem::create_directories(f.projectFolder / "runs" / "later");
    Definition definition;
    definition.sources = {listSource(f, "loc.txt", "Rome\n")};
    for (const char* name : {"umt", "ann", "gold", "corrected", "later", "a/b"}) {
        INFO(name);
        definition.layer = name;
        CHECK(errorOf([&] { applyGazetteer(*project, definition); }) == "run-name-invalid");
        CHECK(errorOf([&] { saveGazetteer(*project, definition); }) == "run-name-invalid");
        CHECK(errorOf([&] { deleteGazetteerLayer(*project, name); }) == "run-name-invalid");
    }
    CHECK(suggested(*project, 0, "umt") == "PER0 ");
}

TEST_CASE("GazetteerLayer.ALabelThatTheProjectLacksIsToldAndLeftOut") {
    const ProjectFixture f;
    const auto project = splitProject(f);
    Definition definition;
    definition.sources = {listSource(f, "list.txt", "Rome\tCITY\nAnn\tPER\nOslo\n")};
    GazetteerReport report = applyGazetteer(*project, definition);
    CHECK(report.unknownLabels == std::map<std::string, std::int64_t>{{"CITY", 2}});
    CHECK(report.labels == std::map<std::string, std::int64_t>{{"PER", 2}});
    CHECK(report.sources.at(0).withoutLabel == 1);
    LabelSet labels = project->labels();
    labels.add("CITY");
    project->apply(project::labelsEdit(*project, labels));
    report = applyGazetteer(*project, definition);
    CHECK(report.unknownLabels.empty());
    CHECK(suggested(*project, 0) == "PER0 CITY4 ");
}

TEST_CASE("GazetteerLayer.ClashesAreCountedWithAnExample") {
    const ProjectFixture f;
    const auto project = splitProject(f);
    Definition definition;
    definition.sources = {listSource(f, "per.txt", "Paris\n"), listSource(f, "loc.txt", "Paris\nRome\n")};
    const GazetteerReport report = planGazetteer(*project, definition, true).report;
    CHECK(report.clashCount == 3);
    REQUIRE(report.clashes.size() == 1);
    CHECK(report.clashes[0].words == "Paris");
    CHECK(report.clashes[0].label == "PER");
    CHECK(report.clashes[0].otherLabel == "LOC");
    CHECK(report.clashes[0].count == 3);
    CHECK(report.clashes[0].post == postAt(*project, 0));
    CHECK(report.examples.size() == 5);
    CHECK(report.examples[0].before == "Ann met");
    CHECK(report.examples[0].words == "Paris");
    CHECK(report.examples[0].after == "in Rome");
}

TEST_CASE("GazetteerLayer.ARuleThatMatchesEverythingIsLeftOutAndSaysSo") {
    const ProjectFixture f;
    const auto project = f.create();
    std::string posts;
    for (int i = 0; i < 60; ++i) posts += "IMGID:" + std::to_string(i) + "\nAnn\tB-PER\nmet\tO\nthe\tO\nman\tO\n\n";
    f.import(*project, posts);
    Definition definition;
    definition.sources = {patternSource("all", ".+", "PER"), patternSource("words", "[a-z]+", "PER"),
                          patternSource("names", "[A-Z][a-z]+", "PER")};
    const GazetteerReport report = applyGazetteer(*project, definition);
    REQUIRE(report.sources.size() == 3);
    CHECK(report.sources[0].fault == SourceReport::Fault::Everything);
    CHECK(report.sources[1].fault == SourceReport::Fault::Everything);
    CHECK(report.sources[2].fault == SourceReport::Fault::None);
    CHECK(report.entities == 60);
    CHECK(suggested(*project, 0) == "PER0 ");
}

TEST_CASE("GazetteerLayer.AListThatWasChangedOrIsGoneIsLeftOutAndSaysSo") {
    const ProjectFixture f;
    const auto project = splitProject(f);
    Definition definition;
    definition.sources = {listSource(f, "per.txt", "Ann\n"), listSource(f, "loc.txt", "Rome\n"),
                          listSource(f, "org.txt", "Oslo\n")};
    definition.sources[2].label = "LOC";
    writeFileAtomic(listPath(f.projectFolder, definition.sources[0].digest), "Somebody\n");
    std::filesystem::remove(listPath(f.projectFolder, definition.sources[1].digest));
    const GazetteerReport report = applyGazetteer(*project, definition);
    CHECK(report.sources[0].fault == SourceReport::Fault::Changed);
    CHECK(report.sources[1].fault == SourceReport::Fault::Missing);
    CHECK(report.entities == 1);
}

TEST_CASE("GazetteerLayer.AStopLeavesTheLayerAsItWas") {
    const ProjectFixture f;
    const auto project = splitProject(f);
    Definition definition;
    definition.sources = {listSource(f, "loc.txt", "Rome\n")};
    applyGazetteer(*project, definition);
    definition.sources = {listSource(f, "per.txt", "Ann\n")};
    for (const std::string stage : {"loading", "looking", "storing"}) {
        INFO(stage);
        std::stop_source stop;
        const auto sink = [&](const Progress& progress) {
            if (progress.stage == stage) stop.request_stop();
        };
        CHECK_THROWS_AS(applyGazetteer(*project, definition, sink, stop.get_token()), Cancelled);
        CHECK(suggested(*project, 0) == "LOC4 ");
    }
}

TEST_CASE("GazetteerLists.GoldGivesNamesOfTheTrainingPostsAlone") {
    const ProjectFixture f;
    const auto project = splitProject(f);
    MadeList made = listFromGold(*project, {});
    CHECK(keptList(f.projectFolder, made.source.digest) == "Paris\tLOC\t2\nAnn\tPER\t1\nRome\tLOC\t1\n");
    CHECK(made.source.names == 3);
    CHECK(made.severalLabels == 1);
    CHECK_FALSE(made.source.holdsTest);
    CHECK(made.source.origin == "corrected, train");
    made = listFromGold(*project, {"gold", Split::Train, 2});
    CHECK(keptList(f.projectFolder, made.source.digest) == "Paris\tLOC\t2\n");
    CHECK(made.tooRare == 2);
    made = listFromGold(*project, {"gold", std::nullopt, 1});
    CHECK(made.source.names == 4);
    CHECK(made.source.holdsTest);
    Definition definition;
    definition.sources = {made.source};
    CHECK(applyGazetteer(*project, definition).holdsTest);
    CHECK(errorOf([&] { listFromGold(*project, {"nobody", Split::Train, 1}); }) == "layer-unknown");
    CHECK(errorOf([&] { listFromGold(*project, {"gold", Split::Valid, 1}); }) == "nothing-imported");
}

TEST_CASE("GazetteerLists.CorrectedNamesCountAsTheyAreNow") {
    const ProjectFixture f;
    const auto project = splitProject(f);
    label(*project, 1, 1, 1, "PER");
    const MadeList made = listFromGold(*project, {});
    CHECK(keptList(f.projectFolder, made.source.digest).find("and\tPER\t1\n") != std::string::npos);
}

TEST_CASE("GazetteerLists.AFileWithoutANameIsRefused") {
    const ProjectFixture f;
    const auto project = splitProject(f);
    CHECK(errorOf([&] { listSource(f, "empty.txt", "\n\n# nothing\n"); }) == "nothing-imported");
    std::filesystem::create_directory_symlink(f.folder.path(), f.projectFolder / "gazetteer");
    CHECK(errorOf([&] { listSource(f, "loc.txt", "Rome\n"); }) == "unsafe-target");
}

TEST_CASE("GazetteerHistory.EachChangeIsTakenBackAndDoneAgainAlsoLater") {
    const ProjectFixture f;
    auto project = splitProject(f);
    CHECK(readGazetteer(*project).definition == Definition{});
    Definition one, two;
    one.sources = {patternSource("a", "A+", "PER")};
    two = one;
    two.sources.push_back(patternSource("b", "B+", "LOC"));
    CHECK(saveGazetteer(*project, one).canUndo);
    saveGazetteer(*project, two);
    saveGazetteer(*project, two);  // changes nothing: no step
    project.reset();
    project = f.open();
    CHECK(readGazetteer(*project).definition == two);
    CHECK(undoGazetteer(*project).definition == one);
    StoredGazetteer stored = undoGazetteer(*project);
    CHECK(stored.definition == Definition{});
    CHECK_FALSE(stored.canUndo);
    CHECK(errorOf([&] { undoGazetteer(*project); }) == "nothing-to-undo");
    CHECK(redoGazetteer(*project).definition == one);
    two.sources.back().label = "ORG";
    stored = saveGazetteer(*project, two);
    CHECK_FALSE(stored.canRedo);
    CHECK(errorOf([&] { redoGazetteer(*project); }) == "nothing-to-redo");
    for (int i = 0; i < 150; ++i) {
        two.sources.back().priority = i % 100 + 1;
        stored = saveGazetteer(*project, two);
    }
    int steps = 0;
    for (; readGazetteer(*project).canUndo; ++steps) undoGazetteer(*project);
    CHECK(steps == 99);
}

TEST_CASE("GazetteerHistory.WhatCannotBeReadIsAnErrorAndCanBeForgotten") {
    const ProjectFixture f;
    const auto project = splitProject(f);
    for (const char* text : {"{", "[]", "{\"states\":[],\"now\":0}", "{\"states\":[\"{}\"],\"now\":0}",
                             "{\"states\":[\"{}\"],\"now\":7}", "{\"states\":[7],\"now\":0}"}) {
        INFO(text);
        project->setSetting("gazetteer", text);
        CHECK(errorOf([&] { readGazetteer(*project); }) == "format-invalid");
        CHECK(errorOf([&] { saveGazetteer(*project, {}); }) == "format-invalid");
    }
    CHECK(forgetGazetteer(*project).definition == Definition{});
    CHECK(saveGazetteer(*project, {"lists", {}}).definition.layer == "lists");
}

TEST_CASE("GazetteerHistory.AProjectThatIsOnlyReadIsNotChanged") {
    const ProjectFixture f;
    splitProject(f).reset();
    const auto project = f.open(OpenMode::ReadOnly);
    Definition definition;
    definition.sources = {patternSource("a", "A+", "PER")};
    CHECK(errorOf([&] { saveGazetteer(*project, definition); }) == "project-read-only");
    CHECK(errorOf([&] { applyGazetteer(*project, definition); }) == "project-read-only");
    CHECK(planGazetteer(*project, definition, true).report.posts == 3);
}
