#include "core/nn/encoders/trained_resnet.h"

#include <cmath>

#include "tests/unit/nn/resnet_fixture.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

namespace {

TrainedResNet filled(ResNetKind kind, bool batchStatistics = false) {
    TrainedResNet net(kind, batchStatistics);
    loadInto(*net, formulaState(kind), "formula");
    return net;
}

}  // namespace

TEST_CASE("TrainedResNet.StagesAndEveryGradientEqualPyTorchWithRunningAndWithBatchStatistics") {
    for (const auto& wanted : goldenJson("nn_resnet_gradients.json")) {
        const bool batch = wanted.at("batch").get<bool>();
        INFO(wanted.at("kind").get<std::string>() << (batch ? " by batch" : ""));
        TrainedResNet net = filled(resNetKindOf(wanted.at("kind").get<std::string>()).value(), batch);
        const Tensor images = formula("image", {2, 3, 64, 64}, 2.0).requires_grad_();
        const auto stages = net->forward(images);
        Tensor loss = torch::zeros({});
        for (size_t i = 0; i < 4; ++i) {
            const Tensor& x = stages[i];
            const auto numbers = wanted.at("stages")[i].get<std::vector<double>>();
            const std::string stage = "stage " + std::to_string(i + 1) + ", ";
            requireClose(stage + "mean", x.mean().item<double>(), numbers[0], 1e-4);
            requireClose(stage + "largest", x.abs().max().item<double>(), numbers[1], 1e-4 * std::max(1.0, numbers[1]));
            loss = loss + (x * formula("stage " + std::to_string(i), x.sizes())).sum() * 0.1;
        }
        const double wantedLoss = wanted.at("loss").get<double>();
        requireClose("loss", loss.item<double>(), wantedLoss, 1e-4 * std::max(1.0, std::abs(wantedLoss)));
        loss.backward();
        requireSummary("image", images.grad(), wanted.at("image_gradient"), 1e-4);
        requireGradients(*net, wanted.at("gradients"), 1e-4);
        for (const auto& item : net->named_buffers())
            if (batch) requireSummary(item.key(), item.value(), wanted.at("running").at(item.key()), 1e-4);
    }
}

TEST_CASE("TrainedResNet.GivesTheNumbersOfTheFrozenOneInTrainingToo") {
    for (const ResNetKind kind : {ResNetKind::ResNet18, ResNetKind::ResNet50}) {
        TrainedResNet net = filled(kind);
        const Tensor images = formula("image", {2, 3, 64, 64}, 2.0);
        const auto frozen = ResNet(kind, formulaState(kind), "formula").forward(images);
        const auto learning = net->forward(images);
        for (size_t i = 0; i < 4; ++i)
            CHECK(difference(frozen[i], learning[i]) < 1e-5 * std::max(1.0, frozen[i].max().item<double>()));
    }
}

TEST_CASE("TrainedResNet.HasTheNamesOfTorchvisionAndNoOthers") {
    TrainedResNet net(ResNetKind::ResNet50, false);
    const TensorMap wanted = randomResNetState(ResNetKind::ResNet50, 0), found = stateOf(*net);
    REQUIRE(found.size() == wanted.size());
    for (const auto& [name, tensor] : wanted) {
        INFO(name);
        REQUIRE(found.contains(name));
        CHECK(found.at(name).sizes() == tensor.sizes());
        CHECK(net->named_parameters().contains(name) == (name.find("running") == std::string::npos));
    }
}

TEST_CASE("TrainedResNet.RunningStatisticsMoveOnlyInTrainingAndOnlyWhenAskedFor") {
    const Tensor images = formula("image", {2, 3, 64, 64}, 2.0);
    const auto moved = [&](bool batchStatistics, bool training) {
        TrainedResNet net = filled(ResNetKind::ResNet18, batchStatistics);
        net->train(training);
        net->forward(images);
        return difference(stateOf(*net).at("layer2.0.bn1.running_mean"),
                          formulaState(ResNetKind::ResNet18).at("layer2.0.bn1.running_mean"));
    };
    CHECK(moved(false, true) == 0);
    CHECK(moved(true, false) == 0);
    CHECK(moved(true, true) > 1e-4);
}

TEST_CASE("TrainedResNet.StateOfAFileAndOfRandomWeightsTellTheirKind") {
    const ResNetState random = openResNetState("random34");
    CHECK(random.kind == ResNetKind::ResNet34);
    CHECK(ResNet(random).fingerprint() == ResNet::open("random34").fingerprint());
    CHECK(resNetKindOf("resnet34") == ResNetKind::ResNet34);
    CHECK_FALSE(resNetKindOf("resnet35").has_value());
}
