#include "core/workflow/library/encoder_facts.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>

#include "core/archive/tensor_file.h"
#include "core/base/json.h"
#include "core/text/encoder_files.h"
#include "core/text/folding.h"
#include "core/text/utf8.h"

namespace mnerva::workflow {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

constexpr JsonLimits kConfigLimits{std::size_t{4} << 20, 32, 100'000};
constexpr std::size_t kMostCard = 64 << 10, kMostVocabulary = 8 << 20;  // bytes that are looked at
constexpr int kManyWords = 90'000;                                      // vocabularies of one language are smaller
constexpr double kLeastChinese = 0.25;                                  // of the words of a Chinese vocabulary

std::string textOf(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

int numberOf(const json& object, const char* name, const char* other) {
    const int first = wholeNumberOr<int>(object, name, 0);
    return std::max(0, first > 0 ? first : wholeNumberOr<int>(object, other, 0));
}

std::string headOf(const fs::path& file, std::size_t most) {
    std::error_code failed;
    if (!fs::is_regular_file(file, failed)) return {};
    std::ifstream stream(file, std::ios::binary);
    std::string text(most, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(most));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, stream.gcount())));
    return text;
}

std::string trimmed(std::string text) {
    const auto isOdd = [](unsigned char c) { return std::isspace(c) || c == '"' || c == '\''; };
    while (!text.empty() && isOdd(static_cast<unsigned char>(text.back()))) text.pop_back();
    text.erase(text.begin(),
               std::find_if(text.begin(), text.end(), [&](char c) { return !isOdd(static_cast<unsigned char>(c)); }));
    return text;
}

/// A language as model cards name it: a code of two or three letters, or "multilingual".
bool isLanguage(const std::string& word) {
    const bool letters = std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return word == "multilingual" || (letters && (word.size() == 2 || word.size() == 3));
}

/// The languages of a model card: "language: en", "language: [en, zh]", or a list below it, between two lines "---".
std::vector<std::string> languagesOfCard(const fs::path& folder) {
    std::istringstream lines(headOf(folder / "README.md", kMostCard));
    std::vector<std::string> found;
    std::string line;
    if (!std::getline(lines, line) || trimmed(line) != "---") return found;
    const auto take = [&](std::string text) {
        for (char& c : text)
            if (c == '[' || c == ']' || c == ',') c = ' ';
        std::istringstream words(text);
        for (std::string word; words >> word;)
            if (isLanguage(trimmed(word))) found.push_back(trimmed(word));
    };
    for (bool inList = false; std::getline(lines, line) && trimmed(line) != "---";) {
        const std::string text = trimmed(line);
        if (line.starts_with("language:")) {
            take(line.substr(9));
            inList = true;
        } else if (inList && text.starts_with("-")) {
            take(text.substr(1));
        } else {
            inList = false;
        }
    }
    return found;
}

/// Of a BERT's vocabulary, by what most of its words are written in; nothing where that does not tell.
std::vector<std::string> languagesOfVocabulary(const fs::path& folder) {
    std::istringstream lines(headOf(folder / "vocab.txt", kMostVocabulary));
    int words = 0, chinese = 0;
    for (std::string line; std::getline(lines, line); ++words) {
        std::size_t at = line.starts_with("##") ? 2 : 0;
        if (at < line.size() && text::isUnspaced(text::nextCodePoint(line, at))) ++chinese;
    }
    if (words == 0) return {};
    if (words > kManyWords) return {"multilingual"};
    return {chinese > kLeastChinese * words ? "zh" : "en"};
}

std::vector<std::string> languagesOf(const EncoderFacts& facts) {
    std::vector<std::string> found = languagesOfCard(facts.folder);
    if (found.empty() && facts.modelType.starts_with("xlm-roberta")) found = {"multilingual"};
    if (found.empty()) found = languagesOfVocabulary(facts.folder);
    constexpr std::size_t kMany = 4;
    const bool many = found.size() >= kMany || std::find(found.begin(), found.end(), "multilingual") != found.end();
    return many ? std::vector<std::string>{"multilingual"} : found;
}

/// "google-bert/bert-base-uncased" of hub/models--google-bert--bert-base-uncased/snapshots/<commit>.
std::string nameOf(const fs::path& folder) {
    for (const fs::path& part : folder) {
        std::string name = part.string();
        if (!name.starts_with("models--")) continue;
        name = name.substr(8);
        for (std::size_t at = name.find("--"); at != std::string::npos; at = name.find("--", at))
            name.replace(at, 2, "/");
        return name;
    }
    const fs::path last = folder.has_filename() ? folder : folder.parent_path();
    return last.filename().string();
}

std::uint64_t sizeOf(const fs::path& file) {
    std::error_code failed;
    const std::uintmax_t size = fs::file_size(file, failed);
    return failed ? 0 : size;
}

/// Blocks of the third stage, and whether they have a third convolution, tell the five apart.
int depthOf(const archive::TensorFile& file) {
    int blocks = 0;
    const auto has = [&](const std::string& name) { return file.tensors.contains(name); };
    while (blocks < 64 && has("layer3." + std::to_string(blocks) + ".conv1.weight")) ++blocks;
    if (!has("conv1.weight")) return 0;
    const bool isBottleneck = has("layer3.0.conv3.weight");
    if (!isBottleneck) return blocks == 2 ? 18 : blocks == 6 ? 34 : 0;
    return blocks == 6 ? 50 : blocks == 23 ? 101 : blocks == 36 ? 152 : 0;
}

}  // namespace

EncoderFacts encoderFacts(const fs::path& folder) {
    EncoderFacts facts;
    facts.folder = folder;
    const text::EncoderFiles files(folder);
    facts.missing = files.missing();
    if (files.has(text::EncoderPart::Config)) {
        try {
            const json config = readJson(files.require(text::EncoderPart::Config), kConfigLimits);
            if (!config.is_object())
                throw Error(ErrorCode::FormatInvalid,
                            {(folder / "config.json").string(), "no JSON object", "a config"});
            facts.modelType = textOf(config, "model_type");
            facts.layers = numberOf(config, "num_hidden_layers", "encoder_layers");
            facts.hidden = numberOf(config, "hidden_size", "d_model");
        } catch (const Error& error) {
            facts.fault = error;
        }
    }
    facts.name = nameOf(folder);
    if (files.has(text::EncoderPart::Weights)) facts.bytes = sizeOf(files.require(text::EncoderPart::Weights));
    facts.languages = languagesOf(facts);
    return facts;
}

PictureEncoderFacts pictureEncoderFacts(const fs::path& file) {
    PictureEncoderFacts facts;
    facts.file = file;
    facts.name = file.stem().string();
    facts.bytes = sizeOf(file);
    try {
        facts.depth = depthOf(archive::openTensorFile(file));
        if (facts.depth == 0)
            throw Error(ErrorCode::FormatInvalid, {file.string(), "other tensors", "those of a torchvision ResNet"});
    } catch (const Error& error) {
        facts.fault = error;
    }
    return facts;
}

}  // namespace mnerva::workflow
