#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace mnerva::nn {

/// What an encoder may have; 16 GiB of float32.
inline constexpr std::uint64_t kMostParameters = std::uint64_t{1} << 32;

/// Sizes and rates of a BERT-like encoder, as in the `config.json` of a Hugging Face folder. Nothing about it is fixed
/// anywhere else (models.md 0). RoBERTa, XLM-RoBERTa and CamemBERT (9.1) differ in where their positions begin.
struct BertConfig {
    std::string modelType = "bert";  ///< "bert", "roberta", "xlm-roberta", "camembert"
    int vocabularySize = 0;          ///< rows of the word embedding
    int hidden = 768;                ///< H
    int layers = 12;                 ///< L
    int heads = 12;                  ///< A; H is a multiple of it
    int intermediate = 3072;         ///< I
    int maxPositions = 512;          ///< rows of the position embedding
    int typeVocabulary = 2;          ///< token types; 1 means that a second type has to be learned elsewhere
    double layerNormEps = 1e-12;
    std::string activation = "gelu";  ///< only the exact (erf) form is known
    double hiddenDropout = 0.1;
    double attentionDropout = 0.1;
    int padId = 0;

    int headSize() const { return hidden / heads; }
    /// Position of the first token: 0, or behind that of padding, which is `padId` (models.md 9.1).
    int firstPosition() const { return modelType == "bert" ? 0 : padId + 1; }
    /// Longest sequence, specials included.
    int longestSequence() const { return maxPositions - firstPosition(); }

    /// Values of all weights together.
    std::uint64_t parameters() const;

    /// Reads a `config.json`. Errors: FileMissing, FormatInvalid (no JSON; a field is missing, of the wrong type or out
    /// of range; H is no multiple of A; another activation; an unknown `model_type`), each naming the field, found and
    /// wanted; BoundExceeded where they promise more than kMostParameters.
    static BertConfig fromFile(const std::filesystem::path& path);
    /// Same from parsed JSON; `path` only names the source in errors.
    static BertConfig fromJson(const nlohmann::json& json, const std::filesystem::path& path);
    /// As Hugging Face writes it (`model_type` and `architectures` included), so that Python opens the folder.
    nlohmann::json toJson() const;

    bool operator==(const BertConfig&) const = default;
};

}  // namespace mnerva::nn
