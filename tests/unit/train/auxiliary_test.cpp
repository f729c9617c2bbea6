#include "core/base/file.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;

namespace {

/// The toy without pictures in which only a text about the post tells what "jordan" is.
void tellByCaption(std::vector<TrainingPost>& posts) {
    for (TrainingPost& post : posts)
        for (std::size_t i = 0; i < post.tags.size(); ++i)
            if (post.input.words[i] == "jordan")
                post.input.auxiliary = {{"caption", {"this", "is", "a", post.tags[i].substr(2)}}};
}

/// With texts, and with a second view of the post alone where the system tags units.
std::vector<std::string> withTexts(const models::SystemInfo& system) {
    std::vector<std::string> out{"epochs=1", "auxiliary_text=true"};
    for (const models::OptionSpec& option : system.options)
        if (option.name == "two_views") out.push_back("two_views=1");
    return out;
}

std::string lossesOf(const std::filesystem::path& run) {
    return nlohmann::json::parse(readFile(run / "metrics.json")).at("epochs").dump();
}

}  // namespace

TEST_CASE("Auxiliary training: a text about the post decides what the post alone does not") {
    Toy toy(9);
    for (auto* split : {&toy.data.train, &toy.data.valid, &toy.data.test}) tellByCaption(*split);
    toy.repeat(7);
    const std::vector<std::string> common{"epochs=24", "lr=0.002"};
    std::vector<std::string> reading = common;
    reading.push_back("auxiliary_text=true");
    const RunConfig blind = toy.configOf("bert-crf", "blind", common),
                    seeing = toy.configOf("bert-crf", "seeing", reading);
    CHECK(trained(toy, blind).metrics.at("test").at("micro").at("f1").get<double>() < 0.9);
    CHECK(trained(toy, seeing).metrics.at("test").at("micro").at("f1") == 1.0);
    const auto predictor = models::Predictor::load(seeing.runFolder, "cpu");
    for (const TrainingPost& post : toy.data.valid) CHECK(predictor->predict(post.input, {}).tags == post.tags);
    models::PostInput other = toy.data.valid[0].input;  // another caption, another answer
    other.auxiliary[0].words.back() = toy.data.valid[1].input.auxiliary[0].words.back();
    CHECK(predictor->predict(other, {}).tags != toy.data.valid[0].tags);
}

TEST_CASE("Auxiliary training: without texts every system's run has the same bytes with the option on and off") {
    for (const models::SystemInfo& system : models::systems()) {
        for (const std::string& variant : system.variants.empty() ? std::vector<std::string>{""} : system.variants) {
            INFO(system.name << " " << variant);
            const Toy toy(8);
            const RunConfig off = toy.configOf(system.name, "off", {"epochs=1"}, variant);
            const RunConfig on = toy.configOf(system.name, "on", withTexts(system), variant);
            trained(toy, off);
            trained(toy, on);
            CHECK(sha256OfFile(off.runFolder / "model.safetensors") ==
                  sha256OfFile(on.runFolder / "model.safetensors"));
            CHECK(lossesOf(off.runFolder) == lossesOf(on.runFolder));
        }
    }
}

TEST_CASE("Auxiliary training: texts change nothing where the option is off") {
    Toy plain(8, true), told(8, true);
    for (auto* split : {&told.data.train, &told.data.valid, &told.data.test}) tellByCaption(*split);
    const RunConfig a = plain.configOf("bert-crf", "plain"), b = told.configOf("bert-crf", "told");
    trained(plain, a);
    trained(told, b);
    CHECK(sha256OfFile(a.runFolder / "model.safetensors") == sha256OfFile(b.runFolder / "model.safetensors"));
    CHECK(dataFingerprint(plain.data) != dataFingerprint(told.data));
}

TEST_CASE("Auxiliary training: words of texts that have no room are warned about and counted at prediction") {
    Toy toy(8, true);
    tellByCaption(toy.data.train);
    for (TrainingPost& post : toy.data.train) post.input.auxiliary[0].words.assign(300, "anna");
    const RunConfig config = toy.configOf("bert-crf", "cut", {"epochs=1", "auxiliary_text=true"});
    std::int64_t cut = 0;
    trained(toy, config, [&](const protocol::TimedEvent& timed) {
        const nlohmann::json event = protocol::toJson(timed);

        if (event.value("code", "") == "auxiliary-cut") cut += event.at("count").get<std::int64_t>();
    });
    CHECK(cut > 8 * 100);
    const auto predictor = models::Predictor::load(config.runFolder, "cpu");
    const models::Prediction answer = predictor->predict(toy.data.train[0].input, {});
    CHECK(answer.cutAuxiliary > 100);
    CHECK(answer.cutWords == 0);
    CHECK(answer.tags.size() == toy.data.train[0].input.words.size());
}

TEST_CASE("Auxiliary training: two views teach the post alone what its text says") {
    // The first word of a post tells its type, and so does the caption; half the posts have no caption when asked.
    Toy toy(9, true);
    for (auto* split : {&toy.data.train, &toy.data.valid}) tellByCaption(*split);
    toy.repeat(4);
    const RunConfig config =
        toy.configOf("bert-crf", "views", {"epochs=36", "lr=0.002", "auxiliary_text=true", "two_views=1"});
    CHECK(trained(toy, config).metrics.at("test").at("micro").at("f1") == 1.0);  // the test posts have no texts
}

TEST_CASE("Auxiliary training: every system trains and predicts with texts, one tag a word") {
    for (const models::SystemInfo& system : models::systems()) {
        for (const std::string& variant : system.variants.empty() ? std::vector<std::string>{""} : system.variants) {
            INFO(system.name << " " << variant);
            Toy toy(8);
            tellByCaption(toy.data.train);
            tellByCaption(toy.data.valid);
            const RunConfig config = toy.configOf(system.name, "texts", withTexts(system), variant);
            CHECK(trained(toy, config).outcome == "succeeded");
            const auto predictor = models::Predictor::load(config.runFolder, "cpu");
            const models::PostInput& post = toy.data.train[1].input;
            const models::Prediction answer = predictor->predict(post, {true, true});
            CHECK(answer.tags.size() == post.words.size());
            for (const models::FloatArray& layer : answer.textToImage)
                CHECK(layer.shape[1] == static_cast<int>(post.words.size()));
            for (const models::FloatArray& layer : answer.imageToText)
                CHECK(layer.shape[2] == static_cast<int>(post.words.size()) + 2);
        }
    }
}
