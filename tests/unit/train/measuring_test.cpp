#include "core/train/measuring.h"

#include "core/base/error.h"
#include "tests/unit/train/toy.h"

namespace {
using namespace mnerva;
using namespace mnerva::train;
using mnerva::train::test::Toy;

protocol::RunEstimate measured(const Toy& toy, const RunConfig& config, const std::stop_token& stop = {}) {
    return measureTraining(toy.data, config, {0.2, 8}, {}, stop);
}

RunConfig configFor(const Toy& toy, const std::string& run) {
    RunConfig config = toy.config(run);
    config.runFolder = toy.folder / run;
    return config;
}
}  // namespace

TEST_CASE("Measuring.TellsTimeAndMemoryAndKeepsNoModel") {
    Toy toy(20);
    const RunConfig config = configFor(toy, "measured");
    const protocol::RunEstimate estimate = measured(toy, config);
    CHECK(estimate.device == "cpu");
    CHECK(estimate.precision == "fp32");
    CHECK(estimate.batches == 5);
    CHECK(estimate.epochs == 2);
    CHECK(estimate.steps >= 2);
    CHECK(estimate.secondsStep > 0);
    CHECK(estimate.secondsLongest > 0);
    CHECK(estimate.secondsEpoch > 0.5 * 5 * estimate.secondsStep);
    CHECK(estimate.secondsEpoch < 60);
    CHECK(estimate.pictures == 60);
    CHECK(estimate.secondsPictures > 0);
    CHECK(estimate.peakMebibytes > 10);
    CHECK(estimate.availableMebibytes > 0);
    CHECK(protocol::toJson(protocol::runEstimateFromJson(protocol::toJson(estimate))) == protocol::toJson(estimate));
}

TEST_CASE("Measuring.OfOnePostMeasuresThatOne") {
    Toy toy(1);
    const protocol::RunEstimate estimate = measured(toy, configFor(toy, "one"));
    CHECK(estimate.batches == 1);
    CHECK(estimate.secondsStep > 0);
}

TEST_CASE("Measuring.WithoutTrainingPostsIsRefused") {
    Toy toy;
    toy.data.train.clear();
    try {
        measured(toy, configFor(toy, "none"));
        FAIL("nothing to measure");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::SplitEmpty);
    }
}

TEST_CASE("Measuring.CanBeStopped") {
    Toy toy;
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(measured(toy, configFor(toy, "stopped"), stop.get_token()), Cancelled);
}
