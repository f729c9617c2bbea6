#include "core/nn/encoders/encoder.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/nn/weights/weights.h"

namespace mnerva::nn {
namespace fs = std::filesystem;
namespace {

constexpr const char* kConfigName = "config.json";
constexpr const char* kVocabularyName = "vocab.txt";
constexpr const char* kTokenizerName = "tokenizer_config.json";
constexpr std::uint64_t kLargestVocabulary = std::uint64_t{64} << 20;

/// Words of a vocabulary file: its lines, the last one with or without a line feed.
int64_t vocabularyLines(const fs::path& path) {
    const std::string text = readFile(path, kLargestVocabulary);
    const auto feeds = std::count(text.begin(), text.end(), '\n');
    return feeds + (text.empty() || text.back() == '\n' ? 0 : 1);
}

bool lowerCaseOf(const fs::path& path) {
    if (!fs::exists(path)) return true;
    const nlohmann::json parsed = readJson(path);
    if (!parsed.is_object()) throw Error(ErrorCode::FormatInvalid, {path.string(), "no JSON object", kTokenizerName});
    const auto found = parsed.find("do_lower_case");
    return found == parsed.end() || !found->is_boolean() || found->get<bool>();
}

fs::path vocabularyOf(const fs::path& folder) {
    const auto has = [&](const char* name) { return fs::exists(folder / name); };
    if (has("sentencepiece.bpe.model")) return folder / "sentencepiece.bpe.model";
    if (has("vocab.json") && has("merges.txt")) return folder / "vocab.json";
    for (const char* name : {kVocabularyName, "tokenizer.json"})
        if (has(name)) return folder / name;
    throw Error(ErrorCode::EncoderIncomplete,
                {folder.string(), "vocab.txt, or vocab.json with merges.txt, or sentencepiece.bpe.model"});
}

fs::path present(const fs::path& folder, const char* name) {
    if (!fs::exists(folder / name)) throw Error(ErrorCode::EncoderIncomplete, {folder.string(), name});
    return folder / name;
}

}  // namespace

EncoderFolder inspectEncoder(const fs::path& folder) {
    if (!fs::exists(folder)) throw Error(ErrorCode::FileMissing, {folder.string()});
    if (!fs::is_directory(folder)) {
        throw Error(ErrorCode::EncoderInvalid,
                    {folder.string(), "a file", "a folder with config.json, a vocabulary and weights"});
    }
    EncoderFolder found;
    found.folder = folder;
    found.config = BertConfig::fromFile(present(folder, kConfigName));
    found.vocabulary = vocabularyOf(folder);
    if (fs::exists(folder / "model.safetensors")) {
        found.weights = folder / "model.safetensors";
    } else if (fs::exists(folder / "pytorch_model.bin")) {
        found.weights = folder / "pytorch_model.bin";
    } else {
        throw Error(ErrorCode::EncoderIncomplete, {folder.string(), "model.safetensors or pytorch_model.bin"});
    }
    found.lowerCase = lowerCaseOf(folder / kTokenizerName);
    if (found.vocabulary.filename() != kVocabularyName) return found;
    const int64_t lines = vocabularyLines(found.vocabulary);
    if (lines == 0 || lines > found.config.vocabularySize) {
        throw Error(ErrorCode::EncoderInvalid,
                    {folder.string(), "vocab.txt with " + std::to_string(lines) + " words",
                     "1 to " + std::to_string(found.config.vocabularySize) + " as in config.json"});
    }
    return found;
}

Encoder loadEncoder(const fs::path& folder) {
    const EncoderFolder found = inspectEncoder(folder);
    const WeightFile file = WeightFile::open(found.weights, WeightNames::HuggingFace);
    file.requireParameters(found.config.parameters(), folder / kConfigName);
    Encoder encoder{found.config, Bert(found.config), found.vocabulary, found.lowerCase};
    loadInto(*encoder.bert, file);
    encoder.bert->eval();
    return encoder;
}

BertConfig tinyConfig(int vocabularySize) {
    BertConfig config;
    config.vocabularySize = vocabularySize;
    config.hidden = 128;
    config.layers = 2;
    config.heads = 2;
    config.intermediate = 512;
    config.maxPositions = 160;
    return config;
}

Encoder makeTinyEncoder(int vocabularySize, std::uint64_t seed) {
    const BertConfig config = tinyConfig(vocabularySize);
    Encoder encoder{config, Bert(config), {}, true};
    encoder.bert->initBert(at::detail::createCPUGenerator(seed));
    encoder.bert->eval();
    return encoder;
}

void saveEncoder(const Encoder& encoder, const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) throw Error(ErrorCode::FileUnwritable, {folder.string(), failed.message()});
    writeFileAtomic(folder / kConfigName, encoder.config.toJson().dump(2) + "\n");
    const nlohmann::json tokenizer = {{"do_lower_case", encoder.lowerCase}, {"tokenizer_class", "BertTokenizer"}};
    writeFileAtomic(folder / kTokenizerName, tokenizer.dump(2) + "\n");
    const fs::path vocabulary = folder / kVocabularyName;
    if (!encoder.vocabularyPath.empty() &&
        !(fs::exists(vocabulary) && fs::equivalent(vocabulary, encoder.vocabularyPath))) {
        writeFileAtomic(vocabulary, readFile(encoder.vocabularyPath));
    }
    saveSafetensors(stateOf(*encoder.bert), folder / "model.safetensors", {{"format", "pt"}});
}

}  // namespace mnerva::nn
