#include "core/workflow/quality/agreement.h"

#include <catch2/catch.hpp>

#include "tests/support/project_fixture.h"

using namespace mnerva;
using namespace mnerva::test;

TEST_CASE("LayerAgreement.ALayerIsSilentAboutPostsItDoesNotCover") {
    const ProjectFixture f;
    const auto project = f.filled();
    project->storePredictions("a", {{postAt(*project, 0), {{"PER", 0, 1, .9}}}});
    const LayerAgreement out = layerAgreement(*project, {"gold", "a"}, {});
    CHECK(out.ids == std::vector<std::string>{"1", "2"});
    CHECK(out.agreement.commonPosts == 1);
    CHECK(out.agreement.posts[1].layers == 1);
    const eval::PairAgreement& pair = out.agreement.all.pairs.front();
    CHECK(pair.posts == 1);
    CHECK(pair.spans.correct == 1);
    CHECK(pair.spans.f1 == Approx(2.0 / 3));
}

TEST_CASE("LayerAgreement.APostThatAnAnnotatorPutAsideIsNotOneWithoutEntities") {
    const ProjectFixture f;
    const auto project = f.filled();
    project->addAnnotator("ann", false);
    for (const std::size_t at : {0U, 1U}) {
        Change change = changeOf(setStage(project->view(postAt(*project, at), {}, "ann").state,
                                          at == 0 ? PostStage::Done : PostStage::Skipped));
        change.layer = "ann";
        change.posts.front().correctedAfter = true;
        project->apply(change);
    }
    CHECK(layerAgreement(*project, {"gold", "ann"}, {}).agreement.commonPosts == 1);
}

TEST_CASE("LayerAgreement.UntouchedPostsOfTheHumanWorkAreGold") {
    const ProjectFixture f;
    const auto project = f.filled();
    CHECK(layerAgreement(*project, {"gold", "corrected"}, {}).agreement.all.meanF1 == 1.0);
    label(*project, 0, 4, 4, "ORG");
    const LayerAgreement out = layerAgreement(*project, {"gold", "corrected"}, {});
    CHECK_FALSE(out.agreement.posts[0].isUnanimous);
    CHECK(out.agreement.posts[1].isUnanimous);
    CHECK(out.agreement.labels.at("PER").meanF1 == 1.0);
    CHECK(out.agreement.labels.at("LOC").meanF1 == 0.0);
}

TEST_CASE("LayerAgreement.OneLayerOrAnUnknownOneIsRefused") {
    const ProjectFixture f;
    const auto project = f.filled();
    CHECK(errorOf([&] { layerAgreement(*project, {"gold"}, {}); }) == "option-invalid");
    CHECK(errorOf([&] { layerAgreement(*project, {"gold", "gold"}, {}); }) == "option-invalid");
    CHECK(errorOf([&] { layerAgreement(*project, {"gold", "nobody"}, {}); }) == "layer-unknown");
    CHECK(errorOf([&] { layerAgreement(*project, {"gold", "corrected"}, Split::Test); }) == "split-empty");
}
