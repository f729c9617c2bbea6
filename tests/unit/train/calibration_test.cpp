#include "core/models/calibration.h"

#include "core/base/file.h"
#include "core/eval/reliability.h"
#include "core/models/predictor.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::train::test;
using nlohmann::json;

namespace {

/// A short run whose 24 posts hold some 48 entities; three of ten validation posts have a wrong gold tag.
std::filesystem::path calibratedRun(Toy& toy, const std::string& name) {
    const train::RunConfig config = toy.config(name, {"epochs=2"});
    trained(toy, config);
    return config.runFolder;
}

void addNoise(Toy& toy) {
    for (std::size_t i = 0; i < toy.data.valid.size(); ++i)
        if (i % 10 < 3)
            for (std::string& tag : toy.data.valid[i].tags)
                if (tag == "B-PER") tag = "B-ORG";
}

}  // namespace

TEST_CASE("Training: a run keeps how its confidences compare with the truth, and equal runs keep equal bytes") {
    Toy toy(24);
    addNoise(toy);
    toy.repeat(3);
    const auto run = calibratedRun(toy, "a");
    const json body = json::parse(readFile(run / "calibration.json"));
    CHECK(body.at("method") == "platt");
    CHECK(body.at("kept") == true);
    CHECK(json::parse(readFile(run / "metrics.json")).at("calibration").at("kept") == true);
    CHECK(body.at("slope").get<double>() > 0);
    CHECK(body.at("entities").get<int>() >= 20);
    for (const char* split : {"valid", "test"})
        for (const char* when : {"before", "after"}) {
            const auto curve = eval::reliabilityFromJson(body.at(split).at(when));
            REQUIRE(curve);
            int count = 0;
            for (const eval::ReliabilityBin& bin : curve->bins) count += bin.count;
            CHECK(count == curve->count);
            CHECK(curve->bins.size() == 10);
        }
    // A third of what the model holds for persons is wrong there: it must have been told.
    CHECK(body.at("valid").at("after").at("ece") < body.at("valid").at("before").at("ece"));
    CHECK(readFile(calibratedRun(toy, "b") / "calibration.json") == readFile(run / "calibration.json"));
}

TEST_CASE("Predictor: confidences are those of the run's calibration unless the raw ones are wanted") {
    Toy toy(24);
    addNoise(toy);
    toy.repeat(3);
    const auto run = calibratedRun(toy, "run");
    const auto predictor = models::Predictor::load(run, "cpu");
    CHECK(predictor->isCalibrated());
    const auto calibration = models::readCalibration(run);
    REQUIRE(calibration);
    int entities = 0;
    models::Wanted raw;
    raw.rawConfidence = true;
    for (const train::TrainingPost& post : toy.data.valid) {
        const models::Prediction usual = predictor->predict(post.input, {}), own = predictor->predict(post.input, raw);
        REQUIRE(usual.entities.size() == own.entities.size());
        for (std::size_t e = 0; e < own.entities.size(); ++e, ++entities)
            CHECK(*usual.entities[e].confidence == Approx(calibration->apply(*own.entities[e].confidence)));
    }
    CHECK(entities >= 20);
    // A run without the file answers as it always did.
    std::filesystem::remove(run / "calibration.json");
    const auto plain = models::Predictor::load(run, "cpu");
    CHECK_FALSE(plain->isCalibrated());
    const models::PostInput& post = toy.data.valid.front().input;
    CHECK(*plain->predict(post, {}).entities.at(0).confidence ==
          Approx(*predictor->predict(post, raw).entities.at(0).confidence));
}

TEST_CASE("Predictor: a calibration that was not kept is not applied") {
    Toy toy(24);
    addNoise(toy);
    toy.repeat(3);
    const auto run = calibratedRun(toy, "run");
    json body = json::parse(readFile(run / "calibration.json"));
    body["method"] = "none";
    body["kept"] = false;
    writeFileAtomic(run / "calibration.json", body.dump());
    CHECK_FALSE(models::readCalibration(run));
    CHECK_FALSE(models::Predictor::load(run, "cpu")->isCalibrated());
}

TEST_CASE("Training: too few validation entities make no calibration, and an old one does not stay") {
    Toy toy(4);
    const train::RunConfig config = toy.config("few", {"epochs=1"});
    std::filesystem::create_directories(config.runFolder);
    writeFileAtomic(config.runFolder / "calibration.json", "{}");
    trained(toy, config);
    CHECK_FALSE(std::filesystem::exists(config.runFolder / "calibration.json"));
}
