#include "core/nn/encoders/encoder.h"

#include <cmath>
#include <cstdlib>
#include <fstream>

#include "core/base/file.h"
#include "tests/support/data.h"
#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;
namespace fs = std::filesystem;

namespace {

constexpr int kWords = 20;

void writeVocabulary(const fs::path& path, int words) {
    std::string text;
    for (int i = 0; i < words; ++i) text += "word" + std::to_string(i) + "\n";
    writeFileAtomic(path, text);
}

/// A whole encoder folder in a temporary place.
struct EncoderInFolder {
    EncoderInFolder() {
        writeVocabulary(folder / "words.txt", kWords);
        encoder = makeTinyEncoder(kWords, 7);
        encoder.vocabularyPath = folder / "words.txt";
        saveEncoder(encoder, path());
    }
    fs::path path() const { return folder / "encoder"; }
    void changeConfig(const std::string& field, const nlohmann::json& value) const {
        nlohmann::json config = nlohmann::json::parse(readFile(path() / "config.json"));
        config[field] = value;
        writeFileAtomic(path() / "config.json", config.dump());
    }
    TemporaryFolder folder;
    Encoder encoder;
};

Tensor hidden(Encoder& encoder) {
    return encoder.bert->forward(torch::tensor({{2, 5, 9, 3}}), {}, torch::ones({1, 4}, torch::kBool));
}

}  // namespace

TEST_CASE("Encoder.SaveAndLoadAreEqual") {
    EncoderInFolder made;
    Encoder loaded = loadEncoder(made.path());
    CHECK(loaded.config == made.encoder.config);
    CHECK(loaded.vocabularyPath == made.path() / "vocab.txt");
    CHECK(loaded.lowerCase);
    CHECK_FALSE(loaded.bert->is_training());
    CHECK(difference(hidden(loaded), hidden(made.encoder)) == 0);
}

TEST_CASE("Encoder.TinyIsTheSameForTheSameSeed") {
    Encoder a = makeTinyEncoder(kWords, 3), b = makeTinyEncoder(kWords, 3), c = makeTinyEncoder(kWords, 4);
    CHECK(difference(hidden(a), hidden(b)) == 0);
    CHECK(difference(hidden(a), hidden(c)) > 1e-3);
    CHECK(a.config.hidden == 128);
    CHECK(a.config.maxPositions == 160);
}

TEST_CASE("Encoder.PytorchBinWithOldNamesAndPoolerLoads") {
    EncoderInFolder made;
    // As old checkpoints are: `bert.` in front, gamma and beta, a pooler and a head besides.
    TensorMap old;
    for (const auto& [name, tensor] : stateOf(*made.encoder.bert)) {
        std::string renamed = "bert." + name;
        for (const auto& [now, before] : {std::pair<std::string, std::string>{"LayerNorm.weight", "LayerNorm.gamma"},
                                          {"LayerNorm.bias", "LayerNorm.beta"}}) {
            if (renamed.ends_with(now)) renamed.replace(renamed.size() - now.size(), now.size(), before);
        }
        old[renamed] = tensor;
    }
    old["bert.pooler.dense.weight"] = torch::zeros({128, 128});
    old["cls.predictions.bias"] = torch::zeros({kWords});
    saveSafetensors(old, made.path() / "model.safetensors");
    Encoder loaded = loadEncoder(made.path());
    CHECK(difference(hidden(loaded), hidden(made.encoder)) == 0);
}

TEST_CASE("Encoder.RobertaFoldersLoadWithTheirPrefixHeadAndOwnVocabulary") {
    EncoderInFolder made;
    const std::vector<std::vector<std::string>> vocabularies{
        {"vocab.json", "merges.txt"}, {"sentencepiece.bpe.model"}, {"tokenizer.json"}};
    for (const char* kind : {"roberta", "xlm-roberta", "camembert"}) {
        BertConfig config = made.encoder.config;
        config.modelType = kind;
        config.padId = 1;
        config.typeVocabulary = 1;
        config.layerNormEps = 1e-5;
        Encoder encoder{config, Bert(config), {}, true};
        encoder.bert->eval();
        saveEncoder(encoder, made.path());
        TensorMap stored;
        for (const auto& [name, tensor] : stateOf(*encoder.bert)) stored["roberta." + name] = tensor;
        stored["lm_head.dense.weight"] = torch::zeros({4, 4});
        stored["roberta.embeddings.position_ids"] = torch::arange(160).unsqueeze(0);
        saveSafetensors(stored, made.path() / "model.safetensors");
        for (const auto& names : vocabularies) {
            fs::remove(made.path() / "vocab.txt");
            for (const std::string& name : names) writeFileAtomic(made.path() / name, "{}");
            Encoder loaded = loadEncoder(made.path());
            CHECK(loaded.config == config);
            CHECK(loaded.vocabularyPath == made.path() / names.front());
            CHECK(difference(hidden(loaded), hidden(encoder)) == 0);
            for (const std::string& name : names) fs::remove(made.path() / name);
        }
    }
}

TEST_CASE("Encoder.LegacyPytorchBinLoads") {
    EncoderInFolder made;
    fs::remove(made.path() / "model.safetensors");
    fs::copy_file(golden("nn_legacy.pth"), made.path() / "pytorch_model.bin");
    const Error error = errorOf([&] { loadEncoder(made.path()); });
    CHECK(error.code() == ErrorCode::WeightMissing);  // it was read, and holds one tensor only
}

TEST_CASE("Encoder.NaNInItsWeightsNamesFileAndTensor") {
    EncoderInFolder made;
    TensorMap stored = stateOf(*made.encoder.bert);
    stored["embeddings.LayerNorm.bias"] = torch::full({128}, NAN);
    saveSafetensors(stored, made.path() / "model.safetensors");
    const Error error = errorOf([&] { loadEncoder(made.path()); });
    CHECK(error.code() == ErrorCode::FormatInvalid);
    CHECK(error.args()[0] == (made.path() / "model.safetensors").string());
    CHECK(error.args()[1] == "NaN in tensor embeddings.LayerNorm.bias");
}

TEST_CASE("Encoder.MissingFilesAreNamed") {
    for (const char* name : {"config.json", "vocab.txt", "model.safetensors"}) {
        EncoderInFolder made;
        fs::remove(made.path() / name);
        const Error error = errorOf([&] { loadEncoder(made.path()); });
        CHECK(error.code() == ErrorCode::EncoderIncomplete);
        CHECK(error.args()[1].find(name) != std::string::npos);
    }
}

TEST_CASE("Encoder.MissingFolderAndFileInsteadOfFolderAreTold") {
    const TemporaryFolder folder;
    CHECK(errorOf([&] { loadEncoder(folder / "none"); }).code() == ErrorCode::FileMissing);
    writeFileAtomic(folder / "file", "x");
    CHECK(errorOf([&] { loadEncoder(folder / "file"); }).code() == ErrorCode::EncoderInvalid);
}

TEST_CASE("Encoder.VocabularyMayBeSmallerThanTheEmbeddingButNotBigger") {
    EncoderInFolder made;
    writeVocabulary(made.path() / "vocab.txt", kWords - 3);
    CHECK_NOTHROW(inspectEncoder(made.path()));
    writeVocabulary(made.path() / "vocab.txt", kWords + 1);
    CHECK(errorOf([&] { inspectEncoder(made.path()); }).code() == ErrorCode::EncoderInvalid);
    writeFileAtomic(made.path() / "vocab.txt", "");
    CHECK(errorOf([&] { inspectEncoder(made.path()); }).code() == ErrorCode::EncoderInvalid);
}

TEST_CASE("Encoder.WrongShapesNameTheTensorFoundAndWanted") {
    EncoderInFolder made;
    made.changeConfig("intermediate_size", 256);
    const Error error = errorOf([&] { loadEncoder(made.path()); });
    CHECK(error.code() == ErrorCode::WeightShape);
    CHECK(error.args()[1] == "encoder.layer.0.intermediate.dense.weight");
    CHECK(error.args()[2] == "[512, 128]");
    CHECK(error.args()[3] == "[256, 128]");
}

TEST_CASE("Encoder.MoreLayersThanTheFileHasAreMissingWeights") {
    EncoderInFolder made;
    made.changeConfig("num_hidden_layers", 3);
    CHECK(errorOf([&] { loadEncoder(made.path()); }).code() == ErrorCode::WeightMissing);
}

TEST_CASE("Encoder.LowerCaseComesFromTheTokenizerConfig") {
    EncoderInFolder made;
    writeFileAtomic(made.path() / "tokenizer_config.json", R"({"do_lower_case": false})");
    CHECK_FALSE(inspectEncoder(made.path()).lowerCase);
    fs::remove(made.path() / "tokenizer_config.json");
    CHECK(inspectEncoder(made.path()).lowerCase);
    writeFileAtomic(made.path() / "tokenizer_config.json", "no json");
    CHECK(errorOf([&] { inspectEncoder(made.path()); }).code() == ErrorCode::FormatInvalid);
}

TEST_CASE("BertConfig.WrongFieldsAreNamed") {
    const std::vector<std::pair<std::string, nlohmann::json>> cases = {
        {"hidden_size", "128"},       {"hidden_size", 130},
        {"num_hidden_layers", 0},     {"vocab_size", -5},
        {"hidden_act", "swish"},      {"model_type", "gpt2"},
        {"layer_norm_eps", -1},       {"hidden_dropout_prob", 1.5},
        {"type_vocab_size", nullptr}, {"position_embedding_type", "relative_key"}};
    for (const auto& [field, value] : cases) {
        BertConfig config = tinyConfig(kWords);
        config.heads = 4;
        nlohmann::json json = config.toJson();
        json[field] = value;
        const Error error = errorOf([&] { BertConfig::fromJson(json, "config.json"); });
        CHECK(error.code() == ErrorCode::FormatInvalid);
        CHECK(error.args()[1].find(field) != std::string::npos);
    }
}

TEST_CASE("BertConfig.MissingSizesAreNamedAndRatesHaveDefaults") {
    nlohmann::json json = tinyConfig(kWords).toJson();
    json.erase("hidden_dropout_prob");
    CHECK(BertConfig::fromJson(json, "c").hiddenDropout == 0.1);
    json.erase("num_attention_heads");
    CHECK(errorOf([&] { BertConfig::fromJson(json, "c"); }).args()[1] == "\"num_attention_heads\" missing");
}

TEST_CASE("BertConfig.ItsJsonReadsBackEqual") {
    for (const char* kind : {"bert", "roberta", "xlm-roberta", "camembert"}) {
        BertConfig config = tinyConfig(31);
        config.modelType = kind;
        config.layerNormEps = 1e-5;
        config.padId = 3;
        CHECK(BertConfig::fromJson(config.toJson(), "c") == config);
    }
}

TEST_CASE("BertConfig.PositionsOfRobertaBeginBehindPadding") {
    nlohmann::json json = tinyConfig(31).toJson();
    json["model_type"] = "xlm-roberta";
    json["max_position_embeddings"] = 514;
    json.erase("pad_token_id");
    const BertConfig config = BertConfig::fromJson(json, "c");
    CHECK(config.padId == 1);
    CHECK(config.firstPosition() == 2);
    CHECK(config.longestSequence() == 512);
    json["max_position_embeddings"] = 3;
    CHECK(errorOf([&] { BertConfig::fromJson(json, "c"); }).args()[1].find("max_position") != std::string::npos);
}

TEST_CASE("BertConfig.TextThatIsNoJsonIsTold") {
    const TemporaryFolder folder;
    writeFileAtomic(folder / "config.json", "{not json");
    CHECK(errorOf([&] { BertConfig::fromFile(folder / "config.json"); }).code() == ErrorCode::FormatInvalid);
    writeFileAtomic(folder / "config.json", "[]");
    CHECK(errorOf([&] { BertConfig::fromFile(folder / "config.json"); }).code() == ErrorCode::FormatInvalid);
}

TEST_CASE("BertConfig.SizesThatNoEncoderHasAreRefusedBeforeOneIsMade") {
    nlohmann::json json = tinyConfig(kWords).toJson();
    const auto with = [&](const std::string& field, const nlohmann::json& value) {
        nlohmann::json changed = json;
        changed[field] = value;
        return errorOf([&] { BertConfig::fromJson(changed, "config.json"); });
    };
    for (const char* field : {"num_hidden_layers", "vocab_size", "hidden_size", "num_attention_heads",
                              "intermediate_size", "max_position_embeddings", "type_vocab_size"})
        for (const auto& value :
             {nlohmann::json(1 << 24), nlohmann::json(std::uint64_t{1} << 63), nlohmann::json(~std::uint64_t{0})}) {
            INFO(field);
            const Error error = with(field, value);
            CHECK(error.code() == ErrorCode::FormatInvalid);
            CHECK(error.args().at(1).find(field) != std::string::npos);
        }
    CHECK(with("pad_token_id", kWords).code() == ErrorCode::FormatInvalid);  // no row of the embedding
    json["hidden_size"] = 16384;
    json["num_hidden_layers"] = 500;
    CHECK(errorOf([&] { BertConfig::fromJson(json, "config.json"); }).code() == ErrorCode::BoundExceeded);
}

TEST_CASE("BertConfig.CountsItsParameters") {
    const BertConfig config = tinyConfig(kWords);
    CHECK(config.parameters() == static_cast<std::uint64_t>(parameterCount(*Bert(config))));
}

TEST_CASE("Encoder.ConfigOutOfProportionToItsWeightsIsRefusedBeforeAnEncoderIsMade") {
    EncoderInFolder made;
    made.changeConfig("num_hidden_layers", 100);
    made.changeConfig("intermediate_size", 100'000);
    const Error error = errorOf([&] { loadEncoder(made.path()); });
    CHECK(error.code() == ErrorCode::FormatInvalid);
    CHECK(error.args().at(0).find("model.safetensors") != std::string::npos);
    CHECK(error.args().at(2).find("config.json") != std::string::npos);
}

TEST_CASE("Encoder.DeepJsonInAnyOfItsFilesIsTold") {
    const std::string deep = std::string(200000, '[') + std::string(200000, ']');
    for (const char* name : {"config.json", "tokenizer_config.json"}) {
        EncoderInFolder made;
        writeFileAtomic(made.path() / name, R"({"model_type":"bert","hidden_size":)" + deep + "}");
        const Error error = errorOf([&] { inspectEncoder(made.path()); });
        CHECK(error.code() == ErrorCode::FormatInvalid);
        CHECK(error.args().at(0) == (made.path() / name).string());
    }
}

// Not run by default: writes what tests/reference/nn_check_written.py opens in Python.
TEST_CASE("Encoder.WritesAFolderForPython", "[.python]") {
    const char* target = std::getenv("MNERVA_NN_OUT");
    REQUIRE(target != nullptr);
    writeVocabulary(fs::path(target) / "words.txt", kWords);
    Encoder encoder = makeTinyEncoder(kWords, 7);
    encoder.vocabularyPath = fs::path(target) / "words.txt";
    saveEncoder(encoder, fs::path(target) / "encoder");
    saveSafetensors({{"hidden", hidden(encoder)}}, fs::path(target) / "hidden.safetensors");
    CHECK(fs::exists(fs::path(target) / "encoder" / "model.safetensors"));
}
