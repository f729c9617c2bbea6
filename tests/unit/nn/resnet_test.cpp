#include "core/nn/encoders/resnet.h"

#include <cmath>

#include "core/base/file.h"
#include "tests/support/data.h"
#include "tests/unit/nn/resnet_fixture.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

namespace {

void checkAgainstTorchvision(ResNetKind kind, int64_t side) {
    const ResNet net(kind, formulaState(kind), "formula");
    const auto wanted = goldenJson("nn_resnet.json").at(resNetName(kind) + "@" + std::to_string(side));
    const auto stages = net.forward(formula("image", {2, 3, side, side}, 2.0));
    INFO(resNetName(kind) << " at " << side);
    for (size_t i = 0; i < 4; ++i) {
        const Tensor& x = stages[i];
        const std::string stage = "stage " + std::to_string(i + 1) + ", ";
        CHECK(x.sizes().vec() == wanted[i]["shape"].get<std::vector<int64_t>>());
        CHECK(x.size(1) == stageWidths(kind)[i]);
        const double size = std::max(1.0, wanted[i]["largest"].get<double>());
        const Tensor flat = x.flatten();
        const Tensor picked = flat.index_select(0, torch::arange(40) * (flat.numel() / 40));
        requireClose(stage + "mean", x.to(torch::kFloat64).mean().item<double>(), wanted[i]["mean"].get<double>(),
                     1e-5 * size);
        requireClose(stage + "picked", picked, tensorOf(wanted[i]["picked"], {40}), 1e-5 * size);
        requireClose(stage + "pooled", x.mean({2, 3})[0].slice(0, 0, 16), tensorOf(wanted[i]["pooled"], {16}),
                     1e-5 * size);
    }
}

}  // namespace

TEST_CASE("ResNet.EighteenEqualsTorchvisionAtFullSize") {
    checkAgainstTorchvision(ResNetKind::ResNet18, 224);
}
TEST_CASE("ResNet.EighteenEqualsTorchvisionOnASmallPicture") {
    checkAgainstTorchvision(ResNetKind::ResNet18, 64);
}
TEST_CASE("ResNet.ThirtyFourEqualsTorchvision") {
    checkAgainstTorchvision(ResNetKind::ResNet34, 64);
}
TEST_CASE("ResNet.FiftyEqualsTorchvision") {
    checkAgainstTorchvision(ResNetKind::ResNet50, 64);
}
TEST_CASE("ResNet.HundredAndOneEqualsTorchvision") {
    checkAgainstTorchvision(ResNetKind::ResNet101, 64);
}
// Twelve seconds of making weights: run by hand with [slow].
TEST_CASE("ResNet.HundredAndFiftyTwoEqualsTorchvision", "[.slow]") {
    checkAgainstTorchvision(ResNetKind::ResNet152, 64);
}

TEST_CASE("ResNet.RandomIsTheSameForTheSameSeed") {
    const Tensor image = formula("image", {1, 3, 64, 64});
    const ResNet a = ResNet::random(ResNetKind::ResNet18, 1), b = ResNet::random(ResNetKind::ResNet18, 1),
                 c = ResNet::open("random18");
    CHECK(difference(a.forward(image)[3], b.forward(image)[3]) == 0);
    CHECK(a.fingerprint() == b.fingerprint());
    CHECK(a.fingerprint() != c.fingerprint());
    CHECK(difference(a.forward(image)[3], c.forward(image)[3]) > 1e-3);
}

TEST_CASE("ResNet.RandomStartsAsTorchvisionDoes") {
    const TensorMap state = randomResNetState(ResNetKind::ResNet18, 0);
    CHECK(state.at("layer2.0.conv1.weight").std().item<double>() == Approx(std::sqrt(2.0 / (128 * 9))).epsilon(0.02));
    CHECK(difference(state.at("bn1.weight"), torch::ones({64})) == 0);
    CHECK(state.size() == 20 * 5);
}

TEST_CASE("ResNet.KindIsToldFromTheFile") {
    const TemporaryFolder folder;
    for (const ResNetKind kind : {ResNetKind::ResNet18, ResNetKind::ResNet50}) {
        TensorMap state = randomResNetState(kind, 2);
        const std::string fingerprint = ResNet(kind, state, "state").fingerprint();
        state["fc.weight"] = torch::zeros({1000, stageWidths(kind)[3]});
        saveSafetensors(state, folder / "net.safetensors");
        const ResNet loaded = ResNet::load(folder / "net.safetensors");
        CHECK(loaded.kind() == kind);
        CHECK(loaded.fingerprint() == fingerprint);
    }
}

TEST_CASE("ResNet.SaveAndLoadGiveEqualFeatures") {
    const TemporaryFolder folder;
    const Tensor image = formula("image", {1, 3, 64, 64});
    saveSafetensors(randomResNetState(ResNetKind::ResNet18, 2), folder / "net.safetensors");
    const auto loaded = ResNet::load(folder / "net.safetensors").forward(image);
    const auto made = ResNet::random(ResNetKind::ResNet18, 2).forward(image);
    for (size_t i = 0; i < 4; ++i) CHECK(difference(loaded[i], made[i]) == 0);
}

TEST_CASE("ResNet.OnePictureAloneEqualsThePictureInABatch") {
    const ResNet net = ResNet::random(ResNetKind::ResNet18, 1);
    const Tensor images = formula("image", {3, 3, 64, 64});
    const auto all = net.forward(images), alone = net.forward(images.slice(0, 1, 2));
    for (size_t i = 0; i < 4; ++i) CHECK(difference(all[i][1], alone[i][0]) < 1e-4);
}

TEST_CASE("ResNet.FeaturesCarryNoGradientsAndMayFeedTraining") {
    const ResNet net = ResNet::random(ResNetKind::ResNet18, 1);
    const Tensor f4 = net.forward(formula("image", {1, 3, 64, 64}))[3];
    CHECK_FALSE(f4.requires_grad());
    Tensor w = torch::ones({1}).requires_grad_();
    (f4 * w).sum().backward();
    CHECK(w.grad().defined());
}

TEST_CASE("ResNet.AWhiteCellMovesTheFeaturesAroundItsRowAndColumn") {
    const ResNet net = ResNet::random(ResNetKind::ResNet18, 1);
    const Tensor black = torch::zeros({1, 3, 224, 224});
    const auto rows = [&](const Tensor& picture) {
        return net.forward(picture)[3].flatten(2).transpose(1, 2)[0];
    };  // [49, C4]
    const Tensor before = rows(black), line = torch::arange(1, 8).to(torch::kFloat32);
    for (const auto& [row, column] : {std::pair{3, 5}, std::pair{5, 3}, std::pair{4, 3}, std::pair{3, 4}}) {
        Tensor white = black.clone();
        white.slice(2, 32 * (row - 1), 32 * row).slice(3, 32 * (column - 1), 32 * column).fill_(2.5);
        const Tensor change = (rows(white) - before).pow(2).sum(1).view({7, 7});  // index 7 (r - 1) + (c - 1)
        const double all = change.sum().item<double>();
        CHECK((change.sum(1) * line).sum().item<double>() / all == Approx(row).margin(0.75));
        CHECK((change.sum(0) * line).sum().item<double>() / all == Approx(column).margin(0.75));
    }
}

TEST_CASE("ResNet.ForeignWeightsAreNoResNet") {
    const Error error = errorOf([] { ResNet::load(golden("nn_state.pth")); });
    CHECK(error.code() == ErrorCode::FormatUnknown);
    CHECK(errorOf([] { ResNet::open("random77"); }).code() == ErrorCode::FileMissing);
}

TEST_CASE("ResNet.MissingAndMisshapenAndNaNWeightsAreNamed") {
    TensorMap state = randomResNetState(ResNetKind::ResNet18, 0);
    TensorMap without = state, wrong = state, notANumber = state;
    without.erase("layer3.1.bn2.running_var");
    wrong["layer4.0.conv1.weight"] = torch::zeros({512, 256, 1, 1});
    notANumber["bn1.bias"] = torch::full({64}, NAN);
    const auto errorFor = [](const TensorMap& map) {
        return errorOf([&] { ResNet(ResNetKind::ResNet18, map, "file"); });
    };
    CHECK(errorFor(without).args() == std::vector<std::string>{"file", "layer3.1.bn2.running_var"});
    CHECK(errorFor(wrong).code() == ErrorCode::WeightShape);
    CHECK(errorFor(notANumber).code() == ErrorCode::NumberNotFinite);
}
