// Every system on a device that is not the CPU: a tensor that a model makes on the wrong device is found here, without
// a graphics card, and loss, gradients and answers are those of the CPU.
#include <set>
#include <string>

#include "tests/unit/models/other_device.h"
#include "tests/unit/models/tiny.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

struct Asked {
    std::string system, variant;
    std::vector<std::string> options;
};

/// What reads pictures through a ResNet of its own, which these posts do not have.
const std::set<std::string> kNeedsAResNet{"use_16_prefix"};

/// Every system and variant, by itself and with each other choice of each of its options: those are other paths
/// through it.
std::vector<Asked> everySystem() {
    std::vector<Asked> all;
    const auto add = [&](const SystemInfo& info, const std::string& variant) {
        all.push_back({info.name, variant, {}});
        for (const OptionSpec& option : info.options) {
            const bool isOfModel = option.group == "model" || option.group == "ablation";
            if (!isOfModel || kNeedsAResNet.contains(option.name)) continue;
            for (const Choice& choice : option.choices)
                if (option.fallback != choice.value)
                    all.push_back({info.name, variant, {option.name + "=" + choice.value}});
            if (option.type == "bool")
                all.push_back({info.name, variant, {option.name + (option.fallback.get<bool>() ? "=false" : "=true")}});
        }
    };
    for (const SystemInfo& info : systems()) {
        if (info.variants.empty()) add(info, {});
        for (const std::string& variant : info.variants) add(variantInfo(info, variant), variant);
    }
    return all;
}

}  // namespace

TEST_CASE("Device.EverySystemKeepsToTheDeviceOfItsBatchAndComputesTheSame") {
    for (const Asked& asked : everySystem()) {
        CAPTURE(asked.system, asked.variant, asked.options);
        const ModelShape shape = shapeFor(asked.system, asked.options, 0, asked.variant);
        const int rows = static_cast<int>(shape.pictures.objectRows);
        const Batch batch = batchOf(shape, twoPosts(), {picturesOf(1, 2, true, rows), picturesOf(2, 0, false, rows)});
        Tensor wanted;
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
            return loss.item<double>();
        };
        const double here = lossOn(torch::kCPU);
        REQUIRE_NOTHROW(requireClose("loss", lossOn(mnerva::test::otherDevice()), here, 1e-5));
    }
}
