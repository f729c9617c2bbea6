#include "core/text/encoder_files.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/error.h"
#include "core/base/json.h"

namespace mnerva::text {
namespace fs = std::filesystem;
namespace {

/// By part: what it is usually called, and every name it could have.
struct PartNames {
    const char *usual, *all;
};
constexpr std::array kParts{
    PartNames{"config.json", "config.json"},
    PartNames{"vocab.txt", "vocab.txt, or vocab.json with merges.txt, or sentencepiece.bpe.model"},
    PartNames{"model.safetensors", "model.safetensors or pytorch_model.bin"},
};

}  // namespace

EncoderFiles::EncoderFiles(fs::path folder) : m_folder(std::move(folder)) {
    const auto has = [this](const char* name) {
        std::error_code ignored;
        return fs::exists(m_folder / name, ignored);
    };
    const auto take = [&](EncoderPart part, const char* name) {
        fs::path& path = m_paths[static_cast<std::size_t>(part)];
        if (path.empty() && has(name)) path = m_folder / name;
    };
    take(EncoderPart::Config, "config.json");
    take(EncoderPart::Vocabulary, "sentencepiece.bpe.model");
    if (has("merges.txt")) take(EncoderPart::Vocabulary, "vocab.json");
    take(EncoderPart::Vocabulary, "vocab.txt");
    take(EncoderPart::Vocabulary, "tokenizer.json");
    take(EncoderPart::Weights, "model.safetensors");
    take(EncoderPart::Weights, "pytorch_model.bin");
}

EncoderFiles EncoderFiles::in(const fs::path& folder) {
    if (!fs::exists(folder)) throw Error(ErrorCode::FileMissing, {folder.string()});
    if (!fs::is_directory(folder))
        throw Error(ErrorCode::EncoderInvalid,
                    {folder.string(), "a file", "a folder with config.json, a vocabulary and weights"});
    return EncoderFiles(folder);
}

std::vector<std::string> EncoderFiles::missing() const {
    std::vector<std::string> names;
    for (std::size_t part = 0; part < kParts.size(); ++part)
        if (m_paths[part].empty()) names.emplace_back(kParts[part].usual);
    return names;
}

const fs::path& EncoderFiles::require(EncoderPart part) const {
    if (!has(part))
        throw Error(ErrorCode::EncoderIncomplete, {m_folder.string(), kParts[static_cast<std::size_t>(part)].all});
    return pathOf(part);
}

TokenizerConfig readTokenizerConfig(const fs::path& folder) {
    TokenizerConfig config;
    const fs::path path = folder / "tokenizer_config.json";
    if (!fs::exists(path)) return config;
    const nlohmann::json parsed = readJson(path);
    if (!parsed.is_object())
        throw Error(ErrorCode::FormatInvalid, {path.string(), "no JSON object", "a tokenizer_config.json"});
    if (const auto said = parsed.find("do_lower_case"); said != parsed.end() && said->is_boolean())
        config.lowerCase = said->get<bool>();
    if (const auto said = parsed.find("tokenizer_class"); said != parsed.end() && said->is_string())
        config.tokenizerClass = said->get<std::string>();
    return config;
}

}  // namespace mnerva::text
