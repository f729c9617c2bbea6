#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mnerva::text {

enum class EncoderPart { Config, Vocabulary, Weights };

/// The files of a Hugging Face folder, found by their names alone: config.json; a vocabulary (sentencepiece.bpe.model,
/// vocab.json with merges.txt, vocab.txt or tokenizer.json, the first that is there); model.safetensors or
/// pytorch_model.bin. Nothing is opened.
class EncoderFiles {
public:
    /// Never throws: of a folder that cannot be looked at every part is missing.
    explicit EncoderFiles(std::filesystem::path folder);
    /// The same of a folder that must be there. Errors: FileMissing, EncoderInvalid (no folder).
    static EncoderFiles in(const std::filesystem::path& folder);

    const std::filesystem::path& folder() const { return m_folder; }
    bool has(EncoderPart part) const { return !pathOf(part).empty(); }
    bool isWhole() const { return missing().empty(); }
    /// Usual names of the parts that are missing: "config.json", "vocab.txt", "model.safetensors".
    std::vector<std::string> missing() const;
    /// Errors: EncoderIncomplete, with every name the part could have.
    const std::filesystem::path& require(EncoderPart part) const;

private:
    const std::filesystem::path& pathOf(EncoderPart part) const { return m_paths[static_cast<std::size_t>(part)]; }

    std::filesystem::path m_folder;
    std::array<std::filesystem::path, 3> m_paths;  ///< by part; empty: not there
};

/// What a folder's tokenizer_config.json says that we follow; nothing where there is no such file.
struct TokenizerConfig {
    std::optional<bool> lowerCase;  ///< `do_lower_case`
    std::string tokenizerClass;     ///< `tokenizer_class`
};

/// Errors: FormatInvalid (no JSON object), and those of readJson.
TokenizerConfig readTokenizerConfig(const std::filesystem::path& folder);

}  // namespace mnerva::text
