// Every system on a device that is not the CPU: a tensor that a model makes on the wrong device is found here, without
// a graphics card, and loss, gradients and answers are those of the CPU.
#include <map>

#include "core/models/model/inference_internal.h"
#include "tests/unit/models/every_system.h"
#include "tests/unit/models/other_device.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;
using mnerva::test::otherDeviceTolerance;

TEST_CASE("Device.EverySystemKeepsToTheDeviceOfItsBatchAndComputesTheSame") {
    for (const Asked& asked : everySystem()) {
        CAPTURE(asked.system, asked.variant, asked.options);
        const ModelShape shape = shapeFor(asked.system, asked.options, 0, asked.variant);
        const Batch batch = twoPostBatch(shape);
        std::map<std::string, Tensor> gradients;  // of the CPU, then compared
        const auto lossOn = [&](const torch::Device& device) {
            torch::manual_seed(1);
            const auto model = makeModel(shape);
            model->startFromEncoder();
            model->to(device);
            model->train();
            const Tensor loss = model->loss(model->withRows(batch.to(device)));
            CHECK(loss.device() == device);
            loss.backward();
            std::string astray;
            for (const auto& item : model->named_parameters())
                if (item.value().grad().defined() && item.value().grad().device() != device) astray = item.key();
            CHECK(astray == "");
            for (const auto& item : model->named_parameters()) {
                const Tensor& gradient = item.value().grad();
                if (device.is_cpu() && gradient.defined()) gradients[item.key()] = gradient;
                if (device.is_cpu() || !gradients.contains(item.key())) continue;
                const Tensor& wanted = gradients[item.key()];
                const double size = 1 + wanted.abs().max().item<double>();
                requireClose("gradient of " + item.key(), gradient, wanted, size * otherDeviceTolerance());
            }
            return loss.item<double>();
        };
        const double here = lossOn(torch::kCPU);
        REQUIRE_NOTHROW(requireClose("loss", lossOn(mnerva::test::otherDevice()), here, otherDeviceTolerance()));
    }
}

TEST_CASE("Device.EverySystemAnswersThereAsOnTheCpu") {
    for (const Asked& asked : everySystem()) {
        CAPTURE(asked.system, asked.variant, asked.options);
        const ModelShape shape = shapeFor(asked.system, asked.options, 0, asked.variant);
        const Batch batch = twoPostBatch(shape);
        const std::vector<EncodedPost> encoded = twoPosts();
        const std::vector<const EncodedPost*> posts{&encoded[0], &encoded[1]};
        const std::vector<std::vector<Entity>> targets{{{"PER", 0, 0, {}}}, {{"LOC", 1, 2, {}}}};
        const auto answersOn = [&](const torch::Device& device) {
            const torch::NoGradGuard noGradient;
            const auto model = modelOf<NerModel>(shape);
            model->to(device);
            Question question{posts, shape.classes, unitModeOf(shape.options), true, true, true, &targets};
            return model->answer(model->withRows(batch.to(device)), question);
        };
        const Answers here = answersOn(torch::kCPU);
        Answers there;
        REQUIRE_NOTHROW(there = answersOn(mnerva::test::otherDevice()));
        CHECK(there.classes == here.classes);
        CHECK((there.entities == here.entities));
        REQUIRE(there.targets.size() == here.targets.size());
        for (std::size_t b = 0; b < here.targets.size(); ++b)
            for (std::size_t e = 0; e < here.targets[b].size(); ++e)
                requireClose("target", there.targets[b][e], here.targets[b][e], otherDeviceTolerance());
        REQUIRE(there.marginals.defined() == here.marginals.defined());
        const auto near = [](const Tensor& a, const Tensor& b) {
            return a.to(torch::kCPU).sub(b).abs().max().item<double>() <= otherDeviceTolerance();
        };
        if (here.marginals.defined()) CHECK(near(there.marginals, here.marginals));
        const Explanation &a = there.explanation, &b = here.explanation;
        REQUIRE(a.textToImage.size() == b.textToImage.size());
        for (std::size_t i = 0; i < a.textToImage.size(); ++i) CHECK(near(a.textToImage[i], b.textToImage[i]));
        REQUIRE(a.imageToText.size() == b.imageToText.size());
        for (std::size_t i = 0; i < a.imageToText.size(); ++i) CHECK(near(a.imageToText[i], b.imageToText[i]));
        for (const auto& [x, y] : {std::pair{a.relevance, b.relevance}, std::pair{a.visualGate, b.visualGate}})
            if (y.defined()) CHECK(near(x, y));
    }
}
