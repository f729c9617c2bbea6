#include "core/base/file.h"
#include "core/nn/encoders/encoder.h"
#include "core/text/tokenizer.h"
#include "tests/unit/train/toy.h"

using namespace mnerva;
using namespace mnerva::train;
using namespace mnerva::train::test;
namespace fs = std::filesystem;

namespace {

/// A small encoder of random values in the form of Hugging Face, with the vocabulary of tests/golden/`vocabulary`.
fs::path encoderFolder(const Toy& toy, const std::string& modelType, const std::string& vocabulary) {
    const fs::path folder = toy.folder / modelType;
    const auto tokenizer = text::loadTokenizer(fs::path(MNERVA_SOURCE_DIR) / "tests/golden" / vocabulary);
    nn::BertConfig config = nn::tinyConfig(tokenizer->size());
    config.modelType = modelType;
    config.hidden = 32;
    config.intermediate = 64;
    config.padId = tokenizer->pad();
    config.typeVocabulary = 1;
    config.layerNormEps = 1e-5;
    torch::manual_seed(5);
    nn::Encoder encoder{config, nn::Bert(config), {}, true};
    encoder.bert->initBert();
    nn::saveEncoder(encoder, folder);
    tokenizer->save(folder);
    return folder;
}

Error failureWith(const Toy& toy, const fs::path& encoder) {
    RunConfig config = toy.configOf("bert-crf", "refused", {"epochs=1"});
    config.encoder = encoder.string();
    fs::remove_all(config.runFolder);  // of an earlier failure
    try {
        trained(toy, config);
    } catch (const Error& error) {
        return error;
    }
    return Error(ErrorCode::Internal, {"accepted"});
}

}  // namespace

TEST_CASE("Encoders: systems overfit eight posts by a RoBERTa folder, and the loaded run predicts the same tags",
          "[every-system]") {
    for (const char* system : {"bert-crf", "mpcfn"}) {  // the others: the next case
        INFO(system);
        Toy toy(8, !readsPictures(system));
        toy.repeat(8);
        RunConfig config = toy.configOf(system, "roberta", {"epochs=40", "lr=0.004", "subtoken=sum"});
        config.encoder = encoderFolder(toy, "roberta", "bpe").string();
        const TrainingResult result = trained(toy, config);
        CHECK(result.outcome == "succeeded");
        CHECK(result.metrics.at("test").at("micro").at("f1") == 1.0);
        CHECK(fs::exists(config.runFolder / "merges.txt"));
        fs::remove_all(config.encoder);  // a run stands alone
        const auto predictor = models::Predictor::load(config.runFolder, "cpu");
        for (const TrainingPost& post : toy.data.train) CHECK(predictor->predict(post.input, {}).tags == post.tags);
    }
}

TEST_CASE("Encoders: every system and variant trains with an XLM-R folder and answers what is odd", "[every-system]") {
    for (const models::SystemInfo& system : models::systems()) {
        for (const std::string& variant : system.variants.empty() ? std::vector<std::string>{""} : system.variants) {
            INFO(system.name << " " << variant);
            const Toy toy(8, !readsPictures(system.name, variant));
            RunConfig config = toy.configOf(system.name, "xlm", {"epochs=1"}, variant);
            config.encoder = encoderFolder(toy, "xlm-roberta", "unigram").string();
            CHECK(trained(toy, config).outcome == "succeeded");
            const auto predictor = models::Predictor::load(config.runFolder, "cpu");
            models::PostInput bare, odd = toy.data.train[0].input, lengthy = odd;
            bare.words = {"see", "jordan"};
            odd.words = {"see", "\xe2\x80\x8b", "jordan"};
            for (int i = 0; i < 400; ++i) lengthy.words.push_back("anna");
            for (const models::PostInput& post : {bare, odd, lengthy})
                CHECK(predictor->predict(post, {true, true}).tags.size() == post.words.size());
            if (system.name != "rpbert")  // reads such a word as unknown
                CHECK(predictor->predict(odd, {}).tags[1] == "O");
            CHECK(predictor->predict(lengthy, {}).cutWords > 0);
        }
    }
}

TEST_CASE("Encoders: answers of a RoBERTa run do not depend on the other posts of the batch", "[every-system]") {
    for (const char* system : {"bert-crf", "mpcfn", "umt", "hvpnet"}) {
        INFO(system);
        const Toy toy(8);
        RunConfig config = toy.configOf(system, "alone", {"epochs=1"});
        config.encoder = encoderFolder(toy, "roberta", "bpe").string();
        trained(toy, config);
        const auto predictor = models::Predictor::load(config.runFolder, "cpu");
        models::PostInput brief = toy.data.train[0].input, lengthy = brief;
        for (int i = 0; i < 20; ++i) lengthy.words.push_back("anna");
        const auto together = predictor->predictMany(std::vector{brief, lengthy}, {true, false}, {}, {});
        const auto alone = predictor->predict(brief, {true, false});
        REQUIRE(alone.marginals.values.size() == together[0].marginals.values.size());
        for (std::size_t i = 0; i < alone.marginals.values.size(); ++i)
            CHECK(alone.marginals.values[i] == Approx(together[0].marginals.values[i]).margin(2e-5));
    }
}

TEST_CASE("Encoders: a vocabulary that does not fit the encoder is told with both sizes", "[every-system]") {
    const Toy toy(8, true);
    const fs::path folder = encoderFolder(toy, "roberta", "bpe");
    const auto vocabulary = nlohmann::json::parse(readFile(folder / "vocab.json"));
    nlohmann::json larger = vocabulary;
    larger["one more"] = vocabulary.size();
    writeFileAtomic(folder / "vocab.json", larger.dump());
    Error error = failureWith(toy, folder);
    CHECK(error.code() == ErrorCode::EncoderInvalid);
    CHECK(error.args().at(1).find(std::to_string(larger.size())) != std::string::npos);
    CHECK(error.args().at(2).find(std::to_string(vocabulary.size())) != std::string::npos);
    nlohmann::json swapped = vocabulary;
    std::swap(swapped["<pad>"], swapped["<unk>"]);
    writeFileAtomic(folder / "vocab.json", swapped.dump());
    error = failureWith(toy, folder);
    CHECK(error.code() == ErrorCode::EncoderInvalid);
    CHECK(error.args().at(2).find("pad_token_id") != std::string::npos);
}

TEST_CASE("Encoders: an unknown model_type is named with those that are known", "[every-system]") {
    const Toy toy(8, true);
    const fs::path folder = encoderFolder(toy, "roberta", "bpe");
    nlohmann::json config = nlohmann::json::parse(readFile(folder / "config.json"));
    config["model_type"] = "deberta-v2";
    writeFileAtomic(folder / "config.json", config.dump());
    const Error error = failureWith(toy, folder);
    CHECK(error.code() == ErrorCode::FormatInvalid);
    CHECK(error.args().at(0) == (folder / "config.json").string());
    CHECK(error.args().at(1).find("deberta-v2") != std::string::npos);
    CHECK(error.args().at(2).find("xlm-roberta") != std::string::npos);
}
