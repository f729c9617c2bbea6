#include <algorithm>
#include <cmath>

#include "core/base/file.h"
#include "core/nn/blocks/precision.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;
using nlohmann::json;

TEST_CASE("Precision: a run in bf16 learns, says so in its record and answers in either precision") {
    Toy toy;
    toy.repeat(8);
    const RunConfig config = toy.config("rounded", {"epochs=6", "precision=bf16"});
    std::vector<std::string> warnings;
    const TrainingResult result = trained(toy, config, [&](const protocol::TimedEvent& timed) {
        if (const auto* warning = std::get_if<protocol::WarningEvent>(&timed.event)) warnings.push_back(warning->code);
    });
    CHECK(result.bestF1 == 1.0);
    const bool has = nn::hasBFloat16();
    CHECK(std::count(warnings.begin(), warnings.end(), "precision-missing") == (has ? 0 : 1));
    const json record = json::parse(readFile(config.runFolder / "run.json"));
    CHECK(record.at("options").at("precision") == "bf16");

    const auto predictor = models::Predictor::load(config.runFolder, "cpu");
    CHECK(predictor->precision() == (has ? "bf16" : "fp32"));
    CHECK(predictor->takeFindings().count("precision-missing") == (has ? 0 : 1));
    const models::PostInput& post = toy.data.train[0].input;
    const models::Prediction rounded = predictor->predict(post, {true, false});
    predictor->usePrecision("fp32");
    CHECK(predictor->precision() == "fp32");
    const models::Prediction whole = predictor->predict(post, {true, false});
    CHECK(rounded.tags == toy.data.train[0].tags);
    CHECK(whole.tags == rounded.tags);
    REQUIRE(whole.marginals.values.size() == rounded.marginals.values.size());
    for (std::size_t i = 0; i < whole.marginals.values.size(); ++i)
        CHECK(std::abs(whole.marginals.values[i] - rounded.marginals.values[i]) < 0.05F);  // false of what is no number
    if (has) CHECK(whole.marginals.values != rounded.marginals.values);                    // it is another arithmetic
    predictor->usePrecision("");
    CHECK(predictor->precision() == (has ? "bf16" : "fp32"));
}

TEST_CASE("Precision: whatever is not fp32 or bf16 is refused with what there is") {
    Toy toy;
    try {
        toy.config("odd", {"precision=fp8"});
        FAIL("taken");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::OptionInvalid);
        CHECK(error.args().at(2).find("bf16") != std::string::npos);
    }
}

TEST_CASE("Precision: in bf16, four epochs are two and, resumed, two more") {
    Toy toy;
    const RunConfig whole = toy.config("whole", {"epochs=4", "precision=bf16"});
    trained(toy, whole);
    RunConfig parts = toy.config("parts", {"epochs=4", "precision=bf16"});
    Control control;
    int epochs = 0;
    const auto stopAfterTwo = [&](const protocol::TimedEvent& timed) {
        if (std::holds_alternative<protocol::CheckpointEvent>(timed.event) && ++epochs == 2) control.say("stop");
    };
    CHECK(runTraining(toy.data, parts, stopAfterTwo, control, {}).outcome == "cancelled");
    parts.resume = true;
    CHECK(trained(toy, parts).outcome == "succeeded");
    CHECK(readFile(whole.runFolder / "model.safetensors") == readFile(parts.runFolder / "model.safetensors"));
}
