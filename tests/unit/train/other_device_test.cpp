// Whole runs on a device that is not the CPU: training, checkpoint, answers and explanations are those of the CPU.
#include <cmath>

#include "core/domain/attribution.h"
#include "tests/unit/models/other_device.h"
#include "tests/unit/train/plain_encoder.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;

namespace {

/// On the CPU and there: the same run, without dropout, as each device has its own random numbers.
struct Twice {
    Toy toy{4, true};
    std::string there = mnerva::test::otherDevice().str();

    RunConfig config(const std::string& system, const std::string& variant, const std::string& device) const {
        RunConfig out = toy.configOf(system, system + "-" + device.substr(0, 3), {"epochs=1", "batch=2"}, variant);
        out.encoder = plainEncoder(toy);
        out.device = device;
        return out;
    }
};

void requireNear(const std::vector<float>& a, const std::vector<float>& b, double tolerance) {
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        REQUIRE(std::isfinite(b[i]));
        REQUIRE(std::abs(a[i] - b[i]) <= tolerance * (1 + std::abs(b[i])));
    }
}

}  // namespace

TEST_CASE("OtherDevice.EverySystemTrainsThereAsOnTheCpu", "[every-system]") {
    const Twice twice;
    for (const models::SystemInfo& system : models::systems()) {
        for (const std::string& variant : system.variants.empty() ? std::vector<std::string>{""} : system.variants) {
            CAPTURE(system.name, variant);
            const auto lossOf = [&](const std::string& device) {
                const RunConfig config = twice.config(system.name, variant, device);
                const TrainingResult result = trained(twice.toy, config);
                REQUIRE(result.outcome == "succeeded");
                std::filesystem::remove_all(config.runFolder);
                return result.metrics.at("epochs").at(0).at("loss").get<double>();
            };
            const double here = lossOf("cpu"), there = lossOf(twice.there);
            REQUIRE(std::isfinite(here));
            CHECK(there == Approx(here).epsilon(1e-4));
        }
    }
}

TEST_CASE("OtherDevice.ARunAnswersAndExplainsThereAsOnTheCpu") {
    const Twice twice;
    for (const std::string system : {"mpcfn", "hvpnet"}) {
        CAPTURE(system);
        const RunConfig config = twice.config(system, "", "cpu");
        trained(twice.toy, config);
        const models::PostInput& post = twice.toy.data.train[1].input;
        AttributionQuery query;
        query.first = query.last = 2;
        query.type = "PER";
        query.steps = 4;
        const auto askedOn = [&](const std::string& device) {
            const auto predictor = models::Predictor::load(config.runFolder, device);
            return std::pair(predictor->predict(post, {true, true}), predictor->explain(post, query, {}, {}));
        };
        const auto [saidHere, whyHere] = askedOn("cpu");
        const auto [saidThere, whyThere] = askedOn(twice.there);
        CHECK(saidThere.tags == saidHere.tags);
        requireNear(saidThere.marginals.values, saidHere.marginals.values, 1e-4);
        REQUIRE(saidThere.textToImage.size() == saidHere.textToImage.size());
        for (std::size_t i = 0; i < saidHere.textToImage.size(); ++i)
            requireNear(saidThere.textToImage[i].values, saidHere.textToImage[i].values, 1e-4);
        CHECK(whyThere.target.logProbability == Approx(whyHere.target.logProbability).margin(1e-4));
        REQUIRE(whyThere.attributions.size() == whyHere.attributions.size());
        for (std::size_t i = 0; i < whyHere.attributions.size(); ++i) {
            CAPTURE(whyHere.attributions[i].method);
            CHECK(whyThere.attributions[i].unavailable == whyHere.attributions[i].unavailable);
            requireNear(whyThere.attributions[i].cells, whyHere.attributions[i].cells, 1e-3);
            requireNear(whyThere.attributions[i].words, whyHere.attributions[i].words, 1e-3);
        }
    }
}

TEST_CASE("OtherDevice.TrainsAndAnswersInBf16NearFp32") {
    const Twice twice;
    for (const std::string system : {"mpcfn", "hvpnet", "gmner"}) {
        CAPTURE(system);
        const auto lossOf = [&](const std::string& precision) {
            RunConfig config = twice.config(system, "", twice.there);
            config.run += "-" + precision;
            config.runFolder = config.runFolder.parent_path() / config.run;
            config.options["precision"] = precision;
            const TrainingResult result = trained(twice.toy, config);
            REQUIRE(result.outcome == "succeeded");
            return result.metrics.at("epochs").at(0).at("loss").get<double>();
        };
        const double exact = lossOf("fp32"), rounded = lossOf("bf16");
        CHECK(std::isfinite(rounded));
        CHECK(rounded != exact);  // it is another arithmetic
        CHECK(rounded == Approx(exact).epsilon(2e-2));
#if TORCH_VERSION_MAJOR >= 2  // 1.13 has no products of float16 on the CPU, which stands in for the card
        CHECK(lossOf("fp16") == Approx(exact).epsilon(5e-3));
#endif
    }
}
