#include "core/nn/encoders/encoder.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/nn/weights/weights.h"
#include "core/text/encoder_files.h"

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

}  // namespace

EncoderFolder inspectEncoder(const fs::path& folder) {
    const auto files = text::EncoderFiles::in(folder);
    EncoderFolder found;
    found.folder = folder;
    found.config = BertConfig::fromFile(files.require(text::EncoderPart::Config));
    found.vocabulary = files.require(text::EncoderPart::Vocabulary);
    found.weights = files.require(text::EncoderPart::Weights);
    found.lowerCase = text::readTokenizerConfig(folder).lowerCase.value_or(true);
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
